"""who asked to be forgotten."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "forgotten"
down_revision: str | None = "accounts_visits"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "forgotten",
        sa.Column("rep_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("rep_id", name=op.f("pk_forgotten")),
        comment="who asked to be forgotten, by an id that means nothing any more; a restored backup applies it again",
    )


def downgrade() -> None:
    op.drop_table("forgotten")
