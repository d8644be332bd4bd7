"""Before a visit: a brief of what is known, what is still open, what to ask and how to begin."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.coaching.account_facts import AccountFacts
from bot.coaching.approved_lines import approved_sayings, question_before_visit
from bot.coaching.brief import Brief, brief_of
from bot.coaching.brief_aim import with_aim
from bot.coaching.brief_page import brief_page
from bot.coaching.likeness import by_words
from bot.coaching.refusals import may_quote
from bot.coaching.sayings import Saying
from bot.debriefing.matching import KnownAccount, KnownNames
from bot.debriefing.meant_account import MeantAccount, account_meant, is_any, known_names, named_in
from bot.domain.account import Account
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.points_told import left_open
from bot.domain.rep import EVERYONE, Role
from bot.domain.wish import Wish
from bot.errors import WordsForRep
from bot.ports import Floor, Knowledge, Outcome, Turn
from knowledge.passages import Scope

OFFERED = 6
MOST_APPROVED = 2
LONGEST_NEWS_FREE = 40
"""A sentence about a visit to come that is longer tells news as well, and may be a debrief."""
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class PrepareVisit:
    """Writes the brief for a visit to an account, from the records the rep may see and the library."""

    knowledge: Knowledge
    name: str = "prep"
    commands: tuple[str, ...] = ("prep",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain when preparing is asked for, or a visit to come is all that is told."""
        if wish.says("practice.cues"):
            return 0.4 if wish.says("prep.soon") else 0.0
        if wish.says("prep.cues"):
            return 1.0
        comes = wish.says("prep.soon") or (wish.says("prep.going") and _meant(wish).is_firm)
        if not comes or wish.says("prep.past"):
            return 0.0
        if wish.says("prep.needs"):
            return 1.0
        if wish.says("prep.how"):
            return 0.4
        return 0.6 if _weight(wish.text) > LONGEST_NEWS_FREE else 1.0

    def holds(self, wish: Wish) -> bool:
        """After being asked whom: a name, or somebody's, and nothing that is for another skill."""
        others = ("ask.cues", "practice.cues", "debrief.cues", "accounts.cues", "todo.cues", "prep.past")
        return _weight(wish.text) <= LONGEST_NAME and not any(wish.says(key) for key in others)

    async def answer(self, turn: Turn) -> Outcome:
        """The brief; the question whom where nobody is named, buttons where several may be meant."""
        if turn.message.kind is MessageKind.BUTTON:
            _, action, argument = (turn.message.button + "::").split(":")[:3]
            if action == "account":
                return await self._of_id(turn, argument)
            return await self._ask(turn)
        said = turn.text.strip()
        named = _name_in(said) if said else ""
        if said and not named and _is_answer(turn):
            named = said
        meant = account_meant(said, named, await known_names(turn.repository))
        if not meant.is_named and not meant.person:
            return await self._ask(turn)
        return await self._found(turn, meant)

    async def _found(self, turn: Turn, meant: MeantAccount) -> Outcome:
        found = [one for one in await turn.repository.accounts() if one.name in meant.accounts]
        if len(found) == 1:
            return await self._brief(turn, found[0], meant.person)
        if found:
            floor = Floor(self.name, {"person": meant.person})
            return Outcome((Reply(turn.words.say("prep.which"), self._buttons(found[:OFFERED])),), floor)
        about = AccountFacts(meant.heard if meant.heard != meant.person else "", meant.person)
        return await self._written(turn, about, ())

    async def _ask(self, turn: Turn) -> Outcome:
        accounts = await turn.repository.accounts()
        reply = Reply(turn.words.say("prep.ask"), self._buttons(accounts[:OFFERED]))
        return Outcome((reply,), Floor(self.name, {"asked": True}))

    async def _of_id(self, turn: Turn, account_id: str) -> Outcome:
        found = next((one for one in await turn.repository.accounts() if one.id == account_id), None)
        if found is None:
            raise WordsForRep("prep.gone")
        return await self._brief(turn, found, str(turn.state.get("person", "")))

    async def _brief(self, turn: Turn, account: Account, person: str) -> Outcome:
        repository = turn.repository
        stage = (await repository.opportunity(account.id)).stage
        facts = AccountFacts(
            account.name,
            person,
            stage=turn.words.plain(f"stage.{stage.name.lower()}") if stage else "",
            contacts=tuple(await repository.contacts([account.id])),
            findings=tuple(await repository.findings(account.id)),
            commitments=tuple(await repository.commitments(account_id=account.id)),
            left_open=left_open(await repository.visits(account.id)),
        )
        record = Button(turn.words.plain("prep.account_button"), f"accounts:show:{account.id}")
        return await self._written(turn, facts, (record,))

    async def _written(self, turn: Turn, facts: AccountFacts, buttons: tuple[Button, ...]) -> Outcome:
        words = turn.words
        brief = brief_of(facts, await self.knowledge.library(), words.language)
        brief = replace(brief, approved=await self._approved(turn, brief))
        brief = await with_aim(turn.model, brief, language=words.language, rep=turn.rep.id)
        row = (*buttons, Button(words.plain("prep.practice_button"), "practice:list"))
        sources = dict.fromkeys(one.citation.id for one in brief.approved if one.citation)
        opened = tuple(
            Button(words.plain("ask.source_button", number=at), f"ask:source:{one}")
            for at, one in enumerate(sources, 1)
        )
        return Outcome((Reply(brief_page(brief, words), (row, opened) if opened else (row,)),))

    async def _approved(self, turn: Turn, brief: Brief) -> tuple[Saying, ...]:
        """Approved lines of the team's documents on what the customer said last."""
        question = question_before_visit(brief.known)
        if not question:
            return ()
        found = await self.knowledge.search(question, viewer=turn.rep.viewer, scope=Scope.DOCUMENTS)
        if not found.answerable:
            return ()
        return tuple(approved_sayings(question, found, likeness=by_words, may_quote=may_quote, most=MOST_APPROVED))

    def _buttons(self, accounts: Sequence[Account]) -> tuple[tuple[Button, ...], ...]:
        return tuple((Button(account.name, f"{self.name}:account:{account.id}"),) for account in accounts)


def _meant(wish: Wish) -> MeantAccount:
    known = KnownNames(tuple(KnownAccount(name) for name in wish.accounts))
    return account_meant(wish.text, _name_in(wish.text), known)


def _name_in(said: str) -> str:
    """The name in a sentence about a visit to come, "" for 客户 or "a customer" as well."""
    named = named_in(said, "prep.names")
    return "" if is_any(named, "prep.not_names") else named


def _is_answer(turn: Turn) -> bool:
    """True when the words are what a command was given, or answer the question whom."""
    return turn.message.text.startswith("/") or bool(turn.state.get("asked"))


def _weight(text: str) -> int:
    """How long a text is: a word in Latin letters weighs as much as two signs."""
    return sum(2 if word.isascii() else len(word) for word in text.split())
