"""what helped and what was missing."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "answers_use"
down_revision: str | None = "business_cards"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "given_answer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("rep_id", sa.String(length=32), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.Column("methods", sa.JSON(), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given_answer")),
        comment="what an answer rested on, passages with their titles, and what its rep said of it; no words of his",
    )
    with op.batch_alter_table("given_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_given_answer_rep_id"), ["rep_id"], unique=False)
        batch_op.create_index("ix_given_answer_team_id_given_at", ["team_id", "given_at"], unique=False)

    op.create_table(
        "open_question",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_question")),
        comment="questions nothing answered, without who asked; state open, done or dismissed",
    )
    with op.batch_alter_table("open_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_open_question_team_id"), ["team_id"], unique=False)

    op.add_column("rep", sa.Column("weekly_report", sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade() -> None:
    op.drop_column("rep", "weekly_report")

    with op.batch_alter_table("open_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_open_question_team_id"))

    op.drop_table("open_question")
    with op.batch_alter_table("given_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_given_answer_team_id_given_at")
        batch_op.drop_index(batch_op.f("ix_given_answer_rep_id"))

    op.drop_table("given_answer")
