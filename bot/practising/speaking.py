"""What a model needs to speak for the customer, and whether what it said may be shown.

The model never decides anything: reaction, facts and objection are settled before it is asked, and a line
that leaks, invents or steps out of the part gives way to the line of the library.
"""

import re
from collections.abc import Mapping

from bot.domain.practice import Speaker
from bot.practising.characters import Fact, Reaction
from bot.practising.cues import has, is_chinese
from bot.practising.next_step import accepts
from bot.practising.objections import objection_in
from bot.practising.simulation import CustomerReply, PracticeState
from knowledge.cleaning.approval_marks import carries_mark

_LONGEST = {"zh": 160, "en": 420}
_LATEST_TURNS = 6
_KEPT = 0.4
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[一二两三四五六七八九十百千半几]+(?=[个天周月年万成家台批条次小套点%％])")
_ALWAYS_OWN_LINE = frozenset({Reaction.LEAVE, Reaction.ACCEPT, Reaction.REFUSE})


def may_speak(reply: CustomerReply) -> bool:
    """Whether a model may put this answer into its own words; decisions keep the words of the library."""
    return reply.reaction not in _ALWAYS_OWN_LINE and reply.ending is None


def speaking_inputs(state: PracticeState, reply: CustomerReply) -> Mapping[str, str]:
    """The inputs of the prompt `practice_customer` for this answer."""
    names = {Speaker.REP: "S", Speaker.CUSTOMER: "C"}
    latest = state.turns[:-1][-_LATEST_TURNS:]
    return {
        "customer": state.scenario.customer,
        "voice": state.persona.voice,
        "known": "\n".join(f"- {fact.line}" for fact in state.facts(told=True)) or "-",
        "talk": "\n".join(f"{names[turn.speaker]}: {turn.text}" for turn in latest),
        "line": reply.text,
    }


def may_be_shown(state: PracticeState, reply: CustomerReply, spoken: str) -> bool:
    """Whether a model's words stay in the part, keep the reaction, and hold nothing that is not told."""
    spoken = spoken.strip()
    language = state.scenario.language
    if not spoken or len(spoken) > max(_LONGEST[language], 2 * len(reply.text)) or carries_mark(spoken):
        return False
    if is_chinese(spoken) is not (language == "zh") or has("speaking.out_of_part", spoken):
        return False
    return _keeps(reply, spoken) and not _leaks(state, reply, spoken)


def _keeps(reply: CustomerReply, spoken: str) -> bool:
    """The same thing is said: most words and every number of the line, an objection still one, no step accepted."""
    if accepts(spoken) and has("step.date", spoken) and reply.reaction is not Reaction.ACCEPT:
        return False
    if objection_in(reply.text) is not None and objection_in(spoken) is None:
        return False
    line = _pieces(reply.text)
    if reply.facts and set(_NUMBER.findall(reply.text)) - set(_NUMBER.findall(spoken)):
        return False
    return not line or len(line & _pieces(spoken)) >= _KEPT * len(line)


def _leaks(state: PracticeState, reply: CustomerReply, spoken: str) -> bool:
    """A number nobody has said, or a part of a fact still locked."""
    open_text = "\n".join([reply.text, state.scenario.briefing, *(turn.text for turn in state.turns)])
    said = set(_NUMBER.findall(open_text))
    if any(number not in said for number in _NUMBER.findall(spoken)):
        return True
    return any(_tells(fact, spoken, open_text) for fact in state.facts(told=False))


def _tells(fact: Fact, spoken: str, open_text: str) -> bool:
    secret = _pieces(fact.line) - _pieces(open_text)
    shared = secret & _pieces(spoken)
    return len(shared) >= 3 and len(shared) * 4 >= len(secret)


def _pieces(text: str) -> set[str]:
    if is_chinese(text):
        runs = re.findall(r"[\u4e00-\u9fff]+", text)
        return {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return set(re.findall(r"[a-z]{4,}", text.lower()))
