"""What the reps' questions cost a model, by rep and day: the daily budget rests on it."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection, select

from bot.storage.database import Database, upsert
from bot.storage.tables import model_use


class ModelUse:
    """Counts tokens in SQL and says how many of a day's are left; fulfils the models' Budget."""

    def __init__(self, database: Database, tokens_a_day: int, today: Callable[[], date]) -> None:
        self._database = database
        self._tokens_a_day = tokens_a_day
        self._today = today

    async def left(self, rep: str) -> int:
        """How many tokens the rep still has today."""
        mine = (model_use.c.rep_id == rep) & (model_use.c.day == self._today())
        query = select(model_use.c.tokens_in + model_use.c.tokens_out).where(mine)
        spent = await self._database.run(lambda c: c.scalar(query))
        return self._tokens_a_day - (spent or 0)

    async def spend(self, rep: str, tokens: int) -> None:
        """Nothing: `record` counts the same tokens, in and out apart."""

    async def record(self, rep: str, tokens_in: int, tokens_out: int) -> None:
        """Take down one use."""
        key = {"rep_id": rep, "day": self._today()}
        grown = {
            "tokens_in": model_use.c.tokens_in + tokens_in,
            "tokens_out": model_use.c.tokens_out + tokens_out,
        }

        def put(connection: Connection) -> None:
            row = upsert(connection, model_use).values(**key, tokens_in=tokens_in, tokens_out=tokens_out)
            connection.execute(row.on_conflict_do_update(index_elements=["rep_id", "day"], set_=grown))

        await self._database.run(put)
