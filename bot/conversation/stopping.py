"""What /cancel stops: what has the floor, and, asked once more, what waits to be read or is being read."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.kept_file import FileState, KeptFile
from bot.domain.message import Reply
from bot.domain.rep import Rep
from bot.domain.rich_text import RichText, joined
from bot.domain.teaching import Lesson
from bot.domain.writes import Audit, DropFile, StopReading, Write
from bot.ports import Store
from bot.wording.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class Stopped:
    """What is said and written when something is stopped."""

    replies: tuple[Reply, ...]
    writes: tuple[Write, ...] = ()


async def stopped(store: Store, rep: Rep, words: Phrasebook, *, had_floor: bool) -> Stopped:
    """The floor ends first and what goes on besides is named; with no floor that is stopped, too."""
    repository = store.repository(rep.viewer)
    files = [file for file in await repository.kept_files() if file.state is FileState.WAITING]
    lessons = await repository.shelf.being_read()
    if had_floor or not (files or lessons):
        said = [words.say("cancel.stopped" if had_floor else "cancel.nothing"), *_going_on(files, lessons, words)]
        return Stopped((Reply(joined(said)),))
    dropped = [words.say("voice.dropped", count=len(files))] if files else []
    told = [words.say("kb.stopped", name=one.name) for one in lessons]
    revised = [Reply(words.say("kb.stopped", name=one.name), revises=one.label) for one in lessons]
    writes: list[Write] = [DropFile(file.id, rep.id) for file in files]
    for one in lessons:
        writes += [StopReading(one.label), Audit("document.stopped", one.name[:200])]
    return Stopped((*revised, Reply(joined([*dropped, *told]))), tuple(writes))


def _going_on(files: Sequence[KeptFile], lessons: Sequence[Lesson], words: Phrasebook) -> list[RichText]:
    voices = [words.say("voice.still_waiting", count=len(files))] if files else []
    return [*voices, *(words.say("kb.still_reading", name=one.name) for one in lessons)]
