"""What is declined: bribery, fabrication, disparaging rivals, other people's data, our own instructions.

A rep who reports that somebody else asks for it, or wants to get around it, is not declined. The cues are data,
`refusal_cues/<language>.toml`, read for both languages at once, since reps mix them.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
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
class Cues:
    """How one kind of request sounds; `harmless` takes it back, `insists` takes that back."""

    plain: tuple[re.Pattern[str], ...]
    together: tuple[tuple[re.Pattern[str], ...], ...]
    harmless: tuple[re.Pattern[str], ...]
    insists: tuple[re.Pattern[str], ...]

    def asked_in(self, text: str) -> bool:
        """Whether it is spoken of at all."""
        return any(cue.search(text) for cue in self.plain) or any(
            all(cue.search(text) for cue in cues) for cues in self.together
        )

    def wanted_in(self, text: str) -> bool:
        """Whether the one who asks wants it himself."""
        return self.asked_in(text) and not self.reported_in(text)

    def reported_in(self, text: str) -> bool:
        """Whether somebody else asks for it, or the rep wants to get around it."""
        meant_well = any(cue.search(text) for cue in self.harmless)
        return meant_well and not any(cue.search(text) for cue in self.insists)

    def nearly_in(self, text: str) -> float:
        """How much of the fullest group of cues is found, 0 … 1."""
        shares = (sum(cue.search(text) is not None for cue in cues) / len(cues) for cues in self.together)
        return max(shares, default=0.0)


Declines = Callable[[str], Refusal | None]
"""A question to what in it is declined, None when it can be answered."""


def refusal_of(question: str) -> Refusal | None:
    """What in this question is declined, by its cues alone.

    Orders to us inside a pasted text are declined and the question around them is kept.
    """
    text = plain_text(question)
    if cues_of(RefusalKind.INSTRUCTIONS).wanted_in(text) or any(map(_is_order, sentences_of(question))):
        return Refusal(RefusalKind.INSTRUCTIONS, without(question, _is_order))
    return next((Refusal(kind) for kind in RefusalKind if cues_of(kind).wanted_in(text)), None)


def _is_order(sentence: str) -> bool:
    return cues_of(RefusalKind.INSTRUCTIONS).wanted_in(plain_text(sentence))


def without(question: str, is_order: Callable[[str], bool]) -> str:
    """The sentences of a question that are no orders to us."""
    return "\n".join(sentence for sentence in sentences_of(question) if not is_order(sentence))


def may_quote(words: str) -> bool:
    """Whether words of a document may be shown as advice: nothing in them that would be declined."""
    text = plain_text(words)
    return not any(cues_of(kind).asked_in(text) for kind in RefusalKind)


def is_unfit(words: str) -> bool:
    """Whether words promise without condition, claim to be the best, or chat like an assistant; we write none of it."""
    return cues_of(_UNFIT).asked_in(plain_text(words))


def plain_text(text: str) -> str:
    """The text as the cues see it: simplified, lower case, nothing hidden between letters."""
    return _GAP_IN_HAN.sub("", folded(_INVISIBLE.sub("", text)))


@cache
def cues_of(kind: str) -> Cues:
    """The cues of one table of the files."""
    files_read = [_file(language) for language in _LANGUAGES]

    def patterns(key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(_pattern(line, read["words"]) for read in files_read for line in read[kind][key])

    together = tuple(
        tuple(_pattern(line, read["words"]) for line in lines)
        for read in files_read
        for lines in read[kind]["together"]
    )
    return Cues(patterns("plain"), together, patterns("harmless"), patterns("insists"))


@cache
def ideas() -> tuple[re.Pattern[str], ...]:
    """The ideas that cues are put together from, in the order of the files."""
    return tuple(re.compile(words) for language in _LANGUAGES for words in _file(language)["words"].values())


def _pattern(line: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """A cue with its <ideas> put in. Raises KeyError for an idea that the file does not hold."""
    return re.compile(_IDEA.sub(lambda found: words[found[1]], line))


@cache
def _file(language: str) -> Mapping[str, Any]:
    path = files("bot.coaching").joinpath("refusal_cues", f"{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
