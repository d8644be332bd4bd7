"""What an answer rests on: passages, each with the words quoted from it, contiguous."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.library_entries import LibraryEntry
from knowledge.library_passages import passages_of_entry
from knowledge.passages import Passage

_SENTENCE_END = re.compile(
    r"(?<=[。！？!?；;])(?![。！？!?；;…”’」』）)])|(?<=[。！？!?][”’」』）)])|(?<=[.])\s+(?=[A-Z\"'“])|\n+"
)
_SHORTEST_QUOTE = 6


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage by its id, and words that stand in it (white space aside)."""

    id: str
    title: str
    source: str
    quote: str


def squeezed(text: str) -> str:
    """The text without white space, as quotes are compared."""
    return re.sub(r"\s+", "", text)


def stands_in(quote: str, text: str) -> bool:
    """True where the quote is contiguous in the text, white space aside."""
    return bool(squeezed(quote)) and squeezed(quote) in squeezed(text)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text as they stand, end marks kept."""
    return [sentence.strip() for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def citation_of(passage: Passage, quote: str) -> Citation:
    """A citation of words that stand in this passage. Raises ValueError when they do not."""
    if not stands_in(quote, passage.text):
        raise ValueError("a quote must stand in its passage")
    return Citation(passage.id, passage.title, passage.source, quote)


def cited(text: str, entry: LibraryEntry, language: str) -> Citation | None:
    """Where the entry says this: the passage with the text, or with the longest of its sentences."""
    passages = [passage for passage in passages_of_entry(entry) if passage.language == language]
    for quote in (text, *_pieces(text)):
        for passage in passages:
            if stands_in(quote, passage.text):
                return citation_of(passage, quote)
    return None


def _pieces(text: str) -> Sequence[str]:
    clauses = re.split(r"(?<=[，,、：:—])", text)
    pieces = [*sentences_of(text), *(clause.strip() for clause in clauses)]
    return sorted((piece for piece in pieces if len(piece) >= _SHORTEST_QUOTE), key=len, reverse=True)
