"""The double keeps Telegram's rules: shown with a raw client and with python-telegram-bot."""

from telegram import Bot

from tests.support.telegram_server import TelegramServer


async def test_bot_hears_a_person_and_answers() -> None:
    async with TelegramServer() as server:
        bot = Bot(server.token, base_url=f"{server.base_url}/bot")
        async with bot:
            await server.say(5, "你好")
            [update] = await bot.get_updates(timeout=1)
            assert update.message
            await bot.send_message(update.message.chat.id, "在的")
        assert (await server.reply(5)).text == "在的"
