"""Tells what somebody said from what a speech model makes up over silence and noise."""

import re
import tomllib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.folding import folded

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]*|[。！？!?\n]+")
_NO_LETTER = re.compile(r"[\W_]+")
_SOUND = re.compile(
    r"[(（\[【*♪][^)）\]】*♪]{0,20}(?:音乐|掌声|笑声|噪音|静音|无声|无人|music|applause|laughter|silence|blank|noise|"
    r"inaudible|sound|foreign)[^)）\]】*♪]{0,20}[)）\]】*♪]|♪+|\[BLANK_AUDIO\]",
    re.IGNORECASE,
)
_LOOP = re.compile(
    r"(?P<said>.{2,30}?)(?P<again>(?:[\s，。,.、!！?？]*(?P=said)){3,})|(?P<one>[^\d\W])(?P=one){7,}", re.DOTALL
)
_FIGURES = re.compile(r"[\d\W零〇一二三四五六七八九幺两十百千万点]+")
_MOSTLY, _FEW, _LONG_NUMBER = 0.6, 12, 24
_WINDOW, _MONOTONOUS = 200, 3.5


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a transcript with what its model says about it; None where it says nothing.

    `no_speech` is the likelihood that nobody speaks, `confidence` the mean log-likelihood of the words.
    """

    text: str
    no_speech: float | None = None
    confidence: float | None = None

    @property
    def is_speech(self) -> bool:
        """False where the model itself doubts both that somebody spoke and what was said (Whisper's own rule)."""
        return not (
            (self.no_speech is not None and self.no_speech > 0.6)
            and (self.confidence is None or self.confidence < -0.7)
        )


def said_in(stretches: Sequence[Stretch], names: Sequence[str]) -> str:
    """What was said, "" when nobody spoke. `names` are those the model was told to expect, which it may echo."""
    text = "".join(stretch.text for stretch in stretches if stretch.is_speech)
    text = _SOUND.sub("", text).strip()
    text = _without_monotony(_without_loops(text))
    kept = [sentence for sentence in _SENTENCE.findall(text) if _bare(sentence) not in _invented().always]
    text = "".join(kept).strip()
    bare = _bare(text)
    if bare in _invented().always | _invented().alone or _echoes(bare, names):
        return ""
    return text


def _without_loops(text: str) -> str:
    """The text with each thing said over and over said once, figures aside; "" when it was mostly that."""
    loops = [loop for loop in _LOOP.finditer(text) if not _FIGURES.fullmatch(loop[0]) or len(loop[0]) > _LONG_NUMBER]
    looped = sum(len(loop[0]) for loop in loops)
    if looped > _MOSTLY * len(text) and looped > _FEW:
        return ""
    for loop in reversed(loops):
        text = text[: loop.start()] + (loop["said"] or loop["one"]) + text[loop.end() :]
    return text


def _without_monotony(text: str) -> str:
    """The text without parts that compress as no speech does: prose stays below 2.1, a list by rote below 3."""
    parts = [text[at : at + _WINDOW] for at in range(0, len(text), _WINDOW)]
    return "".join(part for part in parts if len(part.encode()) <= _MONOTONOUS * len(zlib.compress(part.encode())))


def _echoes(bare: str, names: Sequence[str]) -> bool:
    """True when there is nothing but the names the model was told, in their order, two at the least."""
    told = [_bare(name) for name in names]
    return any(
        "".join(told[first:last]) == bare for first in range(len(told)) for last in range(first + 2, len(told) + 1)
    )


def _bare(text: str) -> str:
    return _NO_LETTER.sub("", folded(text))


@dataclass(frozen=True, slots=True)
class _Invented:
    always: frozenset[str]
    alone: frozenset[str]


@cache
def _invented() -> _Invented:
    lists = tomllib.loads(files("bot.language_models").joinpath("invented_words.toml").read_text(encoding="utf-8"))
    return _Invented(frozenset(map(_bare, lists["always"])), frozenset({"", *map(_bare, lists["alone"])}))
