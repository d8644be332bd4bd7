"""Voice notes and photos of reps, until they are read and kept where the rep wants it; pictures drawn for reps."""

from sqlalchemy import JSON, Column, ForeignKey, LargeBinary, String, Table

from bot.storage.tables.columns import Moment, id_column, metadata, optional_json

kept_file = Table(
    "kept_file",
    metadata,
    id_column(),
    Column("rep_id", ForeignKey("rep.id"), nullable=False, index=True),
    Column("message", JSON, nullable=False),
    Column("sent_at", Moment, nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("pieces", JSON, nullable=False),
    Column("floor", optional_json),
    Column("draft_id", String(32), nullable=False),
    Column("card", optional_json),
    Column("content", LargeBinary),
    comment="a voice note or photo; state waiting, read or kept; pieces are the words read so far",
)

drawn_picture = Table(
    "drawn_picture",
    metadata,
    Column("rep_id", ForeignKey("rep.id"), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("drawn_at", Moment, nullable=False, index=True),
    comment="a picture by what it shows, for the rep it was drawn for; kept as long as sent replies",
)
