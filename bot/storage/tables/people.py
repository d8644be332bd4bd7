"""Teams, their members, and who they are in a channel."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table, false, true

from bot.storage.tables.columns import Moment, id_column, metadata, row_id

team = Table(
    "team",
    metadata,
    id_column(),
    Column("name", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("case_notes", Boolean, nullable=False, server_default=false()),
    Column("case_people", Boolean, nullable=False, server_default=false()),
    Column("case_amounts", Boolean, nullable=False, server_default=false()),
)
"""The cases are what of its confirmed visits a team lets everybody in it find."""

rep = Table(
    "rep",
    metadata,
    id_column(),
    Column("team_id", ForeignKey("team.id"), nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("name", String(200), nullable=False),
    Column("language", String(8), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("notice_version", String(32), nullable=False),
    Column("notice_at", Moment),
    Column("outside_model", Boolean, nullable=False),
    Column("keeps_audio", Boolean, nullable=False),
    Column("evening_hour", Integer),
    Column("work_days", Integer, nullable=False, server_default="5"),
    Column("silent_until", Date),
    Column("pushed_on", Date),
    Column("outside_speech", Boolean, nullable=False, server_default=false()),
    Column("weekly_report", Boolean, nullable=False, server_default=true()),
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

audit = Table(
    "audit",
    metadata,
    row_id(),
    Column("team_id", String(32), nullable=False, index=True),
    Column("rep_id", String(32), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("at", Moment, nullable=False),
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
