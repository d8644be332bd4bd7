"""A long list of accounts, read beside the conversation: first what it would add, after a yes added."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.message import Attachment, Reply
from bot.domain.rep import Rep, Role, Viewer
from bot.domain.writes import ImportAccounts
from bot.errors import SendLater, SendRefused, WordsForRep
from bot.importing.plan import audit_of, known_to, plan_of
from bot.importing.report import done_reply, plan_reply
from bot.importing.sheet import rows_of, unread_in
from bot.ports import Channel, DueWork, Outcome, Repository
from bot.wording.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class ImportLongTable:
    """Fetches the table again and plans or adds; the message that said it began becomes the result."""

    repository: Callable[[Viewer], Repository]
    channels: Mapping[str, Channel]

    async def __call__(self, work: DueWork) -> Outcome:
        """The report or the result, for who may still do this; nothing is added twice."""
        payload = work.told
        rep = await self.repository(work.viewer).rep(payload["rep"])
        if rep is None or rep.role is Role.REP:
            return Outcome(())
        words = Phrasebook(payload["language"])
        try:
            return await self._read(payload, rep, words)
        except WordsForRep as sentence:
            slots = {name: str(value) for name, value in sentence.slots.items()}
            return Outcome((Reply(words.say(sentence.key, **slots), revises=payload["change"]),))

    async def _read(self, payload: Mapping[str, str], rep: Rep, words: Phrasebook) -> Outcome:
        name, change = payload["name"], payload["change"]
        content = await self._content(payload)
        rows = await asyncio.to_thread(rows_of, name, content)
        unread = await asyncio.to_thread(unread_in, name, content)
        known = await known_to(self.repository(rep.viewer), rep.id)
        plan = await asyncio.to_thread(plan_of, rows, known, unread)
        if payload["step"] == "plan":
            return Outcome((plan_reply(plan, words, name=name, revises=change),))
        write = ImportAccounts(change, name, rep.viewer, plan.imported())
        return Outcome((done_reply(plan, words, change, revises=change),), writes=(write, audit_of(plan)))

    async def _content(self, payload: Mapping[str, str]) -> bytes:
        channel = self.channels.get(payload["channel"])
        if channel is None:
            raise SendLater(f"nobody here serves {payload['channel']}")
        try:
            return await channel.fetch(Attachment(payload["reference"], payload["name"], "", 0))
        except SendRefused as error:
            raise WordsForRep("import.gone") from error
