"""What an answer can be made of: the sayings chosen for a question, before they are laid out."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.coaching.approved_lines import approved_sayings
from bot.coaching.likeness import Likeness
from bot.coaching.sayings import Chooser, Ingredient, MayQuote, Part, Saying, bridges_of, ingredients_of
from knowledge.library_entries import Library
from knowledge.passages import PassageKind, SearchResults

MOST_METHODS = 3
_MOST_LINES = 3
_MOST_CHOICES = 6
_MOST_QUOTES = 2
_MOST_APPROVED = 3
_RANKS: Mapping[Part, tuple[float, ...]] = {
    Part.JUDGEMENT: (0,),
    Part.APPROVED: (0.5, 2.5, 8.5),
    Part.SAY: (1, 6, 9),
    Part.OWN: (3,),
    Part.MOVE: (4,),
    Part.ASK: (5,),
    Part.AVOID: (7,),
}
_QUOTE_FIRST = (2, 10)
_QUOTE_LATER = (8, 10)


@dataclass(frozen=True, slots=True)
class Material:
    """Sayings for the first screen, most important first, and what stands behind them.

    `choices` are the lines to say among which a model may choose, best first.
    """

    sayings: tuple[Saying, ...]
    rest: tuple[Saying, ...]
    ingredients: tuple[Ingredient, ...]
    quote_first: bool = False
    choices: tuple[Saying, ...] = ()

    def methods_of(self, sayings: Sequence[Saying]) -> tuple[str, ...]:
        """At most three methods whose lines are among these sayings, best first."""
        used = {saying.entry for saying in sayings}
        own = [one.entry.id for one in self.ingredients if one.entry.kind == "method" and one.entry.id in used]
        behind = [method for one in self.ingredients if one.entry.id in used for method in one.methods]
        return tuple(dict.fromkeys(method for method in (*own, *behind)))[:MOST_METHODS]


def material_of(
    question: str,
    results: SearchResults,
    library: Library,
    language: str,
    *,
    likeness: Likeness,
    may_quote: MayQuote,
    heard: Collection[str] = (),
) -> Material:
    """The lines of the best entries that fit the question, approved lines and sentences of the best documents.

    No line of an entry that was `heard` is among them.
    """
    ingredients = ingredients_of(results, library, language)
    bridges = bridges_of(question, ingredients[0], likeness) if ingredients else ()
    chooser = Chooser(question, language, likeness, may_quote, bridges)
    marked = approved_sayings(question, results, likeness=likeness, may_quote=may_quote, most=_MOST_APPROVED)
    quotes = [*marked, *chooser.quotes(results, _MOST_QUOTES)]
    quote_first = bool(results.hits) and results.hits[0].passage.kind is PassageKind.DOCUMENT and bool(quotes)
    if not ingredients:
        return Material(tuple(quotes), (), (), quote_first)
    first = ingredients[0]
    ask = chooser.question_next(ingredients)
    choices = chooser.lines(ingredients, _MOST_CHOICES, without=(*heard, ask.text if ask else ""))
    single = (chooser.judgement(first), chooser.move(first), ask, chooser.avoid(ingredients))
    sayings = [*choices[:_MOST_LINES], *(saying for saying in single if saying is not None), *quotes]
    return Material(
        by_importance(sayings, quote_first=quote_first),
        tuple(chooser.rest(first, ingredients[1:])),
        tuple(ingredients),
        quote_first,
        tuple(choices),
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
    ask = chooser.question_next(ingredients)
    lines = chooser.lines(ingredients, _MOST_LINES, without=(ask.text if ask else "",))
    others = (saying for saying in (ask, chooser.avoid(ingredients)) if saying is not None)
    return Material(by_importance([*lines, *others], quote_first=False), (), tuple(ingredients))


def by_importance(sayings: Sequence[Saying], *, quote_first: bool) -> tuple[Saying, ...]:
    """What must stand on the first screen before what may; among sayings of one part their order stays."""
    quote = _QUOTE_FIRST if quote_first else _QUOTE_LATER
    before: Counter[Part] = Counter()
    ranked: list[tuple[float, Saying]] = []
    for saying in sayings:
        ranks = quote if saying.part is Part.DOCUMENT else _RANKS[saying.part]
        ranked.append((ranks[min(before[saying.part], len(ranks) - 1)], saying))
        before[saying.part] += 1
    return tuple(saying for _, saying in sorted(ranked, key=lambda pair: pair[0]))
