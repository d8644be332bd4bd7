"""Teams, reps and invitations in SQL."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.domain.evening import Evening
from bot.domain.rep import Invitation, Rep, Role, Viewer
from bot.domain.writes import Audit, ChangeRep, CreateInvitation, JoinTeam, RecordNotice
from bot.errors import WriteConflict
from bot.storage.occasion import Occasion
from bot.storage.tables import address, audit, invitation, rep, team


def rep_from_row(row: Mapping[Any, Any], prefix: str = "") -> Rep:
    """The rep in a row whose columns may carry a prefix."""
    return Rep(
        id=row[f"{prefix}id"],
        team=row[f"{prefix}team_id"],
        role=Role(row[f"{prefix}role"]),
        name=row[f"{prefix}name"],
        language=row[f"{prefix}language"],
        time_zone=row[f"{prefix}time_zone"],
        notice_version=row[f"{prefix}notice_version"],
        notice_at=row[f"{prefix}notice_at"],
        outside_model=row[f"{prefix}outside_model"],
        keeps_audio=row[f"{prefix}keeps_audio"],
        evening=Evening(row[f"{prefix}evening_hour"], row[f"{prefix}work_days"], row[f"{prefix}silent_until"]),
        pushed_on=row[f"{prefix}pushed_on"],
        outside_speech=row[f"{prefix}outside_speech"],
        weekly_report=row[f"{prefix}weekly_report"],
    )


def find_rep(connection: Connection, rep_id: str) -> Rep | None:
    """The rep of this id."""
    row = connection.execute(select(rep).where(rep.c.id == rep_id)).first()
    return rep_from_row(row._mapping) if row else None


def hash_of(code: str) -> str:
    """What is stored of an invitation's code."""
    return hashlib.sha256(code.encode()).hexdigest()


def find_team(connection: Connection, named: str | None = None) -> str | None:
    """The team of this id or name; without one the team that the first start created."""
    teams = select(team.c.id).order_by(team.c.created_at, team.c.id).limit(1)
    return connection.scalar(teams.where((team.c.id == named) | (team.c.name == named)) if named else teams)


def administrator_of(team_id: str) -> Viewer:
    """The command line's view of a team: its administrator without being a member."""
    return Viewer(team_id, "command-line", Role.ADMIN)


def create_team(connection: Connection, id_: str, name: str, now: datetime) -> None:
    """A new, empty team."""
    connection.execute(insert(team).values(id=id_, name=name, created_at=now))


def find_invitation(connection: Connection, code: str) -> Invitation | None:
    """The invitation behind a code, used or not."""
    row = connection.execute(select(invitation).where(invitation.c.code_hash == hash_of(code))).first()
    return Invitation(row.team_id, Role(row.role), row.expires_at, row.used_at) if row else None


def admit(connection: Connection, write: JoinTeam, *, new_id: str, now: datetime) -> Rep:
    """The rep this person is, a new one when the invitation (or no need of one) allows it.

    Raises WriteConflict when the code is used, expired or unknown.
    """
    if known := find_rep_of(connection, write.channel, write.person):
        return known
    _join(connection, write, new_id, now)
    joined = find_rep_of(connection, write.channel, write.person)
    assert joined is not None
    return joined


def find_rep_of(connection: Connection, channel: str, person: str) -> Rep | None:
    """The rep a person in a channel is."""
    mine = (address.c.channel == channel) & (address.c.person == person)
    row = connection.execute(select(rep).join(address, address.c.rep_id == rep.c.id).where(mine)).first()
    return rep_from_row(row._mapping) if row else None


def _join(connection: Connection, write: JoinTeam, new_id: str, now: datetime) -> None:
    team_id, role = _place_for(connection, write, new_id, now)
    connection.execute(
        insert(rep).values(
            id=new_id,
            team_id=team_id,
            role=role,
            name=write.name,
            language="",
            time_zone=write.time_zone,
            notice_version="",
            outside_model=False,
            keeps_audio=False,
            outside_speech=False,
            created_at=now,
        )
    )
    connection.execute(insert(address).values(channel=write.channel, person=write.person, rep_id=new_id))


def _place_for(connection: Connection, write: JoinTeam, new_id: str, now: datetime) -> tuple[str, str]:
    if not write.code:
        team_id = find_team(connection)
        if team_id is None:
            raise WriteConflict("there is no team yet")
        return team_id, write.role.value
    mine = invitation.c.code_hash == hash_of(write.code)
    open_ = mine & invitation.c.used_at.is_(None) & (invitation.c.expires_at > now)
    used = connection.execute(update(invitation).where(open_).values(used_at=now, used_by=new_id))
    row = connection.execute(select(invitation).where(mine)).first()
    if used.rowcount != 1 or row is None:
        raise WriteConflict("the invitation is used or expired")
    return row.team_id, row.role


def record_notice(connection: Connection, write: RecordNotice, occasion: Occasion) -> None:
    """Store that the notice was seen."""
    values = {"notice_version": write.version, "notice_at": write.at}
    connection.execute(update(rep).where(rep.c.id == write.rep).values(**values))


def change_rep(connection: Connection, write: ChangeRep, occasion: Occasion) -> None:
    """Store the settings that are given."""
    given: dict[str, object] = {
        "language": write.language,
        "time_zone": write.time_zone,
        "outside_model": write.outside_model,
        "keeps_audio": write.keeps_audio,
        "pushed_on": write.pushed_on,
        "outside_speech": write.outside_speech,
        "weekly_report": write.weekly_report,
    }
    values = {name: value for name, value in given.items() if value is not None}
    if write.evening is not None:
        chosen = write.evening
        values |= {"evening_hour": chosen.hour, "work_days": chosen.work_days, "silent_until": chosen.silent_until}
    if values:
        connection.execute(update(rep).where(rep.c.id == write.rep).values(**values))


def create_invitation(connection: Connection, write: CreateInvitation, occasion: Occasion) -> None:
    """Store a new invitation."""
    connection.execute(
        insert(invitation).values(
            code_hash=hash_of(write.code),
            team_id=write.team,
            role=write.role.value,
            created_by=write.created_by,
            expires_at=write.expires_at,
        )
    )


def note_action(connection: Connection, write: Audit, occasion: Occasion) -> None:
    """Store who did what; what a job did is nobody's."""
    author = occasion.author
    who = {"team_id": author.team if author else "", "rep_id": author.rep if author else ""}
    connection.execute(insert(audit).values(**who, action=write.action, subject=write.subject, at=occasion.now))
