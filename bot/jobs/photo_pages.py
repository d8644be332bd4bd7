"""What becomes of photos once they are read: words of a debrief, business cards, or pictures that stay unread."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.debriefing.business_cards import is_card
from bot.debriefing.extraction import notes_from
from bot.domain.kept_file import FileState, KeptFile
from bot.domain.message import IncomingMessage, MessageKind, Reply
from bot.domain.rep import Rep
from bot.domain.rich_text import RichText, joined
from bot.domain.writes import Deliver, DropFile, KeepFile, Write
from bot.ports import Outcome
from bot.wording.phrasebook import Phrasebook
from knowledge.loading.texts import Unreadable

GONE = "gone"
"""Why a photo cannot be read that its channel no longer has."""
_TOLD = frozenset({Unreadable.NO_TEXT_IN_PHOTO.value, Unreadable.PHOTO_READER_MISSING.value, GONE})


@dataclass(frozen=True, slots=True)
class Page:
    """One photo, `number` counted from 1 in its album; `trouble` is why it has no words, "" when it has some."""

    number: int
    file: KeptFile
    trouble: str = ""


def outcome_of(pages: Sequence[Page], rep: Rep, words: Phrasebook) -> Outcome:
    """The pages' words into the conversation: what is written as one message, the business cards as another.

    A page without words stays with the card that was open when it was sent, or for itself. What was written beside
    business cards is told too when it tells a visit.
    """
    read = [replace(page.file, state=FileState.READ) for page in pages if not page.trouble]
    written = [file for file in read if not is_card(file.pieces)]
    cards = [file for file in read if is_card(file.pieces)]
    writes: list[Write] = [KeepFile(file) for file in read]
    if written:
        writes.append(Deliver(_message(written[0], written[0].message.text)))
    elif cards and notes_from(said := cards[0].message.text, reference=rep.day_of(cards[0].sent_at)):
        writes.append(Deliver(replace(_message(cards[0], said), file="", kind=MessageKind.TEXT, attachments=())))
    if cards:
        writes.append(Deliver(_message(cards[0], "")))
    unread = [page for page in pages if page.trouble]
    writes += [_put_away(page) for page in unread]
    return Outcome((_unread_reply(pages, unread, words),) if unread else (), writes=tuple(writes))


def _message(file: KeptFile, said: str) -> IncomingMessage:
    """A message of our own making; its pages were gathered already and are not waited for."""
    return replace(file.message, update=0, text=said, file=file.id, part_of="", sent_at=file.sent_at, callback="")


def _put_away(page: Page) -> Write:
    """The picture stays, where there is one."""
    if page.trouble == GONE:
        return DropFile(page.file.id, page.file.rep)
    return KeepFile(replace(page.file, state=FileState.KEPT, draft=_open_draft(page.file)))


def _open_draft(file: KeptFile) -> str:
    """The draft whose card was open when the photo was sent, "" for none."""
    return str(file.floor[1].get("draft", "")) if file.floor else ""


def _unread_reply(pages: Sequence[Page], unread: Sequence[Page], words: Phrasebook) -> Reply:
    said = list(_why(pages, unread, words))
    if any(page.trouble != GONE for page in unread):
        said.append(words.say("photo.kept_with_card" if _open_draft(unread[0].file) else "photo.kept"))
    return Reply(joined(said))


def _why(pages: Sequence[Page], unread: Sequence[Page], words: Phrasebook) -> Iterator[RichText]:
    """Why photos were not read; of an album also which."""
    for trouble in dict.fromkeys(page.trouble for page in unread):
        numbers = words.plain("card.comma").join(str(page.number) for page in unread if page.trouble == trouble)
        why = words.say(f"photo.{trouble if trouble in _TOLD else 'broken'}")
        yield joined([words.say("photo.page", numbers=numbers), why], "") if len(pages) > 1 else why
