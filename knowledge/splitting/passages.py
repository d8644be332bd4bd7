"""An article into passages that know where they stand."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from knowledge.folding import folded, language_of
from knowledge.passages import Article, Document, Passage, PassageKind
from knowledge.splitting.pieces import pieces_with_approved

if TYPE_CHECKING:
    from collections.abc import Sequence

_ID_LENGTH = 12


def passages_of_article(article: Article, document: Document) -> list[Passage]:
    """The article's passages in reading order; same text, same place, same id."""
    return [
        Passage(
            id=short_hash(article.id, str(position), piece),
            kind=PassageKind.DOCUMENT,
            title=article.title,
            text=piece,
            language=language_of(piece),
            source=document.name,
            owner=article.id,
            position=position,
            team=document.team,
            approved=approved,
        )
        for position, (piece, approved) in enumerate(pieces_with_approved(article.text, article.approved))
    ]


def short_hash(*parts: str) -> str:
    """A short name that these parts always have, and nothing else is likely to."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:_ID_LENGTH]


def text_key(text: str) -> str:
    """Names a text whatever its script, spaces and marks, so that a decision about it holds for the next file too."""
    return short_hash(re.sub(r"[\W_]+", "", folded(text)))


def content_hash(data: bytes | Sequence[str]) -> str:
    """Tells whether a file or its texts have been seen before."""
    content = data if isinstance(data, bytes) else "\0".join(data).encode("utf-8", "replace")
    return hashlib.sha256(content).hexdigest()
