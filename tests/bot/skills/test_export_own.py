import json
from datetime import date

import pytest

from bot.domain.rep import Rep, Role
from bot.domain.visit import Contact, VisitNote
from bot.domain.wish import Wish
from bot.domain.writes import KeepPractice
from bot.skills.export_own import ExportOwn
from bot.storage.database_store import DatabaseStore
from tests.support.turns import TODAY, colleague, promised, said, visited, whole

SKILL = ExportOwn()


def note(account: str) -> VisitNote:
    return VisitNote(account=account, contacts=(Contact("邱总"),), commitments=(promised("带样机去试", TODAY),))


async def filled(store: DatabaseStore, rep: Rep, account: str, words: str) -> None:
    await visited(store, rep, note(account), words=words)
    state = {"turns": [{"role": "rep", "text": f"练{words}"}]}
    await store.write(rep.viewer, (KeepPractice(f"p{rep.id}", "price", state, {"overall": 61}),))


async def exported(store: DatabaseStore, rep: Rep) -> tuple[str, dict]:
    outcome = await said(SKILL, store, rep, "/export")
    [reply] = outcome.replies
    assert reply.file is not None
    assert reply.file.name == "ridealong-2026-11-23.json"
    return whole(outcome), json.loads(reply.file.content)


async def test_the_file_holds_profile_practice_raw_words_and_commitments(store: DatabaseStore, rep: Rep) -> None:
    await filled(store, rep, "远山阀门", "刚从远山出来")
    text, own = await exported(store, rep)
    assert "陪练 1 场、原话 1 条" in text
    assert own["profile"][0]["name"] == "小林"
    assert own["practices"][0]["scorecard"] == {"overall": 61}
    assert own["practices"][0]["state"]["turns"][0]["text"] == "练刚从远山出来"
    assert (own["raw_words"][0]["words"], own["raw_words"][0]["heard_on"]) == ("刚从远山出来", "2026-11-23")
    assert (own["commitments"][0]["action"], own["commitments"][0]["due"]) == ("带样机去试", "2026-11-23")


@pytest.mark.parametrize("role", [Role.REP, Role.MANAGER, Role.ADMIN])
async def test_nothing_of_other_people_is_in_it(store: DatabaseStore, rep: Rep, role: Role) -> None:
    await filled(store, rep, "远山阀门", "刚从远山出来")
    other = await colleague(store, "8", "小王", role)
    _, own = await exported(store, other)
    assert own["practices"] == own["raw_words"] == own["commitments"] == []
    assert [one["name"] for one in own["profile"]] == ["小王"]


async def test_account_records_are_not_in_it(store: DatabaseStore, rep: Rep) -> None:
    await filled(store, rep, "远山阀门", "今天见了一家")
    _, own = await exported(store, rep)
    assert "远山阀门" not in json.dumps(own, ensure_ascii=False)
    assert "邱总" not in json.dumps(own, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("导出我的数据", True),
        ("把我的数据都给我", True),
        ("export my data", True),
        ("客户问系统能不能导出数据", False),
        ("they want to export to Europe", False),
    ],
)
def test_it_claims_only_the_reps_own(text: str, wanted: bool) -> None:
    assert (SKILL.claim(Wish(text, date(2026, 11, 23))) >= 0.85) == wanted
