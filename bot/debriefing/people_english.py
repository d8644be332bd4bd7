# ruff: noqa: E501 - patterns are read whole, one to a line
"""Mentions of people by Latin names, told from firms and sentence openings by the words around them."""

import re
from collections.abc import Iterator

from bot.debriefing.cues import words_of
from bot.debriefing.names import EN_SUFFIX
from bot.debriefing.person import Person
from bot.debriefing.titles import TITLE_AFTER, TITLE_BEFORE

_GIVEN = r"[A-Z][a-zà-ÿ]+(?:-[A-Z][a-z]+)?"
_SURNAMED = r"(?:(?:van|de|von|der|den|la|O'|Mc)\s?)*[A-Z][A-Za-zà-ÿ'-]+"
_HONORIFIC = re.compile(rf"\b(?P<name>(?:Mr|Ms|Mrs|Dr|Miss|Prof|Professor|Madam)\.? {_SURNAMED}(?: {_SURNAMED})?)")
_EN_CONTEXT_BEFORE = re.compile(
    r"(?:\b(?:met|meet|with|saw|spoke to|spoke with|talked to|talked with|ask|asked|told|by|see|contact|named|Meet|Met|Saw|With)\s(?:up with\s)?)$|(?:跟|和|见|见了|找|约|叫|的|给|是|与|，|。|老板|老总|经理|总监|主管)\s?$",
    re.IGNORECASE,
)
_EN_CONTEXT_AFTER = re.compile(
    r"^(?:'s (?:team|boss)|\s(?:said|says|told|wants?|wanted|asked|asks|mentioned|thinks|thought|agreed|promised|will|would|is|was|has|needs|likes?|liked|complained|explained|confirmed|also|admitted|worries|worried|"
    r"hates|runs|signs|decides|prefers|hopes|introduced|pushed|offered|knows|can|loves|loved|hinted|warned|suggested|insisted|expects|feels|reports|from|in|at|didn't|doesn't|won't)\b|\s?(?:说|也|是|觉得|希望|问|提|想|要|答应|担心|那边))"
)


def english_people(message: str, organisations: tuple[str, ...]) -> Iterator[Person]:
    """Every mention of a person by a Latin name that is no organisation's."""
    not_given = frozenset(words_of("no_given_names"))
    for match in _HONORIFIC.finditer(message):
        yield Person(match["name"], match.start())
    for match in re.finditer(rf"(?<![A-Za-z0-9.'-]){_GIVEN}(?: {_SURNAMED}){{0,3}}(?![A-Za-z0-9-])", message):
        words, start = match[0].split(), match.start()
        while words and words[0] in not_given:
            start += len(words[0]) + 1
            words = words[1:]
        ends = next((index for index, word in enumerate(words) if word in not_given), len(words))
        name = " ".join(words[: min(ends, 3)]).removesuffix("'s")
        if (
            not name
            or (words[0].endswith("ed") and len(words[0]) > 5)
            or any(name in known or known in name for known in organisations)
            or re.match(r"\s?的\s?[A-Z]", message[start + len(name) :])
        ):
            continue
        if _is_person(message[max(0, start - 60) : start], message[start + len(name) :], name):
            yield Person(name, start)


def _is_person(before: str, after: str, name: str) -> bool:
    if re.search(rf"\b{EN_SUFFIX}\b", name) and " " in name:
        return False
    if re.search(r"\b(?:at|visited|left|into|by)\s$", before) and not re.match(r",? (?:from|in) ", after):
        return False
    titled = bool(TITLE_AFTER.match(after)) or bool(TITLE_BEFORE.search(before) and re.search(r"[a-z]", before))
    return (
        titled
        or bool(_EN_CONTEXT_AFTER.match(after))
        or (
            bool(_EN_CONTEXT_BEFORE.search(before))
            and bool(re.match(r"[,.;)\s]|$|[\u4e00-\u9fff]", after))
            and not re.match(r"\s(?:Ltd|Inc|Group|Corp)", after)
        )
    )
