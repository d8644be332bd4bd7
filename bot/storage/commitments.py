"""What was promised: kept with its visit, done, moved to another day."""

from sqlalchemy import Connection, insert, update

from bot.domain.rep import Viewer
from bot.domain.writes import CloseCommitment, ConfirmedVisit, MoveCommitment
from bot.errors import WriteConflict
from bot.storage.occasion import Occasion
from bot.storage.tables import commitment


def keep_commitments(connection: Connection, account_id: str, confirmed: ConfirmedVisit, viewer: Viewer) -> None:
    """What was promised on a visit just saved."""
    for promised in confirmed.commitments:
        connection.execute(
            insert(commitment).values(
                id=promised.id,
                visit_id=confirmed.id,
                account_id=account_id,
                rep_id=viewer.rep,
                who=promised.who.value,
                action=promised.action,
                due=promised.due,
            )
        )


def close_commitment(connection: Connection, write: CloseCommitment, occasion: Occasion) -> None:
    """Mark a commitment of the viewer's own done, or open again."""
    _change_commitment(connection, write.commitment, occasion.viewer, {"done_at": occasion.now if write.done else None})


def move_commitment(connection: Connection, write: MoveCommitment, occasion: Occasion) -> None:
    """Give a commitment of the viewer's own another day."""
    _change_commitment(connection, write.commitment, occasion.viewer, {"due": write.due, "done_at": None})


def _change_commitment(connection: Connection, commitment_id: str, viewer: Viewer, values: dict[str, object]) -> None:
    mine = (commitment.c.id == commitment_id) & (commitment.c.rep_id == viewer.rep)
    if connection.execute(update(commitment).where(mine).values(**values)).rowcount != 1:
        raise WriteConflict("this commitment is nobody's or somebody else's")
