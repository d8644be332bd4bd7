"""Speech to text by any OpenAI-compatible `/audio/transcriptions`, in simplified script."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.language_models.connection import Address
from bot.language_models.invented_words import Stretch, said_in
from bot.language_models.trouble import Cause, ModelTrouble
from bot.language_models.vendor_errors import UNREADABLE, cause_of

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_ENDINGS = {
    "audio/ogg": "ogg",
    "audio/opus": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp3": "mp3",
    "audio/mp4": "m4a",
    "audio/x-m4a": "m4a",
    "audio/m4a": "m4a",
    "audio/aac": "m4a",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/wave": "wav",
    "audio/flac": "flac",
    "audio/x-flac": "flac",
    "audio/webm": "webm",
    "video/mp4": "mp4",
}
_LONGEST_HINT = 200
"""Characters of names; Whisper reads the last 224 tokens of its prompt only."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class SpeechTranscriber:
    """Fulfils Transcriber."""

    model: str
    address: Address
    timeout: float = 120.0
    _openai: "AsyncOpenAI | None" = None
    _is_plain: bool = False

    @property
    def sends_to(self) -> str:
        """The host outside our network that hears along, "" for none."""
        return "" if self.address.is_own_network else self.address.host

    async def transcribe(self, audio: bytes, media_type: str, *, names: Sequence[str], language: str) -> str:
        """The words, "" when nobody speaks or what came back is made up. Raises ModelTrouble."""
        if not audio:
            return ""
        hint = _hint(names)
        stretches = await self._heard(audio, media_type, hint, language)
        said = said_in(stretches, hint)
        if not said and any(stretch.text.strip() for stretch in stretches):
            _log.info("transcript dropped, nobody seems to speak")
        return await asyncio.to_thread(lambda: _simplified()(said)) if said else ""

    async def close(self) -> None:
        """Close the connections."""
        if self._openai is not None:
            await self._openai.close()

    async def _heard(self, audio: bytes, media_type: str, hint: Sequence[str], language: str) -> Sequence[Stretch]:
        try:
            return await self._asked(audio, media_type, hint, language, is_plain=self._is_plain)
        except ModelTrouble as trouble:
            if trouble.cause is not Cause.REQUEST_REFUSED or self._is_plain:
                raise
        stretches = await self._asked(audio, media_type, hint, language, is_plain=True)
        self._is_plain = True
        return stretches

    async def _asked(
        self, audio: bytes, media_type: str, hint: Sequence[str], language: str, *, is_plain: bool
    ) -> Sequence[Stretch]:
        """One request; the plain form asks for the text alone, as newer models know no other."""
        import openai

        client = await asyncio.to_thread(self._client)
        ending = _ENDINGS.get(media_type.partition(";")[0].strip().lower(), "ogg")
        options: dict[str, Any] = {"response_format": "json" if is_plain else "verbose_json"}
        if hint:
            options["prompt"] = "、".join(hint)
        if language:
            options["language"] = language
        try:
            async with asyncio.timeout(self.timeout):
                heard = await client.audio.transcriptions.create(
                    file=(f"voice.{ending}", audio, media_type), model=self.model, **options
                )
            return _stretches(heard if isinstance(heard, str) else heard.to_dict())
        except TimeoutError:
            raise ModelTrouble(Cause.TOO_SLOW) from None
        except (openai.OpenAIError, *UNREADABLE) as error:
            if isinstance(error, openai.BadRequestError) and "too short" in error.message:
                return ()
            # The chain is cut on purpose: these messages may repeat names or a part of the key.
            raise ModelTrouble(cause_of(error)) from None

    def _client(self) -> "AsyncOpenAI":
        from openai import AsyncOpenAI

        if self._openai is None:
            self._openai = AsyncOpenAI(
                base_url=self.address.base_url,
                api_key=self.address.key_to_send,
                http_client=self.address.http(),
                timeout=self.timeout,
                max_retries=1,
            )
        return self._openai


def _hint(names: Sequence[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for name in dict.fromkeys(name.strip() for name in names):
        if name and sum(map(len, kept)) + len(kept) + len(name) <= _LONGEST_HINT:
            kept.append(name)
    return tuple(kept)


def _stretches(heard: str | Mapping[str, Any]) -> Sequence[Stretch]:
    if isinstance(heard, str):
        raise ValueError("no JSON")
    if segments := heard.get("segments"):
        return [Stretch(one["text"], one.get("no_speech_prob"), one.get("avg_logprob")) for one in segments]
    return [Stretch(heard["text"])]


@cache
def _simplified() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
