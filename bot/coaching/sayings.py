"""What could be said to a question: lines of the library and of documents, chosen by how well they fit."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.coaching.citations import Citation, citation_of, cited, sentences_of
from bot.coaching.likeness import Likeness
from knowledge.approval import ApprovedLine, parts_of
from knowledge.library_entries import EntryText, Library, LibraryEntry
from knowledge.passages import Hit, PassageKind, SearchResults

_USED_KINDS = ("objection", "method", "case", "persona")
_MOST_ENTRIES = 4
NEAR_ENOUGH = 0.55
"""The share of the best score that a hit needs to be drawn from."""
_NEARLY_FIRST = 0.8
_HIT_BONUS = 0.04
_ENTRY_WEIGHT = 0.4
_EARLY_BONUS = 0.1
_QUESTION_MALUS = 0.05
_STRANGE_FIGURE = 0.1
_MOST_BRIDGES = 3
_LONGEST_QUESTION = {"zh": 60, "en": 150}
_LONGEST_QUOTE = {"zh": 90, "en": 180}
_LONGEST_TITLE = 40
_LONGEST_LINE = {"zh": 130, "en": 260}
_FIGURE = re.compile(r"\d+|[一二两三四五六七八九十百千万半]+(?=个?(?:月|天|万|成|家|点|次|年|小时|分钟|块|批|台|人))")
_ADDRESSED = re.compile(r"[\u4e00-\u9fff](?:处|总|经理|主任|工|科|局|院|厂)(?=[，,、：:])")
_TO_CUSTOMER = {"zh": re.compile(r"您|贵司|贵公司|你们"), "en": re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)}

MayQuote = Callable[[str], bool]
"""Whether words of a document may be shown as advice."""


class Part(StrEnum):
    """What a saying is for."""

    JUDGEMENT = "judgement"
    APPROVED = "approved"
    MOVE = "move"
    SAY = "say"
    OWN = "own"
    ASK = "ask"
    AVOID = "avoid"
    DOCUMENT = "document"
    CAUSE = "cause"
    STEP = "step"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing to say in an answer, what it rests on, the library entry it comes from ("" for a document).

    `approved` marks words to be said as they stand: phrases of the library, and the lines of a document that it marks
    as approved wording (Part.APPROVED), which alone are shown with that mark.
    """

    part: Part
    text: str
    citation: Citation | None
    entry: str = ""
    title: str = ""
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A saying and how well it fits."""

    saying: Saying
    fit: float


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A library entry to draw from, its text in the rep's language, how near the search put it (1 for the first)."""

    entry: LibraryEntry
    text: EntryText
    nearness: float
    hit: Hit | None

    @property
    def methods(self) -> tuple[str, ...]:
        """The method itself, or the methods an objection or case rests on."""
        return (self.entry.id,) if self.entry.kind == "method" else self.entry.words("methods")


def ingredients_of(results: SearchResults, library: Library, language: str) -> list[Ingredient]:
    """The entries to draw from, best first; an objection nearly first comes first, its best method joins."""
    hits = [hit for hit in results.hits if hit.passage.kind.value in _USED_KINDS]
    top = hits[0].score if hits else 0.0
    found: dict[str, Ingredient] = {}
    for hit in hits:
        entry = library.entry(hit.passage.owner)
        nearness = hit.score / top if top > 0 else 1.0
        if entry is not None and entry.id not in found and nearness >= NEAR_ENOUGH:
            found[entry.id] = Ingredient(entry, entry.text(language), min(nearness, 1.0), hit)
    ordered = list(found.values())
    front = next((one for one in ordered[:3] if one.entry.kind == "objection" and one.nearness >= _NEARLY_FIRST), None)
    if front is not None:
        ordered = [front, *(one for one in ordered if one is not front)]
    return _with_its_method(ordered, library, language)[:_MOST_ENTRIES]


def _with_its_method(ordered: list[Ingredient], library: Library, language: str) -> list[Ingredient]:
    if not ordered or any(one.entry.kind == "method" for one in ordered[:_MOST_ENTRIES]):
        return ordered
    entry = next((entry for entry in map(library.entry, ordered[0].methods) if entry is not None), None)
    if entry is None:
        return ordered
    return [ordered[0], Ingredient(entry, entry.text(language), ordered[0].nearness * 0.9, None), *ordered[1:]]


