"""A rep takes along what is his: profile, practice, raw words and what was promised; nothing of other people's."""

from dataclasses import dataclass, field
from mimetypes import guess_extension
from pathlib import PurePath

from bot.domain.message import Attachment, Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.wish import Wish
from bot.ports import Outcome, Turn
from bot.presenting.account_file import may_export
from bot.presenting.own_data import own_data_file, with_contents

LARGEST_EXPORT = 45 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ExportOwn:
    """Sends a file with everything that is the rep's own."""

    name: str = "export"
    commands: tuple[str, ...] = ("export",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of its own words."""
        return 0.9 if wish.says("export.cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """It never has the floor."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """The file, with what is in it."""
        own = await turn.repository.everything_own()
        text = turn.words.say(
            "export.done",
            practices=len(own["practice"]),
            drafts=len(own["draft"]),
            commitments=len(own["commitment"]),
        )
        file = with_contents(own_data_file(own, turn.now), await _contents(turn))
        rows: tuple[tuple[Button, ...], ...] = ()
        if may_export(turn.rep):
            rows = ((Button(turn.words.plain("tables.button"), "tables:choose"),),)
        return Outcome((Reply(text, rows, file),), keeps_floor=True)


async def _contents(turn: Turn) -> dict[str, bytes]:
    """His voice notes and photos that lie with us, the newest first, as many as a channel takes in one file."""
    found: dict[str, bytes] = {}
    for file in reversed(await turn.repository.kept_files()):
        content = await turn.repository.content_of(file.id) or b""
        if content and sum(map(len, found.values())) + len(content) <= LARGEST_EXPORT:
            found[f"files/{file.sent_at:%Y-%m-%d-%H%M}-{file.id}{_ending(file.attachment)}"] = content
    return found


def _ending(attachment: Attachment) -> str:
    return guess_extension(attachment.media_type.partition(";")[0]) or PurePath(attachment.name).suffix or ".bin"
