"""what a business card says, and how the people of an account are reached."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "business_cards"
down_revision: str | None = "kept_files"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("kept_file", sa.Column("card", sa.JSON(), nullable=True))
    op.add_column("contact", sa.Column("phone", sa.String(length=64), nullable=True))
    op.add_column("contact", sa.Column("mail", sa.String(length=200), nullable=True))


def downgrade() -> None:
    op.drop_column("contact", "mail")
    op.drop_column("contact", "phone")
    op.drop_column("kept_file", "card")
