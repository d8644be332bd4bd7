"""What is declined: bribery, fabrication, disparaging rivals, other people's data, our own instructions.

A rep who reports that somebody else asks for it, or wants to get around it, is not declined. The cues are data,
`refusal_cues/<language>.toml`, read for both languages at once, since reps mix them.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from bot.coaching.citations import sentences_of
from knowledge.folding import folded

_LANGUAGES = ("zh", "en")
_SHORTEST_QUESTION = 6
_UNFIT = "unfit"
_ASKING = re.compile(r"[?？]|怎么|如何|咋|什么|哪|吗|呢|帮我|\b(?:how|what|which|why|when|who|should|can|could|help)\b")
_GAP_IN_HAN = re.compile(r"(?<=[\u3400-\u9fff])[\s·*_\-.]+(?=[\u3400-\u9fff])")
_IDEA = re.compile(r"(?<!\?)<([a-z_]+)>")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")


class RefusalKind(StrEnum):
    """Why something is declined."""

    BRIBERY = "bribery"
    FABRICATION = "fabrication"
    DISPARAGING = "disparaging"
    PRIVATE_DATA = "private_data"
    INSTRUCTIONS = "instructions"


ALTERNATIVES: Mapping[RefusalKind, tuple[str, ...]] = {
    RefusalKind.BRIBERY: ("inner-contact", "xx-relations", "five-services"),
    RefusalKind.FABRICATION: ("six-questions", "fabeec", "trust-first"),
    RefusalKind.DISPARAGING: ("compare-rivals", "service-ladder"),
    RefusalKind.PRIVATE_DATA: ("downstairs", "who-is-key", "visit-conduct"),
    RefusalKind.INSTRUCTIONS: (),
}
"""The entries of the library that hold the legitimate way, best first."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that is declined; `rest` is what else was asked, without the words that are declined."""

    kind: RefusalKind
    rest: str = ""

    @property
    def leaves_question(self) -> bool:
        """True when the rest is a question worth answering."""
        return len(self.rest) >= _SHORTEST_QUESTION and _ASKING.search(self.rest.lower()) is not None


@dataclass(frozen=True, slots=True)
class _Cues:
    plain: tuple[re.Pattern[str], ...]
    together: tuple[tuple[re.Pattern[str], ...], ...]
    harmless: tuple[re.Pattern[str], ...]
    insists: tuple[re.Pattern[str], ...]

    def asked_in(self, text: str) -> bool:
        return any(cue.search(text) for cue in self.plain) or any(
            all(cue.search(text) for cue in cues) for cues in self.together
        )

    def wanted_in(self, text: str) -> bool:
        if not self.asked_in(text):
            return False
        meant_well = any(cue.search(text) for cue in self.harmless)
        return not meant_well or any(cue.search(text) for cue in self.insists)


def refusal_of(question: str) -> Refusal | None:
    """What in this question is declined, None when it can be answered.

    Orders to us inside a pasted text are declined and the question around them is kept.
    """
    text = _plain(question)
    for kind in (RefusalKind.INSTRUCTIONS, *RefusalKind):
        if _cues(kind).wanted_in(text):
            rest = _without_orders(question) if kind is RefusalKind.INSTRUCTIONS else ""
            return Refusal(kind, rest)
    return None


def may_quote(words: str) -> bool:
    """Whether words of a document may be shown as advice: nothing in them that would be declined."""
    text = _plain(words)
    return not any(_cues(kind).asked_in(text) for kind in RefusalKind)


def is_unfit(words: str) -> bool:
    """Whether words promise without condition, claim to be the best, or chat like an assistant; we write none of it."""
    return _cues(_UNFIT).asked_in(_plain(words))


def _without_orders(question: str) -> str:
    cues = _cues(RefusalKind.INSTRUCTIONS)
    kept = [sentence for sentence in sentences_of(question) if not cues.asked_in(_plain(sentence))]
    return "\n".join(kept)


def _plain(text: str) -> str:
    return _GAP_IN_HAN.sub("", folded(_INVISIBLE.sub("", text)))


@cache
def _cues(kind: str) -> _Cues:
    files_read = [_file(language) for language in _LANGUAGES]

    def patterns(key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(_pattern(line, read["words"]) for read in files_read for line in read[kind][key])

    together = tuple(
        tuple(_pattern(line, read["words"]) for line in lines)
        for read in files_read
        for lines in read[kind]["together"]
    )
    return _Cues(patterns("plain"), together, patterns("harmless"), patterns("insists"))


def _pattern(line: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """A cue with its <ideas> put in. Raises KeyError for an idea that the file does not hold."""
    return re.compile(_IDEA.sub(lambda found: words[found[1]], line))


@cache
def _file(language: str) -> Mapping[str, Any]:
    path = files("bot.coaching").joinpath("refusal_cues", f"{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
