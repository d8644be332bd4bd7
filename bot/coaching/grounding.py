"""An answer a model helped to write: what it adds is checked, what it marks as the library's stays word for word."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.coaching.answers import CoachAnswer, answer_from, answer_of
from bot.coaching.checks import Ground
from bot.coaching.citations import Citation, citation_of, sentences_of
from bot.coaching.likeness import by_words
from bot.coaching.material import Material, by_importance, material_of
from bot.coaching.refusals import may_quote
from bot.coaching.sayings import Part, Saying, is_question
from bot.coaching.understanding import BY_WORDS, Understanding
from bot.errors import ModelUnavailable
from bot.ports import LanguageModel
from bot.wording.phrasebook import Phrasebook
from knowledge.library_entries import Library
from knowledge.passages import SearchResults

PROMPT = "ask_answer"
SCHEMA: Mapping[str, object] = {
    "type": "object",
    "properties": {
        "judgement": {"type": "string"},
        "lines": {"type": "array", "items": {"type": "integer"}, "maxItems": 3},
        "own_line": {"type": "string"},
        "ask": {"type": "string"},
    },
    "required": ["judgement", "lines", "own_line", "ask"],
    "additionalProperties": False,
}
_NOTES = 3
_LONGEST_NOTE = {"zh": 220, "en": 450}
_LONGEST_WRITTEN = {"zh": 80, "en": 220}
_MOST_LINES = 3
_LEAST_SUPPORTED = 0.12


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model proposed, as it came: nothing of it is trusted yet. `lines` count from 1."""

    judgement: str = ""
    lines: tuple[int, ...] = ()
    own_line: str = ""
    ask: str = ""


def draft_of(proposed: Mapping[str, object]) -> Draft:
    """The usable fields of a proposal, whatever else is in it."""

    def text(key: str) -> str:
        value = proposed.get(key)
        return " ".join(value.split()).strip('“”"「」') if isinstance(value, str) else ""

    chosen = proposed.get("lines")
    numbers = [one for one in chosen if isinstance(one, int)] if isinstance(chosen, list) else []
    return Draft(text("judgement"), tuple(numbers), text("own_line"), text("ask"))


async def answered_by(
    model: LanguageModel,
    question: str,
    results: SearchResults,
    library: Library,
    words: Phrasebook,
    *,
    rep: str,
    understanding: Understanding = BY_WORDS,
) -> CoachAnswer:
    """The answer with a model's help; the library's own, saying so, when the model is away or talks nonsense."""
    if model.is_offline or not results.answerable or understanding.declines(question) is not None:
        return answer_from(question, results, library, words, understanding=understanding)
    likeness = understanding.likeness
    material = material_of(question, results, library, words.language, likeness=likeness, may_quote=may_quote)
    if not material.sayings:
        return answer_from(question, results, library, words, understanding=understanding)
    inputs = inputs_of(question, results, material, words.language)
    try:
        proposed = await model.propose(PROMPT, inputs, language=words.language, rep=rep, schema=SCHEMA)
    except ModelUnavailable:
        proposed = {}
    grounded = grounded_in(material, draft_of(proposed), question, results, words.language)
    note = None if grounded else words.say("answer.offline_note")
    return answer_of(grounded or material, words, note=note)


def inputs_of(question: str, results: SearchResults, material: Material, language: str) -> Mapping[str, str]:
    """What the prompt shows the model, short enough for a small one; nothing in it can end its block."""
    lines = "\n".join(f"{number}. {saying.text}" for number, saying in enumerate(material.choices, start=1))
    shown = {"question": question[:600], "lines": lines, "notes": "\n".join(_notes(results, language))}
    return {name: text.replace("<", "‹").replace(">", "›") for name, text in shown.items()}


def grounded_in(
    material: Material, draft: Draft, question: str, results: SearchResults, language: str
) -> Material | None:
    """The material with what stands of the draft; None when nothing does.

    Lines are taken by their number, so they are the library's word for word; generated words are never approved.
    """
    shown = [*_notes(results, language), *(saying.text for saying in material.choices)]
    ground = Ground("\n".join(shown), question, language)

    chosen = _chosen(material, draft.lines)
    fresh = list(_written(draft, ground, results, material, [saying.text for saying in chosen]))
    if not fresh and not chosen:
        return None
    kept = [one for one in material.sayings if one.part not in {saying.part for saying in fresh}]
    if chosen:
        kept = [*chosen, *(one for one in kept if one.part is not Part.SAY)]
    judged = [one for one in material.sayings if one.part is Part.JUDGEMENT and one not in kept]
    behind = [replace(one, part=Part.STEP) for one in judged]
    return replace(
        material,
        sayings=by_importance([*fresh, *kept], quote_first=material.quote_first),
        rest=(*behind, *material.rest),
    )


def _written(
    draft: Draft, ground: Ground, results: SearchResults, material: Material, taken: Sequence[str]
) -> Iterator[Saying]:
    """What stands of the words the model wrote itself."""
    longest = _LONGEST_WRITTEN[ground.language]
    if len(draft.judgement) <= longest and ground.holds_for_rep(draft.judgement):
        yield Saying(Part.JUDGEMENT, draft.judgement, _support_of(draft.judgement, results, material))
    for part, text in ((Part.OWN, draft.own_line), (Part.ASK, draft.ask)):
        fits = len(text) <= longest and is_question(text) is (part is Part.ASK) and not _is_settled(part, material)
        if fits and text not in taken and ground.holds_for_customer(text):
            yield Saying(part, text, None)


def _is_settled(part: Part, material: Material) -> bool:
    """An objection's own question is better than any written on the spot."""
    return part is Part.ASK and bool(material.ingredients and material.ingredients[0].text.line("question"))


def _chosen(material: Material, numbers: Sequence[int]) -> list[Saying]:
    valid = dict.fromkeys(number for number in numbers if 1 <= number <= len(material.choices))
    chosen = [material.choices[number - 1] for number in valid][:_MOST_LINES]
    others = [one for one in material.choices if one not in chosen]
    return [*chosen, *others[: max(0, 2 - len(chosen))]] if chosen else []


def _notes(results: SearchResults, language: str) -> list[str]:
    """The best passages, without sentences that may not be shown."""
    texts = [
        "".join(sentence for sentence in sentences_of(hit.passage.text) if may_quote(sentence))
        for hit in results.hits[:_NOTES]
    ]
    return [text[: _LONGEST_NOTE[language]] for text in texts if text]


def _support_of(words: str, results: SearchResults, material: Material) -> Citation | None:
    """The sentence of the passages shown that has most in common with these words."""
    pairs = [
        (hit.passage, sentence)
        for hit in results.hits[:_NOTES]
        for sentence in sentences_of(hit.passage.text)
        if may_quote(sentence)
    ]
    alike = by_words(words, [sentence for _, sentence in pairs])
    best = max(range(len(pairs)), key=lambda at: alike[at], default=None)
    if best is None or alike[best] < _LEAST_SUPPORTED:
        return next((one.citation for one in material.sayings if one.part is Part.JUDGEMENT), None)
    return citation_of(*pairs[best])
