"""What a durable turn costs beside a bare echo bot: `python -m tests.benchmarks.turns [--quick]`.

Both answer the same messages from the same server, one after the other, so that the ratios hold on any machine. A turn
of ours is the whole way: inbox, routing, one transaction, outbox, sent; the echo bot keeps nothing. The last lines are
a question: understanding it, searching the library, and an answer with its sources.
"""

import argparse
import asyncio
import statistics
import tempfile
from dataclasses import astuple, replace
from pathlib import Path

from tests.benchmarks.measuring import ASKED, BOT, ECHO, Contender, Figures, measure

UPDATES = {1: 800, 10: 2000, 100: 4000, 500: 5000}
PAIRED = 100
"""At this many chats both are measured three times, alternately, and the median counts."""
ASKING = 10
"""So many chats ask a question at a time."""
_LINE = "{:>5}  {:<10} {:>10} {:>9} {:>9} {:>9} {:>8} {:>8} {:>8}"
_HEAD = ("chats", "", "updates/s", "p50 ms", "p95 ms", "p99 ms", "CPU ms", "MB", "start s")


async def compare(
    folder: Path, *, chats: int, updates: int, rounds: int, ours: Contender = BOT, other: Contender = ECHO
) -> tuple[Figures, Figures]:
    """The figures of both, each the median of so many rounds taken by turns."""
    runs: dict[Contender, list[Figures]] = {ours: [], other: []}
    for number in range(rounds):
        for contender in (ours, other) if number % 2 else (other, ours):
            place = folder / f"{chats}-{number}-{contender.name}"
            runs[contender].append(await measure(contender, place, chats=chats, updates=updates))
    return _median(runs[ours]), _median(runs[other])


def _median(runs: list[Figures]) -> Figures:
    columns = zip(*(astuple(run) for run in runs), strict=True)
    middle = Figures(*(statistics.median(column) for column in columns))
    return replace(middle, unanswered=max(run.unanswered for run in runs))


def _row(chats: int, name: str, figures: Figures, digits: int) -> str:
    values = astuple(figures)[:7]
    row = _LINE.format(chats, name, *(f"{value:.{digits if value < 100 else 0}f}" for value in values))
    return row + (f"  {figures.unanswered} UNANSWERED" if figures.unanswered else "")


async def report(*, quick: bool) -> None:
    """The table, a line as soon as it is known."""
    print(_LINE.format(*_HEAD), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for chats, updates in UPDATES.items():
            rounds = 3 if chats == PAIRED and not quick else 1
            wanted = max(2 * chats, updates // 4) if quick else updates
            ours, echo = await compare(Path(folder), chats=chats, updates=wanted, rounds=rounds)
            print(_row(chats, BOT.name, ours, 2))
            print(_row(chats, ECHO.name, echo, 2))
            print(_row(chats, "ratio", ours.ratios(echo), 2), flush=True)
        updates = 100 if quick else 400
        asked, helped = await compare(
            Path(folder) / "asked", chats=ASKING, updates=updates, rounds=1, ours=ASKED, other=BOT
        )
        print(_row(ASKING, ASKED.name, asked, 2))
        print(_row(ASKING, "to /help", asked.ratios(helped), 2), flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a quarter of the messages, one round")
    asyncio.run(report(quick=parser.parse_args().quick))


if __name__ == "__main__":
    main()
