"""One account as it stands on a phone: people, what was heard last, what happened, what is owed, what is still open."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.account import Account, AccountContact, Commitment, Visit
from bot.domain.rich_text import RichText, joined
from bot.domain.visit import Party, Role, VisitNote
from bot.presenting.visit_card import budget_text, contact_text
from bot.wording.phrasebook import Phrasebook

_MOST_PEOPLE = 8
_MOST_VISITS = 5
_MOST_OWED = 6
_LONGEST = {"zh": 60, "en": 120}

_OPEN: Mapping[str, Callable[[VisitNote], bool]] = {
    "contacts": lambda note: bool(note.contacts),
    "pains": lambda note: bool(note.pains),
    "metrics": lambda note: bool(note.metrics),
    "budget": lambda note: note.budget is not None,
    "authority": lambda note: bool(note.authority) or _met(note, Role.DECISION_MAKER),
    "timeline": lambda note: note.timeline is not None,
    "decision_process": lambda note: bool(note.decision_process),
    "decision_criteria": lambda note: bool(note.decision_criteria),
    "competitors": lambda note: bool(note.competitors),
    "champion": lambda note: bool(note.champion) or _met(note, Role.COACH),
}
"""What a rep should know of an account, and when a note tells it."""


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """All that is shown of an account; visits newest first, `commitments` the open ones.

    `names` are the reps whose names may be shown, by id; `today` decides what is overdue.
    """

    account: Account
    today: date
    contacts: tuple[AccountContact, ...] = ()
    visits: tuple[Visit, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def account_page(record: AccountRecord, words: Phrasebook) -> RichText:
    """The page, about a phone screen or two."""
    page = _Page(record, words)
    blocks = [
        [*page.heading(), *page.last_heard("stage"), *page.last_heard("budget")],
        page.people(),
        page.owed("ours", Party.US),
        page.owed("theirs", Party.CUSTOMER),
        page.timeline(),
        page.still_open(),
    ]
    return joined([joined(block) for block in blocks], "\n\n")


class _Page:
    def __init__(self, record: AccountRecord, words: Phrasebook) -> None:
        self._record = record
        self._words = words

    def heading(self) -> list[RichText]:
        account = self._record.account
        owner = self._record.names.get(account.owner)
        lines = [self._words.say("accounts.heading", account=account.name)]
        return [*lines, self._words.say("accounts.owner", name=owner)] if owner else lines

    def last_heard(self, key: str) -> list[RichText]:
        """The stage or the budget as heard last, with its day."""
        for visit in self._record.visits:
            text = _stage(visit.note, self._words) if key == "stage" else _budget(visit.note, self._words)
            if text:
                return [self._words.say(f"accounts.{key}", text=text, day=self._words.day(visit.met_on))]
        return []

    def people(self) -> list[RichText]:
        people = self._record.contacts
        lines = [self._person(one) for one in people[:_MOST_PEOPLE]]
        if len(people) > _MOST_PEOPLE:
            lines.append(self._words.say("accounts.more_people", count=len(people) - _MOST_PEOPLE))
        return [self._words.say("accounts.people"), *lines] if lines else []

    def owed(self, key: str, who: Party) -> list[RichText]:
        owed = [one for one in self._record.commitments if one.who is who]
        lines = [self._commitment(one) for one in owed[:_MOST_OWED]]
        if len(owed) > _MOST_OWED:
            lines.append(self._words.say("accounts.more_owed", count=len(owed) - _MOST_OWED))
        return [self._words.say(f"accounts.{key}"), *lines] if lines else []

    def timeline(self) -> list[RichText]:
        visits = self._record.visits
        if not visits:
            return [self._words.say("accounts.no_visits")]
        lines = [self._visit(visit) for visit in visits[:_MOST_VISITS]]
        if len(visits) > _MOST_VISITS:
            lines.append(self._words.say("accounts.earlier", count=len(visits) - _MOST_VISITS))
        return [self._words.say("accounts.timeline", count=len(visits)), *lines]

    def still_open(self) -> list[RichText]:
        names = [self._words.plain(f"accounts.open_{topic}") for topic in open_topics(self._record)]
        text = self._words.plain("accounts.comma").join(names)
        return [self._words.say("accounts.open", text=text)] if names else []

    def _person(self, contact: AccountContact) -> RichText:
        name = contact_text(contact.name, contact.title, self._words)
        known = contact.role in set(Role) and contact.role != Role.UNKNOWN
        if not known:
            return self._words.say("accounts.person", name=name)
        return self._words.say(
            "accounts.person_role", name=name, role=self._words.plain(f"accounts.role_{contact.role}")
        )

    def _commitment(self, one: Commitment) -> RichText:
        action = self._short([one.action])
        if one.due is None:
            return self._words.say("accounts.owed", action=action)
        key = "accounts.owed_late" if one.due < self._record.today else "accounts.owed_by"
        return self._words.say(key, action=action, day=self._words.day(one.due))

    def _visit(self, visit: Visit) -> RichText:
        text = self._short(list(_told(visit.note, self._words))) or self._words.plain("accounts.only_met")
        day, rep = self._words.day(visit.met_on), self._record.names.get(visit.rep)
        if rep and visit.rep != self._record.account.owner:
            return self._words.say("accounts.visit_by", day=day, rep=rep, text=text)
        return self._words.say("accounts.visit", day=day, text=text)

    def _short(self, parts: Sequence[str]) -> str:
        """As many parts as fit, the first one cut if need be."""
        longest = _LONGEST[self._words.language]
        text = ""
        for part in parts:
            longer = f"{text}{self._words.plain('card.and')}{part}" if text else part
            if text and len(longer) > longest:
                break
            text = longer
        return text if len(text) <= longest else f"{text[: longest - 1]}…"


def open_topics(record: AccountRecord) -> tuple[str, ...]:
    """What nobody has told of the account yet, in the order it is worth asking."""
    met = {contact.role for contact in record.contacts}
    by_contacts = {
        "contacts": bool(record.contacts),
        "authority": Role.DECISION_MAKER in met,
        "champion": Role.COACH in met,
    }
    notes = [visit.note for visit in record.visits]
    return tuple(topic for topic, tells in _OPEN.items() if not by_contacts.get(topic) and not any(map(tells, notes)))


def _met(note: VisitNote, role: Role) -> bool:
    return any(contact.role is role for contact in note.contacts)


def _stage(note: VisitNote, words: Phrasebook) -> str:
    return words.plain(f"stage.{note.stage.name.lower()}") if note.stage else ""


def _budget(note: VisitNote, words: Phrasebook) -> str:
    return budget_text(note.budget, words) if note.budget else ""


def _told(note: VisitNote, words: Phrasebook) -> Iterator[str]:
    """What a visit brought, the most telling first."""
    if note.contacts:
        people = words.plain("accounts.comma").join(contact.name for contact in note.contacts)
        yield words.plain("accounts.met", people=people)
    yield from note.pains
    yield from note.needs
    yield from (objection.text for objection in note.objections)
    yield from note.metrics
    if note.timeline:
        yield note.timeline.text
    yield from (commitment.action for commitment in note.commitments)
