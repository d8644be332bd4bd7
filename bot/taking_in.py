"""`ridealong ingest`: files, folders and addresses into the team's documents, with a report of what was dropped."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.errors import CannotStart
from knowledge.errors import UnreadableDocumentError
from knowledge.ingestion import Ingestion, IngestReport, Progress


def files_in(places: Sequence[str]) -> Iterator[Path]:
    """Every file named, folders walked, hidden ones left out. Raises CannotStart for a place that is not there."""
    for place in places:
        path = Path(place)
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        elif path.is_file():
            yield path
        else:
            raise CannotStart(f"{place}: there is no such file or folder.")


def take_in(
    ingestion: Ingestion, files: Sequence[Path], *, team: str | None, progress: Progress
) -> Iterator[tuple[Path, IngestReport | UnreadableDocumentError]]:
    """What became of each file, one after the other."""
    for number, file in enumerate(files, 1):
        progress(f"{number}/{len(files)} {file.name}")
        try:
            yield file, ingestion.ingest(file.name, file.read_bytes(), team=team)
        except UnreadableDocumentError as error:
            yield file, error


def as_json(reports: Sequence[IngestReport]) -> dict[str, object]:
    """All reports in the form of `ingest --json`."""
    articles = [
        {"title": a.title, "source": a.source, "characters": a.characters, "merged_with": a.merged_with}
        for report in reports
        for a in report.articles
    ]
    dropped = [{"excerpt": d.excerpt, "reason": d.reason.value} for report in reports for d in report.dropped]
    return {"articles": articles, "dropped": dropped}


def as_lines(file: Path, result: IngestReport | UnreadableDocumentError) -> Iterator[str]:
    """The report of one file for a person."""
    if isinstance(result, UnreadableDocumentError):
        yield f"{file.name}: {result}"
    elif result.unchanged:
        yield f"{file.name}: known already, nothing changed"
    else:
        merged = [a for a in result.articles if a.merged_with]
        kept, dropped = len(result.kept), len(result.dropped)
        yield f"{file.name}: {kept} articles kept, {len(merged)} merged, {dropped} pieces dropped"
        yield from (f"  kept    {a.title[:60]} ({a.characters} characters)" for a in result.kept)
        yield from (f"  merged  {a.title[:40]} with {(a.merged_with or '')[:40]}" for a in merged)
        yield from (f"  dropped {d.reason.value}: {d.excerpt[:60]}" for d in result.dropped)
