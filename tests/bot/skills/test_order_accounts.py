"""Who may merge and rename, and which words mean it."""

from datetime import date

import pytest

from bot.clock_and_ids import RandomIds
from bot.domain.wish import Wish
from bot.skills.order_accounts import OrderAccounts

DAY = date(2026, 3, 2)
MINE = ("远山", "远山阀门", "Hillside", "Hillside Valves")


@pytest.mark.parametrize(
    "said",
    [
        "把远山和远山阀门合并",
        "远山并到远山阀门",
        "远山跟远山阀门是同一家",
        "远山改名叫远山重工",
        "合并青禾和青禾食品",
        "merge Hillside into Hillside Valves",
        "Hillside and Hillside Valves are the same account",
        "rename Hillside to Hilltop",
    ],
)
def test_words_that_mean_it(said: str) -> None:
    assert OrderAccounts(RandomIds()).claim(Wish(said, DAY, MINE)) >= 0.95


@pytest.mark.parametrize(
    "said",
    [
        "刚从远山阀门出来，他们跟博达合并了，预算要重新批",
        "他们和博达是一家公司",
        "博达并到恒力了",
        "预算改成150万",
        "they merged with Boreal last week",
        "Boreal and Nordex are the same company",
    ],
)
def test_firms_that_merge_in_a_visits_news_are_news(said: str) -> None:
    assert OrderAccounts(RandomIds()).claim(Wish(said, DAY, MINE)) == 0.0
