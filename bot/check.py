"""`ridealong check`: one line for every part, ok or what to do."""

import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from bot.assemble import open_database
from bot.channels.telegram_chat import TelegramChat
from bot.errors import CannotStart, SendLater, StorageUnavailable
from bot.language_models.choose import language_model
from bot.storage.migrate import newest_revision, revision_of
from bot.storage.outbox import counts_of_trouble
from bot.storage.passage_store import SqlPassageStore
from config.settings import Settings


@dataclass(frozen=True, slots=True)
class Line:
    """One part: whether it works, and what was found or is to be done."""

    part: str
    is_fine: bool
    says: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.is_fine else 'FAIL'} {self.part}: {self.says}"


async def report(settings: Settings) -> list[Line]:
    """Every part looked at; nothing is changed."""
    parts: list[Callable[[Settings], Awaitable[Line]]] = [
        _settings,
        _database,
        _set_aside,
        _telegram,
        _index,
        _model,
        _speech,
        _ffmpeg,
        _addresses,
    ]
    return [await part(settings) for part in parts]


async def _settings(settings: Settings) -> Line:
    return Line("settings", True, f"profile {settings.profile}, data in {settings.data_dir}")


async def _database(settings: Settings) -> Line:
    try:
        revision = open_database(settings).run_now(revision_of)
    except (CannotStart, StorageUnavailable) as error:
        return Line("database", False, f"{error}; check RIDEALONG_DATABASE_URL, the disk and who holds a lock")
    if revision == newest_revision():
        return Line("database", True, f"version {revision}")
    return Line(
        "database", settings.profile == "embedded", f"version {revision or 'empty'}; `ridealong migrate` updates it"
    )


async def _set_aside(settings: Settings) -> Line:
    try:
        aside, refused = open_database(settings).run_now(lambda c: counts_of_trouble(c) if revision_of(c) else (0, 0))
    except (CannotStart, StorageUnavailable) as error:
        return Line("messages", False, str(error))
    if aside or refused:
        return Line("messages", not aside, f"{aside} set aside unanswered, {refused} replies refused; see the log")
    return Line("messages", True, "none set aside")


async def _telegram(settings: Settings) -> Line:
    if settings.telegram.token is None:
        return Line("telegram", True, "no token: the terminal is the only channel")
    telegram = settings.telegram
    chat = TelegramChat(telegram.token.get_secret_value(), telegram.base_url, telegram.proxy)  # type: ignore[union-attr]
    await chat.open()
    try:
        return Line("telegram", True, f"@{await chat.user_name()}")
    except (CannotStart, SendLater) as error:
        return Line("telegram", False, f"{error}")
    finally:
        await chat.close()


async def _index(settings: Settings) -> Line:
    """The library read, and the passages of documents counted."""
    from knowledge.errors import LibraryError
    from knowledge.library_entries import load_library

    try:
        entries = len(load_library().entries)
        passages = len(list(SqlPassageStore(open_database(settings)).passages()))
    except LibraryError as error:
        return Line("index", False, f"the library has mistakes: {error}")
    except (CannotStart, StorageUnavailable):
        return Line("index", True, "no documents yet: the database is new")
    place = settings.chroma.url or settings.data_dir / "index"
    return Line("index", True, f"{entries} library entries, {passages} passages of documents; vectors in {place}")


async def _model(settings: Settings) -> Line:
    if settings.model.name == "offline":
        return Line("model", True, "offline: answers come from the library's own lines")
    try:
        chosen = language_model(settings, today=lambda: datetime.now(UTC).date())
    except CannotStart as error:
        return Line("model", False, str(error))
    cause = await chosen.ready()
    await chosen.close()
    where = f"{settings.model.name} at {settings.model.base_url or 'the vendor'}"
    return Line("model", cause is None, f"{where}: {cause}" if cause else where)


async def _speech(settings: Settings) -> Line:
    if settings.speech.base_url is None:
        return Line("speech", True, "none: voice notes are kept and the rep is told (RIDEALONG_SPEECH__BASE_URL)")
    return Line("speech", True, f"{settings.speech.model} at {settings.speech.base_url}")


async def _ffmpeg(settings: Settings) -> Line:
    found = shutil.which("ffmpeg")
    return Line("ffmpeg", True, found or "not installed: long voice notes are sent to speech recognition whole")


async def _addresses(settings: Settings) -> Line:
    """Every address that data leaves to."""
    addresses = [settings.telegram.base_url if settings.telegram.token else None]
    addresses += [settings.model.base_url, settings.embedding.base_url, settings.speech.base_url, settings.chroma.url]
    hosts = sorted({str(urlsplit(address).netloc) for address in addresses if address})
    return Line("data leaves to", True, ", ".join(hosts) or "nowhere")
