"""The batch forms: one JSON object a line in and out, order kept, bad lines told and survived."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import date
from typing import Any, TextIO

from bot.domain.visit_json import note_as_json
from bot.errors import RidealongError
from bot.knowledge_desk import KnowledgeDesk
from bot.wording.phrasebook import LANGUAGES, Phrasebook, language_of
from knowledge.errors import KnowledgeError
from knowledge.passages import Scope

Answer = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, object]]]
"""What a line's object is answered with, without its id."""


async def answer_lines(lines: Iterable[str], answer: Answer, out: TextIO) -> bool:
    """Answer every line as it comes; False when any could not be answered."""
    fine = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        result = await _answer_line(number, line, answer)
        fine = fine and "error" not in result
        out.write(json.dumps(result, ensure_ascii=False) + "\n")
        out.flush()
    return fine


async def _answer_line(number: int, line: str, answer: Answer) -> Mapping[str, object]:
    try:
        asked = json.loads(line)
    except ValueError as error:
        return {"id": None, "line": number, "error": f"no JSON: {error}"}
    if not isinstance(asked, dict) or not isinstance(asked.get("id"), str):
        return {"id": None, "line": number, "error": "needs a JSON object with an id (text)"}
    try:
        return {"id": asked["id"], **await answer(asked)}
    except KeyError as error:
        return {"id": asked["id"], "error": f"{error.args[0]} is missing"}
    except (RidealongError, KnowledgeError, ValueError, TypeError, AttributeError) as error:
        return {"id": asked["id"], "error": str(error) or type(error).__name__}


def _text(asked: Mapping[str, Any], key: str) -> str:
    """The text under a key. Raises KeyError, TypeError."""
    value = asked[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} must be text")
    return value


def searching(desk: KnowledgeDesk, team: str, k: int, scope: Scope) -> Answer:
    """`{"id","query"}` to ranked results and whether those in scope answer the query."""

    async def answer(asked: Mapping[str, Any]) -> Mapping[str, object]:
        return await asyncio.to_thread(search_result, desk, _text(asked, "query"), team, k, scope)

    return answer


def search_result(desk: KnowledgeDesk, query: str, team: str, k: int, scope: Scope) -> dict[str, object]:
    """One query's answer in the batch form."""
    results = desk.search_now(query, team=team, k=k, scope=scope)
    listed = [
        {
            "rank": hit.rank,
            "score": round(float(hit.score), 6),
            "id": hit.passage.shown_id,
            "kind": hit.passage.kind.value,
            "title": hit.passage.title,
            "text": hit.passage.text,
            "source": hit.passage.source,
        }
        for hit in results.hits
    ]
    return {"answerable": results.answerable, "results": listed}


def asking(desk: KnowledgeDesk, team: str) -> Answer:
    """`{"id","question"}` to the coach's answer with its citations."""
    from bot.coaching.answers import answer_as_json, answer_from

    async def answer(asked: Mapping[str, Any]) -> Mapping[str, object]:
        question = _text(asked, "question")
        words = Phrasebook(language_of(question) or LANGUAGES[0])
        results = await asyncio.to_thread(desk.search_now, question, team=team, k=6)
        answered = answer_from(question, results, desk.library_now(), words, understanding=desk.understanding())
        return answer_as_json(answered)

    return answer


def debriefing() -> Answer:
    """`{"id","text","reference_date"}` to visit notes."""
    from bot.debriefing.extraction import notes_from
    from bot.debriefing.reading_sense import reading_sense
    from knowledge.sentence_embedder import SentenceEmbedder

    sense = reading_sense(SentenceEmbedder())

    async def answer(asked: Mapping[str, Any]) -> Mapping[str, object]:
        reference = date.fromisoformat(_text(asked, "reference_date")[:10])
        notes = notes_from(_text(asked, "text"), reference=reference, sense=sense)
        return {"notes": [note_as_json(note) for note in notes]}

    return answer


def scoring() -> Answer:
    """`{"id","lang","turns"}` to labels, checks and points."""
    from bot.practising.score_json import score_as_json

    async def answer(asked: Mapping[str, Any]) -> Mapping[str, object]:
        return {name: value for name, value in score_as_json(asked).items() if name != "id"}

    return answer
