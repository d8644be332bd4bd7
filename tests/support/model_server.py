"""A scripted OpenAI-compatible server on loopback: chat with and without streaming, embeddings, transcriptions.

`async with ModelServer() as server`, then `server.script(says("..."), fails(429))` and point a driver at
`server.base_url`. Answers are used up in order; when none is left, `server.otherwise` answers. A test that needs to
answer by what was asked sets `server.decide`. `python -m tests.support.model_server --help` runs it on its own.
"""

import argparse
import asyncio
import hashlib
import json
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from aiohttp import web

DIMENSIONS = 16
_MOST_PIECES = 100_000


@dataclass(frozen=True, slots=True)
class Answer:
    """How one request is answered; see the functions below for the usual ones.

    `wait` seconds pass before anything is sent, `pause` between two pieces. `drops_after` cuts the connection after
    that many pieces (0: before the first). `raw` is sent as it is in place of a well-formed body.
    """

    text: str = ""
    status: int = 200
    wait: float = 0.0
    pause: float = 0.0
    pieces: tuple[str, ...] | None = None
    endless: bool = False
    drops_after: int | None = None
    finish: str = "stop"
    usage: bool = True
    raw: bytes | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)

    def in_pieces(self) -> Sequence[str]:
        return self.pieces or [self.text[at : at + 4] for at in range(0, len(self.text), 4)]


def says(text: str, **how: Any) -> Answer:
    """A good answer with these words; `how` are fields of Answer."""
    return Answer(text, **how)


def says_json(value: object, **how: Any) -> Answer:
    """A good answer that is this value as JSON."""
    return Answer(json.dumps(value, ensure_ascii=False), **how)


def fails(status: int, **how: Any) -> Answer:
    """An error of this status in OpenAI's form."""
    return Answer(status=status, **how)


def hangs(seconds: float = 30.0) -> Answer:
    """Accepts the request and stays silent."""
    return Answer("late", wait=seconds)


def drops(after: int = 0, text: str = "some words and then nothing") -> Answer:
    """Cuts the connection after so many pieces."""
    return Answer(text, drops_after=after)


def never_ends(text: str = "and on ", pause: float = 0.0) -> Answer:
    """Streams the same words for ever."""
    return Answer(text, endless=True, pause=pause)


