"""A practice on the rep's own account: the template scenario filled with what the last visit left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.practice import Spin
from bot.domain.visit import ObjectionKind
from bot.practising.characters import CustomerObjection, Fact, Scenario
from bot.practising.objections import objection_in

_MOST = 3
_AFTER = 2


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What is known of an account: who is met there, and the customer's words of the last visit."""

    account: str
    contact: str
    needs: Sequence[str] = ()
    objections: Sequence[str] = ()


def own_account_scenario(template: Scenario, known: OwnAccount) -> Scenario:
    """The template with this account's name, its objections raised again, its needs hidden behind good questions.

    Without any objection or need of its own the template's stay.
    """

    def filled(text: str) -> str:
        return text.replace("{account}", known.account).replace("{contact}", known.contact)

    facts = tuple(_need(number, need) for number, need in enumerate(known.needs[:_MOST]))
    objections = tuple(
        _objection(number, words, template.objections[number % len(template.objections)])
        for number, words in enumerate(known.objections[:_MOST])
    )
    return replace(
        template,
        name=filled(template.name),
        briefing=filled(template.briefing),
        customer=filled(template.customer),
        goal=filled(template.goal),
        opening=tuple(filled(line) for line in template.opening),
        facts=(*facts, *(fact for fact in template.facts if fact.id != "need" or not facts)),
        objections=objections or template.objections,
    )


def _need(number: int, words: str) -> Fact:
    return Fact(f"need-{number}", words, (), (Spin.PROBLEM, Spin.IMPLICATION), 2)


def _objection(number: int, words: str, template: CustomerObjection) -> CustomerObjection:
    kind = objection_in(words) or ObjectionKind.OTHER
    after = _AFTER * (number + 1)
    return replace(template, id=f"objection-{number}", kind=kind, after=after, lines=(words,))
