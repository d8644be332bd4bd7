"""When a voice note or photo that lies with us is read."""

from datetime import datetime

from bot.domain.kept_file import KeptFile
from bot.domain.rep import Rep
from bot.domain.writes import Schedule

READ_FILE = "read_file"
"""The job that listens to a voice note or reads a photo."""


def reading(file: KeptFile, rep: Rep, language: str, at: datetime) -> Schedule:
    """The work of reading it at this time; for a file that waits already that work is moved."""
    payload = {"file": file.id, "rep": rep.id, "team": rep.team, "language": language}
    return Schedule(READ_FILE, file.id, at, payload)
