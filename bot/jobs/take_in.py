"""Takes a document in that was sent to the bot, and tells how it went by changing the message that said it began."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.message import Attachment, Reply
from bot.domain.rep import Viewer
from bot.domain.teaching import Lesson
from bot.errors import SendLater, SendRefused
from bot.ports import Channel, DueWork, Outcome, Store
from bot.presenting.document_pages import DocumentContent, DocumentPages
from bot.wording.phrasebook import Phrasebook
from knowledge.errors import UnreadableDocumentError
from knowledge.ingestion import Ingestion, IngestReport
from knowledge.loading.documents import load
from knowledge.loading.web_address import fetch
from knowledge.splitting.passages import content_hash

TELL_EVERY_SECONDS = 4.0
"""How often the rep hears how far it is; the first time after that long."""


@dataclass(frozen=True, slots=True)
class TakeIn:
    """Fetches, reads and keeps a document; runs again after a kill without keeping anything twice."""

    store: Store
    channels: Mapping[str, Channel]
    ingestion: Callable[[Viewer, DueWork], Ingestion]

    async def __call__(self, work: DueWork) -> Outcome:
        """The result for the chat, whatever became of the document. Raises LeaseLost once the sender stopped it."""
        lesson = Lesson.from_payload(work.payload)
        words = Phrasebook(lesson.language)
        try:
            file_name, content = await self._content(lesson)
            report = await self._taken_in(work, lesson, file_name, content)
        except UnreadableDocumentError as error:
            told = words.say("kb.unreadable", name=lesson.name, why=words.say(f"unreadable.{error.reason}"))
            return Outcome((Reply(told, revises=lesson.label),))
        except SendRefused:
            return Outcome((Reply(words.say("kb.not_fetched", name=lesson.name), revises=lesson.label),))
        return Outcome((await self._result(lesson, report, words),))

    async def _content(self, lesson: Lesson) -> tuple[str, bytes]:
        if lesson.address:
            return await asyncio.to_thread(fetch, lesson.address)
        channel = self.channels.get(lesson.channel)
        if channel is None:
            raise SendLater(f"nobody here serves {lesson.channel}")
        return lesson.file_name, await channel.fetch(Attachment(lesson.reference, lesson.file_name, "", 0))

    async def _taken_in(self, work: DueWork, lesson: Lesson, file_name: str, content: bytes) -> IngestReport:
        loop = asyncio.get_running_loop()
        teller = _Teller(lambda part: asyncio.run_coroutine_threadsafe(self._tell(work, lesson, part), loop))

        def run() -> IngestReport:
            texts = load(file_name, content)
            ingestion = self.ingestion(lesson.viewer, work)
            hashed = content_hash(content)
            return ingestion.ingest_texts(lesson.name, texts, team=lesson.team, hashed=hashed, progress=teller)

        return await asyncio.to_thread(run)

    async def _tell(self, work: DueWork, lesson: Lesson, part: str) -> None:
        if work.conversation is not None and await self.store.holds_work(work):
            said = Phrasebook(lesson.language).say("kb.progress", name=lesson.name, part=part[:60])
            await self.store.say(work.conversation, [Reply(said, revises=lesson.label)])

    async def _result(self, lesson: Lesson, report: IngestReport, words: Phrasebook) -> Reply:
        """Told from what is kept, so that a second run after a kill tells the same."""
        shelf = self.store.repository(lesson.viewer).shelf
        document = await shelf.document(report.document.id)
        if document is None:
            return Reply(words.say("kb.gone"), revises=lesson.label)
        content = DocumentContent(document, await shelf.articles(document.id), await shelf.pieces(document.id))
        is_ours = document.taken_in_at is not None and document.taken_in_at >= datetime.fromisoformat(lesson.sent_at)
        pages = DocumentPages(words, lesson.viewer)
        page = pages.result(content, known=report.unchanged and not is_ours, vectors_wait=report.vectors_wait)
        return replace(page, revises=lesson.label)


class _Teller:
    """Tells now and then how far it is."""

    def __init__(self, tell: Callable[[str], object]) -> None:
        self._tell = tell
        self._last = time.monotonic()

    def __call__(self, part: str) -> None:
        if time.monotonic() - self._last >= TELL_EVERY_SECONDS:
            self._last = time.monotonic()
            self._tell(part)
