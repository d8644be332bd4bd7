# ruff: noqa: E501 - patterns are read whole, one to a line
"""How reps put a card right, as patterns: this not that, this is that, strike it, move it, it is theirs, undo."""

import re

PAIRS = (
    re.compile(
        r"^(?P<wrong>[^，,。是]{1,14}?)(?:这个)?(?:名字|那里)?(?:写|说|记|听|打)?错了[，,、\s]*(?:应该)?(?:是|叫|姓)\s?(?P<right>[^，,。；;]{1,24})"
    ),
    re.compile(
        r"(?:不是|不叫|不姓|没说)\s?(?P<wrong>[^，,。是叫而]{1,16}?)[，,、\s]*(?:而?是|应该是|叫|姓|改成)\s?(?P<right>[^，,。；;]{1,24})"
    ),
    re.compile(
        r"(?:是|应该是|叫|应该叫|姓)\s?(?P<right>[^，,。是叫]{1,20}?)[，,、\s]*(?:不是|不叫|不姓|而不是)\s?(?P<wrong>[^，,。；;]{1,16})"
    ),
    re.compile(
        r"(?:把)?(?P<wrong>[^，,。]{1,16}?)(?:要|应该|得|都)?(?:改成|改为|换成|更正为|改叫|写成了?)\s?(?P<right>[^，,。；;]{1,30})"
    ),
    re.compile(r"^(?P<right>[^，,。是叫不]{1,20})[，,、\s]*(?:不是|而不是|不叫|不姓)\s?(?P<wrong>[^，,。；;]{1,16})"),
    re.compile(r"^(?P<wrong>[^，,。是]{1,14}?)(?:应该|其实|应)(?:是|叫|姓|为)\s?(?P<right>[^，,。；;]{1,24})"),
    re.compile(
        r"(?:it'?s|it is|should be|that'?s|name is|i meant)\s(?P<right>[^,.;]{2,40}?),?\s(?:and )?not\s(?P<wrong>[^,.;]{2,40})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bnot\s(?P<wrong>[^,.;]{2,40}?),?\s(?:but|it'?s|it is|should be|that'?s)\s(?P<right>[^,.;]{2,40})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:change|correct|set|make|replace|rename)\s(?:the\s)?(?P<wrong>[^,.;]{2,40}?)\s(?:to|into|with)\s(?P<right>[^,;]{2,60})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bmake (?:the )?(?P<wrong>budget|deadline|date|timeline|account|stage)\s(?P<right>[^,;]{2,40})", re.IGNORECASE
    ),
    re.compile(r"^(?P<right>[A-Z][\w.&' ]{1,30}?),? (?:not|instead of|rather than) (?P<wrong>[A-Z][\w.&' ]{1,30})"),
    re.compile(
        r"^(?P<right>[^,;]{2,40}?),? (?:not|instead of|rather than) (?P<wrong>[^,;]{2,40}?)[.!]?$", re.IGNORECASE
    ),
    re.compile(
        r"^(?:the )?(?P<wrong>[^,.;]{2,40}?) (?:should be|should read|is actually|was actually|must be) (?P<right>[^,;]{2,60})",
        re.IGNORECASE,
    ),
)
"""This, not that: `right` takes the place of `wrong`."""

ONLY_RIGHT = re.compile(
    r"^(?:不对|错了|说错了|写错了|名字错了|名字不对|不是)?[，,\s]*(?:应该是|应该叫|应该姓|其实是|是|叫|姓|他姓|她姓)(?P<right>[^，,。；;]{1,16})[。.!！]?$|^(?:no,? |wrong,? )?(?:it'?s|should be|the name is|his name is|her name is)\s(?P<right2>[^,.;]{2,30})[.!]?$",
    re.IGNORECASE,
)
"""Only what is right: what it replaces has to be found."""

ACCOUNT_IS = re.compile(
    r"(?:公司|客户|单位|这家|那家)(?:名|名称|名字)?(?:错了|不对)?[，,\s]*(?:应该)?(?:是|叫|改成|改为)(?P<name>[^，,。；;]{2,24})|^(?:是|这是|去的是|去的)(?P<name3>[^，,。；;]{2,20})(?:的事|的)?$|\b(?:account|company|customer|client)(?: name)?(?: is wrong,? it)?(?: is| should be|'s)\s(?P<name2>[^,.;]{2,40})",
    re.IGNORECASE,
)
TITLE_IS = re.compile(
    r"^(?P<name>[^，,。是]{1,8}?)(?:是|的?(?:职务|职位|头衔)(?:是|改成))(?:他们)?(?:的)?(?P<title>[^，,。；;]{2,14})$|^(?P<name2>[A-Z][\w.' -]{1,30}?)(?:'s title is| is) (?:the |their |a |an )?(?P<title2>[^,.;]{2,40})[.!]?$",
)

