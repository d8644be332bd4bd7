"""A confirmed draft becomes visits, with all that follows from them."""

from sqlalchemy import Connection, insert

from bot.domain.changes import ChangeKind
from bot.domain.visit_json import note_as_json
from bot.domain.writes import ConfirmedVisit, SaveVisits
from bot.storage.after_saving import visit_saved
from bot.storage.case_notes import keep_case
from bot.storage.changes import Done, keep_change
from bot.storage.commitments import keep_commitments
from bot.storage.contacts import account_named, keep_contacts, learn_aliases
from bot.storage.drafts import SAVED, close_draft
from bot.storage.occasion import Occasion
from bot.storage.saved_before import Before
from bot.storage.tables import visit
from bot.storage.visit_events import announce_saved, visits_of


def save_visits(connection: Connection, write: SaveVisits, occasion: Occasion) -> None:
    """The draft becomes visits of the team's accounts, a change that can be taken back.

    Raises WriteConflict when it is closed already.
    """
    close_draft(connection, write.draft, occasion.viewer, SAVED)
    before = Before()
    for confirmed in write.visits:
        _save(connection, write.draft, confirmed, occasion, before)
    subject = ", ".join(confirmed.account for confirmed in write.visits)
    keep_change(connection, Done(write.draft, ChangeKind.SAVED, subject, before.as_json(connection)), occasion)
    if occasion.announces:
        announce_saved(connection, visits_of(connection, write.draft), occasion)


def _save(connection: Connection, draft_id: str, confirmed: ConfirmedVisit, occasion: Occasion, before: Before) -> None:
    viewer = occasion.viewer
    account_id = account_named(connection, confirmed.account, occasion, before)
    connection.execute(
        insert(visit).values(
            id=confirmed.id,
            account_id=account_id,
            rep_id=viewer.rep,
            draft_id=draft_id,
            met_on=confirmed.met_on,
            note=note_as_json(confirmed.note),
            confirmed_at=occasion.now,
        )
    )
    people = confirmed.note.contacts
    before.note(connection, account_id, [person.name for person in people])
    keep_contacts(connection, account_id, people)
    learn_aliases(connection, account_id, confirmed.aliases)
    keep_commitments(connection, account_id, confirmed, viewer)
    visit_saved(connection, confirmed.id, occasion.now)
    keep_case(connection, confirmed.id)
