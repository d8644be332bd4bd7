"""Drafts, visits, commitments and practices as a turn writes them."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.domain.account import Draft, Meant
from bot.domain.changes import ChangeKind
from bot.domain.rep import Viewer
from bot.domain.visit import Contact
from bot.domain.visit_json import note_as_json
from bot.domain.writes import (
    CloseCommitment,
    ConfirmedVisit,
    DiscardDraft,
    KeepContact,
    KeepPractice,
    MoveCommitment,
    SaveVisits,
)
from bot.errors import WriteConflict
from bot.storage.after_saving import visit_saved
from bot.storage.case_notes import keep_case
from bot.storage.changes import Done, keep_change
from bot.storage.database import upsert
from bot.storage.draft_progress import progress_of
from bot.storage.saved_before import Before
from bot.storage.tables import account, commitment, contact, draft, practice, visit

OPEN, SAVED, DISCARDED = "open", "saved", "discarded"


def keep_draft(connection: Connection, kept: Draft, viewer: Viewer, now: datetime) -> None:
    """Keep a draft of the viewer's own; a saved or discarded one is left alone (WriteConflict)."""
    values = {
        "words": kept.words,
        "heard_on": kept.heard_on,
        "notes": [note_as_json(note) for note in kept.notes],
        "progress": progress_of(kept),
        "changed_at": now,
    }
    put = upsert(connection, draft).values(id=kept.id, rep_id=viewer.rep, status=OPEN, **values)
    mine = (draft.c.rep_id == viewer.rep) & (draft.c.status == OPEN)
    kept_one = put.on_conflict_do_update(index_elements=["id"], set_=values, where=mine).returning(draft.c.id)
    if connection.execute(kept_one).first() is None:
        raise WriteConflict("the draft is closed")


def discard_draft(connection: Connection, write: DiscardDraft, viewer: Viewer) -> None:
    """Close a draft of the viewer's own without saving it."""
    _close_draft(connection, write.draft, viewer, DISCARDED)


def _close_draft(connection: Connection, draft_id: str, viewer: Viewer, status: str) -> None:
    mine = (draft.c.id == draft_id) & (draft.c.rep_id == viewer.rep) & (draft.c.status == OPEN)
    if connection.execute(update(draft).where(mine).values(status=status)).rowcount != 1:
        raise WriteConflict("the draft is closed")


def save_visits(
    connection: Connection, write: SaveVisits, viewer: Viewer, now: datetime, new_id: Callable[[], str]
) -> None:
    """The draft becomes visits of the team's accounts, a change that can be taken back.

    Raises WriteConflict when it is closed already.
    """
    _close_draft(connection, write.draft, viewer, SAVED)
    before = Before()
    for confirmed in write.visits:
        account_id = _account(connection, confirmed.account, viewer, now, new_id, before)
        connection.execute(
            insert(visit).values(
                id=confirmed.id,
                account_id=account_id,
                rep_id=viewer.rep,
                draft_id=write.draft,
                met_on=confirmed.met_on,
                note=note_as_json(confirmed.note),
                confirmed_at=now,
            )
        )
        people = confirmed.note.contacts
        before.note(connection, account_id, [person.name for person in people])
        _keep_contacts(connection, account_id, people)
        _learn_aliases(connection, account_id, confirmed.aliases)
        _keep_commitments(connection, account_id, confirmed, viewer)
        visit_saved(connection, confirmed.id, now)
        keep_case(connection, confirmed.id)
    subject = ", ".join(confirmed.account for confirmed in write.visits)
    done = Done(write.draft, ChangeKind.SAVED, subject, before.as_json(connection))
    keep_change(connection, done, viewer, now)


def keep_contact(
    connection: Connection, write: KeepContact, viewer: Viewer, now: datetime, new_id: Callable[[], str]
) -> None:
    """The person is one of the account, which is created if need be; what the card does not say stays as it is."""
    account_id = _account(connection, write.account, viewer, now, new_id, Before())
    said = {"title": write.title, "phone": write.phone, "mail": write.mail}
    known = {name: value for name, value in said.items() if value}
    put = upsert(connection, contact).values(account_id=account_id, name=write.name, role="unknown", **known)
    keys = ["account_id", "name"]
    connection.execute(put.on_conflict_do_update(index_elements=keys, set_=known or {"name": write.name}))


def _account(
    connection: Connection,
    name: str,
    viewer: Viewer,
    now: datetime,
    new_id: Callable[[], str],
    before: Before,
) -> str:
    named = account.c.team_id == viewer.team, account.c.name == name
    if found := connection.execute(select(account.c.id, account.c.merged_into).where(*named)).first():
        return str(found.merged_into or found.id)
    created = new_id()
    before.created.append(created)
    values = {"id": created, "team_id": viewer.team, "owner_id": viewer.rep, "name": name, "aliases": []}
    connection.execute(insert(account).values(**values, created_at=now))
    return created


def _learn_aliases(connection: Connection, account_id: str, aliases: Sequence[Meant]) -> None:
    for meant in aliases:
        person = (contact.c.account_id == account_id) & (contact.c.name == meant.name)
        table, row = (contact, person) if meant.account else (account, account.c.id == account_id)
        known = list(connection.scalar(select(table.c.aliases).where(row)) or ())
        if meant.heard not in known:
            connection.execute(update(table).where(row).values(aliases=[*known, meant.heard]))


def _keep_contacts(connection: Connection, account_id: str, people: tuple[Contact, ...]) -> None:
    for person in people:
        known = {"title": person.title} if person.title else {}
        known |= {"role": person.role.value} if person.role.value != "unknown" else {}
        put = upsert(connection, contact).values(
            account_id=account_id, name=person.name, title=person.title, role=person.role.value
        )
        keys = ["account_id", "name"]
        statement = (
            put.on_conflict_do_update(index_elements=keys, set_=known) if known else put.on_conflict_do_nothing()
        )
        connection.execute(statement)


def _keep_commitments(connection: Connection, account_id: str, confirmed: ConfirmedVisit, viewer: Viewer) -> None:
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


def close_commitment(connection: Connection, write: CloseCommitment, viewer: Viewer, now: datetime) -> None:
    """Mark a commitment of the viewer's own done, or open again."""
    _change_commitment(connection, write.commitment, viewer, {"done_at": now if write.done else None})


def move_commitment(connection: Connection, write: MoveCommitment, viewer: Viewer) -> None:
    """Give a commitment of the viewer's own another day."""
    _change_commitment(connection, write.commitment, viewer, {"due": write.due, "done_at": None})


def _change_commitment(connection: Connection, commitment_id: str, viewer: Viewer, values: dict[str, object]) -> None:
    mine = (commitment.c.id == commitment_id) & (commitment.c.rep_id == viewer.rep)
    if connection.execute(update(commitment).where(mine).values(**values)).rowcount != 1:
        raise WriteConflict("this commitment is nobody's or somebody else's")


def keep_practice(connection: Connection, write: KeepPractice, viewer: Viewer, now: datetime) -> None:
    """Keep a practice of the viewer's own as it stands."""
    card = dict(write.scorecard) if write.scorecard else None
    values = {"state": dict(write.state), "scorecard": card, "finished_at": now if card else None}
    put = upsert(connection, practice).values(
        id=write.id, rep_id=viewer.rep, scenario=write.scenario, started_at=now, **values
    )
    mine = practice.c.rep_id == viewer.rep
    connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=values, where=mine))
