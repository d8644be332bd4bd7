# ruff: noqa: E501 - patterns are read whole, one to a line
"""Which sum of money in a message is the budget of this purchase, and how firm it is."""

import re
from collections.abc import Iterator, Sequence

from bot.debriefing.clauses import Clause
from bot.debriefing.money import amounts_in
from bot.debriefing.proposals import Field, Proposal
from bot.debriefing.wordings import as_noted, says
from bot.domain.visit import BudgetStatus

_MONEY_FOR_IT = r"预算|经费|专项(?:资金|债|款)?|资金(?!链)|额度|拨款|盘子|投资额|投资(?=.{0,8}[万亿])|(?:技改|技措|大修|维修)(?:里|计划|资金|费)|(?:立项|项目|投资|改造|采购|设备)(?:金额|资金|款|费用|的钱)"
_BUDGET = re.compile(
    rf"{_MONEY_FOR_IT}|批了.{{0,6}}[万亿wW]|列了.{{0,8}}[万亿wW]|控制在.{{0,8}}[万亿wW]|(?:合同|单子)(?:额|金额|总价|总额)?[^，。]{{0,6}}[万亿wW]|(?:总价|合同价|成交价)|签了.{{0,10}}[万亿wW]|拿(?:得)?出.{{0,8}}[万亿wW]|(?:的)?钱(?:嘛|呢|不多|就|大约|差不多|走|的话|这块|大概|从|他们|我们部门|部门)[^，。]{{0,16}}|[千万块元kKwW\d][^，。]{0, 4}(?:能|可以|都|就)(?:能|可以)?接受|(?:最多|顶多|封顶)[^，。]{0, 6}[万千块]|(?:手里|手上|账上|今年|明年|年初|部门)[^，。]{0, 6}(?:有|留|备|列|拨|批|划|报|给)[^，。]{0, 8}[万亿wW](?![多几]?(?:台|件|吨|个|人|户|平|辆|份|套|条))|(?:准备|打算|计划|愿意)(?:花|出|投|拿)[^，。]{0, 8}[万亿wW千]|(?:留|备|拨|划)(?:了|出)[^，。]{0, 6}[万亿wW]|块一年的|没(?:有)?钱|资金紧|[万亿wW]的(?:单子|合同|订单)|"
    r"\bbudget\w*|\bfund(?:s|ing|ed)\b|\ballocated\b|\bset aside\b|\b(?:they|he|she) (?:have|has|had|got|put)\b[^.,]{0,14}?(?:\d[\d.,]*\s?(?:k\b|m\b|million|thousand)|(?:RMB|CNY|USD|\$|€)\s?\d)|\bin (?:the|this year's|next year's) (?:plan|books)\b|\bcan spend\b|\bceiling\b|\bcapped at\b|\bearmarked\b|\bcapex\b|\bsigned\b|\b(?:contract|renewal|order|PO)\b[^.]{0,40}\bapproved\b|\bcontract (?:value|sum|worth)\b|\bspend (?:up to|around|about)\b|\bno money\b|\bmoney (?:isn't|is not) there\b",
    re.IGNORECASE,
)
_NOT_BUDGET = re.compile(
    r"(?:超过|超出|以上)[^，。]{0,8}(?:就|才|都|得|要|必须|需要)|可以(?:直接|自己)?(?:批|签|定)|批.{0,5}万(?:以)?[下内]|权限|签字权|审批权|(?:以上|超过|超出|起)(?:的)?(?:就|才|都|得|要|必须|需要).{0,8}(?:招标|上会|批|报|总部|集团|董事)|万以[上下内](?:他|她|自己|就|可以|直接).{0,6}(?:签|批|定)|以[内下](?:就)?(?:不用|不需要|无需|不必|免)|报价|报了|报的|我们(?:的)?价|给的价|开价|比我们|便宜|贵|损失|亏|罚|赔|营收|产值|销售额|年产|利润|欠|货款|工资|电费|维修费|一年花|"
    r"\b(?:quote[ds]?|quoting|price[ds]?|offer(?:ed)?|limit|threshold|loses?|losing|lost|fine[ds]?|penalt\w+|revenue|turnover|cheaper|costs? them|authori[sz]e|sign (?:up to|off up to)|up to .{0,12} (?:himself|herself|alone)|above|anything over)\b",
    re.IGNORECASE,
)
_GRANTED = re.compile(
    r"批(?:了|下来|好|完|过)|没批|还没(?:批|签)|拨(?:了|下来)|到账|申请了|报上去|钱(?:已经)?(?:批|到|有)|签(?:了|下来|完)|合同(?:签|额|价)|首期|一共|总共|合计|加起来|上限|封顶|最多|"
    r"准备了|给到|给了个数|走(?:公用|办公|维修|运营|信息化|设备)?(?:经费|费用|科目|资金)|自己(?:就)?(?:能|可以)?批|就[^，。]{1,8}(?:块钱|万)的事|(?:的)?(?:技改|改造|专项|设备|采购)(?:款|费|资金)|"
    r"\b(?:approved|granted|signed|set aside|allocated|requested|released|capped|(?:they|he|she)(?:'ve| have|'s| has) (?:got )?)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"预算[^，。]{0,6}(?:[一二两三四五六七八九]百[一二两三四五六七八九]|[一二两三四五六七八九]?十[一二三四五六七八九]?个|\d{2,3}个)(?!人|月|点)"
)
"""A budget told in tens of thousands without saying so, 一百二 or 四十个: the words are kept, the amount is not guessed."""
_SHORT, _SHORT_ENGLISH = 8, 44
_ABOUT = r"估计|大概|大约|差不多|左右|上下|\babout\b|\baround\b|\broughly\b|\bRMB\b|\bCNY\b|¥"
_NAMED = re.compile(rf"{_MONEY_FOR_IT}|\bbudget|\bsigned\b|\brenewal\b|合同", re.IGNORECASE)
_SURE = re.compile(r"预算|经费|\bbudget", re.IGNORECASE)
_STATUS: tuple[tuple[BudgetStatus, str], ...] = (
    (BudgetStatus.NONE, r"没(?:有)?(?:这个|这笔|这块|专项|专门的?|单独的?|做|列|什么|啥)?(?:预算|经费|资金|钱)(?!批|的事|没)|资金(?:很|比较|有点)?紧|(?:额度|预算|经费)(?:今年)?(?:都|全)?(?:投|用|花)(?:到|在|完|光)|(?:预算|经费|资金)(?:被|都|全|已经|又|给|已)*(?:砍|取消|冻结|没了|用完|花完|收回|削)|无预算|no (?:budget|money|funding|funds)(?! (?:issue|problem|concern|worr))|budget (?:is |was |has been |got )?(?:cut|frozen|gone|cancelled|scrapped|slashed|pulled)|money (?:isn't|is not) there|without a budget|not budgeted"),
    (BudgetStatus.PENDING, r"(?:等|要).{0,6}(?:调整|追加)|数目.{0,4}不知道|没(?:有)?(?:正式)?(?:批|下来|到位|定|落实|通过|审|过)|要[^，。]{0,8}才批|未(?:批|定|审|落实|通过|下)|还没|尚未|待(?:批|定|审)|审批(?:中|流程)|在(?:走|批|审|申请|报)|(?:刚|已经?)?报(?:上去|给|到)|申请|要(?:等|报|走|过|上).{0,12}(?:批|会|审|流程)|等.{0,8}(?:批|会|审)|下周.{0,6}批|争取|\brequest\b|goes to|not (?:yet )?(?:been )?(?:approved|signed|released|confirmed|final)|pending|awaiting|waiting for|still (?:needs|has to|to be|waiting|open)|hasn't been|has not been|isn't approved|to be approved|needs (?:\w+ )?approval|requested|applied|subject to"),
    (BudgetStatus.APPROVED, r"批(?:了|下来|好|完|过了|准)|已(?:经)?(?:批|到位|落实|立项|通过|下)|到位|下来了|落实了|有(?:了)?(?:预算|经费)|approve ?了|通过了|定(?:了|下来|死|好)|签了|合同额|列(?:进|入)(?:了)?|立(?:了)?项|approved|confirmed|signed|got the budget|allocated|set aside|earmarked|in place|secured|released"),
)  # fmt: skip


