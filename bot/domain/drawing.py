"""What is drawn beside the conversation: an account, or the practice of a rep."""

from datetime import datetime

from bot.domain.message import IncomingMessage
from bot.domain.rep import Rep
from bot.domain.writes import Schedule

DRAW = "draw_pictures"
"""The job that draws what is not drawn yet and sends it."""
PROGRESS = "progress"
"""What is drawn instead of an account: the rep's own practice."""


def drawing(what: str, rep: Rep, asked: IncomingMessage, language: str, at: datetime) -> Schedule:
    """The work of drawing an account by its id, or PROGRESS; asked for again meanwhile it is still done once."""
    payload = {"what": what, "rep": rep.id, "team": rep.team, "language": language}
    return Schedule(DRAW, f"{asked.channel}:{asked.chat}:{what}", at, payload, once=True)
