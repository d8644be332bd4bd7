"""Teams, reps and invitations in SQL."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.domain.rep import Invitation, Rep, Role, Viewer
from bot.domain.writes import ChangeRep, CreateInvitation, JoinTeam, RecordNotice
from bot.errors import WriteConflict
from bot.storage.tables import address, invitation, rep, team


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
    )


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
    mine = (address.c.channel == write.channel) & (address.c.person == write.person)
    known = select(rep).join(address, address.c.rep_id == rep.c.id).where(mine)
    if connection.execute(known).first() is None:
        _join(connection, write, new_id, now)
    return rep_from_row(connection.execute(known).one()._asdict())


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


def record_notice(connection: Connection, write: RecordNotice) -> None:
    """Store that the notice was seen."""
    values = {"notice_version": write.version, "notice_at": write.at}
    connection.execute(update(rep).where(rep.c.id == write.rep).values(**values))


def change_rep(connection: Connection, write: ChangeRep) -> None:
    """Store the settings that are given."""
    given = {
        "language": write.language,
        "time_zone": write.time_zone,
        "outside_model": write.outside_model,
        "keeps_audio": write.keeps_audio,
    }
    values = {name: value for name, value in given.items() if value is not None}
    if values:
        connection.execute(update(rep).where(rep.c.id == write.rep).values(**values))


def create_invitation(connection: Connection, write: CreateInvitation) -> None:
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
