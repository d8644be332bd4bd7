"""The team's accounts as a file, for managers; every time is noted in the audit."""

from dataclasses import dataclass, field

from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.wish import Wish
from bot.domain.writes import Audit, Schedule
from bot.errors import WordsForRep
from bot.ports import Ids, Outcome, Turn
from bot.presenting.account_file import FORMATS, account_file, may_export

EXPORT = "export_accounts"
"""The job that makes a large file."""
AT_ONCE = 300
"""So many accounts are written within the turn; more are a job."""


@dataclass(frozen=True, slots=True)
class ExportAccounts:
    """Sends the accounts, people, visits, findings and commitments of the team as Excel or CSV."""

    ids: Ids
    name: str = "tables"
    commands: tuple[str, ...] = ()
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of its own words; a file that comes from a customer is not meant."""
        return 1.0 if wish.says("tables.cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """It never has the floor."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """The choice of the form, or the file."""
        if not may_export(turn.rep):
            raise WordsForRep("tables.only_managers")
        form = turn.message.button.rpartition(":")[2] if turn.message.kind is MessageKind.BUTTON else ""
        if form not in FORMATS:
            form = "csv" if Wish(turn.text, turn.today).says("tables.csv_cues") else ""
        accounts = await turn.repository.accounts()
        if not accounts:
            raise WordsForRep("tables.nothing")
        if not form:
            row = tuple(Button(turn.words.plain(f"tables.{one}_button"), f"{self.name}:{one}") for one in FORMATS)
            return Outcome((Reply(turn.words.say("tables.choose", count=len(accounts)), (row,)),), keeps_floor=True)
        noted = Audit("export_accounts", f"{form}, {len(accounts)} accounts")
        if len(accounts) > AT_ONCE:
            payload = {"rep": turn.rep.id, "team": turn.rep.team, "form": form, "language": turn.words.language}
            job = Schedule(EXPORT, self.ids.new(), turn.now, payload)
            return Outcome((Reply(turn.words.say("tables.coming")),), writes=(noted, job), keeps_floor=True)
        file = await account_file(turn.repository, form, turn.words, turn.now, zone=turn.rep.time_zone)
        reply = Reply(turn.words.say("tables.done", count=len(accounts)), file=file)
        return Outcome((reply,), writes=(noted,), keeps_floor=True)
