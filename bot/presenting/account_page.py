"""One account as it stands on a phone: people, what was heard last, what happened, what is owed, what is still open."""

from collections.abc import Iterator, Sequence

from bot.domain.account import AccountContact, Commitment, Visit
from bot.domain.account_record import AccountRecord
from bot.domain.finding import Finding, FindingState
from bot.domain.opportunity import Aspect
from bot.domain.points_told import left_open
from bot.domain.rich_text import RichText, joined
from bot.domain.visit import Budget, BudgetStatus, Party, Role, VisitNote
from bot.presenting.deal_lines import health_line, stage_text
from bot.presenting.visit_card import budget_text, contact_text
from bot.wording.phrasebook import Phrasebook

_MOST_PEOPLE = 4
_MOST_VISITS = 3
_MOST_OWED = 3
_LONGEST = {"zh": 60, "en": 120}

_TOPICS = (
    "contacts",
    "pains",
    "metrics",
    "budget",
    "authority",
    "timeline",
    "decision_process",
    "decision_criteria",
    "competitors",
    "champion",
)
"""What a rep should know of an account, in the order it is worth asking."""
_FIRST = (Role.DECISION_MAKER, Role.INFLUENCER, Role.PROCUREMENT, Role.COACH, Role.USER, Role.GATEKEEPER)
"""Whom a page names first."""
_BY_ROLE = {"authority": Role.DECISION_MAKER, "champion": Role.COACH}


def account_page(record: AccountRecord, words: Phrasebook) -> RichText:
    """The page, about a phone screen or two."""
    page = _Page(record, words)
    blocks = [
        [*page.heading(), *page.stage(), *page.health(), *page.budget()],
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
        if not self._record.is_whole:
            lines.append(self._words.say("accounts.own_part"))
        return [*lines, self._words.say("accounts.owner", name=owner)] if owner else lines

    def stage(self) -> list[RichText]:
        """How far the deal is, since when, and how much it is worth."""
        deal = self._record.deal
        last = deal.last(Aspect.STAGE)
        if deal.stage is None or last is None:
            return []
        text = stage_text(deal.stage, self._words)
        return [self._words.say("accounts.stage", text=text, day=self._words.day(last.on))]

    def health(self) -> list[RichText]:
        """How the deal is today, with what weighs on it."""
        record = self._record
        if record.diagnosis is None:
            return []
        return [health_line(record.diagnosis, record.deal.health, self._words, days=record.quiet_days)]

    def budget(self) -> list[RichText]:
        """The amount as corrected since, else the budget as told last, and the other side where visits differ."""
        told = [one for one in self._record.findings if one.topic == "budget"]
        last = self._record.deal.last(Aspect.AMOUNT)
        if last and not last.visit and (not told or last.on >= told[0].met_on):
            amount = self._words.money(float(last.after))
            return [self._words.say("accounts.amount_corrected", amount=amount, day=self._words.day(last.on))]
        if not told:
            return []
        now, other = told[0], next((one for one in told if one.id == told[0].against), None)
        text, day = _budget(now, self._words), self._words.day(now.met_on)
        if now.state is FindingState.CONTRADICTED and other:
            before = self._words.day(other.met_on)
            return [
                self._words.say(
                    "accounts.budget_disputed", text=text, day=day, other=_budget(other, self._words), before=before
                )
            ]
        return [self._words.say("accounts.budget", text=text, day=day)]

    def people(self) -> list[RichText]:
        people = sorted(self._record.contacts, key=lambda one: _FIRST.index(one.role) if one.role in _FIRST else 9)
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
        lines = [self._words.say("accounts.open", text=text)] if names else []
        if left := left_open(self._record.visits):
            topics = [self._words.plain(f"card.topic_{point.value}") for point in left.points]
            text = self._words.plain("accounts.comma").join(topics)
            lines.append(self._words.say("accounts.left_open", text=text, day=self._words.day(left.day)))
        return lines

    def _person(self, contact: AccountContact) -> RichText:
        name = contact_text(contact.name, contact.title, self._words)
        name = " ".join(filter(None, (name, contact.phone, contact.mail)))
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
    told = {one.topic for one in record.findings} | ({"contacts"} if record.contacts else set())
    roles = {contact.role for contact in record.contacts} | {one.detail for one in record.findings}
    told |= {topic for topic, role in _BY_ROLE.items() if role.value in roles}
    return tuple(topic for topic in _TOPICS if topic not in told)


def _budget(one: Finding, words: Phrasebook) -> str:
    return budget_text(Budget(one.value, one.amount_cny, BudgetStatus(one.detail)), words)


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
