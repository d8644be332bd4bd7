"""What of its visits a team lets everybody in it find."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseSharing:
    """Whether confirmed visits become cases of the team, and whether names (with phones) and sums stand in them."""

    is_on: bool = False
    with_people: bool = False
    with_amounts: bool = False
