"""work that is done in the order it was scheduled."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "work_queues"
down_revision: str | None = "team_cases"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_QUEUED = sa.text("finished_at IS NULL AND queue IS NOT NULL")


def upgrade() -> None:
    op.add_column("work", sa.Column("queue", sa.String(length=64), nullable=True))
    op.create_index("ix_work_queue", "work", ["queue", "id"], sqlite_where=_QUEUED, postgresql_where=_QUEUED)


def downgrade() -> None:
    op.drop_index("ix_work_queue", "work")
    op.drop_column("work", "queue")
