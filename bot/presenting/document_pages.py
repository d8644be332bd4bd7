"""Documents on a phone: the list, one of them, what it holds and what was left out, each page with its buttons."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.documents import ShelfArticle, ShelfDocument, ShelfPiece
from bot.domain.message import Button, Reply
from bot.domain.rep import Role, Viewer
from bot.domain.rich_text import RichText, bold, joined
from bot.wording.phrasebook import Phrasebook
from knowledge.approval import marked

SKILL = "kb"
PER_PAGE = 6
_LONGEST_PART = 1200
_LONGEST_NAME = 40
_SHOWN_BESIDES = 3
UNREADABLE = "unreadable"
Item = TypeVar("Item")
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """A document with all its articles and what cleaning took out of it."""

    document: ShelfDocument
    articles: Sequence[ShelfArticle]
    pieces: Sequence[ShelfPiece]

    @property
    def kept(self) -> list[ShelfArticle]:
        """The articles answers may use."""
        return [one for one in self.articles if not one.left_out]

    @property
    def left_out(self) -> list[ShelfArticle | ShelfPiece]:
        """Everything else, whole articles first."""
        return [*(one for one in self.articles if one.left_out), *self.pieces]


@dataclass(frozen=True, slots=True)
class DocumentPages:
    """The pages in one language, as one viewer may see and use them."""

    words: Phrasebook
    viewer: Viewer

    def result(self, content: DocumentContent, *, known: bool, vectors_wait: bool = False) -> Reply:
        """What became of a document just taken in; `known` when it was there already."""
        words, document = self.words, content.document
        key = "known" if known else "taken_in_again" if document.version > 1 else "taken_in"
        lines = [words.say(f"kb.{key}", name=document.name, version=document.version)]
        lines.append(words.say("kb.kept", count=document.kept))
        if approved := sum(len(one.approved) for one in content.kept):
            lines.append(words.say("kb.approved", count=approved))
        merged = [one for one in content.articles if one.told_by and one.left_out]
        if merged:
            lines.append(words.say("kb.merged", count=len(merged)))
            lines += [self._merged(one) for one in merged[:_SHOWN_BESIDES]]
        lines += self._reasons(content)
        lines += [words.say("kb.vectors_wait")] if vectors_wait else []
        return Reply(joined(lines), self._changes(document, has_left_out=bool(content.left_out)))

    def overview(self, documents: Sequence[ShelfDocument], page: int, *, open_questions: int = 0) -> Reply:
        """The documents there are, a page at a time."""
        words = self.words
        shown, start = _page_of(documents, page)
        lines = [words.say("kb.title", count=len(documents)) if documents else words.say("kb.none")]
        lines += [self._line(one) for one in shown]
        lines.append(words.say("kb.how_to_teach") if self.viewer.role is not Role.REP else words.say("kb.how_to_find"))
        rows: list[tuple[Button, ...]] = [(Button(_shortened(one.name), f"{SKILL}:doc:{one.id}"),) for one in shown]
        rows += self._turning(f"{SKILL}:list", start, len(documents))
        if open_questions:
            rows.append((Button(words.plain("kb.gaps_button", count=open_questions), f"{SKILL}:gaps:0"),))
        return Reply(joined(lines), tuple(rows))

    def document(self, content: DocumentContent, versions: Sequence[ShelfDocument]) -> Reply:
        """One document: what is in it, who sees it, what can be done."""
        words, document = self.words, content.document
        lines = [words.say("kb.document", name=document.name, version=document.version), self._line(document)]
        lines += self._reasons(content) if self.viewer.role is not Role.REP else []
        rows: list[tuple[Button, ...]] = []
        if content.kept:
            rows.append((Button(words.plain("kb.articles_button"), f"{SKILL}:arts:{document.id}:0"),))
        rows += self._changes(document, has_left_out=bool(content.left_out))
        if document.may_be_changed_by(self.viewer):
            for one in [one for one in versions if one.id != document.id][:_SHOWN_BESIDES]:
                label = words.plain("kb.version_button", version=one.version)
                rows.append((Button(label, f"{SKILL}:restore:{one.id}"),))
        rows.append((Button(words.plain("kb.all_button"), f"{SKILL}:list:0"),))
        return Reply(joined(lines), tuple(rows))

    def articles(self, content: DocumentContent, page: int) -> Reply:
        """The articles answers may use, a page at a time."""
        shown, start = _page_of(content.kept, page)
        lines = [self.words.say("kb.articles", name=content.document.name, count=len(content.kept))]
        lines += [RichText(f"{at}. {_shortened(one.title)}") for at, one in enumerate(shown, start + 1)]
        rows: list[tuple[Button, ...]] = [
            tuple(Button(str(at), f"{SKILL}:art:{one.id}:0") for at, one in enumerate(shown, start + 1))
        ]
        rows += self._turning(f"{SKILL}:arts:{content.document.id}", start, len(content.kept))
        rows.append(self._back_to(content.document.id))
        return Reply(joined(lines), tuple(row for row in rows if row))

    def article(self, article: ShelfArticle, document: ShelfDocument, part: int) -> Reply:
        """An article to read, a part at a time."""
        words = self.words
        parts = parts_of(marked(article.text, article.approved, words.plain("answer.approved_mark")))
        part = part if part < len(parts) else 0
        place = [words.say("kb.part", number=part + 1, count=len(parts))] if len(parts) > 1 else []
        why = [self._reason(article.left_out)] if article.left_out else []
        text = joined([bold(article.title), *why, RichText(parts[part]), *place], "\n\n")
        back = Button(words.plain("kb.back_button"), f"{SKILL}:art:{article.id}:{part - 1}")
        on = Button(words.plain("kb.on_button"), f"{SKILL}:art:{article.id}:{part + 1}")
        rows = [tuple(button for button, fits in ((back, part > 0), (on, part + 1 < len(parts))) if fits)]
        if document.may_be_changed_by(self.viewer):
            rows.append((self._ruling(article),))
        rows.append(self._back_to(document.id))
        return Reply(text, tuple(row for row in rows if row))

    def left_out(self, content: DocumentContent, page: int) -> Reply:
        """What no answer uses, each with the reason and a button that takes it in."""
        words, document = self.words, content.document
        shown, start = _page_of(content.left_out, page)
        lines = [words.say("kb.left_out", name=document.name, count=len(content.left_out))]
        lines += [self._left_out(at, one) for at, one in enumerate(shown, start + 1)]
        may = document.may_be_changed_by(self.viewer)
        wanted = [(at, one) for at, one in enumerate(shown, start + 1) if _has_words(one)]
        take = tuple(self._take(at, one) for at, one in wanted) if may else ()
        rows = [take[:3], take[3:], *self._turning(f"{SKILL}:drops:{document.id}", start, len(content.left_out))]
        rows.append(self._back_to(document.id))
        return Reply(joined(lines, "\n\n"), tuple(row for row in rows if row))

    def _line(self, document: ShelfDocument) -> RichText:
        words = self.words
        seen = "withdrawn" if not document.is_live else "shared" if document.is_shared else "own_team"
        where = words.say(f"kb.{seen}")
        name, version = _shortened(document.name), document.version
        return words.say("kb.line", name=name, count=document.kept, version=version, where=where)

    def _changes(self, document: ShelfDocument, *, has_left_out: bool) -> Rows:
        if not document.may_be_changed_by(self.viewer):
            return ()
        words = self.words
        rows: list[tuple[Button, ...]] = []
        if has_left_out:
            rows.append((Button(words.plain("kb.left_out_button"), f"{SKILL}:drops:{document.id}:0"),))
        action = "withdraw" if document.is_live else "restore"
        change = [Button(words.plain(f"kb.{action}_button"), f"{SKILL}:{action}:{document.id}")]
        if self.viewer.role is Role.ADMIN and document.is_live:
            share = "own" if document.is_shared else "share"
            change.append(Button(words.plain(f"kb.{share}_button"), f"{SKILL}:{share}:{document.id}"))
        return (*rows, tuple(change))

    def _reasons(self, content: DocumentContent) -> list[RichText]:
        """How much was left out for which reason; what is merged is told beside."""
        counts = Counter(one.reason for one in content.pieces)
        counts += Counter(one.left_out for one in content.articles if one.left_out and not one.told_by)
        if not counts:
            return []
        each = self.words.plain("kb.comma").join(
            f"{self.words.plain(f'dropped.{reason}')} {count}" for reason, count in counts.most_common()
        )
        return [self.words.say("kb.dropped", count=counts.total(), each=each)]

    def _merged(self, article: ShelfArticle) -> RichText:
        return self.words.say("kb.merged_with", title=_shortened(article.title), other=_shortened(article.told_by))

    def _left_out(self, number: int, one: ShelfArticle | ShelfPiece) -> RichText:
        reason = one.left_out if isinstance(one, ShelfArticle) else one.reason
        told = f"{one.title} {one.text}" if isinstance(one, ShelfArticle) else one.text
        return self.words.say("kb.left_out_line", number=number, reason=self._reason(reason), text=_excerpt(told))

    def _take(self, number: int, one: ShelfArticle | ShelfPiece) -> Button:
        action = "in" if isinstance(one, ShelfArticle) else "piece"
        return Button(self.words.plain("kb.take_in_button", number=number), f"{SKILL}:{action}:{one.id}")

    def _ruling(self, article: ShelfArticle) -> Button:
        if article.left_out:
            return Button(self.words.plain("kb.take_this_in_button"), f"{SKILL}:in:{article.id}")
        return Button(self.words.plain("kb.throw_out_button"), f"{SKILL}:out:{article.id}")

    def _reason(self, reason: str) -> RichText:
        return self.words.say(f"dropped.{reason}")

    def _back_to(self, document_id: str) -> tuple[Button, ...]:
        return (Button(self.words.plain("kb.document_button"), f"{SKILL}:doc:{document_id}"),)

    def _turning(self, action: str, start: int, count: int) -> list[tuple[Button, ...]]:
        page = start // PER_PAGE
        before = Button(self.words.plain("kb.before_button"), f"{action}:{page - 1}")
        after = Button(self.words.plain("kb.after_button"), f"{action}:{page + 1}")
        row = tuple(button for button, fits in ((before, page > 0), (after, start + PER_PAGE < count)) if fits)
        return [row] if row else []


def _has_words(one: ShelfArticle | ShelfPiece) -> bool:
    """Of a file nobody could read there is nothing to take in."""
    return isinstance(one, ShelfArticle) or one.reason != UNREADABLE


def parts_of(text: str) -> list[str]:
    """A long text in parts of about a phone screen, cut at line ends where that can be."""
    parts: list[str] = [""]
    for line in text.splitlines(keepends=True):
        for start in range(0, len(line), _LONGEST_PART):
            stretch = line[start : start + _LONGEST_PART]
            if parts[-1] and len(parts[-1]) + len(stretch) > _LONGEST_PART:
                parts.append("")
            parts[-1] += stretch
    return [part.strip() for part in parts if part.strip()] or [text]


def _page_of(items: Sequence[Item], page: int) -> tuple[Sequence[Item], int]:
    start = page * PER_PAGE if 0 <= page * PER_PAGE < len(items) else 0
    return items[start : start + PER_PAGE], start


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 3 * _LONGEST_NAME else f"{flat[: 3 * _LONGEST_NAME]}…"
