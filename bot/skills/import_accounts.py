"""A list of accounts sent to the chat: first what it would add, after a yes added; all of it can be taken back."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from bot.domain.account_import import IMPORT
from bot.domain.message import Attachment, Button, MessageKind, Reply
from bot.domain.rep import Role
from bot.domain.teaching import Lesson
from bot.domain.wish import Wish
from bot.domain.writes import Audit, ImportAccounts, Schedule, TakeBack, Write
from bot.errors import SendingFailed, WordsForRep
from bot.importing.columns import columns_of
from bot.importing.plan import audit_of, known_to, plan_of
from bot.importing.report import done_reply, plan_reply
from bot.importing.sheet import ENDINGS, Row, rows_of, unread_in
from bot.ports import Floor, Ids, Outcome, Turn

AT_ONCE = 500
"""So many rows are read within the turn; more are a job."""


@dataclass(frozen=True, slots=True)
class ImportTable:
    """Reads a table of accounts and people for managers and admins; other documents it passes on."""

    ids: Ids
    name: str = "import"
    commands: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset({Role.MANAGER, Role.ADMIN})
    kinds: frozenset[MessageKind] = field(default=frozenset({MessageKind.DOCUMENT}))
    keeps_talking: bool = True

    def claim(self, wish: Wish) -> float:
        """Certain of its own words."""
        return 1.0 if wish.says("import.cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """The floor only remembers the table that waits for its button."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """How to send a table, what one would add, or what a button does."""
        kind = turn.message.kind
        if kind is MessageKind.BUTTON:
            return await self._pressed(turn)
        if kind is not MessageKind.DOCUMENT:
            return Outcome((Reply(turn.words.say("import.how")),), keeps_floor=True)
        return await self._received(turn)

    async def _received(self, turn: Turn) -> Outcome:
        """A table with accounts in it; anything else is for whoever takes documents."""
        wanted = Wish(turn.text, turn.today).says("import.cues")
        tables = [one for one in turn.message.attachments if PurePath(one.name).suffix.lower() in ENDINGS]
        if len(tables) != 1 or len(turn.message.attachments) != 1:
            if wanted:
                raise WordsForRep("import.only_tables")
            return Outcome((), passes_on=True)
        waiting = {"reference": tables[0].reference, "name": tables[0].name}
        if wanted:
            return await self._planned(turn, waiting)
        try:
            rows, _ = await _read(turn, waiting)
            is_list = columns_of(rows) is not None
        except WordsForRep:
            is_list = False
        return self._offered(turn, waiting) if is_list else Outcome((), passes_on=True)

    def _offered(self, turn: Turn, waiting: Mapping[str, str]) -> Outcome:
        row = tuple(
            Button(turn.words.plain(f"import.{action}_button"), f"{self.name}:{action}") for action in ("plan", "teach")
        )
        text = turn.words.say("import.offer", name=waiting["name"])
        return Outcome((Reply(text, (row,)),), Floor(self.name, waiting))

    async def _pressed(self, turn: Turn) -> Outcome:
        _, action, which = (turn.message.button + "::").split(":")[:3]
        if action == "undo":
            undone = Reply(turn.words.say("import.undone"))
            return Outcome((undone,), writes=(await self._taken_back(turn, which),), keeps_floor=True)
        waiting = {key: str(turn.state.get(key, "")) for key in ("reference", "name")}
        if not waiting["reference"]:
            raise WordsForRep("import.gone")
        if action == "plan":
            return await self._planned(turn, waiting)
        if action == "teach":
            return self._taught(turn, waiting)
        if action == "yes":
            return await self._added(turn, waiting)
        return Outcome((Reply(turn.words.say("import.dropped")),))

    async def _planned(self, turn: Turn, waiting: Mapping[str, str]) -> Outcome:
        rows, unread = await _read(turn, waiting)
        if len(rows) > AT_ONCE:
            return self._later(turn, waiting, "plan")
        plan = plan_of(rows, await known_to(turn.repository, turn.rep.id), unread)
        floor = None if plan.is_empty else Floor(self.name, waiting)
        return Outcome((plan_reply(plan, turn.words, name=waiting["name"]),), floor)

    async def _added(self, turn: Turn, waiting: Mapping[str, str]) -> Outcome:
        rows, unread = await _read(turn, waiting)
        if len(rows) > AT_ONCE:
            return self._later(turn, waiting, "add")
        plan = plan_of(rows, await known_to(turn.repository, turn.rep.id), unread)
        change = self.ids.new()
        write = ImportAccounts(change, waiting["name"], turn.rep.viewer, plan.imported())
        return Outcome((done_reply(plan, turn.words, change),), writes=(write, audit_of(plan)))

    def _later(self, turn: Turn, waiting: Mapping[str, str], step: str) -> Outcome:
        """A long table is read beside the conversation; the message that says so becomes the result."""
        label = self.ids.new()
        payload = {
            "step": step,
            "change": label,
            "rep": turn.rep.id,
            "team": turn.rep.team,
            "language": turn.words.language,
            "channel": turn.message.channel,
            **waiting,
        }
        said = Reply(turn.words.say("import.coming"), label=label)
        floor = Floor(self.name, waiting) if step == "plan" else None
        return Outcome((said,), floor, (Schedule(IMPORT, label, turn.now, payload),))

    async def _taken_back(self, turn: Turn, change: str) -> Write:
        mine = next((one for one in await turn.repository.changes() if one.id == change), None)
        if mine is None or not mine.can_go_back(turn.now):
            raise WordsForRep("import.undone_already")
        return TakeBack(change)

    def _taught(self, turn: Turn, waiting: Mapping[str, str]) -> Outcome:
        """The table as a document of the team."""
        rep, name = turn.rep, waiting["name"]
        lesson = Lesson(
            name=name,
            team=rep.team,
            rep=rep.id,
            role=rep.role.value,
            language=turn.words.language,
            label=self.ids.new(),
            sent_at=turn.now.isoformat(),
            channel=turn.message.channel,
            reference=waiting["reference"],
            file_name=name,
        )
        said = Reply(turn.words.say("kb.reading", name=name), label=lesson.label)
        return Outcome((said,), writes=(lesson.scheduled(turn.now), Audit("document.sent", name[:200])))


async def _read(turn: Turn, waiting: Mapping[str, str]) -> tuple[list[Row], tuple[str, ...]]:
    """The rows of the first sheet, and the names of the others."""
    name = waiting["name"]
    try:
        content = await turn.fetch(Attachment(waiting["reference"], name, "", 0))
    except SendingFailed as error:
        raise WordsForRep("import.gone") from error
    rows = await asyncio.to_thread(rows_of, name, content)
    return rows, await asyncio.to_thread(unread_in, name, content)
