"""Turns for one skill over the real store, and a team that has something to look at."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from bot.clock_and_ids import RandomIds
from bot.domain.account import Draft
from bot.domain.message import Attachment, IncomingMessage, MessageKind, Reply
from bot.domain.rep import Rep, Role
from bot.domain.visit import Party, VisitCommitment, VisitNote
from bot.domain.writes import (
    ConfirmedCommitment,
    ConfirmedVisit,
    CreateInvitation,
    JoinTeam,
    KeepDraft,
    SaveVisits,
)
from bot.language_models.offline_model import OfflineModel
from bot.ports import Outcome, Skill, Turn
from bot.storage.database_store import DatabaseStore
from bot.wording.phrasebook import Phrasebook
from tests.support.stored import CHANNEL

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)


async def colleague(store: DatabaseStore, person: str, name: str, role: Role = Role.REP) -> Rep:
    """Another member of the first team."""
    admin = await store.administrator("团队")
    code = f"code-{person}"
    await store.write(admin, (CreateInvitation(code, admin.team, role, NOW + timedelta(days=400), admin.rep),))
    return await store.admit(JoinTeam(CHANNEL, person, name, "Asia/Shanghai", code=code))


async def visited(store: DatabaseStore, rep: Rep, note: VisitNote, *, on: date = TODAY, words: str = "") -> str:
    """A visit this rep said and confirmed, in the words its note quotes if no others are given; returns its id."""
    number = RandomIds().new()[:10]
    confirmed = ConfirmedVisit(
        f"v{number}",
        note.account or "",
        on,
        note,
        tuple(ConfirmedCommitment(f"c{at}{number}", c.who, c.action, c.due) for at, c in enumerate(note.commitments)),
    )
    said_words = words or "。".join(note.evidence.values()) or "原话"
    writes = (KeepDraft(Draft(f"d{number}", rep.id, said_words, on, (note,))), SaveVisits(f"d{number}", (confirmed,)))
    await store.write(rep.viewer, writes)
    return confirmed.id


def promised(action: str, due: date | None = None, who: Party = Party.US) -> VisitCommitment:
    """A commitment as it stands in a note."""
    return VisitCommitment(who, action, due)


async def said(
    skill: Skill,
    store: DatabaseStore,
    rep: Rep,
    text: str = "",
    *,
    language: str = "zh",
    state: Mapping[str, object] = {},
) -> Outcome:
    """What the skill answers to these words; the words after a command are what it is given."""
    given = text.partition(" ")[2] if text.startswith("/") else text
    return await skill.answer(_turn(store, rep, text, given, language=language, state=state))


async def pressed(
    skill: Skill, store: DatabaseStore, rep: Rep, action: str, *, state: Mapping[str, object] = {}
) -> Outcome:
    """What the skill answers to this button."""
    return await skill.answer(_turn(store, rep, "", action, button=action, state=state))


def whole(outcome: Outcome) -> str:
    """All that is said in it."""
    return "\n".join(reply.text.text for reply in outcome.replies)


def buttons(outcome: Outcome) -> dict[str, str]:
    """The buttons of its last reply: label and action."""
    last: Reply = outcome.replies[-1]
    return {button.label: button.action for row in last.buttons for button in row}


async def _nothing(attachment: Attachment) -> bytes:
    raise AssertionError(attachment)


def _turn(
    store: DatabaseStore,
    rep: Rep,
    text: str,
    given: str,
    *,
    button: str = "",
    language: str = "zh",
    state: Mapping[str, object] = {},
) -> Turn:
    kind = MessageKind.BUTTON if button else MessageKind.TEXT
    return Turn(
        message=IncomingMessage(CHANNEL, "42", 1, "7", "7", kind, text, button=button),
        text=given,
        rep=rep,
        now=NOW,
        words=Phrasebook(language),
        state=state,
        repository=store.repository(rep.viewer),
        model=OfflineModel(),
        is_cancelled=lambda: False,
        show=lambda draft: None,
        fetch=_nothing,
    )
