"""Every kind of write is applied by one function, and that function takes it."""

from typing import get_args, get_type_hints

from bot.domain.writes import Write
from bot.storage.applying import APPLIED_BY


def test_every_write_is_applied() -> None:
    assert set(APPLIED_BY) == set(get_args(Write))


def test_every_function_takes_the_write_it_stands_for() -> None:
    wrong = {kind: function for kind, function in APPLIED_BY.items() if get_type_hints(function)["write"] is not kind}
    assert wrong == {}
