"""Pictures of text, as a phone would take them, for tests of the photo reader."""

import io
from collections.abc import Sequence
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont


def photo_of(
    lines: Sequence[str], *, size: tuple[int, int] = (1000, 700), letters: int = 34, kind: str = "JPEG"
) -> bytes:
    """A white page with these lines."""
    return photo_with({(50, 50 + at * 2 * letters): line for at, line in enumerate(lines)}, size, letters, kind)


def photo_with(
    texts: dict[tuple[int, int], str], size: tuple[int, int] = (1000, 700), letters: int = 34, kind: str = "JPEG"
) -> bytes:
    """A white page with texts whose top left corners stand at these places."""
    page = Image.new("RGB", size, "white")
    with (files("paperang_p2_fonts_cjk") / "fonts" / "wqy-microhei.ttc").open("rb") as file:
        font = ImageFont.truetype(io.BytesIO(file.read()), letters)
    for place, text in texts.items():
        ImageDraw.Draw(page).text(place, text, font=font, fill="black")
    return as_file(page, kind)


def noise(size: tuple[int, int] = (600, 600)) -> bytes:
    """Coloured dots and nothing else."""
    return as_file(Image.effect_noise(size, 120).convert("RGB"), "PNG")


def as_file(picture: Image.Image, kind: str) -> bytes:
    """The picture in a file format."""
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def opened(photo: bytes) -> Image.Image:
    """The picture in a file."""
    return Image.open(io.BytesIO(photo))
