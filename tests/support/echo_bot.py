"""The benchmark's baseline: the plainest echo bot that python-telegram-bot makes, with its own transport.

`python -m tests.support.echo_bot BASE_URL TOKEN`
"""

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say the same text back."""
    message = update.effective_message
    if message and message.text:
        await message.reply_text(message.text)


def main() -> None:
    """Poll until killed."""
    base_url, token = sys.argv[1:3]
    root = base_url.rstrip("/")
    application = Application.builder().token(token).base_url(f"{root}/bot").base_file_url(f"{root}/file/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
