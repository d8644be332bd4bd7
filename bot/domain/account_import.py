"""Accounts and people as a table brings them."""

from dataclasses import dataclass

IMPORT = "import_accounts"
"""The job that takes a long table in."""


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """A person of a row."""

    name: str
    title: str | None = None
    role: str = "unknown"
    phone: str | None = None
    mail: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedAccount:
    """An account by the team's own name for it, new or known; `owner` is the rep who is to look after a new one."""

    name: str
    owner: str
    aliases: tuple[str, ...] = ()
    people: tuple[ImportedPerson, ...] = ()
