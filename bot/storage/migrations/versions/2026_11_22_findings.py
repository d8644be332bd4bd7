"""findings and the history of deals; those of visits saved before are computed by a job."""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "findings"
down_revision: str | None = "evening"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("rep_id", sa.String(length=32), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("detail", sa.String(length=32), nullable=False),
        sa.Column("amount_cny", sa.Float(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("against", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_finding_account_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_finding_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        comment="computed when a visit is saved; the quote is its author's own words",
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_rep_id"), ["rep_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "opportunity_change",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("visit_id", sa.String(length=32), nullable=True),
        sa.Column("rep_id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("aspect", sa.String(length=16), nullable=False),
        sa.Column("before", sa.String(length=32), nullable=False),
        sa.Column("after", sa.String(length=32), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_opportunity_change_account_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_opportunity_change_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_change")),
        comment="the history of an account's deal, which is what stands after the last of each aspect",
    )
    with op.batch_alter_table("opportunity_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opportunity_change_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_change_rep_id"), ["rep_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opportunity_change_visit_id"), ["visit_id"], unique=False)

    _find_what_is_missing()


def downgrade() -> None:
    with op.batch_alter_table("opportunity_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opportunity_change_visit_id"))
        batch_op.drop_index(batch_op.f("ix_opportunity_change_rep_id"))
        batch_op.drop_index(batch_op.f("ix_opportunity_change_account_id"))

    op.drop_table("opportunity_change")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_visit_id"))
        batch_op.drop_index(batch_op.f("ix_finding_rep_id"))
        batch_op.drop_index(batch_op.f("ix_finding_account_id"))

    op.drop_table("finding")


def _find_what_is_missing() -> None:
    """Schedule the job for visits that are there already."""
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM visit")):
        work = sa.table(
            "work",
            sa.column("name", sa.String),
            sa.column("key", sa.String),
            sa.column("payload", sa.JSON),
            sa.column("due_at", sa.DateTime(timezone=True)),
            sa.column("attempts", sa.Integer),
        )
        due = datetime(2026, 11, 22, tzinfo=UTC)
        op.bulk_insert(work, [{"name": "find_missing", "key": "", "payload": {}, "due_at": due, "attempts": 0}])
