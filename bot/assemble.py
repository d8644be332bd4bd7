"""Settings in, working bot out: the only place that picks real parts."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from bot.channels.terminal_chat import CHANNEL as TERMINAL
from bot.channels.terminal_chat import TerminalChat
from bot.clock_and_ids import RandomIds, SystemClock
from bot.conversation.admission import Admission
from bot.conversation.arrival import Arrival
from bot.conversation.dispatcher import Dispatcher
from bot.conversation.handle_message import Door
from bot.conversation.hearing import Hearing
from bot.conversation.routing import Router
from bot.conversation.sender import Pace, Sender
from bot.debriefing.meant_account import names_to_hide
from bot.domain.account_import import IMPORT
from bot.domain.evening_question import ASK
from bot.domain.file_reading import READ_FILE
from bot.domain.reminders import REMIND
from bot.domain.rep import Rep, Viewer
from bot.domain.teaching import TAKE_IN
from bot.domain.visit_event import POST, WAITS
from bot.domain.weekly_report import REPORT
from bot.errors import CannotStart, StorageUnavailable
from bot.jobs.ask_evening import AskEvening
from bot.jobs.embedded_jobs import EmbeddedJobs
from bot.jobs.export_accounts import MakeAccountFile
from bot.jobs.find_missing import NAME as FIND_MISSING
from bot.jobs.find_missing import find_missing
from bot.jobs.import_accounts import ImportLongTable
from bot.jobs.keep_house import NAME as KEEP_HOUSE
from bot.jobs.keep_house import KeepHouse
from bot.jobs.make_backup import NAME as BACKUP
from bot.jobs.make_backup import MakeBackup
from bot.jobs.make_backup import Write as WriteBackup
from bot.jobs.post_webhook import PostWebhook
from bot.jobs.read_files import ReadFiles
from bot.jobs.remind import Remind
from bot.jobs.report_gaps import ReportGaps
from bot.jobs.run_due_work import WorkRunner
from bot.jobs.take_in import TakeIn
from bot.jobs.write_questions import NAME as WRITE_QUESTIONS
from bot.jobs.write_questions import WriteQuestions
from bot.knowledge_desk import KnowledgeDesk
from bot.language_models.choose import ChosenModel, language_model, question_writer, transcriber
from bot.language_models.choose import embedder as chosen_embedder
from bot.language_models.offline_model import OfflineModel
from bot.ports import Channel, Job, Jobs, LanguageModel, Skill, Store
from bot.presenting.pictures import Drawer
from bot.skills.answer_question import AnswerQuestion
from bot.skills.change_settings import ChangeSettings
from bot.skills.choose_evening import ChooseEvening
from bot.skills.correct_deal import CorrectDeal
from bot.skills.draw_pictures import DrawPictures
from bot.skills.export_accounts import EXPORT, ExportAccounts
from bot.skills.export_own import ExportOwn
from bot.skills.forget_me import ForgetMe
from bot.skills.import_accounts import ImportTable
from bot.skills.keep_contact import KeepBusinessCard
from bot.skills.keep_voice import KeepVoice
from bot.skills.make_small_talk import MakeSmallTalk
from bot.skills.order_accounts import OrderAccounts
from bot.skills.practise_visit import PractiseVisit
from bot.skills.prepare_visit import PrepareVisit
from bot.skills.record_visit import RecordVisit
from bot.skills.share_cases import ShareTeamCases
from bot.skills.show_account import ShowAccount
from bot.skills.show_help import ShowHelp
from bot.skills.show_todo import ShowTodo
from bot.skills.take_back import TakeBackChange
from bot.skills.teach_documents import TeachDocuments
from bot.sound.listening import Listening
from bot.storage.backup import write_backup
from bot.storage.database import Database, address_of
from bot.storage.database_store import DatabaseStore
from bot.storage.migrate import migrate, newest_revision, revision_of
from bot.storage.model_use import ModelUse
from bot.storage.passage_store import SqlPassageStore
from bot.storage.people import find_rep
from config.settings import Settings
from knowledge.ingestion import Ingestion
from knowledge.passages import Embedder, QuestionWriter

log = logging.getLogger(__name__)

TEAM_NAME = "团队"
LOCK = "owner.lock"


@dataclass(frozen=True, slots=True)
class Memory:
    """The open database and what every part shares."""

    settings: Settings
    database: Database
    clock: SystemClock
    ids: RandomIds

    def store(self, channels: Sequence[str] = ()) -> DatabaseStore:
        """The store, sending for these channels."""
        announces = self.settings.webhook.url is not None
        return DatabaseStore(self.database, self.clock, self.ids, channels=channels, announces=announces)


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that runs while the bot is up."""

    memory: Memory
    store: DatabaseStore
    arrival: Arrival
    dispatcher: Dispatcher
    sender: Sender
    jobs: Jobs
    channels: Mapping[str, Channel]
    skills: tuple[Skill, ...]
    desk: KnowledgeDesk
    model: ChosenModel

    async def run(self, *more: Callable[[], Awaitable[None]]) -> None:
        """Answer, send and do timed work, beside `more`, until the first of these ends or fails."""
        work = [self.dispatcher.run, self.sender.run, self.jobs.run, *more]
        tasks = [asyncio.ensure_future(part()) for part in work]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in reversed(tasks):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([task])


