"""Everything that can go wrong with knowledge, each error saying what happened and what to do.

KnowledgeError
├── LibraryError              the library breaks its schema
├── UnknownPassageError       an id that opens nothing for this team
├── UnreadableDocumentError   a document that cannot be taken in; `reason` is a wording key
└── VectorsUnavailableError   meaning cannot be searched right now; words still can
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.library_schema import Mistake


class KnowledgeError(Exception):
    """Something about the library, the documents or the search failed; see the message."""


class LibraryError(KnowledgeError):
    """Library entries break the schema; `mistakes` names file and line of every one, correct them all."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class UnknownPassageError(KnowledgeError):
    """No passage or entry of this id is visible to the team; it may have been withdrawn or replaced."""

    def __init__(self, passage_id: str) -> None:
        self.passage_id = passage_id
        super().__init__(passage_id)


class UnreadableDocumentError(KnowledgeError):
    """A document cannot be read and nothing was changed; `reason` is the wording key that says why."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"{name}: {reason}")


class VectorsUnavailableError(KnowledgeError):
    """The embedding or its index cannot be used; search by words instead and rebuild the index."""
