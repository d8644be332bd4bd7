"""A visit note as a card on a phone: what will be saved, grouped, and what is still open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.open_points import OpenPoint
from bot.domain.rich_text import RichText, joined
from bot.domain.visit import Budget, Contact, Objection, Party, Relation, Stage, Timeline, VisitCommitment, VisitNote
from bot.wording.phrasebook import Phrasebook

_NAME = 20
_QUOTE = {"zh": 24, "en": 60}


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a card shows beside its note: whether the account is new, what is asked, and which names are unclear.

    `new_people` are met there for the first time: the name, and the words that told of it.
    """

    is_new: bool = False
    asked: tuple[OpenPoint, ...] = ()
    unclear: tuple[str, ...] = ()
    new_people: tuple[tuple[str, str], ...] = ()


def card_of(note: VisitNote, words: Phrasebook, facts: CardFacts) -> RichText:
    """The card of one note; what is asked stands at its end."""
    lines = [_heading(note, words, is_new=facts.is_new), *_lines(note, words)]
    if facts.new_people:
        lines.append(_new_people(facts.new_people, words))
    if note.not_discussed:
        topics = [words.plain(f"card.topic_{point.value}") for point in note.not_discussed]
        lines.append(words.say("card.not_discussed", topics=words.plain("card.comma").join(topics)))
    for name in facts.unclear:
        lines.append(words.say("card.which", name=name) if name else words.say("card.which_account"))
    if facts.asked:
        lines.append(words.say("card.open"))
        lines += [words.say("card.question", question=words.say(f"card.ask_{point.value}")) for point in facts.asked]
    return joined(lines)


def _heading(note: VisitNote, words: Phrasebook, *, is_new: bool) -> RichText:
    name = note.account or words.plain("card.no_account")
    day = words.day(note.visit_date) if note.visit_date else words.plain("card.no_day")
    heading = words.say("card.heading_new" if is_new and note.account else "card.heading", account=name, day=day)
    heard = note.evidence.get("/account", "")
    is_other = not is_new and note.account and heard and heard.lower() not in name.lower() and len(heard) <= _NAME
    return joined([heading, words.say("card.heard_as", name=heard)], " ") if is_other else heading


def _new_people(people: Sequence[tuple[str, str]], words: Phrasebook) -> RichText:
    longest = _QUOTE[words.language]
    said = [
        words.plain("card.new_person", name=name, quote=quote if len(quote) <= longest else f"{quote[: longest - 1]}…")
        if quote
        else name
        for name, quote in people
    ]
    return words.say("card.new_people", people=words.plain("card.and").join(said))


def _lines(note: VisitNote, words: Phrasebook) -> Iterator[RichText]:
    """One line for each field that says something, in the order a rep tells a visit."""
    texts = {
        "contacts": [contact_text(one.name, one.title, words) for one in note.contacts],
        "pains": note.pains,
        "needs": note.needs,
        "metrics": note.metrics,
        "objections": [one.text for one in note.objections],
        "competitors": note.competitors,
        "budget": [budget_text(note.budget, words)] if note.budget else [],
        "authority": [note.authority] if note.authority else [],
        "timeline": [_timed(note.timeline.text, note.timeline.date, words)] if note.timeline else [],
        "decision_process": [note.decision_process] if note.decision_process else [],
        "decision_criteria": note.decision_criteria,
        "champion": [note.champion] if note.champion else [],
        "relations": [one.text for one in note.relations],
        "ours": [_commitment(c, words) for c in note.commitments if c.who is Party.US],
        "theirs": [_commitment(c, words) for c in note.commitments if c.who is Party.CUSTOMER],
        "stage": [words.plain(f"stage.{note.stage.name.lower()}")] if note.stage else [],
    }
    for field, values in texts.items():
        if values:
            yield words.say(f"card.{field}", text=words.plain("card.and").join(values))


def contact_text(name: str, title: str | None, words: Phrasebook) -> str:
    """A person with the title, once."""
    return words.plain("card.contact", name=name, title=title) if title and title not in name else name


def budget_text(budget: Budget, words: Phrasebook) -> str:
    """A budget with its amount as written here, else in the words heard."""
    if budget.amount_cny is None:
        return budget.text
    status = words.plain(f"card.budget_{budget.status.value}")
    return words.plain("card.budget_amount", amount=words.money(budget.amount_cny), status=status)


def _timed(text: str, day: date | None, words: Phrasebook) -> str:
    return words.plain("card.timed", text=text, day=words.day(day)) if day else text


def _commitment(commitment: VisitCommitment, words: Phrasebook) -> str:
    if commitment.due is None:
        return commitment.action
    return words.plain("card.due", day=words.day(commitment.due), action=commitment.action)


def value_text(value: object, words: Phrasebook) -> str:
    """One value of a note as its card writes it."""
    match value:
        case Contact():
            return contact_text(value.name, value.title, words)
        case Objection() | Relation():
            return value.text
        case Budget():
            return budget_text(value, words)
        case Timeline():
            return _timed(value.text, value.date, words)
        case VisitCommitment():
            return _commitment(value, words)
        case Stage():
            return words.plain(f"stage.{value.name.lower()}")
        case date():
            return words.day(value)
        case _:
            return str(value)
