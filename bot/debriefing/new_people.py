"""Who of a draft is new to an account that is known, with the words that told of him."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.debriefing.matching import KnownNames
from bot.debriefing.names_meant import Doubt
from bot.domain.account import Draft

_BREAK = re.compile(r"[，。；！？,;!?\n]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody not met at this account before; `quote` is what was said around the name, "" where that is all."""

    name: str
    quote: str = ""


def new_people(draft: Draft, known: KnownNames, doubts: Sequence[Doubt]) -> tuple[tuple[NewPerson, ...], ...]:
    """The new people of each note; none where the account itself is new, nor whoever has to be asked about."""
    names = {account.name for account in known.accounts}
    asked = {(doubt.note, doubt.person) for doubt in doubts}
    return tuple(
        tuple(
            NewPerson(contact.name, _told(draft.words, note.evidence.get(f"/contacts/{place}", ""), contact.name))
            for place, contact in enumerate(note.contacts)
            if (at, place) not in asked and not _is_known(contact.name, note.account, known)
        )
        if note.account in names and (at, None) not in asked
        else ()
        for at, note in enumerate(draft.notes)
    )


def _is_known(name: str, account: str | None, known: KnownNames) -> bool:
    return any(one.account == account and name in (one.name, *one.aliases) for one in known.contacts)


def _told(words: str, quote: str, name: str) -> str:
    """The part of a sentence that the quoted words stand in."""
    said = quote or name
    part = next((part.strip() for part in _BREAK.split(words) if said in part), said)
    return "" if part == name else part
