"""A page as wide as a phone's screen, drawn from the top down in pixels, with a font that has Chinese signs."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

WIDTH = 1080
MARGIN = 56
TITLE, HEAD, BODY, SMALL = 56, 42, 38, 32
_MEASURED_AT = 64
INK, QUIET, PALE, LINE, PAPER = "#1b1f24", "#5b6470", "#eef1f4", "#c9d0d8", "#ffffff"
BLUE, GREEN, RED, AMBER = "#0072b2", "#007a5a", "#c2410c", "#8a5a00"
"""Colours that the colour-blind tell apart; a sign of its own always stands beside them."""

Values = dict[str, Any]
Area = tuple[float, float, float, float]
"""Left, top, width and height."""


@dataclass(slots=True)
class Page:
    """What is to be drawn, noted until the height of the page is known."""

    y: float = MARGIN
    _steps: list[tuple[str, tuple[Any, ...], Values]] = field(default_factory=list)

    def heading(self, title: str, note: str) -> None:
        """The title, and under it in small what the picture shows."""
        self.paragraph(title, TITLE, color=INK, most=2)
        if note:
            self.paragraph(note, SMALL, color=QUIET, most=2)
        self.y += 24

    def paragraph(
        self, text: str, size: int, *, color: str = INK, x: float = MARGIN, room: float = 0, most: int = 3
    ) -> None:
        """Text from here on down, in at most so many lines."""
        for line in fitted(text, size, room or WIDTH - MARGIN - x, most):
            self.words(x, self.y, line, size, color)
            self.y += size * 1.36

    def words(self, x: float, y: float, text: str, size: int, color: str = INK, *, align: str = "left") -> None:
        """One line; y is its top."""
        style = {"fontsize": size, "color": color, "ha": align, "va": "top", "fontfamily": _families()}
        self._steps.append(("text", (x, y, text), style))

    def box(self, area: Area, fill: str, *, edge: str = "", dashed: bool = False) -> None:
        """A box with round corners."""
        self._steps.append(("box", (area,), {"fill": fill, "edge": edge, "dashed": dashed}))

    def line(
        self, points: Sequence[tuple[float, float]], color: str, width: float = 4, *, dashed: bool = False
    ) -> None:
        """A line through these points."""
        xs, ys = zip(*points, strict=True)
        style = {"color": color, "linewidth": width, "solid_capstyle": "round", "ls": "--" if dashed else "-"}
        self._steps.append(("plot", (xs, ys), style))

    def mark(self, x: float, y: float, form: str, color: str, *, size: float = 40, filled: str = "full") -> None:
        """A sign: a marker of matplotlib's, `size` pixels wide, full, left half or none filled."""
        style = {"marker": form, "markersize": size, "color": color, "fillstyle": filled}
        self._steps.append(("plot", ([x], [y]), {**style, "markeredgewidth": 5, "markerfacecoloralt": PAPER, "ls": ""}))

    def png(self) -> bytes:
        """The picture."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        height = int(self.y + MARGIN)
        figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor=PAPER)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        axes.axis("off")
        for order, (kind, place, style) in enumerate(self._steps):
            if kind == "box":
                axes.add_patch(_rounded(*place, **style, order=order))
            else:
                getattr(axes, kind)(*place, zorder=order, **style)
        content = io.BytesIO()
        FigureCanvasAgg(figure).print_png(content)  # type: ignore[no-untyped-call]
        return content.getvalue()


def fitted(text: str, size: float, room: float, most: int) -> list[str]:
    """The text in lines that fit the room, the last one cut short if there were more."""
    lines, line = [], ""
    for piece in _pieces(" ".join(text.split())):
        if line and width_of(line + piece, size) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    lines.append(line)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    for more in lines[most:]:
        last += more if max(last[-1], more[0]) > "\u2e7f" else f" {more}"
    while last and width_of(f"{last}…", size) > room:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def width_of(text: str, size: float) -> float:
    """How wide a line is in pixels."""
    return sum(map(_advance, text)) * size


@cache
def _advance(sign: str) -> float:
    """How far a sign moves the next one, in parts of the font's size; about that for a sign the font lacks."""
    from matplotlib.ft2font import FT2Font, LoadFlags

    font = FT2Font(str(_file()))
    if not font.get_char_index(ord(sign)):
        return 1.0 if sign > "\u2e7f" else 0.64
    font.set_size(_MEASURED_AT, 72)
    advance: int = font.load_char(ord(sign), flags=LoadFlags.NO_HINTING).linearHoriAdvance
    return advance / 65536 / _MEASURED_AT


def _pieces(text: str) -> list[str]:
    """Where a line may end: after a Chinese sign, after a Latin word."""
    pieces: list[str] = []
    for sign in text:
        stops = sign > "\u2e7f" or not pieces or pieces[-1][-1] > "\u2e7f" or pieces[-1].endswith(" ")
        no_start = sign in "，。；、：）！？”」"
        if stops and not (no_start and pieces):
            pieces.append(sign)
        else:
            pieces[-1] += sign
    return pieces


def _rounded(area: Area, *, fill: str, edge: str, dashed: bool, order: int) -> Any:  # noqa: ANN401
    from matplotlib.patches import FancyBboxPatch

    x, y, width, height = area
    pad = min(16.0, height / 2 - 0.5, width / 2 - 0.5)
    return FancyBboxPatch(
        (x + pad, y + pad),
        width - 2 * pad,
        height - 2 * pad,
        boxstyle=f"round,pad={pad},rounding_size={pad * 1.2}",
        facecolor=fill,
        edgecolor=edge or fill,
        linewidth=3,
        linestyle="--" if dashed else "-",
        zorder=order,
    )


@cache
def _families() -> list[str]:
    """The font with Chinese signs, and one for rare signs it lacks."""
    from matplotlib import font_manager

    font_manager.fontManager.addfont(_file())
    return [font_manager.FontProperties(fname=_file()).get_name(), "DejaVu Sans"]


def _file() -> Path:
    import paperang_p2_fonts_cjk

    return Path(paperang_p2_fonts_cjk.__file__).parent / "fonts" / "wqy-microhei.ttc"
