"""Takes documents in: read, cleaned, split, kept; and says what was kept, merged and left out.

Taking the same document in again changes nothing and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from knowledge.approval import ApprovedLine
from knowledge.cleaning.approval_marks import marked_lines
from knowledge.cleaning.clean import Cleaned, cleaned_lines
from knowledge.cleaning.repeats import Repeats
from knowledge.cleaning.report import CleanArticle, Drop, DropReason, dropped
from knowledge.cleaning.rulings import Rulings
from knowledge.cleaning.topics import Topics
from knowledge.loading.documents import load
from knowledge.passages import Article, Document, Passage, PassageStore, Piece
from knowledge.splitting.passages import content_hash, passages_of_article, short_hash
from knowledge.told_articles import ToldArticles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.loading.texts import RawText

Progress = Callable[[str], None]

_TITLE_OF_PIECE = 24


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """An article found in a document; `merged_with` is the title of the one that already tells it."""

    title: str
    source: str
    characters: int
    merged_with: str | None = None


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of one document; `unchanged` when it was known and nothing was done.

    `approved` counts the lines it marks as approved wording. `vectors_wait` says that it is found by words alone until
    the embedder can be reached again; the first search that does reach it makes the vectors.
    """

    document: Document
    articles: tuple[ArticleReport, ...] = ()
    dropped: tuple[Drop, ...] = ()
    unchanged: bool = False
    approved: int = 0
    vectors_wait: bool = False

    @property
    def kept(self) -> tuple[ArticleReport, ...]:
        """The articles that can now be found."""
        return tuple(article for article in self.articles if article.merged_with is None)


@dataclass(slots=True)
class Ingestion:
    """Takes documents into a store; `topics` keeps what is no sales knowledge out of answers.

    `told` may be shared by several that take documents into the same memory.
    """

    store: PassageStore
    topics: Topics = field(default_factory=Topics)
    told: ToldArticles = field(default_factory=ToldArticles)

    def ingest(self, name: str, data: bytes, *, team: str | None, progress: Progress | None = None) -> IngestReport:
        """Takes one file in, all or nothing. Raises UnreadableDocumentError when it cannot be read."""
        return self.ingest_texts(name, load(name, data), team=team, hashed=content_hash(data), progress=progress)

    def ingest_texts(
        self, name: str, texts: Iterable[RawText], *, team: str | None, hashed: str, progress: Progress | None = None
    ) -> IngestReport:
        """Takes texts in that were read before, such as a web page or a photographed one.

        A known one is read again only where other lines of it count as approved wording now than did then.
        """
        texts = list(texts)
        lines = [_lines_of(text) for text in texts]
        approved = [line for of_text in lines for line in of_text if isinstance(line, ApprovedLine)]
        known = self.store.document_like(hashed, team=team)
        if known and (known.team != team or known.approved_hash == _hash_of(approved)):
            return IngestReport(known, unchanged=True)
        document = known or self._next_version(name, hashed, team)
        document = replace(document, approved_hash=_hash_of(approved))
        versions = self.store.versions(document.name, team=team)
        run = _Run(document, self.topics, self._repeats(team, versions), Rulings(self.store.rulings(team=team)))
        for text, of_text in zip(texts, lines, strict=True):
            if progress:
                progress(text.name)
            run.take(cleaned_lines(of_text, title=text.title))
            if text.unreadable:
                run.drops.append(dropped(text.name, DropReason.UNREADABLE))
        self.store.save(document, run.articles, run.passages, run.pieces)
        waits = bool(run.passages) and not self.topics.reaches_meaning()
        return IngestReport(document, tuple(run.reports), tuple(run.drops), approved=len(approved), vectors_wait=waits)

    def _next_version(self, name: str, hashed: str, team: str | None) -> Document:
        version = 1 + max((one.version for one in self.store.versions(name, team=team)), default=0)
        return Document(short_hash(team or "", name, hashed), name, hashed, team, version)

    def _repeats(self, team: str | None, replaced: Sequence[Document]) -> _Known:
        """What is told already, but for what the versions being replaced tell."""
        going = {document.id for document in replaced}
        ids = frozenset(one for one, of in self.store.listed_articles(team=team) if of not in going)
        self.told.learn(self.store, ids)
        return _Known(self.store, self.told, ids)


