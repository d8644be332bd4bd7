"""Pictures for a phone: what is drawn, as plain values in the words of the reader; a child process draws them."""

import asyncio
import hashlib
import json
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from bot.errors import CannotDraw

PNG = "image/png"
_PATIENCE_SECONDS = 60.0
_DRAWER = "bot.presenting.drawing"


@dataclass(frozen=True, slots=True)
class Visited:
    """One visit on a timeline; `mood` is positive, neutral or negative."""

    day: str
    mood: str
    stage: str
    text: str


@dataclass(frozen=True, slots=True)
class Promised:
    """One open commitment; `is_late` when its day is over."""

    day: str
    text: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class TimelinePicture:
    """Visits, the latest first, and under them what is owed; `moods` name the signs."""

    title: str
    note: str
    visits: tuple[Visited, ...]
    owed: str
    promises: tuple[Promised, ...]
    moods: tuple[tuple[str, str], ...]
    kind: str = "timeline"


@dataclass(frozen=True, slots=True)
class Tile:
    """One field of a method: its name, how it stands (a LetterState), and what is known of it."""

    name: str
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """One method and its fields."""

    name: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class CoveragePicture:
    """What is known by the methods; `states` name the signs."""

    title: str
    note: str
    methods: tuple[Coverage, ...]
    states: tuple[tuple[str, str], ...]
    kind: str = "coverage"


@dataclass(frozen=True, slots=True)
class Floor:
    """One floor of the customer's house and its people by name and title; `missing` is said of an empty one."""

    name: str
    people: tuple[tuple[str, str], ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """Who moves whom, as it is written under the map; `form` is a RelationKind."""

    who: str
    to: str
    form: str
    text: str


@dataclass(frozen=True, slots=True)
class LayersPicture:
    """The stakeholders from the top floor down, who helps from inside, who has no place yet, and who moves whom."""

    title: str
    note: str
    layers: tuple[Floor, ...]
    inside: Floor
    unplaced: Floor
    moves: str
    arrows: tuple[Arrow, ...]
    kind: str = "layers"


@dataclass(frozen=True, slots=True)
class Scored:
    """One practice: its day, what was practised, and points of 100."""

    day: str
    name: str
    points: int


@dataclass(frozen=True, slots=True)
class ProgressPicture:
    """Scores over time, the first practice first, and the average per dimension in percent, before and lately."""

    title: str
    note: str
    scores: tuple[Scored, ...]
    parts: tuple[tuple[str, int, int], ...]
    before: str
    lately: str
    kind: str = "progress"


Picture = TimelinePicture | CoveragePicture | LayersPicture | ProgressPicture


def key_of(picture: Picture) -> str:
    """A key that changes with anything that can be seen on the picture, and with how we draw."""
    values = json.dumps(asdict(picture), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(_way_of_drawing() + values.encode()).hexdigest()


@cache
def _way_of_drawing() -> bytes:
    sources = sorted(files(_DRAWER).iterdir(), key=lambda file: file.name)
    return b"".join(file.read_bytes() for file in sources if file.name.endswith(".py"))


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws in a process that ends with the picture, so that serving stays small; `folder` keeps what it prepares."""

    folder: Path

    async def drawn(self, pictures: Sequence[Picture]) -> Mapping[str, bytes]:
        """The pictures as PNG files 1080 pixels wide, by their keys. Raises CannotDraw."""
        contents = await asyncio.to_thread(self._asked, [asdict(picture) for picture in pictures])
        return dict(zip(map(key_of, pictures), contents, strict=True))

    def _asked(self, pictures: Sequence[dict[str, object]]) -> list[bytes]:
        command = [sys.executable, "-P", "-m", _DRAWER]
        environment = {**os.environ, "MPLCONFIGDIR": str(self.folder.absolute())}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            done = subprocess.run(
                command,
                input=json.dumps(pictures).encode(),
                capture_output=True,
                timeout=_PATIENCE_SECONDS,
                check=True,
                env=environment,
            )
            return [b64decode(content) for content in json.loads(done.stdout)]
        except (subprocess.SubprocessError, OSError, ValueError) as error:
            raise CannotDraw(type(error).__name__) from error
