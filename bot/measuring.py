"""`ridealong eval`: the figures of search, debrief, practice, coach and route against judged cases."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from config.settings import Settings


def figures(settings: Settings, what: str, cases: Path, documents: Path | None) -> Iterator[str]:
    """The figures as lines to print."""
    if what == "debrief":
        yield from _debrief(cases)
    elif what == "practice":
        yield from _practice(cases)
    elif what == "coach":
        yield from _coach(cases)
    elif what == "route":
        yield from _route(settings, cases)
    else:
        yield from _search(cases, documents)


def _debrief(cases: Path) -> Iterator[str]:
    from bot.debriefing.evaluation import cases_in, evaluate, lines_of
    from bot.debriefing.extraction import notes_from

    tally = evaluate(cases_in(cases), lambda text, reference: notes_from(text, reference=reference))
    yield from lines_of(tally.figures())


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


def _route(settings: Settings, cases: Path) -> Iterator[str]:
    from bot.assemble import assemble, open_memory
    from bot.conversation.route_evaluation import cases_in, lines_of, sent

    with TemporaryDirectory() as folder:
        memory = open_memory(settings.model_copy(update={"data_dir": Path(folder), "database_url": None}))
        skills = assemble(memory, ()).skills
        yield from lines_of(sent(cases_in(cases), skills, default="ask"))


def _search(cases: Path, documents: Path | None) -> Iterator[str]:
    from knowledge.search_report import report

    yield from report(cases, documents)
