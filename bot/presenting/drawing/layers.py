"""The customer's house: who decides above, who has a say, who uses it below, and who helps from inside."""

from bot.presenting.drawing.page import (
    AMBER,
    BLUE,
    BODY,
    GREEN,
    HEAD,
    INK,
    LINE,
    MARGIN,
    PAPER,
    QUIET,
    SMALL,
    WIDTH,
    Page,
    Values,
    fitted,
)

_TINTS = ("#d9e9f4", "#e6f1f8", "#f1f7fb")
_PERSON, _GAP = 128, 20


def draw_layers(picture: Values) -> Page:
    """The page."""
    page = Page()
    page.heading(picture["title"], picture["note"])
    for number, layer in enumerate(picture["layers"]):
        if number:
            _stairs(page)
        _layer(page, layer, _TINTS[number], BLUE)
    page.y += 44
    _layer(page, picture["inside"], "#e2f3ec", GREEN)
    return page


def _stairs(page: Page) -> None:
    """The way down to the next floor, and back up."""
    y = page.y + 32
    page.mark(WIDTH / 2 - 40, y, "v", LINE, size=30)
    page.mark(WIDTH / 2 + 40, y, "^", LINE, size=30)
    page.y += 64


def _layer(page: Page, layer: Values, tint: str, color: str) -> None:
    people = layer["people"]
    rows = max(1, (len(people) + 1) // 2)
    top, height = page.y, 96 + rows * (_PERSON + _GAP) + 8
    tint, color = (tint, color) if people else (PAPER, AMBER)
    page.box((MARGIN, top, WIDTH - 2 * MARGIN, height), tint, edge=color, dashed=not people)
    page.words(MARGIN + 32, top + 24, layer["name"], HEAD, INK)
    page.y = top + 96
    if not people:
        page.mark(MARGIN + 52, page.y + 50, "o", AMBER, size=34, filled="none")
        for number, line in enumerate(fitted(layer["missing"], BODY, WIDTH - 2 * MARGIN - 140, 2)):
            page.words(MARGIN + 92, page.y + 28 + number * 50, line, BODY, AMBER)
    width = (WIDTH - 2 * MARGIN - 64 - _GAP) / 2
    for at, (name, title) in enumerate(people):
        x = MARGIN + 32 + (at % 2) * (width + _GAP)
        y = page.y + (at // 2) * (_PERSON + _GAP)
        page.box((x, y, width, _PERSON), PAPER, edge=LINE)
        page.words(x + 24, y + (18 if title else 42), fitted(name, HEAD, width - 48, 1)[0], HEAD, INK)
        if title:
            page.words(x + 24, y + 74, fitted(title, SMALL, width - 48, 1)[0], SMALL, QUIET)
    page.y = top + height
