"""Replies leave in order, by one worker, and stay until their channel took or refused them; on both databases."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.domain.message import Button, File, Reply
from bot.domain.rich_text import Mark, RichText, Span
from bot.ports import Finished, Outgoing
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from tests.support.stored import CHANNEL, message, one_lease, pass_time, reply


async def _turn(store: DatabaseStore, chat: str, *replies: Reply) -> Finished:
    await store.receive([message(chat)])
    lease = await one_lease(store)
    return await store.finish_turn(lease, replies=replies, floor=None, language="zh")


async def _told(store: DatabaseStore, told: Reply) -> tuple[int, int]:
    """A reply on its way: its conversation and its row."""
    await store.receive([message("7")])
    lease = await one_lease(store)
    finished = await store.finish_turn(lease, replies=[told], floor=None, language="zh")
    assert finished.to_send is not None
    return lease.conversation.id, finished.to_send.row


async def _taken(store: DatabaseStore) -> Sequence[Outgoing]:
    return await store.outgoing(sent={}, failed={}, later={}, limit=50)


async def _sent(store: DatabaseStore, *rows: int) -> None:
    await store.outgoing(sent={row: f"m{row}" for row in rows}, failed={}, later={}, limit=0)


async def test_the_first_reply_goes_with_its_turn_the_others_follow(store: DatabaseStore) -> None:
    first = (await _turn(store, "7", reply("一"), reply("二"))).to_send
    assert first is not None
    assert first.reply == reply("一")
    assert await _taken(store) == [], "the second waits for the first"
    await _sent(store, first.row)
    [second] = await _taken(store)
    assert (second.reply, second.chat, second.channel) == (reply("二"), "7", CHANNEL)
    await _sent(store, second.row)
    assert await store.is_settled(CHANNEL)


async def test_a_reply_after_an_unsent_one_waits(store: DatabaseStore) -> None:
    first = (await _turn(store, "7", reply("一"))).to_send
    later = await _turn(store, "7", reply("二"))
    assert first is not None
    assert later.to_send is None
    assert not await store.is_settled(CHANNEL)
    await _sent(store, first.row)
    assert [x.reply for x in await _taken(store)] == [reply("二")]


async def test_other_chats_do_not_wait(store: DatabaseStore) -> None:
    stuck = (await _turn(store, "7", reply("一"), reply("二"))).to_send
    other = (await _turn(store, "8", reply("三"))).to_send
    assert stuck is not None
    assert other is not None
    await store.outgoing(sent={other.row: "m"}, failed={}, later={stuck.row: 60.0}, limit=0)
    assert await _taken(store) == []


async def test_a_postponed_reply_comes_when_its_time_has_come(store: DatabaseStore, database: Database) -> None:
    first = (await _turn(store, "7", reply("一"), reply("二"))).to_send
    assert first is not None
    await store.outgoing(sent={}, failed={}, later={first.row: 30.0}, limit=0)
    pass_time(database, timedelta(seconds=29))
    assert await _taken(store) == []
    pass_time(database, timedelta(seconds=2))
    [again] = await _taken(store)
    assert (again.reply, again.attempts) == (reply("一"), 1)


async def test_a_refused_reply_lets_the_next_one_go(store: DatabaseStore) -> None:
    first = (await _turn(store, "7", reply("一"), reply("二"))).to_send
    assert first is not None
    await store.outgoing(sent={}, failed={first.row: "bot was blocked by the user"}, later={}, limit=0)
    assert [x.reply for x in await _taken(store)] == [reply("二")]


async def test_a_reply_belongs_to_one_worker(store: DatabaseStore, other: DatabaseStore) -> None:
    for chat in range(12):
        first = (await _turn(store, str(chat), reply("一"), reply("二"))).to_send
        assert first is not None
        await _sent(store, first.row)
    shares = await asyncio.gather(*(_taken(worker) for worker in (store, other, store, other)))
    rows = [x.row for share in shares for x in share]
    assert len(rows) == len(set(rows)) == 12


async def test_a_dead_workers_claim_runs_out_a_living_ones_does_not(
    store: DatabaseStore, other: DatabaseStore, database: Database
) -> None:
    kept = (await _turn(store, "7", reply("一"))).to_send
    lost = (await _turn(store, "8", reply("二"))).to_send
    assert kept is not None
    assert lost is not None
    for _ in range(3):
        pass_time(database, timedelta(seconds=8))
        await store.outgoing(sent={}, failed={}, later={}, held=[kept.row], limit=0)
    assert [x.row for x in await _taken(other)] == [lost.row]


async def test_a_dead_owners_claims_are_free_at_once(store: DatabaseStore, other: DatabaseStore) -> None:
    first = (await _turn(store, "7", reply("一"))).to_send
    assert first is not None
    await other.take_over()
    assert [x.row for x in await _taken(other)] == [first.row]


async def test_everything_about_a_reply_is_kept(store: DatabaseStore) -> None:
    whole = Reply(
        RichText("看图👀", (Span(0, 2, Mark.BOLD),)),
        ((Button("好", "visit:ok"), Button("改", "visit:edit")),),
        File("map.png", "image/png", b"\x89PNG\x00\xff"),
        edits="12",
        leaves_chat=True,
    )
    first = (await _turn(store, "7", reply("先"), whole)).to_send
    assert first is not None
    await _sent(store, first.row)
    assert [x.reply for x in await _taken(store)] == [whole]


async def test_a_later_reply_revises_the_message_of_its_label(store: DatabaseStore) -> None:
    talk, row = await _told(store, Reply(RichText("在收"), label="taking-1"))
    await store.say(talk, [Reply(RichText("收好了"), revises="taking-1")])
    assert await _taken(store) == [], "nobody knows the reference yet"
    await _sent(store, row)
    [revised] = await _taken(store)
    assert (revised.reply.text.text, revised.reply.edits) == ("收好了", f"m{row}")


async def test_a_reply_that_revises_what_never_arrived_is_sent_as_new(store: DatabaseStore) -> None:
    talk, row = await _told(store, Reply(RichText("在收"), label="taking-1"))
    await store.outgoing(sent={}, failed={row: "blocked"}, later={}, limit=0)
    await store.say(talk, [Reply(RichText("收好了"), revises="taking-1")])
    [revised] = await _taken(store)
    assert revised.reply.edits == ""
