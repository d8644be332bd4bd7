"""Accounts and the people in them."""

from dataclasses import dataclass

from bot.domain.account_import import ImportedAccount
from bot.domain.rep import Viewer


@dataclass(frozen=True, slots=True)
class MergeAccounts:
    """Everything of account `source` becomes that of `target`; a change under its own id.

    For managers and for who looks after both; conflicts for everybody else and when one of them is merged already.
    """

    change: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class RenameAccount:
    """An account gets another name and keeps the old one as an alias; a change under its own id.

    For managers and its owner; conflicts for everybody else and when the name is taken.
    """

    change: str
    account: str
    name: str


@dataclass(frozen=True, slots=True)
class ImportAccounts:
    """What a table called `name` adds to the viewer's team, as a change of this id that can be taken back."""

    change: str
    name: str
    viewer: Viewer
    accounts: tuple[ImportedAccount, ...]


@dataclass(frozen=True, slots=True)
class KeepContact:
    """A person off a business card joins an account of the team, or a new one of this name; "" leaves what is known.

    `file` is the photo of the card: it goes, and the change under its id can be taken back. `known_as` is the name by
    which the account knows him so far, and becomes an alias. Conflicts when the photo is gone already.
    """

    file: str
    account: str
    name: str
    title: str = ""
    phone: str = ""
    mail: str = ""
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A change of the viewer's own is undone: all is as before. Conflicts when it was taken back already."""

    change: str


AccountWrite = MergeAccounts | RenameAccount | ImportAccounts | KeepContact | TakeBack
