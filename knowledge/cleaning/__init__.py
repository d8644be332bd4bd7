"""Raw texts into articles, with every drop and its reason."""
