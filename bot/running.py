"""What `run` and `chat` do from start to end: open, answer, and stop without losing anything."""

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import TextIO
from urllib.parse import urlsplit

from aiohttp import web

from bot.assemble.memory import open_memory, own
from bot.assemble.program import Program, assemble, terminal
from bot.channels.telegram_chat import Menu, TelegramChat
from bot.channels.telegram_polling import Polling
from bot.channels.telegram_webhook import LARGEST_UPDATE_BYTES, Webhook
from bot.channels.terminal_chat import CHANNEL as TERMINAL
from bot.channels.terminal_chat import TerminalChat, is_person, lines_of
from bot.domain.file_reading import READ_FILE
from bot.domain.writes import HurryWork, Schedule
from bot.errors import CannotStart, StorageUnavailable
from bot.jobs.keep_house import KeepHouse
from bot.jobs.write_questions import NAME as WRITE_QUESTIONS
from bot.process_memory import share_one_heap
from bot.storage.notifications import Notifications
from bot.wording.phrasebook import LANGUAGES, Phrasebook
from config.settings import Settings

log = logging.getLogger(__name__)

SETTLE_SECONDS = 0.05
WARM_UP_AFTER_SECONDS = 1.0


async def run(settings: Settings) -> None:
    """Serve Telegram until a signal comes. Raises CannotStart."""
    share_one_heap()
    with own(settings.data_dir):
        memory = open_memory(settings)
        token = settings.telegram.token
        assert token is not None
        chat = TelegramChat(token.get_secret_value(), settings.telegram.base_url, settings.telegram.proxy)
        program = assemble(memory, (chat,))
        await _prepare(program)
        await chat.open()
        try:
            await program.run(*_parts(program, chat), _until_signal)
        finally:
            await chat.close()
            await program.model.close()
            memory.database.close()


async def chat(settings: Settings, lines: TextIO) -> None:
    """Talk in the terminal until the lines end, each answered before the next is read. Raises CannotStart."""
    share_one_heap()
    with own(settings.data_dir):
        memory = open_memory(settings)
        channel = terminal(settings.data_dir)
        program = assemble(memory, (channel,))
        await _prepare(program)
        try:
            await program.run(lambda: _talk(program, channel, lines))
        finally:
            memory.database.close()


async def _prepare(program: Program) -> None:
    """What a dead predecessor held is freed; then the first team, the first appointments of repeating work, and another
    try at what could not be heard so far."""
    if program.memory.settings.profile == "embedded":
        await program.store.take_over()
    viewer = await program.memory.administrator()
    questions = Schedule(WRITE_QUESTIONS, WRITE_QUESTIONS, program.memory.clock.now())
    first = (KeepHouse(program.memory.clock).next(), questions, HurryWork(READ_FILE))
    await program.store.write(viewer, first)


def _parts(program: Program, chat: TelegramChat) -> list[Callable[[], Awaitable[None]]]:
    settings = program.memory.settings
    parts: list[Callable[[], Awaitable[None]]] = []
    routes = [web.get("/healthz", lambda request: _healthz(program))]
    if settings.telegram.mode == "webhook":
        parts.append(lambda: _serve_webhook(program, chat))
    else:
        parts.append(Polling(chat, program.arrival).run)
    if not program.memory.database.is_sqlite:
        parts.append(Notifications(program.memory.database.conninfo, program.dispatcher.wake).run)
    if settings.web.listen:
        listen = settings.web.listen
        parts.append(lambda: _serve(listen, routes))
    parts.append(lambda: _offer_menu(program, chat))
    parts.append(lambda: _warm_up(program))
    return parts


async def _warm_up(program: Program) -> None:
    """What the first question would wait for, once the first messages had their turn."""
    await asyncio.sleep(WARM_UP_AFTER_SECONDS)
    program.desk.warm_up()
    await program.model.warm()
    await asyncio.Event().wait()


async def _offer_menu(program: Program, chat: TelegramChat) -> None:
    menus = []
    for language in LANGUAGES:
        words = Phrasebook(language)
        commands = [(s.commands[0], words.plain(f"{s.name}.help")) for s in program.skills if s.commands]
        menus.append(Menu(language, (*commands, ("cancel", words.plain("cancel.help")))))
    await chat.offer(tuple(menus))
    await asyncio.Event().wait()


async def _serve_webhook(program: Program, chat: TelegramChat) -> None:
    telegram = program.memory.settings.telegram
    assert telegram.webhook_url is not None
    assert telegram.webhook_secret is not None
    webhook = Webhook(chat, program.arrival, telegram.webhook_secret.get_secret_value())
    receiving = _serve(telegram.listen, webhook.routes(urlsplit(telegram.webhook_url).path))
    parts = [asyncio.create_task(receiving), asyncio.create_task(webhook.announce(telegram.webhook_url))]
    try:
        await asyncio.gather(*parts)
    finally:
        for part in parts:
            part.cancel()


async def _serve(listen: str, routes: list[web.RouteDef]) -> None:
    """Serve HTTP on an address until cancelled. Raises CannotStart when the address is taken."""
    app = web.Application(client_max_size=LARGEST_UPDATE_BYTES)
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    host, _, port = listen.rpartition(":")
    try:
        await web.TCPSite(runner, host.strip("[]") or None, int(port)).start()
        await asyncio.Event().wait()
    except OSError as error:
        raise CannotStart(f"Nothing can be served on {listen}: {error.strerror}.") from error
    finally:
        await runner.cleanup()


async def _healthz(program: Program) -> web.Response:
    try:
        await program.store.next_due()
    except StorageUnavailable:
        return web.json_response({"ok": False, "database": "unavailable"}, status=503)
    return web.json_response({"ok": True})


async def _until_signal() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
    log.info("stopping", extra={"action": "stop"})


async def _talk(program: Program, channel: TerminalChat, lines: TextIO) -> None:
    def prompt() -> None:
        if is_person(lines):
            sys.stderr.write("> ")
            sys.stderr.flush()

    async for line in lines_of(lines, prompt):
        await program.arrival.accept([channel.message_from(line)])
        while await _is_busy(program):
            await asyncio.sleep(SETTLE_SECONDS)


async def _is_busy(program: Program) -> bool:
    """True until the terminal has its answer, and what was begun beside the conversation has sent its own."""
    if await program.store.has_due_work(TERMINAL):
        program.jobs.wake()
        return True
    return not await program.store.is_settled(TERMINAL)
