"""Text into passages of a size that can be read on a phone."""
