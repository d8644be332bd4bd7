"""The tables, the same on SQLite and PostgreSQL. Every change here has a migration; a test compares the two."""

from bot.storage.tables.accounts import account, change, commitment, contact, draft, visit
from bot.storage.tables.answers import given_answer, open_question
from bot.storage.tables.columns import Moment, metadata
from bot.storage.tables.documents import (
    article,
    document,
    dropped_piece,
    index_generation,
    passage,
    ruling,
    written_questions,
)
from bot.storage.tables.files import drawn_picture, kept_file
from bot.storage.tables.findings import finding, opportunity_change
from bot.storage.tables.messages import conversation, inbox, outbox, work
from bot.storage.tables.people import address, audit, forgotten, invitation, model_use, rep, team
from bot.storage.tables.practices import practice

__all__ = [
    "Moment",
    "account",
    "address",
    "article",
    "audit",
    "change",
    "commitment",
    "contact",
    "conversation",
    "document",
    "draft",
    "drawn_picture",
    "dropped_piece",
    "finding",
    "forgotten",
    "given_answer",
    "inbox",
    "index_generation",
    "invitation",
    "kept_file",
    "metadata",
    "model_use",
    "open_question",
    "opportunity_change",
    "outbox",
    "passage",
    "practice",
    "rep",
    "ruling",
    "team",
    "visit",
    "work",
    "written_questions",
]
