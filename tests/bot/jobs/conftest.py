"""The databases the drivers are tested on."""

from tests.support.databases import database, migrated_file, postgres_address

__all__ = ["database", "migrated_file", "postgres_address"]
