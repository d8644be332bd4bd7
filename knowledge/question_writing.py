"""Has questions written for passages that have none, a few at a time, so that it can stop and go on at any point."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.passages import Passage, PassageStore, QuestionWriter

MOST_QUESTIONS = 2


def unasked(store: PassageStore) -> list[Passage]:
    """The live passages that no writer was asked about yet, one of each text.

    What is written is kept for the text, so a file that is renamed, or brings it again, asks nobody a second time.
    """
    asked = store.questions()
    waiting: dict[str, Passage] = {}
    for passage in store.passages():
        if passage.id not in asked:
            waiting.setdefault(passage.text, passage)
    return list(waiting.values())


def written(writer: QuestionWriter, passage: Passage) -> Sequence[str]:
    """At most two questions for a passage, none when it answers none; a line that announces them is none."""
    lines = [" ".join(line.split()) for line in writer.questions_for(passage)]
    return tuple(dict.fromkeys(line for line in lines if line and not line.endswith((":", "："))))[:MOST_QUESTIONS]
