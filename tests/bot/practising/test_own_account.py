"""A practice on the rep's own account raises last time's objections and hides its needs."""

from dataclasses import replace

from bot.domain.visit import ObjectionKind
from bot.practising.own_account import OwnAccount, own_account_scenario
from tests.bot.practising.practice_pieces import SCENARIO

TEMPLATE = replace(SCENARIO, briefing="这是{account}，你去见{contact}。", opening=("{contact}：坐吧。",))


def test_names_objections_and_needs_are_put_in() -> None:
    known = OwnAccount("远山阀门", "邱总", needs=("换一次模要停半天",), objections=("你们比别家贵一成", "今年先不急"))
    scenario = own_account_scenario(TEMPLATE, known)
    assert scenario.briefing == "这是远山阀门，你去见邱总。"
    assert [one.lines for one in scenario.objections] == [("你们比别家贵一成",), ("今年先不急",)]
    assert [one.kind for one in scenario.objections] == [ObjectionKind.PRICE, ObjectionKind.TIMING]
    assert scenario.facts[0].line == "换一次模要停半天"


def test_without_a_record_the_template_stays() -> None:
    scenario = own_account_scenario(TEMPLATE, OwnAccount("远山阀门", "邱总"))
    assert scenario.objections == TEMPLATE.objections
    assert scenario.facts == TEMPLATE.facts
