"""The child process that reads one photo: bytes on stdin, its text lines as JSON on stdout.

Started by `photos` as a script, so it needs nothing of ours; the reader's models leave memory when it ends.
"""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 2000
"""What the reader scales a picture to anyway; JPEG files are decoded no larger than they need be."""
_LEAST_CONFIDENCE = 0.6


def main() -> None:
    """Answers with `lines` ([text, left, top, right, bottom, confidence]) and the `size`, or the reason `refused`."""
    sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read())))


def _answer(data: bytes) -> dict[str, Any]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MOST_PIXELS:
                return {"refused": "too_big"}
            upright = _upright(image)
    except Image.DecompressionBombError:
        return {"refused": "too_big"}
    except (OSError, ValueError, SyntaxError, EOFError):
        return {"refused": "broken"}
    return {"lines": _lines(upright), "size": upright.size}


def _upright(image: Image) -> Image:
    """The picture as a person holds it, on white where it is transparent."""
    from PIL import Image as PillowImage
    from PIL import ImageOps

    image.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((2 * _LONGEST_SIDE, 2 * _LONGEST_SIDE))
    full = turned.convert("RGBA")
    white = PillowImage.new("RGBA", full.size, "white")
    return PillowImage.alpha_composite(white, full).convert("RGB")


def _lines(image: Image) -> list[list[object]]:
    import numpy as np
    from rapidocr_onnxruntime import RapidOCR

    reader = RapidOCR(intra_op_num_threads=2, inter_op_num_threads=1, max_side_len=_LONGEST_SIDE)
    found, _ = reader(np.asarray(image)[:, :, ::-1])
    return [_line(box, text, float(sure)) for box, text, sure in found or () if float(sure) >= _LEAST_CONFIDENCE]


def _line(corners: list[list[float]], text: str, confidence: float) -> list[object]:
    across, down = [round(x) for x, _ in corners], [round(y) for _, y in corners]
    return [text, min(across), min(down), max(across), max(down), round(confidence, 3)]


if __name__ == "__main__":
    main()
