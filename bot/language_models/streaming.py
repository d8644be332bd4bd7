"""A model's words as they come: in time, in bounds, and without what it thinks aloud."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from bot.language_models.trouble import Cause, ModelTrouble

_OPENS, _CLOSES = "<think>", "</think>"

_Chunk = TypeVar("_Chunk")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: how long a model may be silent, before its first word and between two, and how long it may take."""

    silence: float
    total: float


async def in_time(chunks: AsyncIterator[_Chunk], limits: Limits) -> AsyncGenerator[_Chunk, None]:
    """The same chunks, as long as they keep coming; closes them at its own end. Raises ModelTrouble."""
    ends = time.monotonic() + limits.total
    cause = Cause.NO_FIRST_WORD
    async with closing(chunks):
        try:
            while True:
                async with asyncio.timeout(min(limits.silence, ends - time.monotonic())):
                    chunk = await anext(chunks)
                cause = Cause.TOO_SLOW
                yield chunk
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise ModelTrouble(cause) from None


@asynccontextmanager
async def closing(chunks: AsyncIterator[_Chunk]) -> AsyncGenerator[AsyncIterator[_Chunk], None]:
    """The chunks, closed at the end if they can be."""
    try:
        yield chunks
    finally:
        if isinstance(chunks, AsyncGenerator):
            await chunks.aclose()


async def spoken(pieces: AsyncIterator[str], longest: int) -> AsyncGenerator[str, None]:
    """What is meant for the listener: no <think> block, no blank beginning. Raises ModelTrouble when it has no end."""
    heard, held, begun = 0, "", False
    async for piece in pieces:
        heard += len(piece)
        if heard > longest:
            raise ModelTrouble(Cause.ENDLESS)
        if begun:
            yield piece
            continue
        held = (held + piece).lstrip()
        if held.startswith(_OPENS):
            held = held.partition(_CLOSES)[2].lstrip() if _CLOSES in held else held
        if held and not held.startswith(_OPENS) and not _OPENS.startswith(held):
            begun = True
            yield held
    if not begun and not held.startswith(_OPENS) and held:
        yield held


def guessed_tokens(text: str) -> int:
    """About how many tokens a text is, for servers that do not say."""
    wide = sum(character > "\u2e7f" for character in text)
    return wide + (len(text) - wide + 3) // 4
