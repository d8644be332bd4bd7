"""Open commitments on a phone: the list by urgency, one of them, and the buttons that settle it."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.account import Commitment
from bot.domain.message import Button
from bot.domain.rich_text import RichText, joined
from bot.domain.visit import Party
from bot.wording.phrasebook import Phrasebook

Rows = tuple[tuple[Button, ...], ...]
SKILL = "todo"
"""The skill whose buttons these are."""


def list_page(shown: Sequence[Commitment], today: date, words: Phrasebook, *, first: int = 1) -> RichText:
    """Numbered lines under overdue, today, later and undated; `first` is the number of the first."""
    lines: list[RichText] = []
    group = ""
    for number, one in enumerate(shown, first):
        if (due := _when(one, today)) != group:
            group = due
            lines.append(words.say(f"todo.{group}"))
        lines.append(words.say("todo.numbered", number=number, text=line(one, words)))
    return joined([words.say("todo.title"), *lines])


def list_buttons(shown: Sequence[Commitment], words: Phrasebook, *, first: int = 1) -> Rows:
    """For each line one button for done and one for another day."""
    return tuple(
        (
            Button(words.plain("todo.done_number_button", number=number), f"{SKILL}:done:{one.id}"),
            Button(words.plain("todo.move_number_button", number=number), f"{SKILL}:move:{one.id}"),
        )
        for number, one in enumerate(shown, first)
    )


def settling_buttons(commitment: Commitment, words: Phrasebook) -> Rows:
    """Done, tomorrow, in two hours, another day, into the calendar."""

    def button(action: str) -> Button:
        return Button(words.plain(f"todo.{action}_button"), f"{SKILL}:{action}:{commitment.id}")

    return ((button("done"), button("snooze")), (button("later"), button("move"), button("calendar")))


def day_buttons(commitment: Commitment, today: date, words: Phrasebook) -> Rows:
    """The days a commitment is usually moved to."""
    monday = today + timedelta(days=7 - today.weekday())
    days = dict.fromkeys((today + timedelta(days=1), today + timedelta(days=2), monday))
    return (tuple(Button(words.day(day), f"{SKILL}:on:{commitment.id}:{day:%Y%m%d}") for day in days),)


def line(commitment: Commitment, words: Phrasebook) -> RichText:
    """One commitment with its day, action and account."""
    key = "theirs" if commitment.who is Party.CUSTOMER else "ours"
    if commitment.due is None and key == "ours":
        return words.say("todo.undated", action=commitment.action, account=commitment.account_name)
    day = words.day(commitment.due) if commitment.due else words.plain("todo.no_day")
    return words.say(f"todo.{key}", day=day, action=commitment.action, account=commitment.account_name)


def _when(commitment: Commitment, today: date) -> str:
    if commitment.due is None:
        return "some_day"
    if commitment.due == today:
        return "now"
    return "overdue" if commitment.due < today else "next"
