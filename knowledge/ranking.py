"""The last step of a search: one passage of each entry, in the rep's language, and not five of one article."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.passages import Hit, Listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.catalogue import Catalogue
    from knowledge.passages import Listed

MOST_OF_ONE_ARTICLE = 2


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage with its score and what the score is made of."""

    passage: Listed
    score: float
    parts: Mapping[str, float]


def best_of_each(scored: Iterable[Scored], *, language: str, k: int) -> list[Scored]:
    """The `k` best, given best first: of an entry its best passage in the language, of an article at most two.

    What an article has beyond that comes after everything else, so that short corpora still fill `k`.
    """
    chosen: list[Scored] = []
    left_over: list[Scored] = []
    taken: Counter[str] = Counter()
    place_of_entry: dict[str, int] = {}
    for one in scored:
        owner = one.passage.owner
        if one.passage.owner_is_document:
            (chosen if taken[owner] < MOST_OF_ONE_ARTICLE else left_over).append(one)
            taken[owner] += 1
        elif owner not in place_of_entry:
            place_of_entry[owner] = len(chosen)
            chosen.append(one)
        elif chosen[place_of_entry[owner]].passage.language != language == one.passage.language:
            chosen[place_of_entry[owner]] = Scored(one.passage, chosen[place_of_entry[owner]].score, one.parts)
    return [*chosen, *left_over][:k]


def hits_of(best: Iterable[Scored], catalogue: Catalogue) -> tuple[Hit, ...]:
    """What is shown of the best, ranked from 1; passages are read only now, and one that has gone is left out."""
    best = list(best)
    passages = catalogue.opened(one.passage.id for one in best)
    there = [one for one in best if one.passage.id in passages]
    return tuple(Hit(passages[one.passage.id], one.score, rank, one.parts) for rank, one in enumerate(there, start=1))
