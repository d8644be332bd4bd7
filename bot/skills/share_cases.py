"""A manager decides whether the team's confirmed visits can be found as cases, and what of them is left out."""

from dataclasses import dataclass, field, replace

from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import Role
from bot.domain.rich_text import joined
from bot.domain.team_cases import CaseSharing
from bot.domain.wish import Wish
from bot.domain.writes import Audit, ShareCases
from bot.ports import Outcome, Turn

_SWITCHES = {"on": "is_on", "people": "with_people", "amounts": "with_amounts"}


@dataclass(frozen=True, slots=True)
class ShareTeamCases:
    """Shows and changes what of its visits a team shares."""

    name: str = "case"
    commands: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset({Role.MANAGER, Role.ADMIN})
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Reached from the settings alone."""
        return 0.0

    def holds(self, wish: Wish) -> bool:
        """It never has the floor."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """The page, after what a button switched."""
        _, switch, value = (turn.message.button + "::").split(":")[:3]
        sharing = await turn.repository.case_sharing()
        if switch not in _SWITCHES:
            return self._page(turn, sharing)
        change = ShareCases(_switched(sharing, switch, is_on=value == "yes"))
        outcome = self._page(turn, change.sharing)
        return replace(outcome, writes=(change, Audit("share_cases", f"{switch}={value}")))

    def _page(self, turn: Turn, sharing: CaseSharing) -> Outcome:
        words = turn.words
        lines = [words.say("case.page"), words.say(f"case.is_{_yes(sharing.is_on)}")]
        shown = [("on", sharing.is_on)]
        if sharing.is_on:
            shown += [("people", sharing.with_people), ("amounts", sharing.with_amounts)]
            lines += [words.say(f"case.{switch}_{_yes(value)}") for switch, value in shown[1:]]
        rows = tuple(
            (Button(words.plain(f"case.button_{one}_{_yes(not is_on)}"), f"{self.name}:{one}:{_yes(not is_on)}"),)
            for one, is_on in shown
        )
        return Outcome((Reply(joined(lines), rows),), keeps_floor=True)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _switched(sharing: CaseSharing, switch: str, *, is_on: bool) -> CaseSharing:
    match switch:
        case "on":
            return replace(sharing, is_on=is_on)
        case "people":
            return replace(sharing, with_people=is_on)
    return replace(sharing, with_amounts=is_on)
