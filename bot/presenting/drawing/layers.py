"""The customer's house: who decides above, who has a say, who uses it below, who helps from inside, who moves whom."""

from dataclasses import dataclass, field

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
    PAPER,
    QUIET,
    SMALL,
    WIDTH,
    Page,
    Values,
    fitted,
)

_TINTS = ("#d9e9f4", "#e6f1f8", "#f1f7fb")
_PERSON, _GAP, _HEADING = 128, 26, 96
_INSET = MARGIN + 32
_LANES = (16, 28, 40)
"""How far outside the boxes the lines on one side run."""
_FORMS = {"listens_to": (BLUE, False), "reports_to": (QUIET, True)}
"""The colour of each kind of line, and whether it is dashed."""


@dataclass(slots=True)
class _House:
    """The page, and where on it each person's box stands: its left, top and width."""

    page: Page
    places: dict[str, tuple[float, float, float]] = field(default_factory=dict)


def draw_layers(picture: Values) -> Page:
    """The page."""
    house = _House(Page())
    page = house.page
    page.heading(picture["title"], picture["note"])
    for number, floor in enumerate(picture["layers"]):
        if number:
            _stairs(page)
        _floor(house, floor, _TINTS[number], BLUE)
    page.y += 44
    _floor(house, picture["inside"], "#e2f3ec", GREEN)
    if picture["unplaced"]["people"]:
        page.y += 44
        _floor(house, picture["unplaced"], PALE, LINE)
    _arrows(house, picture["arrows"])
    if picture["arrows"]:
        _moves(page, picture["moves"], picture["arrows"])
    return page


def _stairs(page: Page) -> None:
    """The way down to the next floor, and back up."""
    y = page.y + 32
    page.mark(WIDTH / 2 - 40, y, "v", LINE, size=30)
    page.mark(WIDTH / 2 + 40, y, "^", LINE, size=30)
    page.y += 64


def _floor(house: _House, floor: Values, tint: str, color: str) -> None:
    page, people = house.page, floor["people"]
    rows = max(1, (len(people) + 1) // 2)
    top, height = page.y, _HEADING + rows * (_PERSON + _GAP) + 8
    tint, color = (tint, color) if people else (PAPER, AMBER)
    page.box((MARGIN, top, WIDTH - 2 * MARGIN, height), tint, edge=color, dashed=not people)
    page.words(_INSET, top + 22, floor["name"], HEAD, INK)
    page.y = top + _HEADING
    if not people:
        page.mark(MARGIN + 52, page.y + 50, "o", AMBER, size=34, filled="none")
        for number, line in enumerate(fitted(floor["missing"], BODY, WIDTH - 2 * MARGIN - 140, 2)):
            page.words(MARGIN + 92, page.y + 28 + number * 50, line, BODY, AMBER)
    width = (WIDTH - 2 * _INSET - _GAP) / 2
    for at, (name, title) in enumerate(people):
        x = _INSET + (at % 2) * (width + _GAP)
        y = page.y + (at // 2) * (_PERSON + _GAP)
        house.places.setdefault(name, (x, y, width))
        page.box((x, y, width, _PERSON), PAPER, edge=LINE)
        page.words(x + 24, y + (18 if title else 42), fitted(name, HEAD, width - 48, 1)[0], HEAD, INK)
        if title:
            page.words(x + 24, y + 74, fitted(title, SMALL, width - 48, 1)[0], SMALL, QUIET)
    page.y = top + height


def _arrows(house: _House, arrows: list[Values]) -> None:
    """A line from each who is moved to who moves him, along the nearer side as long as there is room."""
    free = {"left": list(_LANES), "right": list(_LANES)}
    ends: dict[str, int] = {}
    for arrow in arrows:
        start, end = house.places.get(arrow["who"]), house.places.get(arrow["to"])
        if start is None or end is None:
            continue
        side = "left" if start[0] < WIDTH / 2 else "right"
        if not free[side]:
            continue
        lane = free[side].pop(0)
        ends[arrow["to"]] = ends.get(arrow["to"], 0) + 1
        target = end[0] + end[2] / 2 + 36 * (ends[arrow["to"]] - 1)
        gutter = MARGIN - lane if side == "left" else WIDTH - MARGIN + lane
        edge = start[0] if side == "left" else start[0] + start[2]
        leaves, enters = start[1] + _PERSON / 2 + lane - _LANES[0], end[1] - 14
        color, dashed = _FORMS[arrow["form"]]
        way = [(edge, leaves), (gutter, leaves), (gutter, enters), (target, enters)]
        house.page.line(way, color, 4, dashed=dashed)
        house.page.mark(target, end[1] - 4, "v", color, size=16)


def _moves(page: Page, heading: str, arrows: list[Values]) -> None:
    """The same in words; the signs tell the kinds of line apart."""
    page.y += 36
    page.words(MARGIN, page.y, heading, HEAD, INK)
    page.y += HEAD * 1.6
    for arrow in arrows:
        color, dashed = _FORMS[arrow["form"]]
        y = page.y + BODY * 0.62
        page.line([(MARGIN, y), (MARGIN + 52, y)], color, 4, dashed=dashed)
        page.mark(MARGIN + 56, y, ">", color, size=16)
        page.paragraph(arrow["text"], BODY, x=MARGIN + 88, most=2)
        page.y += 12
