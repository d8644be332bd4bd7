# ruff: noqa: E501 - patterns are read whole, one to a line
"""Where the deal stands and how the customer feels about it, where the words tell."""

import re
from collections.abc import Iterator, Sequence

from bot.debriefing.clauses import Clause
from bot.debriefing.cues import cue
from bot.debriefing.proposals import Field, Proposal
from bot.debriefing.wordings import says
from bot.domain.visit import Sentiment, Stage

_NEED = r"(?:^|他们?|她们?|客户|所以|主要|还|很)(?:想|希望|要|打算|计划|考虑)(?:找|要|上|换|做|买|装|用|建|改|加|能|在|把|一)|\bneeds?\b|\brequirements?\b|\blooking for\b|\bwants?\b"
_STAGES: tuple[tuple[Stage, str], ...] = (
    (Stage.LOST, r"丢(?:了(?!不)|单)|(?:单子|项目|那边|这单|那单|基本)?(?:黄了|凉了)|(?:单子|项目)(?:丢|没)了|没(?:中标|戏了)|落标|(?:项目|单子)(?:给了|归了)|输给|选了别|签给了|给了别|\blost (?:the (?:deal|bid|order|tender)|it to|to)|\b(?:went|going|go|moving ahead|moved ahead) with (?!us|it|the (?:pilot|trial))|\bchose (?!us)"),
    (Stage.PAUSED, r"暂停|搁置|先放一放|先缓|缓一缓|停了下来|项目(?:停|冻结|取消|延后|推迟|推到)|推到(?:明年|下半年|年后)|今年(?:不(?:换|买|做|上|考虑)|没(?:有)?预算|先?不动|[^，。]{0,10}(?:指标|额度)[^，。]{0,4}(?:没下来|用完))|明年[^，。]{0,6}再(?:说|来|看|谈)|\bnothing before\b|\bbudget (?:was |got |has been )?(?:cut|frozen)|冻结|叫停|\bon hold\b|\bpaused?\b|\bpostponed\b|\bfrozen\b|\bshelved\b"),
    (Stage.RENEWAL, r"续约|续签|增购|加购|追加|扩容|再(?:买|订|加|采购)[一二两三四五六七八九十\d]|二期|复购|加单|从[^，。]{1,8}加到|\brenew\w*|\bexpan(?:d|sion)\b|\bupsell|\badd(?:itional)? (?:more )?(?:seats|licen[cs]es|units|lines)"),
    (Stage.AFTER_SALES, r"售后|维修|报修|保养|投诉(?:我们|了我们)|返修|坏了(?:让我们|[^，。]{0,6}没人(?:修|管|来))|\bwarranty (?:claim|repair|case)\b|\bunder warranty\b|\bafter[- ]sales\b|\bservice (?:call|ticket|visit)\b"),
    (Stage.DELIVERY, r"(?:安装|调试|实施|交付|验收|进场|培训)(?:完|好|了|中|阶段|进度|已经|快|开始|顺利|还差|没完)|在(?:安装|调试|实施|交付)|上线了|已经(?:装|到货|发货)|\b(?:commissioning|installation|rollout|go-live) (?:is|went|was|started|done|finished|on track)\b|\binstalled (?:it|the|two|three)\b"),
    (Stage.CONTRACT, r"签(?:合同|约|了|下来)(?!.{0,3}(?:权|字))|合同(?:签|条款|盖章|在走|审批|发过|已经)|盖章|走合同|[号日]签(?=$|，|。)|合同额|\bsign(?:ed|ing) (?:the )?(?:contract|agreement|PO|deal)\b|\bsigned(?: today| yesterday)?(?=$|[.,!])|\bcontract (?:is )?(?:signed|ready|in legal)\b|\bPO (?:is )?(?:issued|received|coming)\b"),
    (Stage.NEGOTIATION, r"商务谈判|谈(?:价|商务|合同|条款|付款)|谈崩|(?:降|让)[^，。]{0,6}(?:个点|几个点)|分[一二两三四五几\d]+期付|(?:按|改)(?:月|季度?|年)付|砍(?:价|到)|压价|让(?:我们)?(?:再)?(?:降|让)(?!低)|账期|付款方式|降价|(?:价格?|价钱|报价)[^，。]{0,8}降|要求降到|打[一二三四五六七八九]?[一二三四五六七八九]折|再便宜|让利|\bnegotiat\w+|\bpayment terms\b|\bdiscount\b|\bfinal price\b"),
    (Stage.TENDER, r"(?:走|参加|按|准备|月份?的?|发|出|等)(?:公开|邀请)?招标(?!(?:以上|限))|[^，。以上]{1,6}招标(?:推迟|延期|提前|改到|定在)|招标(?:文件|公告|书|结果|流程来)|投标|开标|评标|标书|挂网|(?:没|未)?中标|邀标|竞争性谈判|竞争性磋商|\btender\b|\bRFP\b|\bRFQ\b|\bbid(?:s|ding)?\b"),
    (Stage.QUOTE, r"报(?:价|了价)|要(?:个)?(?:报价|价格)|出(?:个|份)?报价|报价单|我们报|\bquot(?:e|ed|ation)\b|\bpricing\b"),
    (Stage.TRIAL, r"试用|试机|试切|试焊|试穿|试吃|试种|试[一二两三四五六七八九十半几\d]+(?:个|天|周|台|次|片|批)|先试|(?:机器|设备|样品|样机|系统)?试了|样机|测试|试产|试点|打样|送样|小批量|样品|试运行|试跑|POC|试装|\bpilot\b|\btrial\b|\bsamples?\b|\bproof of concept\b|\btest (?:run|unit|batch)\b"),
    (Stage.SOLUTION, r"(?:讲|介绍|看|交流|讨论|汇报|演示|过|聊|提交|给|出).{0,6}(?:方案|产品|系统|demo)|方案(?:交流|讲解|汇报|评审|初稿)|技术交流|演示|\bdemo\w*|\bpresent(?:ed|ation)\b|\bproposal\b|\bsolution\b|\bworkshop\b"),
    (Stage.NEEDS, rf"需求|调研|摸底|{_NEED}"),
    (Stage.FIRST_CONTACT, r"第一次|初次|头一回|首次|刚认识|新客户|加了微信|递了名片|换了名片|认识了|陌拜|\bfirst (?:meeting|visit|call|time)\b|\bintro(?:ductory)? (?:call|meeting)\b|\bcold call"),
)  # fmt: skip


