"""A small persona and scenario for the tests of practising, and short ways to write talks."""

from random import Random

from bot.domain.practice import Speaker, Spin, TalkTurn
from bot.domain.visit import ObjectionKind
from bot.practising.characters import CustomerObjection, Fact, Mood, Persona, Reaction, Scenario
from bot.practising.simulation import PracticeState, open_practice

PERSONA = Persona(
    id="plain",
    name="普通客户",
    voice="平实",
    signs=(),
    advice=(),
    start=Mood(3, 3, 6),
    likes={"proof": 1},
    dislikes={"over_promise": 2},
    lines={
        reaction: (f"{reaction.value}一。", f"{reaction.value}二。", f"{reaction.value}三。")
        for reaction in Reaction
        if reaction is not Reaction.OBJECT
    }
    | {Reaction.ACCEPT: ("行，就这么定。", "可以，到时候见。"), Reaction.LEAVE: ("我还有事，先这样。",)},
)

SCENARIO = Scenario(
    id="mill",
    language="zh",
    name="面粉厂",
    briefing="你卖筛分机，去见面粉厂的老秦。",
    customer="面粉厂设备科老秦",
    goal="问出停机的代价，约下一步。",
    personas=("plain",),
    rubric="standard-visit",
    opening=("坐，有什么事？",),
    facts=(
        Fact("sieve", "筛网三天就破一张，一破就停两个小时。", ("筛网", "停机"), (Spin.SITUATION, Spin.PROBLEM), 0),
        Fact("fine", "上个月断供，面包厂罚了我们七万。", ("断供", "影响", "损失"), (Spin.IMPLICATION,), 3),
        Fact("signer", "超过二十万要厂长和财务签字。", ("签字", "拍板", "谁"), (Spin.SITUATION,), 9),
    ),
    objections=(
        CustomerObjection(
            "price",
            ObjectionKind.PRICE,
            3,
            ("你们比北方机械贵两成。",),
            ("厂长只看总价。",),
            ("说来说去还是贵。",),
            ("这样说就清楚了。",),
        ),
    ),
    accepts_at_trust=4,
)


def talk(*texts: str, first: Speaker = Speaker.REP) -> tuple[TalkTurn, ...]:
    """Turns in alternation, the rep's first unless told otherwise."""
    other = Speaker.CUSTOMER if first is Speaker.REP else Speaker.REP
    return tuple(TalkTurn(first if position % 2 == 0 else other, text) for position, text in enumerate(texts))


def opened(seed: int = 1) -> PracticeState:
    """A practice of the small scenario that has just begun."""
    return open_practice(SCENARIO, PERSONA, Random(seed))
