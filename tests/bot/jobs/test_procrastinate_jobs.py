"""The scaled-out driver keeps to the same contract; its queue can be thrown away."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from bot.errors import CannotStart
from bot.jobs.procrastinate_jobs import SCHEMA, ProcrastinateJobs, prepare_queue
from bot.jobs.run_due_work import WorkRunner
from bot.ports import Clock, Jobs, Store
from bot.storage.database import Database
from tests.contracts.jobs_contract import LOOK, PATIENCE, JobsContract, Office
from tests.support.databases import ON_POSTGRES

pytestmark = pytest.mark.parametrize("database", [ON_POSTGRES], indirect=True)


def _pretend_fetched(connection: Connection) -> int:
    connection.execute(text(f"SET LOCAL search_path TO {SCHEMA}"))
    return connection.execute(text("UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo'")).rowcount


class TestProcrastinateJobs(JobsContract):
    @pytest.fixture(autouse=True)
    async def queue(self, database: Database) -> None:
        await prepare_queue(database.conninfo)

    def worker(self, database: Database, store: Store, clock: Clock, runner: WorkRunner) -> Jobs:
        return ProcrastinateJobs(database.conninfo, store, clock, runner, look_seconds=LOOK)

    async def test_a_queue_of_another_version_is_made_anew(self, office: Office) -> None:
        assert not await prepare_queue(office.database.conninfo)
        older = text(f"COMMENT ON SCHEMA {SCHEMA} IS '3.0.0'")
        office.database.run_now(lambda c: c.execute(older))
        jobs = self.worker(office.database, office.store, office.clock, WorkRunner(office.store, office.clock, {}, {}))
        with pytest.raises(CannotStart, match="ridealong migrate"):
            await jobs.run()
        await office.schedule("kept")
        assert await prepare_queue(office.database.conninfo)
        async with self.running(office):
            await office.until_done(1)

    async def test_a_task_whose_worker_died_is_handed_over_again(self, office: Office) -> None:
        """A worker may die between fetching a task and taking its row."""
        await office.schedule("lost", timedelta(seconds=4))
        async with self.running(office), asyncio.timeout(PATIENCE):
            while not office.database.run_now(_pretend_fetched):
                await asyncio.sleep(0.05)
        office.clock.move(timedelta(seconds=4))
        async with self.running(office):
            await office.until_done(1)
