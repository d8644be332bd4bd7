"""what documents left out."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "documents_left_out"
down_revision: str | None = "findings"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "ruling",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("text_key", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("taken_in", sa.Boolean(), nullable=False),
        sa.Column("rep_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "text_key", name=op.f("pk_ruling")),
        comment="what a person decided about a text, whatever file brings it; team_id is empty for shared documents",
    )
    op.create_table(
        "dropped_piece",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_dropped_piece_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dropped_piece")),
        comment="what cleaning took out of a document, so that a person can take it in all the same",
    )
    with op.batch_alter_table("dropped_piece", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dropped_piece_document_id"), ["document_id"], unique=False)

    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.add_column(sa.Column("left_out", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("told_by", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_article_told_by"), ["told_by"], unique=False)

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("owner_team_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("taken_in_by", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("taken_in_at", sa.DateTime(timezone=True), nullable=True))

    article = sa.table("article", sa.column("on_topic", sa.Boolean), sa.column("left_out", sa.String))
    op.execute(article.update().where(article.c.on_topic.is_(False)).values(left_out="off_topic"))


def downgrade() -> None:
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_column("taken_in_at")
        batch_op.drop_column("taken_in_by")
        batch_op.drop_column("owner_team_id")

    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_told_by"))
        batch_op.drop_column("told_by")
        batch_op.drop_column("left_out")

    with op.batch_alter_table("dropped_piece", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dropped_piece_document_id"))

    op.drop_table("dropped_piece")
    op.drop_table("ruling")
