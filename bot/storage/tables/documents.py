"""What was taken in, cut into passages, and how current the index is."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String, Table, Text

from bot.storage.tables.columns import Moment, id_column, metadata

document = Table(
    "document",
    metadata,
    id_column(),
    Column("team_id", String(32), index=True),
    Column("name", String(300), nullable=False),
    Column("content_hash", String(64), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("owner_team_id", String(32)),
    Column("taken_in_by", String(32)),
    Column("taken_in_at", Moment),
    Column("approved_hash", String(12)),
    comment="a file or page taken in; team_id is empty for documents shared with everybody",
)
"""`owner_team_id` is the team that shared it, and may change it."""

article = Table(
    "article",
    metadata,
    id_column(),
    Column("document_id", ForeignKey("document.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("on_topic", Boolean, nullable=False),
    Column("left_out", String(16)),
    Column("told_by", String(32), index=True),
    Column("approved", JSON(none_as_null=True)),
)
"""`left_out` says why no answer may use it; `told_by` is the article it repeats, also once it stands in for that.

`approved` are the spans of lines marked as approved wording, here and in a passage.
"""

dropped_piece = Table(
    "dropped_piece",
    metadata,
    id_column(),
    Column("document_id", ForeignKey("document.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("text", Text, nullable=False),
    comment="what cleaning took out of a document, so that a person can take it in all the same",
)

ruling = Table(
    "ruling",
    metadata,
    Column("team_id", String(32), primary_key=True),
    Column("text_key", String(32), primary_key=True),
    Column("text", Text, nullable=False),
    Column("taken_in", Boolean, nullable=False),
    Column("rep_id", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    comment="what a person decided about a text, whatever file brings it; team_id is empty for shared documents",
)

passage = Table(
    "passage",
    metadata,
    id_column(),
    Column("article_id", ForeignKey("article.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("position", Integer, nullable=False),
    Column("approved", JSON(none_as_null=True)),
    Column("text_key", String(32), index=True),
)

written_questions = Table(
    "written_questions",
    metadata,
    Column("text_key", String(32), primary_key=True),
    Column("questions", JSON, nullable=False),
    comment="what a question writer wrote for a text, whatever file brings it; kept when the text is withdrawn",
)

index_generation = Table(
    "index_generation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    comment="one row; grows with every change of the passages, so that an index knows when it is behind",
)
