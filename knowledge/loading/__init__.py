"""Files of all kinds into plain texts."""
