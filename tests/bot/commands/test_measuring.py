"""What `ridealong eval debrief` prints."""

import json
from pathlib import Path

from bot.commands.measuring import figures
from config.settings import Settings

CASES = Path(__file__).parents[2] / "evals" / "debrief" / "dev.jsonl"


def test_without_a_model_only_the_rules_are_measured_and_it_says_so() -> None:
    printed = list(figures(Settings(), "debrief", CASES, None, limit=3))
    told = [json.loads(line) for line in printed]
    assert [line["way"] for line in told if "way" in line] == ["without a model"]
    assert {"cases": 3} in told
    assert "not measured" in told[-1]["model"]


def test_no_message_is_printed() -> None:
    printed = "\n".join(figures(Settings(), "debrief", CASES, None, limit=3))
    texts = [json.loads(line)["text"] for line in CASES.read_text("utf-8").splitlines()]
    assert not any(text[:12] in printed for text in texts)
