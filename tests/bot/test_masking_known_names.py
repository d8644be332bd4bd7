"""What a mask must hide for a rep is what he knows himself: nothing of another team."""

from collections.abc import Callable
from datetime import date

from bot.assemble.memory import open_memory
from bot.assemble.models import names_known_to
from bot.domain.account import Draft
from bot.domain.visit import Contact, Role, VisitNote
from bot.domain.writes import ConfirmedVisit, KeepDraft, SaveVisits
from config.settings import Settings
from tests.support.stored import member


async def test_the_names_of_his_own_accounts_and_people(settings_of: Callable[..., Settings]) -> None:
    memory = open_memory(settings_of())
    store = memory.store()
    rep, other = await member(store, "7"), await member(store, "8")
    note = VisitNote(account="远山阀门", contacts=(Contact("邱总", "生产副总", Role.UNKNOWN),))
    visit = ConfirmedVisit("v1", "远山阀门", date(2026, 3, 2), note, ())
    draft = Draft("d1", rep.id, "见了邱总", date(2026, 3, 2), (note,))
    await store.write(rep.viewer, [KeepDraft(draft), SaveVisits("d1", (visit,))])
    assert set(await names_known_to(memory, rep.id)) == {"远山阀门", "邱总"}
    assert await names_known_to(memory, other.id) == []
    assert await names_known_to(memory, "nobody") == []
    memory.database.close()
