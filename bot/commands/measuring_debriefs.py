"""Three ways from a message to its notes, measured side by side: the rules alone, with the model, and the plain way."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.debriefing import plain_way
from bot.debriefing.evaluation import Case, evaluate, lines_of
from bot.debriefing.extraction import notes_from, unread_in
from bot.debriefing.matching import KnownNames
from bot.debriefing.model_reading import model_proposals
from bot.debriefing.reading_sense import ReadingSense, reading_sense
from bot.domain.visit import VisitNote
from bot.errors import ModelUnavailable
from bot.language_models.choose import ChosenModel, language_model
from bot.ports import LanguageModel
from bot.wording.phrasebook import language_of
from config.settings import Settings
from knowledge.sentence_embedder import SentenceEmbedder

Way = Callable[[Case], Awaitable[Sequence[VisitNote]]]
_NOBODY = KnownNames()


@dataclass(slots=True)
class _Use:
    """What the model was asked for and wrote, by case."""

    calls: dict[str, int] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    longest: int = 0
    failed: int = 0

    async def record(self, case: str, tokens_in: int, tokens_out: int) -> None:
        self.calls[case] = self.calls.get(case, 0) + 1
        self.written[case] = self.written.get(case, 0) + tokens_out
        self.longest = max(self.longest, tokens_out)

    def clear(self) -> None:
        self.calls, self.written, self.longest, self.failed = {}, {}, 0, 0


def compared(settings: Settings, cases: Sequence[Case]) -> Iterator[str]:
    """The figures of each way as lines; without a chat model only of the first. No message is printed."""
    sense = reading_sense(SentenceEmbedder())
    yield from _lines(
        "without a model",
        cases,
        {case.id: notes_from(case.text, reference=case.reference, sense=sense) for case in cases},
    )
    use = _Use()
    chosen = language_model(settings, today=date.today, record=use.record)
    if chosen.model.is_offline:
        yield '{"model": "none is set (RIDEALONG_MODEL__NAME), so the other two ways were not measured"}'
        return
    ways = {"with the model": _ours(chosen.model, use, sense), "plain way": _plain(chosen.model, use)}
    with asyncio.Runner() as runner:
        for name, way in ways.items():
            use.clear()
            started = time.monotonic()
            notes = runner.run(_all(way, cases))
            yield from _lines(name, cases, notes)
            seconds = round((time.monotonic() - started) / max(1, len(cases)), 1)
            yield from lines_of({"use": _told(use, cases) | {"seconds_a_case": seconds}})
        runner.run(_closed(chosen))


async def _closed(chosen: ChosenModel) -> None:
    await chosen.close()


def _lines(way: str, cases: Sequence[Case], notes: dict[str, Sequence[VisitNote]]) -> Iterator[str]:
    by_text = {(case.text, case.reference): notes[case.id] for case in cases}
    yield from lines_of({"way": way} | evaluate(cases, lambda *asked: by_text[asked]).figures())


def _told(use: _Use, cases: Sequence[Case]) -> dict[str, object]:
    accounts = {case.id: max(1, len(unread_in(case.text, reference=case.reference))) for case in cases}
    return {
        "calls": sum(use.calls.values()),
        "most_calls_an_account": max((calls / accounts[case] for case, calls in use.calls.items()), default=0),
        "most_tokens_a_call": use.longest,
        "most_tokens_an_account": max((used / accounts[case] for case, used in use.written.items()), default=0),
        "failed": use.failed,
    }


async def _all(way: Way, cases: Sequence[Case]) -> dict[str, Sequence[VisitNote]]:
    return {case.id: await way(case) for case in cases}


def _ours(model: LanguageModel, use: _Use, sense: ReadingSense | None) -> Way:
    async def notes(case: Case) -> Sequence[VisitNote]:
        proposals, is_helped = await model_proposals(
            model,
            case.text,
            _NOBODY,
            today=case.reference,
            language=language_of(case.text) or "zh",
            rep=case.id,
            sense=sense,
        )
        use.failed += not is_helped
        return notes_from(case.text, reference=case.reference, proposals=proposals, sense=sense)

    return notes


def _plain(model: LanguageModel, use: _Use) -> Way:
    async def notes(case: Case) -> Sequence[VisitNote]:
        inputs = {"message": case.text, "today": f"{case.reference:%Y-%m-%d %A}"}
        language = language_of(case.text) or "zh"
        try:
            reply = await model.propose(
                plain_way.PROMPT, inputs, language=language, rep=case.id, schema=plain_way.SCHEMA
            )
            return plain_way.plain_notes(reply, case.text)
        except (ModelUnavailable, ValueError):
            use.failed += 1
            return ()

    return notes
