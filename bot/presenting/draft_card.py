"""A draft on the phone: its card with all buttons, and the menus to change it field by field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.account import Draft
from bot.domain.message import Button, Reply
from bot.domain.open_points import OpenPoint
from bot.domain.rich_text import RichText, joined
from bot.domain.visit import LIST_FIELDS, Party, Stage, VisitCommitment, VisitNote
from bot.domain.visit_json import fingerprint_of
from bot.presenting.visit_card import CardFacts, card_of, value_text
from bot.wording.phrasebook import Phrasebook

SKILL = "debrief"
FIELDS = (
    *("account", "visit_date", "contacts", "pains", "needs", "metrics", "objections", "competitors"),
    *("budget", "authority", "timeline", "decision_process", "decision_criteria", "champion", "relations"),
    *("commitments", "stage"),
)
"""The fields of a card in the order a rep tells a visit."""
_LABEL = {"zh": 18, "en": 34}
_LISTED = 4
_ALWAYS = ("account", "visit_date", "contacts", "commitments")


@dataclass(frozen=True, slots=True)
class Choice:
    """A name to choose: how it was heard, what it may mean, and which note it is of; `person` is his place in it."""

    note: int
    heard: str
    candidates: tuple[str, ...]
    person: int | None = None


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with what its card shows beside it, note by note: new accounts, points asked, new people, choices.

    Of each new person the name, and the words that told of it.
    """

    draft: Draft
    new: tuple[bool, ...]
    asked: tuple[tuple[OpenPoint, ...], ...]
    new_people: tuple[tuple[tuple[str, str], ...], ...]
    choices: tuple[Choice, ...] = ()


def draft_reply(view: DraftView, words: Phrasebook, *, above: Sequence[RichText] = ()) -> Reply:
    """The card of a draft: what will be saved, what is asked, and Save, Edit, Discard first among its buttons."""
    draft, several = view.draft, len(view.draft.notes) > 1
    cards = [
        card_of(note, words, CardFacts(view.new[at], view.asked[at], _unclear(view, at), view.new_people[at]))
        for at, note in enumerate(draft.notes)
    ]
    parts = [*above, *cards, words.say("debrief.footer")]
    rows = [_row_of(draft, words), *_choices(view, words), *_skips(view, words)]
    if several:
        rows += [
            (_button(draft, "drop", words, f"{at}", account=_name(note, words)),) for at, note in enumerate(draft.notes)
        ]
    if draft.earlier:
        rows.append((_button(draft, "undo", words),))
    return Reply(joined(parts, "\n\n"), tuple(rows))


def choice_reply(view: DraftView, words: Phrasebook) -> Reply:
    """What has to be said or tapped before the card can be saved; one tap saves it then."""
    back = (_button(view.draft, "back", words),)
    if not view.choices:
        return Reply(words.say("debrief.save_unnamed"), (back,))
    first = view.choices[0]
    asked = words.say("card.which", name=first.heard) if first.heard else words.say("card.which_account")
    said = joined([asked, words.say("debrief.then_saved")])
    return Reply(said, (*_choices(replace(view, choices=(first,)), words), back))


def open_drafts_reply(drafts: Sequence[Draft], words: Phrasebook) -> Reply:
    """The cards that were never saved, each with a button that opens it."""
    return Reply(words.say("debrief.left_open", count=len(drafts)), open_draft_buttons(drafts, words))


def open_draft_buttons(drafts: Sequence[Draft], words: Phrasebook) -> tuple[tuple[Button, ...], ...]:
    """A button for each card, by its accounts and its day; the newest first."""
    return tuple(
        (Button(_short(_title(draft, words), words), f"{SKILL}:open:{draft.id}"),) for draft in drafts[:_LISTED]
    )


def _title(draft: Draft, words: Phrasebook) -> str:
    names = words.plain("card.comma").join(_name(note, words) for note in draft.notes)
    return words.plain("debrief.open_draft", accounts=names, day=words.day(draft.heard_on))


def note_menu(draft: Draft, words: Phrasebook) -> Reply:
    """Which of several notes is to be changed."""
    rows = [
        (Button(_short(_name(note, words), words), action_of(draft, "note", f"{at}")),)
        for at, note in enumerate(draft.notes)
    ]
    return Reply(words.say("debrief.how_to_edit"), (*rows, (_button(draft, "back", words),)))


