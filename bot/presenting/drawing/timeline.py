"""Visits from the latest down, each with mood, stage and what was told; below what is owed."""

from collections.abc import Mapping

from bot.presenting.drawing.page import (
    AMBER,
    BLUE,
    BODY,
    GREEN,
    HEAD,
    INK,
    LINE,
    MARGIN,
    PALE,
    QUIET,
    RED,
    SMALL,
    WIDTH,
    Page,
    Values,
    fitted,
    width_of,
)

MOODS: Mapping[str, tuple[str, str]] = {"positive": ("^", GREEN), "neutral": ("o", QUIET), "negative": ("v", RED)}
"""The sign and colour of each mood."""
_RAIL, _TEXT = MARGIN + 24, MARGIN + 96


def draw_timeline(picture: Values) -> Page:
    """The page."""
    page = Page()
    page.heading(picture["title"], picture["note"])
    tops = [_visit(page, visit) for visit in picture["visits"]]
    if len(tops) > 1:
        page.line([(_RAIL, top + 52) for top in tops[:1]] + [(_RAIL, tops[-1] - 8)], LINE, 6)
        for top, visit in zip(tops, picture["visits"], strict=True):
            page.mark(_RAIL, top + 22, *MOODS[visit["mood"]])
    _legend(page, picture["moods"])
    if picture["promises"]:
        _owed(page, picture)
    return page


def _visit(page: Page, visit: Values) -> float:
    top = page.y
    page.mark(_RAIL, top + 22, *MOODS[visit["mood"]])
    page.words(_TEXT, top, visit["day"], HEAD, INK)
    if visit["stage"]:
        chip = width_of(visit["stage"], SMALL) + 44
        page.box((WIDTH - MARGIN - chip, top - 4, chip, 58), "#e3f0f8")
        page.words(WIDTH - MARGIN - chip / 2, top + 8, visit["stage"], SMALL, BLUE, align="center")
    page.y = top + HEAD * 1.45
    page.paragraph(visit["text"], BODY, color=INK, x=_TEXT, most=3)
    page.y += 34
    return top


def _legend(page: Page, moods: list[list[str]]) -> None:
    x = float(MARGIN + 14)
    for mood, name in moods:
        form, color = MOODS[mood]
        page.mark(x, page.y + 18, form, color, size=26)
        page.words(x + 28, page.y, name, SMALL, QUIET)
        x += 70 + width_of(name, SMALL)
    page.y += 64


def _owed(page: Page, picture: Values) -> None:
    page.y += 12
    page.words(MARGIN, page.y, picture["owed"], HEAD, INK)
    page.y += HEAD * 1.6
    for promise in picture["promises"]:
        lines = fitted(promise["text"], BODY, WIDTH - 2 * MARGIN - 90, 2)
        height = 34 + SMALL * 1.4 + len(lines) * BODY * 1.36
        page.box((MARGIN, page.y, WIDTH - 2 * MARGIN, height), PALE)
        color = RED if promise["is_late"] else AMBER
        form, filled = ("X", "full") if promise["is_late"] else ("s", "none")
        page.mark(MARGIN + 42, page.y + 44, form, color, size=28, filled=filled)
        page.words(MARGIN + 80, page.y + 18, promise["day"], SMALL, color)
        for number, line in enumerate(lines):
            page.words(MARGIN + 80, page.y + 18 + SMALL * 1.4 + number * BODY * 1.36, line, BODY)
        page.y += height + 18
