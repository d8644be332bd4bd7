"""Bringing a database to the present tables."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def alembic_config() -> Config:
    """Alembic pointed at the migrations in this package, from a checkout or an installed wheel."""
    config = Config()
    config.set_main_option("script_location", str(files("bot.storage").joinpath("migrations")))
    return config


def migrate(connection: Connection) -> bool:
    """Bring the database up to date inside the connection's transaction; False when it was already."""
    if revision_of(connection) == newest_revision():
        return False
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return True


def revision_of(connection: Connection) -> str | None:
    """The revision a database is at, None when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """The revision of this program."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()
