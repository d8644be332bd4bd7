"""Recordings of any usual format as pieces in which somebody speaks, opened in a child process."""

import asyncio
import io
import json
import struct
import sys
import wave
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.kept_file import LONGEST_SECONDS
from bot.errors import UnreadableRecording

RATE = 16_000
PIECE_SECONDS = 60
"""A piece for the speech server is no longer; up to there a recording stays whole."""
_PATIENCE_SECONDS = 120.0
"""How long the child may work on one piece."""
_HEADER = struct.Struct("<II")
_WORKER = Path(__file__).with_name("sound_worker.py")


@dataclass(frozen=True, slots=True)
class SoundPiece:
    """A stretch with speech in it as a WAV file, and up to which second of the recording it reaches."""

    wav: bytes
    until: int


async def pieces_of(
    recording: bytes, *, piece_seconds: int = PIECE_SECONDS, most_seconds: int = LONGEST_SECONDS
) -> AsyncGenerator[SoundPiece]:
    """The pieces of a recording in which somebody speaks, cut at pauses; none when nobody does.

    The next one is made while the last is looked at. Raises UnreadableRecording.
    """
    async with _worker(piece_seconds, most_seconds) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        giving = asyncio.create_task(_give(child.stdin, recording))
        try:
            while True:
                piece = await _next(child.stdout)
                if piece is None:
                    return
                yield piece
        finally:
            giving.cancel()


@asynccontextmanager
async def _worker(piece_seconds: int, most_seconds: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """The child, gone when the block ends; it inherits none of our settings."""
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-I", str(_WORKER), str(piece_seconds), str(most_seconds))
    child = await asyncio.create_subprocess_exec(
        *command, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL, env={}
    )
    try:
        yield child
        await child.wait()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()


async def _give(stdin: asyncio.StreamWriter, recording: bytes) -> None:
    with suppress(ConnectionError):
        stdin.write(recording)
        await stdin.drain()
        stdin.close()


async def _next(stdout: asyncio.StreamReader) -> SoundPiece | None:
    """The next piece, None at the end. Raises UnreadableRecording."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            length, until = _HEADER.unpack(await stdout.readexactly(_HEADER.size))
            if length:
                return SoundPiece(wav_of(await stdout.readexactly(length)), until)
            end: Mapping[str, Any] = json.loads(await stdout.read())
    except (TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
        raise UnreadableRecording("broken") from error
    if "refused" in end:
        raise UnreadableRecording(str(end["refused"]))
    return None


def wav_of(samples: bytes) -> bytes:
    """Samples of sixteen bits, one channel, as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples)
    return file.getvalue()
