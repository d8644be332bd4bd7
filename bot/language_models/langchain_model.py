"""The LangChain driver: any chat model behind an OpenAI-compatible address."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.language_models.connection import Address
from bot.language_models.json_reply import BadReply, object_in
from bot.language_models.offline_model import without_fallback
from bot.language_models.streaming import Limits, guessed_tokens, in_time, spoken
from bot.language_models.trouble import Cause, ModelTrouble
from bot.language_models.vendor_errors import UNREADABLE, cause_of
from prompts.prompt_library import rendered

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

Record = Callable[[str, int, int], Awaitable[None]]
"""Takes down what a call used: whose budget it is, tokens in, tokens out."""

_log = logging.getLogger(__name__)
_LONGEST_ANSWER = 1500
"""Tokens of an answer whose prompt sets no limit."""
_ROOM_TO_THINK = 4000
_CHARACTERS_PER_TOKEN = 12

Messages = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Request:
    messages: Messages
    max_tokens: int
    rep: str
    form: Mapping[str, Any] | None = None
    """OpenAI's response_format, for an answer in JSON."""


@dataclass(slots=True)
class _Tally:
    """What became of one request."""

    used: tuple[int, int] | None = None
    finish: str = ""
    text: str = ""


@dataclass(slots=True)
class LangChainModel:
    """Fulfils LanguageModel. It learns which parts of the protocol its server does not take and stops sending them."""

    name: str
    address: Address
    limits: Limits
    record: Record
    is_offline: bool = False
    _chat: "ChatOpenAI | None" = None
    _making: asyncio.Lock = field(default_factory=asyncio.Lock)
    _is_plain: bool = False
    _tells_schema: bool = False
    _room: int = 0

    async def speak(
        self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str
    ) -> AsyncGenerator[str, None]:
        """Text as it comes. Raises ModelTrouble, also after the first words."""
        asked = rendered(prompt, language, without_fallback(inputs))
        request = _Request((("user", asked.text),), asked.max_tokens or _LONGEST_ANSWER, rep)
        says_something = False
        async with aclosing(self._answered(request, _Tally())) as pieces:
            async for piece in pieces:
                says_something = says_something or any(map(str.isalnum, piece))
                yield piece
        if not says_something:
            raise ModelTrouble(Cause.GARBLED)

    async def propose(
        self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str, schema: Mapping[str, object]
    ) -> Mapping[str, object]:
        """A JSON object that fits the schema, asked for twice if need be and the prompt allows. Raises ModelTrouble."""
        asked = rendered(prompt, language, without_fallback(inputs))
        written = json.dumps(schema, ensure_ascii=False)
        form = {"type": "json_schema", "json_schema": {"name": prompt, "schema": dict(schema)}}
        task = asked.text
        if self._is_plain or self._tells_schema:
            task = rendered("reply_as_json", language, {"task": task, "schema": written}).text
        request = _Request((("user", task),), asked.max_tokens or _LONGEST_ANSWER, rep, form)
        tally = _Tally()
        try:
            return await self._object(request, schema, tally)
        except BadReply as bad:
            if not asked.is_repaired:
                raise ModelTrouble(bad.cause) from None
            _log.info("model reply repaired", extra={"prompt": prompt, "cause": str(bad.cause)})
            self._tells_schema = self._tells_schema or bad.cause in (Cause.GARBLED, Cause.WRONG_SHAPE)
            again = rendered("repair_json", language, {"mistake": bad.mistake, "schema": written}).text
            said: Messages = (("assistant", tally.text),) if tally.text.strip() else ()
        messages = (*request.messages, *said, ("user", again))
        try:
            return await self._object(_Request(messages, request.max_tokens, rep, form), schema, _Tally())
        except BadReply as bad:
            raise ModelTrouble(bad.cause) from None

    async def ready(self) -> Cause | None:
        """Load the packages, open the connection, have the server load the model; None when it answers."""
        try:
            async with aclosing(self._answered(_Request((("user", "."),), 1, ""), _Tally())) as pieces:
                async for _ in pieces:
                    break
        except ModelTrouble as trouble:
            return None if trouble.cause in (Cause.EMPTY, Cause.ENDLESS) else trouble.cause
        return None

    async def close(self) -> None:
        """Close the connections; nothing may be asked afterwards."""
        if self._chat is not None:
            await self._chat.root_async_client.close()

    async def _object(self, request: _Request, schema: Mapping[str, object], tally: _Tally) -> Mapping[str, object]:
        try:
            async with aclosing(self._answered(request, tally)) as pieces:
                tally.text = "".join([piece async for piece in pieces])
        except ModelTrouble as trouble:
            if trouble.cause is not Cause.EMPTY:
                raise
        return object_in(tally.text, schema, is_cut=tally.finish == "length")

    async def _answered(self, request: _Request, tally: _Tally) -> AsyncGenerator[str, None]:
        """The answer, asked for once more where the server took offence at the form, or thought its answer away."""
        try:
            async with aclosing(self._asked(request, tally, is_plain=self._is_plain)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        except ModelTrouble as trouble:
            thought_it_away = trouble.cause is Cause.EMPTY and tally.finish == "length" and not self._room
            if trouble.cause is Cause.REQUEST_REFUSED and not self._is_plain:
                is_plain = True
            elif thought_it_away and request.max_tokens > 1:
                is_plain, self._room = self._is_plain, _ROOM_TO_THINK
            else:
                raise
        async with aclosing(self._asked(request, tally, is_plain=is_plain)) as pieces:
            async for piece in pieces:
                yield piece
        self._is_plain = is_plain

    async def _asked(self, request: _Request, tally: _Tally, *, is_plain: bool) -> AsyncGenerator[str, None]:
        """One request. Raises ModelTrouble, EMPTY where nothing came."""
        chat = await self._client()
        tokens = request.max_tokens + self._room
        options = self._options(request, tokens, is_plain=is_plain)
        heard: list[str] = []
        try:
            async with (
                aclosing(self._pieces(chat, request.messages, options, tally)) as raw,
                aclosing(spoken(raw, tokens * _CHARACTERS_PER_TOKEN)) as pieces,
            ):
                async for piece in pieces:
                    heard.append(piece)
                    yield piece
        finally:
            if heard or tally.used:
                await self._note_use(request, tally, "".join(heard))
        if not "".join(heard).strip():
            raise ModelTrouble(Cause.EMPTY)

    async def _pieces(
        self, chat: "ChatOpenAI", messages: Messages, options: Mapping[str, Any], tally: _Tally
    ) -> AsyncGenerator[str, None]:
        import openai

        try:
            async with aclosing(in_time(chat.astream(list(messages), **options), self.limits)) as chunks:
                async for chunk in chunks:
                    if usage := chunk.usage_metadata:
                        tally.used = usage["input_tokens"], usage["output_tokens"]
                    tally.finish = chunk.response_metadata.get("finish_reason") or tally.finish
                    if text := str(chunk.text):
                        yield text
        except (openai.OpenAIError, *UNREADABLE) as error:
            # The chain is cut on purpose: these messages may repeat the prompt or a part of the key.
            raise ModelTrouble(cause_of(error)) from None

    def _options(self, request: _Request, tokens: int, *, is_plain: bool) -> dict[str, Any]:
        extra: dict[str, Any] = {}
        if self.address.knows_newest_form:
            extra["max_completion_tokens"] = tokens
        elif not is_plain:
            extra["max_tokens"] = tokens
        if request.form is not None and not is_plain:
            extra["response_format"] = request.form
            if not self.address.knows_newest_form:
                extra["temperature"] = 0
        return {"extra_body": extra, "stream_usage": not is_plain}

    async def _note_use(self, request: _Request, tally: _Tally, said: str) -> None:
        asked = "".join(text for _, text in request.messages)
        used_in, used_out = tally.used or (guessed_tokens(asked), guessed_tokens(said))
        await self.record(request.rep, used_in, used_out)

    async def _client(self) -> "ChatOpenAI":
        async with self._making:
            if self._chat is None:
                self._chat = await asyncio.to_thread(_made, self.name, self.address, self.limits)
            return self._chat


def _made(name: str, address: Address, limits: Limits) -> "ChatOpenAI":
    from langchain_openai import ChatOpenAI
    from langsmith.run_trees import configure
    from pydantic import SecretStr

    configure(enabled=False)  # prompts go to the model only, whatever the environment says about tracing
    return ChatOpenAI(
        model=name,
        base_url=address.base_url,
        api_key=SecretStr(address.key_to_send),
        http_async_client=address.http(),
        http_client=address.blocking_http(),
        timeout=limits.total,
        max_retries=0,
        stream_chunk_timeout=None,
        use_responses_api=False,
        cache=False,
    )
