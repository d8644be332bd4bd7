"""Prompts as files: one prompt, one language, one file."""
