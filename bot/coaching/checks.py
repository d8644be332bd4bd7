"""What generated words must pass before a rep sees them: their figures, names and quotes stand in the material."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.coaching.citations import squeezed
from bot.coaching.refusals import is_unfit, may_quote
from bot.wording.phrasebook import language_of
from knowledge.cleaning.approval_marks import carries_mark
from knowledge.folding import folded

_MOST_ECHO = 0.4
_MOST_ECHO_TO_CUSTOMER = 0.7
_LONGEST_COPY = {"zh": 14, "en": 60}
_LEAST_SUPPORT = {"zh": 0.3, "en": 0.35}
_DIGITS = str.maketrans("一二两三四五六七八九", "1223456789")
_FIGURE = re.compile(
    r"\d+(?:[.,]\d+)*\s*[%％]?|[一二两三四五六七八九十百千万亿半几]*[二两三四五六七八九十百千万亿半][一二三四五六七八九十百千万亿]*"
)
_DAY = re.compile(
    r"周[一二三四五六日天末]|星期[一二三四五六日天]|今天|明天|后天|上周|下周|本周|上月|下月|上季度|下季度|去年|今年|明年"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:today|tomorrow|yesterday)\b"
    r"|\b(?:next|last|this) (?:week|month|quarter|year)\b"
)
_MEASURE = re.compile(r"(?:个|天|周|月|年|季|小时|分钟|万|亿|元|块|成|折|点|倍|%|％|家|台|套|批|次|人|期|号|日)")
_QUOTED = re.compile(r"[「『“\"《]([^」』”\"》]{2,})[」』”\"》]")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9\-]{1,}")
_CAPITAL = re.compile(r"(?<![.!?:\"“]\s)(?<!^)\b[A-Z][A-Za-z0-9\-]+")
_EVERYDAY = re.compile(r"I|I'm|I'd|I'll|OK|Ok|Mr|Ms|Mrs", re.IGNORECASE)
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Ground:
    """What generated words may rest on: the material shown to the model and the rep's own words."""

    material: str
    question: str
    language: str

    def holds(self, words: str) -> bool:
        """True where nothing in these words goes beyond the ground, boasts, disparages, advises what is declined or
        passes for approved wording.
        """
        return (
            language_of(words) == self.language
            and not carries_mark(words)
            and may_quote(words)
            and not is_unfit(words)
            and self._has_figures_of(words)
            and self._has_names_of(words)
            and self._has_quotes_of(words)
            and self.support(words) >= _LEAST_SUPPORT[self.language]
        )

    def holds_for_rep(self, words: str) -> bool:
        """The same for a judgement: it must say more than the question did."""
        return self.holds(words) and self._echo_in(words) <= _MOST_ECHO

    def holds_for_customer(self, words: str) -> bool:
        """The same for words to be said to the customer: they must be about this case, not out of an example."""
        asked = self.question
        return (
            self.holds(words)
            and _figures(words) | _days(words) <= _figures(asked) | _days(asked)
            and 0 < self._echo_in(words) <= _MOST_ECHO_TO_CUSTOMER
            and not self._is_copied(words)
        )

    def support(self, words: str) -> float:
        """The share of the words' pieces that stand in the ground."""
        pieces = _pieces(words)
        return len(pieces & _pieces(self._all)) / len(pieces) if pieces else 0.0

    def _echo_in(self, words: str) -> float:
        pieces = _pieces(words)
        return len(pieces & _pieces(self.question)) / len(pieces) if pieces else 0.0

    @property
    def _all(self) -> str:
        return f"{self.material}\n{self.question}"

    def _is_copied(self, words: str) -> bool:
        found = SequenceMatcher(None, words, self.material, autojunk=False).find_longest_match()
        return found.size >= _LONGEST_COPY[self.language]

    def _has_figures_of(self, words: str) -> bool:
        known = _figures(self._all)
        return _figures(words) <= known

    def _has_names_of(self, words: str) -> bool:
        known = self._all.lower()
        pattern = _LATIN_NAME if self.language == "zh" else _CAPITAL
        names = (name for name in pattern.findall(words) if not _EVERYDAY.fullmatch(name))
        return all(name.lower() in known for name in names)

    def _has_quotes_of(self, words: str) -> bool:
        known = squeezed(self._all)
        return all(squeezed(quote) in known for quote in _QUOTED.findall(words))


def _figures(text: str) -> frozenset[str]:
    """Digits and Chinese numbers that measure something, one spelling each."""
    plain = folded(text)
    found: set[str] = set()
    for match in _FIGURE.finditer(plain):
        number = match[0].strip().rstrip("%％").strip()
        if number[0].isdigit() or _MEASURE.match(plain, match.end()):
            found.add(number.translate(_DIGITS).replace(",", ""))
    return frozenset(found)


def _days(text: str) -> frozenset[str]:
    return frozenset(_DAY.findall(folded(text)))


def _pieces(text: str) -> frozenset[str]:
    plain = folded(text)
    pairs = {run[at : at + 2] for run in _HAN_RUN.findall(plain) for at in range(len(run) - 1)}
    return frozenset(pairs | {word[:5] for word in _LATIN.findall(plain)})
