"""Small things to put into a store, a clock to move by hand, and time that passes for what is stored."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, select, update

from bot.clock_and_ids import RandomIds
from bot.domain.kept_file import KeptFile
from bot.domain.message import Attachment, IncomingMessage, MessageKind, Reply
from bot.domain.rep import Rep
from bot.domain.rich_text import RichText
from bot.domain.writes import JoinTeam
from bot.ports import Lease
from bot.storage.database import Database
from bot.storage.database_store import DatabaseStore
from bot.storage.tables import metadata

CHANNEL = "telegram"
_numbers = count(1)
_PASSING = {"received_at", "ready_at", "lease_until", "not_before", "claim_until", "done_at", "finished_at"}
"""The columns that hold the machine's time."""


@dataclass(slots=True)
class MovedClock:
    """The product's time, moved by hand."""

    at: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 9, tzinfo=UTC))

    def now(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by


def store_on(database: Database, clock: MovedClock | None = None) -> DatabaseStore:
    """A worker of its own on this database."""
    return DatabaseStore(database, clock or MovedClock(), RandomIds(), channels=(CHANNEL,))


def message(chat: str = "7", text: str = "你好", *, update: int | None = None, **more: Any) -> IncomingMessage:
    """A message of the person with this chat, under the next update number."""
    number = next(_numbers) if update is None else update
    values: dict[str, Any] = {"kind": MessageKind.TEXT, "person_name": "小林", **more}
    return IncomingMessage(channel=CHANNEL, bot="42", update=number, chat=chat, person=chat, text=text, **values)


def reply(text: str) -> Reply:
    return Reply(RichText(text))


def voice_note(file: str, rep: str, chat: str = "7", *, pieces: tuple[str, ...] = ()) -> KeptFile:
    """A voice note of this rep that waits to be heard."""
    attachment = Attachment(f"file:{file}", "voice", "audio/ogg", 900, 200)
    sent = message(chat, "", kind=MessageKind.VOICE, attachments=(attachment,))
    return KeptFile(file, rep, sent, MovedClock().now(), pieces=pieces)


async def member(store: DatabaseStore, chat: str = "7") -> Rep:
    """The person of a chat as a rep of the first team."""
    await store.administrator("团队")
    return await store.admit(JoinTeam(CHANNEL, chat, "小林", "Asia/Shanghai"))


async def one_lease(store: DatabaseStore) -> Lease:
    """The one conversation that is open and free."""
    [lease] = await store.lease(10)
    return lease


async def answered(store: DatabaseStore, lease: Lease, *texts: str) -> None:
    """Finish a turn with these replies."""
    await store.finish_turn(lease, replies=[reply(text) for text in texts], floor=None, language="zh")


def pass_time(database: Database, by: timedelta) -> None:
    """Let everything stored be this much older."""

    def age(connection: Connection) -> None:
        for table in metadata.sorted_tables:
            for column in (column for column in table.c if column.name in _PASSING):
                for row in connection.execute(select(table.c.id, column).where(column.is_not(None))).all():
                    older = update(table).where(table.c.id == row[0]).values({column.name: row[1] - by})
                    connection.execute(older)

    database.run_now(age)
