"""Which of the team's accounts and people a draft speaks of: what is sure is put in, what is not is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.debriefing.matching import Certainty, KnownNames, match_account, match_contact
from bot.domain.account import Draft, Meant
from bot.domain.visit import Contact, VisitNote


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name in a draft that may mean one of these; `person` is his place in the note, None for the account's name.

    `heard` is empty where no account was named and one of his is meant by the person's name.
    """

    note: int
    heard: str
    candidates: tuple[str, ...]
    person: int | None = None


def with_known_names(
    notes: Sequence[VisitNote], known: KnownNames, meant: Sequence[Meant] = ()
) -> tuple[VisitNote, ...]:
    """The notes under the names the team uses, where it is clear which are meant, or the rep said so before."""
    return tuple(_people_named(_account_named(note, known, meant), known, meant) for note in notes)


def doubts_in(draft: Draft, known: KnownNames) -> tuple[Doubt, ...]:
    """What has to be asked before the draft can be saved: accounts first, then people of known accounts."""
    numbered = list(enumerate(draft.notes))
    accounts = (_account_doubt(at, note, draft, known) for at, note in numbered)
    people = (doubt for at, note in numbered for doubt in _people_doubts(at, note, draft, known))
    return (*(doubt for doubt in accounts if doubt), *people)


def chosen(draft: Draft, doubt: Doubt, name: str) -> Draft:
    """The draft after the rep said whom he meant; his own word again means somebody new."""
    note = draft.notes[doubt.note]
    account = note.account or ""
    if doubt.person is None:
        changed, meant = replace(note, account=name), Meant(doubt.heard, name)
        if "/account" not in note.evidence:
            quote = note.evidence.get("/contacts/0", "")
            changed = replace(changed, evidence={**note.evidence, "/account": quote})
    else:
        people = list(note.contacts)
        people[doubt.person] = replace(people[doubt.person], name=name)
        changed, meant = _with_people(note, people), Meant(doubt.heard, name, account)
    notes = (*draft.notes[: doubt.note], changed, *draft.notes[doubt.note + 1 :])
    return replace(draft, notes=notes, meant=(*draft.meant, meant) if doubt.heard else draft.meant)


def learned_from(draft: Draft, note: VisitNote) -> tuple[Meant, ...]:
    """The names the rep chose for this note's account and people, other than their own."""
    people = {contact.name for contact in note.contacts}
    return tuple(
        meant
        for meant in dict.fromkeys(draft.meant)
        if meant.heard != meant.name
        and (meant.name in people and meant.account == note.account if meant.account else meant.name == note.account)
    )


def _account_named(note: VisitNote, known: KnownNames, meant: Sequence[Meant]) -> VisitNote:
    if note.account is None:
        homes = _homes(note, known)
        quote = note.evidence.get("/contacts/0", "")
        one = replace(note, account=homes[0] if homes else None, evidence={**note.evidence, "/account": quote})
        return one if len(homes) == 1 else note
    told = next((one.name for one in reversed(meant) if not one.account and one.heard == note.account), None)
    name = told or match_account(note.account, known.accounts).name
    return replace(note, account=name) if name else note


def _people_named(note: VisitNote, known: KnownNames, meant: Sequence[Meant]) -> VisitNote:
    """Everybody under the name the team knows him by; a fuller name that was just heard is kept."""
    if note.account is None:
        return note
    people = []
    for contact in note.contacts:
        told = (one.name for one in reversed(meant) if one.account == note.account and one.heard == contact.name)
        name = next(told, None) or match_contact(contact.name, known.contacts, note.account).name
        title = next((one.title for one in known.contacts if (one.name, one.account) == (name, note.account)), None)
        people.append(replace(contact, name=name, title=contact.title or title) if name else contact)
    return _with_people(note, people)


def _with_people(note: VisitNote, people: Sequence[Contact]) -> VisitNote:
    """The note with its contacts under these names, in their order; who moves whom goes by them too."""
    names = {before.name: after.name for before, after in zip(note.contacts, people, strict=True)}
    relations = (replace(one, who=names.get(one.who, one.who), to=names.get(one.to, one.to)) for one in note.relations)
    return replace(note, contacts=tuple(people), relations=tuple(relations))


def _account_doubt(at: int, note: VisitNote, draft: Draft, known: KnownNames) -> Doubt | None:
    if note.account is None:
        homes = _homes(note, known)
        return Doubt(at, "", homes) if len(homes) > 1 else None
    if any(one.heard == one.name == note.account and not one.account for one in draft.meant):
        return None
    match = match_account(note.account, known.accounts)
    return Doubt(at, note.account, match.candidates) if match.certainty is Certainty.AMBIGUOUS else None


def _people_doubts(at: int, note: VisitNote, draft: Draft, known: KnownNames) -> Iterator[Doubt]:
    if note.account is None or all(account.name != note.account for account in known.accounts):
        return
    here = {contact.name for contact in note.contacts}
    for place, contact in enumerate(note.contacts):
        if any(one.heard == one.name == contact.name and one.account == note.account for one in draft.meant):
            continue
        match = match_contact(contact.name, known.contacts, note.account)
        candidates = tuple(name for name in match.candidates if name not in here)
        if match.certainty is Certainty.AMBIGUOUS and candidates:
            yield Doubt(at, contact.name, candidates, place)


def _homes(note: VisitNote, known: KnownNames) -> tuple[str, ...]:
    """The accounts at which somebody of exactly this name or alias works."""
    names = {contact.name for contact in note.contacts}
    found = (one.account for one in known.contacts if names & {one.name, *one.aliases})
    return tuple(dict.fromkeys(found))
