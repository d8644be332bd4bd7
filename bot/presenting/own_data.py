"""What is a rep's own as one file he can keep: profile, practice, raw words, what was promised."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.domain.message import File

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "profile": (
        "id",
        "name",
        "role",
        "language",
        "time_zone",
        "notice_version",
        "notice_at",
        "outside_model",
        "keeps_audio",
        "evening_hour",
        "work_days",
        "silent_until",
        "outside_speech",
        "created_at",
    ),
    "practice": ("id", "scenario", "started_at", "finished_at", "state", "scorecard"),
    "draft": ("id", "heard_on", "changed_at", "status", "words"),
    "commitment": ("id", "who", "action", "due", "done_at"),
    "file": ("id", "sent_at", "state", "draft_id", "pieces"),
}
"""What of each kind is the rep's own; ids of accounts, visits and teams are not."""
_CALLED = {
    "profile": "profile",
    "practice": "practices",
    "draft": "raw_words",
    "commitment": "commitments",
    "file": "recordings_and_photos",
}


def own_data_file(own: Mapping[str, Sequence[Mapping[str, object]]], at: datetime) -> File:
    """The rep's own things as a JSON file, named for the day."""
    written = {
        "exported_at": at.isoformat(timespec="seconds"),
        **{
            _CALLED[kind]: [{name: row.get(name) for name in names} for row in own.get(kind, ())]
            for kind, names in _COLUMNS.items()
        },
    }
    text = json.dumps(written, ensure_ascii=False, indent=2, default=_plain)
    return File(f"ridealong-{at.date().isoformat()}.json", "application/json", f"{text}\n".encode())


def with_contents(own: File, contents: Mapping[str, bytes]) -> File:
    """The file and these beside it, by name, as one archive; unchanged without any."""
    if not contents:
        return own
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in {own.name: own.content, **contents}.items():
            out.writestr(name, content)
    return File(own.name.replace(".json", ".zip"), "application/zip", archive.getvalue())


def _plain(value: object) -> str:
    """Days and moments as ISO text; anything else has no business here."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be exported")
