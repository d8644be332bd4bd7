"""replies that later ones revise."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "reply_labels"
down_revision: str | None = "documents_left_out"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("label", sa.String(length=64), nullable=True))
        batch_op.create_index(
            "ix_outbox_label",
            ["label"],
            unique=False,
            sqlite_where=sa.text("label IS NOT NULL"),
            postgresql_where=sa.text("label IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_label", sqlite_where=sa.text("label IS NOT NULL"), postgresql_where=sa.text("label IS NOT NULL")
        )
        batch_op.drop_column("label")
