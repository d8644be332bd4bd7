"""The card of a method for one account: each field with its state and the words it rests on."""

from bot.domain.account_record import AccountRecord
from bot.domain.finding import Letter, LetterState, letters_of
from bot.domain.method_fields import fields_not_discussed
from bot.domain.rich_text import RichText, joined
from bot.presenting.finding_lines import finding_text, sides_text
from bot.wording.phrasebook import Phrasebook
from knowledge.library_entries import FieldQuestion, Library

CARDS = ("meddic", "bant", "six-questions", "downstairs", "opportunity-check")
"""The methods that have a card, in the order offered."""
_MOST = 2


def letters_for(method: str, record: AccountRecord, library: Library) -> tuple[Letter, ...]:
    """The fields of a method for this account."""
    entry = library.entry(method)
    open_ones = fields_not_discussed(visit.note for visit in record.visits)
    return letters_of(method, entry.words("fields") if entry else (), record.findings, open_ones)


def method_card(method: str, record: AccountRecord, library: Library, words: Phrasebook) -> RichText:
    """The card, with the question that fills the first open field."""
    entry = library.entry(method)
    if entry is None:
        raise KeyError(method)
    asked = entry.text(words.language).fields
    letters = letters_for(method, record, library)
    name = words.plain(f"record.card_{method.replace('-', '_')}")
    known = sum(bool(letter.findings) for letter in letters)
    lines = [words.say("record.card", name=name, account=record.account.name, known=known, all=len(letters))]
    lines += [_line(letter, asked[letter.field], words) for letter in letters]
    gap = next((letter for letter in letters if not letter.findings), None)
    if gap:
        lines.append(words.say("record.ask_next", question=asked[gap.field].question))
    return joined(lines)


def _line(letter: Letter, field: FieldQuestion, words: Phrasebook) -> RichText:
    state = words.say(f"record.state_{letter.state.value}")
    if not letter.findings:
        return words.say("record.letter", name=field.name, state=state)
    if letter.state is LetterState.CONTRADICTED:
        text = sides_text(letter.findings, words)
    else:
        text = words.plain("record.and").join(finding_text(one, words) for one in letter.findings[:_MOST])
    return words.say("record.letter_told", name=field.name, state=state, text=text)
