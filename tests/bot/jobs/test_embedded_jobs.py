"""The embedded driver keeps to the contract, on both databases."""

import asyncio
from datetime import timedelta

from bot.jobs.embedded_jobs import EmbeddedJobs
from bot.jobs.run_due_work import WorkRunner
from bot.ports import Clock, Jobs, Store
from bot.storage.database import Database
from tests.contracts.jobs_contract import LOOK, JobsContract, Office


class TestEmbeddedJobs(JobsContract):
    def worker(self, database: Database, store: Store, clock: Clock, runner: WorkRunner) -> Jobs:
        return EmbeddedJobs(store, clock, runner, look_seconds=LOOK)

    async def test_long_work_holds_up_no_reminder(self, office: Office) -> None:
        office.slow = 30.0
        await office.schedule("long")
        async with self.running(office):
            await office.until_done(1)
            office.slow = 0.0
            await office.schedule("reminder", timedelta(seconds=1))
            office.clock.move(timedelta(seconds=2))
            await office.until_done(2)

    async def test_work_moved_while_it_runs_is_done_again(self, office: Office) -> None:
        office.slow = 0.5
        await office.schedule("moved")
        async with self.running(office):
            await office.until_done(1)
            await office.schedule("moved", timedelta(hours=1))
            await asyncio.sleep(1)
            assert await office.store.next_due() == office.clock.now() + timedelta(hours=1)
            office.clock.move(timedelta(hours=1))
            await office.until_done(2)
