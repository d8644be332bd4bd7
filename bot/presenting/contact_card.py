"""A business card on the phone: what was read of it, where it goes, and what is asked before it is saved."""

from dataclasses import dataclass

from bot.domain.message import Button, Reply
from bot.domain.rich_text import RichText, joined
from bot.presenting.visit_card import contact_text
from bot.wording.phrasebook import Phrasebook

SKILL = "contact"
_MOST = 3


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the account who may be the person on the card."""

    name: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ContactView:
    """A card with what stands beside it.

    `lines` are field and value as read. `account` is where it goes, "" while that is asked or missing; `accounts` the
    ones to choose from. `people` are those who may be meant; `is_known` when exactly he is there already.
    """

    file: str
    name: str
    lines: tuple[tuple[str, str], ...]
    account: str = ""
    is_new: bool = False
    accounts: tuple[str, ...] = ()
    people: tuple[Known, ...] = ()
    is_known: bool = False


def contact_reply(view: ContactView, words: Phrasebook) -> Reply:
    """The card with its buttons: Save, Edit, Discard, or what has to be chosen in place of Save."""
    lines = [words.say("contact.title")]
    lines += [words.say(f"contact.line_{field}", value=value) for field, value in view.lines]
    lines.append(_destination(view, words))
    if view.account and view.people:
        lines.append(_who(view, words))
    elif view.is_known:
        lines.append(words.say("contact.is_known"))
    return Reply(joined(lines), _buttons(view, words))


def who_reply(view: ContactView, words: Phrasebook) -> Reply:
    """Whether the person is one of those the account knows; a tap saves."""
    return Reply(_who(view, words), tuple((button,) for button in _people(view, words)))


def _destination(view: ContactView, words: Phrasebook) -> RichText:
    """Under which account it goes, or what is missing."""
    if view.accounts:
        return words.say("contact.which_account")
    if not view.account or not view.name:
        return words.say("contact.missing")
    return words.say("contact.goes_to_new" if view.is_new else "contact.goes_to", account=view.account)


def _who(view: ContactView, words: Phrasebook) -> RichText:
    known = words.plain("card.comma").join(contact_text(one.name, one.title, words) for one in view.people[:_MOST])
    return words.say("contact.who", name=view.name, known=known)


def _buttons(view: ContactView, words: Phrasebook) -> tuple[tuple[Button, ...], ...]:
    rest = tuple(Button(words.plain(f"contact.{one}"), f"{SKILL}:{one}:{view.file}") for one in ("edit", "discard"))
    if view.accounts:
        rows = [
            (Button(words.plain("contact.save_under", account=name), f"{SKILL}:save:{view.file}:{number}"),)
            for number, name in enumerate(view.accounts[:_MOST])
        ]
        return (*rows, rest)
    if view.account and view.people:
        return (*((button,) for button in _people(view, words)), rest)
    return ((Button(words.plain("contact.save"), f"{SKILL}:save:{view.file}"), *rest),)


def _people(view: ContactView, words: Phrasebook) -> tuple[Button, ...]:
    known = (
        Button(words.plain("contact.is_person", name=one.name), f"{SKILL}:who:{view.file}:{number}")
        for number, one in enumerate(view.people[:_MOST])
    )
    return (*known, Button(words.plain("debrief.new_person", name=view.name), f"{SKILL}:who:{view.file}:new"))
