"""changes that can be taken back, and what stands beside an open draft."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "changes"
down_revision: str | None = "forgotten"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("rep_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        comment="what a rep changed and how it was before, so that he can take it back",
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_rep_id"), ["rep_id"], unique=False)
    into = "everything of it, also its name, belongs to that account now"
    op.add_column("account", sa.Column("merged_into", sa.String(length=32), nullable=True, comment=into))
    op.add_column("contact", sa.Column("aliases", sa.JSON(), nullable=True))
    op.add_column("draft", sa.Column("progress", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("draft", "progress")
    op.drop_column("contact", "aliases")
    op.drop_column("account", "merged_into")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_rep_id"))
    op.drop_table("change")
