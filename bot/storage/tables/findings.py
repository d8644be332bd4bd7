"""What visits told of the methods' fields, and how the deals changed."""

from sqlalchemy import JSON, Column, Date, Float, ForeignKey, String, Table, Text

from bot.storage.tables.columns import Moment, metadata

finding = Table(
    "finding",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("visit_id", ForeignKey("visit.id"), nullable=False, index=True),
    Column("rep_id", String(32), nullable=False, index=True),
    Column("met_on", Date, nullable=False),
    Column("found_at", Moment, nullable=False),
    Column("topic", String(32), nullable=False),
    Column("fields", JSON, nullable=False),
    Column("value", Text, nullable=False),
    Column("detail", String(32), nullable=False),
    Column("amount_cny", Float),
    Column("day", Date),
    Column("quote", Text, nullable=False),
    Column("said_by", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("against", String(40), nullable=False),
    comment="computed when a visit is saved; the quote is its author's own words",
)

opportunity_change = Table(
    "opportunity_change",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("visit_id", ForeignKey("visit.id"), index=True),
    Column("rep_id", String(32), nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("aspect", String(16), nullable=False),
    Column("before", String(32), nullable=False),
    Column("after", String(32), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("quote", Text, nullable=False),
    comment="the history of an account's deal, which is what stands after the last of each aspect",
)
