"""Telegram's calls to us: answered with 200 only after the update is stored."""

import hmac
import json
import logging

from aiohttp import web
from telegram import Update
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram_chat import TelegramChat
from bot.channels.telegram_messages import message_from
from bot.channels.telegram_patience import Patience
from bot.channels.telegram_polling import WANTED
from bot.conversation.arrival import Arrival
from bot.errors import CannotStart, StorageUnavailable

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name, not its value
LARGEST_UPDATE_BYTES = 1024 * 1024


class Webhook:
    """Receives updates on a path of its own."""

    def __init__(self, chat: TelegramChat, arrival: Arrival, secret: str) -> None:
        self._chat = chat
        self._arrival = arrival
        self._secret = secret

    def routes(self, path: str) -> list[web.RouteDef]:
        """The route to add to the web server."""
        return [web.post(path or "/", self._receive)]

    async def announce(self, url: str) -> None:
        """Tell Telegram where we listen, as often as it takes. Raises CannotStart when it will never listen to us."""
        patience = Patience()
        while True:
            try:
                await self._chat.bot.set_webhook(url, secret_token=self._secret, allowed_updates=list(WANTED))
            except BadRequest as error:
                raise CannotStart(f"Telegram refuses RIDEALONG_TELEGRAM__WEBHOOK_URL: {error}.") from error
            except TelegramError as error:
                await patience.after(error)
            else:
                return

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=403)
        try:
            update = Update.de_json(json.loads(await request.read()), self._chat.bot)
        except (ValueError, TypeError, KeyError, AttributeError):
            return web.Response(status=400)
        message = message_from(update, self._chat.bot_number) if update else None
        try:
            await self._arrival.accept([message] if message else [])
        except StorageUnavailable as error:
            if message:
                await self._arrival.apologise(self._chat, [message], error)
            return web.Response(status=503)
        return web.Response()
