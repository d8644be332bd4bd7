"""A search that found nothing is tried once more with a model's words beside the rep's."""

from bot.errors import ModelUnavailable
from bot.ports import Knowledge, Turn
from knowledge.passages import SearchResults

PROMPT = "reword_question"
_LONGEST = 80


async def results_for(turn: Turn, knowledge: Knowledge, question: str, before: str | None) -> SearchResults:
    """What is found for the question and the one `before` it; the model's words never take the question's place."""
    viewer = turn.rep.viewer
    results = await knowledge.search(question, viewer=viewer, context=before)
    if results.answerable or turn.model.is_offline:
        return results
    others = await _reworded(turn, question, before or "")
    if not others:
        return results
    again = await knowledge.search(question, viewer=viewer, context=f"{before or ''}\n{others}".strip())
    return again if again.answerable else results


async def _reworded(turn: Turn, question: str, before: str) -> str:
    """Other words for the question, in one short call; "" when the model gives none that are of use."""
    inputs = {"question": question, "before": before}
    try:
        pieces = turn.model.speak(PROMPT, inputs, language=turn.words.language, rep=turn.rep.id)
        said = " ".join("".join([piece async for piece in pieces]).split())
    except ModelUnavailable:
        return ""
    return said if len(said) <= _LONGEST and said != question else ""
