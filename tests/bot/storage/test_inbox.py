"""Receiving once, leasing to one worker, answering in one conditional transaction; on both databases."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.message import Attachment, MessageKind
from bot.domain.writes import ChangeRep, CreateInvitation, Schedule
from bot.errors import LeaseLost, WriteConflict
from bot.ports import Floor
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from tests.support.stored import CHANNEL, MovedClock, answered, member, message, one_lease, pass_time, reply, store_on


async def test_an_update_delivered_twice_is_one_message(store: DatabaseStore) -> None:
    again = message(update=11)
    assert await store.receive([again, message(update=12), again]) == 2
    assert await store.receive([again]) == 0


async def test_a_number_comes_free_after_48_hours(store: DatabaseStore, database: Database) -> None:
    await store.receive([message(update=11)])
    pass_time(database, timedelta(hours=47))
    assert await store.receive([message(update=11)]) == 0
    pass_time(database, timedelta(hours=2))
    assert await store.receive([message(update=11)]) == 1


async def test_received_by_two_at_once_it_is_new_to_one(store: DatabaseStore, other: DatabaseStore) -> None:
    batch = [message(str(chat), update=100 + chat) for chat in range(20)]
    new = await asyncio.gather(store.receive(batch), other.receive(list(reversed(batch))), store.receive(batch[5:]))
    assert sum(new) == 20


async def test_messages_of_a_chat_are_answered_in_order(store: DatabaseStore) -> None:
    await store.receive([message(text="一"), message(text="二"), message("8", "三")])
    first = await store.lease(10)
    assert [x.message.text for x in first] == ["一", "三"]
    await answered(store, first[0], "好")
    assert (await one_lease(store)).message.text == "二"


async def test_a_leased_conversation_belongs_to_one_worker(store: DatabaseStore, other: DatabaseStore) -> None:
    await store.receive([message(str(chat)) for chat in range(20)])
    shares = await asyncio.gather(*(worker.lease(7) for worker in (store, other, store, other)))
    talks = [x.conversation.id for share in shares for x in share]
    assert len(talks) == len(set(talks)) == 20
    assert await other.lease(10) == []


async def test_a_dead_workers_lease_runs_out_and_counts(
    store: DatabaseStore, other: DatabaseStore, database: Database
) -> None:
    await store.receive([message()])
    lost = await one_lease(store)
    assert await other.lease(10) == []
    pass_time(database, timedelta(minutes=1))
    taken = await one_lease(other)
    assert (lost.attempts, taken.attempts) == (1, 2)
    with pytest.raises(LeaseLost):
        await answered(store, lost, "来晚了")
    await answered(other, taken, "好")
    [sent] = await other.outgoing(sent={}, failed={}, later={}, limit=10) or [None]
    assert sent is None, "the first reply was claimed with its turn"


async def test_a_renewed_lease_stays(store: DatabaseStore, other: DatabaseStore, database: Database) -> None:
    await store.receive([message()])
    lease = await one_lease(store)
    for _ in range(3):
        pass_time(database, timedelta(seconds=8))
        assert await store.renew([lease]) == []
    assert await other.lease(10) == []
    await answered(store, lease, "好")


async def test_a_lease_given_back_is_free(store: DatabaseStore, other: DatabaseStore) -> None:
    await store.receive([message()])
    await store.give_back(await one_lease(store))
    assert (await one_lease(other)).attempts == 2


async def test_a_dead_owners_leases_are_free_at_once(store: DatabaseStore, other: DatabaseStore) -> None:
    await store.receive([message()])
    await one_lease(store)
    await other.take_over()
    assert (await one_lease(other)).attempts == 2


async def test_a_turn_is_finished_once(store: DatabaseStore) -> None:
    await store.receive([message()])
    lease = await one_lease(store)
    await answered(store, lease, "好")
    with pytest.raises(LeaseLost):
        await answered(store, lease, "又好")
    assert await store.lease(10) == []


async def test_a_turn_keeps_floor_and_language_and_knows_the_rep(store: DatabaseStore) -> None:
    rep = await member(store)
    await store.receive([message(language_hint="en")])
    lease = await one_lease(store)
    assert (lease.conversation.rep, lease.conversation.language, lease.conversation.floor) == (rep, "en", None)
    floor = Floor("settings", {"waits_for": "zone", "深": [1, 2]})
    finished = await store.finish_turn(lease, replies=(), floor=floor, language="zh")
    assert (finished.more_waits, finished.to_send) == (False, None)
    await store.receive([message()])
    talk = (await one_lease(store)).conversation
    assert (talk.floor, talk.language) == (floor, "zh")


async def test_a_floor_is_kept_with_those_under_it(store: DatabaseStore) -> None:
    await member(store)
    await store.receive([message()])
    card = Floor("debrief", {"draft": "d1"})
    floor = Floor("ask", {"question": "怎么回"}, Floor("practice", {"practice": "p1"}, card))
    await store.finish_turn(await one_lease(store), replies=(), floor=floor, language="zh")
    await store.receive([message()])
    kept = (await one_lease(store)).conversation.floor
    assert kept == floor
    assert kept.of("debrief") == card
    assert kept.without("practice") == Floor("ask", {"question": "怎么回"}, card)


async def test_everything_of_a_turn_is_written_or_nothing(store: DatabaseStore) -> None:
    rep = await member(store)
    clock = MovedClock()
    invitation = CreateInvitation("code", rep.team, rep.role, clock.now(), rep.id)
    await store.write(rep.viewer, [invitation])
    await store.receive([message()])
    lease = await one_lease(store)
    writes = (ChangeRep(rep.id, language="en"), Schedule("remind", "k", clock.now()), invitation)
    with pytest.raises(WriteConflict):
        await store.finish_turn(lease, replies=[reply("好")], floor=None, language="zh", writes=writes)
    assert (await store.repository(rep.viewer).members())[0].language == ""
    assert await store.next_due() is None
    assert not await store.is_settled(CHANNEL)
    await store.finish_turn(lease, replies=[reply("好")], floor=None, language="zh", writes=writes[:2])
    assert (await store.repository(rep.viewer).members())[0].language == "en"
    assert await store.next_due() == clock.now()


async def test_stop_reaches_the_running_turn(store: DatabaseStore, other: DatabaseStore) -> None:
    await store.receive([message(), message("8")])
    mine, _ = await store.lease(10)
    await other.receive([message(text="/cancel")], cancels=[0])
    assert await store.renew([mine]) == [mine.conversation.id]
    await answered(store, mine)
    await answered(store, await one_lease(store), "停下了")
    await store.receive([message()])
    assert await store.renew([await one_lease(store)]) == [], "the next turn is not stopped"


async def test_an_album_is_one_message(store: DatabaseStore, database: Database) -> None:
    def photo(number: int, text: str = "") -> object:
        file = Attachment(f"f{number}", "photo.jpg", "image/jpeg", 10)
        return message(text=text, kind=MessageKind.PHOTO, part_of="album-1", attachments=(file,))

    parts = [photo(1, "门店"), photo(2), photo(3)]
    await store.receive(parts[:2])  # type: ignore[arg-type]
    await store.receive([*parts[2:], message(text="后面")])  # type: ignore[list-item]
    assert await store.lease(10) == [], "the rest of the album is waited for"
    pass_time(database, timedelta(seconds=3))
    lease = await one_lease(store)
    assert (lease.message.text, len(lease.message.attachments), len(lease.rows)) == ("门店", 3, 3)
    await answered(store, lease, "好")
    assert (await one_lease(store)).message.text == "后面"


async def test_a_text_cut_by_the_client_is_one_message(store: DatabaseStore, database: Database) -> None:
    pieces = ["甲" * 4000, "乙" * 4000, "丙" * 10]
    await store.receive([message(text=text) for text in pieces])
    await store.receive([message(text="另一件事")])
    pass_time(database, timedelta(seconds=3))
    lease = await one_lease(store)
    assert lease.message.text == "".join(pieces)
    await answered(store, lease, "好")
    assert (await one_lease(store)).message.text == "另一件事"


async def test_a_long_text_does_not_swallow_a_command_or_a_later_text(store: DatabaseStore, database: Database) -> None:
    await store.receive([message(text="甲" * 4096), message(text="/help"), message("8", "乙" * 4000)])
    pass_time(database, timedelta(seconds=5))
    await store.receive([message("8", "后来")])
    assert sorted(len(x.message.text) for x in await store.lease(10)) == [4000, 4096]


@pytest.mark.parametrize("kind", MessageKind)
async def test_what_comes_without_words_waits_for_its_turn(store: DatabaseStore, kind: MessageKind) -> None:
    await store.receive([message(text="一"), message(text="", kind=kind), message(text="二")])
    await store.receive([message(text="", kind=kind)])
    kinds = []
    for _ in range(4):
        lease = await one_lease(store)
        kinds.append(lease.message.kind)
        await answered(store, lease, "好")
    assert kinds == [MessageKind.TEXT, kind, MessageKind.TEXT, kind]


async def test_albums_on_their_way_hold_up_nobody(store: DatabaseStore) -> None:
    await store.receive([message(str(chat), part_of=f"album-{chat}") for chat in range(5)])
    await store.receive([message("9", "在吗")])
    assert [x.message.text for x in await store.lease(5)] == ["在吗"]


async def test_what_another_worker_wrote_is_known_to_the_next_turn(store: DatabaseStore, database: Database) -> None:
    """However closely the turns follow each other: the state of rep and conversation is that of the last turn."""
    rep = await member(store)
    workers = [store_on(database) for _ in range(4)]
    await store.receive([message(text=str(number)) for number in range(24)])
    seen: list[str] = []

    async def work(worker: DatabaseStore) -> None:
        while len(seen) < 24:
            for lease in await worker.lease(10):
                assert lease.conversation.rep is not None
                assert lease.conversation.rep.language == (seen[-1] if seen else "")
                seen.append(lease.message.text)
                writes = (ChangeRep(rep.id, language=lease.message.text),)
                await worker.finish_turn(lease, replies=(), floor=None, language="zh", writes=writes)

    await asyncio.gather(*(work(worker) for worker in workers))
    assert seen == [str(number) for number in range(24)]


async def test_who_joins_with_a_message_may_write_with_it(store: DatabaseStore) -> None:
    await store.receive([message("9", "我来了")])
    lease = await one_lease(store)
    assert lease.conversation.rep is None
    rep = await member(store, "9")
    await store.finish_turn(
        lease, replies=(reply("好"),), floor=None, language="zh", writes=(ChangeRep(rep.id, language="en"),)
    )
    found = await store.repository(rep.viewer).rep(rep.id)
    assert found
    assert found.language == "en"
