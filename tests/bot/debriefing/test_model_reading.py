"""What a model may be asked of a debrief: at most one call an account, a few labels each."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import pytest

from bot.debriefing.matching import KnownNames
from bot.debriefing.model_reading import PROMPT, model_proposals
from bot.debriefing.proposals import Field, Unread
from bot.errors import ModelUnavailable
from prompts.prompt_library import shipped_prompts

DAY = date(2026, 3, 18)
TWO = (
    "上午去了城东医院，信息中心陈主任接待的，聊到他们楼道里堆的都是箱子，也没人管。"
    "下午跑了趟恒瑞电子，老周说不急，窗户都没装好，仓库在漏雨。"
)


@dataclass(slots=True)
class Labelling:
    """A model that gives every clause the same label."""

    label: str = "pain"
    is_offline: bool = False
    is_down: bool = False
    asked: list[Mapping[str, str]] = field(default_factory=list)

    def speak(self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str) -> AsyncIterator[str]:
        raise NotImplementedError

    async def propose(
        self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str, schema: Mapping[str, object]
    ) -> Mapping[str, object]:
        self.asked.append(inputs)
        if self.is_down:
            raise ModelUnavailable("down")
        wanted = schema["required"]
        assert isinstance(wanted, list)
        return dict.fromkeys(wanted, self.label)


async def test_each_account_is_asked_about_once() -> None:
    model = Labelling()
    proposals, is_helped = await model_proposals(model, TWO, KnownNames(), today=DAY, language="zh", rep="r")
    accounts = [asked["account"] for asked in model.asked]
    assert is_helped
    assert accounts
    assert len(set(accounts)) == len(accounts) <= 2
    assert {one.field for one in proposals} == {Field.PAIN}
    assert all(one.quote in TWO for one in proposals)


async def test_an_offline_model_is_not_asked() -> None:
    model = Labelling(is_offline=True)
    assert await model_proposals(model, TWO, KnownNames(), today=DAY, language="zh", rep="r") == ((), True)
    assert model.asked == []


async def test_a_model_that_is_down_is_told_of() -> None:
    model = Labelling(is_down=True)
    assert await model_proposals(model, TWO, KnownNames(), today=DAY, language="zh", rep="r") == ((), False)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_longest_reply_fits_in_three_hundred_tokens(language: str) -> None:
    unread = Unread("远山阀门", tuple(f"第{number}句话" for number in range(16)))
    longest = json.dumps(dict.fromkeys(map(str, range(1, 17)), "decision_criterion"))
    prompt = shipped_prompts().prompt(PROMPT, language)
    assert prompt.max_tokens is not None
    assert len(longest) / 3 < prompt.max_tokens <= 300
    assert not prompt.is_repaired
    assert len(unread.reply_schema()["required"]) == 16  # type: ignore[arg-type]
