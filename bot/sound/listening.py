"""A recording heard from beginning to end: opened, and each stretch of speech written down."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from bot.ports import Heard, Transcriber
from bot.sound.recordings import pieces_of


@dataclass(frozen=True, slots=True)
class Listening:
    """Fulfils Listener; the transcriber only gets stretches in which somebody speaks."""

    transcriber: Transcriber
    sends_to: str = ""

    async def listen(
        self, recording: bytes, *, names: Sequence[str], language: str, after: int = 0
    ) -> AsyncGenerator[Heard]:
        """What is said, stretch by stretch. Raises UnreadableRecording, ModelUnavailable."""
        position = 0
        async with aclosing(pieces_of(recording)) as pieces:
            async for piece in pieces:
                position += 1
                if position <= after:
                    continue
                said = await self.transcriber.transcribe(piece.wav, "audio/wav", names=names, language=language)
                yield Heard(said.strip(), piece.until)
