# ruff: noqa: E501 - patterns are read whole, one to a line
"""Mentions of people in Chinese: surname and title, 老周 and 小陈, title and full name, 姓于."""

import re
from collections.abc import Iterator

from bot.debriefing.lexicon import is_everyday_word
from bot.debriefing.names import ANY_SURNAME, DEPARTMENTS, RANKS, SURNAME, TITLE
from bot.debriefing.person import Person

_FOLLOW = "吃碰说倒那才一直早刚特真比被本主私帮透口态意心嘴松点拍签负所以做拿估没先后随当等回拉跑催找推挺支力觉认建非十分也在是对就跟和都还不没很要会给问讲提觉表希想来去带把让又最之今明下有反担答负这那聊谈见看拍管已刚约介主同把为叫电打发定出到过了的和与、，"
_NEVER_GIVEN = (
    _FOLLOW
    + "周一二三四五六日七八九十万千百个几两条次找讲厂部处科公司他她我你们这那什么哪里后前上下左右内外里经理主任总监老师技术生产采购设备财务信息的"
)
_NOT_A_PERSON = re.compile(
    rf"^(?:(?:{DEPARTMENTS})|车队|船队|高级|车间|包装|成本|常务|施工|经营|党委|宣传|办公|时候|平台|应用|管理|商务|广告|成型|左右|所有|方便|全部|单位|方案|任何|应该|成品|高工|白班|夜班|单子|万一|"
    r"和平|安排|易于|关于|对于|由于|等于|终于|冷库|冷链|温度|水处|许多|老总|大老|解决|包括|常规|费用|牛奶|文件|文化|古建|金属|石油|石化|应收|支行|分行|成都|温州|广州|常州|郑州|杭州|徐州|江西|江苏|河南|陕西|云南|"
    r"那边|这边|关心|关注|关系|项目|柜员|黄金|白天|钢厂|纸厂|药厂|陶瓷厂|汽车厂|马上|高层|高管|毛病|毛利|章程|路上|方面|方法|方向|金额|金融|季度|安全|安装|左边|游客|欧洲|关键|华东|华南|华北|夏天|温室|孔径|万元|费率|成功|单价|应急|包装)"
)
_RANKED = re.compile(
    rf"(?P<name>(?P<surname>{ANY_SURNAME})(?P<given>[\u4e00-\u9fff]{{0,2}}?))(?P<rank>{RANKS})(?!部门|办公|会议|家|们的产|事务所)"
)
_FAMILIAR = re.compile(rf"(?P<name>[老小阿]{ANY_SURNAME})(?=[{_FOLLOW}。！？；,.\s]|$)")
_TITLED = re.compile(rf"(?P<title>{TITLE})(?:是|叫|的)?(?:一个)?\s?(?P<name>{ANY_SURNAME}[\u4e00-\u9fff]{{1,2}})")
_SURNAME_ONLY = re.compile(rf"姓{ANY_SURNAME}(?=[，。；,;.\s]|$|的|没|也|在|说|他|她)")
_LATIN_TITLED = re.compile(rf"(?<=[A-Za-z] )(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})(?=[，。、,;；\s]|$|说|和|跟)")
_CALLED = re.compile(
    rf"(?:叫|联系人是?|对接人是?|见了?|遇到了?|介绍了?|负责人是?|认识了?|碰到了?)(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})(?=[，。,（(的、和跟]|说|$)"
)


def chinese_people(message: str) -> Iterator[Person]:
    """Every mention of a person by Chinese words, overlapping ones too."""
    for match in _RANKED.finditer(message):
        if match["given"] and re.match(ANY_SURNAME, match["given"][-1]) and _inside_word(message, match.start()):
            yield Person(match["given"][-1] + match["rank"], match.end() - len(match["rank"]) - 1)
            continue
        odd = match["given"] and (len(match["rank"]) == 1 or set(match["given"]) & set(_NEVER_GIVEN))
        if not _NOT_A_PERSON.match(match[0]) and not odd and not _part_of_word(message, match):
            yield Person(match[0], match.start())
    for match in _FAMILIAR.finditer(message):
        if match["name"] not in (
            "老是",
            "老板",
            "老师",
            "小时",
            "老总",
            "小于",
            "小单",
            "小包",
            "老单",
            "老成",
            "小成",
            "老万",
        ):
            yield Person(match["name"], match.start("name"))
    for match in _SURNAME_ONLY.finditer(message):
        yield Person(match[0], match.start())
    for pattern in (_TITLED, _CALLED, _LATIN_TITLED):
        for match in pattern.finditer(message):
            name = _cut_name(message, match["name"])
            if name and not _NOT_A_PERSON.match(name) and not is_everyday_word(name[:2]):
                yield Person(name, match.start("name"))


def _inside_word(message: str, position: int) -> bool:
    """True where the sign before continues a word, so that a name can hardly start here."""
    before = message[position - 1 : position]
    return bool(re.match("[\u4e00-\u9fff]", before)) and before not in "的是了见和跟与有到找约叫让给说问给对向被由"


def _part_of_word(message: str, match: re.Match[str]) -> bool:
    """True where the surname is the tail of a longer word: 项目经理, 工程部, 安全主管."""
    before, rank = message[: match.start()], match["rank"]
    if match["given"] or len(match["surname"]) > 1:
        return False
    return bool(re.search(rf"(?:{DEPARTMENTS}|分管|主管|主任|责任)$", before + match["surname"])) or bool(
        len(rank) == 1 and rank in "处局科" and not re.match(rf"[{_FOLLOW}。；;.\s]|$", message[match.end() :])
    )


def _cut_name(message: str, name: str) -> str:
    """The name without a following word that the pattern took along: 刘芳说 is 刘芳."""
    if len(name) > 2 and name[1] in "总工董处科局":
        return name[:2]
    while len(name) > 2 and name[-1] in _FOLLOW:
        name = name[:-1]
    return "" if name[-1] in _FOLLOW else name
