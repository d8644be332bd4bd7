"""A rep asks how to play it; the library answers, each line with a source that opens."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.coaching.answers import CoachAnswer, answer_from
from bot.coaching.grounding import answered_by
from bot.coaching.understanding import Understanding
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import RichText, bold, joined, quoted
from bot.domain.wish import Wish
from bot.errors import WordsForRep
from bot.ports import Floor, Knowledge, Outcome, Turn
from knowledge.errors import UnknownPassageError

LONGEST_QUESTION = 800
"""What is beyond in a pasted text is no question any more."""
_A_ROW = 4


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """Answers free questions; remembers the last one, so that a follow-up is understood."""

    knowledge: Knowledge
    understanding: Callable[[], Understanding]
    name: str = "ask"
    commands: tuple[str, ...] = ("ask",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """A question is most likely for the library; anything else may be."""
        return 0.65 if wish.says("ask.cues") else 0.3

    def holds(self, wish: Wish) -> bool:
        """Never: every question is weighed anew."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """An answer, the rest of one, or the source a button opens."""
        _, action, argument = (turn.message.button + "::").split(":")[:3]
        if action == "source":
            return Outcome((await self._source(turn, argument),), keeps_floor=True)
        if action == "more":
            return Outcome((await self._more(turn),), keeps_floor=True)
        return await self._question(turn, turn.text.strip()[:LONGEST_QUESTION])

    async def _question(self, turn: Turn, question: str) -> Outcome:
        if not question:
            raise WordsForRep("ask.empty")
        before = str(turn.state.get("question", "")) if _follows_up(turn, question) else None
        answer = await self._answer(turn, question, before)
        buttons = _buttons(turn, self.name, answer)
        remembered = {"question": question, "before": before or ""}
        return Outcome((Reply(answer.screen, buttons),), Floor(self.name, remembered))

    async def _answer(self, turn: Turn, question: str, before: str | None) -> CoachAnswer:
        if turn.model.is_offline:
            return await self._from_library(turn, question, before)
        findings = await self.knowledge.search(question, viewer=turn.rep.viewer, context=before)
        library, understanding = await self.knowledge.library(), self.understanding()
        return await answered_by(
            turn.model, question, findings, library, turn.words, rep=turn.rep.id, understanding=understanding
        )

    async def _from_library(self, turn: Turn, question: str, before: str | None) -> CoachAnswer:
        """The library's own answer, made away from the event loop."""
        findings = await self.knowledge.search(question, viewer=turn.rep.viewer, context=before)
        library, understanding = await self.knowledge.library(), self.understanding()
        return await asyncio.to_thread(
            answer_from, question, findings, library, turn.words, understanding=understanding
        )

    async def _more(self, turn: Turn) -> Reply:
        question = str(turn.state.get("question", ""))
        if not question:
            raise WordsForRep("ask.no_more")
        answer = await self._from_library(turn, question, str(turn.state.get("before", "")) or None)
        return Reply(answer.rest or turn.words.say("ask.no_more"))

    async def _source(self, turn: Turn, passage: str) -> Reply:
        try:
            source = await self.knowledge.source(passage, viewer=turn.rep.viewer)
        except UnknownPassageError as error:
            raise WordsForRep("ask.source_gone") from error
        before = [RichText(one.text) for one in source.before]
        after = [RichText(one.text) for one in source.after]
        heading = bold(source.title)
        return Reply(joined([heading, *before, quoted(source.passage.text), *after, RichText(source.source)], "\n\n"))


def _follows_up(turn: Turn, question: str) -> bool:
    """True when the question leans on the one before: it opens or speaks like a follow-up."""
    said = question.lower()
    points_back = any(said.startswith(cue) for cue in turn.words.list_of("ask.follow_up_openings"))
    return points_back or any(cue in said for cue in turn.words.list_of("ask.follow_up_words"))


def _buttons(turn: Turn, skill: str, answer: CoachAnswer) -> tuple[tuple[Button, ...], ...]:
    """One button per source, in the order of their marks, and one for the rest."""
    words = turn.words
    sources = [
        Button(words.plain("ask.source_button", number=number), f"{skill}:source:{citation.id}")
        for number, citation in enumerate(answer.sources, 1)
    ]
    rows = [tuple(row) for row in _rows(sources)]
    if answer.more:
        rows.append((Button(words.plain("ask.more_button"), f"{skill}:more"),))
    return tuple(rows)


def _rows(buttons: Sequence[Button]) -> list[Sequence[Button]]:
    return [buttons[start : start + _A_ROW] for start in range(0, len(buttons), _A_ROW)]
