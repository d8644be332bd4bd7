# ruff: noqa: E501 - patterns are read whole, one to a line
"""Who at the customer's moves whom, where a clause plainly says so: 王工听李总的, 采购归生产管, she reports to Dana."""

import re
from collections.abc import Iterator, Sequence

from bot.debriefing.clauses import Clause
from bot.debriefing.names import DEPARTMENTS
from bot.debriefing.person import Person
from bot.debriefing.proposals import Field, Proposal
from bot.domain.visit import RelationKind, relation_text

_FUNCTION = (
    rf"(?:(?:{DEPARTMENTS}|使用|集团|总部)(?:部门?|科|处|中心|那边|这边|口|上|那块)?"
    "|厂长|院长|董事长|总经理|老板|老总|局长|校长|行长|一把手|大老板)"
)
_FUNCTION_ENGLISH = (
    r"(?:purchasing|procurement|production|finance|engineering|maintenance|quality|operations|logistics|legal|IT|R&D"
    r"|plant manager|general manager|managing director|owner|board|C[EFOT]O)(?: (?:team|department|side|people|guys))?"
)
_TOLD = r"(?:.{0,14}?(?:说|告诉我们?|提到|透露|看得出来?|知道|发现|了解到|其实|不过|但是?|而且|所以|因为|反正|里面|内部|他们那?边?|那边))?"
_OFTEN = r"(?:(?:什么|凡|大小)?事?(?:一般|平时|基本上?|其实|主要|直接|还是|也|都|得|要|会|只|最|很|比较|完全|最后|最终|说到底|向来|一直|现在))*"
_REAL = r"(?:(?:真正的?|直接|直属|顶头))?"
_END = r"[了呢啊吧的嘛]*$"
_UNDER = RelationKind.REPORTS_TO
_BY = RelationKind.LISTENS_TO
_CHINESE = (
    (_BY, rf"{_TOLD}WHO{_OFTEN}听从?TO的(?:话|意见|安排|建议|指挥)?{_END}"),
    (_BY, rf"{_TOLD}WHO{_OFTEN}看TO的?(?:脸色|意思|态度){_END}"),
    (_BY, rf"{_TOLD}WHO{_OFTEN}(?:请示|问过?)TO(?:才行|才能定|才敢定|的意见){_END}"),
    (_BY, rf"{_TOLD}TO{_OFTEN}(?:能|可以|说得)?(?:影响|左右|说服|说动|带得?动)(?:得了|得动|到)?WHO{_END}"),
    (_UNDER, rf"{_TOLD}WHO{_OFTEN}(?:向|跟|给|对){_OFTEN}TO(?:直接)?(?:汇报(?:工作)?|报告工作|负责){_END}"),
    (_UNDER, rf"{_TOLD}WHO{_OFTEN}(?:归|由|属于?)TO(?:直接)?(?:管|分管|领导|带|负责){_END}"),
    (_UNDER, rf"{_TOLD}WHO是TO(?:的)?(?:直接)?(?:下属|下级|手下|部下|兵|的人|带出来){_END}"),
    (_UNDER, rf"{_TOLD}TO是WHO的?{_REAL}(?:领导|上级|老板|上司|主管){_END}"),
    (_UNDER, rf"{_TOLD}WHO的{_REAL}(?:领导|上级|老板|上司|主管)(?:就)?是TO{_END}"),
    (_UNDER, rf"{_TOLD}TO{_OFTEN}(?:分管|管着?|领导着?)WHO(?:这块|这一块|那块)?{_END}"),
)
_SAID = r"(?:(?:and|but|so|because|actually|also|apparently|in fact|(?:he|she|they|[A-Z][a-z]+) (?:says?|said|told (?:me|us))(?: that)?)[ ,]+)*(?:the )?"
_MOSTLY = r"(?: (?:always|usually|mostly|really|directly|basically|has to|have to|will|does|only|also|now))*"
_ON_IT = r"(?: (?:on (?:this|that|it|everything|budget|price|spending)|here|there|anyway|directly|now))?$"
_ENGLISH = (
    (
        _UNDER,
        rf"{_SAID}WHO{_MOSTLY} (?:reports?(?: straight| directly| in)?(?: in)? to|answers? to|works under|is managed by) (?:the )?TO{_ON_IT}",
    ),
    (_UNDER, rf"{_SAID}TO (?:is|was) WHO(?:'s|’s|s') (?:direct )?(?:boss|manager|supervisor|superior){_ON_IT}"),
    (_UNDER, rf"{_SAID}WHO(?:'s|’s|s') (?:direct )?(?:boss|manager|supervisor|superior) is (?:the )?TO{_ON_IT}"),
    (_UNDER, rf"{_SAID}TO{_MOSTLY} (?:manages|runs|is in charge of) (?:the )?WHO{_ON_IT}"),
    (
        _BY,
        rf"{_SAID}WHO{_MOSTLY} (?:listens? to|defers? to|follows?|trusts?|takes? (?:his|her|their) lead from) (?:the )?TO{_ON_IT}",
    ),
    (_BY, rf"{_SAID}WHO{_MOSTLY} (?:does|do|goes by|go by) (?:what|whatever) (?:the )?TO says{_ON_IT}"),
    (_BY, rf"{_SAID}WHO{_MOSTLY} needs? (?:the )?TO(?:'s|’s|s') (?:ok|okay|approval|blessing|sign-off){_ON_IT}"),
    (_BY, rf"{_SAID}TO{_MOSTLY} (?:influences|can sway|has influence over) (?:the )?WHO{_ON_IT}"),
)
_SPEAKS_OF_IT = re.compile(
    r"听|脸色|意思|态度|请示|问|影响|左右|[说带]得?[服动]|汇报|报告|负责|归|由|属|管|领导|带|[下部手][属级下]|兵|的人|上[级司]|老板"
    r"|\b(?:reports?|answers?|under|managed|boss|manager|supervisor|superior|manages|runs|charge|listens?|defers?|follows?|trusts?|lead"
    r"|says|needs?|influences?|sway)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"不(?!过)|没|别|未必|是否|吗|谁|哪|如果|要是|假如|可能|好像|似乎|估计|大概|也许|应该|将来|以后"
    r"|\bnot\b|n't\b|never|no longer|\bif\b|whether|maybe|perhaps|probably|might|used to|\bwho\b|\?",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:和|跟|与|、| and (?:the )?)")
