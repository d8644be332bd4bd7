"""What workers hold for a while: leases of conversations, claims on replies and on scheduled work."""

from sqlalchemy import Connection, update

from bot.storage.tables import conversation, outbox, work


def release_all(connection: Connection) -> None:
    """Nobody holds anything any more, so that everything open is taken up at once."""
    held = conversation.c.lease_token.is_not(None)
    connection.execute(update(conversation).where(held).values(lease_token=None, lease_until=None))
    for table in (outbox, work):
        claimed = table.c.claim_until.is_not(None) & table.c.finished_at.is_(None)
        connection.execute(update(table).where(claimed).values(claim_until=None))