FIELDS = {
    "budget": r"(?:这个|这笔)?预算(?:金额|那条)?|金额|(?:the )?budget|amount",
    "visit_date": r"(?:拜访|见面)?(?:日期|日子)|哪天去的|拜访时间|(?:the )?(?:visit )?date|day of the visit",
    "timeline": r"时间(?:表)?|时间点|什么时候定|timeline|timing|deadline",
    "authority": r"拍板(?:的|人|的人)?|决策人|谁拍板|authority|decision[- ]?maker",
    "champion": r"(?:内部)?支持者|内线|帮我们的(?:人)?|champion",
    "competitors": r"(?:竞争)?对手|竞品|竞争|友商|(?:the )?competitors?|competition|rivals?",
    "objections": r"顾虑|异议|担心(?:的)?|(?:the )?objections?|concerns?",
    "needs": r"需求|想要(?:的)?|needs?",
    "pains": r"痛点|难处|痛处|问题|pains?|(?:pain )?points?|problems?",
    "metrics": r"好处(?:有多大)?|效益|metrics?|gains?",
    "commitments": r"待办|下一步|下步|答应的(?:事)?|(?:the )?(?:commitments?|next steps?|to-?dos?|actions?|action items?)",
    "contacts": r"联系人|见的人|人|contacts?|people|who (?:I|we) met",
    "decision_process": r"(?:决策)?流程|怎么定|(?:decision )?process",
    "decision_criteria": r"标准|看重(?:的|什么)?|(?:decision )?criteria",
    "stage": r"阶段|进度|(?:the )?stage|phase",
    "account": r"公司(?:名|名字|名称)?|客户(?:名|名字|名称)?|单位|(?:the )?(?:account|company|customer|client)(?: name)?",
}
"""What reps call the fields of a card, whole words only."""

FIELD_IS = re.compile(
    rf"^(?P<field>{'|'.join(FIELDS.values())})\s?(?:应该|其实|现在)?(?:是|为|在|到了?|：|:| is(?!n't)| was(?!n't)|'s)\s?(?P<value>.+)$",
    re.IGNORECASE,
)
"""A field called by its name, and what it is."""

DROP = re.compile(
    r"^(?:请|把|那就)?(?:去掉|删掉|删除|删了|删去|划掉|拿掉|不要|取消|没提|没说|没聊|没谈|没讲)(?:了|过)?(?P<what>[^，,。；;]{1,30}?)(?:去掉|删掉|划掉|拿掉|这一?条|那一?条|这个|那个)?[。.!！]?$|^(?:把)?(?P<what2>[^，,。；;]{1,30}?)(?:去掉|删掉|删了|划掉|拿掉|不要了|不用记|别记|不算)[。.!！]?$|^(?:没有|没)(?P<what4>(?:竞争)?对手|竞品|顾虑|异议|待办|支持者|[^，,。]{2,12}这回事)[。.!！]?$|"
    r"\b(?:remove|delete|drop|strike|scratch|take out|leave out|forget|lose|get rid of)\s(?:out )?(?:the\s)?(?P<what3>[^,.;]{2,60}?)(?: please)?[.!]?$|^(?:there (?:is|was) |there'?s )?no (?P<what5>competitors?|competition|objections?|concerns?|next steps?|champion)[.!]?$|\b(?:didn'?t|did not|never) (?:mention|discuss|talk about|bring up) (?:a |an |any |the )?(?P<what6>[^,.;]{2,40})",
    re.IGNORECASE,
)
"""What is to be struck."""

ABSENT = re.compile(
    r"^(?P<who>[^，,。没不]{1,8}?)(?:这次|今天|其实|那天)?(?:没去|没来|没在|没到|没参加|没出现|没露面|不在场?|没见(?:到|着)?)[。.!！]?$|^没(?:有)?见(?:到|着)?(?P<who2>[^，,。]{1,8})[。.!！]?$|^(?P<who3>[A-Z][\w.' -]{1,30}?) (?:wasn'?t|was not|isn'?t) (?:there|present|in the meeting|with us)|^(?P<who4>[A-Z][\w.' -]{1,30}?) (?:didn'?t|did not) (?:come|attend|show up|join)|^(?:I|we) (?:didn'?t|did not) (?:meet|see) (?P<who5>[^,.;]{2,30})",
)
"""Who was not there after all."""

NO_SUCH = re.compile(
    r"^(?P<what>[^，,。不]{1,16}?)(?:不是|不算)(?:什么)?(?:竞争)?(?:对手|竞品|难处|痛点|顾虑|需求|待办|支持者|联系人)(?:[，,].{0,6})?[。.!！]?$|^(?P<what2>[\w.' -]{2,40}?) (?:isn'?t|is not|aren'?t) (?:a |an |the |our |their )?(?:competitor|rival|pain|need|objection|next step|champion|contact)s?\b.*$",
    re.IGNORECASE,
)
"""What the card says and should not."""

