"""The tables, the same on SQLite and PostgreSQL. Every change here has a migration; a test compares the two."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC, always."""
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware, always."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


_optional_json = JSON(none_as_null=True)


def _row_id() -> Column[int]:
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def _id() -> Column[str]:
    return Column("id", String(32), primary_key=True)


team = Table(
    "team",
    metadata,
    _id(),
    Column("name", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
)

rep = Table(
    "rep",
    metadata,
    _id(),
    Column("team_id", ForeignKey("team.id"), nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("name", String(200), nullable=False),
    Column("language", String(8), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("notice_version", String(32), nullable=False),
    Column("notice_at", Moment),
    Column("outside_model", Boolean, nullable=False),
    Column("keeps_audio", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
)

address = Table(
    "address",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("person", String(64), primary_key=True),
    Column("rep_id", ForeignKey("rep.id"), nullable=False, index=True),
    comment="who a person in a channel is to us",
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("rep_id", String(32), primary_key=True),
    Column("at", Moment, nullable=False),
    comment="who asked to be forgotten, by an id that means nothing any more; a restored backup applies it again",
)

invitation = Table(
    "invitation",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("team_id", ForeignKey("team.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("created_by", String(32), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("used_by", String(32)),
)

conversation = Table(
    "conversation",
    metadata,
    _row_id(),
    Column("channel", String(32), nullable=False),
    Column("bot", String(64), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("person", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    Column("floor_skill", String(64)),
    Column("floor_state", _optional_json),
    Column("lease_token", String(32)),
    Column("lease_until", Moment),
    Column("stop_asked", Boolean, nullable=False),
    UniqueConstraint("channel", "bot", "chat"),
)

inbox = Table(
    "inbox",
    metadata,
    _row_id(),
    Column("channel", String(32), nullable=False),
    Column("bot", String(64), nullable=False),
    Column("update_number", BigInteger),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("message", _optional_json),
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
    _row_id(),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("reply", _optional_json),
    Column("content", LargeBinary),
    Column("created_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("claim_token", String(32)),
    Column("claim_until", Moment),
    Column("finished_at", Moment),
    Column("failure", Text),
    Column("reference", String(64)),
)
_unsent = text("finished_at IS NULL")
Index("ix_outbox_open", outbox.c.conversation_id, outbox.c.id, sqlite_where=_unsent, postgresql_where=_unsent)
Index("ix_outbox_finished", outbox.c.finished_at)

work = Table(
    "work",
    metadata,
    _row_id(),
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
    UniqueConstraint("name", "key"),
    comment="scheduled jobs, timed or long; a name and key stand for one piece of work",
)
Index("ix_work_due", work.c.due_at, sqlite_where=_unsent, postgresql_where=_unsent)

audit = Table(
    "audit",
    metadata,
    _row_id(),
    Column("team_id", String(32), nullable=False, index=True),
    Column("rep_id", String(32), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("at", Moment, nullable=False),
)

document = Table(
    "document",
    metadata,
    _id(),
    Column("team_id", String(32), index=True),
    Column("name", String(300), nullable=False),
    Column("content_hash", String(64), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    comment="a file or page taken in; team_id is empty for documents shared with everybody",
)

article = Table(
    "article",
    metadata,
    _id(),
    Column("document_id", ForeignKey("document.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("on_topic", Boolean, nullable=False),
)

passage = Table(
    "passage",
    metadata,
    _id(),
    Column("article_id", ForeignKey("article.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("position", Integer, nullable=False),
)

passage_questions = Table(
    "passage_questions",
    metadata,
    Column("passage_id", String(32), primary_key=True),
    Column("questions", JSON, nullable=False),
    comment="what a question writer wrote for a passage; kept when the passage is withdrawn, its id is its hash",
)

index_generation = Table(
    "index_generation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    comment="one row; grows with every change of the passages, so that an index knows when it is behind",
)

account = Table(
    "account",
    metadata,
    _id(),
    Column("team_id", ForeignKey("team.id"), nullable=False),
    Column("owner_id", String(32), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("team_id", "name"),
)

contact = Table(
    "contact",
    metadata,
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    Column("name", String(100), primary_key=True),
    Column("title", String(200)),
    Column("role", String(32), nullable=False),
)

draft = Table(
    "draft",
    metadata,
    _id(),
    Column("rep_id", ForeignKey("rep.id"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("heard_on", Date, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("changed_at", Moment, nullable=False),
    comment="what a rep said, before and after he confirmed it; status open, saved or discarded",
)

visit = Table(
    "visit",
    metadata,
    _id(),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("rep_id", String(32), nullable=False, index=True),
    Column("draft_id", String(32), nullable=False, index=True),
    Column("met_on", Date, nullable=False),
    Column("note", JSON, nullable=False),
    Column("confirmed_at", Moment, nullable=False),
)

commitment = Table(
    "commitment",
    metadata,
    _id(),
    Column("visit_id", ForeignKey("visit.id"), nullable=False, index=True),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("rep_id", String(32), nullable=False, index=True),
    Column("who", String(16), nullable=False),
    Column("action", Text, nullable=False),
    Column("due", Date),
    Column("done_at", Moment),
)

practice = Table(
    "practice",
    metadata,
    _id(),
    Column("rep_id", ForeignKey("rep.id"), nullable=False, index=True),
    Column("scenario", String(64), nullable=False),
    Column("state", JSON, nullable=False),
    Column("scorecard", _optional_json),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
)

model_use = Table(
    "model_use",
    metadata,
    Column("rep_id", String(32), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    comment="what a rep's questions cost, for the daily budget and for administrators",
)
