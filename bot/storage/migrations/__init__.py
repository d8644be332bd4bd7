"""Migrations by Alembic, one idea each."""