def open_database(settings: Settings) -> Database:
    """The database as it is. Raises CannotStart when the data folder cannot be made."""
    url = settings.database_url.get_secret_value() if settings.database_url else None
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(f"The data folder {settings.data_dir} cannot be made: {error.strerror}.") from error
    return Database(address_of(settings.data_dir, url))


def open_memory(settings: Settings) -> Memory:
    """The database, brought up to date when it is embedded. Raises CannotStart in one sentence."""
    database = open_database(settings)
    try:
        _bring_up_to_date(database, settings)
    except StorageUnavailable as error:
        raise CannotStart(f"The database cannot be opened: {error}. See `ridealong check`.") from error
    return Memory(settings, database, SystemClock(settings.clock.starts_at), RandomIds())


def _bring_up_to_date(database: Database, settings: Settings) -> None:
    if settings.profile == "embedded":
        database.run_now(migrate)
    elif database.run_now(revision_of) != newest_revision():
        raise CannotStart("The database is of another version; run `ridealong migrate` once.")


def own(data_dir: Path) -> FileLock:
    """The right to be the one process of a data folder. Raises CannotStart when another has it."""
    lock = FileLock(data_dir / LOCK)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise CannotStart(f"Another ridealong works in {data_dir}; stop it or use another --data-dir.") from error
    except OSError as error:
        raise CannotStart(f"The data folder {data_dir} cannot be used: {error.strerror}.") from error
    return lock


def assemble(memory: Memory, channels: Sequence[Channel]) -> Program:
    """The bot with these channels, ready to run."""
    settings, clock = memory.settings, memory.clock
    named = {channel.name: channel for channel in channels}
    store = memory.store(tuple(named))
    desk = knowledge_desk(memory)
    chosen = _model(memory)
    listener = _listener(settings)
    skills = _skills(memory, desk, chosen.sends_to, listener.sends_to if listener else "")
    sender = Sender(store, named, {name: _pace(settings, name) for name in named})

    admission = Admission(
        store=store,
        clock=clock,
        is_open=settings.access.open,
        admins=frozenset(str(person) for person in settings.access.admins),
        time_zone=settings.defaults.time_zone,
    )
    door = Door(
        store,
        clock,
        admission,
        Router(skills, default="ask", understanding=desk.understanding),
        _with_consent(chosen),
        Hearing(clock, memory.ids, listener, settings.audio.keep),
    )
    dispatcher = Dispatcher(store, door, named, sender.take)
    arrival = Arrival(store, dispatcher.wake)
    work = _jobs(memory, store, arrival, named, desk)
    work[READ_FILE] = ReadFiles(clock, store.repository, store.write, named, listener)
    work[WRITE_QUESTIONS] = _questions(memory, store, chosen, tuple(named))
    jobs = _driver(memory, store, WorkRunner(store, clock, work, named, {POST: WAITS}))
    return Program(memory, store, arrival, dispatcher, sender, jobs, named, skills, desk, chosen)


def knowledge_desk(memory: Memory, *, owned: bool = True) -> KnowledgeDesk:
    """Search over the library and the documents in this memory; only the folder's owner touches the index in it."""

    def embedder() -> Embedder:
        return chosen_embedder(memory.settings)

    settings = memory.settings
    store = SqlPassageStore(memory.database)
    folder = settings.data_dir / "index" if owned else None
    return KnowledgeDesk(store, embedder, folder, chroma_url=settings.chroma.url)


def _model(memory: Memory) -> ChosenModel:
    """The language model of the settings, its use counted in the database."""
    zone = ZoneInfo(memory.settings.defaults.time_zone)

    def today() -> date:
        return memory.clock.now().astimezone(zone).date()

    use = ModelUse(memory.database, memory.settings.model.daily_budget_tokens, today)
    return language_model(
        memory.settings, today=today, budget=use, record=use.record, known=lambda rep: names_known_to(memory, rep)
    )


async def names_known_to(memory: Memory, rep_id: str) -> list[str]:
    """What a mask must hide for a rep beside what it recognises: his accounts and their people, with every alias."""
    rep = await memory.database.run(lambda connection: find_rep(connection, rep_id))
    return await names_to_hide(memory.store().repository(rep.viewer)) if rep else []


