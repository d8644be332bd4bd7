"""What the pictures of an account show: its visits, what is known by the methods, and who stands on which floor."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.account import Commitment, Visit
from bot.domain.account_record import AccountRecord
from bot.domain.finding import FindingState, Letter, LetterState, letters_of
from bot.domain.method_fields import fields_not_discussed
from bot.domain.stakeholders import Layer, Person, Tie, stakeholder_map
from bot.domain.visit import Party, VisitNote
from bot.presenting.pictures import (
    Arrow,
    Coverage,
    CoveragePicture,
    Floor,
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
_MOST_VISITS, _MOST_PROMISES, _MOST_PEOPLE, _MOST_ARROWS = 7, 5, 6, 6
_MOODS = ("positive", "neutral", "negative")
_STATES = (
    LetterState.CONFIRMED,
    LetterState.HEARD,
    LetterState.CONTRADICTED,
    LetterState.NOT_DISCUSSED,
    LetterState.EMPTY,
)


def pictures_of(record: AccountRecord, library: Library, words: Phrasebook) -> tuple[Picture, ...]:
    """What there is to draw of an account: nothing is drawn from nothing."""
    found: list[Picture] = []
    if record.visits:
        found.append(_timeline(record, words))
    if record.findings or record.visits:
        found.append(_coverage(record, library, words))
    if record.contacts or record.findings:
        found.append(_layers(record, words))
    return tuple(found)


def _timeline(record: AccountRecord, words: Phrasebook) -> TimelinePicture:
    shown = record.visits[:_MOST_VISITS]
    last = words.day(record.visits[0].met_on)
    return TimelinePicture(
        record.account.name,
        words.plain("picture.timeline_note", count=len(record.visits), day=last),
        tuple(_visited(visit, words) for visit in shown),
        words.plain("picture.owed"),
        tuple(_promised(one, record.today, words) for one in record.commitments[:_MOST_PROMISES]),
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


def _coverage(record: AccountRecord, library: Library, words: Phrasebook) -> CoveragePicture:
    open_fields = fields_not_discussed(visit.note for visit in record.visits)
    methods = []
    for method in METHODS:
        asked = _fields(method, library, words)
        letters = letters_of(method, asked, record.findings, open_fields)
        tiles = tuple(Tile(asked[one.field], _state(one), _known(one, words)) for one in letters)
        methods.append(Coverage(words.plain(f"brief.method_{method}"), tiles))
    states = tuple((state.value, words.plain(f"picture.state_{state.value}")) for state in _STATES)
    return CoveragePicture(record.account.name, words.plain("picture.coverage_note"), tuple(methods), states)


def _state(letter: Letter) -> str:
    return letter.state.value


def _known(letter: Letter, words: Phrasebook) -> str:
    if not letter.findings:
        asked = letter.state is LetterState.NOT_DISCUSSED
        return words.plain("picture.tile_not_discussed" if asked else "picture.tile_empty")
    separator = words.plain("picture.against" if letter.state is LetterState.CONTRADICTED else "accounts.comma")
    values = tuple(dict.fromkeys(one.value for one in letter.findings))
    return separator.join(one for one in values if not any(other != one and other in one for other in values))


def _layers(record: AccountRecord, words: Phrasebook) -> LayersPicture:
    drawn = stakeholder_map(record)
    *floors, inside = (_floor(layer, words) for layer in drawn.layers)
    return LayersPicture(
        record.account.name,
        words.plain("picture.layers_note"),
        tuple(floors),
        inside,
        Floor(words.plain("picture.unplaced"), _people(drawn.unplaced, words), ""),
        words.plain("picture.moves"),
        tuple(_arrow(tie, words) for tie in drawn.ties[:_MOST_ARROWS]),
    )


def _floor(layer: Layer, words: Phrasebook) -> Floor:
    people, missing = _people(layer.people, words), words.plain(f"picture.missing_{layer.field}")
    return Floor(words.plain(f"record.layer_{layer.field}"), people, missing)


def _people(people: Sequence[Person], words: Phrasebook) -> tuple[tuple[str, str], ...]:
    shown = tuple((one.name, (one.title or "") if one.is_met else words.plain("record.only_named")) for one in people)
    if len(shown) <= _MOST_PEOPLE:
        return shown
    return (*shown[: _MOST_PEOPLE - 1], (words.plain("picture.more_people", count=len(shown) - _MOST_PEOPLE + 1), ""))


def _arrow(tie: Tie, words: Phrasebook) -> Arrow:
    text = words.plain(f"record.tie_{tie.kind.value}", who=tie.who, to=tie.to)
    key = "arrow_disputed" if tie.finding.state is FindingState.CONTRADICTED else "arrow"
    told = words.plain(f"picture.{key}", text=text, day=words.day(tie.finding.met_on))
    return Arrow(tie.who, tie.to, tie.kind.value, told)


def _fields(method: str, library: Library, words: Phrasebook) -> dict[str, str]:
    """The fields of a method by id, with their names; the library's own order."""
    entry = library.entry(method)
    return {field: asked.name for field, asked in entry.text(words.language).fields.items()} if entry else {}
