from datetime import date

import pytest

from bot.debriefing.own_affairs import is_own_affair
from bot.domain.wish import Wish


@pytest.mark.parametrize(
    "said",
    [
        "老板今天又骂人，说我们这个月业绩不行",
        "我觉得公司的提成方案太坑了",
        "我老婆说我出差太多了",
        "明天孩子家长会，请半天假",
        "晚上跟同事吃火锅，喝多了",
        "我们公司刚换了新总监，姓刘，要求每天打卡",
        "my boss yelled at me again today",
        "lol this traffic is killing me",
        "I think I should quit",
        "had drinks with Tom from marketing last night",
    ],
)
def test_ones_own_affairs_are_no_news_of_a_customer(said: str) -> None:
    assert is_own_affair(Wish(said, date(2026, 11, 23)))


@pytest.mark.parametrize(
    "said",
    [
        "约了邱总周五吃火锅",
        "他们每天手工做日报，烦得很",
        "老板说月底前定",
        "经理催我们周五前报价",
        "远山阀门的老板今天又骂人",
        "the manager wants daily reports from the machine",
        "our director will join the call with them on Friday",
        "budget is tight, bonus for quick delivery",
    ],
)
def test_news_of_a_customer_are_none(said: str) -> None:
    assert not is_own_affair(Wish(said, date(2026, 11, 23), ("远山阀门",)))
