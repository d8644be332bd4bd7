"""`ridealong ingest`: files, folders and addresses into the team's documents, with a report of what was dropped."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import CannotStart
from bot.wording.phrasebook import Phrasebook
from knowledge.errors import UnreadableDocumentError
from knowledge.ingestion import Ingestion, IngestReport

WORDS = Phrasebook("en")
"""The command line speaks English."""


@dataclass(frozen=True, slots=True)
class Place:
    """A document's name, and how its name and bytes are got; `read` raises UnreadableDocumentError."""

    name: str
    read: Callable[[], tuple[str, bytes]]


def places_in(places: Sequence[str]) -> Iterator[Place]:
    """Every file and address named, folders walked, hidden files left out. Raises CannotStart for what is not there."""
    for place in places:
        path = Path(place)
        if place.startswith(("http://", "https://")):
            yield _address(place)
        elif path.is_dir():
            yield from (_file(p) for p in sorted(path.rglob("*")) if p.is_file() and not p.name.startswith("."))
        elif path.is_file():
            yield _file(path)
        else:
            raise CannotStart(f"{place}: there is no such file or folder.")


def _file(path: Path) -> Place:
    return Place(path.name, lambda: (path.name, path.read_bytes()))


def _address(address: str) -> Place:
    def read() -> tuple[str, bytes]:
        from knowledge.loading.web_address import fetch

        return fetch(address)

    return Place(address, read)


def take_in(
    ingestion: Ingestion, places: Sequence[Place], *, team: str | None, progress: Callable[[str], None]
) -> Iterator[tuple[Place, IngestReport | UnreadableDocumentError]]:
    """What became of each document, one after the other."""
    for number, place in enumerate(places, 1):
        progress(f"{number}/{len(places)} {place.name}")
        try:
            name, content = place.read()
            yield place, ingestion.ingest(name, content, team=team)
        except UnreadableDocumentError as error:
            yield place, error


def as_json(reports: Sequence[IngestReport]) -> dict[str, object]:
    """All reports in the form of `ingest --json`."""
    articles = [
        {"title": a.title, "source": a.source, "characters": a.characters, "merged_with": a.merged_with}
        for report in reports
        for a in report.articles
    ]
    dropped = [{"excerpt": d.excerpt, "reason": d.reason.value} for report in reports for d in report.dropped]
    return {"articles": articles, "dropped": dropped}


def as_lines(place: Place, result: IngestReport | UnreadableDocumentError) -> Iterator[str]:
    """The report of one document for a person."""
    if isinstance(result, UnreadableDocumentError):
        yield f"{place.name}: {WORDS.plain(f'unreadable.{result.reason}')}"
    elif result.unchanged:
        yield f"{place.name}: known already, nothing changed"
    else:
        merged = [a for a in result.articles if a.merged_with]
        kept, dropped = len(result.kept), len(result.dropped)
        yield f"{place.name}: {kept} articles kept, {len(merged)} merged, {dropped} pieces dropped"
        yield from (f"  kept    {a.title[:60]} ({a.characters} characters)" for a in result.kept)
        yield from (f"  merged  {a.title[:40]} with {(a.merged_with or '')[:40]}" for a in merged)
        yield from (f"  dropped {d.reason.value}: {d.excerpt[:60]}" for d in result.dropped)
