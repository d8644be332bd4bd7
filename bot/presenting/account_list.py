"""The accounts of a rep, and those nobody has been in touch with for too long."""

from collections.abc import Container, Mapping, Sequence
from datetime import date

from bot.domain.account_record import AccountStanding
from bot.domain.rich_text import RichText, joined
from bot.presenting.deal_lines import stage_text
from bot.wording.phrasebook import Phrasebook

PER_PAGE = 8


def account_list(
    shown: Sequence[AccountStanding], cold: Container[str], names: Mapping[str, str], words: Phrasebook, *, count: int
) -> RichText:
    """One line for each account; `names` are the owners whose names may be shown, `cold` the ids of the cold ones."""
    lines = [words.say("accounts.title", count=count)]
    for one in shown:
        line = _line(one, names.get(one.account.owner, ""), words)
        lines.append(joined([line, words.say("record.cold_mark")], "") if one.account.id in cold else line)
    return joined(lines)


def cold_list(cold: Sequence[AccountStanding], today: date, words: Phrasebook, *, count: int) -> RichText:
    """The cold accounts with how long and at which stage, the longest silence first."""
    if not cold:
        return words.say("record.cold_none")
    lines = [words.say("record.cold_title", count=count)]
    for one in cold:
        stage = stage_text(one.stage, words) if one.stage else words.plain("record.no_stage")
        days = (today - (one.last_met or today)).days
        lines.append(words.say("record.cold_line", account=one.account.name, days=days, stage=stage))
    return joined(lines)


def _line(one: AccountStanding, owner: str, words: Phrasebook) -> RichText:
    if one.last_met is None:
        return words.say("accounts.line_new", account=one.account.name)
    day = words.day(one.last_met)
    if owner:
        return words.say("accounts.line_by", account=one.account.name, name=owner, day=day)
    return words.say("accounts.line", account=one.account.name, day=day)
