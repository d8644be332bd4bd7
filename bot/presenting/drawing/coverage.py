"""The fields of the methods as tiles: what is known, confirmed, disputed or still open."""

from collections.abc import Mapping

from bot.presenting.drawing.page import (
    BLUE,
    BODY,
    GREEN,
    HEAD,
    INK,
    LINE,
    MARGIN,
    PAPER,
    QUIET,
    RED,
    SMALL,
    WIDTH,
    Page,
    Values,
    fitted,
    width_of,
)

STATES: Mapping[str, tuple[str, str, str, str]] = {
    "confirmed": ("o", "full", GREEN, "#e2f3ec"),
    "heard": ("o", "left", BLUE, "#e6f1f8"),
    "contradicted": ("X", "full", RED, "#fcebe2"),
    "not_discussed": ("_", "full", QUIET, PAPER),
    "empty": ("o", "none", QUIET, PAPER),
}
"""The sign, how it is filled, its colour and the tile's, for each state."""
_GAP, _TILE = 24, 190


def draw_coverage(picture: Values) -> Page:
    """The page."""
    page = Page()
    page.heading(picture["title"], picture["note"])
    for method in picture["methods"]:
        page.words(MARGIN, page.y, method["name"], HEAD, INK)
        page.y += HEAD * 1.6
        for at in range(0, len(method["tiles"]), 2):
            _row(page, method["tiles"][at : at + 2])
        page.y += 24
    _legend(page, picture["states"])
    return page


def _row(page: Page, tiles: list[Values]) -> None:
    width = (WIDTH - 2 * MARGIN - _GAP) / 2
    for place, tile in enumerate(tiles):
        x, y = MARGIN + place * (width + _GAP), page.y
        form, filled, color, back = STATES[tile["state"]]
        is_open = tile["state"] in {"empty", "not_discussed"}
        page.box((x, y, width, _TILE), back, edge=LINE if is_open else color, dashed=is_open)
        page.mark(x + 46, y + 48, form, color, size=36, filled=filled)
        page.words(x + 80, y + 28, fitted(tile["name"], BODY, width - 100, 1)[0], BODY, QUIET if is_open else INK)
        for number, line in enumerate(fitted(tile["text"], SMALL, width - 50, 2)):
            page.words(x + 26, y + 92 + number * 42, line, SMALL, QUIET if is_open else INK)
    page.y += _TILE + _GAP


def _legend(page: Page, states: list[list[str]]) -> None:
    x = float(MARGIN + 14)
    for state, name in states:
        form, filled, color, _ = STATES[state]
        step = 66 + width_of(name, SMALL)
        if x + step > WIDTH - MARGIN + 20:
            x, page.y = float(MARGIN + 14), page.y + 52
        page.mark(x, page.y + 18, form, color, size=26, filled=filled)
        page.words(x + 26, page.y, name, SMALL, QUIET)
        x += step
    page.y += 48
