"""Free words whose skill is not known yet."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from bot.domain.account import Commitment
from bot.wording.phrasebook import LANGUAGES, keys_of
from knowledge.folding import simplified


@dataclass(frozen=True, slots=True)
class Wish:
    """What a rep said, on which day of his, the accounts he may mean, and the open commitments he may settle."""

    text: str
    today: date
    accounts: tuple[str, ...] = ()
    commitments: tuple[Commitment, ...] = ()

    @property
    def plain(self) -> str:
        """The words in simplified script, as cues are written."""
        return _simplified(self.text)

    def says(self, key: str) -> bool:
        """True when a cue under this wording key stands in the words, in any language and script."""
        return _cues(key).search(self.plain) is not None

    def without(self, key: str) -> str:
        """The words without these cues: what is left of "practise price pressure" is the price pressure."""
        return _cues(key).sub(" ", self.plain).strip()

    @property
    def account(self) -> str:
        """The account that is named, "" when none is."""
        return next((name for name in self.accounts if name in self.text or _simplified(name) in self.plain), "")


@lru_cache(maxsize=512)
def _simplified(text: str) -> str:
    return simplified(text)


@cache
def _cues(key: str) -> re.Pattern[str]:
    cues = [cue for language in LANGUAGES for cue in keys_of(language).get(key, ())]
    return re.compile("|".join(cues) or r"(?!)", re.IGNORECASE)
