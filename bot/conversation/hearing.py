"""A voice note or photo becomes words; from there on it is a message like any other.

A short note is heard while its turn runs. What takes longer, or cannot be heard now, lies with us and is read by a
job, whose words come back into the conversation as a message of our own making.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from bot.debriefing.business_cards import is_card
from bot.debriefing.meant_account import names_to_expect
from bot.domain.file_reading import reading
from bot.domain.kept_file import (
    LONGEST_SECONDS,
    PAGE_BREAK,
    FileState,
    KeptFile,
    album_of,
    joined_pieces,
    length_of,
    photos_of,
)
from bot.domain.message import Attachment, Button, IncomingMessage, MessageKind, Reply
from bot.domain.rep import Rep
from bot.domain.writes import DropFile, KeepDraft, KeepFile, Write
from bot.errors import ModelUnavailable, SendingFailed, SendRefused, UnreadableRecording, WordsForRep
from bot.ports import Clock, Floor, Ids, Listener, Repository
from bot.wording.phrasebook import Phrasebook

AT_ONCE_SECONDS = 60
"""Notes up to this length are heard in their turn."""


@dataclass(frozen=True, slots=True)
class Note:
    """A voice note, and the talk it is part of."""

    message: IncomingMessage
    rep: Rep
    repository: Repository
    words: Phrasebook
    floor: Floor | None
    fetch: Callable[[Attachment], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class HeardNote:
    """What a note says. `content` is what was heard just now, None when the file lies with us since it was sent.

    `pages` are further photos of an album whose words are in it too.
    """

    said: str
    file: KeptFile
    content: bytes | None = None
    pages: tuple[KeptFile, ...] = ()

    @property
    def is_late(self) -> bool:
        """True when the rep was answered once already."""
        return self.content is None

    def belongs_to(self, floor: Floor | None) -> bool:
        """Whether its words go on with what has the floor: a late one's only if nothing else was said meanwhile.

        A business card lies over anything; it only takes words that name one of its fields.
        """
        return (
            not self.is_late
            or is_card(self.file.pieces)
            or self.file.floor == (floor and (floor.skill, dict(floor.state)))
        )


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note that is heard later: what the rep is told, and what is written."""

    replies: tuple[Reply, ...] = ()
    writes: tuple[Write, ...] = ()


@dataclass(frozen=True, slots=True)
class Hearing:
    """Hears notes, or keeps them to be heard.

    `keeps` is the house's word on keeping what was heard; `patience` is how many seconds a turn may take over a note.
    """

    clock: Clock
    ids: Ids
    listener: Listener | None = None
    keeps: bool = False
    patience: float = 12.0

    async def hear(self, note: Note) -> HeardNote | KeptNote:
        """What the note says, or that it is kept. Raises WordsForRep for one that nobody can hear."""
        if note.message.file:
            return await self._heard_meanwhile(note)
        if note.message.kind is MessageKind.PHOTO:
            return self._looking(note)
        if note.message.attachments[0].seconds > LONGEST_SECONDS:
            raise WordsForRep("voice.too_long")
        if self.listener is None:
            return self._later(note, "no_speech")
        if self.listener.sends_to and not note.rep.outside_speech:
            return self._later(note, "ask", host=self.listener.sends_to)
        if note.message.attachments[0].seconds > AT_ONCE_SECONDS:
            return self._later(note, "long")
        return await self._heard_now(note, self.listener)

    def settled(self, heard: HeardNote, rep: Rep, writes: Sequence[Write]) -> tuple[Write, ...]:
        """What becomes of the files: what their skill wants; with a draft where house and rep want it; else they go."""
        draft = next((write.draft.id for write in writes if isinstance(write, KeepDraft)), "")
        wanted = {write.file.id for write in writes if isinstance(write, KeepFile)}
        files = [file for file in (heard.file, *heard.pages) if file.id not in wanted]
        if draft and self.keeps and rep.keeps_audio:
            kept = (replace(file, state=FileState.KEPT, draft=draft) for file in files)
            return tuple(KeepFile(file, heard.content, is_new=not heard.is_late) for file in kept)
        return tuple(DropFile(file.id, rep.id) for file in files) if heard.is_late else ()

    async def _heard_meanwhile(self, note: Note) -> HeardNote | KeptNote:
        file = await note.repository.kept_file(note.message.file)
        if file is None:
            return KeptNote()
        pages = [file]
        if file.is_photo:
            album = album_of(file, await note.repository.kept_files())
            pages = [
                one for one in album if one.state is FileState.READ and is_card(one.pieces) == is_card(file.pieces)
            ]
        read = PAGE_BREAK.join(page.words for page in pages)
        said = "\n".join(filter(None, (note.message.text, read)))
        return HeardNote(said, file, pages=tuple(page for page in pages if page.id != file.id))

    def _looking(self, note: Note) -> KeptNote:
        """Photos lie with us until their text is read, an album as one."""
        files = photos_of(self._file(note), self.ids.new)
        work = reading(files[0], note.rep, note.words.language, self.clock.now())
        key = "photo.looking" if len(files) == 1 else "photo.looking_at_album"
        said = note.words.say(key, count=len(files))
        return KeptNote((Reply(said),), (*(KeepFile(file, is_new=True) for file in files), work))

    async def _heard_now(self, note: Note, listener: Listener) -> HeardNote | KeptNote:
        names = await names_to_expect(note.repository)
        try:
            async with asyncio.timeout(self.patience):
                content = await note.fetch(note.message.attachments[0])
                async with aclosing(listener.listen(content, names=names, language=note.words.language)) as stretches:
                    pieces = tuple([heard.words async for heard in stretches])
        except UnreadableRecording as error:
            raise WordsForRep(f"voice.{error.reason}") from error
        except SendRefused as error:
            raise WordsForRep("voice.gone") from error
        except (ModelUnavailable, SendingFailed):
            return self._later(note, "trouble")
        except TimeoutError:
            return self._later(note, "long")
        if not (said := joined_pieces(pieces)):
            raise WordsForRep("voice.silence")
        return HeardNote(said, replace(self._file(note), pieces=pieces), content)

    def _later(self, note: Note, why: str, **slots: str) -> KeptNote:
        """The note lies with us; its row says where its channel has it, and the job fetches it from there."""
        words, file = note.words, self._file(note)
        length = length_of(file.attachment.seconds)
        row = [Button(words.plain("voice.drop_button"), f"voice:drop:{file.id}")]
        if why == "ask":
            row.insert(0, Button(words.plain("voice.allow_button"), "voice:speech=on"))
        reply = Reply(words.say(f"voice.{why}", length=length, **slots), (tuple(row),))
        work = reading(file, note.rep, words.language, self.clock.now())
        return KeptNote((reply,), (KeepFile(file, is_new=True), work))

    def _file(self, note: Note) -> KeptFile:
        floor = (note.floor.skill, dict(note.floor.state)) if note.floor else None
        return KeptFile(self.ids.new(), note.rep.id, note.message, self.clock.now(), floor=floor)
