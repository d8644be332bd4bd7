"""What a rep decides about his recordings: whether they are heard outside, kept, or not heard at all any more."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.file_reading import reading
from bot.domain.kept_file import FileState, KeptFile
from bot.domain.message import MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.wish import Wish
from bot.domain.writes import ChangeRep, DropFile, Write
from bot.errors import WordsForRep
from bot.ports import Outcome, Turn


@dataclass(frozen=True, slots=True)
class KeepVoice:
    """Takes the buttons under a note that waits, and those of the settings."""

    name: str = "voice"
    commands: tuple[str, ...] = ()
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """No words are for it."""
        return 0.0

    def holds(self, wish: Wish) -> bool:
        """It never has the floor."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """What the button says; whoever has the floor keeps it."""
        _, action, file = (turn.message.button + "::").split(":")[:3]
        files = await turn.repository.kept_files()
        waiting = [one for one in files if one.state is FileState.WAITING]
        match action:
            case "drop":
                return _dropped(turn, [one for one in waiting if one.id == file])
            case "speech=on":
                works = [reading(one, turn.rep, turn.words.language, turn.now) for one in waiting if not one.is_photo]
                return _done(turn, "allowed", ChangeRep(turn.rep.id, outside_speech=True), *works)
            case "speech=off":
                return _done(turn, "denied", ChangeRep(turn.rep.id, outside_speech=False))
            case "keep=on":
                return _done(turn, "keeping", ChangeRep(turn.rep.id, keeps_audio=True))
            case "keep=off":
                kept = [DropFile(one.id, turn.rep.id) for one in files if one.state is FileState.KEPT]
                return _done(turn, "not_keeping", ChangeRep(turn.rep.id, keeps_audio=False), *kept)
        raise WordsForRep("trouble.old_button")


def _dropped(turn: Turn, files: Sequence[KeptFile]) -> Outcome:
    if not files:
        raise WordsForRep("trouble.old_button")
    return _done(turn, "dropped", *[DropFile(one.id, turn.rep.id) for one in files], count=len(files))


def _done(turn: Turn, key: str, *writes: Write, **slots: int) -> Outcome:
    return Outcome((Reply(turn.words.say(f"voice.{key}", **slots)),), writes=writes, keeps_floor=True)
