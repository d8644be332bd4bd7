"""Listens to voice notes that were too long for a turn or could not be heard then, and reads photos; nothing is lost.

What is heard is kept stretch by stretch, so that a new start goes on where the old one ended. At the end the words
join the conversation as a message of our own making, and their answer comes by itself.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.debriefing.meant_account import names_to_expect
from bot.domain.file_reading import READ_FILE
from bot.domain.kept_file import FileState, KeptFile, album_of, length_of
from bot.domain.message import Reply
from bot.domain.rep import Rep, Viewer
from bot.domain.rich_text import joined
from bot.domain.writes import Deliver, DropFile, KeepFile, Schedule, Write
from bot.errors import ModelUnavailable, SendingFailed, SendRefused, UnreadableRecording, WriteConflict
from bot.jobs.photo_pages import GONE, Page, outcome_of
from bot.ports import Channel, Clock, DueWork, Listener, Outcome, Repository
from bot.wording.phrasebook import Phrasebook
from knowledge.errors import UnreadableDocumentError
from knowledge.loading.photos import ReadPhoto, read_photo

FIRST_WAIT = timedelta(seconds=3)
LONGEST_WAIT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file under way, and on whose behalf."""

    work: DueWork
    file: KeptFile
    rep: Rep
    repository: Repository
    words: Phrasebook


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """Hears one note, as far as it can be heard now; after `a_while` seconds other work gets its turn."""

    clock: Clock
    repository: Callable[[Viewer], Repository]
    write: Callable[[Viewer, Sequence[Write]], Awaitable[None]]
    channels: Mapping[str, Channel]
    listener: Listener | None = None
    read_photo: Callable[[str, bytes], ReadPhoto] = read_photo
    a_while: float = 60.0

    async def __call__(self, work: DueWork) -> Outcome:
        """Its words into the conversation, or another appointment, or why there will be no words."""
        payload = work.told
        repository = self.repository(work.viewer)
        rep, file = await repository.rep(payload["rep"]), await repository.kept_file(payload["file"])
        words = Phrasebook(payload["language"])
        if rep is None:
            return Outcome(())
        if file is None:
            return Outcome((Reply(words.say("voice.expired")),))
        return await self._read(_Reading(work, file, rep, repository, words))

    async def _read(self, one: _Reading) -> Outcome:
        try:
            if one.file.is_photo:
                return await self._look(one)
            content = await self._content(one, one.file)
            if self.listener is None or (self.listener.sends_to and not one.rep.outside_speech):
                return self._again(one)
            return await self._listen(one, content, self.listener)
        except WriteConflict:
            return Outcome(())
        except SendRefused:
            return self._given_up(one, "gone")
        except UnreadableRecording as error:
            return self._given_up(one, error.reason)
        except ModelUnavailable:
            return self._again(one, told="trouble")
        except SendingFailed:
            return self._again(one)

    async def _content(self, one: _Reading, file: KeptFile) -> bytes:
        """What was sent; once fetched it stays with us until it is read. Raises SendingFailed, WriteConflict."""
        content = await one.repository.content_of(file.id)
        if content is None:
            content = await self.channels[file.message.channel].fetch(file.attachment)
            await self.write(one.rep.viewer, (KeepFile(file, content),))
        return content

    async def _listen(self, one: _Reading, content: bytes, listener: Listener) -> Outcome:
        names, file, until = await names_to_expect(one.repository), one.file, time.monotonic() + self.a_while
        language = one.words.language
        stretches = listener.listen(content, names=names, language=language, after=len(file.pieces))
        async with aclosing(stretches):
            async for heard in stretches:
                file = replace(file, pieces=(*file.pieces, heard.words))
                await self.write(one.rep.viewer, (KeepFile(file),))
                await self._show(one, heard.until, heard.words)
                if time.monotonic() > until:
                    return self._again(one, wait=timedelta())
        if not file.words:
            return self._given_up(one, "silence")
        return _answered(file)

    async def _look(self, one: _Reading) -> Outcome:
        """The words of a photo, or of all that were sent with it: the first one's work reads the album."""
        album = album_of(one.file, await one.repository.kept_files())
        if album[0].id != one.file.id:
            return Outcome(())
        pages = [await self._page(one, number, file) for number, file in enumerate(album, 1)]
        return outcome_of(pages, one.rep, one.words)

    async def _page(self, one: _Reading, number: int, file: KeptFile) -> Page:
        """One photo's lines, as its child process reads them; those of an album are kept page by page."""
        if file.pieces:
            return Page(number, file)
        try:
            content = await self._content(one, file)
            photo = await asyncio.to_thread(self.read_photo, file.attachment.name, content)
        except SendRefused:
            return Page(number, file, GONE)
        except UnreadableDocumentError as error:
            return Page(number, file, error.reason)
        read = replace(file, pieces=tuple("  ".join(line.text for line in row) for row in photo.rows))
        if file.message.part_of:
            await self.write(one.rep.viewer, (KeepFile(read),))
        return Page(number, read)

    async def _show(self, one: _Reading, until: int, heard: str) -> None:
        """Best effort: how far it is, in the chat."""
        message, length = one.file.message, length_of(one.file.attachment.seconds)
        shown = one.words.plain("voice.progress", until=length_of(until), length=length)
        with suppress(SendingFailed):
            await self.channels[message.channel].show_thinking(message.chat, f"{shown}\n{heard}")

    def _given_up(self, one: _Reading, why: str) -> Outcome:
        """There will be no words: the rep hears why and of which note, and the recording goes."""
        said = one.words.say(f"voice.{why}")
        slots = {"length": length_of(one.file.attachment.seconds)}
        slots["moment"] = one.words.moment(one.file.sent_at, ZoneInfo(one.rep.time_zone))
        title = one.words.say("voice.about", **slots)
        return Outcome((Reply(joined([title, said])),), writes=(DropFile(one.file.id, one.rep.id),))

    def _again(self, one: _Reading, *, told: str = "", wait: timedelta | None = None) -> Outcome:
        """Another appointment, each time later; trouble is told once."""
        payload = dict(one.work.payload)
        tries = int(str(payload.get("tries", 0)))
        replies: tuple[Reply, ...] = ()
        if told and not payload.get("told"):
            length = length_of(one.file.attachment.seconds)
            replies = (Reply(one.words.say(f"voice.{told}", length=length)),)
            payload["told"] = True
        if wait is None:
            wait = min(FIRST_WAIT * 2 ** min(tries, 12), LONGEST_WAIT)
            payload["tries"] = tries + 1
        due = self.clock.now() + wait
        return Outcome(replies, writes=(Schedule(READ_FILE, one.file.id, due, payload, one.work.conversation),))


def _answered(file: KeptFile) -> Outcome:
    """The words are there; the turn that answers them comes through the inbox."""
    message = replace(file.message, update=0, file=file.id, sent_at=file.sent_at, callback="")
    return Outcome((), writes=(KeepFile(replace(file, state=FileState.READ)), Deliver(message)))
