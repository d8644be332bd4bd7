"""Looking back: which accounts a rep has, which are going cold, and how one of them stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.debriefing.account_reading import record_of
from bot.debriefing.deal_health import is_cold
from bot.debriefing.matching import KnownAccount, KnownNames
from bot.debriefing.meant_account import account_meant, is_any, known_names, named_in
from bot.domain.account import Account
from bot.domain.account_record import AccountRecord, AccountStanding
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import RichText
from bot.domain.wish import Wish
from bot.errors import WordsForRep
from bot.ports import Knowledge, Outcome, Turn
from bot.presenting.account_list import PER_PAGE, account_list, cold_list
from bot.presenting.account_page import account_page
from bot.presenting.account_views import people_page, rivals_page, since_last_page, timeline_page
from bot.presenting.deal_review import review_buttons, review_of, review_page
from bot.presenting.method_card import CARDS, method_card
from bot.wording.phrasebook import Phrasebook

MOST_CANDIDATES = 6
_VIEWS = {
    "people": people_page,
    "since": since_last_page,
    "timeline": timeline_page,
    "rivals": rivals_page,
}


@dataclass(frozen=True, slots=True)
class ShowAccount:
    """Lists the accounts a rep may see and shows one of them, with what stands behind it a tap away."""

    knowledge: Knowledge
    name: str = "accounts"
    commands: tuple[str, ...] = ("accounts", "account")
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of a list, of how a known account stands, and of its bare name."""
        if wish.says("accounts.cues") or wish.says("accounts.cold_cues") or _is_bare_name(wish):
            return 1.0
        named = named_in(wish.text, "accounts.names")
        if not named or is_any(named, "accounts.not_names"):
            return 0.0
        known = KnownNames(tuple(KnownAccount(name) for name in wish.accounts))
        return 1.0 if account_meant(wish.text, named, known).is_firm else 0.5

    def holds(self, wish: Wish) -> bool:
        """It never has the floor."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """A list, the page of the account that is meant, or what stands behind it."""
        if turn.message.kind is MessageKind.BUTTON:
            return await self._pressed(turn)
        said = turn.text.strip()
        wish = Wish(said, turn.today)
        if wish.says("accounts.cold_cues"):
            return await self._cold(turn)
        if not said or wish.says("accounts.cues"):
            return await self._list(turn, 0)
        return await self._asked(turn, said)

    async def _pressed(self, turn: Turn) -> Outcome:
        _, action, argument, method = (turn.message.button + ":::").split(":")[:4]
        if action == "cold":
            return await self._cold(turn)
        if action in {"show", "cards", "review", *_VIEWS}:
            return await self._of_id(turn, action, argument, method)
        return await self._list(turn, int(argument) if argument.isdecimal() else 0)

    async def _asked(self, turn: Turn, said: str) -> Outcome:
        named = named_in(said, "accounts.names") or named_in(said, "accounts.known_names") or said
        meant = account_meant(said, named, await known_names(turn.repository))
        if not meant.accounts:
            raise WordsForRep("accounts.not_found", {"name": meant.heard or meant.person or said[:40]})
        found = [one for one in await turn.repository.accounts() if one.name in meant.accounts]
        if len(found) == 1:
            return self._page(await record_of(turn.repository, found[0], turn.today), turn.words)
        rows = self._buttons(found[:MOST_CANDIDATES])
        return Outcome((Reply(turn.words.say("accounts.which"), rows),), keeps_floor=True)

    async def _of_id(self, turn: Turn, action: str, account_id: str, method: str) -> Outcome:
        found = next((one for one in await turn.repository.accounts() if one.id == account_id), None)
        if found is None:
            raise WordsForRep("accounts.gone")
        record, words = await record_of(turn.repository, found, turn.today), turn.words
        if action == "show":
            return self._page(record, words)
        if action == "cards":
            return await self._card(record, method if method in CARDS else CARDS[0], words)
        if action == "review":
            text = review_page(record, await self.knowledge.library(), words)
            tell = Button(words.plain("record.button_tell_review"), f"debrief:review:{record.account.id}")
            row = (tell, self._back(words, record)) if review_of(record.deal.stage) else (self._back(words, record),)
            return Outcome((Reply(text, (row,)),), keeps_floor=True)
        return self._view(record, _VIEWS[action](record, words), words)

    def _page(self, record: AccountRecord, words: Phrasebook) -> Outcome:
        views = [self._button(words, view, record) for view in ("since", "people", "cards", "timeline")]
        if any(one.topic == "competitors" for one in record.findings):
            views.append(self._button(words, "rivals", record))
        views += review_buttons(record.account.id, record.deal.stage, words)
        if not record.visits:
            views = []
        views.append(Button(words.plain("deal.button"), f"deal:ask:{record.account.id}"))
        views.append(Button(words.plain("merge.button"), f"merge:menu:{record.account.id}"))
        last = (
            Button(words.plain("prep.button"), f"prep:account:{record.account.id}"),
            Button(words.plain("picture.button"), f"picture:account:{record.account.id}"),
            Button(words.plain("accounts.all_button"), f"{self.name}:list:0"),
        )
        rows = tuple(tuple(views[at : at + 2]) for at in range(0, len(views), 2))
        return Outcome((Reply(account_page(record, words), (*rows, last)),), keeps_floor=True)

    def _view(self, record: AccountRecord, text: RichText, words: Phrasebook) -> Outcome:
        return Outcome((Reply(text, ((self._back(words, record),),)),), keeps_floor=True)

    async def _card(self, record: AccountRecord, method: str, words: Phrasebook) -> Outcome:
        text = method_card(method, record, await self.knowledge.library(), words)
        others = [
            Button(words.plain(f"record.card_{one.replace('-', '_')}"), f"{self.name}:cards:{record.account.id}:{one}")
            for one in CARDS
            if one != method
        ]
        rows = (tuple(others[:2]), tuple(others[2:]), (self._back(words, record),))
        return Outcome((Reply(text, rows),), keeps_floor=True)

    async def _list(self, turn: Turn, page: int) -> Outcome:
        words = turn.words
        standings = await turn.repository.standings()
        if not standings:
            return Outcome((Reply(words.say("accounts.none")),), keeps_floor=True)
        start = page * PER_PAGE if page * PER_PAGE < len(standings) else 0
        shown = standings[start : start + PER_PAGE]
        rows = list(self._buttons([one.account for one in shown]))
        if left := len(standings) - start - len(shown):
            label = words.plain("accounts.more_button", count=left)
            rows.append((Button(label, f"{self.name}:list:{start // PER_PAGE + 1}"),))
        if cold := _cold_ones(standings, turn):
            rows.append((Button(words.plain("record.cold_button", count=len(cold)), f"{self.name}:cold"),))
        names = {one.id: one.name for one in await turn.repository.members() if one.id != turn.rep.id}
        text = account_list(shown, {one.account.id for one in cold}, names, words, count=len(standings))
        return Outcome((Reply(text, tuple(rows)),), keeps_floor=True)

    async def _cold(self, turn: Turn) -> Outcome:
        cold = _cold_ones(await turn.repository.standings(), turn)
        text = cold_list(cold[:PER_PAGE], turn.today, turn.words, count=len(cold))
        rows = self._buttons([one.account for one in cold[:PER_PAGE]])
        return Outcome((Reply(text, rows),), keeps_floor=True)

    def _button(self, words: Phrasebook, view: str, record: AccountRecord) -> Button:
        return Button(words.plain(f"record.button_{view}"), f"{self.name}:{view}:{record.account.id}")

    def _back(self, words: Phrasebook, record: AccountRecord) -> Button:
        return Button(words.plain("record.button_back"), f"{self.name}:show:{record.account.id}")

    def _buttons(self, accounts: Sequence[Account]) -> tuple[tuple[Button, ...], ...]:
        return tuple((Button(account.name, f"{self.name}:show:{account.id}"),) for account in accounts)


def _cold_ones(standings: Sequence[AccountStanding], turn: Turn) -> list[AccountStanding]:
    """Those of which he sees all that nobody has been in touch with for too long, the longest first."""
    theirs = turn.rep.role is Role.MANAGER
    mine = [one for one in standings if theirs or one.account.owner == turn.rep.id]
    cold = [one for one in mine if is_cold(one.stage, one.last_met, turn.today)]
    return sorted(cold, key=lambda one: one.last_met or turn.today)


def _is_bare_name(wish: Wish) -> bool:
    """True when little is said but an account the rep may see, or how its name begins (hi is not Hillside)."""
    named = named_in(wish.text, "accounts.known_names").lower()
    if not named or is_any(named, "accounts.not_names"):
        return False
    rests = [account.lower().removeprefix(named) for account in wish.accounts if account.lower().startswith(named)]
    return any(not (rest[:1].isascii() and rest[:1].isalnum()) for rest in rests)
