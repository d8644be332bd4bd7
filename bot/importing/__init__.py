"""Accounts and contacts from a table: what is in it, what of it is new, and what is left out and why."""
