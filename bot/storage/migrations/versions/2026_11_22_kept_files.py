"""voice notes and photos of reps, and their yes to speech recognition outside."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "kept_files"
down_revision: str | None = "reply_labels"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "kept_file",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("rep_id", sa.String(length=32), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("pieces", sa.JSON(), nullable=False),
        sa.Column("floor", sa.JSON(), nullable=True),
        sa.Column("draft_id", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["rep_id"], ["rep.id"], name=op.f("fk_kept_file_rep_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_file")),
        comment="a voice note or photo; state waiting, read or kept; pieces are the words read so far",
    )
    with op.batch_alter_table("kept_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_file_rep_id"), ["rep_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kept_file_sent_at"), ["sent_at"], unique=False)
    op.add_column("rep", sa.Column("outside_speech", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("rep", "outside_speech")
    with op.batch_alter_table("kept_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_file_sent_at"))
        batch_op.drop_index(batch_op.f("ix_kept_file_rep_id"))
    op.drop_table("kept_file")
