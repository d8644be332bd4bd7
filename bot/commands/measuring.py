"""`ridealong eval`: the figures of search, debrief, practice, coach and route against judged cases."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from config.settings import Settings


def figures(
    settings: Settings,
    what: str,
    cases: Path,
    documents: Path | None,
    *,
    with_misses: bool = False,
    limit: int | None = None,
) -> Iterator[str]:
    """The figures as lines to print; of routing every miss as well where that is wanted.

    `limit` keeps to so many cases of debriefs, spread over the file.
    """
    if what == "debrief":
        yield from _debrief(settings, cases, limit)
    elif what == "practice":
        yield from _practice(cases)
    elif what == "coach":
        yield from _coach(cases)
    elif what == "route":
        yield from _route(settings, cases, with_misses=with_misses)
    else:
        yield from _search(cases, documents)


def _debrief(settings: Settings, cases: Path, limit: int | None) -> Iterator[str]:
    from bot.commands.measuring_debriefs import compared
    from bot.debriefing.evaluation import cases_in

    found = cases_in(cases)
    step = max(1, len(found) // limit) if limit else 1
    yield from compared(settings, found[::step][:limit])


def _practice(cases: Path) -> Iterator[str]:
    from bot.practising.evaluation import compared, talks_in

    yield from compared(talks_in(cases)).report()


def _coach(cases: Path) -> Iterator[str]:
    from bot.coaching.evaluation import refusal_figures
    from bot.coaching.refusal_sense import RefusalSense
    from knowledge.sentence_embedder import SentenceEmbedder

    lines = cases.read_text(encoding="utf-8").splitlines()
    found = refusal_figures([json.loads(line) for line in lines if line.strip()], RefusalSense(SentenceEmbedder()))
    yield f"declined {found.declined_right:.3f}  answered {found.answered_right:.3f}  balanced {found.balanced:.3f}"


def _route(settings: Settings, cases: Path, *, with_misses: bool) -> Iterator[str]:
    """By words alone, by meaning as well, and with the model of the settings where there is one."""
    from bot.assemble.memory import open_memory
    from bot.assemble.program import assemble
    from bot.coaching.understanding import BY_WORDS, understanding_by
    from bot.conversation.model_voice import named_by
    from bot.conversation.route_evaluation import cases_in, lines_of, misses_of, sent
    from bot.language_models.choose import embedder
    from bot.ports import Skill
    from bot.wording.phrasebook import LANGUAGES, Phrasebook, language_of

    judged, by_meaning = cases_in(cases), understanding_by(embedder(settings))
    with TemporaryDirectory() as folder:
        memory = open_memory(settings.model_copy(update={"data_dir": Path(folder), "database_url": None}))
        program = assemble(memory, ())

        async def decide(text: str, skills: Sequence[Skill]) -> Skill | None:
            words = Phrasebook(language_of(text) or LANGUAGES[0])
            return await named_by(program.model.model, text, skills, words, rep="eval")

        ways = {"by words": (BY_WORDS, None), "by meaning": (by_meaning, None), "with the model": (by_meaning, decide)}
        if program.model.model.is_offline:
            del ways["with the model"]
        for way, (understanding, third) in ways.items():
            found = asyncio.run(sent(judged, program.skills, understanding=understanding, decide=third))
            yield f"{way}:"
            yield from lines_of(found)
            if with_misses:
                yield from misses_of(found)


def _search(cases: Path, documents: Path | None) -> Iterator[str]:
    from knowledge.search_report import report

    yield from report(cases, documents)
