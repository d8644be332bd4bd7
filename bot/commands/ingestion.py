"""`ridealong ingest`: files, folders and addresses into the team's documents, with a report of what was dropped."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.assemble.memory import open_memory
from bot.domain.writes import Audit
from bot.errors import CannotStart
from bot.storage.passage_store import SqlPassageStore
from bot.wording.phrasebook import Phrasebook
from config.settings import Settings
from knowledge.errors import UnreadableDocumentError
from knowledge.ingestion import Ingestion, IngestReport
from knowledge.loading.documents import load
from knowledge.splitting.passages import content_hash

WORDS = Phrasebook("en")
"""The command line speaks English."""


def ingest(
    settings: Settings, places: Sequence[str], *, team: str | None, shared: bool, json_form: bool, out: TextIO
) -> bool:
    """Take documents in and report; False when any could not be read."""
    from knowledge.cleaning.topics import Topics
    from knowledge.sentence_embedder import SentenceEmbedder

    found = list(_places_in(places))
    memory = open_memory(settings)
    viewer = asyncio.run(memory.administrator(team))
    ingestion = Ingestion(
        SqlPassageStore(memory.database, taken_in_by=viewer, clock=memory.clock.now), Topics(SentenceEmbedder())
    )
    reports: list[IngestReport] = []
    fine = True
    owner = None if shared else viewer.team
    for place, result in _take_in(ingestion, found, team=owner, progress=_progress):
        if isinstance(result, UnreadableDocumentError):
            fine = False
        else:
            reports.append(result)
            if not result.unchanged:
                noted = f"{result.document.id} {place.name}"[:200]
                asyncio.run(memory.store().write(viewer, (Audit("kb.ingest", noted),)))
        told = sys.stderr if json_form else out
        if not json_form or isinstance(result, UnreadableDocumentError):
            told.writelines(f"{line}\n" for line in _as_lines(place, result))
    if json_form:
        out.write(json.dumps(_as_json(reports), ensure_ascii=False) + "\n")
    return fine


def _progress(words: str) -> None:
    sys.stderr.write(f"{words}\n")


@dataclass(frozen=True, slots=True)
class Place:
    """A document's name, and how its bytes and a file name that tells their kind are got.

    `read` raises UnreadableDocumentError.
    """

    name: str
    read: Callable[[], tuple[str, bytes]]


def _places_in(places: Sequence[str]) -> Iterator[Place]:
    """Every file and address named, folders walked, hidden files left out. Raises CannotStart for what is not there.

    A document is called as its file is; files of one name are told apart by where they lie.
    """
    files = [path for place in places if not _is_address(place) for path in _files(place)]
    shared = {name for name, count in Counter(path.name for path in files).items() if count > 1}
    for place in places:
        if _is_address(place):
            yield _address(place)
        else:
            yield from (_file(path, str(path) if path.name in shared else path.name) for path in _files(place))


def _is_address(place: str) -> bool:
    return place.startswith(("http://", "https://"))


def _files(place: str) -> list[Path]:
    path = Path(place)
    if path.is_dir():
        return [found for found in sorted(path.rglob("*")) if found.is_file() and not found.name.startswith(".")]
    if path.is_file():
        return [path]
    raise CannotStart(f"{place}: there is no such file or folder.")


def _file(path: Path, name: str) -> Place:
    return Place(name, lambda: (path.name, path.read_bytes()))


def _address(address: str) -> Place:
    """A page on the public internet; `read` refuses any other."""

    def read() -> tuple[str, bytes]:
        from knowledge.loading.web_address import fetch

        return fetch(address)

    return Place(address, read)


def _take_in(
    ingestion: Ingestion, places: Sequence[Place], *, team: str | None, progress: Callable[[str], None]
) -> Iterator[tuple[Place, IngestReport | UnreadableDocumentError]]:
    """What became of each document, one after the other."""
    for number, place in enumerate(places, 1):
        progress(f"{number}/{len(places)} {place.name}")
        try:
            file_name, content = place.read()
            texts = load(file_name, content)
            yield place, ingestion.ingest_texts(place.name, texts, team=team, hashed=content_hash(content))
        except UnreadableDocumentError as error:
            yield place, error


def _as_json(reports: Sequence[IngestReport]) -> dict[str, object]:
    """All reports in the form of `ingest --json`."""
    articles = [
        {"title": a.title, "source": a.source, "characters": a.characters, "merged_with": a.merged_with}
        for report in reports
        for a in report.articles
    ]
    dropped = [{"excerpt": d.excerpt, "reason": d.reason.value} for report in reports for d in report.dropped]
    return {"articles": articles, "dropped": dropped}


def _as_lines(place: Place, result: IngestReport | UnreadableDocumentError) -> Iterator[str]:
    """The report of one document for a person."""
    if isinstance(result, UnreadableDocumentError):
        yield f"{place.name}: {WORDS.plain(f'unreadable.{result.reason}')}"
    elif result.unchanged:
        yield f"{place.name}: known already, nothing changed"
    else:
        merged = [a for a in result.articles if a.merged_with]
        kept, dropped = len(result.kept), len(result.dropped)
        version = f"version {result.document.version}, " if result.document.version > 1 else ""
        yield f"{place.name}: {version}{kept} articles kept, {len(merged)} merged, {dropped} pieces dropped"
        if result.approved:
            yield f"  approved lines, shown as they stand: {result.approved}"
        if result.vectors_wait:
            yield f"  {WORDS.plain('kb.vectors_wait')}"
        yield from (f"  kept    {a.title[:60]} ({a.characters} characters)" for a in result.kept)
        yield from (f"  merged  {a.title[:40]} with {(a.merged_with or '')[:40]}" for a in merged)
        yield from (f"  dropped {d.reason.value}: {d.excerpt[:60]}" for d in result.dropped)
