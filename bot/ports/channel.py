"""A way to talk to reps."""

from typing import Protocol

from bot.domain.message import Attachment, Reply


class Channel(Protocol):
    """A way to talk to reps."""

    @property
    def name(self) -> str:
        """How the channel is called in the inbox."""
        ...

    def fit(self, reply: Reply) -> tuple[Reply, ...]:
        """The reply in pieces the channel takes, each one delivery, in order."""
        ...

    async def send(self, chat: str, reply: Reply) -> str:
        """Deliver a reply and return the channel's reference of it. Raises SendLater, SendRefused."""
        ...

    async def show_thinking(self, chat: str, draft: str) -> None:
        """Best effort: show that an answer is coming, with its beginning if there is one."""
        ...

    async def acknowledge(self, callback: str) -> None:
        """Best effort: end the waiting of a pressed button."""
        ...

    async def fetch(self, attachment: Attachment) -> bytes:
        """The content of a file the rep sent. Raises SendRefused when it is too large or gone."""
        ...
