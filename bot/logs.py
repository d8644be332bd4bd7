"""Structured logs on stderr: a constant English message plus fields, one JSON object a line."""

import logging
import sys

from pythonjsonlogger.json import JsonFormatter

_QUIET = ("aiohttp.access", "httpx", "httpcore", "openai", "chromadb", "telegram", "alembic", "procrastinate")


def log_to_stderr(level: str) -> None:
    """Send everything of ours at this level and worse to stderr; vendors speak only of trouble.

    Nothing logs messages, prompts or tokens: log records carry counts, ids and reasons.
    """
    handler = logging.StreamHandler(sys.stderr)
    form = JsonFormatter(
        "{asctime}{levelname}{name}{message}", style="{", rename_fields={"asctime": "at", "levelname": "level"}
    )
    handler.setFormatter(form)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
