"""Logs are one JSON object a line and never tell what a customer said."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.logs import log_to_stderr

log = logging.getLogger("bot.somewhere")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    log_to_stderr("INFO")
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


def lines(written: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def fail(words: str) -> None:
    try:
        raise KeyError(words)
    except KeyError as error:
        raise ValueError(words) from error


def test_a_line_is_json_with_message_level_and_fields(written: io.StringIO) -> None:
    log.warning("a turn failed", extra={"action": "turn_failed", "attempt": 2})
    [line] = lines(written)
    assert (line["message"], line["level"], line["name"]) == ("a turn failed", "WARNING", "bot.somewhere")
    assert (line["action"], line["attempt"]) == ("turn_failed", 2)
    assert line["at"]


def test_an_error_is_told_by_kind_and_place_without_its_words(written: io.StringIO) -> None:
    try:
        fail("王处长要返点")
    except ValueError as error:
        log.error("a message was set aside", exc_info=error)
    [line] = lines(written)
    trace = str(line["exc_info"])
    assert "王处长" not in written.getvalue().encode().decode("unicode_escape")
    assert "王处长" not in written.getvalue()
    assert "ValueError" in trace
    assert "KeyError" in trace
    assert "test_logs.py" in trace
    assert "in fail" in trace


def test_quieter_levels_and_chatty_vendors_stay_out(written: io.StringIO) -> None:
    log.debug("nothing to see")
    logging.getLogger("httpx").info("POST https://…/bot123:SECRET/sendMessage")
    assert lines(written) == []
