"""The member of a team whom the command line means."""

from collections.abc import Sequence

from bot.domain.rep import Rep
from bot.errors import CannotStart


def member_named(members: Sequence[Rep], named: str) -> Rep:
    """The one of this id, or else of this name. Raises CannotStart where that is nobody or several."""
    found = [one for one in members if one.id == named] or [one for one in members if one.name == named]
    if len(found) != 1:
        listed = ", ".join(f"{one.id} ({one.name})" for one in members) or "nobody yet"
        raise CannotStart(f"{named!r} is no single member of this team; its members: {listed}.")
    return found[0]
