"""What an answer can be made of: the sayings chosen for a question, before they are laid out."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.coaching.likeness import Likeness
from bot.coaching.sayings import Chooser, Ingredient, MayQuote, Part, Saying, bridges_of, ingredients_of
from knowledge.library_entries import Library
from knowledge.passages import Findings, PassageKind

MOST_METHODS = 3
_MOST_LINES = 3
_MOST_QUOTES = 2


@dataclass(frozen=True, slots=True)
class Material:
    """Sayings for the first screen, most important first, and what stands behind them.

    `methods` are the ids an entry among the sayings is or rests on, best first.
    """

    sayings: tuple[Saying, ...]
    rest: tuple[Saying, ...]
    ingredients: tuple[Ingredient, ...]
    quote_first: bool = False

    def methods_of(self, sayings: Sequence[Saying]) -> tuple[str, ...]:
        """At most three methods whose lines are among these sayings, best first."""
        used = {saying.entry for saying in sayings}
        own = [one.entry.id for one in self.ingredients if one.entry.kind == "method" and one.entry.id in used]
        behind = [method for one in self.ingredients if one.entry.id in used for method in one.methods]
        return tuple(dict.fromkeys(method for method in (*own, *behind)))[:MOST_METHODS]


def material_of(
    question: str,
    findings: Findings,
    library: Library,
    language: str,
    *,
    likeness: Likeness,
    may_quote: MayQuote,
) -> Material:
    """The lines of the best entries that fit the question, and sentences of the best documents."""
    ingredients = ingredients_of(findings, library, language)
    bridges = bridges_of(question, ingredients[0], likeness) if ingredients else ()
    chooser = Chooser(question, language, likeness, may_quote, bridges)
    quotes = chooser.quotes(findings, _MOST_QUOTES)
    quote_first = bool(findings.hits) and findings.hits[0].passage.kind is PassageKind.DOCUMENT and bool(quotes)
    if not ingredients:
        return Material(tuple(quotes), (), (), quote_first)
    return Material(
        _by_importance(chooser, ingredients, quotes, quote_first),
        tuple(chooser.rest(ingredients[0], ingredients[1:])),
        tuple(ingredients),
        quote_first,
    )


def alternative_of(
    question: str, entries: Sequence[str], library: Library, language: str, *, likeness: Likeness
) -> Material:
    """Lines of named entries for somebody whose own way is declined."""
    chooser = Chooser(question, language, likeness, lambda words: False)
    found = [entry for entry in map(library.entry, entries) if entry is not None]
    ingredients = [Ingredient(entry, entry.text(language), 1 - 0.1 * at, None) for at, entry in enumerate(found)]
    if not ingredients:
        return Material((), (), ())
    sayings = _by_importance(chooser, ingredients, [], False)
    return Material(tuple(one for one in sayings if one.part is not Part.JUDGEMENT), (), tuple(ingredients))


def _by_importance(
    chooser: Chooser, ingredients: Sequence[Ingredient], quotes: Sequence[Saying], quote_first: bool
) -> tuple[Saying, ...]:
    judgement = chooser.judgement(ingredients[0])
    ask = chooser.question_next(ingredients)
    lines = chooser.lines(ingredients, _MOST_LINES, without=ask.text if ask else "")
    avoid = chooser.avoid(ingredients)
    first, later = (quotes[:1], quotes[1:]) if quote_first else ([], quotes[:1])
    move = chooser.move(ingredients[0])
    ordered = [judgement, *lines[:1], *first, move, ask, *lines[1:2], avoid, *later, *lines[2:]]
    return tuple(saying for saying in ordered if saying is not None)
