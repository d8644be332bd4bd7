"""How well a line fits a question: by the words they share, or by their meaning when an embedder is at hand."""

import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from threading import Lock
from typing import TYPE_CHECKING

from knowledge.errors import VectorsUnavailableError
from knowledge.folding import folded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from knowledge.passages import Embedder

Likeness = Callable[[str, Sequence[str]], Sequence[float]]
"""A question and lines to about 0 (nothing in common) … 1 (the same), one per line."""

_LINES_KEPT = 4000
_WORDS_SHARE = 0.3
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_LATIN_WORD = re.compile(r"[a-z0-9]+")
_EMPTY_WORDS = re.compile(
    r"an?|and|are|as|at|be|but|by|can|do|does|for|from|had|has|have|he|his|how|i|if|in|is|its?|me|my|no|not|of|on|or"
    r"|our|she|so|that|the|their|them|they|this|to|us|was|we|what|when|which|who|why|will|with|would|your?|s|t|re|ve|ll"
)
_EMPTY_LETTERS = frozenset("的了吗呢吧啊么嘛是在我你您他她它们这那个就都也还不没有和跟把被给让对上下里到说要想会能怎")


def by_words(question: str, lines: Sequence[str]) -> Sequence[float]:
    """The share of the question's telling words that a line holds, rare ones counting for more."""
    asked = _words(question)
    held = [_words(line) for line in lines]
    spread = Counter(word for words in held for word in words)
    weight = {word: log(1 + (len(lines) + 1) / (1 + spread[word])) for word in asked}
    total = sum(weight.values()) or 1.0
    return [
        sum(weight[word] for word in asked & words) / total / sqrt(max(len(words) / (3 * len(asked) + 1), 1))
        for words in held
    ]


def by_spelling(question: str, lines: Sequence[str]) -> Sequence[float]:
    """How near a line is letter by letter, its words in any order: misspelt ones are nearly the right ones."""
    from rapidfuzz import fuzz

    plain = folded(question)
    near = fuzz.token_set_ratio if plain.isascii() else fuzz.partial_ratio
    return [near(plain, folded(line)) / 100 for line in lines]


@dataclass(slots=True)
class ByMeaning:
    """A Likeness from an embedder, words counting for a third; remembers the vectors of the library's lines.

    Without vectors, words are all there is.
    """

    embedder: "Embedder"
    _kept: "OrderedDict[str, NDArray[np.float32]]" = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def __call__(self, question: str, lines: Sequence[str]) -> Sequence[float]:
        """Meaning and words together."""
        if not lines:
            return []
        try:
            asked, *held = self._vectors([question, *lines])
        except VectorsUnavailableError:
            return by_words(question, lines)
        meant = [float(vector @ asked) for vector in held]
        return [
            _WORDS_SHARE * word + (1 - _WORDS_SHARE) * mean
            for word, mean in zip(by_words(question, lines), meant, strict=True)
        ]

    def _vectors(self, lines: Sequence[str]) -> "list[NDArray[np.float32]]":
        with self._lock:
            new = [line for line in dict.fromkeys(lines) if line not in self._kept]
            for line, vector in zip(new, self.embedder.embed(new), strict=True):
                self._kept[line] = vector
            found = [self._kept[line] for line in lines]
            while len(self._kept) > _LINES_KEPT:
                self._kept.popitem(last=False)
        return found


def _words(text: str) -> frozenset[str]:
    plain = folded(text)
    latin = {_stem(word) for word in _LATIN_WORD.findall(plain) if not _EMPTY_WORDS.fullmatch(word)}
    pairs = {run[at : at + 2] for run in _HAN_RUN.findall(plain) for at in range(len(run) - 1)}
    return frozenset(latin | {pair for pair in pairs if not set(pair) <= _EMPTY_LETTERS})


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
