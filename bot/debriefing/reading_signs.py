"""Clauses and whole notes as rows of numbers for a judge: meaning, pieces of words, and the cues in them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from bot.debriefing.clauses import Clause
from bot.debriefing.cues import cue
from bot.debriefing.dates import Leaning, dates_in
from bot.debriefing.money import amounts_in
from bot.debriefing.standing import FURTHEST_FIRST, gives_away, praises_in
from bot.debriefing.wordings import says
from knowledge.word_pieces import word_pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from knowledge.passages import Embedder

_STATEMENT_CUES = (
    "need",
    "pain",
    "objection",
    "criteria",
    "authority",
    "process",
    "champion",
    "timeline",
    "done_already",
    "idea",
    "agreed",
    "act",
    "positive",
    "negative",
    "weak_need",
    "weak_pain",
    "weak_objection",
    "weak_criteria",
    "third_party",
    "own_words",
    "speech",
)
_NOTE_CUES = ("need", "pain", "objection", "agreed", "positive", "negative", "criteria", "process", "champion")
_OURS = re.compile(r"我|咱|\b(?:I|we|us|our|my)\b", re.IGNORECASE)
_OURS_FIRST = re.compile(r"我|咱|I\b|we\b", re.IGNORECASE)
_THEIRS = re.compile(r"他|她|客户|对方|人家|\b(?:he|she|they|their|them)\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万两半]")
_SHORT, _LONG, _MANY = 6, 20, 3
_CLAUSE_MEANING, _SENTENCE_MEANING, _CLAUSE_PIECES = 2.0, 1.0, 2.0
_NOTE_MEANING, _NOTE_PIECES, _MARKS_WEIGH = 3.0, 1.0, 0.5


def clause_signs(clauses: Sequence[Clause], embedder: "Embedder", base: date) -> "NDArray[np.float32]":
    """A row for each clause, told with the sentence it stands in; the last column is one for all.

    Raises VectorsUnavailableError when there is no meaning to be had.
    """
    sentences = ["，".join(one.text for one in clauses if one.sentence == clause.sentence) for clause in clauses]
    meant = embedder.embed([clause.text for clause in clauses])
    around = embedder.embed(list(dict.fromkeys(sentences)))
    place = {sentence: at for at, sentence in enumerate(dict.fromkeys(sentences))}
    rows = [
        np.concatenate(
            [
                _CLAUSE_MEANING * meant[at],
                _SENTENCE_MEANING * around[place[sentences[at]]],
                _CLAUSE_PIECES * word_pieces(clause.text),
                _MARKS_WEIGH * np.array([*map(float, _clause_marks(clause.text, base)), 2.0], np.float32),
            ]
        )
        for at, clause in enumerate(clauses)
    ]
    return np.stack(rows).astype(np.float32)


def note_signs(clauses: Sequence[Clause], embedder: "Embedder") -> "NDArray[np.float32]":
    """One row for all clauses of an account together; the last column is one for all."""
    texts = [clause.text for clause in clauses]
    whole = "，".join(texts)
    meant = embedder.embed(texts).mean(0)
    meant /= max(float(np.linalg.norm(meant)), 1e-9)
    marks = np.array([*map(float, _note_marks(whole)), 2.0], np.float32)
    parts = [_NOTE_MEANING * meant, _NOTE_PIECES * word_pieces(whole), _MARKS_WEIGH * marks]
    return np.concatenate(parts).astype(np.float32)


def _clause_marks(words: str, base: date) -> Iterator[bool]:
    days = dates_in(words, base, Leaning.FUTURE)
    yield from (says(idea, words) for idea in _STATEMENT_CUES)
    yield bool(_OURS.search(words))
    yield bool(_OURS_FIRST.match(words))
    yield bool(_THEIRS.search(words))
    yield bool(amounts_in(words))
    yield bool(days)
    yield any(found.day is not None and found.day > base for found in days)
    yield len(words) < _SHORT
    yield len(words) > _LONG
    yield bool(_FIGURE.search(words))


def _note_marks(words: str) -> Iterator[float]:
    yield from (gives_away(stage, words) for stage in FURTHEST_FIRST)
    yield from (says(idea, words) for idea in _NOTE_CUES)
    yield min(_MANY, praises_in(words)) / 2
    yield min(_MANY, len(cue("negative").findall(words))) / 2
