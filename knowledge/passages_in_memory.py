"""A passage store that keeps everything in memory: for tests, trials and the batch commands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.passages import Listed
from knowledge.splitting.passages import text_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from knowledge.passages import Article, Document, Passage, Piece


@dataclass(frozen=True, slots=True)
class _Kept:
    document: Document
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]


@dataclass(slots=True)
class PassagesInMemory:
    """Fulfils PassageStore; gone with the process."""

    _kept: dict[str, _Kept] = field(default_factory=dict)
    _by_id: dict[str, Passage] = field(default_factory=dict)
    _questions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _generation: int = 0

    def generation(self) -> int:
        """Grows by one with every save, withdrawal and kept question."""
        return self._generation

    def document_like(self, content_hash: str, *, team: str | None) -> Document | None:
        """The live document with this content that the team sees."""
        seen = (kept.document for kept in self._seen_by(team))
        return next((document for document in seen if document.content_hash == content_hash), None)

    def versions(self, name: str, *, team: str | None) -> Sequence[Document]:
        """The live version alone; older ones are not kept here."""
        return [
            kept.document for kept in self._kept.values() if (kept.document.name, kept.document.team) == (name, team)
        ]

    def rulings(self, *, team: str | None) -> Mapping[str, bool]:
        """None: nobody decides here."""
        return {}

    def listed_articles(self, *, team: str | None) -> Iterable[tuple[str, str]]:
        """The id and document of every live article the team sees but those that repeat another."""
        seen = (article for kept in self._seen_by(team) for article in kept.articles)
        return [(article.id, article.document_id) for article in seen if article.left_out != "repeated"]

    def read_articles(self, ids: Sequence[str]) -> Sequence[Article]:
        """Articles by their ids."""
        wanted = set(ids)
        return [article for kept in self._kept.values() for article in kept.articles if article.id in wanted]

    def passages(self) -> Iterable[Passage]:
        """Every live passage, in the order saved."""
        return list(self._by_id.values())

    def listed(self) -> Sequence[Listed]:
        """The same without their texts."""
        return [Listed(one.id, one.kind, one.language, one.owner, one.team) for one in self._by_id.values()]

    def read(self, ids: Sequence[str]) -> Sequence[Passage]:
        """Passages by their ids."""
        return [self._by_id[passage_id] for passage_id in ids if passage_id in self._by_id]

    def passages_of(self, article_id: str) -> Sequence[Passage]:
        """The passages of an article in reading order."""
        return sorted((p for p in self._by_id.values() if p.owner == article_id), key=lambda p: p.position)

    def save(
        self,
        document: Document,
        articles: Sequence[Article],
        passages: Sequence[Passage],
        dropped: Sequence[Piece] = (),
    ) -> None:
        """Keeps a document with its parts instead of its other versions; what was dropped is forgotten here."""
        for old in self.versions(document.name, team=document.team):
            self._forget(old.id)
        self._forget(document.id)
        self._kept[document.id] = _Kept(document, tuple(articles), tuple(passages))
        self._by_id.update((passage.id, passage) for passage in passages)
        self._generation += 1

    def withdraw(self, document_id: str) -> None:
        """Takes a document with its parts out."""
        self._forget(document_id)
        self._generation += 1

    def questions(self) -> Mapping[str, Sequence[str]]:
        """Generated questions by passage id."""
        if not self._questions:
            return {}
        keys = {passage_id: text_key(passage.text) for passage_id, passage in self._by_id.items()}
        return {passage_id: self._questions[key] for passage_id, key in keys.items() if key in self._questions}

    def keep_questions(self, questions: Mapping[str, Sequence[str]]) -> None:
        """Keeps questions for the texts of these passages."""
        here = {passage_id: found for passage_id, found in questions.items() if passage_id in self._by_id}
        self._questions.update((text_key(self._by_id[one].text), tuple(found)) for one, found in here.items())
        self._generation += 1

    def _seen_by(self, team: str | None) -> Iterator[_Kept]:
        return (kept for kept in self._kept.values() if kept.document.team in (None, team))

    def _forget(self, document_id: str) -> None:
        old = self._kept.pop(document_id, None)
        for passage in old.passages if old else ():
            self._by_id.pop(passage.id, None)