def stage_in(clauses: Sequence[Clause]) -> Iterator[Proposal]:
    """The furthest stage that a clause gives away."""
    if any(
        re.search(r"第一次(?:去|见|拜访|接触|上门)|初次|\bfirst (?:meeting|visit|call)\b", clause.text, re.IGNORECASE)
        for clause in clauses
    ):
        order = sorted(_STAGES, key=lambda pair: pair[0] is not Stage.FIRST_CONTACT)
    else:
        order = list(_STAGES)
    for stage, pattern in order:
        for clause in clauses:
            if re.search(pattern, clause.text, re.IGNORECASE):
                yield Proposal(Field.STAGE, stage.value, clause.text)
                return
    wish = next((clause for clause in clauses if says("need", clause.text)), None)
    hurt = wish or next((clause for clause in clauses if says("pain", clause.text)), None)
    if hurt is not None:
        yield Proposal(Field.STAGE, Stage.NEEDS.value, hurt.text)


def sentiment_in(text: str) -> Sentiment:
    """The customer's attitude by the words; neutral where they balance or say nothing."""
    negative = len(cue("negative").findall(text))
    positive = sum(
        1
        for match in cue("positive").finditer(text)
        if not re.search(r"(?:不|没|没有|\bnot|n't)\s?(?:太|很|怎么|\w+ )?$", text[: match.start()])
    )
    if negative > positive:
        return Sentiment.NEGATIVE
    return Sentiment.POSITIVE if positive > negative else Sentiment.NEUTRAL
