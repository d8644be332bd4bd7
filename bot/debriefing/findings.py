"""What a confirmed note tells of the methods' fields, and how it stands beside what other visits told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.debriefing.agreement import Agreement, agreement_of
from bot.debriefing.evidence import quoted
from bot.debriefing.people import people_in
from bot.debriefing.person import full_name
from bot.debriefing.speakers import speaker_of
from bot.domain.finding import Finding, FindingState, Speaker
from bot.domain.method_fields import fields_of, fields_of_role, topics
from bot.domain.visit import Budget, Contact, Objection, Relation, Timeline, VisitNote

_OF_A_PERSON = frozenset({"authority", "champion"})
_LONGEST = 32


@dataclass(frozen=True, slots=True)
class Visited:
    """Where findings come from: the visit, its account and author, and the words its note was drawn from."""

    visit: str
    account: str
    rep: str
    met_on: date
    note: VisitNote
    words: str


def findings_in(visited: Visited) -> tuple[Finding, ...]:
    """The findings of one visit, all merely heard; a value whose quote is not in the words has no quote."""
    return tuple(
        replace(found, id=f"{visited.visit}-{number:02}") for number, found in enumerate(_found(visited), start=1)
    )


def judged(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """All findings of one account with the states they give each other, in the order given (the oldest first).

    The customer's later words confirm an earlier visit's where they agree, and contradict the latest where they
    differ; what the rep or a third party said is never confirmed.
    """
    standing = {one.id: replace(one, state=FindingState.HEARD, against="") for one in findings}
    for at, later in enumerate(findings):
        if later.said_by is not Speaker.CUSTOMER:
            continue
        for earlier in reversed(findings[:at]):
            agreement = agreement_of(earlier, later) if earlier.visit != later.visit else Agreement.UNRELATED
            if agreement is not Agreement.UNRELATED:
                _note(standing, earlier, later, agreement)
                break
    return tuple(standing[one.id] for one in findings)


def _note(standing: dict[str, Finding], earlier: Finding, later: Finding, agreement: Agreement) -> None:
    state = FindingState.CONFIRMED if agreement is Agreement.AGREES else FindingState.CONTRADICTED
    standing[later.id] = replace(standing[later.id], state=state, against=earlier.id)
    if state is FindingState.CONTRADICTED or earlier.said_by is Speaker.CUSTOMER:
        standing[earlier.id] = replace(standing[earlier.id], state=state, against=later.id)


def _found(visited: Visited) -> Iterator[Finding]:
    for topic in topics():
        for pointer, value in _values(visited.note, topic):
            fields = fields_of_role(value.role) if isinstance(value, Contact) else fields_of(topic)
            yield _finding(visited, topic, pointer, value, fields)


def _finding(visited: Visited, topic: str, pointer: str, value: object, fields: tuple[str, ...]) -> Finding:
    quote = quoted(visited.note.evidence.get(pointer, ""), visited.words) or ""
    return Finding(
        id="",
        account=visited.account,
        visit=visited.visit,
        rep=visited.rep,
        met_on=visited.met_on,
        topic=topic,
        fields=fields,
        value=_text(value),
        quote=quote,
        said_by=speaker_of(quote, visited.words),
        detail=_detail(value) or (_named(str(value)) if topic in _OF_A_PERSON else ""),
        amount_cny=float(value.amount_cny) if isinstance(value, Budget) and value.amount_cny is not None else None,
        day=value.date if isinstance(value, Timeline) else None,
    )


def _named(words: str) -> str:
    """The one person of the customer these words name, "" for none or several."""
    named = {full_name(person) for person in people_in(words) if not person.ours}
    return named.pop()[:_LONGEST] if len(named) == 1 else ""


def _values(note: VisitNote, topic: str) -> Iterator[tuple[str, object]]:
    value = getattr(note, topic)
    if isinstance(value, tuple):
        yield from ((f"/{topic}/{at}", item) for at, item in enumerate(value))
    elif value is not None:
        yield f"/{topic}", value


def _text(value: object) -> str:
    match value:
        case Contact(name=name):
            return name
        case Objection(text=text) | Budget(text=text) | Timeline(text=text) | Relation(text=text):
            return text
    return str(value)


def _detail(value: object) -> str:
    match value:
        case Contact(role=role):
            return role.value
        case Budget(status=status):
            return status.value
        case Objection(kind=kind) | Relation(kind=kind):
            return kind.value
    return ""
