"""Lines that documents mark as approved wording: chosen for a question, shown to the character and with their mark."""

from collections.abc import Sequence

from bot.coaching.citations import citation_of
from bot.coaching.likeness import Likeness
from bot.coaching.sayings import NEAR_ENOUGH, MayQuote, Part, Saying, shortened
from bot.domain.finding import Finding
from bot.wording.phrasebook import Phrasebook
from knowledge.approval import marked
from knowledge.passages import Hit, Passage, PassageKind, SearchResults

_NEARNESS_WEIGHT = 0.4
_WORDS_BEFORE = 80
"""What stands before a line tells what it is for."""
_ASKED_FOR = ("objections", "pains", "needs")


def approved_sayings(
    question: str, results: SearchResults, *, likeness: Likeness, may_quote: MayQuote, most: int
) -> list[Saying]:
    """The approved lines of the documents found that fit a question best; nothing else ever is such a saying."""
    hits = [hit for hit in results.hits if hit.passage.kind is PassageKind.DOCUMENT]
    top = max((hit.score for hit in results.hits), default=0.0)
    near = [hit for hit in hits if hit.score >= top * NEAR_ENOUGH]
    lines = [(hit, line, about) for hit in near for line, about in _lines_of(hit.passage) if may_quote(line)]
    alike = likeness(question, [about for _, _, about in lines])
    ranked = sorted(range(len(lines)), key=lambda at: -(alike[at] + _NEARNESS_WEIGHT * _nearness(lines[at][0], top)))
    chosen = dict.fromkeys(lines[at][1] for at in ranked)
    first = {line: hit.passage for hit, line, _ in reversed([lines[at] for at in ranked])}
    return [_saying(first[line], line) for line in list(chosen)[:most]]


def question_before_visit(known: Sequence[Finding]) -> str:
    """What an approved line should be about before a visit: the customer's latest concern, pain and need."""
    latest = {one.topic: one.value for one in reversed(known) if one.topic in _ASKED_FOR}
    return " ".join(latest[topic] for topic in _ASKED_FOR if topic in latest)


def with_marks(passage: Passage, words: Phrasebook) -> str:
    """A passage with the mark behind each of its approved lines."""
    return marked(passage.text, passage.approved, words.plain("answer.approved_mark"))


def _lines_of(passage: Passage) -> list[tuple[str, str]]:
    """Each approved line, and the same with the words before it."""
    spans = passage.approved
    return [(passage.text[start:end], passage.text[max(0, start - _WORDS_BEFORE) : end]) for start, end in spans]


def _nearness(hit: Hit, top: float) -> float:
    return min(hit.score / top, 1.0) if top > 0 else 1.0


def _saying(passage: Passage, line: str) -> Saying:
    citation = citation_of(passage, line)
    return Saying(Part.APPROVED, line, citation, title=shortened(passage.title), approved=True)
