"""What is told of a plan before anything is written."""

from collections.abc import Iterator, Sequence

from bot.domain.message import Button, Reply
from bot.domain.rich_text import RichText, joined
from bot.importing.plan import Left, Plan
from bot.wording.phrasebook import Phrasebook

_MOST_REASONS, _MOST_ROWS, _MOST_NAMES = 8, 8, 6


def report_of(plan: Plan, words: Phrasebook, *, name: str) -> RichText:
    """About one phone screen: what is added, what is left out with row numbers and why, which columns nobody uses."""
    comma = words.plain("accounts.comma")
    new = plan.new_accounts
    lines = [words.say("import.title", name=name)]
    if plan.is_empty:
        lines.append(words.say("import.nothing_new"))
    else:
        lines.append(words.say("import.adds", accounts=len(new), people=plan.new_people))
        if new:
            lines.append(words.say("import.such_as", names=comma.join(new[:_MOST_NAMES])))
    known = len(plan.accounts) - len(new)
    lines += [words.say("import.known", count=known)] if known else []
    lines += list(_left(plan.left, words))
    if plan.strangers:
        lines.append(words.say("import.strangers", names=comma.join(sorted(plan.strangers)[:_MOST_NAMES])))
    if plan.unread:
        lines.append(words.say("import.unread", names=comma.join(plan.unread[:_MOST_NAMES])))
    if plan.columns.unused:
        lines.append(words.say("import.unused", names=comma.join(plan.columns.unused[:_MOST_NAMES])))
    return joined(lines)


def done_reply(plan: Plan, words: Phrasebook, change: str, *, revises: str = "") -> Reply:
    """What was added, with the way back; in place of the message of this label."""
    text = words.say("import.done", accounts=len(plan.new_accounts), people=plan.new_people)
    row = (Button(words.plain("import.undo_button"), f"import:undo:{change}"),)
    return Reply(text, (row,), revises=revises)


def plan_reply(plan: Plan, words: Phrasebook, *, name: str, revises: str = "") -> Reply:
    """The report, with the question whether to go on when there is anything to add."""
    report = report_of(plan, words, name=name)
    row = tuple(Button(words.plain(f"import.{action}_button"), f"import:{action}") for action in ("yes", "no"))
    return Reply(report, () if plan.is_empty else (row,), revises=revises)


def _left(left: Sequence[Left], words: Phrasebook) -> Iterator[RichText]:
    """Rows left out by reason; what each is about where it helps to mend it."""
    if not left:
        return
    yield words.say("import.left_out", count=len(left))
    by_reason: dict[tuple[str, str], list[int]] = {}
    for one in left:
        about = one.about if one.reason == "like_another" else ""
        by_reason.setdefault((one.reason, about), []).append(one.row)
    for (reason, about), rows in list(by_reason.items())[:_MOST_REASONS]:
        numbers = words.plain("accounts.comma").join(str(row) for row in rows[:_MOST_ROWS])
        more = words.plain("import.more_rows", count=len(rows)) if len(rows) > _MOST_ROWS else ""
        yield words.say(f"import.left_{reason}", rows=f"{numbers}{more}", about=about)
    if len(by_reason) > _MOST_REASONS:
        yield words.say("import.more_reasons", count=len(by_reason) - _MOST_REASONS)
