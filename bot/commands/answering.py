"""Passages, answers, notes and scores on stdout, to read or in the batch forms."""

import asyncio
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bot.assemble.knowledge import knowledge_desk
from bot.assemble.memory import open_memory, own
from bot.coaching.approved_lines import with_marks
from bot.commands import batch_forms
from bot.errors import CannotStart
from bot.knowledge_desk import KnowledgeDesk
from bot.wording.phrasebook import LANGUAGES, Phrasebook, language_of
from config.settings import Settings
from knowledge.errors import UnknownPassageError
from knowledge.passages import Passage, Scope


@contextmanager
def _desk(settings: Settings, team: str | None, *, ready: bool = True) -> Iterator[tuple[KnowledgeDesk, str]]:
    """Search for a team, ready by words and meaning; beside a serving bot with an index of its own, in memory."""
    try:
        lock = own(settings.data_dir)
    except CannotStart:
        lock = None
    try:
        memory = open_memory(settings)
        viewer = asyncio.run(memory.administrator(team))
        desk = knowledge_desk(memory, owned=lock is not None)
        if ready:
            desk.prepare()
        yield desk, viewer.team
        memory.database.close()
    finally:
        if lock:
            lock.release()


def search(settings: Settings, lines: Iterable[str], *, k: int, scope: str, team: str | None) -> bool:
    """The batch form of search."""
    with _desk(settings, team) as (desk, team_id):
        answer = batch_forms.searching(desk, team_id, k, Scope(scope))
        return asyncio.run(batch_forms.answer_lines(lines, answer, sys.stdout))


def search_for_a_person(settings: Settings, query: str, *, k: int, scope: str, team: str | None, explain: bool) -> None:
    """Results to read, best first."""
    with _desk(settings, team) as (desk, team_id):
        results = desk.search_now(query, team=team_id, k=k, scope=Scope(scope))
    if not results.answerable:
        sys.stdout.write(f"nothing answers this ({results.why}); nearest:\n")
    for hit in results.hits:
        passage = hit.passage
        sys.stdout.write(f"{hit.rank}. {passage.id}  {passage.title}  ({_place_of(passage)}, {hit.score:.3f})\n")
        sys.stdout.write(f"   {passage.text[:160]}\n")
        if explain:
            parts = ", ".join(f"{name} {value:.3f}" for name, value in hit.parts.items())
            sys.stdout.write(f"   {parts}\n")


def _place_of(passage: Passage) -> str:
    return f"document {passage.source}" if passage.owner_is_document else passage.kind.value


def ask(settings: Settings, lines: Iterable[str], *, team: str | None) -> bool:
    """The batch form of ask."""
    with _desk(settings, team) as (desk, team_id):
        return asyncio.run(batch_forms.answer_lines(lines, batch_forms.asking(desk, team_id), sys.stdout))


def ask_for_a_person(settings: Settings, question: str, *, team: str | None) -> None:
    """The answer to read, with the ids its sources open by."""
    from bot.coaching.answers import answer_from

    with _desk(settings, team) as (desk, team_id):
        results = desk.search_now(question, team=team_id, k=6)
        words = Phrasebook(language_of(question) or LANGUAGES[0])
        answer = answer_from(question, results, desk.library_now(), words, understanding=desk.understanding())
    sys.stdout.write(f"{answer.first_screen}\n\n")
    if answer.more:
        sys.stdout.write(f"{answer.more}\n\n")
    for number, citation in enumerate(answer.sources, 1):
        sys.stdout.write(f"[{number}] {citation.id}  {citation.title}\n")


def source(settings: Settings, passage: str, *, team: str | None) -> str:
    """A passage with its neighbours. Raises CannotStart when there is none of this id."""
    with _desk(settings, team, ready=False) as (desk, team_id):
        try:
            found = desk.by_words().source(passage, team=team_id)
        except UnknownPassageError as error:
            raise CannotStart(f"There is no passage {passage}.") from error
    parts = [*found.before, found.passage, *found.after]
    words = Phrasebook(found.passage.language)
    return "\n\n".join([f"{found.title}  ({found.source})", *(with_marks(part, words) for part in parts)])


def debrief(settings: Settings, lines: Iterable[str]) -> bool:
    """The batch form of debrief; nothing is saved."""
    return asyncio.run(batch_forms.answer_lines(lines, batch_forms.debriefing(), sys.stdout))


def score(settings: Settings, lines: Iterable[str]) -> bool:
    """The batch form of score."""
    return asyncio.run(batch_forms.answer_lines(lines, batch_forms.scoring(), sys.stdout))
