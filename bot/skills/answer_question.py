"""A rep asks how to play it; the library answers, each line with a source that opens."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.coaching.answers import CoachAnswer, answer_from, other_lines
from bot.coaching.approved_lines import with_marks
from bot.coaching.grounding import answered_by
from bot.coaching.refusals import RefusalKind, refusal_of
from bot.coaching.rewording import results_for
from bot.coaching.sayings import Part
from bot.coaching.understanding import Understanding
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import RichText, bold, joined, quoted
from bot.domain.wish import Wish
from bot.domain.writes import NoteAnswer, NoteUnanswered, RateAnswer, Write
from bot.errors import WordsForRep
from bot.ports import Floor, Ids, Knowledge, Outcome, Turn
from knowledge.errors import UnknownPassageError
from knowledge.folding import folded
from knowledge.passages import Source

LONGEST_QUESTION = 800
"""What is beyond in a pasted text is no question any more."""
_A_ROW = 4
_ENDS = "?!. 。~"


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """Answers free questions; remembers the last one, so that a follow-up is understood."""

    knowledge: Knowledge
    understanding: Callable[[], Understanding]
    ids: Ids
    name: str = "ask"
    commands: tuple[str, ...] = ("ask",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """A question may be for any skill; what a method is, and what anybody is declined, only for this one."""
        refusal = refusal_of(wish.text)
        if wish.says("ask.sure_cues") or (refusal is not None and refusal.kind is not RefusalKind.PRIVATE_DATA):
            return 0.85
        return 0.5 if wish.says("ask.cues") else 0.0

    def holds(self, wish: Wish) -> float:
        """A question that leans on the one before is most likely for it too."""
        return 0.75 if wish.says("ask.follow_up_cues") or wish.says("ask.another_cues") else 0.0

    async def answer(self, turn: Turn) -> Outcome:
        """An answer, the rest of one, or the source a button opens."""
        _, action, argument = (turn.message.button + "::").split(":")[:3]
        if action == "source":
            return Outcome((await self._source(turn, argument),), keeps_floor=True)
        if action in ("up", "down"):
            return _rated(turn, argument, helped=action == "up")
        if action == "more":
            return Outcome((await self._more(turn),), keeps_floor=True)
        return await self._question(turn, _without_opener(turn)[:LONGEST_QUESTION])

    async def _question(self, turn: Turn, question: str) -> Outcome:
        if not question:
            raise WordsForRep("ask.empty")
        if _wants_others(turn, question):
            return await self._others(turn)
        before = _topic(turn, question)
        answer = await self._answer(turn, _whole(before, question), before or None)
        noted = _noted(answer, question, turn, self.ids.new())
        buttons = (*self._buttons(turn, answer), *_thumbs(turn, self.name, noted))
        remembered = {"question": question, "before": before, "heard": list(answer.texts(Part.SAY))}
        return Outcome((Reply(answer.screen, buttons),), Floor(self.name, remembered), noted)

    async def _answer(self, turn: Turn, question: str, before: str | None) -> CoachAnswer:
        if turn.model.is_offline:
            return await self._from_library(turn, question, before)
        results = await results_for(turn, self.knowledge, question, before)
        library, understanding = await self.knowledge.library(), self.understanding()
        return await answered_by(
            turn.model, question, results, library, turn.words, rep=turn.rep.id, understanding=understanding
        )

    async def _from_library(self, turn: Turn, question: str, before: str | None) -> CoachAnswer:
        """The library's own answer, made away from the event loop."""
        results = await self.knowledge.search(question, viewer=turn.rep.viewer, context=before)
        library, understanding = await self.knowledge.library(), self.understanding()
        return await asyncio.to_thread(answer_from, question, results, library, turn.words, understanding=understanding)

    async def _others(self, turn: Turn) -> Outcome:
        """Other lines to the question before; once there are no more, a practice."""
        question, before = str(turn.state["question"]), str(turn.state.get("before", ""))
        heard = _heard(turn)
        results = await self.knowledge.search(_whole(before, question), viewer=turn.rep.viewer, context=before or None)
        library, understanding = await self.knowledge.library(), self.understanding()
        answer = await asyncio.to_thread(
            other_lines, question, results, library, turn.words, heard=heard, understanding=understanding
        )
        if not answer.answerable:
            practise = Button(turn.words.plain("practice.button"), "practice:list")
            return Outcome((Reply(turn.words.say("ask.no_others"), ((practise,),)),), keeps_floor=True)
        remembered = {**turn.state, "heard": [*heard, *answer.texts(Part.SAY)]}
        return Outcome((Reply(answer.screen, self._buttons(turn, answer)),), Floor(self.name, remembered))

    async def _more(self, turn: Turn) -> Reply:
        question = str(turn.state.get("question", ""))
        if not question:
            raise WordsForRep("ask.no_more")
        before = str(turn.state.get("before", ""))
        answer = await self._from_library(turn, _whole(before, question), before or None)
        if not answer.rest.text:
            return Reply(turn.words.say("ask.no_more"))
        return Reply(answer.rest, self._sources(turn, answer, answer.rest))

    def _buttons(self, turn: Turn, answer: CoachAnswer) -> tuple[tuple[Button, ...], ...]:
        """One button for each source marked on the first screen, and one for the rest."""
        more = (Button(turn.words.plain("ask.more_button"), f"{self.name}:more"),)
        return (*self._sources(turn, answer, answer.screen), *((more,) if answer.more else ()))

    def _sources(self, turn: Turn, answer: CoachAnswer, shown: RichText) -> tuple[tuple[Button, ...], ...]:
        buttons = [
            Button(turn.words.plain("ask.source_button", number=number), f"{self.name}:source:{citation.id}")
            for number, citation in answer.sources_in(shown).items()
        ]
        return tuple(tuple(row) for row in _rows(buttons))

    async def _source(self, turn: Turn, passage: str) -> Reply:
        try:
            source = await self.knowledge.source(passage, viewer=turn.rep.viewer)
        except UnknownPassageError as error:
            raise WordsForRep("ask.source_gone") from error
        before = [RichText(with_marks(one, turn.words)) for one in source.before]
        after = [RichText(with_marks(one, turn.words)) for one in source.after]
        opened = quoted(with_marks(source.passage, turn.words))
        text = joined([bold(source.title), *before, opened, *after, RichText(source.source)], "\n\n")
        return Reply(text, self._neighbours(turn, source))

    def _neighbours(self, turn: Turn, source: Source) -> tuple[tuple[Button, ...], ...]:
        """On through the article, back and forth."""
        ways = (("kb.back_button", source.before[-1:]), ("kb.on_button", source.after[:1]))
        row = tuple(
            Button(turn.words.plain(key), f"{self.name}:source:{one.id}") for key, found in ways for one in found
        )
        return (row,) if row else ()


