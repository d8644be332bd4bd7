"""Has a model write the questions a passage answers, for the search of knowledge."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import ModelUnavailable
from bot.ports import LanguageModel
from knowledge.folding import folded
from knowledge.passages import Passage

PROMPT = "passage_questions"
_MOST = 2
_LONGEST = {"zh": 40, "en": 120}
_NUMBERING = re.compile(r"^\s*(?:#+|[-*•·]|\(?\d{1,2}[.、)）:：]|[一二][、.]|(?:Q|问题?|销售)\d?[:：])\s*")
_QUOTES = "\"'“”‘’「」『』*` "


@dataclass(frozen=True, slots=True)
class ModelQuestionWriter:
    """Fulfils QuestionWriter. It blocks and must be called from another thread than the one that runs `loop`.

    `rep` is whose budget the questions are written on. Raises ModelUnavailable, so that nobody keeps "no questions"
    for a passage that no model has read.
    """

    model: LanguageModel
    loop: asyncio.AbstractEventLoop
    rep: str = ""

    def questions_for(self, passage: Passage) -> Sequence[str]:
        """At most two short questions in the passage's language, none when it answers none. Raises ModelUnavailable."""
        future = asyncio.run_coroutine_threadsafe(self._written(passage), self.loop)
        return questions_in(future.result(), passage)

    async def _written(self, passage: Passage) -> str:
        inputs = {"title": passage.title, "passage": passage.text}
        try:
            pieces = self.model.speak(PROMPT, inputs, language=passage.language, rep=self.rep)
            return "".join([piece async for piece in pieces])
        except ModelUnavailable as unavailable:
            if unavailable.reason == "nonsense":
                return ""
            raise


def questions_in(written: str, passage: Passage) -> Sequence[str]:
    """The first two lines that are questions of bearable length and not the passage's own words."""
    longest = _LONGEST.get(passage.language, _LONGEST["en"])
    text = folded(passage.text)
    found: list[str] = []
    for line in written.splitlines():
        question = _NUMBERING.sub("", line).strip(_QUOTES)
        if 4 <= len(question) <= longest and folded(question) not in text and question not in found:
            found.append(question)
    return tuple(found[:_MOST])
