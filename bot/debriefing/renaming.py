"""A name or wording put right wherever it stands in a note."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.visit import LIST_FIELDS, Contact, VisitCommitment, VisitNote


def renamed(note: VisitNote, wrong: str, right: str, said: str) -> VisitNote:
    """The note with a name or wording put right wherever it stands."""
    if not wrong or not right:
        return note

    def mended(text: str) -> str:
        return text.replace(wrong, right)

    def mended_or_none(text: str | None) -> str | None:
        return mended(text) if text else text

    changed = replace(
        note,
        account=mended_or_none(note.account),
        contacts=tuple(_contact_mended(one, wrong, right, mended) for one in note.contacts),
        needs=tuple(map(mended, note.needs)),
        pains=tuple(map(mended, note.pains)),
        metrics=tuple(map(mended, note.metrics)),
        objections=tuple(replace(one, text=mended(one.text)) for one in note.objections),
        competitors=tuple(map(mended, note.competitors)),
        authority=mended_or_none(note.authority),
        champion=mended_or_none(note.champion),
        decision_process=mended_or_none(note.decision_process),
        decision_criteria=tuple(map(mended, note.decision_criteria)),
        commitments=tuple(_action_mended(one, mended) for one in note.commitments),
        relations=tuple(replace(one, who=mended(one.who), to=mended(one.to)) for one in note.relations),
    )
    return replace(changed, evidence=_evidence_of_change(note, changed, said)) if changed != note else note


def _contact_mended(contact: Contact, wrong: str, right: str, mended: Callable[[str], str]) -> Contact:
    name = right if contact.name == wrong else mended(contact.name)
    return replace(contact, name=name, title=mended(contact.title) if contact.title else None)


def _action_mended(one: VisitCommitment, mended: Callable[[str], str]) -> VisitCommitment:
    return replace(one, action=mended(one.action))


def _evidence_of_change(before: VisitNote, after: VisitNote, said: str) -> dict[str, str]:
    evidence = dict(before.evidence)
    for name in ("account", "authority", "champion", "decision_process"):
        if getattr(before, name) != getattr(after, name):
            evidence[f"/{name}"] = said
    for name in LIST_FIELDS:
        for index, (old, new) in enumerate(zip(getattr(before, name), getattr(after, name), strict=True)):
            if old != new:
                evidence[f"/{name}/{index}"] = said
    return evidence