ORDINAL = re.compile(
    r"第(?P<zh>[一二三四五六\d])(?:条|个|项)|\b(?P<en>first|second|third|fourth|fifth|last)\b|最后(?P<last>一)(?:条|个|项)",
    re.IGNORECASE,
)
ORDINALS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}  # fmt: skip

DUE = re.compile(
    r"^(?:the |their |our |那个|这个)?(?P<what>[^，。,.]{2,24}?)\s*(?:是要?|应该是?|得|定在|\bis due(?: on| by)?|\bis(?: on)?\b)\s*(?P<day>[^，。,]{2,16}?)[。.!！]*$",
    re.IGNORECASE,
)
"""When something agreed is due, said anew."""
MOVE = re.compile(
    r"(?:把)?(?P<what>[^，,。]{0,20}?)(?:时间|日期)?(?:改到|改在|推到|推迟到|延到|延后到|提前到|挪到|调到|定在|换到)(?:了)?(?P<day>[^，,。；;]{2,20})|\b(?:move|push|shift|postpone|reschedule|put)\s(?P<what2>[^,;]{0,40}?)\s?(?:back |forward |off )?(?:to|until|till)\s(?P<day2>[^,;]{2,30})",
    re.IGNORECASE,
)
"""Another day for something agreed."""

THEIRS = re.compile(
    r"(?:是|算|归|由|改成|改给|挪给|移给|放到|该|应该(?:是|由)?|应当由)(?:他们?|客户|对方|她们?|人家)(?:的|来|做|负责|那边|给|发|出|提供|准备|$)|(?:他们|客户|对方|人家)(?:的(?:事|活|待办)|那边的|负责|来做|去做|来办|来发|来准备|做的?$)|不是我们?(?:的|来|做|负责|去|发|出|[。.!！]?$)|"
    r"\b(?:that'?s|it'?s|is|are|was) (?:really )?(?:on |up to |for )?(?:them|theirs|their (?:job|task|side|action|to-?do)|the customer'?s?)\b|\b(?:they|the customer|he|she)(?:'ll| will)? \w+[^,]{0,40},? not (?:us|we|me|I|ours)\b|\b(?:to|on) (?:them|theirs|their side|the customer)\b|\bnot (?:ours|mine|our (?:job|task))\b",
    re.IGNORECASE,
)
OURS = re.compile(
    r"(?:是|算|归|由|改成|改给|挪给|移给|放到|该|应该(?:是|由)?|应当由)(?:我们?|咱们?)(?:的|来|做|负责|这边|给|发|出|提供|准备|$)|(?:我们|咱们|我)(?:的(?:事|活|待办)|这边的|负责|来做|去做|来办|来发|来准备|做的?$)|不是(?:他们?|客户|对方|人家)(?:的|来|做|负责|去|发|出|[。.!！]?$)|"
    r"\b(?:that'?s|it'?s|is|are|was) (?:really )?(?:on |up to |for )?(?:us|me|ours|mine|our (?:job|task|side|action|to-?do))\b|\b(?:we|I)(?:'ll| will)? \w+[^,]{0,40},? not (?:them|they|him|her|the customer)\b|\b(?:to|on) (?:us|ours|our side)\b|\bnot (?:theirs|their (?:job|task))\b",
    re.IGNORECASE,
)
"""Who must act after all."""

ADDED = re.compile(
    r"^(?:还有|还见了|还见到|另外还有|另外|加上|加一个|加个|加一条|加条|补一条|补一个|补充一下|补充|漏了|少了|忘了说|忘说了|对了)[，,：:\s]*(?:一个|一位|一条)?(?P<rest>.+?)(?:也在|也来了|也去了|也见了|也参加了)?[。.!！]?$|^(?P<rest2>.+?)(?:也在|也来了|也在场|也参加了)[。.!！]?$|^(?:also|and|plus|add|missing|forgot)[:,]?\s(?:met |saw |spoke (?:to|with) |one more[:,]? )?(?P<rest3>.+?)(?: was there| too| as well)*[.!]?$|^(?P<rest4>.+?) was (?:also )?there(?: too| as well)?[.!]?$",
    re.IGNORECASE,
)
"""Something to be put beside what the card says."""


def field_named(said: str) -> str | None:
    """The field of the card that these words call by its name, None where they are no such name."""
    bare = re.sub(r"(?:信息|这项|这一?条|那一?条|这个)$", "", said.strip())
    return next((name for name, pattern in FIELDS.items() if re.fullmatch(pattern, bare, re.IGNORECASE)), None)