def nonsense() -> Answer:
    """Answers 200 with a page that is no answer of a model."""
    return Answer(raw=b"<html><body>It works!</body></html>")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came; files of a form are bytes."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        """All messages of a chat request, joined."""
        return "\n".join(str(message["content"]) for message in self.body.get("messages", ()))


Decide = Callable[[Asked], Answer | None]


class ModelServer:
    """The server and what it was asked."""

    def __init__(self, *, port: int = 0, key: str | None = None, otherwise: Answer | None = None) -> None:
        self.asked: list[Asked] = []
        self.otherwise = otherwise or says("好的。")
        self.decide: Decide = lambda asked: None
        self.models = {"tiny"}
        self._key = key
        self._script: deque[Answer] = deque()
        self._port = port
        self._runner: web.AppRunner | None = None
        self.base_url = ""

    def script(self, *answers: Answer) -> None:
        """Put answers in line for the next requests."""
        self._script.extend(answers)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024**2)
        app.router.add_get("/v1/models", self._list)
        for path in ("chat/completions", "embeddings", "audio/transcriptions"):
            app.router.add_post(f"/v1/{path}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _list(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({"object": "list", "data": [{"id": name, "object": "model"} for name in self.models]})

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        asked = Asked(request.path, dict(request.headers), await _body(request))
        self.asked.append(asked)
        answer = self._answer(asked)
        await asyncio.sleep(answer.wait)
        if answer.status != 200:
            return _error(answer.status)
        if answer.raw is not None:
            return web.Response(body=answer.raw, content_type="text/html")
        if answer.drops_after == 0:
            return _cut(request)
        if request.path.endswith("/embeddings"):
            return web.json_response(_embeddings(asked.body))
        if request.path.endswith("/transcriptions"):
            return web.json_response({"text": answer.text, **answer.fields})
        if asked.body.get("stream"):
            return await _streamed(request, asked, answer)
        return web.json_response(_completion(asked, answer))

    def _answer(self, asked: Asked) -> Answer:
        if self._key is not None and asked.headers.get("Authorization") != f"Bearer {self._key}":
            return fails(401)
        if asked.path.endswith("/chat/completions") and asked.body.get("model") not in self.models:
            return fails(404)
        if (decided := self.decide(asked)) is not None:
            return decided
        return self._script.popleft() if self._script else self.otherwise


async def _body(request: web.Request) -> Mapping[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    form = await request.post()
    return {name: value.file.read() if isinstance(value, web.FileField) else value for name, value in form.items()}


def _error(status: int) -> web.Response:
    return web.json_response({"error": {"message": f"scripted {status}", "type": "x", "code": None}}, status=status)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _frame(asked: Asked, kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": int(time.time()), "model": asked.body.get("model", "")}


def _usage(asked: Asked, text: str) -> dict[str, int]:
    """One token a character, so that tests can count."""
    return {
        "prompt_tokens": len(asked.text),
        "completion_tokens": len(text),
        "total_tokens": len(asked.text) + len(text),
    }


def _completion(asked: Asked, answer: Answer) -> dict[str, Any]:
    message = {"role": "assistant", "content": answer.text}
    choices = [{"index": 0, "message": message, "finish_reason": answer.finish}]
    return {**_frame(asked, "chat.completion"), "choices": choices, "usage": _usage(asked, answer.text)}


async def _streamed(request: web.Request, asked: Asked, answer: Answer) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    frame = _frame(asked, "chat.completion.chunk")

    async def send(**rest: Any) -> None:
        await response.write(f"data: {json.dumps({**frame, **rest}, ensure_ascii=False)}\n\n".encode())

    pieces = answer.in_pieces()
    count = _MOST_PIECES if answer.endless else len(pieces)
    for number in range(count):
        if number == answer.drops_after:
            _cut(request)
            return response
        delta = {"role": "assistant", "content": pieces[number % len(pieces)]}
        await send(choices=[{"index": 0, "delta": delta, "finish_reason": None}])
        await asyncio.sleep(answer.pause)
    await send(choices=[{"index": 0, "delta": {}, "finish_reason": answer.finish}])
    if answer.usage and asked.body.get("stream_options", {}).get("include_usage"):
        await send(choices=[], usage=_usage(asked, answer.text))
    await response.write(b"data: [DONE]\n\n")
    return response


def _embeddings(body: Mapping[str, Any]) -> dict[str, Any]:
    texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
    data = [{"object": "embedding", "index": at, "embedding": vector_of(text)} for at, text in enumerate(texts)]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    return {"object": "list", "data": data[::-1], "model": body.get("model", ""), "usage": usage}


def vector_of(text: str) -> list[float]:
    """A vector that says which characters a text has; like texts have like vectors."""
    counts = [0.0] * DIMENSIONS
    for character in text:
        counts[hashlib.blake2b(character.encode(), digest_size=1).digest()[0] % DIMENSIONS] += 1.0
    return counts


_MODES = {
    "good": says("好的。"),
    "slow": hangs(600),
    "nonsense": nonsense(),
    "half-json": says('{"proposals": [{"field": "bud'),
    "empty": says(""),
    "endless": never_ends(pause=0.05),
    "drops": drops(1),
    **{str(status): fails(status) for status in (401, 404, 429, 500)},
}


async def _run(port: int, mode: str) -> None:
    async with ModelServer(port=port, otherwise=replace(_MODES[mode])) as server:
        print(server.base_url, flush=True)
        await asyncio.Event().wait()


def main() -> None:
    """Serve one kind of answer until stopped; the address is printed first. The model is called `tiny`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--mode", choices=sorted(_MODES), default="good")
    options = parser.parse_args()
    asyncio.run(_run(options.port, options.mode))


if __name__ == "__main__":
    main()