def budget_in(message: str, clauses: Sequence[Clause]) -> Iterator[Proposal]:
    """The best proposal for the budget: the last clause that names one, with a neighbour that says how firm it is."""
    best: tuple[int, Proposal] | None = None
    for index, clause in enumerate(clauses):
        if not _BUDGET.search(clause.text) or (_NOT_BUDGET.search(clause.text) and not _stands_alone(clause.text)):
            continue
        last = clause
        for following in clauses[index + 1 : index + 3]:
            extends = _is_about_money(following.text) and following.sentence - clause.sentence <= (
                0 if amounts_in(last.text) or not _NAMED.search(last.text) else 1
            )
            if not extends or _NOT_BUDGET.search(following.text):
                break
            last = following
        if last is clause and _NAMED.search(clause.text) and not amounts_in(clause.text):
            last = _guessed(clauses, index) or clause
        first = (
            clauses[index + 1] if last is not clause and re.match(r"我(?:们)?(?:又|也|还)?问", clause.text) else clause
        )
        quote = message[first.start : last.end]
        status = status_of(quote)
        if not amounts_in(quote) and status is BudgetStatus.UNKNOWN and not is_counted(quote):
            continue
        weight = (2 if amounts_in(quote) else 0) + (1 if _SURE.search(quote) else 0)
        if best is None or weight >= best[0]:
            best = (weight, Proposal(Field.BUDGET, as_noted(quote), quote, details={"status": status.value}))
    if best is None:
        unnamed = _unnamed(message, clauses)
        if unnamed:
            yield unnamed
    else:
        yield best[1]


