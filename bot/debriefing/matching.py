"""Names heard in a message against the team's accounts and contacts: exact, likely, several candidates, or new."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.debriefing.firm_likeness import firm_likeness, folded
from bot.debriefing.person_likeness import person_likeness

_LIKELY, _ASKED, _CLOSE = 82.0, 72.0, 12.0
"""From which likeness on a name is taken for another, from which on it is asked about, and how near rivals are."""


class Certainty(StrEnum):
    """How sure a match is."""

    EXACT = "exact"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account of the team with the other names it goes by."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownContact:
    """A contact of the team, with the account he belongs to."""

    name: str
    account: str = ""
    title: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What the team knows already; empty when nothing is."""

    accounts: tuple[KnownAccount, ...] = ()
    contacts: tuple[KnownContact, ...] = ()

    @property
    def account_names(self) -> tuple[str, ...]:
        """Every name and alias of every account."""
        return tuple(name for account in self.accounts for name in (account.name, *account.aliases))


@dataclass(frozen=True, slots=True)
class Match:
    """The outcome of matching one heard name; `candidates` are the team's own names, best first.

    One candidate of an ambiguous match is a name that only may be meant: likely enough to ask, not to take.
    """

    heard: str
    certainty: Certainty
    candidates: tuple[str, ...] = ()

    @property
    def name(self) -> str | None:
        """The one name meant, None where it is new or has to be asked."""
        return self.candidates[0] if self.certainty in (Certainty.EXACT, Certainty.LIKELY) else None


def match_account(heard: str, known: Sequence[KnownAccount]) -> Match:
    """The team's account that the heard name means."""
    exact = [account.name for account in known if folded(heard) in map(folded, (account.name, *account.aliases))]
    if exact:
        return _exact(heard, exact)
    names = {account.name: (account.name, *_other_names(account, heard)) for account in known}
    return _best(heard, names, firm_likeness)


def _other_names(account: KnownAccount, heard: str) -> Iterator[str]:
    """The aliases to compare with; a short one says nothing of a longer name that begins like it."""
    return (alias for alias in account.aliases if not folded(heard).startswith(folded(alias)))


def match_contact(heard: str, known: Sequence[KnownContact], account: str | None = None) -> Match:
    """The team's contact that the heard name means, among those of the account where one is given."""
    pool = [contact for contact in known if account is None or contact.account in ("", account)]
    exact = [contact.name for contact in pool if folded(heard) in map(folded, (contact.name, *contact.aliases))]
    if exact:
        return _exact(heard, exact)
    titles = {contact.name: contact.title or "" for contact in pool}

    def likeness(one: str, form: str) -> float:
        return person_likeness(one, form, titles.get(form, ""))

    return _best(heard, {contact.name: (contact.name, *contact.aliases) for contact in pool}, likeness)


def _exact(heard: str, names: Sequence[str]) -> Match:
    found = tuple(dict.fromkeys(names))
    own = tuple(name for name in found if folded(name) == folded(heard))
    if own:
        return Match(heard, Certainty.EXACT, own[:1])
    return Match(heard, Certainty.EXACT if len(found) == 1 else Certainty.AMBIGUOUS, found)


def _best(heard: str, names: dict[str, tuple[str, ...]], likeness: Callable[[str, str], float]) -> Match:
    scored = sorted(
        ((max(likeness(heard, form) for form in forms), name) for name, forms in names.items()), reverse=True
    )
    near = [(score, name) for score, name in scored if score >= _ASKED and scored[0][0] - score < _CLOSE]
    if not near:
        return Match(heard, Certainty.NEW)
    is_sure = len(near) == 1 and near[0][0] >= _LIKELY
    return Match(heard, Certainty.LIKELY if is_sure else Certainty.AMBIGUOUS, tuple(name for _, name in near))
