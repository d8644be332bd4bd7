"""Search results for tests, from the small library and from texts given."""

from knowledge.library_entries import Library
from knowledge.library_passages import passages_of_entry
from knowledge.passages import Hit, Passage, PassageKind, SearchResults
from tests.knowledge.small_library import small_library

LIBRARY = small_library()


def entry_hit(entry_id: str, language: str = "zh", score: float = 1.0, library: Library = LIBRARY) -> Hit:
    entry = library.entry(entry_id)
    assert entry is not None
    passage = next(one for one in passages_of_entry(entry) if one.language == language)
    return Hit(passage, score, 1)


def document_hit(text: str, title: str = "文章", score: float = 1.0, number: int = 0) -> Hit:
    passage = Passage(f"d-{number}", PassageKind.DOCUMENT, title, text, "zh", "资料.txt", f"a-{number}", 0)
    return Hit(passage, score, 1)


def found(*hits: Hit, answerable: bool = True) -> SearchResults:
    return SearchResults(tuple(hits), answerable, "evidence" if answerable else "no_evidence")


def passages_by_id(results: SearchResults, library: Library = LIBRARY) -> dict[str, str]:
    """The text of every passage that a citation may name."""
    of_library = {one.id: one.text for entry in library.entries for one in passages_of_entry(entry)}
    return of_library | {hit.passage.id: hit.passage.text for hit in results.hits}
