"""What the conversation needs from outside, as protocols; `assemble` picks who fulfils them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.account import Account, AccountContact, Commitment, Draft, Visit
from bot.domain.message import Attachment, IncomingMessage, MessageKind, Reply
from bot.domain.rep import Invitation, Rep, Role, Viewer
from bot.domain.wish import Wish
from bot.domain.writes import JoinTeam, Write
from bot.wording.phrasebook import Phrasebook
from knowledge.library_entries import Library
from knowledge.passages import Findings, Scope, Source

State = Mapping[str, object]
"""What a skill remembers between two messages; plain JSON values."""


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


@dataclass(frozen=True, slots=True)
class Floor:
    """The skill that expects the next words, and what it remembers."""

    skill: str
    state: State = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One chat with one person; `rep` is None for an outsider."""

    id: int
    channel: str
    bot: str
    chat: str
    person: str
    rep: Rep | None
    language: str
    floor: Floor | None


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to answer one conversation's oldest open message (`rows` when a client cut it into several).

    `attempts` counts the tries including this one.
    """

    token: str
    conversation: Conversation
    rows: tuple[int, ...]
    message: IncomingMessage
    attempts: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply on its way: its outbox row, where to, and how often it was tried before."""

    row: int
    channel: str
    chat: str
    reply: Reply
    attempts: int


@dataclass(frozen=True, slots=True)
class Finished:
    """What a finished turn leaves to do: more messages of that conversation, and a reply this worker may send now."""

    more_waits: bool
    to_send: Outgoing | None


class Repository(Protocol):
    """What one viewer may see; constructed for that viewer by the store."""

    @property
    def viewer(self) -> Viewer:
        """On whose behalf it reads."""
        ...

    async def rep(self, rep_id: str) -> Rep | None:
        """A member of the viewer's team, None for anybody else."""
        ...

    async def accounts(self) -> Sequence[Account]:
        """The accounts the viewer may see, by name: a manager the team's, everybody else those he looks after."""
        ...

    async def account(self, name: str) -> Account | None:
        """The visible account of this name."""
        ...

    async def contacts(self, accounts: Sequence[str]) -> Sequence[AccountContact]:
        """The people of visible accounts."""
        ...

    async def visits(self, account_id: str) -> Sequence[Visit]:
        """The confirmed visits of a visible account, newest first."""
        ...

    async def commitments(self, *, account_id: str = "") -> Sequence[Commitment]:
        """Open commitments by due day: the viewer's own, or all of a visible account."""
        ...

    async def commitment(self, commitment_id: str) -> Commitment | None:
        """A commitment of the viewer's own, open or done."""
        ...

    async def draft(self, draft_id: str) -> Draft | None:
        """A draft of the viewer's own."""
        ...

    async def practice(self, practice_id: str) -> State | None:
        """The state of a practice of the viewer's own."""
        ...

    async def everything_own(self) -> Mapping[str, Sequence[State]]:
        """All that is the viewer's own, for `/export`: profile, practices, drafts with the raw words, commitments."""
        ...

    async def members(self) -> Sequence[Rep]:
        """The members of the viewer's team a role of manager or admin may list; a rep sees himself."""
        ...


@dataclass(frozen=True, slots=True)
class DueWork:
    """A scheduled job whose time has come."""

    row: int
    name: str
    key: str
    payload: State
    due: datetime
    conversation: int | None
    attempts: int


class Store(Protocol):
    """The one memory. Every call is one transaction; raises StorageUnavailable when nothing could be done."""

    async def receive(self, messages: Sequence[IncomingMessage], *, cancels: Sequence[int] = ()) -> int:
        """Put messages into the inbox and return how many were new; `cancels` are positions that mean Stop."""
        ...

    async def lease(self, limit: int) -> Sequence[Lease]:
        """Take up to `limit` conversations that have something open and belong to no other worker."""
        ...

    async def renew(self, leases: Sequence[Lease]) -> Sequence[int]:
        """Keep leases alive; returns the conversations in which the rep asked to stop."""
        ...

    async def finish_turn(
        self,
        lease: Lease,
        *,
        replies: Sequence[Reply],
        floor: Floor | None,
        language: str,
        writes: Sequence[Write] = (),
        set_aside: str = "",
    ) -> Finished:
        """Everything a turn leads to, in one transaction conditional on the lease.

        `set_aside` is the incident of a message that could not be answered. Raises LeaseLost, WriteConflict.
        """
        ...

    async def is_settled(self, channel: str) -> bool:
        """True when every message of the channel is answered and every reply sent or refused."""
        ...

    async def give_back(self, lease: Lease) -> None:
        """End a lease without an answer; the message stays open."""
        ...

    async def outgoing(
        self,
        *,
        sent: Mapping[int, str],
        failed: Mapping[int, str],
        later: Mapping[int, float],
        held: Sequence[int] = (),
        limit: int,
    ) -> Sequence[Outgoing]:
        """Record what became of replies (row → the channel's reference, reason, or seconds) and take the next ones.

        `held` are rows still on their way, whose claim is kept alive.
        """
        ...

    async def due_work(self, now: datetime, limit: int, *, row: int | None = None) -> Sequence[DueWork]:
        """Take scheduled work whose time has come; with `row` only that."""
        ...

    async def upcoming_work(self, until: datetime, limit: int) -> Sequence[DueWork]:
        """Scheduled work that nobody holds, due before `until`; nothing is taken."""
        ...

    async def renew_work(self, work: DueWork) -> None:
        """Keep work that takes long."""
        ...

    async def finish_work(self, work: DueWork, *, replies: Sequence[Reply], writes: Sequence[Write]) -> None:
        """The work is done: its writes and its replies to the conversation, in one transaction.

        Raises LeaseLost when it was moved, taken over or done elsewhere meanwhile, WriteConflict.
        """
        ...

    async def fail_work(self, work: DueWork, *, reason: str, again_at: datetime | None) -> None:
        """The work failed and is tried again at `again_at`, or never; nothing when it was moved or taken over."""
        ...

    async def next_due(self) -> datetime | None:
        """When the next scheduled work is due."""
        ...

    async def admit(self, join: JoinTeam) -> Rep:
        """Make a person a rep, or find the rep this person is already. Raises WriteConflict for a code used up."""
        ...

    async def invitation(self, code: str) -> Invitation | None:
        """The invitation behind a code."""
        ...

    async def write(self, viewer: Viewer, writes: Sequence[Write]) -> None:
        """Apply writes outside a turn, on behalf of a viewer."""
        ...

    def repository(self, viewer: Viewer) -> Repository:
        """What this viewer may see."""
        ...


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


