"""How many tokens a rep may use in a day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from bot.language_models.langchain_model import Record


class Budget(Protocol):
    """The tokens of the day, kept per rep."""

    async def left(self, rep: str) -> int:
        """How many tokens the rep still has today; none or less when they are spent."""
        ...

    async def spend(self, rep: str, tokens: int) -> None:
        """Take tokens off today's; more than there were is possible, since an answer's length is known at its end."""
        ...


@dataclass(slots=True)
class BudgetInMemory:
    """Fulfils Budget for one process; forgotten when it ends. With 0 tokens a day nobody may ask anything."""

    tokens_a_day: int
    today: Callable[[], date]
    _day: date = date.min
    _spent: dict[str, int] = field(default_factory=dict)

    async def left(self, rep: str) -> int:
        """What the rep has left of today's tokens."""
        return self.tokens_a_day - self._of_today().get(rep, 0)

    async def spend(self, rep: str, tokens: int) -> None:
        """Take tokens off."""
        spent = self._of_today()
        spent[rep] = spent.get(rep, 0) + tokens

    def _of_today(self) -> dict[str, int]:
        if self._day != self.today():
            self._day, self._spent = self.today(), {}
        return self._spent


def spending(budget: Budget, record: Record) -> Record:
    """A record that takes every use off the budget as well."""

    async def both(rep: str, tokens_in: int, tokens_out: int) -> None:
        await budget.spend(rep, tokens_in + tokens_out)
        await record(rep, tokens_in, tokens_out)

    return both
