"""What the pictures of an account show: its visits, what is known by the methods, and who stands on which floor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.account import Account, AccountContact, Commitment, Visit
from bot.domain.finding import Finding, Letter, LetterState, letters_of
from bot.domain.method_fields import fields_not_discussed, fields_of_role
from bot.domain.visit import Party, VisitNote
from bot.presenting.pictures import (
    Coverage,
    CoveragePicture,
    Layer,
    LayersPicture,
    Picture,
    Promised,
    Tile,
    TimelinePicture,
    Visited,
)
from bot.wording.phrasebook import Phrasebook
from knowledge.library_entries import Library

METHODS = ("meddic", "bant")
HOUSE = "downstairs"
FLOORS = ("decision_layer", "influence_layer", "execution_layer")
INSIDE = "inside_coach"
_MOST_VISITS, _MOST_PROMISES, _MOST_PEOPLE = 7, 5, 6
_MOODS = ("positive", "neutral", "negative")
_STATES = (
    LetterState.CONFIRMED,
    LetterState.HEARD,
    LetterState.CONTRADICTED,
    LetterState.NOT_DISCUSSED,
    LetterState.EMPTY,
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """All that is drawn of an account; visits and findings the latest first, `commitments` the open ones."""

    account: Account
    today: date
    contacts: Sequence[AccountContact] = ()
    visits: Sequence[Visit] = ()
    findings: Sequence[Finding] = ()
    commitments: Sequence[Commitment] = ()


def pictures_of(drawn: Drawn, library: Library, words: Phrasebook) -> tuple[Picture, ...]:
    """What there is to draw: nothing is drawn from nothing."""
    found: list[Picture] = []
    if drawn.visits:
        found.append(_timeline(drawn, words))
    if drawn.findings or drawn.visits:
        found.append(_coverage(drawn, library, words))
    if drawn.contacts:
        found.append(_layers(drawn, words))
    return tuple(found)


def _timeline(drawn: Drawn, words: Phrasebook) -> TimelinePicture:
    shown = drawn.visits[:_MOST_VISITS]
    last = words.day(drawn.visits[0].met_on)
    return TimelinePicture(
        drawn.account.name,
        words.plain("picture.timeline_note", count=len(drawn.visits), day=last),
        tuple(_visited(visit, words) for visit in shown),
        words.plain("picture.owed"),
        tuple(_promised(one, drawn.today, words) for one in drawn.commitments[:_MOST_PROMISES]),
        tuple((mood, words.plain(f"picture.mood_{mood}")) for mood in _MOODS),
    )


def _visited(visit: Visit, words: Phrasebook) -> Visited:
    note = visit.note
    stage = words.plain(f"stage.{note.stage.name.lower()}") if note.stage else ""
    text = words.plain("card.and").join(list(_told(note, words))[:3])
    return Visited(words.day(visit.met_on), note.sentiment.value, stage, text or words.plain("accounts.only_met"))


def _told(note: VisitNote, words: Phrasebook) -> Iterator[str]:
    yield from note.pains[:1]
    yield from (one.text for one in note.objections[:1])
    yield from note.needs[:1]
    yield from (one.action for one in note.commitments[:1])
    if note.contacts:
        people = words.plain("accounts.comma").join(contact.name for contact in note.contacts)
        yield words.plain("accounts.met", people=people)


def _promised(one: Commitment, today: date, words: Phrasebook) -> Promised:
    is_late = one.due is not None and one.due < today
    day = words.day(one.due) if one.due else words.plain("todo.no_day")
    key = "late" if is_late else "theirs" if one.who is Party.CUSTOMER else "ours"
    return Promised(words.plain(f"picture.promise_{key}", day=day), one.action, is_late)


def _coverage(drawn: Drawn, library: Library, words: Phrasebook) -> CoveragePicture:
    open_fields = fields_not_discussed(visit.note for visit in drawn.visits)
    methods = []
    for method in METHODS:
        asked = _fields(method, library, words)
        letters = letters_of(method, asked, drawn.findings, open_fields)
        tiles = tuple(Tile(asked[one.field], _state(one), _known(one, words)) for one in letters)
        methods.append(Coverage(words.plain(f"brief.method_{method}"), tiles))
    states = tuple((state.value, words.plain(f"picture.state_{state.value}")) for state in _STATES)
    return CoveragePicture(drawn.account.name, words.plain("picture.coverage_note"), tuple(methods), states)


def _state(letter: Letter) -> str:
    return letter.state.value


def _known(letter: Letter, words: Phrasebook) -> str:
    if not letter.findings:
        asked = letter.state is LetterState.NOT_DISCUSSED
        return words.plain("picture.tile_not_discussed" if asked else "picture.tile_empty")
    separator = words.plain("picture.against" if letter.state is LetterState.CONTRADICTED else "accounts.comma")
    return separator.join(dict.fromkeys(one.value for one in letter.findings))


def _layers(drawn: Drawn, words: Phrasebook) -> LayersPicture:
    floors = tuple(_layer(floor, drawn, words) for floor in FLOORS)
    unplaced = [one.name for one in drawn.contacts if not _floor_of(one)]
    note = words.plain("picture.layers_note")
    if unplaced:
        people = words.plain("accounts.comma").join(unplaced[:_MOST_PEOPLE])
        note = words.plain("picture.layers_unplaced", people=people)
    return LayersPicture(drawn.account.name, note, floors, _layer(INSIDE, drawn, words))


def _layer(floor: str, drawn: Drawn, words: Phrasebook) -> Layer:
    people = people_on(floor, drawn, words)
    if len(people) > _MOST_PEOPLE:
        more = words.plain("picture.more_people", count=len(people) - _MOST_PEOPLE + 1)
        people = (*people[: _MOST_PEOPLE - 1], (more, ""))
    return Layer(words.plain(f"picture.floor_{floor}"), people, words.plain(f"picture.missing_{floor}"))


def people_on(floor: str, drawn: Drawn, words: Phrasebook) -> tuple[tuple[str, str], ...]:
    """Who stands on a floor, with his title; with nobody met there, whom somebody named."""
    met = tuple((one.name, one.title or "") for one in drawn.contacts if _floor_of(one) == floor)
    [letter] = letters_of(HOUSE, [floor], drawn.findings)
    told = tuple((one.value, words.plain("picture.only_named")) for one in letter.findings)
    return met or told


def _floor_of(contact: AccountContact) -> str:
    of_house = [field.partition(".")[2] for field in fields_of_role(contact.role) if field.startswith(f"{HOUSE}.")]
    return of_house[0] if of_house else ""


def _fields(method: str, library: Library, words: Phrasebook) -> dict[str, str]:
    """The fields of a method by id, with their names; the library's own order."""
    entry = library.entry(method)
    return {field: asked.name for field, asked in entry.text(words.language).fields.items()} if entry else {}
