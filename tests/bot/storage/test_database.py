import threading
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text

from bot.errors import StorageUnavailable
from bot.storage.database import Database, address_of


def test_closing_waits_for_a_thread_that_is_reading(tmp_path: Path) -> None:
    database = Database(address_of(tmp_path, None))
    reading, closing, read = threading.Event(), threading.Event(), []

    def work(connection) -> None:
        reading.set()
        closing.wait(10)
        read.append(
            connection.scalar(
                text("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 99) SELECT count(*) FROM n")
            )
        )

    def run() -> None:
        with suppress(StorageUnavailable):
            database.run_now(work)

    reader = threading.Thread(target=run)
    reader.start()
    reading.wait(10)
    threading.Timer(0.2, closing.set).start()
    database.close()
    reader.join(10)
    assert read == [99]
