"""Who may talk to us: closed by default, opened by invitation, by settings, or by owning the machine."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.message import IncomingMessage
from bot.domain.rep import Rep, Role
from bot.domain.writes import JoinTeam
from bot.errors import WordsForRep, WriteConflict
from bot.ports import Clock, Store

OWNERS_CHANNEL = "terminal"
"""Whoever sits at the machine owns it."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Decides whether a person becomes a rep."""

    store: Store
    clock: Clock
    is_open: bool
    admins: Collection[str]
    time_zone: str

    async def admit(self, message: IncomingMessage) -> Rep:
        """The rep this outsider becomes. Raises WordsForRep with the one polite sentence otherwise."""
        role = self._role_without_invitation(message)
        code = "" if role else invitation_code(message.text)
        if code:
            await self._check(code)
        elif role is None:
            raise WordsForRep("access.closed")
        join = JoinTeam(
            channel=message.channel,
            person=message.person,
            name=message.person_name,
            time_zone=self.time_zone,
            code=code,
            role=role or Role.REP,
        )
        try:
            return await self.store.admit(join)
        except WriteConflict as error:
            raise WordsForRep("access.used") from error

    def _role_without_invitation(self, message: IncomingMessage) -> Role | None:
        if message.channel == OWNERS_CHANNEL or message.person in self.admins:
            return Role.ADMIN
        return Role.REP if self.is_open else None

    async def _check(self, code: str) -> None:
        invitation = await self.store.invitation(code)
        if invitation is None:
            raise WordsForRep("access.unknown")
        if invitation.used_at is not None:
            raise WordsForRep("access.used")
        if not invitation.is_open(self.clock.now()):
            raise WordsForRep("access.expired")


def invitation_code(text: str) -> str:
    """The code in `/start CODE`, "" when there is none."""
    command, _, code = text.strip().partition(" ")
    return code.strip() if command.split("@")[0].lower() == "/start" else ""
