"""A brief as it stands on a phone."""

import re
from collections.abc import Sequence
from datetime import date

from bot.coaching.account_facts import Dispute
from bot.coaching.brief import Brief, BriefQuestion, Gap, OpeningStep
from bot.coaching.citations import stands_in
from bot.coaching.sayings import Saying
from bot.coaching.screen import said
from bot.domain.account import Commitment
from bot.domain.finding import Finding, FindingState
from bot.domain.points_told import LeftOpen
from bot.domain.rich_text import RichText, joined
from bot.wording.phrasebook import Phrasebook

_MOST_KNOWN = 7
_MOST_OWED = 4
_LONGEST = {"zh": 40, "en": 90}


def brief_page(brief: Brief, words: Phrasebook) -> RichText:
    """The whole brief, about a phone screen or two."""
    page = _Page(words)
    return joined(
        [
            page.title(brief),
            *page.aim(brief),
            *page.known(brief),
            *page.disputed(brief.disputed),
            *page.owed("brief.ours", brief.ours),
            *page.owed("brief.theirs", brief.theirs),
            *page.left_open(brief.left_open),
            *page.questions(brief.questions),
            *page.approved(brief.approved),
            *page.opening(brief),
            *page.gaps(brief.gaps),
        ]
    )


class _Page:
    def __init__(self, words: Phrasebook) -> None:
        self._words = words

    def title(self, brief: Brief) -> RichText:
        about = [part for part in (brief.account, brief.person, brief.stage) if part]
        return self._words.say("brief.title", about=" · ".join(about))

    def aim(self, brief: Brief) -> list[RichText]:
        return [self._words.say("brief.aim", text=brief.aim)] if brief.aim else []

    def known(self, brief: Brief) -> list[RichText]:
        if brief.is_general:
            return [self._words.say("brief.nothing_known")]
        lines = [self._known_line(one) for one in _most_telling(brief.known)]
        return [self._words.say("brief.known"), *lines] if lines else []

    def disputed(self, disputes: Sequence[Dispute]) -> list[RichText]:
        lines = [self._dispute_line(one) for one in disputes]
        return [self._words.say("brief.disputed"), *lines] if lines else []

    def left_open(self, left: LeftOpen | None) -> list[RichText]:
        if left is None:
            return []
        names = (self._words.plain(f"card.topic_{point.value}") for point in left.points)
        text = self._words.plain("brief.comma").join(names)
        return [self._words.say("brief.left_open", text=text, day=self._words.day(left.day))]

    def owed(self, key: str, commitments: Sequence[Commitment]) -> list[RichText]:
        lines = [
            self._words.say("brief.owed_by", action=self._short(one.action), due=self._day(one.due))
            if one.due
            else self._words.say("brief.owed", action=self._short(one.action))
            for one in commitments[:_MOST_OWED]
        ]
        return [self._words.say(key), *lines] if lines else []

    def questions(self, questions: Sequence[BriefQuestion]) -> list[RichText]:
        lines = [
            self._words.say("brief.question_about", number=at, said=self._short(one.about.value), text=one.text)
            if one.about
            else self._words.say("brief.question", number=at, text=one.text)
            for at, one in enumerate(questions, start=1)
        ]
        return [self._words.say("brief.questions"), *lines] if lines else []

    def approved(self, sayings: Sequence[Saying]) -> list[RichText]:
        lines = [said(one, self._words) for one in sayings]
        return [self._words.say("brief.approved"), *lines] if lines else []

    def opening(self, brief: Brief) -> list[RichText]:
        lines = [self._opening_line(step, brief.person) for step in brief.opening]
        return [self._words.say("brief.opening"), *lines] if lines else []

    def gaps(self, gaps: Sequence[Gap]) -> list[RichText]:
        by_method: dict[str, list[str]] = {}
        for gap in gaps:
            by_method.setdefault(gap.method, []).append(gap.name)
        comma = self._words.plain("brief.comma")
        lines = [
            self._words.say(
                "brief.gap",
                method=self._words.plain(f"brief.method_{method.replace('-', '_')}"),
                names=comma.join(names),
            )
            for method, names in by_method.items()
        ]
        return [self._words.say("brief.gaps"), *lines] if lines else []

    def _opening_line(self, step: OpeningStep, person: str) -> RichText:
        if step.about:
            return self._words.say(f"brief.open_{step.field}", name=step.name, about=self._short(step.about))
        if step.field == "rapport" and person:
            return self._words.say("brief.open_greeting", name=step.name, person=person, prepare=step.prepare)
        if step.field == "purpose":
            return self._words.say("brief.open_first_time", name=step.name)
        return self._words.say("brief.open_prepare", name=step.name, prepare=step.prepare)

    def _known_line(self, one: Finding) -> RichText:
        topic = self._words.plain(f"brief.topic_{one.topic}")
        text, day = self._short(one.value), self._day(one.met_on)
        if one.state is FindingState.CONFIRMED:
            day = self._words.plain("brief.day_confirmed", day=day)
        if not one.quote:
            return self._words.say("brief.known_noted", topic=topic, text=text, day=day)
        if stands_in(_letters(one.value), _letters(one.quote)):
            said = text if stands_in(one.value, one.quote) else self._short(one.quote)
            return self._words.say("brief.known_line", topic=topic, text=said, day=day)
        return self._words.say("brief.known_quoted", topic=topic, text=text, quote=self._short(one.quote), day=day)

    def _dispute_line(self, dispute: Dispute) -> RichText:
        topic = self._words.plain(f"brief.topic_{dispute.later.topic}")
        sides = [one for one in (dispute.later, dispute.earlier) if one is not None]
        said = [
            self._words.plain("brief.side", said=self._short(one.quote or one.value), day=self._day(one.met_on))
            for one in sides
        ]
        return self._words.say("brief.dispute", topic=topic, sides=self._words.plain("brief.against").join(said))

    def _day(self, day: date) -> str:
        months = self._words.list_of("brief.months")
        return self._words.plain("brief.day", month=months[day.month - 1], day=day.day)

    def _short(self, text: str) -> str:
        longest = _LONGEST[self._words.language]
        return text if len(text) <= longest else text[: longest - 1] + "…"


def _most_telling(known: Sequence[Finding]) -> list[Finding]:
    """The latest of every topic before further ones, in the order known."""
    first: dict[str, Finding] = {}
    for one in known:
        first.setdefault(one.topic, one)
    chosen = [*first.values(), *(one for one in known if one not in first.values())][:_MOST_KNOWN]
    return [one for one in known if one in chosen]


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text)
