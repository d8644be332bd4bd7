# ruff: noqa: E501 - patterns are read whole, one to a line
"""From one message to its visit notes: rules propose, a model may propose beside them, code decides."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.debriefing.accounts import Stretch, stretches_of
from bot.debriefing.clauses import Clause, clauses_of
from bot.debriefing.dates import Leaning, dates_in
from bot.debriefing.deciding import Ground, note_decided
from bot.debriefing.matching import KnownNames
from bot.debriefing.organisations import organisations_in
from bot.debriefing.people import people_in
from bot.debriefing.person import Person, full_name, is_same_person
from bot.debriefing.promises import commitments_in
from bot.debriefing.proposals import Field, Proposal, Unread
from bot.debriefing.reading_sense import ReadingSense, Senses
from bot.debriefing.relations import relations_in
from bot.debriefing.retractions import without_retracted
from bot.debriefing.rivals import rivals_in
from bot.debriefing.screening import screened
from bot.debriefing.standing import clause_that_shows, sentiment_in, stage_in
from bot.debriefing.statements import decisions_in, statements_in
from bot.debriefing.sums import budget_in
from bot.debriefing.timing import timeline_in, visit_day_in
from bot.debriefing.titles import role_by_title
from bot.debriefing.wordings import says
from bot.domain.visit import Role, Sentiment, Stage, VisitNote
from bot.domain.visit_json import note_as_json, note_from_json

__all__ = ["note_as_json", "note_from_json", "notes_from"]

_NOBODY = KnownNames()
_WORTH_ASKING, _MOST_ASKED = 5, 16
_QUESTION = re.compile(
    r"[?？]\s*$|怎么(?:回|办|跟|说|谈|做|样|应对|处理)|如何|该不该|什么情况|\bhow (?:do|should|can|would)\b|\bwhat (?:do|should|is|are)\b",
    re.IGNORECASE,
)
_TO_THE_BOT = re.compile(
    r"帮我(?:准备|看看|想|写|查|分析|整理|梳理|出|列)|给我(?:讲|说说|列|出个|准备|一些|几个)|教我|怎么(?:回|办|聊|开口|破)|陪我练|\b(?:help me|give me|show me|remind me how)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"刚|了|过|说|约好|昨天|今天|上周|\b\w+ed\b|\b(?:met|said|left|saw|went|told|had|spoke|got|sent|came|was|were)\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"汇报|记录|进展|反映|反馈|抱怨|嫌|问|要求?|想|担心|答应|同意|批|定|有|没|不|太|是|在|[：:]|\b(?:is|are|has|have|wants?|needs?|says)\b",
    re.IGNORECASE,
)
_PLAN_ONLY = re.compile(
    r"^(?:[^，。]{0,6})(?:明天|明早|后天|大后天|下周(?!的?事)|(?:下午|晚上)(?:还)?(?:要|得|准备|约)|待会|一会儿|tomorrow|next)",
    re.IGNORECASE,
)


def notes_from(
    message: str,
    *,
    reference: date,
    known: KnownNames = _NOBODY,
    proposals: Sequence[Proposal] = (),
    sense: ReadingSense | None = None,
) -> tuple[VisitNote, ...]:
    """The notes a message holds, one per account with news; empty where it holds none.

    `reference` is the day of the message in the rep's own time zone. `proposals` may add a model's claims;
    each must quote the message, else it is dropped. With a `sense` clauses are also read by their meaning.
    """
    if _is_question(message):
        return ()
    heard = _read(message, known)
    told = _Told(clauses_of(heard.text), reference, sense)
    notes = [_note(message, heard, stretch, told, proposals) for stretch in heard.stretches]
    return tuple(note for note in notes if _is_news(note, message, reference))


def parts_of(message: str) -> tuple[tuple[str | None, tuple[Clause, ...]], ...]:
    """The accounts of a message, each with the clauses that speak of it."""
    heard = _read(message, _NOBODY)
    clauses = clauses_of(heard.text)
    return tuple(
        (stretch.name, tuple(clause for clause in clauses if stretch.covers(clause.start)))
        for stretch in heard.stretches
    )


@dataclass(frozen=True, slots=True)
class _Heard:
    """A message as it reads without what was taken back, with its people and accounts."""

    text: str
    people: tuple[Person, ...]
    stretches: tuple[Stretch, ...]


def _read(message: str, known: KnownNames) -> _Heard:
    text = without_retracted(message)
    firms = tuple(one.name for one in organisations_in(text, known.account_names) if one.weight >= 4)
    sure = {rival.name for rival in rivals_in(text, firms) if rival.certain or rival.name.isascii()}
    people = tuple(person for person in people_in(text, firms) if person.title or person.name not in sure)
    names = tuple(person.name for person in people)
    rivals = tuple(rival.name for rival in rivals_in(text, (*names, *firms)))
    return _Heard(text, people, stretches_of(text, known.account_names, (*names, *rivals)))


class _Told:
    """The clauses of a message, what is sensed of them, and the day they were said."""

    def __init__(self, clauses: Sequence[Clause], base: date, sense: ReadingSense | None) -> None:
        self.clauses, self.base, self.sense = clauses, base, sense
        self.senses: Senses = sense.of_clauses(clauses, base) if sense else {}


def _note(message: str, heard: _Heard, stretch: Stretch, told: _Told, proposals: Sequence[Proposal]) -> VisitNote:
    read, stretches, base = heard.text, heard.stretches, told.base
    present = [person for person in heard.people if stretch.covers(person.start)]
    ruled = list(_rules(read, stretch, told, present, len(stretches) > 1))
    claims = [claim for claim in proposals if _belongs(claim, stretch, stretches)]
    checked = screened(claims, ruled, read, base, told.senses)
    ground = Ground(message, read, stretch.spans or ((0, len(message)),), base)
    return note_decided(stretch.name, stretch.name, [*ruled, *checked], ground)


def note_about(account: str | None, said: str, *, reference: date) -> VisitNote:
    """What the words say if all of them speak of this account; empty where they say nothing."""
    text = without_retracted(said)
    people = people_in(text, (account,) if account else ())
    heard = _Heard(text, people, (Stretch(account, ((0, len(text)),)),))
    return _note(said, heard, heard.stretches[0], _Told(clauses_of(text), reference, None), ())


def unread_in(
    message: str, *, reference: date, known: KnownNames = _NOBODY, sense: ReadingSense | None = None
) -> tuple[Unread, ...]:
    """Per account with news, the clauses that gave no value yet; one model call each is worth while."""
    left: list[Unread] = []
    notes = {note.account: note for note in notes_from(message, reference=reference, known=known, sense=sense)}
    clauses = clauses_of(message)
    for stretch in _read(message, known).stretches:
        note = notes.get(stretch.name)
        if note is None:
            continue
        quotes = [quote for pointer, quote in note.evidence.items() if pointer not in ("/account", "/stage")]
        open_ones = tuple(
            clause.text
            for clause in clauses
            if stretch.covers(clause.start)
            and _is_worth_asking(clause.text, stretch.name)
            and not any(clause.text in quote or quote in clause.text for quote in quotes)
        )
        if open_ones:
            left.append(Unread(stretch.name, open_ones[:_MOST_ASKED]))
    return tuple(left)


def _is_worth_asking(words: str, account: str | None) -> bool:
    bare = words.replace(account or "", "")
    return len(bare) >= _WORTH_ASKING and len(bare.split()) + len(re.findall("[\u4e00-\u9fff]", bare)) >= _WORTH_ASKING


def _rules(
    message: str, stretch: Stretch, told: _Told, people: Sequence[Person], is_one_of_several: bool
) -> Iterator[Proposal]:
    own, base, senses = [one for one in told.clauses if stretch.covers(one.start)], told.base, told.senses
    promised = list(commitments_in(own, base, senses))
    moved = list(relations_in(own, people))
    stated = decisions_in(message, own, senses)
    decided = [(clause, claim) for clause, claim in stated if not _is_of_departments(claim, moved)]
    budget = list(budget_in(message, own))
    taken = frozenset(clause.start for clause, _ in (*promised, *decided)) | frozenset(
        clause.start for clause in own for proposal in budget if clause.text in proposal.quote
    )
    timeline = list(timeline_in(own, base, frozenset(clause.start for clause, _ in promised)))
    yield from visit_day_in(message, own)
    yield from visit_day_in(message, told.clauses[:2] if is_one_of_several else [])
    yield from _contacts(message, people, own)
    yield from _competitors(message, stretch, people, own)
    yield from moved
    yield from budget
    yield from (proposal for _, proposal in (*decided, *promised, *timeline))
    dated = frozenset(clause.start for clause, _ in timeline if not says("objection", clause.text))
    yield from statements_in(message, own, taken | dated, senses)
    yield from _standing(own, told.sense)


def _standing(own: Sequence[Clause], sense: ReadingSense | None) -> Iterator[Proposal]:
    """Where the deal stands and how the customer feels: by the sense of the whole, else by single words."""
    if not own:
        return
    shown = next(stage_in(own), None)
    stage, mood = Stage(shown.value) if shown else None, sentiment_in("\n".join(clause.text for clause in own))
    if sense:
        stage, mood = sense.of_note(own, stage, mood)
    if stage:
        is_shown = shown is not None and shown.value == stage
        yield shown if shown and is_shown else Proposal(Field.STAGE, stage.value, clause_that_shows(stage, own).text)
    if mood is not Sentiment.NEUTRAL:
        yield Proposal(Field.SENTIMENT, mood.value, own[0].text)


def _is_of_departments(claim: Proposal, moved: Sequence[Proposal]) -> bool:
    """True of words on who decides that only say which department minds which (采购要听生产的)."""
    return claim.field is Field.AUTHORITY and any(
        claim.quote == one.quote and not people_in(one.quote) for one in moved
    )


def _contacts(message: str, people: Sequence[Person], own: Sequence[Clause]) -> Iterator[Proposal]:
    merged: dict[str, Person] = {}
    for person in people:
        key = next((name for name in merged if is_same_person(name, person.name)), person.name)
        first = merged.get(key)
        if first and first.name.startswith("姓") and not person.name.startswith("姓"):
            merged[key] = replace(first, name=person.name)
            continue
        if person.ours or (first and (first.title or not person.title)):
            continue
        merged[key] = (
            person if first is None or len(person.name) >= len(first.name) else replace(person, name=first.name)
        )
    for person in merged.values():
        role = _role_by_words(person, own) or role_by_title(person.title)
        quote = message[person.quote_start : person.quote_end]
        name = full_name(person)
        yield Proposal(Field.CONTACT, name, quote, details={"title": person.title or "", "role": role.value})


def _role_by_words(person: Person, own: Sequence[Clause]) -> Role | None:
    """The role that the clauses with his name give a person, or one going on with 他 or who."""
    for index, clause in enumerate(own):
        if person.name not in clause.text:
            continue
        after = own[index + 1] if index + 1 < len(own) and own[index + 1].sentence == clause.sentence else None
        goes_on = after and re.match(r"他|她|自己|(?:he|she|who)\b", after.text)
        for words in (clause.text, after.text) if after and goes_on else (clause.text,):
            for role in (Role.GATEKEEPER, Role.COACH, Role.DECISION_MAKER):
                denied = role is Role.DECISION_MAKER and says("role_not", words)
                if says(f"role_{role}", words) and not denied:
                    return role
    return None


def _competitors(message: str, stretch: Stretch, people: Sequence[Person], own: Sequence[Clause]) -> Iterator[Proposal]:
    names = tuple(person.name for person in people) + ((stretch.name,) if stretch.name else ())
    for first, last in stretch.spans:
        for rival in rivals_in(message[first:last], names):
            yield Proposal(
                Field.COMPETITOR, rival.name, message[first + rival.start : first + rival.start + len(rival.name)]
            )


def _belongs(proposal: Proposal, stretch: Stretch, stretches: Sequence[Stretch]) -> bool:
    if len(stretches) == 1 or proposal.account is None or stretch.name is None:
        return True
    return proposal.account in stretch.name or stretch.name in proposal.account


def _is_question(message: str) -> bool:
    sentences = [part for part in re.split(r"(?<=[。！!？?\n])", message) if part.strip()]
    if _TO_THE_BOT.search(message) and not re.search(
        r"刚|今天(?!晚)|昨天|上午|拜访了|见了|去了|聊了|\b(?:met|visited|left|spoke)\b", message, re.IGNORECASE
    ):
        return True
    return (bool(sentences) and all(_QUESTION.search(part.strip()) for part in sentences)) or (
        len(message) < 60 and bool(_QUESTION.search(message.strip()))
    )


_TOLD = ("needs", "pains", "metrics", "objections", "budget", "authority", "decision_process", "champion", "relations")


def _is_news(note: VisitNote, message: str, base: date) -> bool:
    """True where the note holds more than a plan: something told, or something that has happened."""
    told = any(getattr(note, name) for name in (*_TOLD, "decision_criteria", "competitors"))
    if note.account is None:
        return (
            bool(note.contacts) and not _PLAN_ONLY.match(message) and (told or bool(note.commitments or note.timeline))
        )
    if told or (note.timeline and not _PLAN_ONLY.match(message)):
        return True
    dates = dates_in(message, base, Leaning.FUTURE)
    is_plan = bool(dates) and all(found.day is None or found.day > base for found in dates)
    if _PAST.search(message):
        return bool(note.commitments) or not _PLAN_ONLY.match(message)
    return not is_plan and not _PLAN_ONLY.match(message) and bool(_NEWS.search(message))
