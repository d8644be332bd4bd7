"""The rep says how far a deal really is; what a visit made of it is corrected, and can be put back."""

from dataclasses import dataclass, field

from bot.debriefing.deal_changes import stage_meant
from bot.debriefing.meant_account import account_meant, known_names
from bot.domain.account import Account
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.opportunity import Aspect, OpportunityChange
from bot.domain.rep import EVERYONE, Role
from bot.domain.visit import Stage
from bot.domain.wish import Wish
from bot.domain.writes import CorrectStage, TakeBackStage
from bot.errors import WordsForRep
from bot.ports import Floor, Ids, Outcome, Turn
from bot.presenting.deal_lines import change_line, stage_text

MOST_CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class CorrectDeal:
    """Sets the stage of an account's deal by words or by tap."""

    ids: Ids
    name: str = "deal"
    commands: tuple[str, ...] = ()
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of words that set a stage."""
        return 0.95 if wish.says("deal.cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """With a stage waited for: a few words that name one."""
        return stage_meant(wish.text) is not None

    async def answer(self, turn: Turn) -> Outcome:
        """The stage set, or the account or the stage asked for."""
        if turn.message.kind is MessageKind.BUTTON:
            return await self._pressed(turn)
        stage = stage_meant(turn.text)
        account = await self._account(turn)
        if account is None:
            return await self._ask_which(turn, stage)
        return await self._set(turn, account, stage) if stage else self._ask_stage(turn, account)

    async def _pressed(self, turn: Turn) -> Outcome:
        _, action, which, stage = (turn.message.button + ":::").split(":")[:4]
        if action == "undo":
            return Outcome((Reply(turn.words.say("deal.undone")),), writes=(TakeBackStage(which),), keeps_floor=True)
        account = next((one for one in await turn.repository.accounts() if one.id == which), None)
        if account is None:
            raise WordsForRep("deal.gone")
        if stage in Stage.__members__:
            return await self._set(turn, account, Stage[stage])
        return self._ask_stage(turn, account)

    async def _account(self, turn: Turn) -> Account | None:
        """The account that is named, waited for, or the only one."""
        accounts = await turn.repository.accounts()
        if not accounts:
            raise WordsForRep("deal.none")
        waiting = next((one for one in accounts if one.id == turn.state.get("account")), None)
        meant = account_meant(turn.text, "", await known_names(turn.repository))
        named = [one for one in accounts if one.name in meant.accounts or one.name in turn.text]
        if len(named) == 1:
            return named[0]
        return waiting or (accounts[0] if len(accounts) == 1 else None)

    async def _ask_which(self, turn: Turn, stage: Stage | None) -> Outcome:
        """The accounts, those visited last first."""
        met = [one for one in await turn.repository.standings() if one.last_met]
        latest = sorted(met, key=lambda one: (one.last_met is not None, one.last_met), reverse=True)[:MOST_CANDIDATES]
        tail = f":{stage.name}" if stage else ""
        rows = tuple((Button(one.account.name, f"{self.name}:ask:{one.account.id}{tail}"),) for one in latest)
        return Outcome((Reply(turn.words.say("deal.which"), rows),), keeps_floor=True)

    def _ask_stage(self, turn: Turn, account: Account) -> Outcome:
        buttons = [
            Button(stage_text(stage, turn.words), f"{self.name}:ask:{account.id}:{stage.name}") for stage in Stage
        ]
        rows = tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))
        said = turn.words.say("deal.which_stage", account=account.name)
        return Outcome((Reply(said, rows),), Floor(self.name, {"account": account.id}))

    async def _set(self, turn: Turn, account: Account, stage: Stage) -> Outcome:
        words = turn.words
        before = (await turn.repository.opportunity(account.id)).stage
        if before is stage:
            return Outcome((Reply(words.say("deal.same", account=account.name, stage=stage_text(stage, words))),))
        correction = self.ids.new()
        change = OpportunityChange(
            id=correction,
            account=account.id,
            visit="",
            rep=turn.rep.id,
            on=turn.today,
            aspect=Aspect.STAGE,
            before=before.value if before else "",
            after=stage.value,
        )
        said = words.say("deal.set", account=account.name, line=change_line(change, words))
        undo = Button(words.plain("deal.undo_button"), f"{self.name}:undo:{correction}")
        look = Button(words.plain("record.button_back"), f"accounts:show:{account.id}")
        return Outcome(
            (Reply(said, ((undo, look),)),), writes=(CorrectStage(correction, account.id, stage, turn.today),)
        )
