"""Timed and long work, and who looks after it."""

import asyncio
from collections.abc import Mapping

from bot.assemble.knowledge import ingestion
from bot.assemble.parts import Parts
from bot.conversation.arrival import Arrival
from bot.domain.account_import import IMPORT
from bot.domain.drawing import DRAW
from bot.domain.evening_question import ASK
from bot.domain.file_reading import READ_FILE
from bot.domain.reminders import REMIND
from bot.domain.teaching import TAKE_IN
from bot.domain.visit_event import POST, WAITS
from bot.domain.weekly_report import REPORT
from bot.jobs.ask_evening import AskEvening
from bot.jobs.draw_pictures import DrawAlbum
from bot.jobs.embedded_jobs import EmbeddedJobs
from bot.jobs.export_accounts import MakeAccountFile
from bot.jobs.find_missing import NAME as FIND_MISSING
from bot.jobs.find_missing import find_missing
from bot.jobs.import_accounts import ImportLongTable
from bot.jobs.keep_house import NAME as KEEP_HOUSE
from bot.jobs.keep_house import KeepHouse
from bot.jobs.make_backup import NAME as BACKUP
from bot.jobs.make_backup import MakeBackup
from bot.jobs.post_webhook import PostWebhook
from bot.jobs.read_files import ReadFiles
from bot.jobs.remind import Remind
from bot.jobs.report_gaps import ReportGaps
from bot.jobs.run_due_work import WorkRunner
from bot.jobs.take_in import TakeIn
from bot.jobs.write_questions import NAME as WRITE_QUESTIONS
from bot.jobs.write_questions import WriteQuestions
from bot.language_models.choose import question_writer
from bot.ports import Job, Jobs
from bot.presenting.pictures import Drawer
from bot.skills.export_accounts import EXPORT
from bot.storage.passage_store import SqlPassageStore
from knowledge.passages import QuestionWriter


def jobs_of(parts: Parts, arrival: Arrival) -> dict[str, Job]:
    """Timed and long work by name."""
    memory, store, channels = parts.memory, parts.store, parts.channels
    clock, repository, webhook = memory.clock, store.repository, memory.settings.webhook
    return {
        REPORT: ReportGaps(clock, store),
        TAKE_IN: TakeIn(store, channels, ingestion(memory, parts.desk)),
        FIND_MISSING: find_missing,
        KEEP_HOUSE: KeepHouse(clock),
        BACKUP: MakeBackup(store, tuple(channels), arrival.paused, memory.write_backup),
        REMIND: Remind(clock, repository),
        IMPORT: ImportLongTable(repository, channels),
        EXPORT: MakeAccountFile(clock, repository),
        POST: PostWebhook(webhook.url, webhook.secret),
        ASK: AskEvening(clock, repository),
        DRAW: DrawAlbum(clock, repository, store.write, parts.desk, Drawer(memory.settings.data_dir / "drawing")),
        READ_FILE: ReadFiles(clock, repository, store.write, channels, parts.listener),
        WRITE_QUESTIONS: _write_questions(parts),
    }


def driver_of(parts: Parts, work: Mapping[str, Job]) -> Jobs:
    """Who does this work when it is due."""
    memory, store = parts.memory, parts.store
    runner = WorkRunner(store, memory.clock, work, parts.channels, {POST: WAITS})
    if memory.settings.profile == "embedded":
        return EmbeddedJobs(store, memory.clock, runner)
    from bot.jobs.procrastinate_jobs import ProcrastinateJobs

    return ProcrastinateJobs(memory.database.conninfo, store, memory.clock, runner)


def _write_questions(parts: Parts) -> WriteQuestions:
    """What writes the questions that passages answer, as long as no rep waits."""

    async def is_quiet() -> bool:
        return all([await parts.store.is_settled(channel) for channel in parts.channels])

    def writer() -> QuestionWriter | None:
        return question_writer(parts.model.model, asyncio.get_running_loop())

    return WriteQuestions(parts.memory.clock, SqlPassageStore(parts.memory.database), writer, is_quiet)
