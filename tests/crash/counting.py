"""After the storm: every update, every row and every message is counted against what was said."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from bot.storage.database import Database
from bot.storage.tables import account as account_table
from bot.storage.tables import address, commitment, conversation, draft, inbox, outbox, visit, work
from tests.crash.traffic import Talker
from tests.support.telegram_client import TelegramControl


@dataclass(frozen=True, slots=True)
class Account:
    """One chat as the database remembers it."""

    numbers: list[int]
    open_messages: int
    set_aside: int
    replies: list[str]
    unsent: int
    refused: int


async def quiet(database: Database, patience: float = 40.0) -> None:
    """Wait until no row is open and nothing is leased."""
    async with asyncio.timeout(patience):
        while database.run_now(_open_rows):
            await asyncio.sleep(0.1)


def _open_rows(connection: Connection) -> int:
    counts = (
        select(func.count()).select_from(inbox).where(inbox.c.done_at.is_(None)),
        select(func.count()).select_from(outbox).where(outbox.c.finished_at.is_(None)),
        select(func.count()).select_from(conversation).where(conversation.c.lease_token.is_not(None)),
    )
    return sum(connection.scalar(count) or 0 for count in counts)


def account(connection: Connection, chat: int) -> Account:
    """What became of everything said in a chat."""
    talk = connection.execute(select(conversation).where(conversation.c.chat == str(chat))).one()
    messages = connection.execute(select(inbox).where(inbox.c.conversation_id == talk.id).order_by(inbox.c.id)).all()
    replies = connection.execute(select(outbox).where(outbox.c.conversation_id == talk.id).order_by(outbox.c.id)).all()
    return Account(
        numbers=[row.update_number for row in messages],
        open_messages=sum(row.done_at is None for row in messages),
        set_aside=sum(row.incident is not None for row in messages),
        replies=[row.reply["text"] for row in replies],
        unsent=sum(row.finished_at is None for row in replies),
        refused=sum(row.failure is not None for row in replies),
    )


def check_turns(talker: Talker, found: Account) -> None:
    """Each update is one row, done once, with exactly its one reply, in the order said."""
    assert len(set(found.numbers)) == len(found.numbers) == talker.said
    assert (found.open_messages, found.set_aside, found.unsent, found.refused) == (0, len(talker.apologies), 0, 0)
    assert len(found.replies) == talker.said, f"chat {talker.chat}: {talker.said} updates, {len(found.replies)} replies"
    for position, (reply, expected) in enumerate(zip(found.replies, talker.expected, strict=True)):
        assert any(words in reply for words in expected), f"reply {position}: {reply!r}, expected {expected}"


async def sent_twice(control: TelegramControl, talker: Talker, found: Account, at_most: int) -> int:
    """How many messages the chat got beyond one of each reply; nothing may be missing or foreign."""
    received = Counter(str(sent["message"]["text"]) for sent in await control.sent(talker.chat))
    replies = Counter(found.replies)
    assert not replies - received, "a reply never reached its chat"
    assert set(received) == set(replies), "a message that is no reply"
    surplus = (received - replies).total()
    assert surplus <= at_most, f"chat {talker.chat}: {surplus} messages twice"
    return surplus


async def check_heard_once(control: TelegramControl, talker: Talker) -> None:
    """Every answer came once and in order, whoever gave it."""
    heard = [str(sent["message"]["text"]) for sent in await control.sent(talker.chat)]
    assert len(heard) == talker.said
    for text, expected in zip(heard, talker.expected, strict=True):
        assert any(words in text for words in expected), f"{text!r}, expected {expected}"


def check_visits(connection: Connection, talker: Talker) -> int:
    """Each visit told is one draft with every word; each saved is one visit with its commitment. Returns how many."""
    of_rep = select(address.c.rep_id).where(address.c.person == str(talker.chat)).scalar_subquery()
    drafts = connection.execute(select(draft).where(draft.c.rep_id == of_rep)).all()
    expected = sorted(("\n".join(told.words), "saved" if told.is_saved else "open") for told in talker.told)
    found = sorted((row.words, row.status) for row in drafts)
    assert found == expected, f"drafts {found}, told {expected}"
    by_account = select(account_table.c.name, visit.c.id, visit.c.note).join_from(visit, account_table)
    visits = connection.execute(by_account.where(visit.c.rep_id == of_rep)).all()
    saved = [account for told in talker.told if told.is_saved for account in told.accounts]
    assert sorted(row.name for row in visits) == sorted(saved), "a visit lost or doubled"
    promised = connection.scalars(select(commitment.c.visit_id).where(commitment.c.rep_id == of_rep)).all()
    assert sorted(promised) == sorted(row.id for row in visits), "one commitment each"
    return talker.visits


def open_work(connection: Connection) -> Sequence[str]:
    """The names of scheduled work that is still to do."""
    return list(connection.scalars(select(work.c.name).where(work.c.finished_at.is_(None))))
