"""The way to measure against: notes as a model gives them, unchecked."""

from datetime import date

from bot.debriefing.evaluation import Case, evaluate
from bot.debriefing.plain_way import SCHEMA, plain_notes
from bot.domain.visit import BudgetStatus, Party, Role, Stage

SAID = "今天拜访恒力泵业，曹部长说老泵漏油，下周三我带样机去"
GIVEN: dict[str, object] = {
    "account": "恒力泵业",
    "visit_date": "2026-03-18",
    "contacts": [{"name": "曹部长", "title": None, "role": "user"}],
    "needs": [],
    "pains": ["老泵漏油"],
    "objections": [],
    "competitors": ["格兰富水泵集团"],
    "budget": {"text": "预算五十万", "amount_cny": 500000, "status": "approved"},
    "authority": "",
    "timeline": None,
    "decision_process": None,
    "decision_criteria": [],
    "champion": None,
    "commitments": [{"who": "us", "action": "带样机去", "due": "next week"}],
    "stage": "试用测试",
    "sentiment": "neutral",
}


def test_a_reply_that_fits_the_schema_becomes_notes() -> None:
    from jsonschema import validate  # type: ignore[import-untyped]

    validate({"notes": [GIVEN]}, SCHEMA)
    (note,) = plain_notes({"notes": [GIVEN]}, SAID)
    assert (note.account, note.stage, note.contacts[0].role) == ("恒力泵业", Stage.TRIAL, Role.USER)
    assert note.budget is not None
    assert note.budget.status is BudgetStatus.APPROVED
    assert (note.commitments[0].who, note.commitments[0].due) == (Party.US, None)
    assert note.authority is None


def test_what_the_message_does_not_carry_counts_as_invented() -> None:
    case = Case("1", SAID, date(2026, 3, 18), ())
    tally = evaluate([case], lambda text, day: plain_notes({"notes": [GIVEN]}, text))
    assert (tally.invented, tally.values) == (2, 8)


def test_a_reply_without_notes_gives_none() -> None:
    assert plain_notes({}, SAID) == ()
