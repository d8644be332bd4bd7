"""The rep says how far a deal really is, or what it is worth; what was noted is corrected, and can be put back."""

from dataclasses import dataclass, field

from bot.debriefing.deal_changes import plain_amount, stage_meant
from bot.debriefing.deal_corrections import amount_corrected, corrects_deal, stage_corrected
from bot.debriefing.meant_account import account_meant, known_names
from bot.domain.account import Account
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.opportunity import Aspect, OpportunityChange
from bot.domain.rep import EVERYONE, Role
from bot.domain.visit import Stage
from bot.domain.wish import Wish
from bot.domain.writes import CorrectOpportunity, TakeBackCorrection
from bot.errors import WordsForRep
from bot.ports import Floor, Ids, Outcome, Turn
from bot.presenting.deal_lines import change_line, stage_text
from bot.presenting.deal_review import review_buttons

MOST_CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class CorrectDeal:
    """Sets the stage or the amount of an account's deal by words or by tap."""

    ids: Ids
    name: str = "deal"
    commands: tuple[str, ...] = ()
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of words that set a stage, or say that a sum or a stage is wrong and which is right."""
        return 0.95 if wish.says("deal.cues") or corrects_deal(wish) else 0.0

    def holds(self, wish: Wish) -> bool:
        """With a stage waited for: a few words that name one."""
        return stage_meant(wish.text) is not None

    async def answer(self, turn: Turn) -> Outcome:
        """The deal corrected, or the account or the stage asked for."""
        if turn.message.kind is MessageKind.BUTTON:
            return await self._pressed(turn)
        account = await self._account(turn)
        if account is None:
            return await self._ask_which(turn)
        return await self._corrected(turn, account, turn.text)

    async def _pressed(self, turn: Turn) -> Outcome:
        _, action, which, stage = (turn.message.button + ":::").split(":")[:4]
        if action == "undo":
            writes = (TakeBackCorrection(which),)
            return Outcome((Reply(turn.words.say("deal.undone")),), writes=writes, keeps_floor=True)
        account = next((one for one in await turn.repository.accounts() if one.id == which), None)
        if account is None:
            raise WordsForRep("deal.gone")
        if stage in Stage.__members__:
            return await self._set(turn, account, Aspect.STAGE, Stage[stage].value)
        return await self._corrected(turn, account, str(turn.state.get("said", "")))

    async def _corrected(self, turn: Turn, account: Account, said: str) -> Outcome:
        """What these words put right of this account's deal; the stage asked for where they say nothing."""
        wish = Wish(said, turn.today, (account.name,))
        amount = amount_corrected(wish)
        if amount is not None:
            noted = (await turn.repository.opportunity(account.id)).amount_cny
            yuan = amount.in_yuan(noted)
            if yuan is None:
                raise WordsForRep("deal.not_in_yuan")
            return await self._set(turn, account, Aspect.AMOUNT, plain_amount(yuan), said)
        stage = stage_corrected(wish) or stage_meant(said)
        return await self._set(turn, account, Aspect.STAGE, stage.value, said) if stage else _ask_stage(turn, account)

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

    async def _ask_which(self, turn: Turn) -> Outcome:
        """The accounts, those visited last first; what was said of the deal is remembered."""
        met = [one for one in await turn.repository.standings() if one.last_met]
        latest = sorted(met, key=lambda one: (one.last_met is not None, one.last_met), reverse=True)[:MOST_CANDIDATES]
        rows = tuple((Button(one.account.name, f"{self.name}:ask:{one.account.id}"),) for one in latest)
        return Outcome((Reply(turn.words.say("deal.which"), rows),), Floor(self.name, {"said": turn.text}))

    async def _set(self, turn: Turn, account: Account, aspect: Aspect, after: str, quote: str = "") -> Outcome:
        words, deal = turn.words, await turn.repository.opportunity(account.id)
        stage = deal.stage.value if deal.stage else ""
        before = plain_amount(deal.amount_cny) if aspect is Aspect.AMOUNT else stage
        if before == after:
            now = words.money(float(after)) if aspect is Aspect.AMOUNT else stage_text(Stage(after), words)
            return Outcome((Reply(words.say(f"deal.same_{aspect.value}", account=account.name, now=now)),))
        correction = self.ids.new()
        change = OpportunityChange(correction, account.id, "", turn.rep.id, turn.today, aspect, before, after)
        said = words.say("deal.set", account=account.name, line=change_line(change, words))
        undo = Button(words.plain("deal.undo_button"), f"{self.name}:undo:{correction}")
        look = Button(words.plain("record.button_back"), f"accounts:show:{account.id}")
        write = CorrectOpportunity(correction, account.id, aspect, after, turn.today, quote)
        review = review_buttons(account.id, Stage(after), words) if aspect is Aspect.STAGE else ()
        return Outcome((Reply(said, ((undo, look), *((one,) for one in review))),), writes=(write,))


def _ask_stage(turn: Turn, account: Account) -> Outcome:
    buttons = [Button(stage_text(stage, turn.words), f"deal:ask:{account.id}:{stage.name}") for stage in Stage]
    rows = tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))
    said = turn.words.say("deal.which_stage", account=account.name)
    return Outcome((Reply(said, rows),), Floor("deal", {"account": account.id}))
