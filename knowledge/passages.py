"""Passages, where they come from and what a search finds: all that the bot knows about search.

Every call of these protocols blocks (some for a few milliseconds, the first one for a second) and may be made
from any thread, so asynchronous callers hop to a thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from knowledge.approval import Span, approved_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

SHORTEST_PASSAGE = 60
LONGEST_PASSAGE = 500


class PassageKind(StrEnum):
    """What a passage is a part of: an entry of the library, or a document."""

    METHOD = "method"
    CASE = "case"
    OBJECTION = "objection"
    PERSONA = "persona"
    SCENARIO = "scenario"
    DOCUMENT = "document"


class Scope(StrEnum):
    """Where to look."""

    ALL = "all"
    LIBRARY = "library"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Passage:
    """60 to 500 characters that can be shown as they are, without heading, and where they stand.

    `owner` is the id of the library entry or of the article; `position` counts within it and its language.
    `team` None means shared with everybody. `approved` are the lines its document marks as approved wording; one that
    is longer makes the passage longer.
    """

    id: str
    kind: PassageKind
    title: str
    text: str
    language: str
    source: str
    owner: str
    position: int
    team: str | None = None
    approved: tuple[Span, ...] = ()

    @property
    def approved_lines(self) -> tuple[str, ...]:
        """The approved lines, to the character as they stand in the document."""
        return approved_in(self.text, self.approved)

    @property
    def shown_id(self) -> str:
        """The id the outside knows: the entry's own for the library, the passage's for a document."""
        return self.id if self.owner_is_document else self.owner

    @property
    def owner_is_document(self) -> bool:
        """Whether it stands in a document and not in the library."""
        return self.kind is PassageKind.DOCUMENT


class Listed(NamedTuple):
    """What is known of a passage without reading it; the same id always has the same text."""

    id: str
    kind: PassageKind
    language: str
    owner: str
    team: str | None

    @property
    def owner_is_document(self) -> bool:
        """Whether it stands in a document and not in the library."""
        return self.kind is PassageKind.DOCUMENT


@dataclass(frozen=True, slots=True)
class Article:
    """One cleaned article of a document, as it is shown; a document of a single text has one.

    `left_out` is the DropReason why no answer uses it, "" when answers may; `told_by` is the article it repeats.
    """

    id: str
    document_id: str
    title: str
    text: str
    position: int
    on_topic: bool = True
    left_out: str = ""
    told_by: str = ""
    approved: tuple[Span, ...] = ()

    @property
    def approved_lines(self) -> tuple[str, ...]:
        """The lines its document marks as approved wording, to the character."""
        return approved_in(self.text, self.approved)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document that cleaning dropped, and the DropReason."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file or page as it was taken in; `content_hash` tells whether it has been before.

    `approved_hash` names the lines in it that were known for approved wording then, "" when there were none.
    Documents of one name and team are versions of each other; only the newest saved or restored one is live.
    """

    id: str
    name: str
    content_hash: str
    team: str | None = None
    version: int = 1
    approved_hash: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A passage opened: itself, what it stands in, and its neighbours in reading order."""

    passage: Passage
    title: str
    source: str
    before: tuple[Passage, ...]
    after: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One result; `score` is higher for better and comparable across queries, `parts` say how it came about."""

    passage: Passage
    score: float
    rank: int
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The best passages, and whether those in scope answer the question.

    `why` is a short machine-readable reason for `answerable` (nothing_indexed, evidence, no_evidence); `evidence` says
    what it was weighed on.
    """

    hits: tuple[Hit, ...]
    answerable: bool
    why: str
    evidence: Mapping[str, float] = field(default_factory=dict)


class KnowledgeBase(Protocol):
    """Search and open what a team may see: the library, shared documents and its own."""

    def search(
        self, query: str, *, team: str | None, scope: Scope = Scope.ALL, k: int = 10, context: str | None = None
    ) -> SearchResults:
        """The `k` best passages for the query; `context` is the question before it in the same talk, if any."""

    def source(self, passage_id: str, *, team: str | None, neighbours: int = 1) -> Source:
        """The passage (or the entry's first one) with its neighbours. Raises UnknownPassageError."""

    def refresh(self) -> None:
        """Takes in what changed in the store since the last search; cheap when nothing did."""


class Embedder(Protocol):
    """Texts to vectors of one length, of unit norm, so that a dot product is their likeness in meaning."""

    @property
    def name(self) -> str:
        """Which model and version; vectors of different names must not be mixed."""

    @property
    def dimensions(self) -> int:
        """How long each vector is."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per text. Raises VectorsUnavailableError when the model cannot be reached."""


class PassageStore(Protocol):
    """Documents and passages where they are kept for good; every index can be rebuilt from it."""

    def generation(self) -> int:
        """A number that grows with every change, so that an index knows when it is behind."""

    def document_like(self, content_hash: str, *, team: str | None) -> Document | None:
        """The live document with this content that the team already sees, its own or shared."""

    def versions(self, name: str, *, team: str | None) -> Sequence[Document]:
        """The versions kept of a team's own document (None: of the shared one), withdrawn ones too, oldest first."""

    def rulings(self, *, team: str | None) -> Mapping[str, bool]:
        """What people decided about texts: True is taken in whatever cleaning says, False left out."""

    def listed_articles(self, *, team: str | None) -> Iterable[tuple[str, str]]:
        """The id and document of every live article the team sees but those that repeat another, off-topic ones too."""

    def read_articles(self, ids: Sequence[str]) -> Sequence[Article]:
        """The articles of these ids that are there, in any order; the same id always has the same text."""

    def passages(self) -> Iterable[Passage]:
        """Every live, searchable passage of all teams, in a stable order."""

    def listed(self) -> Sequence[Listed]:
        """The same without their texts: quick also when they are many."""

    def read(self, ids: Sequence[str]) -> Sequence[Passage]:
        """The live ones of these passages, of whichever team, in any order."""

    def passages_of(self, article_id: str) -> Sequence[Passage]:
        """The passages of an article in reading order."""

    def save(
        self,
        document: Document,
        articles: Sequence[Article],
        passages: Sequence[Passage],
        dropped: Sequence[Piece] = (),
    ) -> None:
        """Keeps a document with its parts, all or nothing, and withdraws its other versions; one of its id goes."""

    def withdraw(self, document_id: str) -> None:
        """Takes a document with its parts out of every answer."""

    def questions(self) -> Mapping[str, Sequence[str]]:
        """Generated questions by passage id, of live passages."""

    def keep_questions(self, questions: Mapping[str, Sequence[str]]) -> None:
        """Keeps what a question writer wrote for passages, by their id, so that it holds for the same text anywhere."""


class QuestionWriter(Protocol):
    """Writes questions a passage answers, in the words of somebody who has not read it."""

    def questions_for(self, passage: Passage) -> Sequence[str]:
        """At most two short questions; empty when the passage answers none."""
