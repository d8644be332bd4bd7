"""Who may join: a link and a code for one person."""

from datetime import timedelta

from bot.assemble.memory import open_memory
from bot.channels.telegram_chat import TelegramChat
from bot.domain.rep import Role
from bot.domain.writes import CreateInvitation
from bot.errors import SendLater
from config.settings import Settings


async def invite(settings: Settings, role: str, valid_for: timedelta, team: str | None) -> list[str]:
    """A link (where the bot's name is known) and a code for one new member. Raises CannotStart."""
    memory = open_memory(settings)
    store = memory.store()
    admin = await memory.administrator(team)
    code = memory.ids.secret()
    expires = memory.clock.now() + valid_for
    await store.write(admin, (CreateInvitation(code, admin.team, Role(role), expires, admin.rep),))
    name = await _bot_name(settings)
    link = [f"https://t.me/{name}?start={code}"] if name else []
    return [*link, code]


async def _bot_name(settings: Settings) -> str:
    """The bot's user name, "" without a token or while Telegram cannot be reached."""
    if settings.telegram.token is None:
        return ""
    token = settings.telegram.token.get_secret_value()
    chat = TelegramChat(token, settings.telegram.base_url, settings.telegram.proxy)
    await chat.open()
    try:
        return await chat.user_name()
    except SendLater:
        return ""
    finally:
        await chat.close()
