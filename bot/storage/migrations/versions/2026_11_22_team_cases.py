"""what of its visits a team lets everybody in it find; nothing, until it says so."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "team_cases"
down_revision: str | None = "answers_use"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_SWITCHES = ("case_notes", "case_people", "case_amounts")


def upgrade() -> None:
    for name in _SWITCHES:
        op.add_column("team", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    for name in reversed(_SWITCHES):
        op.drop_column("team", name)
