"""A file of many accounts, made beside the conversation and sent when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.message import Reply
from bot.domain.rep import Viewer
from bot.ports import Clock, DueWork, Outcome, Repository
from bot.presenting.account_file import account_file, may_export
from bot.wording.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class MakeAccountFile:
    """Writes the file for who asked for it, if he still may have it."""

    clock: Clock
    repository: Callable[[Viewer], Repository]

    async def __call__(self, work: DueWork) -> Outcome:
        """The file."""
        payload = work.told
        rep = await self.repository(work.viewer).rep(payload["rep"])
        if rep is None or not may_export(rep):
            return Outcome(())
        words, mine = Phrasebook(payload["language"]), self.repository(rep.viewer)
        file = await account_file(mine, payload["form"], words, self.clock.now(), zone=rep.time_zone)
        accounts = await mine.accounts()
        return Outcome((Reply(words.say("tables.done", count=len(accounts)), file=file),))