def bridges_of(question: str, first: Ingredient, likeness: Likeness) -> tuple[str, ...]:
    """The ways the first entry has of asking that are nearest to this question."""
    asks = first.text.asks
    alike = likeness(question, asks)
    return tuple(asks[at] for at in sorted(range(len(asks)), key=lambda at: -alike[at])[:_MOST_BRIDGES])


@dataclass(frozen=True, slots=True)
class Chooser:
    """Chooses among the lines of some entries the ones that fit a question.

    A rep tells his trouble, a line tells the remedy, and they share few words. `bridges` are other ways to put the
    same trouble (the nearest `asks` of the entry); what fits them as well fits better.
    """

    question: str
    language: str
    likeness: Likeness
    may_quote: MayQuote
    bridges: tuple[str, ...] = ()

    def judgement(self, first: Ingredient) -> Saying | None:
        """What to make of it: the lesson of a case, else the summary."""
        line = first.text.line("lesson") or first.text.summary
        return self._saying(Part.JUDGEMENT, first, line) if line else None

    def move(self, first: Ingredient) -> Saying | None:
        """The step to take now; where all fit alike, the first."""
        steps = first.text.lines("steps")
        early = {step: _EARLY_BONUS * (len(steps) - at) / len(steps) for at, step in enumerate(steps)}
        ranked = self._ranked(Part.MOVE, [(first, step) for step in steps], early)
        return ranked[0].saying if ranked else None

    def lines(self, ingredients: Sequence[Ingredient], most: int, without: Collection[str] = ()) -> list[Saying]:
        """Lines to say word for word, best first, at most two of an entry among the first three."""
        sources = [one for at, one in enumerate(ingredients) if at == 0 or one.entry.kind != "case"]
        pairs = [(one, line) for one in sources for line in one.text.phrases if line not in without]
        ranked = self._ranked(Part.SAY, pairs, {line: -_QUESTION_MALUS for _, line in pairs if is_question(line)})
        chosen: list[Saying] = []
        for candidate in ranked:
            of_this = sum(said.entry == candidate.saying.entry for said in chosen)
            if (of_this < 2 or len(chosen) > 2) and len(chosen) < most:
                chosen.append(candidate.saying)
        return chosen

    def question_next(self, ingredients: Sequence[Ingredient]) -> Saying | None:
        """The question to ask next: the objection's own, or the one that fits best."""
        own = ingredients[0].text.line("question") if ingredients else ""
        if own:
            return self._saying(Part.ASK, ingredients[0], own)
        pairs = [(one, line) for one in ingredients[:2] for line in _questions_in(one, self.language)]
        ranked = self._ranked(Part.ASK, pairs)
        return ranked[0].saying if ranked else None

    def avoid(self, ingredients: Sequence[Ingredient]) -> Saying | None:
        """What not to say or do."""
        pairs = [(one, line) for one in ingredients[:2] for line in one.text.lines("avoid")]
        ranked = self._ranked(Part.AVOID, pairs)
        return ranked[0].saying if ranked else None

    def rest(self, first: Ingredient, others: Sequence[Ingredient]) -> list[Saying]:
        """What stands behind it: causes, steps in order, and a story."""
        causes = [self._saying(Part.CAUSE, first, line) for line in first.text.lines("causes")]
        steps = [self._saying(Part.STEP, first, line) for line in first.text.lines("steps")]
        teller = next((one for one in (first, *others) if one.entry.kind == "case"), first)
        story = teller.text.summary if teller.entry.kind == "case" else teller.text.line("example")
        told = [self._saying(Part.STORY, teller, story)] if story else []
        return [*causes, *steps, *told]

    def quotes(self, results: SearchResults, most: int) -> list[Saying]:
        """The sentences of the best document hits that fit best; approved lines are never quoted in pieces."""
        hits = [hit for hit in results.hits if hit.passage.kind is PassageKind.DOCUMENT]
        top = max((hit.score for hit in results.hits), default=0.0)
        near = [hit for hit in hits if hit.score >= top * NEAR_ENOUGH]
        quoted = (self._quote(hit) for hit in near)
        return [said for said in quoted if said is not None][:most]

    def _quote(self, hit: Hit) -> Saying | None:
        longest = _LONGEST_QUOTE[self.language]
        stretches = parts_of(hit.passage.text, hit.passage.approved)
        others = [one for one in stretches if not isinstance(one, ApprovedLine)]
        runs = [run for text in others for run in _runs_of(sentences_of(text), text, longest)]
        fit = [run for run in runs if self.may_quote(run)]
        if not fit:
            return None
        likeness = self.likeness(self.question, fit)
        best = max(range(len(fit)), key=lambda at: (likeness[at], len(fit[at])))
        citation = citation_of(hit.passage, fit[best])
        return Saying(Part.DOCUMENT, fit[best], citation, title=shortened(hit.passage.title))

    def _ranked(
        self, part: Part, pairs: Iterable[tuple[Ingredient, str]], bonus: Mapping[str, float] | None = None
    ) -> list[Candidate]:
        usable = [(one, line) for one, line in pairs if self._is_usable(line)]
        alike = self._alike([line for _, line in usable])
        scored = [
            Candidate(self._saying(part, one, line), fit + self._extra(one, line) + (bonus or {}).get(line, 0.0))
            for (one, line), fit in zip(usable, alike, strict=True)
        ]
        return sorted(scored, key=lambda candidate: -candidate.fit)

    def _alike(self, lines: Sequence[str]) -> list[float]:
        alike = [self.likeness(words, lines) for words in (self.question, *self.bridges)]
        others = len(alike) - 1
        if not others:
            return list(alike[0])
        return [(own + sum(rest) / others) / 2 for own, *rest in zip(*alike, strict=True)]

    def _is_usable(self, line: str) -> bool:
        return 0 < len(line) <= _LONGEST_LINE[self.language]

    def _extra(self, one: Ingredient, line: str) -> float:
        strange = _particulars(line) - _particulars(self.question)
        in_hit = one.hit is not None and line in one.hit.passage.text
        return _ENTRY_WEIGHT * one.nearness + _HIT_BONUS * in_hit - _STRANGE_FIGURE * bool(strange)

    def _saying(self, part: Part, one: Ingredient, line: str) -> Saying:
        approved = part in (Part.SAY, Part.ASK)
        citation = cited(line, one.entry, self.language)
        return Saying(part, line, citation, one.entry.id, one.text.name, approved)


