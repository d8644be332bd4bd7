"""An answer as it stands on a phone: the first screen within its limit, the rest behind a button, marks for sources."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.coaching.citations import Citation
from bot.coaching.sayings import Part, Saying
from bot.domain.rich_text import RichText, joined
from bot.wording.phrasebook import Phrasebook

LIMITS = {"zh": 600, "en": 1200}
"""Most characters of a first screen."""

_REST_LIMITS = {"zh": 1500, "en": 3000}
_ORDER = (
    Part.JUDGEMENT,
    Part.APPROVED,
    Part.MOVE,
    Part.SAY,
    Part.OWN,
    Part.ASK,
    Part.AVOID,
    Part.DOCUMENT,
    Part.CAUSE,
    Part.STEP,
    Part.STORY,
)
_QUOTE_FIRST = (*_ORDER[:2], Part.DOCUMENT, *(part for part in _ORDER[2:] if part is not Part.DOCUMENT))
_WITHOUT_HEADING = (Part.JUDGEMENT, Part.MOVE, Part.ASK, Part.AVOID, Part.DOCUMENT)
_FIRST_MARK = 0x2460
_MOST_MARKS = 20


@dataclass(frozen=True, slots=True)
class Screen:
    """What is shown at once and what on demand, the sayings in both, their citations in the order of their marks."""

    shown: RichText
    rest: RichText
    sayings: tuple[Saying, ...]
    citations: tuple[Citation, ...]


def laid_out(
    sayings: Sequence[Saying],
    rest: Sequence[Saying],
    words: Phrasebook,
    *,
    above: RichText | None = None,
    below: RichText | None = None,
    quote_first: bool = False,
) -> Screen:
    """As many of the sayings (most important first) as the first screen holds, what is left before the rest.

    `above` and `below` are always shown and must fit by themselves.
    """
    order = _QUOTE_FIRST if quote_first else _ORDER
    page = _Page(words, order, above or RichText(""), below or RichText(""))
    shown: list[Saying] = []
    for saying in sayings:
        if len(page.rendered([*shown, saying], ()).text) <= LIMITS[words.language]:
            shown.append(saying)
    behind: list[Saying] = []
    for saying in (*(one for one in sayings if one not in shown), *rest):
        if len(page.behind([*behind, saying], shown).text) <= _REST_LIMITS[words.language]:
            behind.append(saying)
    ordered = (*page.sorted(shown), *page.sorted(behind))
    return Screen(page.rendered(shown, ()), page.behind(behind, shown), ordered, _citations(ordered))


@dataclass(frozen=True, slots=True)
class _Page:
    words: Phrasebook
    order: Sequence[Part]
    above: RichText
    below: RichText

    def sorted(self, sayings: Sequence[Saying]) -> list[Saying]:
        return sorted(sayings, key=lambda saying: self.order.index(saying.part))

    def rendered(self, sayings: Sequence[Saying], before: Sequence[Saying]) -> RichText:
        marks = _marks((*self.sorted(before), *self.sorted(sayings)))
        return joined([self.above, *self._blocks(sayings, marks), self.below])

    def behind(self, sayings: Sequence[Saying], before: Sequence[Saying]) -> RichText:
        marks = _marks((*self.sorted(before), *self.sorted(sayings)))
        return joined(self._blocks(sayings, marks))

    def _blocks(self, sayings: Sequence[Saying], marks: dict[str, str]) -> list[RichText]:
        blocks: list[RichText] = []
        for part in self.order:
            of_part = [saying for saying in sayings if saying.part is part]
            if of_part and part not in _WITHOUT_HEADING:
                blocks.append(self.words.say(f"answer.{part}_title", title=of_part[0].title))
            for saying in of_part:
                mark = marks.get(saying.citation.id, "") if saying.citation else ""
                blocks.append(said(saying, self.words, mark))
        return blocks


def said(saying: Saying, words: Phrasebook, mark: str = "") -> RichText:
    """A saying as its part is shown, with the mark of its source; the mark of approval where it is approved wording."""
    approved = words.plain("answer.approved_mark") if saying.part is Part.APPROVED else ""
    return words.say(f"answer.{saying.part}", text=saying.text, title=saying.title, mark=f"{approved}{mark}")


def mark_of(number: int) -> str:
    """The mark of the source with this number, which begins at 1: ①②…"""
    return chr(_FIRST_MARK + number - 1)


def _citations(sayings: Sequence[Saying]) -> tuple[Citation, ...]:
    """Every quote once, those of one passage together."""
    found = list(dict.fromkeys(saying.citation for saying in sayings if saying.citation))
    first = {citation.id: at for at, citation in reversed(list(enumerate(found)))}
    return tuple(sorted(found, key=lambda citation: first[citation.id]))


def _marks(sayings: Sequence[Saying]) -> dict[str, str]:
    ids = list(dict.fromkeys(saying.citation.id for saying in sayings if saying.citation))
    return {passage: mark_of(at) for at, passage in enumerate(ids[:_MOST_MARKS], 1)}
