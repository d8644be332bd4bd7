"""Recordings for tests: a spoken sentence, silence, noise, and any of it in the formats phones send."""

import io
from functools import cache
from pathlib import Path

import av
import numpy as np

RATE = 16_000
SENTENCE = "I just left Hillside Valves and met Dana Cole, the plant manager."
"""What the spoken sentence says; it lasts five seconds."""
_SPOKEN = Path(__file__).with_name("spoken.ogg")
Samples = np.ndarray[tuple[int], np.dtype[np.int16]]


@cache
def spoken() -> Samples:
    """The sentence as a synthetic voice says it."""
    return _decoded(_SPOKEN.read_bytes())


def silence(seconds: float) -> Samples:
    """Nothing at all."""
    return np.zeros(int(RATE * seconds), np.int16)


def noise(seconds: float, loudness: int = 2000) -> Samples:
    """A hiss."""
    return (np.random.default_rng(7).standard_normal(int(RATE * seconds)) * loudness).astype(np.int16)


def tone(seconds: float) -> Samples:
    """A signal tone."""
    return (np.sin(np.arange(int(RATE * seconds)) * 0.17) * 9000).astype(np.int16)


def joined(*parts: Samples) -> Samples:
    """One after the other."""
    return np.concatenate(parts)


def recorded(samples: Samples, kind: str = "ogg", codec: str = "") -> bytes:
    """The samples as a file of this format: ogg, mp3, ipod (m4a), wav, adts."""
    codec = codec or {"ogg": "libopus", "mp3": "libmp3lame", "wav": "pcm_s16le"}.get(kind, "aac")
    file = io.BytesIO()
    with av.open(file, "w", format=kind) as container:
        stream = container.add_stream(codec, rate=48_000 if kind == "ogg" else RATE, layout="mono")
        stream.bit_rate = 24_000
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=stream.rate, frame_size=960)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return file.getvalue()


def picture(samples: int = 4) -> bytes:
    """A film without sound."""
    file = io.BytesIO()
    with av.open(file, "w", format="matroska") as container:
        stream = container.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 64
        for _ in range(samples):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
        container.mux(stream.encode(None))
    return file.getvalue()


def _decoded(data: bytes) -> Samples:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(io.BytesIO(data)) as container:
        return np.concatenate([p.to_ndarray()[0] for f in container.decode(audio=0) for p in resampler.resample(f)])