_NAME_ENGLISH = r"(?-i:[A-Z][\w'-]+ [A-Z][\w'-]+)"
_PRONOUN = re.compile(r"[他她]|he|she", re.IGNORECASE)


def relations_in(clauses: Sequence[Clause], people: Sequence[Person]) -> Iterator[Proposal]:
    """Proposals for who listens or reports to whom; what is denied, asked or guessed is none.

    He and she are the person of the customer named last before.
    """
    theirs = [person for person in people if not person.ours]
    for clause in clauses:
        if not _SPEAKS_OF_IT.search(clause.text) or _UNSURE.search(clause.text):
            continue
        match = _matched(clause.text, theirs)
        if match is None:
            continue
        kind, found = match
        to = _in_full(found["to"], theirs)
        named_before = [person for person in theirs if person.start < clause.start + found.start("who")]
        for said in _JOINED.split(found["who"]):
            who = _whom(named_before) if _PRONOUN.fullmatch(said) else _in_full(said, theirs)
            if who and to and who != to:
                details = {"who": who, "to": to, "kind": kind.value}
                yield Proposal(Field.RELATION, relation_text(who, to), clause.text, details=details)


def _matched(words: str, people: Sequence[Person]) -> tuple[RelationKind, re.Match[str]] | None:
    is_chinese = bool(re.search("[\u4e00-\u9fff]", words))
    said = {part for person in people for part in (person.name, *person.name.split())}
    names = sorted(map(re.escape, said), key=len, reverse=True)
    one = "|".join([*names, _FUNCTION if is_chinese else _FUNCTION_ENGLISH])
    who = rf"(?P<who>(?:{one})(?:{_JOINED.pattern}(?:{one}))*|{'他|她' if is_chinese else 'he|she'})"
    to = rf"(?P<to>{one})" if is_chinese else rf"(?P<to>{one}|{_NAME_ENGLISH})"
    for kind, pattern in _CHINESE if is_chinese else _ENGLISH:
        flags = re.IGNORECASE if not is_chinese else 0
        if match := re.match(pattern.replace("WHO", who).replace("TO", to), words.strip(), flags):
            return kind, match
    return None


def _whom(named_before: Sequence[Person]) -> str:
    """Whom he or she is, "" where nobody is named before."""
    return named_before[-1].name if named_before else ""


def _in_full(said: str, people: Sequence[Person]) -> str:
    """A name as it was said at its longest, and anything else as it is."""
    fuller = [person.name for person in people if set(said.split()) < set(person.name.split())]
    return fuller[0] if fuller else said
