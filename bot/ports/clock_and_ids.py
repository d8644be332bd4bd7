"""What time it is, and where ids come from."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """What time it is for the product."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class Ids(Protocol):
    """Where new ids and secret codes come from."""

    def new(self) -> str:
        """Twelve characters that nothing else has."""
        ...

    def secret(self) -> str:
        """A code that cannot be guessed, safe in a link."""
        ...
