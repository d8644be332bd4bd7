"""What is read out of a model's reply, what is repaired, and what is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language_models.json_reply import BadReply, object_in
from bot.language_models.trouble import Cause

ITEM = {
    "type": "object",
    "properties": {
        "field": {"type": "string", "enum": ["need", "budget"]},
        "quote": {"type": "string", "minLength": 1},
        "who": {"type": "string"},
        "count": {"type": "integer"},
    },
    "required": ["field", "quote"],
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "properties": {"items": {"type": "array", "items": ITEM}},
    "required": ["items"],
    "additionalProperties": False,
}
NEED = {"field": "need", "quote": "停半天"}
BUDGET = {"field": "budget", "quote": "一百八十万"}


@pytest.mark.parametrize(
    "text",
    [
        '{"items": [{"field": "need", "quote": "停半天"}]}',
        '```json\n{"items": [{"field": "need", "quote": "停半天"}]}\n```',
        '好的，结果如下：\n{"items": [{"field": "need", "quote": "停半天"}]}\n希望有用 {^_^}',
        'Set {a} gives {"items": [{"field": "need", "quote": "停半天"}]}',
        "{'items': [{'field': 'need', 'quote': '停半天'}]}",
        '{"items": [{"field": "need", "quote": "停半天",},],}',
        '{"items": [{"field": "need" "quote": "停半天"}]}',
        '{"items": [{"field": "need", "quote": "停半天"}]',
        '[{"field": "need", "quote": "停半天"}]',
        '{"items": {"field": "need", "quote": "停半天"}}',
        '{"items": [{"field": "Need ", "quote": "停半天"}]}',
        '{"items": [{"field": "need", "quote": "停半天", "who": null, "mood": "bad"}], "note": "x"}',
        '{"items": [{"field": "need", "quote": "停半天"}, {"field": "weather", "quote": "晴"}, {"field": "budget"}]}',
        '{"items": [{"field": "need", "quote": "停半天"}, {"field": "budget", "quote": "一百八',
        '{"items": [{"field": "need", "quote": "停半天"}, {"field": "budget", "quote": "一百八", "count": 18',
    ],
)
def test_one_whole_item_is_found(text):
    assert object_in(text, SCHEMA) == {"items": [NEED]}


def test_figures_take_the_type_the_schema_asks_for():
    text = '{"items": [{"field": "need", "quote": 500, "count": "3"}]}'
    assert object_in(text, SCHEMA) == {"items": [{"field": "need", "quote": "500", "count": 3}]}


def test_no_proposals_are_no_failure():
    assert object_in('{"items": []}', SCHEMA) == {"items": []}
    assert object_in("{}", SCHEMA) == {"items": []}


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", Cause.EMPTY),
        (" \n", Cause.EMPTY),
        ("没有什么可说的。", Cause.GARBLED),
        ("{{{{[[[", Cause.HALF),
        ('{"items": [{"field": "need", "quote": "停', Cause.HALF),
        ('{"items": [', Cause.HALF),
        ('{"results": []}', Cause.WRONG_SHAPE),
        ('{"items": "many"}', Cause.WRONG_SHAPE),
        ('{"items": [{"field": "weather", "quote": "晴"}]}', Cause.WRONG_SHAPE),
        ('"items"', Cause.GARBLED),
        ("[1, 2]", Cause.WRONG_SHAPE),
    ],
)
def test_what_cannot_be_used_has_its_cause(text, cause):
    with pytest.raises(BadReply) as caught:
        object_in(text, SCHEMA)
    assert caught.value.cause is cause
    assert caught.value.mistake


def read(text: str, *, is_cut: bool = False) -> dict | Cause:
    try:
        return object_in(text, SCHEMA, is_cut=is_cut)
    except BadReply as bad:
        return bad.cause


@given(st.integers(min_value=1, max_value=500), st.booleans())
def test_a_cut_reply_never_yields_a_part_of_a_value(length, is_cut):
    """Wherever a reply stops, each quote that comes out is one of those the model had finished writing."""
    text = json.dumps({"items": [NEED, BUDGET, BUDGET | {"who": "王总", "count": 1800000}]}, ensure_ascii=False)
    found = read(text[:length], is_cut=is_cut or length < len(text))
    for item in found["items"] if isinstance(found, dict) else ():
        assert item.get("quote") in {"停半天", "一百八十万"}
        assert item.get("who", "王总") == "王总"
        assert item.get("count", 1800000) == 1800000


@given(st.text(max_size=200))
def test_whatever_is_written_gives_an_object_or_a_cause(text):
    assert isinstance(read(text), dict | Cause)
