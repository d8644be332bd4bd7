"""Timed and long work: what is done when, and the two drivers that run it."""
