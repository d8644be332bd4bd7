"""The people a message names, colleagues and introducers marked as ours."""

import re
from dataclasses import replace

from bot.debriefing.people_chinese import chinese_people
from bot.debriefing.people_english import english_people
from bot.debriefing.person import Person
from bot.debriefing.titles import with_title

_OURS = re.compile(
    r"(?:我们|咱们?|我|我司|(?<![\u4e00-\u9fff])公司)(?:的|这边|公司)?(?:[\u4e00-\u9fff]{0,4}(?:领导|老板|同事|经理|总监|总|工程师|技术|售前|售后|客服|助理|老大|主管))?(?:的)?(?:同事)?$|我们?(?:这边)?(?:已经)?(?:派|安排)(?:了|的)?$|(?:同事|搭档|领导|徒弟)(?:的)?$"
)
_BROUGHT = re.compile(r"(?:带|陪|拉|叫|约|跟着)(?:了|着|上)?(?:我们)?(?:的)?[\u4e00-\u9fff]{0,5}$")
_GOING = re.compile(r"(?:一起|一块)?(?:去|过去|上门|跑)")
_OURS_ENGLISH = re.compile(r"\b(?:our|my) (?:own )?(?:[\w-]+ )*$|\bcolleague,? $", re.IGNORECASE)
_INTRODUCER = re.compile(r"^(?:给|帮)?(?:我们?)?(?:介绍|牵(?:的)?线|引荐|推荐|搭(?:的)?桥)(?!了?(?:我们|一下))")


def people_in(message: str, organisations: tuple[str, ...] = ()) -> tuple[Person, ...]:
    """Every mention of a person in the message, in order; colleagues and introducers are marked as ours."""
    mentions = sorted(
        (*chinese_people(message), *english_people(message, organisations)),
        key=lambda person: (person.start, -len(person.name)),
    )
    kept: list[Person] = []
    for person in mentions:
        if not kept or person.start >= kept[-1].end:
            kept.append(replace(with_title(message, person), ours=_is_ours(message, person)))
    return tuple(kept)


def _is_ours(message: str, person: Person) -> bool:
    before, after = message[max(0, person.start - 14) : person.start], message[person.end : person.end + 12]
    clause = re.split(r"[，。,.;；\n]", before)[-1]
    return bool(_BROUGHT.search(clause) and _GOING.match(after)) or bool(
        _OURS.search(clause) or _OURS_ENGLISH.search(clause) or _INTRODUCER.match(after)
    )
