# ruff: noqa: E501 - patterns are read whole, one to a line
"""A message cut into clauses that know where they stand, so that every value can point back to its words."""

import itertools
import re
from dataclasses import dataclass

_SENTENCE_END = re.compile(
    r"[。！!？?；;\n]+|(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bvs)(?<!\bSt)(?<!\bNo)(?<!\bapprox)\.(?=\s|$)|…+"
)
_COMMA = re.compile(r"[，：]|——+|--+|,(?!\d{3})|:(?!\d)|\s[-–—]\s|—|(?<=[一-鿿])\s+(?=[一-鿿])")
_ENGLISH_JOINT = re.compile(
    r"\s(?=(?:but|because|so|although|while|whereas|which means)\s)|\s(?=and (?:he|she|they|we|I|it|the|his|her|their|our|that|also|then|wants?|needs?|asked|agreed|promised|said|has|is|will)\b|and (?-i:[A-Z][a-z]+) (?:will|is|has|wants|said|agreed|promised|thinks|needs)\b|and (?:the|every|each|their|its|our|agents|staff|operators|people|customers|workers|nurses|drivers|planners)\b[\w ]{0,28}?\b(?:is|are|has|have|costs?|takes?|re-?type|spends?|gets?|needs?|will|can|keeps?|still|was|were)\b)"
)
_CHINESE_JOINT = re.compile(
    r"(?<=[^，。])(?=然后|但是|不过|另外|而且|所以|还有就是|最后(?![一终])|接下来|下一步|同时|他说|她说|他们说)"
)
_RUN_ON_JOINT = re.compile(
    r"(?=然后|但是|不过|另外|而且|所以|因为|还有|最后(?!一)|接下来|下一步|同时|就是(?!说)|说是|(?<!我)(?:他|她)(?:就|也|还|们)?(?:说|想|要|希望|觉得|看|问|答应)|他们(?!的)|我(?:们)?(?:说|答应|让|就|这边|明天|后天|下周|回去)|让我|预算|钱(?:是|从|的话)|时间上|主要|现在|目前|已经|希望|约(?:好|了)|见(?:到)?了|担心|一个是|第[一二三]|学校这边|公司这边|开学前|(?<![上下这])(?:今年|明年|年底|月底|下周|下个月))"
)
_RUN_ON, _SHORTEST = 34, 6
_LONG = 14


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its words, where they start in the message and which sentence they belong to."""

    text: str
    start: int
    sentence: int

    @property
    def end(self) -> int:
        """Where the clause ends in the message."""
        return self.start + len(self.text)


def clauses_of(message: str) -> tuple[Clause, ...]:
    """The clauses of a message in order, without the marks between them."""
    found: list[Clause] = []
    for number, (start, end) in enumerate(_pieces(message, 0, len(message), _SENTENCE_END)):
        for left, right in _pieces(message, start, end, _COMMA):
            for first, last in _long_cut(message, left, right):
                clause = _trimmed(message, first, last, number)
                if clause:
                    found.append(clause)
    return tuple(found)


def _pieces(message: str, start: int, end: int, mark: re.Pattern[str]) -> list[tuple[int, int]]:
    pieces, left = [], start
    for match in mark.finditer(message, start, end):
        pieces.append((left, match.start()))
        left = match.end()
    pieces.append((left, end))
    return [(first, last) for first, last in pieces if message[first:last].strip()]


def _long_cut(message: str, start: int, end: int) -> list[tuple[int, int]]:
    if end - start <= _LONG:
        return [(start, end)]
    if end - start > _RUN_ON and re.search(r"[一-鿿]", message[start:end]):
        cuts = [start, *_run_on_cuts(message, start, end), end]
        return [(left, right) for left, right in itertools.pairwise(cuts)]
    joint = _CHINESE_JOINT if re.search(r"[一-鿿]", message[start:end]) else _ENGLISH_JOINT
    cuts = [start, *(match.start() for match in joint.finditer(message, start + 4, end - 2)), end]
    return list(itertools.pairwise(cuts))


def _run_on_cuts(message: str, start: int, end: int) -> list[int]:
    """Where speech without marks is cut: before words that open a new statement, no piece shorter than a few signs."""
    cuts = [start]
    for match in _RUN_ON_JOINT.finditer(message, start, end):
        if match.start() - cuts[-1] >= _SHORTEST and end - match.start() >= _SHORTEST:
            cuts.append(match.start())
    return cuts[1:]


def _trimmed(message: str, start: int, end: int, sentence: int) -> Clause | None:
    text = message[start:end]
    lead = len(text) - len(text.lstrip(" \t、\"'“”‘’()（）[]【】"))
    text = text.strip(" \t、\"'“”‘’[]【】")
    if text.count("(") < text.count(")") or text.count("（") < text.count("）"):
        text = text.rstrip(")） ")
    return Clause(text, start + lead, sentence) if text and message[start + lead :].startswith(text) else None
