"""approved lines."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "approved_lines"
down_revision: str | None = "work_queues"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    for table in ("article", "passage"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("approved", sa.JSON(), nullable=True))

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("approved_hash", sa.String(length=12), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_column("approved_hash")

    for table in ("passage", "article"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("approved")
