"""The scaled-out driver: procrastinate brings due work to whichever worker is free; the `work` row stays the truth.

A row is handed over shortly before it is due. The task takes that row as the embedded driver would, so a task that
comes twice, too early or for moved work finds nothing to do, and the queue can be thrown away at any time.
"""

import asyncio
import logging
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status
from procrastinate.tasks import Task

from bot.errors import CannotStart, StorageUnavailable
from bot.jobs.run_due_work import WorkRunner
from bot.ports import Clock, DueWork, Store

log = logging.getLogger(__name__)

SCHEMA = "ridealong_queue"
"""The queue's tables live apart from ours, in a schema that bears procrastinate's version as its comment."""
QUEUE = "work"
SIDE_BY_SIDE = 2
AHEAD = timedelta(seconds=5)
AT_ONCE = 200
LOOK_SECONDS = 1.0
OVERDUE_SECONDS = 10.0
"""Work handed over and still not taken so long after it was due is handed over again."""
AGAIN_AFTER_SECONDS = 2.0
STOP_SECONDS = 1.0
"""Work under way when we stop is given up; it is found open again."""


async def prepare_queue(conninfo: str) -> bool:
    """Make the queue's tables for the installed procrastinate, in place of any older ones; False when they are there.

    Nothing is lost with old ones: what was in the queue is still in `work`.
    """
    app = _app(conninfo)
    async with app.open_async():
        if await _version_in(app) == version("procrastinate"):
            return False
        await app.connector.execute_query_async(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        await app.connector.execute_query_async(f"CREATE SCHEMA {SCHEMA}")
        await app.schema_manager.apply_schema_async()
        await app.connector.execute_query_async(f"COMMENT ON SCHEMA {SCHEMA} IS '{version('procrastinate')}'")
        return True


def _app(conninfo: str) -> App:
    options = {"options": f"-c search_path={SCHEMA}"}
    return App(connector=PsycopgConnector(conninfo=conninfo, kwargs=options, min_size=1, max_size=4))


async def _version_in(app: App) -> str | None:
    found = await app.connector.execute_query_one_async(
        f"SELECT obj_description(to_regnamespace('{SCHEMA}')::oid, 'pg_namespace') AS version"
    )
    return str(found["version"]) if found["version"] else None


class ProcrastinateJobs:
    """Runs due work until cancelled, sharing it with all other workers on this database."""

    def __init__(
        self, conninfo: str, store: Store, clock: Clock, runner: WorkRunner, *, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._conninfo = conninfo
        self._look_seconds = look_seconds
        self._store = store
        self._clock = clock
        self._runner = runner
        self._something_new = asyncio.Event()
        self._handed_over: dict[str, float] = {}

    def wake(self) -> None:
        """Something new was scheduled."""
        self._something_new.set()

    async def run(self) -> None:
        """Hand over and work until cancelled. Raises CannotStart when `ridealong migrate` was not run."""
        while True:
            try:
                await self._connected()
            except (ConnectorException, OSError) as error:
                log.error("the queue is away", extra={"action": "queue_failed", "error": type(error).__name__})
                await asyncio.sleep(AGAIN_AFTER_SECONDS)

    async def _connected(self) -> None:
        app = _app(self._conninfo)
        task = app.task(name="work", queue=QUEUE)(self._do)
        async with app.open_async():
            if await _version_in(app) != version("procrastinate"):
                raise CannotStart("The queue is of another version; run `ridealong migrate` once.")
            await _drop_stalled(app)
            handing_over = asyncio.create_task(self._relay(task))
            try:
                await app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=SIDE_BY_SIDE,
                    fetch_job_polling_interval=self._look_seconds,
                    shutdown_graceful_timeout=STOP_SECONDS,
                    install_signal_handlers=False,
                    delete_jobs="always",
                )
            finally:
                handing_over.cancel()

    async def _do(self, row: int) -> None:
        for work in await self._store.due_work(self._clock.now(), 1, row=row):
            await self._runner.run(work)
        self._something_new.set()

    async def _relay(self, task: Task[Any, Any, Any]) -> None:
        """Hand over what comes due, at short intervals and at once when woken."""
        while True:
            self._something_new.clear()
            try:
                await self._hand_over(task)
            except (ConnectorException, StorageUnavailable) as error:
                log.error("work was not handed over", extra={"action": "relay_failed", "error": type(error).__name__})
            with suppress(TimeoutError):
                async with asyncio.timeout(self._look_seconds):
                    await self._something_new.wait()

    async def _hand_over(self, task: Task[Any, Any, Any]) -> None:
        now = time.monotonic()
        coming = {_key(work): work for work in await self._store.upcoming_work(self._clock.now() + AHEAD, AT_ONCE)}
        self._handed_over = {key: until for key, until in self._handed_over.items() if key in coming and until > now}
        for key, work in coming.items():
            if key in self._handed_over:
                continue
            wait = max(timedelta(), work.due - self._clock.now())
            with suppress(AlreadyEnqueued):
                deferrer = task.configure(schedule_at=datetime.now(UTC) + wait, queueing_lock=key)
                await deferrer.defer_async(row=work.row)
            self._handed_over[key] = now + wait.total_seconds() + OVERDUE_SECONDS


def _key(work: DueWork) -> str:
    """One appointment of one piece of work: moving it or trying it again makes another."""
    return f"{work.row}/{work.attempts}/{work.due.isoformat()}"


async def _drop_stalled(app: App) -> None:
    """Tasks of workers that died; their work is found open and handed over again."""
    for job in await app.job_manager.get_stalled_jobs(queue=QUEUE):
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
