"""Conversations, what came in, what goes out, and what is to be done later."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.tables.columns import Moment, metadata, optional_json, row_id

conversation = Table(
    "conversation",
    metadata,
    row_id(),
    Column("channel", String(32), nullable=False),
    Column("bot", String(64), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("person", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    Column("floor_skill", String(64)),
    Column("floor_state", optional_json),
    Column("lease_token", String(32)),
    Column("lease_until", Moment),
    Column("stop_asked", Boolean, nullable=False),
    UniqueConstraint("channel", "bot", "chat"),
)

inbox = Table(
    "inbox",
    metadata,
    row_id(),
    Column("channel", String(32), nullable=False),
    Column("bot", String(64), nullable=False),
    Column("update_number", BigInteger),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("message", optional_json),
    Column("part_of", String(80), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("ready_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done_at", Moment),
    Column("incident", String(32)),
    UniqueConstraint("channel", "bot", "update_number"),
    comment="update_number is emptied after 48 hours: a channel may start its numbers again",
)
_open = text("done_at IS NULL")
Index("ix_inbox_open", inbox.c.conversation_id, inbox.c.id, sqlite_where=_open, postgresql_where=_open)
_numbered = text("update_number IS NOT NULL")
Index("ix_inbox_numbered", inbox.c.received_at, sqlite_where=_numbered, postgresql_where=_numbered)

outbox = Table(
    "outbox",
    metadata,
    row_id(),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("reply", optional_json),
    Column("content", LargeBinary),
    Column("created_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("claim_token", String(32)),
    Column("claim_until", Moment),
    Column("finished_at", Moment),
    Column("failure", Text),
    Column("reference", String(64)),
    Column("label", String(64)),
)
_unsent = text("finished_at IS NULL")
Index("ix_outbox_open", outbox.c.conversation_id, outbox.c.id, sqlite_where=_unsent, postgresql_where=_unsent)
Index("ix_outbox_finished", outbox.c.finished_at)
_labelled = text("label IS NOT NULL")
Index("ix_outbox_label", outbox.c.label, sqlite_where=_labelled, postgresql_where=_labelled)

work = Table(
    "work",
    metadata,
    row_id(),
    Column("name", String(64), nullable=False),
    Column("key", String(160), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("conversation_id", ForeignKey("conversation.id")),
    Column("due_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claim_token", String(32)),
    Column("claim_until", Moment),
    Column("finished_at", Moment),
    Column("failure", Text),
    Column("queue", String(64)),
    UniqueConstraint("name", "key"),
    comment="scheduled jobs, timed or long; a name and key stand for one piece of work",
)
Index("ix_work_due", work.c.due_at, sqlite_where=_unsent, postgresql_where=_unsent)
_queued = text("finished_at IS NULL AND queue IS NOT NULL")
Index("ix_work_queue", work.c.queue, work.c.id, sqlite_where=_queued, postgresql_where=_queued)
