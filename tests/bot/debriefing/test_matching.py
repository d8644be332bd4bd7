import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.debriefing.matching import Certainty, KnownAccount, KnownContact, match_account, match_contact

ACCOUNTS = (
    KnownAccount("中国银行", ("中行",)),
    KnownAccount("远山阀门有限公司"),
    KnownAccount("恒力泵业"),
    KnownAccount("恒利电子"),
    KnownAccount("招商银行"),
    KnownAccount("Halden Foods Ltd", ("Halden",)),
)


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("中行", "中国银行"),
        ("远山阀门", "远山阀门有限公司"),
        ("远山", "远山阀门有限公司"),
        ("元山阀门", "远山阀门有限公司"),
        ("招行", "招商银行"),
        ("Halden Food", "Halden Foods Ltd"),
        ("halden", "Halden Foods Ltd"),
    ],
)
def test_aliases_short_forms_homophones_and_slips_find_the_account(heard: str, name: str) -> None:
    assert match_account(heard, ACCOUNTS).name == name


def test_two_accounts_of_one_sound_are_asked_about() -> None:
    match = match_account("恒立", ACCOUNTS)
    assert match.certainty is Certainty.AMBIGUOUS
    assert set(match.candidates) == {"恒力泵业", "恒利电子"}


def test_an_unknown_firm_is_new() -> None:
    assert match_account("青禾食品", ACCOUNTS).certainty is Certainty.NEW


CONTACTS = (
    KnownContact("黄总", "远山阀门"),
    KnownContact("王建国", "远山阀门", "采购经理", ("王经理",)),
    KnownContact("周敏", "恒力泵业", "总工"),
    KnownContact("Sarah Chen", "Halden"),
)


@pytest.mark.parametrize(
    ("heard", "account", "name"),
    [
        ("王经理", "远山阀门", "王建国"),
        ("周总", "恒力泵业", "周敏"),
        ("Sarah", "Halden", "Sarah Chen"),
        ("Sara Chen", "Halden", "Sarah Chen"),
    ],
)
def test_a_contact_is_found_within_the_account(heard: str, account: str, name: str) -> None:
    assert match_contact(heard, CONTACTS, account).name == name


def test_wang_may_be_huang_where_the_title_agrees() -> None:
    match = match_contact("王总", CONTACTS, "远山阀门")
    assert "黄总" in match.candidates


@given(st.text(max_size=12))
def test_any_name_is_survived(heard: str) -> None:
    match = match_account(heard, ACCOUNTS)
    assert (match.name is None) == (match.certainty in (Certainty.NEW, Certainty.AMBIGUOUS))
