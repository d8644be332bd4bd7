"""What is due: the list of open commitments; each is done, moved, snoozed or put into a calendar, by tap or words."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.debriefing.dates import Leaning, dates_in
from bot.debriefing.meant_commitment import commitments_meant
from bot.domain.account import LISTED_FOR, Commitment, Draft
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.reminders import Reminder, reminders_of
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import joined
from bot.domain.wish import Wish
from bot.domain.writes import CloseCommitment, MoveCommitment, Schedule, Write
from bot.errors import WordsForRep
from bot.ports import Floor, Outcome, Turn
from bot.presenting.calendar_file import calendar_file
from bot.presenting.draft_card import open_draft_buttons
from bot.presenting.todo_page import day_buttons, line, list_buttons, list_page, settling_buttons
from bot.wording.phrasebook import Phrasebook

PER_PAGE = 6
_MOVING = "moving"
"""Key of the commitment whose new day is waited for."""


@dataclass(frozen=True, slots=True)
class ShowTodo:
    """Lists open commitments by day and settles them; every change can be taken back."""

    name: str = "todo"
    commands: tuple[str, ...] = ("today",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of its own words, and of those that settle a commitment the rep has."""
        if wish.says("todo.settling_cues") and commitments_meant(wish, wish.commitments):
            return 0.95
        return 0.85 if wish.says("todo.cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """A day is waited for: a few words, no question."""
        return len(wish.text) <= 20 and not wish.says("ask.cues") and not wish.says("todo.cues")

    async def answer(self, turn: Turn) -> Outcome:
        """The list, or what a button or words do to one commitment."""
        if turn.message.kind is MessageKind.BUTTON:
            return await self._pressed(turn)
        open_ones = await turn.repository.commitments()
        wish = Wish(turn.text, turn.today, commitments=tuple(open_ones))
        if turn.state.get(_MOVING) and turn.text:
            return await self._told_day(turn, str(turn.state[_MOVING]))
        if wish.says("todo.settling_cues"):
            return self._told(turn, wish)
        listed = self._list(turn, open_ones, 0)
        return replace(listed, replies=(_with_drafts(listed.replies[0], await _left_open(turn), turn.words),))

    def _list(self, turn: Turn, open_ones: Sequence[Commitment], page: int) -> Outcome:
        words, start = turn.words, page * PER_PAGE
        shown = open_ones[start : start + PER_PAGE]
        if not shown:
            return Outcome((Reply(words.say("todo.none")),), keeps_floor=True)
        more = [self._button(turn, "calendar_all")] if any(one.due for one in shown) else []
        if left := len(open_ones) - start - len(shown):
            label = words.plain("todo.more_button", count=left)
            more.append(Button(label, f"{self.name}:list:{page + 1}"))
        text = list_page(shown, turn.today, words, first=start + 1)
        rows = (*list_buttons(shown, words, first=start + 1), *([tuple(more)] if more else []))
        return Outcome((Reply(text, rows),), keeps_floor=True)

    async def _pressed(self, turn: Turn) -> Outcome:
        _, action, which, day = (turn.message.button + ":::").split(":")[:4]
        if action in {"list", "calendar_all"}:
            open_ones = await turn.repository.commitments()
            page = int(which) if which.isdecimal() else 0
            return self._list(turn, open_ones, page) if action == "list" else _calendar(turn, open_ones)
        if action == "calendar_of":
            return _calendar(turn, await turn.repository.commitments(draft_id=which))
        commitment = await turn.repository.commitment(which)
        if commitment is None:
            raise WordsForRep("todo.gone")
        return self._settled(turn, action, commitment, day)

    def _settled(self, turn: Turn, action: str, commitment: Commitment, day: str) -> Outcome:
        words, today = turn.words, turn.today
        if action == "done":
            return self._done(turn, commitment)
        if action == "reopen":
            writes: tuple[Write, ...] = (CloseCommitment(commitment.id, done=False), *_reminders(turn, commitment))
            return Outcome((Reply(words.say("todo.reopened")),), writes=writes, keeps_floor=True)
        if action == "later":
            again = Reminder(commitment.id, turn.rep, words.language).after_a_while(turn.now)
            moment = words.moment(again.due, ZoneInfo(turn.rep.time_zone))
            return Outcome((Reply(words.say("todo.snoozed", moment=moment)),), writes=(again,), keeps_floor=True)
        if action == "calendar":
            return _calendar(turn, (commitment,))
        if action == "move":
            reply = Reply(words.say("todo.which_day", action=commitment.action), day_buttons(commitment, today, words))
            return Outcome((reply,), Floor(self.name, {_MOVING: commitment.id}))
        if action == "look":
            return Outcome((Reply(line(commitment, words), settling_buttons(commitment, words)),), keeps_floor=True)
        return self._moved(turn, commitment, _day(day) if action in {"on", "back"} else today + timedelta(days=1))

    def _done(self, turn: Turn, commitment: Commitment) -> Outcome:
        back = self._button(turn, "reopen", commitment)
        reply = Reply(turn.words.say("todo.done", action=commitment.action), ((back,),))
        return Outcome((reply,), writes=(CloseCommitment(commitment.id),), keeps_floor=True)

    def _moved(self, turn: Turn, commitment: Commitment, day: date | None) -> Outcome:
        words, moved = turn.words, replace(commitment, due=day, done_at=None)
        text = words.say("todo.moved", action=commitment.action, day=words.day(day)) if day else None
        before = f"{commitment.due:%Y%m%d}" if commitment.due else ""
        day_before = words.day(commitment.due) if commitment.due else words.plain("todo.no_day")
        label = words.plain("todo.back_button", day=day_before)
        row = (Button(label, f"{self.name}:back:{commitment.id}:{before}"), self._button(turn, "calendar", commitment))
        reply = Reply(text, (row,)) if text else Reply(words.say("todo.undated_again", action=commitment.action))
        writes: tuple[Write, ...] = (MoveCommitment(commitment.id, day), *_reminders(turn, moved))
        return Outcome((reply,), writes=writes)

    async def _told_day(self, turn: Turn, commitment_id: str) -> Outcome:
        commitment = await turn.repository.commitment(commitment_id)
        if commitment is None:
            raise WordsForRep("todo.gone")
        if day := _day_told(turn):
            return self._moved(turn, commitment, day)
        again = Reply(turn.words.say("todo.no_such_day"), day_buttons(commitment, turn.today, turn.words))
        return Outcome((again,), keeps_floor=True)

    def _told(self, turn: Turn, wish: Wish) -> Outcome:
        """What words settle: another day at once, done after a yes; of several the rep chooses."""
        meant, words = commitments_meant(wish, wish.commitments), turn.words
        if not meant:
            raise WordsForRep("todo.none_meant")
        day = _day_told(turn) if wish.says("todo.moving_cues") else None
        if len(meant) == 1 and day:
            return self._moved(turn, meant[0], day)
        if len(meant) == 1 and wish.says("todo.moving_cues"):
            return self._settled(turn, "move", meant[0], "")
        if len(meant) == 1:
            text = words.say("todo.is_done", action=meant[0].action, account=meant[0].account_name)
            row = (self._button(turn, "done", meant[0]), self._button(turn, "look", meant[0]))
            return Outcome((Reply(text, (row,)),), keeps_floor=True)
        action = f"on:{{}}:{day:%Y%m%d}" if day else ("move:{}" if wish.says("todo.moving_cues") else "done:{}")
        rows = tuple((_choice(self.name, action, one, words),) for one in meant[:PER_PAGE])
        return Outcome((Reply(words.say("todo.which"), rows),), keeps_floor=True)

    def _button(self, turn: Turn, action: str, commitment: Commitment | None = None) -> Button:
        which = f":{commitment.id}" if commitment else ""
        return Button(turn.words.plain(f"todo.{action}_button"), f"{self.name}:{action}{which}")


def _choice(skill: str, action: str, commitment: Commitment, words: Phrasebook) -> Button:
    label = words.plain("todo.choice", action=commitment.action, account=commitment.account_name)
    return Button(label[:40], f"{skill}:{action.format(commitment.id)}")


async def _left_open(turn: Turn) -> list[Draft]:
    """The cards of the last two weeks that were never saved."""
    return [draft for draft in await turn.repository.open_drafts() if turn.today - draft.heard_on <= LISTED_FOR]


def _with_drafts(reply: Reply, left: Sequence[Draft], words: Phrasebook) -> Reply:
    if not left:
        return reply
    text = joined([reply.text, words.say("debrief.left_open", count=len(left))], "\n\n")
    return replace(reply, text=text, buttons=(*reply.buttons, *open_draft_buttons(left, words)))


def _calendar(turn: Turn, commitments: Sequence[Commitment]) -> Outcome:
    dated = [one for one in commitments if one.due is not None]
    if not dated:
        raise WordsForRep("todo.no_days")
    file = calendar_file(dated, turn.rep, turn.words, turn.now)
    return Outcome((Reply(turn.words.say("todo.calendar", count=len(dated)), file=file),), keeps_floor=True)


def _reminders(turn: Turn, commitment: Commitment) -> tuple[Schedule, ...]:
    return reminders_of(commitment, turn.rep, turn.words, turn.now)


def _day_told(turn: Turn) -> date | None:
    """The last day from today on that the words name."""
    today = turn.today
    days = [found.day for found in dates_in(turn.text, today, Leaning.FUTURE)]
    return next((day for day in reversed(days) if day and day >= today), None)


def _day(written: str) -> date | None:
    try:
        return datetime.strptime(written, "%Y%m%d").date()
    except ValueError:
        return None
