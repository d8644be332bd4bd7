"""How likely two names are one firm: its own name, its trade, short forms, slips and sounds."""

import re
from dataclasses import dataclass

from bot.debriefing.name_sounds import near_sound, sound_of
from bot.debriefing.names import ORGANISATION

_PLACES = re.compile(
    r"^(?:中国|上海|北京|广东|浙江|江苏|山东|深圳|广州|苏州|杭州|成都|重庆|天津|武汉|南京|宁波|无锡|青岛|西安|长沙|东莞|佛山)(?:市|省)?"
)
_LEGAL = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|集团公司|分公司|总公司|公司|集团|股份|控股)+$|,?\s+(?:inc|ltd|llc|corp|co|plc|gmbh|ag|group|company|limited|corporation|holdings?)\.?$",
    re.IGNORECASE,
)
_TRADE = re.compile(rf"(?:{ORGANISATION})+$")


def firm_likeness(heard: str, name: str) -> float:
    """From 0 to 100 how likely the heard name means the firm of this name."""
    from rapidfuzz import fuzz

    one, other = _FirmName.of(heard), _FirmName.of(name)
    if one.bare == other.bare:
        return 98.0
    if _abbreviates(one.whole, other) or _abbreviates(other.whole, one):
        return 90.0
    short, long = sorted((one.bare, other.bare), key=len)
    if len(short) >= 2 and long.startswith(short) and not (short.isascii() and long[len(short)].isalnum()):
        return 92.0
    if sound_of(one.bare) == sound_of(other.bare) and len(one.bare) > 1:
        return 94.0
    if one.trade and other.trade and one.trade != other.trade and fuzz.ratio(one.trade, other.trade) < 60:
        return 0.0
    if sound_of(one.core) == sound_of(other.core) and len(one.core) > 1:
        return 94.0
    if len(one.core) == len(other.core) > 1 and near_sound(one.core, other.core) and one.trade == other.trade:
        return 78.0
    same_trade = bool(one.trade) and one.trade == other.trade
    return fuzz.ratio(one.core, other.core) if same_trade else fuzz.ratio(one.bare, other.bare)


@dataclass(frozen=True, slots=True)
class _FirmName:
    """A firm's name as written, without its legal form and place, and that cut into what is its own and its trade."""

    whole: str
    bare: str
    core: str
    trade: str

    @classmethod
    def of(cls, name: str) -> "_FirmName":
        whole = folded(name)
        legal = _LEGAL.sub("", whole).strip(" ,.") or whole
        bare = _PLACES.sub("", legal)
        bare = bare if len(bare) >= 2 else legal
        if bare.isascii():
            core, _, trade = bare.rpartition(" ")
            return cls(whole, bare, core or bare, trade if core else "")
        core = _TRADE.sub("", bare)
        return cls(whole, bare, core, bare[len(core) :]) if len(core) >= 2 else cls(whole, bare, bare, "")


def _abbreviates(short: str, long: _FirmName) -> bool:
    """True for 中行 and 中国银行, 建行 and 中国建设银行, IBM and International Business Machines.

    The signs of the short name stand in the long one in order, from its first or second, and end with its end.
    """
    if re.fullmatch("[a-z]{2,6}", short):
        words = long.whole.split()
        return len(words) > 1 and short == "".join(word[0] for word in words)
    forms = (long.whole, long.bare, _PLACES.sub("", long.whole))
    return bool(re.fullmatch("[\u4e00-\u9fff]{2,4}", short)) and any(_stands_for(short, form) for form in forms)


def _stands_for(short: str, long: str) -> bool:
    if len(long) <= len(short) or short[0] not in long[:2]:
        return False
    position = 0
    for sign in short:
        position = long.find(sign, position) + 1
        if not position:
            return False
    return short[-1] in long[-2:] and not long.startswith(short)


def folded(name: str) -> str:
    """A name as it is compared: without spaces and brackets where it is Chinese, in small letters."""
    return re.sub(r"[\s·（）()]", "", name).lower() if re.search("[\u4e00-\u9fff]", name) else name.strip().lower()
