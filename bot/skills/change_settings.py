"""Settings of the rep: language, time zone, and the page that says who sees what."""

from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.evening_question import next_question
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.reminders import reminders_of
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import joined
from bot.domain.wish import Wish
from bot.domain.writes import ChangeRep, Write
from bot.ports import Floor, Outcome, Turn
from bot.wording.phrasebook import LANGUAGES, Phrasebook


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """Shows the settings with buttons to change them; a time zone is typed."""

    chosen_host: str = ""
    speech_host: str = ""
    house_keeps_files: bool = False
    name: str = "settings"
    commands: tuple[str, ...] = ("settings",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of its own words."""
        return 0.85 if wish.says("settings.cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """A time zone is waited for: one word, no sentence."""
        return len(wish.text.split()) == 1 and len(wish.text) <= 40 and any(map(str.isalnum, wish.text))

    async def answer(self, turn: Turn) -> Outcome:
        """The page, or what a button or a typed time zone changes."""
        _, _, choice = turn.message.button.partition(":")
        if not choice and (language := _language_asked(turn)):
            return self._said_language(turn, language)
        if choice.startswith("language="):
            return self._language(turn, choice.partition("=")[2])
        if choice == "languages":
            return self._languages(turn)
        if choice.startswith("model="):
            return self._model(turn, allowed=choice == "model=on")
        if choice == "who" or Wish(turn.text, turn.today).says("settings.who_cues"):
            role = turn.words.say(f"settings.role_{turn.rep.role.value}")
            return Outcome((Reply(turn.words.say("settings.who_sees", role=role)),))
        if choice == "zone":
            return Outcome((Reply(turn.words.say("settings.choose_zone")),), Floor(self.name, {"waits_for": "zone"}))
        if turn.state.get("waits_for") == "zone" and not turn.message.text.startswith("/"):
            return await self._zone(turn)
        return self._page(turn)

    def _page(self, turn: Turn) -> Outcome:
        words, rep = turn.words, turn.rep
        language = words.say(f"settings.language_{rep.language or 'any'}")
        lines = [
            words.say("settings.title"),
            words.say("settings.language", language=language),
            words.say("settings.time_zone", zone=rep.time_zone),
        ]
        evening = rep.evening.hour
        lines.append(words.say("settings.evening_on", hour=evening) if evening else words.say("settings.evening_off"))
        if self.chosen_host:
            lines.append(words.say(f"settings.model_{_switch(rep.outside_model)}", host=self.chosen_host))
        buttons = tuple(
            Button(words.plain(f"settings.button_{key}"), f"{self.name}:{action}")
            for key, action in (("language", "languages"), ("zone", "zone"), ("who", "who"))
        )
        rows: tuple[tuple[Button, ...], ...] = (buttons[:2], (*buttons[2:], _evening_button(words)))
        if self.chosen_host:
            switch = _switch(not rep.outside_model)
            label = words.plain(f"settings.button_model_{switch}")
            rows = (*rows, (Button(label, f"{self.name}:model={switch}"),))
        if rep.role is not Role.REP:
            rows = (*rows, (Button(words.plain("case.button"), "case:page"),))
        for key, is_on in self._of_recordings(turn):
            lines.append(words.say(f"voice.settings_{key}_{_switch(is_on)}", **self._slots(key)))
            switch = _switch(not is_on)
            rows = (*rows, (Button(words.plain(f"voice.button_{key}_{switch}"), f"voice:{key}={switch}"),))
        return Outcome((Reply(joined(lines), rows),))

    def _of_recordings(self, turn: Turn) -> list[tuple[str, bool]]:
        """What a rep decides about his recordings here; their own skill takes the buttons."""
        switches = [("speech", turn.rep.outside_speech)] if self.speech_host else []
        return switches + ([("keep", turn.rep.keeps_audio)] if self.house_keeps_files else [])

    def _slots(self, key: str) -> dict[str, str]:
        return {"host": self.speech_host} if key == "speech" else {}

    def _model(self, turn: Turn, *, allowed: bool) -> Outcome:
        change = ChangeRep(turn.rep.id, outside_model=allowed)
        return Outcome((Reply(turn.words.say("settings.changed")),), writes=(change,))

    def _languages(self, turn: Turn) -> Outcome:
        words = turn.words
        row = tuple(
            Button(words.plain(f"settings.language_{language or 'any'}"), f"{self.name}:language={language}")
            for language in (*LANGUAGES, "")
        )
        text = words.say("settings.language", language=words.say(f"settings.language_{turn.rep.language or 'any'}"))
        return Outcome((Reply(text, (row,)),))

    def _language(self, turn: Turn, chosen: str) -> Outcome:
        language = chosen if chosen in LANGUAGES else ""
        words = Phrasebook(language) if language else turn.words
        return Outcome((Reply(words.say("settings.changed")),), writes=(ChangeRep(turn.rep.id, language=language),))

    def _said_language(self, turn: Turn, language: str) -> Outcome:
        """Changed at once, said in the new language, with the way back."""
        words = Phrasebook(language)
        back = Button(words.plain("settings.button_language"), f"{self.name}:languages")
        change = ChangeRep(turn.rep.id, language=language)
        return Outcome((Reply(words.say("settings.language_changed"), ((back,),)),), writes=(change,))

    async def _zone(self, turn: Turn) -> Outcome:
        """The new zone; what is still to be reminded of is told at its hour there."""
        zone = turn.text.strip()
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            text = turn.words.say("settings.bad_zone", zone=zone[:60])
            return Outcome((Reply(text),), Floor(self.name, {"waits_for": "zone"}))
        there = replace(turn.rep, time_zone=zone)
        open_ones = await turn.repository.commitments()
        moved = [one for commitment in open_ones for one in reminders_of(commitment, there, turn.words, turn.now)]
        question = next_question(there, turn.words.language, turn.now)
        moved += [question] if question else []
        writes: tuple[Write, ...] = (ChangeRep(turn.rep.id, time_zone=zone), *moved)
        return Outcome((Reply(turn.words.say("settings.changed")),), writes=writes)


def _language_asked(turn: Turn) -> str:
    """The one language that the words ask for, "" for none."""
    wish = Wish(turn.text, turn.today)
    asked = [language for language in LANGUAGES if wish.says(f"settings.to_{language}_cues")]
    return asked[0] if len(asked) == 1 else ""


def _switch(on: bool) -> str:
    return "on" if on else "off"


def _evening_button(words: Phrasebook) -> Button:
    return Button(words.plain("settings.button_evening"), "evening:page")
