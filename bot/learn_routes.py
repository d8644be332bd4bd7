"""Learns which skill free words are for: `python -m bot.learn_routes` reads the messages and writes the weights.

It learns from `bot/conversation/route_messages/<skill>.txt`, one message a line, from the skills' own examples and from
the questions that lead to the library's entries. What is printed is about messages held out while learning.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from bot.conversation.route_sense import WEIGHTS_FILE, Judge
from bot.conversation.route_signs import signs_of, with_meaning
from bot.domain.wish import Wish
from bot.ports import Skill
from bot.wording.phrasebook import LANGUAGES, keys_of
from knowledge.library_entries import load_library
from knowledge.sentence_embedder import SentenceEmbedder
from knowledge.softmax_regression import learned_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

MESSAGES = "route_messages"
FOLDS = 5
_TOLD_ON = date(2026, 11, 23)
_ACCOUNTS = ("远山阀门", "中国银行", "华康医院", "Hillside Valves", "Northgate Bank")
_ASKS_WEIGHT = 0.15
_MOST_WRONG = 0.08
"""The share of held-out messages that may go to a wrong skill rather than be asked back."""


@dataclass(frozen=True, slots=True)
class Told:
    """A message, the skill it is for, and how much it counts."""

    text: str
    skill: str
    weight: float = 1.0


def main() -> int:
    """Learns both judges, prints how they do, and writes the weights."""
    told = list(_messages())
    names = sorted({one.skill for one in told})
    wishes = [Wish(one.text, _TOLD_ON, _ACCOUNTS) for one in told]
    skills = _skills()
    claims = [{skill.name: skill.claim(wish) for skill in skills} for wish in wishes]
    embedder = SentenceEmbedder()
    meanings = embedder.embed([one.text for one in told])
    wanted = np.array([names.index(one.skill) for one in told])
    weight = np.array([one.weight for one in told], np.float32)
    signs = np.stack([signs_of(wish, claim, names) for wish, claim in zip(wishes, claims, strict=True)])
    both = np.stack([with_meaning(row, meaning) for row, meaning in zip(signs, meanings, strict=True)])
    judges = [_judge("", signs, wanted, weight), _judge(embedder.name, both, wanted, weight)]
    written = {"skills": names, "judges": [judge.as_json() for judge in judges]}
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n[")
    Path(str(files("bot.conversation").joinpath(WEIGHTS_FILE))).write_text(text + "\n", encoding="utf-8")
    return 0


def _messages() -> Iterator[Told]:
    for file in sorted(Path(str(files("bot.conversation").joinpath(MESSAGES))).glob("*.txt")):
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
        yield from (Told(line, file.stem) for line in lines if line and not line.startswith("#"))
        for language in LANGUAGES:
            yield from (Told(line, file.stem) for line in keys_of(language).get(f"{file.stem}.examples", ()))
    texts = [text for entry in load_library().entries if entry.kind != "scenario" for text in entry.texts.values()]
    yield from (Told(ask, "ask", _ASKS_WEIGHT) for ask in sorted({ask for text in texts for ask in text.asks}))


def _skills() -> Sequence[Skill]:
    from bot.assemble.memory import open_memory
    from bot.assemble.program import assemble
    from config.settings import read_settings

    with TemporaryDirectory() as folder:
        return assemble(open_memory(read_settings(data_dir=Path(folder))), ()).skills


def _judge(name: str, rows: "NDArray[np.float32]", wanted: "NDArray[np.int64]", weight: "NDArray[np.float32]") -> Judge:
    """What was learned from all, with the lowest threshold that keeps to the limit on those held out."""
    likely = np.zeros((len(rows), int(wanted.max()) + 1), np.float32)
    fold = np.random.default_rng(0).integers(0, FOLDS, len(rows))
    for part in range(FOLDS):
        rest = fold != part
        judge = Judge(name, 0.0, learned_weights(rows[rest], wanted[rest], weight[rest]))
        likely[~rest] = [judge.likely(row) for row in rows[~rest]]
    own = weight == 1
    right, best = (likely.argmax(1) == wanted)[own], likely.max(1)[own]
    sure = next(at for at in np.arange(0.3, 1.0, 0.01) if (~right & (best >= at)).mean() <= _MOST_WRONG)
    sys.stdout.write(
        f"{name or 'words'}: of {own.sum()} held out first {right.mean():.3f}; sure from {sure:.2f}:"
        f" right {(right & (best >= sure)).mean():.3f} wrong {(~right & (best >= sure)).mean():.3f}\n"
    )
    return Judge(name, float(sure), learned_weights(rows, wanted, weight))


if __name__ == "__main__":
    raise SystemExit(main())
