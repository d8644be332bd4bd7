"""when a rep is asked where he was, and when he was last written to."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "evening"
down_revision: str | None = "changes"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("rep", sa.Column("evening_hour", sa.Integer(), nullable=True))
    op.add_column("rep", sa.Column("work_days", sa.Integer(), nullable=False, server_default="5"))
    op.add_column("rep", sa.Column("silent_until", sa.Date(), nullable=True))
    op.add_column("rep", sa.Column("pushed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    for name in ("pushed_on", "silent_until", "work_days", "evening_hour"):
        op.drop_column("rep", name)
