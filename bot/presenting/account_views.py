"""The pages behind an account's page: people by layer, what the last visit changed, the way so far, rivals."""

from bot.domain.account_record import AccountRecord, since_last
from bot.domain.finding import Finding
from bot.domain.rich_text import RichText, joined
from bot.domain.stakeholders import Layer, Person, stakeholder_map
from bot.domain.visit import Role
from bot.presenting.deal_lines import change_line, change_lines
from bot.presenting.finding_lines import finding_text, shortened, sides_text, tie_text
from bot.presenting.visit_card import contact_text
from bot.wording.phrasebook import Phrasebook

_MOST_VISITS = 12
_MOST_RIVALS = 12
_MOST_TIES = 8


def people_page(record: AccountRecord, words: Phrasebook) -> RichText:
    """Who decides, who has a say, who uses it, who helps, who moves whom; layers in which we know nobody are named."""
    drawn = stakeholder_map(record)
    lines = [words.say("record.people", account=record.account.name), *(_layer(one, words) for one in drawn.layers)]
    if drawn.unplaced:
        lines.append(words.say("record.unplaced", people=_people(drawn.unplaced, words)))
    if drawn.ties:
        lines.append(words.say("record.ties"))
        lines += [words.say("record.item", text=tie_text(tie, words)) for tie in drawn.ties[:_MOST_TIES]]
    if drawn.empty:
        empty = [words.plain(f"record.layer_{one}") for one in drawn.empty]
        lines.append(words.say("record.empty_layers", layers=words.plain("record.comma").join(empty)))
    return joined(lines)


def since_last_page(record: AccountRecord, words: Phrasebook) -> RichText:
    """What the last visit changed."""
    since = since_last(record)
    if since is None:
        return words.say("record.no_last")
    lines = [words.say("record.since", account=record.account.name, day=words.day(since.on))]
    if since.is_nothing:
        return joined([*lines, words.say("record.since_nothing")])
    if since.new_people:
        lines.append(words.say("record.since_people", people=words.plain("record.comma").join(since.new_people)))
    lines += [words.say("record.item", text=line) for line in change_lines(since.moves, words)]
    lines += [
        _topic_line("since_contradicted", one, sides_text((one, other), words), words)
        for one, other in since.contradicted
    ]
    lines += [_topic_line("since_confirmed", one, finding_text(one, words), words) for one in since.confirmed]
    lines += [_topic_line("since_new", one, finding_text(one, words), words) for one in since.new]
    return joined(lines)


def timeline_page(record: AccountRecord, words: Phrasebook) -> RichText:
    """Every visit with what it told and how it moved the deal, the latest first."""
    if not record.visits:
        return words.say("accounts.no_visits")
    lines = [words.say("record.timeline", account=record.account.name, count=len(record.visits))]
    for visit in record.visits[:_MOST_VISITS]:
        told = [one.value for one in record.findings if one.visit == visit.id and one.topic != "contacts"]
        met = [contact.name for contact in visit.note.contacts]
        parts = [*([words.plain("accounts.met", people=words.plain("record.comma").join(met))] if met else []), *told]
        text = shortened(words.plain("record.and").join(parts), words) or words.plain("accounts.only_met")
        lines.append(words.say("accounts.visit", day=words.day(visit.met_on), text=text))
        moves = [one for one in record.deal.changes if one.visit == visit.id]
        lines += [words.say("record.under", text=line) for line in change_lines(moves, words)]
    corrections = [one for one in record.deal.changes if not one.visit and one.before != one.after]
    lines += [words.say("record.corrected", day=words.day(one.on), text=change_line(one, words)) for one in corrections]
    if len(record.visits) > _MOST_VISITS:
        lines.append(words.say("accounts.earlier", count=len(record.visits) - _MOST_VISITS))
    return joined(lines)


def rivals_page(record: AccountRecord, words: Phrasebook) -> RichText:
    """Which rivals were named, how often, and when first and last."""
    by_name: dict[str, list[Finding]] = {}
    for one in record.findings:
        if one.topic == "competitors":
            by_name.setdefault(one.value, []).append(one)
    if not by_name:
        return words.say("record.no_rivals", account=record.account.name)
    lines = [words.say("record.rivals", account=record.account.name)]
    for name, mentions in list(by_name.items())[:_MOST_RIVALS]:
        days = words.plain("record.comma").join(words.day(one.met_on) for one in reversed(mentions))
        lines.append(words.say("record.rival", name=name, count=len(mentions), days=days))
        told = next((one for one in mentions if one.quote and one.quote != name), None)
        if told:
            lines.append(words.say("record.under", text=finding_text(told, words)))
    return joined(lines)


def _topic_line(key: str, one: Finding, text: str, words: Phrasebook) -> RichText:
    return words.say(f"record.{key}", topic=words.plain(f"brief.topic_{one.topic}"), text=text)


def _layer(layer: Layer, words: Phrasebook) -> RichText:
    name = words.plain(f"record.layer_{layer.field}")
    if not layer.people:
        return words.say("record.layer_empty", layer=name)
    return words.say("record.layer", layer=name, people=_people(layer.people, words))


def _people(people: tuple[Person, ...], words: Phrasebook) -> str:
    return words.plain("record.comma").join(_person(one, words) for one in people)


def _person(person: Person, words: Phrasebook) -> str:
    name = contact_text(person.name, person.title, words)
    if not person.is_met:
        return words.plain("record.person", name=name, role=words.plain("record.only_named"))
    shown = person.role in set(Role) and person.role not in (Role.UNKNOWN, Role.DECISION_MAKER, Role.COACH, Role.USER)
    return words.plain("record.person", name=name, role=words.plain(f"accounts.role_{person.role}")) if shown else name
