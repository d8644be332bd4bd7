"""The answer to a rep's question, composed from the library's own words, each claim with its source."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from bot.coaching.citations import Citation
from bot.coaching.likeness import Likeness, by_words
from bot.coaching.material import Material, alternative_of, material_of
from bot.coaching.refusals import ALTERNATIVES, Refusal, may_quote
from bot.coaching.sayings import Part, Saying, shortened
from bot.coaching.screen import laid_out, mark_of
from bot.coaching.understanding import BY_WORDS, Understanding
from bot.domain.rich_text import RichText, joined
from bot.wording.phrasebook import Phrasebook
from knowledge.library_entries import Library
from knowledge.passages import SearchResults

_NEAR_SHOWN = 3
_ENTRIES_OF_OTHERS = 2
_OTHERS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class CoachAnswer:
    """What the rep reads: `screen` first, `rest` on demand; `sayings` are its parts in the order shown.

    `citations` come in the order of their marks ①②…; those of one passage share a mark.
    """

    screen: RichText
    rest: RichText
    sayings: tuple[Saying, ...] = ()
    citations: tuple[Citation, ...] = ()
    methods: tuple[str, ...] = ()
    refused: bool = False
    answerable: bool = True

    @property
    def first_screen(self) -> str:
        """Plain text exactly as shown: at most 600 characters Chinese, 1,200 English."""
        return self.screen.text

    @property
    def more(self) -> str | None:
        """The rest as plain text, None when that was all."""
        return self.rest.text or None

    def sources_in(self, text: RichText) -> Mapping[int, Citation]:
        """The sources whose marks stand in `screen` or `rest`, by their numbers: what the buttons under it open."""
        return {number: one for number, one in enumerate(self.sources, 1) if mark_of(number) in text.text}

    @property
    def sources(self) -> tuple[Citation, ...]:
        """One citation for each mark, in order."""
        first = {citation.id: citation for citation in reversed(self.citations)}
        return tuple(reversed(first.values()))

    def texts(self, part: Part) -> tuple[str, ...]:
        """What the answer says under one heading."""
        return tuple(saying.text for saying in self.sayings if saying.part is part)


def answer_from(
    question: str,
    results: SearchResults,
    library: Library,
    words: Phrasebook,
    *,
    understanding: Understanding = BY_WORDS,
) -> CoachAnswer:
    """What the library says to this question, in the language of `words`; declined or empty where it must be."""
    refusal = understanding.declines(question)
    if refusal is not None and not refusal.leaves_question:
        return declined(question, refusal, library, words, likeness=understanding.likeness)
    asked = refusal.rest if refusal else question
    if not results.answerable:
        return _nothing(results, words, refusal)
    likeness = understanding.likeness
    material = material_of(asked, results, library, words.language, likeness=likeness, may_quote=may_quote)
    return answer_of(material, words, refusal=refusal) if material.sayings else _nothing(results, words, refusal)


def other_lines(
    question: str,
    results: SearchResults,
    library: Library,
    words: Phrasebook,
    *,
    heard: Collection[str],
    understanding: Understanding = BY_WORDS,
) -> CoachAnswer:
    """More lines to say to the same question, none of those heard; not answerable when there are no more."""
    material = material_of(
        question,
        results,
        library,
        words.language,
        likeness=understanding.likeness,
        may_quote=may_quote,
        heard=heard,
    )
    near = {one.entry.id for one in material.ingredients[:_ENTRIES_OF_OTHERS]}
    lines = [saying for saying in material.choices if saying.entry in near][:_OTHERS_SHOWN]
    return answer_of(replace(material, sayings=tuple(lines), rest=()), words)


def answer_of(
    material: Material, words: Phrasebook, *, refusal: Refusal | None = None, note: RichText | None = None
) -> CoachAnswer:
    """The material laid out; a refusal stands above it, a note below."""
    above = words.say(f"refusal.{refusal.kind}") if refusal else None
    screen = laid_out(material.sayings, material.rest, words, above=above, below=note, quote_first=material.quote_first)
    methods = material.methods_of(screen.sayings)
    return CoachAnswer(
        screen.shown,
        screen.rest,
        screen.sayings,
        screen.citations,
        methods,
        refused=refusal is not None,
        answerable=bool(screen.sayings),
    )


def declined(
    question: str, refusal: Refusal, library: Library, words: Phrasebook, *, likeness: Likeness = by_words
) -> CoachAnswer:
    """A refusal, its reason, and the legitimate way that follows from the library."""
    way = alternative_of(question, ALTERNATIVES[refusal.kind], library, words.language, likeness=likeness)
    return answer_of(way, words, refusal=refusal)


def _nothing(results: SearchResults, words: Phrasebook, refusal: Refusal | None) -> CoachAnswer:
    titles = list(dict.fromkeys(shortened(hit.passage.title) for hit in results.hits if hit.passage.title))
    near = [words.say("answer.near_entry", title=title) for title in titles[:_NEAR_SHOWN]]
    declined_words = words.say(f"refusal.{refusal.kind}") if refusal else RichText("")
    heading = [words.say("answer.near")] if near else []
    screen = joined([declined_words, words.say("answer.nothing"), *heading, *near, words.say("answer.rephrase")])
    return CoachAnswer(screen, RichText(""), refused=refusal is not None, answerable=False)


def answer_as_json(answer: CoachAnswer) -> Mapping[str, object]:
    """The answer in the batch form of `ask`, without the id of the question."""
    return {
        "answer": answer.first_screen,
        "more": answer.more,
        "citations": [
            {"id": one.id, "title": one.title, "source": one.source, "quote": one.quote} for one in answer.citations
        ],
        "methods": list(answer.methods),
        "refused": answer.refused,
        "answerable": answer.answerable,
    }
