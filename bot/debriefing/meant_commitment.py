"""Which open commitment is meant when a rep says that one is done, or moves it to another day."""

import re
from collections.abc import Sequence
from datetime import date

from bot.domain.account import Commitment
from bot.domain.wish import Wish

_FILLING = re.compile(
    r"已经|刚刚|刚才|过去|过来|出去|一下|他们|我们|客户|那边|那个|这个|完了|好了|早上|上午|下午|"
    r"\b(?:the|and|for|with|them|they|our|has|have|had|was|been|already|just|done|sent|send|give|move|push|to|on)\b",
    re.IGNORECASE,
)
_HAN = "\u3400-\u9fff"
_NAMED = 2


def commitments_meant(wish: Wish, open_ones: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """Those that the words fit best: by account and by what is to be done; with no such words, those due by today."""
    scored = [(_fit(wish.text, one), one) for one in open_ones]
    best = max((score for score, _ in scored), default=0)
    if best:
        return tuple(one for score, one in scored if score == best)
    return _due(open_ones, wish.today) if _says_no_thing(wish) else ()


def _fit(said: str, commitment: Commitment) -> int:
    name = _named(said, commitment.account_name)
    rest = said.replace(name, " ") if name else said
    return (_NAMED if name else 0) + len(_words(rest) & _words(commitment.action))


def _named(said: str, account: str) -> str:
    """The part of the account's name that stands in the words: all of it, its first two signs or its first word."""
    short = account.split()[0] if account.isascii() and account else account[:2]
    forms = (account, short) if len(short) > 1 else (account,)
    return next((form for form in forms if form and form.lower() in said.lower()), "")


def _words(text: str) -> frozenset[str]:
    """Words of Latin letters and pairs of Chinese signs, without those that say nothing."""
    bare = _FILLING.sub(" ", text.lower())
    pairs = {run[at : at + 2] for run in re.findall(f"[{_HAN}]+", bare) for at in range(len(run) - 1)}
    return frozenset(pairs | set(re.findall(r"[a-z0-9]{3,}", bare)))


def _says_no_thing(wish: Wish) -> bool:
    """True for 办完了, "done", 改到周四: the words name nothing but that it is settled."""
    return wish.says("todo.bare_cues")


def _due(open_ones: Sequence[Commitment], today: date) -> tuple[Commitment, ...]:
    due = tuple(one for one in open_ones if one.due is not None and one.due <= today)
    return due or tuple(open_ones[:1] if len(open_ones) == 1 else ())