def field_menu(draft: Draft, at: int, words: Phrasebook) -> Reply:
    """The fields of a note, two in a row."""
    note = draft.notes[at]
    fields = [field for field in FIELDS if field in _ALWAYS or _values(note, field)]
    buttons = [
        Button(words.plain(f"card.field_{field}"), action_of(draft, "field", f"{at}:{field}")) for field in fields
    ]
    rows = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    last = [_button(draft, "back", words)]
    if draft.earlier:
        last.insert(0, _button(draft, "undo", words))
    return Reply(words.say("debrief.how_to_edit"), (*rows, tuple(last)))


def value_menu(draft: Draft, at: int, field: str, item: int | None, words: Phrasebook) -> Reply:
    """One field: its value to be said anew or struck; of a list with several items, which one."""
    values = _values(draft.notes[at], field)
    item = 0 if item is None and len(values) == 1 and field in LIST_FIELDS else item
    name = words.plain(f"card.field_{field}")
    back = (Button(words.plain("debrief.fields"), action_of(draft, "note", f"{at}")), _button(draft, "back", words))
    if not values:
        return Reply(words.say("debrief.say_first", field=name), (back,))
    if field in LIST_FIELDS and item is None:
        rows = [
            (Button(_short(value_text(value, words), words), action_of(draft, "field", f"{at}:{field}:{place}")),)
            for place, value in enumerate(values)
        ]
        return Reply(words.say("debrief.pick_item", field=name), (*rows, back))
    value = values[item or 0]
    text = words.say("debrief.say_new", field=name, value=value_text(value, words))
    return Reply(text, (*_value_rows(draft, f"{at}:{field}:{item if item is not None else ''}", value, words), back))


def action_of(draft: Draft, action: str, rest: str = "") -> str:
    """What a button of this very state of the draft does."""
    return f"{SKILL}:{action}:{draft.id}:{fingerprint_of(draft.notes)}:{rest}"


def _value_rows(draft: Draft, place: str, value: object, words: Phrasebook) -> Iterator[tuple[Button, ...]]:
    if isinstance(value, VisitCommitment):
        key = "debrief.to_us" if value.who is Party.CUSTOMER else "debrief.to_them"
        yield (Button(words.plain(key), action_of(draft, "side", place)),)
    if isinstance(value, Stage):
        stages = [
            Button(words.plain(f"stage.{stage.name.lower()}"), action_of(draft, "stage", f"{place}{stage.name}"))
            for stage in Stage
        ]
        yield from (tuple(stages[start : start + 3]) for start in range(0, len(stages), 3))
    if ":account:" not in f":{place}":
        yield (_button(draft, "strike", words, place),)


def _row_of(draft: Draft, words: Phrasebook) -> tuple[Button, ...]:
    return tuple(_button(draft, action, words) for action in ("save", "edit", "discard"))


def _choices(view: DraftView, words: Phrasebook) -> Iterator[tuple[Button, ...]]:
    for number, choice in enumerate(view.choices):
        for place, name in enumerate(choice.candidates):
            yield (Button(_short(name, words), action_of(view.draft, "pick", f"{number}:{place}")),)
        if choice.heard:
            key = "debrief.new_account" if choice.person is None else "debrief.new_person"
            yield (
                Button(
                    _short(words.plain(key, name=choice.heard), words), action_of(view.draft, "pick", f"{number}:new")
                ),
            )


def _skips(view: DraftView, words: Phrasebook) -> Iterator[tuple[Button, ...]]:
    points = [(at, point) for at, asked in enumerate(view.asked) for point in asked if point is not OpenPoint.ACCOUNT]
    if points:
        yield tuple(
            Button(
                words.plain("debrief.skip", topic=words.plain(f"card.topic_{point.value}")),
                action_of(view.draft, "skip", f"{at}:{point.value}"),
            )
            for at, point in points
        )


def _unclear(view: DraftView, at: int) -> tuple[str, ...]:
    return tuple(choice.heard for choice in view.choices if choice.note == at)


def _button(draft: Draft, action: str, words: Phrasebook, rest: str = "", **slots: str) -> Button:
    return Button(_short(words.plain(f"debrief.{action}", **slots), words), action_of(draft, action, rest))


def _name(note: VisitNote, words: Phrasebook) -> str:
    return note.account or words.plain("card.no_account")


def _values(note: VisitNote, field: str) -> tuple[object, ...]:
    value = getattr(note, field)
    return tuple(value) if field in LIST_FIELDS else ((value,) if value is not None else ())


def _short(label: str, words: Phrasebook) -> str:
    longest = _LABEL[words.language]
    return label if len(label) <= longest else f"{label[: longest - 1]}…"
