"""Has questions written for passages that have none, a few at a time, so that it can stop and go on at any point."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.passages import PassageStore, QuestionWriter

MOST_QUESTIONS = 2


def write_questions(store: PassageStore, writer: QuestionWriter, *, at_most: int) -> int:
    """Asks the writer about up to `at_most` passages that were never asked about; says how many that were.

    What is written is kept at once under the passage's id, which is made from its text, so nothing is written twice.
    """
    asked = store.questions()
    waiting = [passage for passage in store.passages() if passage.id not in asked][:at_most]
    for passage in waiting:
        questions = [" ".join(question.split()) for question in writer.questions_for(passage)]
        store.keep_questions(passage, [question for question in questions if question][:MOST_QUESTIONS])
    return len(waiting)