def _noted(answer: CoachAnswer, question: str, turn: Turn, new_id: str) -> tuple[Write, ...]:
    """What is kept of an answer: what it rested on, or that there was none to a real question."""
    if answer.sources and answer.answerable and not answer.refused:
        passages = tuple((citation.id, citation.title) for citation in answer.sources)
        return (NoteAnswer(new_id, passages, answer.methods),)
    is_question = Wish(question, turn.today).says("ask.cues")
    return (NoteUnanswered(question),) if is_question and not answer.answerable and not answer.refused else ()


def _thumbs(turn: Turn, skill: str, noted: tuple[Write, ...]) -> tuple[tuple[Button, ...], ...]:
    words = turn.words
    return tuple(
        (
            Button(words.plain("ask.up_button"), f"{skill}:up:{one.id}"),
            Button(words.plain("ask.down_button"), f"{skill}:down:{one.id}"),
        )
        for one in noted
        if isinstance(one, NoteAnswer)
    )


def _rated(turn: Turn, answer: str, *, helped: bool) -> Outcome:
    said = turn.words.say("ask.helped" if helped else "ask.did_not_help")
    return Outcome((Reply(said),), writes=(RateAnswer(answer, helped),), keeps_floor=True)


def _without_opener(turn: Turn) -> str:
    """The question without the word that calls the coach ("hold on, …"), which would be searched for."""
    asked = turn.text.strip()
    for opener in turn.words.list_of("ask.openers"):
        asked = re.sub(opener, "", asked, flags=re.IGNORECASE).strip()
    return asked


def _whole(before: str, question: str) -> str:
    """A follow-up says only what changes: it is asked together with the question it leans on."""
    return f"{before} {question}".strip()


def _wants_others(turn: Turn, question: str) -> bool:
    """True when the question before is asked again, or other lines to it are asked for."""
    if not _heard(turn):
        return False
    is_again = folded(str(turn.state["question"])).rstrip(_ENDS) == folded(question).rstrip(_ENDS)
    return is_again or Wish(question, turn.today).says("ask.another_cues")


def _heard(turn: Turn) -> list[str]:
    """The lines to say that were shown to the question before."""
    heard = turn.state.get("heard")
    return [str(line) for line in heard] if isinstance(heard, list) else []


def _topic(turn: Turn, question: str) -> str:
    """The question that this one leans on, through all the follow-ups between; "" when it stands alone."""
    if not Wish(question, turn.today).says("ask.follow_up_cues"):
        return ""
    return str(turn.state.get("before", "") or turn.state.get("question", ""))


def _rows(buttons: Sequence[Button]) -> list[Sequence[Button]]:
    return [buttons[start : start + _A_ROW] for start in range(0, len(buttons), _A_ROW)]
