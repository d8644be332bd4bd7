# ruff: noqa: E501 - patterns are read whole, one to a line
"""Names heard in a message against the team's accounts and contacts: exact, likely, several candidates, or new."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.debriefing.names import ORGANISATION, RANKS
from bot.debriefing.person import surname_of

_PLACES = re.compile(
    r"^(?:中国|上海|北京|广东|浙江|江苏|山东|深圳|广州|苏州|杭州|成都|重庆|天津|武汉|南京|宁波|无锡|青岛|西安|长沙|东莞|佛山)(?:市|省)?"
)
_FORM = re.compile(rf"(?:{ORGANISATION})+$")
_LIKELY, _CLOSE = 82.0, 12.0


class Certainty(StrEnum):
    """How sure a match is."""

    EXACT = "exact"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account of the team with the other names it goes by."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownContact:
    """A contact of the team, with the account he belongs to."""

    name: str
    account: str = ""
    title: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What the team knows already; empty when nothing is."""

    accounts: tuple[KnownAccount, ...] = ()
    contacts: tuple[KnownContact, ...] = ()

    @property
    def account_names(self) -> tuple[str, ...]:
        """Every name and alias of every account."""
        return tuple(name for account in self.accounts for name in (account.name, *account.aliases))


@dataclass(frozen=True, slots=True)
class Match:
    """The outcome of matching one heard name; `candidates` are the team's own names, best first."""

    heard: str
    certainty: Certainty
    candidates: tuple[str, ...] = ()

    @property
    def name(self) -> str | None:
        """The one name meant, None where it is new or has to be asked."""
        return self.candidates[0] if self.certainty in (Certainty.EXACT, Certainty.LIKELY) else None


def match_account(heard: str, known: Sequence[KnownAccount]) -> Match:
    """The team's account that the heard name means."""
    exact = [account.name for account in known if _folded(heard) in map(_folded, (account.name, *account.aliases))]
    if exact:
        return Match(heard, Certainty.EXACT if len(exact) == 1 else Certainty.AMBIGUOUS, tuple(exact))
    return _best(heard, {account.name: (account.name, *account.aliases) for account in known}, _account_likeness)


def match_contact(heard: str, known: Sequence[KnownContact], account: str | None = None) -> Match:
    """The team's contact that the heard name means, among those of the account where one is given."""
    pool = [contact for contact in known if account is None or contact.account in ("", account)]
    exact = [contact.name for contact in pool if _folded(heard) in map(_folded, (contact.name, *contact.aliases))]
    if exact:
        return Match(heard, Certainty.EXACT if len(exact) == 1 else Certainty.AMBIGUOUS, tuple(exact))
    return _best(heard, {contact.name: (contact.name, *contact.aliases) for contact in pool}, _contact_likeness)


def _best(heard: str, names: dict[str, tuple[str, ...]], likeness: Callable[[str, str], float]) -> Match:
    scored = sorted(
        ((max(likeness(heard, form) for form in forms), name) for name, forms in names.items()), reverse=True
    )
    likely = [(score, name) for score, name in scored if score >= _LIKELY]
    if not likely:
        return Match(heard, Certainty.NEW)
    rivals = [name for score, name in likely if likely[0][0] - score < _CLOSE]
    return Match(heard, Certainty.LIKELY if len(rivals) == 1 else Certainty.AMBIGUOUS, tuple(rivals))


def _account_likeness(heard: str, name: str) -> float:
    from rapidfuzz import fuzz

    one, other = _folded(heard), _folded(name)
    core_one, core_other = _core(one), _core(other)
    if core_one and core_one == core_other:
        return 98.0
    if _abbreviates(one, other) or _abbreviates(other, one):
        return 90.0
    if min(len(core_one), len(core_other)) >= 2 and (
        core_other.startswith(core_one) or core_one.startswith(core_other)
    ):
        return 92.0
    if _sound(core_one) == _sound(core_other):
        return 94.0
    spelled = fuzz.ratio(core_one, core_other)
    sounded = fuzz.ratio(_sound(core_one), _sound(core_other)) if len(core_one) > 1 else 0.0
    return max(spelled, sounded - 6 if len(core_one) == len(core_other) else sounded - 14)


def _contact_likeness(heard: str, name: str) -> float:
    from rapidfuzz import fuzz

    one, other = surname_of(heard), surname_of(name)
    rank_one, rank_other = _rank(heard), _rank(name)
    agree = 0.0 if rank_one and rank_other and rank_one != rank_other else 1.0
    if re.search("[A-Za-z]", heard + name):
        left, right = _folded(heard), _folded(name)
        part = 90.0 if left in right.split() or right in left.split() else fuzz.ratio(left, right)
        return max(part, 86.0 if one.lower() == other.lower() and re.match(r"(?:mr|ms|mrs|dr)\b", left) else 0.0)
    if one == other:
        return 95.0 if heard == name else 84.0 + 6 * agree if _short(heard) or _short(name) else fuzz.ratio(heard, name)
    if _sound(one) == _sound(other) or _near_sound(one, other):
        return 76.0 + 8 * agree + (4 if _sound(one) == _sound(other) else 0)
    return fuzz.ratio(_sound(heard), _sound(name)) - 14 if len(heard) > 2 else 0.0


def _folded(name: str) -> str:
    return re.sub(r"[\s·（）()]", "", name).lower() if re.search("[\u4e00-\u9fff]", name) else name.strip().lower()


def _core(name: str) -> str:
    bare = _FORM.sub("", _PLACES.sub("", name))
    bare = re.sub(r"\b(?:inc|ltd|llc|corp|co|gmbh|group|company|limited)\.?$", "", bare).strip(" ,.")
    return bare if len(bare) >= 2 else name


def _abbreviates(short: str, long: str) -> bool:
    """True for 中行 and 中国银行, 工大 and 工业大学: signs of the long name in order, from its first, over its parts."""
    if not re.fullmatch("[\u4e00-\u9fff]{2,4}", short) or len(long) <= len(short) or short[0] != long[0]:
        return False
    position = 0
    for sign in short:
        position = long.find(sign, position) + 1
        if not position:
            return False
    return short[-1] in long[-2:]


def _sound(name: str) -> str:
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(name))


def _near_sound(one: str, other: str) -> bool:
    """True where southern speech or a recogniser mixes the two: 黄 and 王, 陈 and 程, 林 and 李 not."""
    mild = [
        re.sub(r"^h(?=u)|^w", "", sound)
        .replace("ng", "n")
        .replace("uan", "an")
        .replace("zh", "z")
        .replace("ch", "c")
        .replace("sh", "s")
        .replace("l", "n")
        for sound in (_sound(one), _sound(other))
    ]
    return mild[0] == mild[1]


def _rank(name: str) -> str | None:
    match = re.search(rf"(?:{RANKS})$", name)
    return match[0] if match else None


def _short(name: str) -> bool:
    return bool(_rank(name)) or bool(re.match("[老小阿]", name)) or len(name) <= 2
