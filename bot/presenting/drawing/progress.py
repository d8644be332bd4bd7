"""Practice scores over time, and what became better."""

from bot.presenting.drawing.page import (
    BLUE,
    BODY,
    GREEN,
    INK,
    LINE,
    MARGIN,
    PALE,
    QUIET,
    SMALL,
    WIDTH,
    Page,
    Values,
    fitted,
    width_of,
)

_HEIGHT, _LEFT = 520, MARGIN + 70


def draw_progress(picture: Values) -> Page:
    """The page."""
    page = Page()
    page.heading(picture["title"], picture["note"])
    _curve(page, picture["scores"])
    if picture["parts"]:
        _parts(page, picture)
    return page


def _curve(page: Page, scores: list[Values]) -> None:
    top = page.y + 30
    for points in (0, 50, 100):
        y = _level(top, points)
        page.line([(_LEFT, y), (WIDTH - MARGIN, y)], LINE, 2)
        page.words(_LEFT - 16, y - 20, str(points), SMALL, QUIET, align="right")
    step = (WIDTH - MARGIN - _LEFT - 120) / max(1, len(scores) - 1)
    first = _LEFT + 60 if len(scores) > 1 else (_LEFT + WIDTH - MARGIN) / 2
    places = [(first + step * at, _level(top, one["points"])) for at, one in enumerate(scores)]
    if len(places) > 1:
        page.line(places, BLUE, 6)
    for at, ((x, y), one) in enumerate(zip(places, scores, strict=True)):
        page.mark(x, y, "o", BLUE, size=26)
        is_over_a_day = at in (0, len(scores) - 1) and y > top + _HEIGHT - BODY * 2
        below = _is_dip(places, at) and not is_over_a_day
        page.words(x, y + (18 if below else -66), str(one["points"]), BODY, INK, align="center")
    for at in sorted({0, len(scores) - 1}):
        one, (x, _) = scores[at], places[at]
        align = "left" if at == 0 and len(scores) > 1 else "right" if len(scores) > 1 else "center"
        edge = {"left": x - 60, "right": x + 60, "center": x}[align]
        page.words(edge, top + _HEIGHT + 20, one["day"], SMALL, QUIET, align=align)
        page.words(edge, top + _HEIGHT + 64, fitted(one["name"], SMALL, 440, 1)[0], SMALL, QUIET, align=align)
    page.y = top + _HEIGHT + 140


def _is_dip(places: list[tuple[float, float]], at: int) -> bool:
    """True where the line comes down and goes up again: there is room below, and none above."""
    beside = [y for _, y in places[max(0, at - 1) : at + 2]]
    return len(places) > 1 and places[at][1] == max(beside) and places[at][1] > min(beside)


def _level(top: float, points: int) -> float:
    return top + _HEIGHT * (1 - points / 100)


def _parts(page: Page, picture: Values) -> None:
    """For each part of the score a bar of now over one of before, and the change in words."""
    page.mark(MARGIN + 14, page.y + 18, "s", GREEN, size=26)
    page.words(MARGIN + 40, page.y, picture["lately"], SMALL, QUIET)
    x = MARGIN + 100 + width_of(picture["lately"], SMALL)
    page.mark(x, page.y + 18, "s", QUIET, size=26)
    page.words(x + 26, page.y, picture["before"], SMALL, QUIET)
    page.y += 70
    full = WIDTH - 2 * MARGIN
    for name, before, lately in picture["parts"]:
        page.words(MARGIN, page.y, name, BODY, INK)
        change = lately - before
        sign = "+" if change >= 0 else "−"
        page.words(WIDTH - MARGIN, page.y, f"{lately}%  {sign}{abs(change)}", BODY, INK, align="right")
        for place, height, percent, color in ((54, 30, lately, GREEN), (90, 14, before, QUIET)):
            page.box((MARGIN, page.y + place, full, height), PALE)
            page.box((MARGIN, page.y + place, max(height, full * percent / 100), height), color)
        page.y += 136