@dataclass(slots=True)
class _Known:
    """The articles a new one may repeat: some of the store, and those of its own document."""

    store: PassageStore
    told: ToldArticles
    ids: frozenset[str]
    own: Repeats = field(default_factory=Repeats)
    articles: dict[str, Article] = field(default_factory=dict)

    def add(self, article: Article) -> None:
        self.own.add(article.id, article.text)
        self.articles[article.id] = article

    def like(self, text: str) -> Article | None:
        found = [one for one in (self.told.like(text, among=self.ids), self.own.like(text)) if one]
        if not found:
            return None
        key = max(found, key=lambda one: one[1])[0]
        return self.articles.get(key) or next(iter(self.store.read_articles([key])), None)


def _lines_of(text: RawText) -> list[str]:
    return marked_lines(text.text, title=text.title, headings=text.headings, is_wrapped=text.is_wrapped)


def _hash_of(approved: Sequence[str]) -> str:
    return short_hash(*approved) if approved else ""


@dataclass(slots=True)
class _Run:
    """One document on its way in."""

    document: Document
    topics: Topics
    known: _Known
    rulings: Rulings
    articles: list[Article] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    reports: list[ArticleReport] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)

    @property
    def pieces(self) -> list[Piece]:
        """What cleaning dropped, but for whole articles."""
        whole = (DropReason.OFF_TOPIC, DropReason.THROWN_OUT)
        return [Piece(drop.text, drop.reason.value) for drop in self.drops if drop.reason not in whole]

    def take(self, found: Cleaned) -> None:
        """Takes the articles of one text, the longest of several alike, and the dropped pieces somebody wants."""
        wanted = [drop for drop in found.drops if self.rulings.on(drop.text)]
        self.drops += [drop for drop in found.drops if drop not in wanted]
        articles = [*found.articles, *(article_of_piece(drop.text) for drop in wanted)]
        order = {id(article): at for at, article in enumerate(articles)}
        reports: list[tuple[int, ArticleReport]] = []
        for article in sorted(articles, key=lambda one: -len(one.text)):
            if report := self._take_one(article, position=len(self.articles)):
                reports.append((order[id(article)], report))
        self.reports += [report for _, report in sorted(reports, key=lambda pair: pair[0])]

    def _take_one(self, article: CleanArticle, *, position: int) -> ArticleReport | None:
        told = self.known.like(article.text)
        says_more = bool(article.approved) and not tells_approved(told, article.approved_lines)
        on_topic = bool(article.approved) or (
            told.on_topic if told else self.topics.is_selling(article.title, article.text)
        )
        reason = self._against(article.text, is_told=told is not None and not says_more, on_topic=on_topic)
        taken = Article(
            id=short_hash(self.document.id, article.title, article.text),
            document_id=self.document.id,
            title=article.title,
            text=article.text,
            position=position,
            on_topic=on_topic,
            left_out=reason.value if reason else "",
            told_by=told.id if told and reason else "",
            approved=article.approved,
        )
        self.articles.append(taken)
        if not told:
            self.known.add(taken)
        if reason in (DropReason.OFF_TOPIC, DropReason.THROWN_OUT):
            self.drops.append(dropped(f"{article.title} {article.text}", reason))
            return None
        if told and reason:
            return ArticleReport(article.title, self.document.name, len(article.text), merged_with=told.title)
        self.passages += passages_of_article(taken, self.document)
        return ArticleReport(taken.title, self.document.name, len(taken.text))

    def _against(self, text: str, *, is_told: bool, on_topic: bool) -> DropReason | None:
        """Why no answer may use the article; what a person decided goes before everything."""
        ruled = self.rulings.on(text)
        if ruled is not None:
            return None if ruled else DropReason.THROWN_OUT
        if not on_topic:
            return DropReason.OFF_TOPIC
        return DropReason.REPEATED if is_told else None


def tells_approved(teller: Article | None, lines: Iterable[str]) -> bool:
    """Whether an article has all these lines as approved ones too, so that it can stand for one that has them."""
    return teller is not None and set(lines) <= set(teller.approved_lines)


def article_of_piece(text: str) -> CleanArticle:
    """A dropped piece as an article of its own."""
    return CleanArticle(" ".join(text.split())[:_TITLE_OF_PIECE], text)