def _listener(settings: Settings) -> Listening | None:
    """Who hears voice notes, None without a speech server."""
    speech = transcriber(settings)
    return Listening(speech, speech.sends_to) if speech else None


def _with_consent(chosen: ChosenModel) -> Callable[[Rep], LanguageModel]:
    """The model for a rep: one outside our network only after his own yes, else the offline driver."""
    offline = OfflineModel()

    def model_for(rep: Rep) -> LanguageModel:
        return chosen.model if rep.outside_model or not chosen.sends_to else offline

    return model_for


def _skills(memory: Memory, knowledge: KnowledgeDesk, sends_to: str, speaks_to: str) -> tuple[Skill, ...]:
    """What a rep can ask for, in the order it is asked and listed."""
    others: tuple[Skill, ...] = (
        AnswerQuestion(knowledge, knowledge.understanding, memory.ids),
        PractiseVisit(knowledge, memory.ids, Random()),
        RecordVisit(memory.ids),
        TakeBackChange(),
        OrderAccounts(memory.ids),
        ShowTodo(),
        ChooseEvening(),
        ShowAccount(knowledge),
        CorrectDeal(memory.ids),
        ShareTeamCases(),
        PrepareVisit(knowledge),
        ImportTable(memory.ids),
        TeachDocuments(knowledge, memory.ids),
        DrawPictures(knowledge, Drawer(memory.settings.data_dir / "drawing")),
        ExportOwn(),
        ExportAccounts(memory.ids),
        ForgetMe(),
        ChangeSettings(chosen_host=sends_to, speech_host=speaks_to, house_keeps_files=memory.settings.audio.keep),
        KeepVoice(),
        KeepBusinessCard(),
    )
    return (*others, ShowHelp(others), MakeSmallTalk())


def _jobs(
    memory: Memory, store: Store, arrival: Arrival, channels: Mapping[str, Channel], desk: KnowledgeDesk
) -> dict[str, Job]:
    """Timed and long work by name."""

    return {
        REPORT: ReportGaps(memory.clock, store),
        TAKE_IN: TakeIn(store, channels, _ingestion(memory, desk)),
        FIND_MISSING: find_missing,
        KEEP_HOUSE: KeepHouse(memory.clock),
        BACKUP: MakeBackup(store, tuple(channels), arrival.paused, backup_writer(memory)),
        REMIND: Remind(memory.clock, store.repository),
        IMPORT: ImportLongTable(store.repository, channels),
        EXPORT: MakeAccountFile(memory.clock, store.repository),
        POST: PostWebhook(memory.settings.webhook.url, memory.settings.webhook.secret),
        ASK: AskEvening(memory.clock, store.repository),
    }


def _ingestion(memory: Memory, desk: KnowledgeDesk) -> Callable[[Viewer], Ingestion]:
    """Takes documents in on behalf of a viewer."""

    def ingestion_for(viewer: Viewer) -> Ingestion:
        return Ingestion(SqlPassageStore(memory.database, taken_in_by=viewer, clock=memory.clock.now), desk.topics())

    return ingestion_for


def _questions(memory: Memory, store: DatabaseStore, chosen: ChosenModel, channels: Sequence[str]) -> WriteQuestions:
    """What writes the questions that passages answer, as long as no rep waits."""

    async def is_quiet() -> bool:
        return all([await store.is_settled(channel) for channel in channels])

    def writer() -> QuestionWriter | None:
        return question_writer(chosen.model, asyncio.get_running_loop())

    return WriteQuestions(memory.clock, SqlPassageStore(memory.database), writer, is_quiet)


def backup_writer(memory: Memory) -> WriteBackup:
    """Writes the whole memory into a file."""

    async def write(file: Path, row: int | None) -> None:
        await memory.database.run(lambda connection: write_backup(connection, file, without_work=row))

    return write


def _driver(memory: Memory, store: Store, runner: WorkRunner) -> Jobs:
    """Who looks after timed and long work."""
    if memory.settings.profile == "embedded":
        return EmbeddedJobs(store, memory.clock, runner)
    from bot.jobs.procrastinate_jobs import ProcrastinateJobs

    return ProcrastinateJobs(memory.database.conninfo, store, memory.clock, runner)


def _pace(settings: Settings, channel: str) -> Pace:
    if channel == TERMINAL:
        return Pace(0, 0)
    return Pace(settings.telegram.messages_per_second, settings.telegram.messages_per_chat_per_second)


def terminal(data_dir: Path) -> TerminalChat:
    """The terminal as a channel; files it is sent land in the data folder."""
    return TerminalChat(sys.stdout, data_dir / "sent")
