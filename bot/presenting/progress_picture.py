"""What the picture of a rep's practice shows: scores over time, and which parts became better."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from bot.domain.practice import LARGEST, Dimension, PastScore
from bot.presenting.pictures import ProgressPicture, Scored
from bot.wording.phrasebook import Phrasebook

_MOST = 10
_COMPARED = 3
"""So many practices at each end are compared, fewer while there are not twice as many."""


def progress_picture(
    scores: Sequence[PastScore], called: Callable[[str], str], zone: ZoneInfo, words: Phrasebook
) -> ProgressPicture:
    """The picture of these practices, the first one first; `called` names a scenario."""
    shown = scores[-_MOST:]
    compared = min(_COMPARED, len(scores) // 2)
    return ProgressPicture(
        words.plain("picture.progress_title"),
        words.plain("picture.progress_note", count=len(scores), best=max(one.overall for one in scores)),
        tuple(
            Scored(words.day(one.finished_at.astimezone(zone).date()), called(one.scenario), one.overall)
            for one in shown
        ),
        _parts(scores[:compared], scores[-compared:], words) if compared else (),
        words.plain("picture.before", count=compared),
        words.plain("picture.lately", count=compared),
    )


def _parts(
    before: Sequence[PastScore], lately: Sequence[PastScore], words: Phrasebook
) -> tuple[tuple[str, int, int], ...]:
    compared = ((one, _percent(one, before), _percent(one, lately)) for one in Dimension)
    return tuple(
        (words.plain(f"practice.{one.value}"), was, now)
        for one, was, now in compared
        if was is not None and now is not None
    )


def _percent(dimension: Dimension, scores: Sequence[PastScore]) -> int | None:
    """The average of a dimension in percent, None where it was never judged."""
    points = [one.dimensions.get(dimension.value) for one in scores]
    judged = [one for one in points if one is not None]
    return round(100 * sum(judged) / len(judged) / LARGEST[dimension]) if judged else None
