"""Looking back: which accounts a rep has, and how one of them stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.debriefing.matching import KnownAccount, KnownNames
from bot.debriefing.meant_account import account_meant, is_any, known_names, named_in
from bot.domain.account import Account
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import RichText, joined
from bot.domain.wish import Wish
from bot.errors import WordsForRep
from bot.ports import Outcome, Turn
from bot.presenting.account_page import AccountRecord, account_page

PER_PAGE = 8
MOST_CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class ShowAccount:
    """Lists the accounts a rep may see and shows one of them."""

    name: str = "accounts"
    commands: tuple[str, ...] = ("accounts", "account")
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of a list, of how an account stands, and of the bare name of a known one."""
        if wish.says("accounts.cues") or _is_bare_name(wish):
            return 1.0
        named = named_in(wish.text, "accounts.names")
        if not named or is_any(named, "accounts.not_names"):
            return 0.0
        known = KnownNames(tuple(KnownAccount(name) for name in wish.accounts))
        return 1.0 if account_meant(wish.text, named, known).is_firm else 0.85

    def holds(self, wish: Wish) -> bool:
        """It never has the floor."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """The list, or the page of the account that is meant."""
        _, action, argument = (turn.message.button + "::").split(":")[:3]
        if action == "show":
            return await self._of_id(turn, argument)
        said = turn.text.strip() if turn.message.kind is not MessageKind.BUTTON else ""
        if not said or Wish(said, turn.now.date()).says("accounts.cues"):
            return await self._list(turn, int(argument) if argument.isdecimal() else 0)
        return await self._asked(turn, said)

    async def _asked(self, turn: Turn, said: str) -> Outcome:
        named = named_in(said, "accounts.names") or named_in(said, "accounts.known_names") or said
        meant = account_meant(said, named, await known_names(turn.repository))
        if not meant.accounts:
            raise WordsForRep("accounts.not_found", {"name": meant.heard or meant.person or said[:40]})
        found = [one for one in await turn.repository.accounts() if one.name in meant.accounts]
        if len(found) == 1:
            return await self._page(turn, found[0])
        rows = self._buttons(found[:MOST_CANDIDATES])
        return Outcome((Reply(turn.words.say("accounts.which"), rows),), keeps_floor=True)

    async def _of_id(self, turn: Turn, account_id: str) -> Outcome:
        found = next((one for one in await turn.repository.accounts() if one.id == account_id), None)
        if found is None:
            raise WordsForRep("accounts.gone")
        return await self._page(turn, found)

    async def _page(self, turn: Turn, account: Account) -> Outcome:
        repository, words = turn.repository, turn.words
        record = AccountRecord(
            account,
            turn.now.astimezone(ZoneInfo(turn.rep.time_zone)).date(),
            contacts=tuple(await repository.contacts([account.id])),
            visits=tuple(await repository.visits(account.id)),
            commitments=tuple(await repository.commitments(account_id=account.id)),
            names=await _names(turn),
        )
        row = (
            Button(words.plain("prep.button"), f"prep:account:{account.id}"),
            Button(words.plain("accounts.all_button"), f"{self.name}:list:0"),
        )
        return Outcome((Reply(account_page(record, words), (row,)),), keeps_floor=True)

    async def _list(self, turn: Turn, page: int) -> Outcome:
        words = turn.words
        accounts = await turn.repository.accounts()
        if not accounts:
            return Outcome((Reply(words.say("accounts.none")),), keeps_floor=True)
        start = page * PER_PAGE if page * PER_PAGE < len(accounts) else 0
        shown = accounts[start : start + PER_PAGE]
        names = await _names(turn)
        lines = [words.say("accounts.title", count=len(accounts))]
        lines += [await self._line(turn, account, names.get(account.owner, "")) for account in shown]
        rows = self._buttons(shown)
        if left := len(accounts) - start - len(shown):
            label = words.plain("accounts.more_button", count=left)
            rows = (*rows, (Button(label, f"{self.name}:list:{start // PER_PAGE + 1}"),))
        return Outcome((Reply(joined(lines), rows),), keeps_floor=True)

    async def _line(self, turn: Turn, account: Account, owner: str) -> RichText:
        visits = await turn.repository.visits(account.id)
        if not visits:
            return turn.words.say("accounts.line_new", account=account.name)
        day = turn.words.day(visits[0].met_on)
        if owner:
            return turn.words.say("accounts.line_by", account=account.name, name=owner, day=day)
        return turn.words.say("accounts.line", account=account.name, day=day)

    def _buttons(self, accounts: Sequence[Account]) -> tuple[tuple[Button, ...], ...]:
        return tuple((Button(account.name, f"{self.name}:show:{account.id}"),) for account in accounts)


def _is_bare_name(wish: Wish) -> bool:
    """True when little is said but an account the rep may see, or how its name begins (hi is not Hillside)."""
    named = named_in(wish.text, "accounts.known_names").lower()
    if not named or is_any(named, "accounts.not_names"):
        return False
    rests = [account.lower().removeprefix(named) for account in wish.accounts if account.lower().startswith(named)]
    return any(not (rest[:1].isascii() and rest[:1].isalnum()) for rest in rests)


async def _names(turn: Turn) -> dict[str, str]:
    """The names of colleagues the viewer may list, by id, without his own."""
    return {one.id: one.name for one in await turn.repository.members() if one.id != turn.rep.id}
