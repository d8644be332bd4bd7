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
    KnownAccount("晨光药业"),
    KnownAccount("中国建设银行"),
    KnownAccount("中国第一汽车集团"),
    KnownAccount("International Valve Works"),
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
        ("晨光", "晨光药业"),
        ("晨光药业集团", "晨光药业"),
        ("建行", "中国建设银行"),
        ("一汽", "中国第一汽车集团"),
        ("IVW", "International Valve Works"),
        ("恒力泵业有限公司", "恒力泵业"),
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


@pytest.mark.parametrize("heard", ["远山电气", "晨光食品", "Halden Pumps", "恒泰"])
def test_the_same_name_in_another_trade_is_another_firm(heard: str) -> None:
    assert match_account(heard, ACCOUNTS).certainty is Certainty.NEW


@pytest.mark.parametrize(
    ("heard", "name"), [("招商很行", "招商银行"), ("晨广药业", "晨光药业"), ("横力泵业", "恒力泵业")]
)
def test_a_slip_of_one_sign_is_taken_or_asked_about(heard: str, name: str) -> None:
    assert name in match_account(heard, ACCOUNTS).candidates


def test_a_short_name_of_two_firms_is_asked_about() -> None:
    known = (KnownAccount("远山阀门"), KnownAccount("远山泵业"))
    assert set(match_account("远山", known).candidates) == {"远山阀门", "远山泵业"}
    learned = (KnownAccount("远山阀门", ("远山",)), KnownAccount("远山泵业"))
    assert match_account("远山", learned).name == "远山阀门"
    assert match_account("远山重工", learned).certainty is Certainty.NEW


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


PEOPLE = (
    KnownContact("张建国", "远山阀门", "总经理"),
    KnownContact("张伟", "远山阀门", "副总"),
    KnownContact("李工", "远山阀门"),
    KnownContact("赵敏", "远山阀门"),
)


@pytest.mark.parametrize(
    ("heard", "candidates"),
    [
        ("张总", {"张建国", "张伟"}),
        ("章总", {"张建国", "张伟"}),
        ("张工", set()),
        ("李总", set()),
        ("张建国", {"张建国"}),
        ("李建国", {"李工"}),
        ("赵总", {"赵敏"}),
        ("刘总", set()),
    ],
)
def test_who_is_meant_or_may_be(heard: str, candidates: set[str]) -> None:
    assert set(match_contact(heard, PEOPLE, "远山阀门").candidates) == candidates


def test_a_surname_is_never_taken_for_another_without_asking() -> None:
    for heard in ("章总", "王总"):
        assert match_contact(heard, (KnownContact("张总", "甲"), KnownContact("黄建", "甲", "总监"))).name is None


@given(st.text(max_size=12))
def test_any_name_is_survived(heard: str) -> None:
    match = match_account(heard, ACCOUNTS)
    assert (match.name is None) == (match.certainty in (Certainty.NEW, Certainty.AMBIGUOUS))
