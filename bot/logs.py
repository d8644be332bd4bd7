"""Structured logs on stderr: a constant English message plus fields, one JSON object a line."""

import logging
import sys
import traceback
from types import TracebackType

from pythonjsonlogger.json import JsonFormatter

_QUIET = ("aiohttp.access", "httpx", "httpcore", "openai", "chromadb", "telegram", "alembic", "procrastinate", "bm25s")


def log_to_stderr(level: str) -> None:
    """Send everything of ours at this level and worse to stderr; vendors speak only of trouble.

    Nothing logs messages, prompts or tokens: log records carry counts, ids and reasons, and of errors only the kind
    and the place, since their words may be a customer's.
    """
    handler = logging.StreamHandler(sys.stderr)
    form = _Discreet(
        "{asctime}{levelname}{name}{message}", style="{", rename_fields={"asctime": "at", "levelname": "level"}
    )
    handler.setFormatter(form)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Discreet(JsonFormatter):
    def formatException(  # noqa: N802  the name logging calls
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Kinds and places of an error and its causes, the first one first; none of their words."""
        told: list[str] = []
        error, seen = ei[1], set[int]()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            places = traceback.extract_tb(error.__traceback__)
            told.append(
                "\n".join([*(f"{p.filename}:{p.lineno} in {p.name}" for p in places), type(error).__qualname__])
            )
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\n".join(reversed(told))