def _unnamed(message: str, clauses: Sequence[Clause]) -> Proposal | None:
    """A sum that nobody calls a budget but that was granted, asked for or signed: 「领导批了，四十五万」."""
    for index, clause in enumerate(clauses):
        sums = amounts_in(clause.text)
        if not sums or _NOT_BUDGET.search(clause.text) or says("pain", clause.text):
            continue
        near = [one for one in clauses[max(0, index - 1) : index + 2] if one.sentence == clause.sentence]
        told = [one for one in near if _GRANTED.search(one.text) and not _NOT_BUDGET.search(one.text)]
        if told:
            first, last = min(clause.start, told[0].start), max(clause.end, told[0].end)
            quote = message[first:last]
            return Proposal(Field.BUDGET, as_noted(quote), quote, details={"status": status_of(quote).value})
    return None


def _guessed(clauses: Sequence[Clause], index: int) -> Clause | None:
    """The clause of the same sentence that puts a sum to the budget named before: 「预算不归他管，…，估计两百万上下」."""
    rest = [one for one in clauses[index + 1 : index + 4] if one.sentence == clauses[index].sentence]
    return next(
        (one for one in rest if (re.search(_ABOUT, one.text) or len(one.text) <= _SHORT) and amounts_in(one.text)), None
    )


def status_of(words: str) -> BudgetStatus:
    """How firm the money is, by the words."""
    return next(
        (status for status, pattern in _STATUS if re.search(pattern, words, re.IGNORECASE)), BudgetStatus.UNKNOWN
    )


def is_counted(quote: str) -> bool:
    """True where the budget is a number whose unit goes without saying."""
    return bool(_COUNTED.search(quote))


def _stands_alone(words: str) -> bool:
    return bool(
        re.search(
            r"预算(?:是|有|大概|在|差不多|就|只有|控制|批了|定|总共|一共|给|:|：)?[^，。]{0,6}?[\d一二三四五六七八九十百千两半]|\bbudget (?:is|of|was|around|about)\b",
            words,
            re.IGNORECASE,
        )
    )


def _is_about_money(words: str) -> bool:
    if not re.search(r"[\u4e00-\u9fff]", words) and amounts_in(words) and len(words) < 60:
        return True
    if len(words) > 22 and not amounts_in(words):
        return False
    return (bool(amounts_in(words)) and len(words) < 16) or (
        any(re.search(pattern, words, re.IGNORECASE) for _, pattern in _STATUS)
        and len(words) <= (14 if re.search(r"[\u4e00-\u9fff]", words) else _SHORT_ENGLISH)
    )
