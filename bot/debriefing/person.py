"""A person as a message names him, and what makes two mentions one person."""

import re
from dataclasses import dataclass

from bot.debriefing.names import ANY_SURNAME, RANKS


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in a message: the name as said, where, the title with its quote span."""

    name: str
    start: int
    title: str | None = None
    quote_start: int = 0
    quote_end: int = 0
    ours: bool = False

    @property
    def end(self) -> int:
        """Where the name ends in the message."""
        return self.start + len(self.name)


def surname_of(name: str) -> str:
    """The part of a name that tells people apart when titles differ: 邱 of 邱总, Chen of Ms. Chen."""
    match = re.match(rf"[老小阿]?(?P<surname>{ANY_SURNAME})", name)
    return match["surname"] if match else name.split()[-1]


def is_same_person(one: str, other: str) -> bool:
    """True where two mentions are one person: same surname in Chinese, a shared word in English."""
    if re.search("[A-Za-z]", one + other):
        return bool(set(one.lower().split()) & set(other.lower().split()))
    return surname_of(one.removeprefix("姓")) == surname_of(other.removeprefix("姓"))


def full_name(person: Person) -> str:
    """The name to note: as said, and for 「姓于」 the surname with the title said beside it."""
    if not person.name.startswith("姓"):
        return person.name
    rank = re.search(rf"(?:{RANKS})$", person.title or "")
    return person.name[1:] + (rank[0] if rank else "")
