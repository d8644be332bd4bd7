"""When the rep is asked where he was today: chosen, changed and ended with one tap or a sentence."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.domain.evening import HOURS, WEEKS, Evening
from bot.domain.evening_question import next_question
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import joined
from bot.domain.wish import Wish
from bot.domain.writes import ChangeRep, Write
from bot.ports import Outcome, Turn

_HOUR = re.compile(r"(?<!\d)(?P<hour>\d{1,2})\s*(?:点|:00|：00|pm|p\.m\.|o'clock)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ChooseEvening:
    """Turns the evening question on, off and to another hour; off can be taken back."""

    name: str = "evening"
    commands: tuple[str, ...] = ()
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of its own words."""
        return 0.9 if wish.says("evening.cues") or wish.says("evening.nothing_cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """It never has the floor."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """The choices, or what was chosen."""
        evening = turn.rep.evening
        if turn.message.kind is not MessageKind.BUTTON:
            return self._told(turn, evening)
        _, action, value = (turn.message.button + "::").split(":")[:3]
        number = int(value) if value.isdecimal() else 0
        if action == "off":
            return self._off(turn)
        if action == "nothing":
            return Outcome((Reply(turn.words.say("evening.rested")),), keeps_floor=True)
        if action == "hour" and number in HOURS:
            return self._changed(turn, replace(evening, hour=number, silent_until=None))
        if action == "week" and number in WEEKS:
            return self._changed(turn, replace(evening, work_days=number))
        if action == "rest":
            return self._changed(turn, replace(evening, silent_until=_next_monday(turn)))
        return self._page(turn, evening)

    def _told(self, turn: Turn, evening: Evening) -> Outcome:
        wish = Wish(turn.text, turn.today)
        if wish.says("evening.stop_cues"):
            return self._off(turn)
        if wish.says("evening.nothing_cues"):
            return Outcome((Reply(turn.words.say("evening.rested")),), keeps_floor=True)
        if wish.says("evening.rest_cues") and evening.hour is not None:
            return self._changed(turn, replace(evening, silent_until=_next_monday(turn)))
        hour = _hour_in(turn.text)
        return self._changed(turn, replace(evening, hour=hour)) if hour else self._page(turn, evening)

    def _off(self, turn: Turn) -> Outcome:
        hour = turn.rep.evening.hour
        if hour is None:
            return Outcome((Reply(turn.words.say("evening.off")),), keeps_floor=True)
        back = Button(turn.words.plain("evening.back_button"), f"{self.name}:hour:{hour}")
        writes = (ChangeRep(turn.rep.id, evening=replace(turn.rep.evening, hour=None)),)
        return Outcome((Reply(turn.words.say("evening.stopped"), ((back,),)),), writes=writes, keeps_floor=True)

    def _changed(self, turn: Turn, evening: Evening) -> Outcome:
        rep = replace(turn.rep, evening=evening)
        question = next_question(rep, turn.words.language, turn.now)
        writes: tuple[Write, ...] = (ChangeRep(rep.id, evening=evening), *((question,) if question else ()))
        return replace(self._page(turn, evening), writes=writes)

    def _page(self, turn: Turn, evening: Evening) -> Outcome:
        """What holds now, with a button for everything else."""
        words = turn.words
        lines = [words.say("evening.explained")]
        if evening.hour is None:
            lines.append(words.say("evening.off"))
        else:
            days = words.plain(f"evening.week_{evening.work_days}")
            lines.append(words.say("evening.on", hour=evening.hour, days=days))
        if evening.hour is not None and evening.silent_until and evening.silent_until > turn.today:
            lines.append(words.say("evening.silent", day=words.day(evening.silent_until)))
        hours = tuple(
            Button(words.plain("evening.hour_button", hour=hour), f"{self.name}:hour:{hour}") for hour in HOURS
        )
        weeks = tuple(Button(words.plain(f"evening.week_{week}"), f"{self.name}:week:{week}") for week in WEEKS)
        rest = Button(words.plain("evening.rest_button"), f"{self.name}:rest")
        stop = Button(words.plain("evening.off_button"), f"{self.name}:off")
        rows = (hours, weeks, (rest, stop)) if evening.hour is not None else (hours,)
        return Outcome((Reply(joined(lines), rows),), keeps_floor=True)


def _hour_in(text: str) -> int | None:
    """The hour of the evening that is said, where it can be chosen."""
    match = _HOUR.search(text)
    hour = int(match["hour"]) if match else 0
    return next((one for one in (hour, hour + 12) if one in HOURS), None)


def _next_monday(turn: Turn) -> date:
    today = turn.today
    return today + timedelta(days=7 - today.weekday())
