"""What is shown at once: pictures with their captions, and the words and buttons that come after them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.account_record import AccountRecord
from bot.domain.finding import LetterState, letters_of
from bot.domain.message import Button, File, Reply
from bot.domain.practice import PastScore
from bot.domain.rep import Rep
from bot.domain.rich_text import RichText
from bot.domain.stakeholders import stakeholder_map
from bot.presenting.account_pictures import METHODS, pictures_of
from bot.presenting.pictures import PNG, Picture, key_of
from bot.presenting.progress_picture import progress_picture
from bot.wording.phrasebook import Phrasebook
from knowledge.library_entries import Library


@dataclass(frozen=True, slots=True)
class Album:
    """Pictures, and the words that end it; they say what is drawn for who cannot see it."""

    pictures: tuple[Picture, ...]
    last: Reply

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of each picture, the same as long as it would look the same."""
        return tuple(map(key_of, self.pictures))

    def shown(self, drawn: Mapping[str, bytes], words: Phrasebook) -> tuple[Reply, ...]:
        """The pictures by their keys, each with its caption, then the words."""
        files = [File(f"{one.kind}.png", PNG, drawn[key]) for one, key in zip(self.pictures, self.keys, strict=True)]
        captions = [words.say(f"picture.caption_{one.kind}", title=one.title) for one in self.pictures]
        return (*(Reply(caption, file=file) for caption, file in zip(captions, files, strict=True)), self.last)

    def without_pictures(self, words: Phrasebook) -> tuple[Reply, ...]:
        """The words alone, and that nothing can be drawn just now."""
        return (Reply(words.say("picture.cannot")), self.last)


def account_album(record: AccountRecord, library: Library, words: Phrasebook) -> Album:
    """What there is to see of an account; without pictures as long as nothing is known of it."""
    account = record.account
    row = (
        Button(words.plain("prep.account_button"), f"accounts:show:{account.id}"),
        Button(words.plain("prep.button"), f"prep:account:{account.id}"),
    )
    pictures = pictures_of(record, library, words)
    text = _in_words(record, library, words) if pictures else words.say("picture.nothing", account=account.name)
    return Album(pictures, Reply(text, (row,)))


def progress_album(scores: Sequence[PastScore], rep: Rep, library: Library, words: Phrasebook) -> Album:
    """A rep's own practice over time; without a picture before the first one that was finished."""
    row = (Button(words.plain("practice.button"), "practice:list"),)
    if not scores:
        return Album((), Reply(words.say("picture.no_practice"), (row,)))

    def called(scenario: str) -> str:
        entry = library.entry(scenario)
        return entry.text(words.language).name if entry else words.plain("picture.own_account")

    picture = progress_picture(scores, called, ZoneInfo(rep.time_zone), words)
    text = words.say("picture.progress_text", count=len(scores), first=scores[0].overall, last=scores[-1].overall)
    return Album((picture,), Reply(text, (row,)))


def _in_words(record: AccountRecord, library: Library, words: Phrasebook) -> RichText:
    """How much is known, and which layers are empty."""
    known = open_ones = 0
    for method in METHODS:
        entry = library.entry(method)
        letters = letters_of(method, entry.text(words.language).fields if entry else (), record.findings)
        known += sum(one.state not in {LetterState.EMPTY, LetterState.NOT_DISCUSSED} for one in letters)
        open_ones += len(letters)
    empty = [words.plain(f"record.layer_{one}") for one in stakeholder_map(record).empty]
    key = "picture.text" if empty else "picture.text_full"
    people, count = words.plain("accounts.comma").join(empty), len(record.visits)
    return words.say(key, account=record.account.name, count=count, known=known, all=open_ones, empty=people)
