"""What every Channel keeps to, whoever fulfils it: subclass, give it the fixtures, and it is checked."""

from abc import ABC, abstractmethod
from typing import Protocol

import pytest
from hypothesis import HealthCheck, given, settings

from bot.domain.message import Attachment, Button, File, Reply
from bot.domain.rich_text import RichText, bold, quoted
from bot.errors import SendRefused
from bot.ports import Channel
from tests.support.rich_texts import rich_texts

LONG = "".join(f"第{number}步，先听客户把话说完，再问一个问题。😀\n\n" for number in range(900))
SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.differing_executors]
"""One channel for all examples, and one property for every channel, are meant so."""
BUTTONS = ((Button("保存", "card:save"), Button("修改", "card:change")), (Button("放弃", "card:drop"),))
NOTE = File("纪要.txt", "text/plain", "客户要三年维保".encode())


class Receiver(Protocol):
    """The other end: what a rep sees, oldest first."""

    chat: str

    def texts(self) -> list[str]:
        """The messages as they stand now."""
        ...

    def labels(self) -> list[str]:
        """The words on the buttons of the newest message that has some."""
        ...


def words_of(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


class ChannelContract(ABC):
    """The contract itself."""

    @abstractmethod
    @pytest.fixture
    def receiver(self) -> Receiver: ...

    @abstractmethod
    @pytest.fixture
    def channel(self, receiver: Receiver) -> Channel: ...

    @abstractmethod
    @pytest.fixture
    def readable(self, receiver: Receiver) -> Attachment:
        """A file that can be fetched and holds `content`."""

    async def deliver(self, channel: Channel, receiver: Receiver, reply: Reply) -> list[str]:
        return [await channel.send(receiver.chat, piece) for piece in channel.fit(reply)]

    def test_it_has_a_name(self, channel: Channel) -> None:
        assert channel.name

    def test_what_fits_is_left_alone(self, channel: Channel) -> None:
        reply = Reply(bold("好"), BUTTONS)
        assert channel.fit(reply) == (reply,)

    def test_no_word_of_a_long_text_is_lost_and_the_buttons_come_last(self, channel: Channel) -> None:
        pieces = channel.fit(Reply(RichText(LONG), BUTTONS))
        assert words_of("".join(piece.text.text for piece in pieces)) == words_of(LONG)
        assert [piece.buttons for piece in pieces] == [()] * (len(pieces) - 1) + [BUTTONS]

    def test_a_file_with_a_long_text_is_sent_once(self, channel: Channel) -> None:
        pieces = channel.fit(Reply(RichText(LONG), BUTTONS, NOTE))
        assert [piece.file for piece in pieces if piece.file] == [NOTE]
        assert words_of("".join(piece.text.text for piece in pieces)) == words_of(LONG)

    def test_only_the_first_piece_changes_an_earlier_message(self, channel: Channel) -> None:
        pieces = channel.fit(Reply(RichText(LONG), edits="17"))
        assert [piece.edits for piece in pieces] == ["17"] + [""] * (len(pieces) - 1)

    def test_only_the_last_piece_leaves_the_chat(self, channel: Channel) -> None:
        pieces = channel.fit(Reply(RichText(LONG), leaves_chat=True))
        assert [piece.leaves_chat for piece in pieces] == [False] * (len(pieces) - 1) + [True]

    async def test_replies_arrive_in_order_each_with_a_reference(self, channel: Channel, receiver: Receiver) -> None:
        references = [await channel.send(receiver.chat, Reply(RichText(text))) for text in ("一", "二", "三")]
        assert all(references)
        assert len(set(references)) == 3
        assert [text for text in receiver.texts() if text in {"一", "二", "三"}] == ["一", "二", "三"]

    async def test_buttons_are_seen(self, channel: Channel, receiver: Receiver) -> None:
        await channel.send(receiver.chat, Reply(RichText("要存吗？"), BUTTONS))
        assert receiver.labels() == ["保存", "修改", "放弃"]

    async def test_an_edited_message_is_the_last_word(self, channel: Channel, receiver: Receiver) -> None:
        first = await channel.send(receiver.chat, Reply(RichText("在算……"), BUTTONS))
        again = await channel.send(receiver.chat, Reply(RichText("算好了：八成"), edits=first))
        assert again
        assert "算好了：八成" in receiver.texts()[-1]

    async def test_editing_nothing_is_no_trouble(self, channel: Channel, receiver: Receiver) -> None:
        first = await channel.send(receiver.chat, Reply(RichText("一样"), BUTTONS))
        assert await channel.send(receiver.chat, Reply(RichText("一样"), BUTTONS, edits=first))

    async def test_a_file_arrives_with_its_words(self, channel: Channel, receiver: Receiver) -> None:
        await channel.send(receiver.chat, Reply(quoted("纪要在这里"), file=NOTE))
        assert "纪要在这里" in receiver.texts()[-1]

    async def test_what_is_best_effort_never_fails(self, channel: Channel, receiver: Receiver) -> None:
        await channel.show_thinking(receiver.chat, "")
        await channel.show_thinking(receiver.chat, "正在想")
        await channel.acknowledge("no such press")

    async def test_a_file_is_fetched(self, channel: Channel, readable: Attachment, content: bytes) -> None:
        assert await channel.fetch(readable) == content

    async def test_a_file_that_is_gone_is_refused(self, channel: Channel) -> None:
        with pytest.raises(SendRefused):
            await channel.fetch(Attachment("gone", "voice", "audio/ogg", 10, 1))

    @given(text=rich_texts(most=12))
    @settings(max_examples=25, deadline=None, suppress_health_check=SHARED)
    async def test_every_piece_of_any_text_is_taken(self, channel: Channel, receiver: Receiver, text: RichText) -> None:
        if text:
            before = words_of("".join(receiver.texts()))
            await self.deliver(channel, receiver, Reply(text))
            assert words_of("".join(receiver.texts())) == before + words_of(text.text)

    @pytest.fixture
    def content(self) -> bytes:
        return b"OggS and some sound"
