"""The accounts a viewer may see as one file."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.message import File
from bot.domain.rep import Rep, Role
from bot.ports import Repository
from bot.presenting.account_tables import Reader, account_tables
from bot.presenting.table_files import csv_archive, workbook
from bot.wording.phrasebook import Phrasebook

FORMATS = ("xlsx", "csv")


async def account_file(
    repository: Repository, form: str, words: Phrasebook, at: datetime, *, zone: str = "UTC"
) -> File:
    """The file in this form, named for the day; days and hours are those of the zone."""
    book = await repository.account_book()
    members = await repository.members()
    reader = Reader({one.id: one.name for one in members}, ZoneInfo(zone), words)
    make = workbook if form == "xlsx" else csv_archive
    name = f"ridealong-accounts-{at.astimezone(reader.zone):%Y-%m-%d}"
    return await asyncio.to_thread(lambda: make(account_tables(book, reader), name))


def may_export(rep: Rep) -> bool:
    """Lists of accounts are a manager's right."""
    return rep.role is Role.MANAGER
