# ruff: noqa: E501 - patterns are read whole, one to a line
"""What date words look like in Chinese and English, and which of them fix no day."""

import re

NUMBER = r"(?:\d{1,3}|[零一二两三四五六七八九十百半]+)"
ENGLISH_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|weds"
ENGLISH_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
ENGLISH_NUMBER = r"(?:\d{1,2}|one|two|three|four|five|six|seven|ten|a|a couple of)"
WEEK = r"(?:个?(?:周|星期|礼拜))"
_FEAST = r"(?:五一|国庆|(?<!双)十一|双十一|春节|中秋|端午|清明|过年|元宵|劳动节|国庆节|春节|双十一|双11|618|圣诞|暑假|寒假|年会|黄金周|开学|放假|入冬|入夏|汛期|旺季|淡季|节|年)"
_CN_DATE = "|".join((
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}",
    r"(?:\d{4}年|今年|明年|后年|去年)?\d{1,2} ?月(?:份)?(?: ?\d{1,2} ?[号日]?| ?底|末|初|上旬|中旬|下旬|中|上半月|下半月)?",
    r"(?:今年|明年|后年|去年)?[一二三四五六七八九十]{1,2}月份?(?:[一二三四五六七八九十]{1,3}[号日]?|底|末|初|上旬|中旬|下旬|中)?",
    r"(?:这|本|上+|下+)?个?月(?:底|末|初|中旬?|上旬|下旬|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[号日])",
    r"(?:下+|上+|这|本)个?月(?!台|结|产)",
    rf"(?:下+|上+|这|本){WEEK}(?:[一二三四五六日天1-6](?![0-9个十百千万])|末|内|初|底)?",
    r"(?<![一二两三四五六七八九十每半几])(?:周|星期|礼拜)(?:[一二三四五六日天](?![个十百千万次趟回])|末)",
    r"大后天|大前天|[前昨今明后]天|[昨今明][日晚早儿]|前晚|当天",
    rf"{NUMBER}(?:个?(?:工作)?日|天|个?(?:周|星期|礼拜)|个?月)(?:之?后|以后|之?内|以内|左右|之?前|以前)",
    r"(?<![\d.])\d{1,2}[号](?!楼|线|机|门|厂|车|店|院)",
    r"(?<![\d一二三四五六七八九十])[一二三四五六七八九十]{1,3}号(?!楼|线|机|门|厂|车|店|院)",
    r"(?:今|明|后|去|本)?年(?:底|末|初|中)|(?:今|明|后|去)年(?:[上下]半年|[一二三四]季度|Q[1-4]|开春|春节|五一|国庆|春天|夏天|秋天|冬天)?",
    r"(?:今年|明年)?(?:第?[一二三四]|下|上|这|本)个?季度(?:末|底|初)?|(?:今年|明年)?[上下]半年|(?<![A-Za-z])Q[1-4](?!\d)(?:末|底|初)?",
    rf"元旦|{_FEAST}(?=之?[前后]|期间|里|里头|以[前后]|左右|一过|过[后完])|(?:五一|国庆|(?<!双)十一|双十一|春节|中秋|端午|清明)(?=放假|开工|左右)?",
))  # fmt: skip
_EN_DATE = "|".join((
    r"\d{4}-\d{2}-\d{2}",
    r"(?:the )?day (?:after tomorrow|before yesterday)|today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening)|last night",
    rf"(?:(?:early|mid|late)[ -])?{ENGLISH_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {ENGLISH_MONTH}(?:,? \d{{4}})?",
    rf"(?:(?:by )?the )?end of (?:the |this |next )?(?:{ENGLISH_MONTH}|week|month|quarter|year|Q[1-4])|year[ -]end|month[ -]end|quarter[ -]end|EOY|EOM|EOW",
    rf"(?:early|mid|late)[ -](?:{ENGLISH_MONTH}|next (?:week|month|year|quarter)|Q[1-4]|week|month|year)",
    rf"(?:(?:on |by |before |until )?(?:next|this|last|coming|this coming) )?(?:{ENGLISH_DAY})\b(?: (?:of )?(?:next week|week|after next|this week|last week))?",
    r"(?:the )?week after next|(?:next|last|this) (?:week|month|quarter|year|shutdown|holiday|season|audit|break|peak|spring|summer|autumn|fall|winter)",
    rf"(?:in|within)(?: about| the next)? {ENGLISH_NUMBER} (?:business |working )?(?:day|week|month)s?(?:' time)?|{ENGLISH_NUMBER} (?:day|week|month)s? (?:ago|from now|later)",
    r"Q[1-4](?: (?:this year|next year|\d{4}))?|(?:first|second) half of (?:the|next|this) year|(?:the )?\d{1,2}(?:st|nd|rd|th)(?! (?:floor|time|line|anniversary))",
    r"(?:before|after|by) the (?:\w+ )?(?:shutdown|holidays?|season|summer|winter|spring|autumn|audit|break|peak)",
    rf"(?:in|by|before|from|until|till|since|during|for|this|next|last) {ENGLISH_MONTH}(?: \d{{4}})?|new year(?:'s)?|christmas|easter",
))  # fmt: skip
_TAIL = r"(?:之?前|以前|之?后|以后|之?内|以内|左右|期间|的?(?:上午|下午|早上|晚上|中午|傍晚|晚|早))?"
ANY_DATE = re.compile(rf"(?:{_CN_DATE}){_TAIL}|\b(?:by |before )?(?:{_EN_DATE})(?:\b|(?<=\.))", re.IGNORECASE)
EDGES = re.compile(
    r"^(?:在|到|就|by |before |on |until |till |in (?=[A-Z])|coming )*(?:the )?|(?:之?前|以前|的?(?:上午|下午|早上|晚上|中午|傍晚|早|晚)"
    r"(?:[一二三四五六七八九十\d]{1,2}点半?)?|左右|期间|(?<!this) (?:morning|afternoon|evening)| at .*)$",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"旬|前后|(?<!天)(?<!日)(?<!周)(?<!期)(?<!拜)(?<!月)(?:以|之)?后$|下周之?后|月初|月中|年初|年中|季度初|周初|左右$|^(?:节|年(?![底末])|过年|暑假|寒假|年会|黄金周|开学|放假|入冬|入夏|汛期|旺季|淡季)|半年|季$|[春夏秋冬]天|开春"
    r"|^(?:early|mid|late)\b|shutdown|holiday|season|audit|break|peak|spring|summer|autumn|fall\b|winter|half of",
    re.IGNORECASE,
)
