"""A confirmed visit as a case that the team may find: what the customer struggled with and weighed, no more."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from bot.debriefing.money import amounts_in
from bot.debriefing.names import RANKS, SURNAME
from bot.domain.team_cases import CaseSharing
from bot.domain.visit import Objection, VisitNote
from bot.wording.phrasebook import LANGUAGES, Phrasebook, language_of

_TOPICS = ("pains", "needs", "metrics", "objections", "competitors", "decision_criteria", "decision_process")
_ABOUT_PEOPLE = ("authority", "champion")
_PERSON = re.compile(rf"{SURNAME}[\u4e00-\u9fff]{{0,2}}?(?:{RANKS})")
_REACHED_AT = re.compile(
    r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|\+\d[\d -]{7,}\d|[\w.+-]+@[\w-]+\.[\w.]+"
)
_LEAST_OF_A_NAME = 2


@dataclass(frozen=True, slots=True)
class CaseNote:
    """The case as it is found and read."""

    title: str
    text: str


def case_note(note: VisitNote, met_on: date, sharing: CaseSharing, *, people: Collection[str] = ()) -> CaseNote | None:
    """The case of a visit, None when it tells nothing that others could learn from.

    `people` are names known at the account beside those in the note; names and sums are left out as the team wishes.
    """
    words = Phrasebook(language_of(" ".join(_said(note))) or LANGUAGES[0])
    if not note.account or not any(getattr(note, topic) for topic in _TOPICS):
        return None
    hiding = _Hiding(words, sharing, frozenset({*people, *(contact.name for contact in note.contacts)}))
    lines = [_heading(note, met_on, words), *_lines(note, hiding, sharing)]
    return CaseNote(words.plain("case.title", account=note.account, day=words.day(met_on)), "\n".join(lines))


@dataclass(frozen=True, slots=True)
class _Hiding:
    words: Phrasebook
    sharing: CaseSharing
    people: frozenset[str]

    def of(self, text: str) -> str:
        """The text without what the team keeps to itself."""
        shown = text
        if not self.sharing.with_people:
            somebody = self.words.plain("case.somebody")
            for name in sorted(_forms_of(self.people), key=len, reverse=True):
                shown = _named(name).sub(somebody, shown)
            shown = _REACHED_AT.sub(self.words.plain("case.number"), _PERSON.sub(somebody, shown))
        if not self.sharing.with_amounts:
            for amount in reversed(amounts_in(shown)):
                shown = shown[: amount.start] + self.words.plain("case.sum") + shown[amount.end :]
        return shown


def _lines(note: VisitNote, hiding: _Hiding, sharing: CaseSharing) -> Iterator[str]:
    topics = (*_TOPICS, *(_ABOUT_PEOPLE if sharing.with_people else ()))
    for topic in topics:
        values = [hiding.of(value) for value in _values(note, topic)]
        if values:
            text = hiding.words.plain("case.and").join(values)
            yield hiding.words.plain(f"case.{topic}", text=text)
    if note.timeline:
        yield hiding.words.plain("case.timeline", text=hiding.of(note.timeline.text))
    if note.budget and sharing.with_amounts:
        yield hiding.words.plain("case.budget", text=hiding.of(note.budget.text))


def _heading(note: VisitNote, met_on: date, words: Phrasebook) -> str:
    day = words.day(met_on)
    if note.stage is None:
        return words.plain("case.heading", account=note.account or "", day=day)
    stage = words.plain(f"stage.{note.stage.name.lower()}")
    return words.plain("case.heading_stage", account=note.account or "", day=day, stage=stage)


def _values(note: VisitNote, topic: str) -> list[str]:
    value = getattr(note, topic)
    if isinstance(value, tuple):
        return [one.text if isinstance(one, Objection) else str(one) for one in value]
    return [str(value)] if value else []


def _said(note: VisitNote) -> Iterator[str]:
    for topic in _TOPICS:
        yield from _values(note, topic)


def _named(name: str) -> re.Pattern[str]:
    """The name wherever it stands; one in Latin letters as a whole word only."""
    return re.compile(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" if name.isascii() else re.escape(name))


def _forms_of(people: frozenset[str]) -> set[str]:
    """The names, and of a name in Latin letters each part as well."""
    parts = {part for name in people if name.isascii() for part in name.split() if len(part) > _LEAST_OF_A_NAME}
    return {name for name in people if len(name) >= _LEAST_OF_A_NAME} | parts
