# ruff: noqa: E501 - patterns are read whole, one to a line
"""Which accounts a message speaks of, and which parts of it belong to each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.debriefing.organisations import Mention, organisations_in

_SEVERAL = re.compile(
    r"第[一二三]家|(?:跑|走|去|见|访|约|看|转)了?(?:一下)?[两二三四五几]家|[两三四几]个客户|[两三四]家(?:客户|医院|公司|厂|单位|学校)|几个客户|[两三四五几]个(?:单子|项目)|更新一下|分别|另外|然后(?:又|再)?(?:去|到|跑|转)|接着|最后(?:路过|去|到)|下午(?:去|到|跑|又|在|转|拜访|见|跟)|上午.*下午|还(?:去|跑|见|拜访)了|又(?:去|跑|见|拜访)了|转到|路过|顺路|"
    r"[两三几]件事|[一二]是|\b(?:two|three) things\b|\b(?:two|three|several) (?:calls|visits|meetings|customers|accounts)\b|\b(?:second|then|also|afterwards|in the afternoon|after that)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One account with the parts of the message that speak of it; nameless where no account is named."""

    name: str | None
    spans: tuple[tuple[int, int], ...]

    def covers(self, position: int) -> bool:
        """True where that position of the message belongs to this account."""
        return any(first <= position < last for first, last in self.spans)


def stretches_of(message: str, known: Sequence[str] = (), others: Sequence[str] = ()) -> tuple[Stretch, ...]:
    """The accounts of the message in order, each with its parts; `others` names people and rivals, who are none."""
    mentions = organisations_in(message, known, others)
    if not mentions:
        return (Stretch(None, ((0, len(message)),)),)
    groups = _grouped(mentions)
    accounts = _accounts(groups, message)
    marks = sorted((mention.start, name) for name in accounts for mention in groups[name] if mention.weight > 1)
    marks = marks or [(groups[accounts[0]][0].start, accounts[0])]
    spans: dict[str, list[tuple[int, int]]] = {name: [] for name in accounts}
    for index, (start, name) in enumerate(marks):
        begin = 0 if index == 0 else _clause_start(message, start)
        end = _clause_start(message, marks[index + 1][0]) if index + 1 < len(marks) else len(message)
        if end > begin:
            spans[name].append((begin, end))
    return tuple(Stretch(name, tuple(parts)) for name, parts in spans.items() if parts)


def _grouped(mentions: Sequence[Mention]) -> dict[str, list[Mention]]:
    """Mentions under the longest form of their name."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        key = next((name for name in groups if _same(name, mention.name)), None)
        if key is not None and len(mention.name) > len(key):
            groups[mention.name] = groups.pop(key)
            key = mention.name
        groups.setdefault(key or mention.name, []).append(mention)
    return groups


def _accounts(groups: dict[str, list[Mention]], message: str) -> list[str]:
    """The names that are accounts: the strongest first mention, and more where the message goes on to them."""
    strength = {name: max(mention.weight for mention in listed) for name, listed in groups.items()}
    best = max(strength.values())
    first = next(name for name, weight in strength.items() if weight == best or weight >= 3)
    accounts = [first]
    for name, weight in strength.items():
        start = next(mention.start for mention in groups[name] if mention.weight == weight)
        told = message[max(0, _clause_start(message, start) - 6) : start]
        goes_on = bool(_SEVERAL.search(message)) and (bool(_SEVERAL.search(told)) or _opens_sentence(message, start))
        if (
            name != first
            and (weight == 5 or (weight >= 3 and goes_on) or (weight == 4 and _opens_sentence(message, start)))
        ) or (name != first and weight == 2 and goes_on and _opens_sentence(message, start)):
            accounts.append(name)
    return sorted(accounts, key=lambda name: groups[name][0].start)


def _opens_sentence(message: str, position: int) -> bool:
    before = re.split(r"[。.!！?？；;：:\n]", message[:position])[-1]
    return len(before.strip()) <= 12


def _clause_start(message: str, position: int) -> int:
    marks = [message.rfind(mark, 0, position) for mark in "，。,；;！!？?\n."]
    return max(marks) + 1


def _same(one: str, other: str) -> bool:
    """True where two mentions are one account: equal, or one a shorter form of the other."""
    short, long = sorted((one.lower(), other.lower()), key=len)
    return short == long or long.startswith(short) or (long.endswith(short) and len(short) >= len(long) / 2)
