"""`python -m bot.presenting.drawing`: only ever started by `Drawer`."""

import json
import sys
from base64 import b64encode
from collections.abc import Callable, Mapping

from bot.presenting.drawing.coverage import draw_coverage
from bot.presenting.drawing.layers import draw_layers
from bot.presenting.drawing.page import Page, Values
from bot.presenting.drawing.progress import draw_progress
from bot.presenting.drawing.timeline import draw_timeline

_KINDS: Mapping[str, Callable[[Values], Page]] = {
    "timeline": draw_timeline,
    "coverage": draw_coverage,
    "layers": draw_layers,
    "progress": draw_progress,
}


def main() -> None:
    """Draw what stdin asks for."""
    pictures = json.load(sys.stdin)
    pages = [_KINDS[picture["kind"]](picture) for picture in pictures]
    json.dump([b64encode(page.png()).decode() for page in pages], sys.stdout)


if __name__ == "__main__":
    main()
