"""questions of a text."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from knowledge.splitting.passages import text_key

revision: str = "questions_of_text"
down_revision: str | None = "drawn_pictures"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

PASSAGES_AT_ONCE = 500

passage = sa.table("passage", sa.column("id", sa.String), sa.column("text", sa.Text), sa.column("text_key", sa.String))
by_passage = sa.table("passage_questions", sa.column("passage_id", sa.String), sa.column("questions", sa.JSON))
by_text = sa.table("written_questions", sa.column("text_key", sa.String), sa.column("questions", sa.JSON))


def upgrade() -> None:
    op.create_table(
        "written_questions",
        sa.Column("text_key", sa.String(length=32), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("text_key", name=op.f("pk_written_questions")),
        comment="what a question writer wrote for a text, whatever file brings it; kept when the text is withdrawn",
    )
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.add_column(sa.Column("text_key", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_passage_text_key"), ["text_key"], unique=False)

    _name_texts()
    kept = sa.select(passage.c.text_key, by_passage.c.questions)
    _put(by_text, "text_key", _found(kept.join_from(passage, by_passage, passage.c.id == by_passage.c.passage_id)))
    op.drop_table("passage_questions")


def downgrade() -> None:
    op.create_table(
        "passage_questions",
        sa.Column("passage_id", sa.String(length=32), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("passage_id", name=op.f("pk_passage_questions")),
        comment="what a question writer wrote for a passage; kept when the passage is withdrawn, its id is its hash",
    )
    kept = sa.select(passage.c.id, by_text.c.questions)
    _put(
        by_passage,
        "passage_id",
        _found(kept.join_from(passage, by_text, passage.c.text_key == by_text.c.text_key)),
    )

    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passage_text_key"))
        batch_op.drop_column("text_key")
    op.drop_table("written_questions")


def _name_texts() -> None:
    connection = op.get_bind()
    ids = list(connection.scalars(sa.select(passage.c.id)))
    for first in range(0, len(ids), PASSAGES_AT_ONCE):
        here = passage.c.id.in_(ids[first : first + PASSAGES_AT_ONCE])
        for passage_id, text in _found(sa.select(passage.c.id, passage.c.text).where(here)).items():
            connection.execute(passage.update().where(passage.c.id == passage_id).values(text_key=text_key(text)))


def _found(query: sa.Select[Any]) -> dict[str, Any]:
    return {row[0]: row[1] for row in op.get_bind().execute(query).all()}


def _put(table: sa.TableClause, key: str, questions: Mapping[str, object]) -> None:
    if questions:
        op.get_bind().execute(table.insert(), [{key: one, "questions": asked} for one, asked in questions.items()])
