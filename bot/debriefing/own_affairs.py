"""Talk about oneself and one's own company: a boss, expenses, the weekend. It is no news of a customer."""

from bot.debriefing.organisations import organisations_in
from bot.debriefing.people import people_in
from bot.domain.wish import Wish

_LONGEST = 150
"""Bytes: who says more has news among it."""


def is_own_affair(wish: Wish) -> bool:
    """True for a few words about the rep's own affairs that name neither an account nor a customer."""
    if len(wish.text.encode()) > _LONGEST or not wish.says("small_talk.own_cues"):
        return False
    if wish.account or wish.says("small_talk.customer_cues") or organisations_in(wish.text):
        return False
    return wish.says("small_talk.self_cues") or not people_in(wish.text)
