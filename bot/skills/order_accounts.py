"""Putting accounts in order: two that are one become one, and one that is called otherwise gets its name."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.debriefing.matching import KnownAccount, match_account
from bot.debriefing.meant_account import pair_named
from bot.domain.account import Account
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import joined
from bot.domain.wish import Wish
from bot.domain.writes import Audit, MergeAccounts, RenameAccount
from bot.errors import WordsForRep
from bot.ports import Floor, Ids, Outcome, Turn

MOST_OFFERED = 8
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class OrderAccounts:
    """Merges and renames accounts for their owner or a manager, after showing what moves; undone with one tap."""

    ids: Ids
    name: str = "merge"
    commands: tuple[str, ...] = ("merge",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain where the rep asks for it, or names two accounts he has; firms may merge in a visit's news too."""
        pair, named = pair_named(wish.text, "merge.pairs"), pair_named(wish.text, "merge.names")
        if not (pair or named) or wish.says("merge.asked"):
            return 0.95 if pair or named else 0.0
        known = [KnownAccount(name) for name in wish.accounts]
        names = pair or (named[:1] if named else ())
        return 1.0 if all(match_account(name, known).name for name in names) else 0.0

    def holds(self, wish: Wish) -> bool:
        """A name is waited for: a few words, no question."""
        return len(wish.text) <= _LONGEST and not wish.says("ask.cues")

    async def answer(self, turn: Turn) -> Outcome:
        """What would move, the change itself, or the name that is needed first."""
        accounts = await turn.repository.accounts()
        if turn.message.kind is MessageKind.BUTTON:
            return await self._pressed(turn, accounts)
        said = turn.text.strip()
        if pair := pair_named(said, "merge.pairs"):
            one, other = (_account(name, accounts) for name in pair)
            return await self._asked(turn, one, other)
        if pair := pair_named(said, "merge.names"):
            return await self._renamed(turn, _account(pair[0], accounts), pair[1], accounts)
        if said and (source := _of_id(str(turn.state.get("source", "")), accounts)):
            return await self._asked(turn, source, _account(said, accounts))
        if said and (named := _of_id(str(turn.state.get("renames", "")), accounts)):
            return await self._renamed(turn, named, said, accounts)
        return Outcome((Reply(turn.words.say("merge.how")),))

    async def _pressed(self, turn: Turn, accounts: Sequence[Account]) -> Outcome:
        _, action, first, second = (turn.message.button + ":::").split(":")[:4]
        account, other = _of_id(first, accounts), _of_id(second, accounts)
        if account is None or (action in {"ask", "do"} and other is None):
            raise WordsForRep("accounts.gone")
        if action == "ask" and other:
            return await self._asked(turn, account, other)
        if action == "do" and other:
            return self._merged(turn, account, other)
        if action == "into":
            return self._offered(turn, account, accounts)
        if action == "rename":
            _check_own(turn, account)
            said = turn.words.say("merge.new_name", account=account.name)
            return Outcome((Reply(said),), Floor(self.name, {"renames": account.id}))
        row = tuple(
            Button(turn.words.plain(f"merge.{kind}_button"), f"{self.name}:{kind}:{account.id}")
            for kind in ("into", "rename")
        )
        return Outcome((Reply(turn.words.say("merge.what", account=account.name), (row,)),), keeps_floor=True)

    def _offered(self, turn: Turn, source: Account, accounts: Sequence[Account]) -> Outcome:
        """The other accounts, those that are called alike first."""
        _check_own(turn, source)
        others = [one for one in accounts if one.id != source.id]
        alike = match_account(source.name, [KnownAccount(one.name, one.aliases) for one in others]).candidates
        others.sort(key=lambda one: one.name not in alike)
        rows = tuple((Button(one.name, f"{self.name}:ask:{source.id}:{one.id}"),) for one in others[:MOST_OFFERED])
        said = turn.words.say("merge.into_which", account=source.name)
        return Outcome((Reply(said, rows),), Floor(self.name, {"source": source.id}))

    async def _asked(self, turn: Turn, source: Account, target: Account) -> Outcome:
        """What moves where, with one tap to do it, one to do it the other way round."""
        words = turn.words
        if source.id == target.id:
            raise WordsForRep("merge.same", {"account": source.name})
        _check_own(turn, source)
        _check_own(turn, target)
        repository = turn.repository
        counts = {
            "visits": len(await repository.visits(source.id)),
            "people": len(await repository.contacts([source.id])),
            "promises": len(await repository.commitments(account_id=source.id)),
        }
        names = words.plain("accounts.comma").join((source.name, *source.aliases))
        lines = [
            words.say("merge.shown", source=source.name, target=target.name),
            *(words.say(f"merge.moves_{kind}", count=count) for kind, count in counts.items() if count),
            words.say("merge.also_called", target=target.name, names=names),
            words.say("merge.can_go_back"),
        ]
        rows = (
            (Button(words.plain("merge.do_button"), f"{self.name}:do:{source.id}:{target.id}"),),
            (Button(words.plain("merge.turn_button", name=source.name), f"{self.name}:ask:{target.id}:{source.id}"),),
        )
        return Outcome((Reply(joined(lines), rows),))

    def _merged(self, turn: Turn, source: Account, target: Account) -> Outcome:
        _check_own(turn, source)
        _check_own(turn, target)
        change = self.ids.new()
        said = turn.words.say("merge.done", source=source.name, target=target.name)
        noted = Audit("account.merged", f"{source.name} → {target.name}")
        writes = (MergeAccounts(change, source.id, target.id), noted)
        return Outcome((Reply(said, (_undo(turn, change),)),), writes=writes)

    async def _renamed(self, turn: Turn, account: Account, name: str, accounts: Sequence[Account]) -> Outcome:
        _check_own(turn, account)
        name = name.strip(" 　「」“”\"'。.!！")[:_LONGEST]
        taken = next((one for one in accounts if one.name == name and one.id != account.id), None)
        if taken:
            return await self._asked(turn, account, taken)
        if not name or name == account.name:
            raise WordsForRep("merge.same_name", {"account": account.name})
        change = self.ids.new()
        said = turn.words.say("merge.renamed", old=account.name, new=name)
        writes = (RenameAccount(change, account.id, name), Audit("account.renamed", f"{account.name} → {name}"))
        return Outcome((Reply(said, (_undo(turn, change),)),), writes=writes)


def _undo(turn: Turn, change: str) -> tuple[Button, ...]:
    return (Button(turn.words.plain("undo.button"), f"undo:take:{change}"),)


def _account(name: str, accounts: Sequence[Account]) -> Account:
    """The account of this name. Raises WordsForRep where there is none, or it may be several."""
    match = match_account(name, [KnownAccount(one.name, one.aliases) for one in accounts])
    found = next((one for one in accounts if one.name == match.name), None)
    if found is None:
        raise WordsForRep("merge.which" if match.candidates else "accounts.not_found", {"name": name[:_LONGEST]})
    return found


def _of_id(account_id: str, accounts: Sequence[Account]) -> Account | None:
    return next((one for one in accounts if one.id == account_id), None)


def _check_own(turn: Turn, account: Account) -> None:
    """Raises WordsForRep for an account somebody else looks after, unless a manager asks."""
    if turn.rep.role is not Role.MANAGER and account.owner != turn.rep.id:
        raise WordsForRep("merge.not_yours", {"account": account.name})