@dataclass(frozen=True, slots=True)
class Turn:
    """One message to answer: who said it, what the skill remembers, and the words to answer in."""

    message: IncomingMessage
    text: str
    rep: Rep
    now: datetime
    words: Phrasebook
    state: State
    repository: Repository
    model: "LanguageModel"
    is_cancelled: Callable[[], bool]
    show: Callable[[str], None]
    fetch: Callable[[Attachment], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a skill answers: replies in order, who has the floor afterwards, what is to be written.

    `keeps_floor` leaves the floor with whoever had it.
    """

    replies: tuple[Reply, ...]
    floor: Floor | None = None
    writes: tuple[Write, ...] = ()
    keeps_floor: bool = False


class Skill(Protocol):
    """One thing a rep can ask for."""

    @property
    def name(self) -> str:
        """The key of its words in the wording."""
        ...

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands that lead here, without the slash."""
        ...

    @property
    def roles(self) -> frozenset[Role]:
        """Who may use it."""
        ...

    @property
    def kinds(self) -> frozenset[MessageKind]:
        """The kinds of message beyond text and buttons that it takes when nobody has the floor."""
        ...

    @property
    def keeps_talking(self) -> bool:
        """True when other questions in between leave its floor alone, as in a practice or over an open card."""
        ...

    def claim(self, wish: Wish) -> float:
        """How sure it is that free words are for it, from 0 (not at all) to 1; 0.8 needs no second opinion."""
        ...

    def holds(self, wish: Wish) -> bool:
        """With the floor: whether these words are for it, rather than something in between."""
        ...

    async def answer(self, turn: Turn) -> Outcome:
        """The answer to one message; raises WordsForRep for what cannot be."""
        ...


Job = Callable[[DueWork], Awaitable[Outcome]]
"""Timed or long work: returns what to write and, for work that belongs to a conversation, what to say."""


class Jobs(Protocol):
    """Runs scheduled work when its time comes, also after a restart."""

    async def run(self) -> None:
        """Work until cancelled."""
        ...

    def wake(self) -> None:
        """Something new was scheduled."""
        ...


class Knowledge(Protocol):
    """The library and the team's documents."""

    async def search(
        self, question: str, *, viewer: Viewer, k: int = 6, scope: Scope = Scope.ALL, context: str | None = None
    ) -> Findings:
        """The best passages this viewer may see; `context` is the question before in the same talk."""
        ...

    async def source(self, passage_id: str, *, viewer: Viewer) -> Source:
        """A passage with its neighbours. Raises knowledge's UnknownPassageError."""
        ...

    async def library(self) -> Library:
        """The entries of the library."""
        ...


class LanguageModel(Protocol):
    """Speaks and proposes; prompt texts live in `prompts`, called by name. Never trusted for what code can check."""

    @property
    def is_offline(self) -> bool:
        """True when it only speaks from the library's own phrases and proposes nothing."""
        ...

    def speak(self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str) -> AsyncIterator[str]:
        """Text as it comes, on behalf of a rep (whose budget it is). Raises ModelUnavailable."""
        ...

    async def propose(
        self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str, schema: Mapping[str, object]
    ) -> Mapping[str, object]:
        """A JSON object that fits the schema; {} from a model that proposes nothing. Raises ModelUnavailable."""
        ...


class Transcriber(Protocol):
    """Writes down what was said."""

    async def transcribe(self, audio: bytes, media_type: str, *, names: Sequence[str], language: str) -> str:
        """The words, "" when nobody speaks; `names` are likely to be heard. Raises ModelUnavailable."""
        ...
