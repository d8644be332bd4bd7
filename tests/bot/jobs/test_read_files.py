"""Long work on a voice note: what was heard is kept stretch by stretch, and nothing is said twice."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.domain.file_reading import reading
from bot.domain.kept_file import FileState, KeptFile
from bot.domain.message import Attachment
from bot.domain.rep import Rep
from bot.domain.writes import ChangeRep, DropFile, EraseOldFiles, KeepFile
from bot.errors import ModelUnavailable, SendLater, UnreadableRecording
from bot.jobs.read_files import FIRST_WAIT, LONGEST_WAIT, ReadFiles
from bot.jobs.run_due_work import WorkRunner
from bot.ports import Heard, Listener
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from tests.support.recording_channel import RecordingChannel
from tests.support.stored import CHANNEL, MovedClock, member, one_lease, store_on, voice_note

STRETCHES = ("刚从远山阀门出来", "见了邱总。", "预算还没批")


@dataclass(slots=True)
class ScriptedListener:
    """Hears the same stretches every time; `trouble` comes up before the stretch of that number."""

    sends_to: str = ""
    trouble: dict[int, BaseException] = field(default_factory=dict)
    begun_after: list[int] = field(default_factory=list)

    async def listen(
        self, recording: bytes, *, names: Sequence[str], language: str, after: int = 0
    ) -> AsyncGenerator[Heard]:
        self.begun_after.append(after)
        for number, words in enumerate(STRETCHES[after:], after):
            if number in self.trouble:
                raise self.trouble.pop(number)
            yield Heard(words, 30 * (number + 1))


@dataclass(slots=True)
class World:
    """A store with one note that waits, and everything the job needs."""

    store: DatabaseStore
    clock: MovedClock
    channel: RecordingChannel
    rep: Rep
    note: KeptFile
    listener: Listener | None
    a_while: float = 60.0

    async def work(self) -> bool:
        """Do what is due; False when nothing is."""
        channels = {CHANNEL: self.channel}
        job = ReadFiles(
            self.clock, self.store.repository, self.store.write, channels, self.listener, a_while=self.a_while
        )
        runner = WorkRunner(self.store, self.clock, {"read_file": job}, channels)
        due = await self.store.due_work(self.clock.now(), 10)
        for one in due:
            await runner.run(one)
        return bool(due)

    async def file(self) -> KeptFile | None:
        return await self.store.repository(self.rep.viewer).kept_file(self.note.id)

    async def said(self) -> list[str]:
        """What the rep was told, in order."""
        told: list[str] = []
        while out := await self.store.outgoing(sent={}, failed={}, later={}, limit=10):
            told += [one.reply.text.text for one in out]
            await self.store.outgoing(sent={one.row: "m" for one in out}, failed={}, later={}, limit=0)
        return told

    async def delivered(self) -> list[str]:
        """The files whose words came into the conversation."""
        leases = await self.store.lease(10)
        for lease in leases:
            await self.store.finish_turn(lease, replies=(), floor=None, language="zh")
        return [lease.message.file for lease in leases]


@pytest.fixture
async def world(database: Database) -> World:
    clock = MovedClock()
    store = store_on(database, clock)
    rep = await member(store)
    note = voice_note("f1", rep.id)
    channel = RecordingChannel()
    channel.files[note.attachment.reference] = b"sound"
    await store.receive([note.message])
    lease = await one_lease(store)
    writes = [KeepFile(note, is_new=True), reading(note, rep, "zh", clock.now())]
    await store.finish_turn(lease, replies=(), floor=None, language="zh", writes=writes)
    return World(store, clock, channel, rep, note, ScriptedListener())


async def test_the_words_join_the_conversation_and_progress_is_shown(world: World) -> None:
    assert await world.work()
    file = await world.file()
    assert file is not None
    assert (file.state, file.words) == (FileState.READ, "刚从远山阀门出来，见了邱总。预算还没批")
    assert await world.delivered() == ["f1"]
    assert await world.said() == []
    assert [shown.splitlines()[0] for _, shown in world.channel.thinking] == [
        "在听：0:30 / 3:20",
        "在听：1:00 / 3:20",
        "在听：1:30 / 3:20",
    ]


async def test_killed_in_the_middle_it_goes_on_where_it_was(world: World) -> None:
    assert isinstance(world.listener, ScriptedListener)
    world.listener.trouble = {2: asyncio.CancelledError()}
    with pytest.raises(asyncio.CancelledError):
        await world.work()
    await world.store.take_over()
    world.channel.files.clear()
    assert await world.work()
    assert world.listener.begun_after == [0, 2]
    assert await world.delivered() == ["f1"]
    assert not await world.work()
    assert await world.said() == []


async def test_trouble_is_told_once_and_tried_again_ever_later(world: World) -> None:
    waits = []
    for _ in range(14):
        assert isinstance(world.listener, ScriptedListener)
        world.listener.trouble = {1: ModelUnavailable("unreachable")}
        assert await world.work()
        due = await world.store.next_due()
        assert due
        waits.append(due - world.clock.now())
        world.clock.at = due
    assert waits[:3] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert max(waits) == LONGEST_WAIT
    assert len(await world.said()) == 1
    assert await world.work()
    assert await world.delivered() == ["f1"]
    assert world.listener.begun_after[1:] == [1] * 14


async def test_without_a_server_the_recording_is_fetched_and_waits_silently(world: World) -> None:
    world.listener = None
    assert await world.work()
    assert await world.store.repository(world.rep.viewer).content_of("f1") == b"sound"
    assert await world.said() == []
    world.channel.files.clear()
    world.listener = ScriptedListener()
    world.clock.move(FIRST_WAIT)
    assert await world.work()
    assert await world.delivered() == ["f1"]


async def test_a_server_outside_hears_nothing_before_the_reps_yes(world: World) -> None:
    outside = ScriptedListener("speech.example.com")
    world.listener = outside
    assert await world.work()
    assert outside.begun_after == []
    yes = ChangeRep(world.rep.id, outside_speech=True)
    await world.store.write(world.rep.viewer, [yes, reading(world.note, world.rep, "zh", world.clock.now())])
    assert await world.work()
    assert await world.delivered() == ["f1"]


@pytest.mark.parametrize(
    ("reason", "told"), [("broken", "打不开"), ("no_sound", "没有声音"), ("too_long", "最多听 2 小时")]
)
async def test_a_recording_nobody_can_hear_is_said_to_be_that_and_goes(world: World, reason: str, told: str) -> None:
    assert isinstance(world.listener, ScriptedListener)
    world.listener.trouble = {0: UnreadableRecording(reason)}
    await world.work()
    [said] = await world.said()
    assert "那段语音（3:20）" in said
    assert told in said
    assert await world.file() is None
    assert not await world.work()


async def test_silence_is_said_to_be_silence(world: World) -> None:
    world.listener = _Silent()
    await world.work()
    assert "没听到有人说话" in (await world.said())[0]
    assert await world.file() is None


class _Silent(ScriptedListener):
    async def listen(
        self, recording: bytes, *, names: Sequence[str], language: str, after: int = 0
    ) -> AsyncGenerator[Heard]:
        for stretch in ():
            yield stretch


async def test_a_file_telegram_no_longer_has_is_told(world: World) -> None:
    world.channel.files.clear()
    await world.work()
    assert "取不到了" in (await world.said())[0]
    assert await world.file() is None


async def test_a_channel_that_is_away_is_asked_again(world: World) -> None:
    fetch: Callable[[Attachment], object] = world.channel.fetch
    world.channel.fetch = _away  # type: ignore[method-assign]
    assert await world.work()
    assert await world.said() == []
    world.channel.fetch = fetch  # type: ignore[assignment,method-assign]
    world.clock.move(FIRST_WAIT)
    assert await world.work()
    assert await world.delivered() == ["f1"]


async def _away(attachment: Attachment) -> bytes:
    raise SendLater("away")


async def test_a_note_dropped_while_it_is_heard_says_nothing_more(world: World) -> None:
    world.listener = _Dropping(world)
    assert await world.work()
    assert (await world.delivered(), await world.said(), await world.file()) == ([], [], None)
    assert not await world.work()


@dataclass(slots=True)
class _Dropping:
    world: World
    sends_to: str = ""

    async def listen(
        self, recording: bytes, *, names: Sequence[str], language: str, after: int = 0
    ) -> AsyncGenerator[Heard]:
        yield Heard("一", 1)
        await self.world.store.write(self.world.rep.viewer, [DropFile("f1", self.world.rep.id)])
        yield Heard("二", 2)


async def test_long_notes_give_other_work_its_turn(world: World) -> None:
    assert isinstance(world.listener, ScriptedListener)
    world.a_while = -1.0
    for heard in (1, 2, 3):
        assert await world.work()
        file = await world.file()
        assert file is not None
        assert len(file.pieces) == heard
    assert await world.work()
    assert await world.delivered() == ["f1"]
    assert world.listener.begun_after == [0, 1, 2, 3]


async def test_a_note_that_waited_too_long_is_told_to_be_gone(world: World) -> None:
    world.listener = None
    await world.work()
    world.clock.move(timedelta(days=31))
    await world.store.write(world.rep.viewer, [EraseOldFiles(timedelta(days=30))])
    assert await world.work()
    assert "等了 30 天" in (await world.said())[0]
    assert not await world.work()
