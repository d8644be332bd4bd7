"""What the bot holds in memory through a rep's day, offline: `python -m tests.benchmarks.memory [DOCUMENT…]`.

The documents, else those of the search questions, are taken in first. Then one rep asks, practises, tells a visit and
looks at a picture, each several times in other words; after each of these the resident memory of the bot's process is
printed in megabytes, and at the end the most it ever held. The processes that draw and read photos are not in it: they
end after their work.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.benchmarks.measuring import rested
from tests.support.bot_process import BotProcess, command, ending, settings_for, start_polling
from tests.support.telegram_client import TelegramControl, telegram_process

REP = 4001
PATIENCE = 60.0
MEGABYTE = 1024 * 1024
DOCUMENTS = Path(__file__).parents[1] / "evals" / "search" / "documents"
JOIN, READ, SAVE = "/start", "notice:ok", "保存"
DAY: Mapping[str, Sequence[str]] = {
    "ask": (
        "上次报完价客户就不回消息了，我该怎么跟进",
        "客户说我们贵两成怎么回",
        "they say we are too expensive, what do I answer?",
        "采购一直不让我见老板怎么办",
        "怎么判断谁是真正拍板的人",
    ),
    "practice": (
        "陪我练一下压价",
        "赵总您好，今天想先听听您的情况，可以吗？",
        "换一次模要停多久？因此晚交过货吗？",
        "您看下周三我带数据来算一次账，行吗？",
        "结束",
    ),
    "debrief": (
        "刚从远山阀门出来，见了邱总，生产副总，说换一次模具要停半天，约好下周二我带样机去试",
        "预算大概一百八十万，还没批",
    ),
    "picture": ("/account 远山阀门", "画一张远山阀门的图"),
}


async def _say(control: TelegramControl, text: str) -> None:
    """Say it and wait for the first answer."""
    await control.say(REP, text)
    await control.replies(REP, 1, PATIENCE)


async def _day(control: TelegramControl, bot: BotProcess) -> None:
    await _say(control, JOIN)
    await control.press(REP, READ)
    await control.replies(REP, 1, PATIENCE)
    _tell("started", bot)
    for part, words in DAY.items():
        for text in words:
            await _say(control, text)
        if part == "debrief":
            await control.press(REP, SAVE)
            await control.replies(REP, 1, PATIENCE)
        await rested(bot)
        _tell(part, bot)


def _tell(stage: str, bot: BotProcess) -> None:
    print(f"{stage:<10} {bot.memory_bytes() / MEGABYTE:>6.0f} MB", flush=True)


async def report(documents: Sequence[Path]) -> None:
    """A line for each part of the day, as soon as it is known."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        async with telegram_process() as control:
            settings = settings_for(control.base_url, folder / "data")
            await command(settings, "ingest", *map(str, documents), patience=900.0)
            bot = BotProcess(settings, folder / "log")
            async with ending(bot):
                await start_polling(bot, control)
                await rested(bot)
                await _day(control, bot)
                print(f"{'at most':<10} {bot.most_memory_bytes() / MEGABYTE:>6.0f} MB")
                await bot.stop()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="*", type=Path, default=sorted(DOCUMENTS.iterdir()))
    asyncio.run(report(parser.parse_args().documents))


if __name__ == "__main__":
    main()
