"""Accounts, visits and what was promised."""

from sqlalchemy import JSON, Column, Date, ForeignKey, String, Table, Text, UniqueConstraint

from bot.storage.tables.columns import Moment, id_column, metadata, optional_json

account = Table(
    "account",
    metadata,
    id_column(),
    Column("team_id", ForeignKey("team.id"), nullable=False),
    Column("owner_id", String(32), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("merged_into", String(32), comment="everything of it, also its name, belongs to that account now"),
    UniqueConstraint("team_id", "name"),
)

contact = Table(
    "contact",
    metadata,
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    Column("name", String(100), primary_key=True),
    Column("title", String(200)),
    Column("role", String(32), nullable=False),
    Column("aliases", optional_json),
    Column("phone", String(64)),
    Column("mail", String(200)),
)

draft = Table(
    "draft",
    metadata,
    id_column(),
    Column("rep_id", ForeignKey("rep.id"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("heard_on", Date, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("progress", optional_json),
    comment="what a rep said, before and after he confirmed it; status open, saved or discarded",
)

change = Table(
    "change",
    metadata,
    id_column(),
    Column("rep_id", String(32), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(400), nullable=False),
    Column("before", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    comment="what a rep changed and how it was before, so that he can take it back",
)

visit = Table(
    "visit",
    metadata,
    id_column(),
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
    id_column(),
    Column("visit_id", ForeignKey("visit.id"), nullable=False, index=True),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("rep_id", String(32), nullable=False, index=True),
    Column("who", String(16), nullable=False),
    Column("action", Text, nullable=False),
    Column("due", Date),
    Column("done_at", Moment),
)
