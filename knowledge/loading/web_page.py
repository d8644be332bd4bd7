"""HTML to text: what a reader of the page would read, without scripts, menus and forms."""

from __future__ import annotations

import re
import warnings

from knowledge.loading.plain_text import decoded
from knowledge.loading.texts import RawText

_NOT_READ = (
    "script", "style", "noscript", "template", "iframe", "object", "svg", "nav", "header", "footer", "aside",
    "form", "button", "select", "textarea",
)  # fmt: skip
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "code",
        "em",
        "font",
        "i",
        "img",
        "label",
        "mark",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "td",
        "th",
        "u",
    }
)
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h1", "h2", "title"})
_RANKED = re.compile(r"^h[1-6]$")
_DECLARED = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)


def read_web_page(name: str, data: bytes) -> list[RawText]:
    """The page as one text, titled as the page is. Raises UnreadableDocumentError when it is not text."""
    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        page = BeautifulSoup(_markup(name, data), "html.parser")
    title = page.title.get_text(" ", strip=True) if page.title else ""
    body = page.body or page
    ranks = {_spaced(heading.get_text()).strip(): int(heading.name[1]) for heading in body.find_all(_RANKED)}
    return [RawText(name, title, _read(body), headings=ranks)]


def _markup(name: str, data: bytes) -> str:
    declared = _DECLARED.search(data[:4000])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (UnicodeDecodeError, LookupError):
            pass
    return decoded(name, data)


def _read(body: object) -> str:
    """Walks the tree without recursion, so that depth cannot hurt."""
    from bs4.element import Comment, NavigableString, PageElement, PreformattedString, Tag

    assert isinstance(body, Tag)
    parts: list[str] = []
    waiting: list[PageElement | str] = list(reversed(body.contents))
    while waiting:
        item = waiting.pop()
        if isinstance(item, Tag):
            if item.name in _NOT_READ or "hidden" in item.attrs or "display:none" in _style(item):
                continue
            edge = (
                ("\n\n" if item.name in _HEADINGS else "\n")
                if item.name not in _INLINE
                else " " * (item.name in _CELLS)
            )
            waiting.append(_Edge(edge))
            waiting.extend(reversed(item.contents))
            parts.append(edge)
        elif isinstance(item, _Edge):
            parts.append(item)
        elif isinstance(item, NavigableString) and not isinstance(item, Comment | PreformattedString):
            parts.append(_spaced(item))
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t]+", " ", "".join(parts)))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _spaced(text: str) -> str:
    """White space as a browser shows it: hard and wide spaces stay."""
    return re.sub(r"[ \t\n\r\f]+", " ", text)


def _style(item: object) -> str:
    from bs4.element import Tag

    return str(item.attrs.get("style", "")).replace(" ", "").lower() if isinstance(item, Tag) else ""


class _Edge(str):
    """A line end to write once the children of a block are read."""

    __slots__ = ()
