"""pictures that were drawn for a rep."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "drawn_pictures"
down_revision: str | None = "approved_lines"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "drawn_picture",
        sa.Column("rep_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["rep_id"], ["rep.id"], name=op.f("fk_drawn_picture_rep_id")),
        sa.PrimaryKeyConstraint("rep_id", "key", name=op.f("pk_drawn_picture")),
        comment="a picture by what it shows, for the rep it was drawn for; kept as long as sent replies",
    )
    op.create_index(op.f("ix_drawn_picture_drawn_at"), "drawn_picture", ["drawn_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_drawn_picture_drawn_at"), "drawn_picture")
    op.drop_table("drawn_picture")
