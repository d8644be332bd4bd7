"""What the bot could not answer and what did not help, for those who teach it."""

from collections.abc import Sequence

from bot.domain.message import Button, Reply
from bot.domain.rich_text import RichText, joined
from bot.domain.usage import OpenQuestion, Use, UseReport
from bot.wording.phrasebook import Phrasebook

PER_PAGE = 5
_MOST = 5
_LONGEST = 120
_SKILL = "kb"


def weekly_report(report: UseReport, words: Phrasebook) -> Reply:
    """The week's report, with the way to the list and the way to hear it no more."""
    blocks = [[words.say("gaps.report")]]
    if report.questions:
        blocks.append(
            [words.say("gaps.nothing_found", count=len(report.questions)), *_questions(report.questions, words)]
        )
    if report.unhelpful:
        blocks.append([words.say("gaps.unhelpful"), *_uses(report.unhelpful, words)])
    if report.helpful:
        blocks.append([words.say("gaps.helpful"), *_uses(report.helpful, words)])
    if report.methods:
        blocks.append([words.say("gaps.methods"), *_uses(report.methods, words)])
    row = (
        Button(words.plain("gaps.list_button"), f"{_SKILL}:gaps:0"),
        Button(words.plain("gaps.off_button"), f"{_SKILL}:weekly:off"),
    )
    return Reply(joined([joined(block) for block in blocks], "\n\n"), (row,))


def question_list(questions: Sequence[OpenQuestion], page: int, words: Phrasebook) -> Reply:
    """The questions nothing answered, a page at a time, each to be done with or dismissed."""
    start = page * PER_PAGE if 0 <= page * PER_PAGE < len(questions) else 0
    shown = questions[start : start + PER_PAGE]
    lines = [words.say("gaps.title", count=len(questions)) if questions else words.say("gaps.none")]
    lines += [
        words.say("gaps.numbered", number=at, text=one.text[:_LONGEST], times=one.times)
        for at, one in enumerate(shown, start + 1)
    ]
    rows = [
        (
            Button(words.plain("gaps.done_button", number=at), f"{_SKILL}:gapdone:{one.id}"),
            Button(words.plain("gaps.dismiss_button", number=at), f"{_SKILL}:gapdrop:{one.id}"),
        )
        for at, one in enumerate(shown, start + 1)
    ]
    turning: list[tuple[Button, ...]] = []
    if start + PER_PAGE < len(questions):
        turning.append((Button(words.plain("kb.after_button"), f"{_SKILL}:gaps:{start // PER_PAGE + 1}"),))
    return Reply(joined(lines, "\n\n"), (*rows, *turning, (Button(words.plain("kb.all_button"), f"{_SKILL}:list:0"),)))


def _questions(questions: Sequence[OpenQuestion], words: Phrasebook) -> list[RichText]:
    return [words.say("gaps.question", text=one.text[:_LONGEST], times=one.times) for one in questions[:_MOST]]


def _uses(uses: Sequence[Use], words: Phrasebook) -> list[RichText]:
    return [words.say("gaps.use", title=one.title, times=one.times) for one in uses]
