"""Recordings of every usual kind become pieces in which somebody speaks; everything else is refused with its reason."""

import io
import wave

import numpy as np
import pytest

from bot.errors import UnreadableRecording
from bot.sound.recordings import SoundPiece, pieces_of
from tests.support.sound import RATE, Samples, joined, noise, picture, recorded, silence, spoken, tone


async def pieces(recording: bytes, **limits: int) -> list[SoundPiece]:
    return [piece async for piece in pieces_of(recording, **limits)]


def samples_of(piece: SoundPiece) -> Samples:
    with wave.open(io.BytesIO(piece.wav)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


@pytest.mark.parametrize("kind", ["ogg", "mp3", "ipod", "wav", "adts"])
async def test_each_format_that_phones_send_is_one_piece(kind: str) -> None:
    [piece] = await pieces(recorded(spoken(), kind))
    assert len(samples_of(piece)) == pytest.approx(len(spoken()), abs=RATE)
    assert piece.until == pytest.approx(len(spoken()) / RATE, abs=1)


@pytest.mark.parametrize(
    "sound",
    [silence(3), noise(3), tone(3), noise(3, 40), silence(0.01)],
    ids=["silence", "hiss", "tone", "faint", "short"],
)
async def test_where_nobody_speaks_there_is_no_piece(sound: Samples) -> None:
    assert await pieces(recorded(sound, "wav")) == []


async def test_a_long_recording_is_cut_in_its_pauses_and_nothing_spoken_is_lost() -> None:
    times, pause = 4, silence(0.9)
    parts = await pieces(recorded(joined(pause, *[spoken(), pause] * times), "wav"), piece_seconds=10)
    sounds = [samples_of(part) for part in parts]
    assert len(parts) > 1
    assert all(len(sound) <= 10.1 * RATE for sound in sounds)
    assert all(np.abs(edge).max() < 1000 for sound in sounds for edge in (sound[:512], sound[-512:]))
    loud = [int((np.abs(sound) > 1000).sum()) for sound in (*sounds, spoken())]
    assert sum(loud[:-1]) == pytest.approx(times * loud[-1], rel=0.05)
    assert [part.until for part in parts] == sorted(part.until for part in parts)


async def test_long_silence_is_left_out() -> None:
    [piece] = await pieces(recorded(joined(silence(5), spoken(), silence(8), spoken(), silence(5)), "wav"))
    assert len(samples_of(piece)) < len(spoken()) * 2 + 4 * RATE


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"", "broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "broken"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n", "broken"),
        (b"ffconcat version 1.0\nfile /etc/hostname\n", "broken"),
        (b"OggS" + bytes(3000), "broken"),
        (picture(), "no_sound"),
    ],
    ids=["empty", "picture", "playlist", "list-of-files", "torn", "film-without-sound"],
)
async def test_what_cannot_be_heard_is_refused(file: bytes, reason: str) -> None:
    with pytest.raises(UnreadableRecording) as refused:
        await pieces(file)
    assert refused.value.reason == reason


@pytest.mark.parametrize("kind", ["ogg", "adts"])
async def test_hours_of_sound_in_a_small_file_are_refused(kind: str) -> None:
    with pytest.raises(UnreadableRecording) as refused:
        await pieces(recorded(joined(spoken(), silence(4)), kind), most_seconds=5)
    assert refused.value.reason == "too_long"


async def test_a_recording_torn_off_is_heard_as_far_as_it_goes() -> None:
    whole = recorded(spoken(), "mp3")
    [piece] = await pieces(whole[: len(whole) * 2 // 3])
    assert len(samples_of(piece)) > RATE