def _particulars(text: str) -> set[str]:
    """Figures and people addressed: what belongs to an example unless the rep says it as well."""
    return {*_FIGURE.findall(text), *_ADDRESSED.findall(text)}


def shortened(title: str) -> str:
    """A title that fits on a line."""
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"


def is_question(line: str) -> bool:
    """Whether a line ends by asking."""
    return line.rstrip("”’」』\"'）)").endswith(("？", "?"))


def _questions_in(one: Ingredient, language: str) -> list[str]:
    asked = [field.question for field in one.text.fields.values() if _TO_CUSTOMER[language].search(field.question)]
    for phrase in filter(is_question, one.text.phrases):
        short = len(phrase) <= _LONGEST_QUESTION[language]
        asked.append(phrase if short else sentences_of(phrase)[-1])
    return [question for question in asked if len(question) <= _LONGEST_QUESTION[language]]


def _runs_of(sentences: Sequence[str], text: str, longest: int) -> list[str]:
    """One or two sentences in a row, as they stand in the text; a longer sentence is cut at a comma."""
    runs: list[str] = []
    for at, sentence in enumerate(sentences):
        runs.append(sentence if len(sentence) <= longest else _cut(sentence, longest))
        pair = "".join(sentences[at : at + 2])
        if len(sentences[at : at + 2]) == 2 and len(pair) <= longest and pair in text:
            runs.append(pair)
    return [run for run in runs if run]


def _cut(sentence: str, longest: int) -> str:
    held = ""
    for clause in re.split(r"(?<=[，,、：:])", sentence):
        if len(held) + len(clause) > longest:
            break
        held += clause
    return (held or sentence[:longest]).rstrip("，,、：: ")
