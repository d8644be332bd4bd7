"""Documents for the bot to know: sent, found, read, put right, withdrawn."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from bot.domain.documents import TEACHERS, ShelfArticle, ShelfDocument
from bot.domain.file_reading import reading
from bot.domain.kept_file import KeptFile, photos_of
from bot.domain.message import Attachment, Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import RichText, bold, joined
from bot.domain.teaching import Lesson
from bot.domain.weekly_report import next_report
from bot.domain.wish import Wish
from bot.domain.writes import (
    Audit,
    ChangeRep,
    CloseQuestion,
    KeepFile,
    RestoreDocument,
    RuleOnArticle,
    ShareDocument,
    TakeInPiece,
    WithdrawDocument,
    Write,
)
from bot.errors import WordsForRep
from bot.ports import Floor, Ids, Knowledge, Outcome, Turn
from bot.presenting.document_pages import DocumentContent, DocumentPages
from bot.presenting.usage_pages import question_list
from knowledge.passages import Scope

_ADDRESS = re.compile(r"https?://[^\s<>\"'，。；）】]+")
_MOST_HITS = 5
_LONGEST_HIT = 120


@dataclass(frozen=True, slots=True)
class TeachDocuments:
    """Takes documents in for managers and admins, who also put them right; reps find and read them."""

    knowledge: Knowledge
    ids: Ids
    name: str = "kb"
    commands: tuple[str, ...] = ("kb",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset({MessageKind.DOCUMENT, MessageKind.PHOTO}))
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of an address to take in, and of asking for the documents."""
        return 1.0 if wish.says("kb.cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """Never: the floor only remembers a photo that waits for its button."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """What was received, a page, or what a button did."""
        kind, said = turn.message.kind, turn.text.strip()
        if kind is MessageKind.BUTTON:
            return await self._pressed(turn)
        if kind in self.kinds:
            return self._received(turn)
        if found := _ADDRESS.search(said):
            return self._to_take_in(turn, [_lesson(turn, self.ids.new(), address=found[0])])
        if said and not Wish(said, turn.today).says("kb.cues"):
            return await self._search(turn, said)
        return Outcome((await self._overview(turn, 0),), keeps_floor=True)

    def _received(self, turn: Turn) -> Outcome:
        is_photo = turn.message.kind is MessageKind.PHOTO
        if turn.rep.role not in TEACHERS:
            raise WordsForRep("kb.not_teacher")
        if is_photo and not Wish(turn.text, turn.today).says("kb.teaching_words"):
            return self._asked_about_photo(turn)
        return self._to_take_in(turn, [self._lesson_of(turn, one) for one in turn.message.attachments])

    def _asked_about_photo(self, turn: Turn) -> Outcome:
        """A photo says nothing of what it is for."""
        photos = [[one.reference, one.name] for one in turn.message.attachments]
        row = (
            Button(turn.words.plain("kb.photo_button"), f"{self.name}:photo"),
            Button(turn.words.plain("kb.visit_button"), f"{self.name}:visit"),
        )
        state = {"photos": photos, "caption": turn.message.text, "album": turn.message.part_of}
        return Outcome((Reply(turn.words.say("kb.photo"), (row,)),), Floor(self.name, state))

    def _lesson_of(self, turn: Turn, attachment: Attachment) -> Lesson:
        lesson = _lesson(turn, self.ids.new(), attachment=attachment)
        if turn.message.kind is not MessageKind.PHOTO and attachment.name != "photo.jpg":
            return lesson
        moment = turn.words.moment(turn.now, ZoneInfo(turn.rep.time_zone))
        return replace(lesson, name=turn.words.plain("kb.photo_name", moment=moment, number=lesson.label[-4:]))

    def _to_take_in(self, turn: Turn, lessons: Sequence[Lesson]) -> Outcome:
        if turn.rep.role not in TEACHERS:
            raise WordsForRep("kb.not_teacher")
        said = tuple(Reply(turn.words.say("kb.reading", name=one.name), label=one.label) for one in lessons)
        writes: list[Write] = [one.scheduled(turn.now) for one in lessons]
        writes += _next_report(turn)
        writes += [Audit("document.sent", one.name[:200]) for one in lessons]
        return Outcome(said, writes=tuple(writes))

    async def _overview(self, turn: Turn, page: int) -> Reply:
        waiting = len(await turn.repository.usage.open_questions())
        return _pages(turn).overview(await turn.repository.shelf.documents(), page, open_questions=waiting)

    async def _search(self, turn: Turn, said: str) -> Outcome:
        words = turn.words
        found = await self.knowledge.search(said, viewer=turn.rep.viewer, k=_MOST_HITS, scope=Scope.DOCUMENTS)
        if not found.hits:
            return Outcome((Reply(words.say("kb.nothing_found", words=said[:60])),), keeps_floor=True)
        lines = [words.say("kb.found", words=said[:60])]
        row = []
        for hit in found.hits:
            passage = hit.passage
            lines.append(
                joined([bold(f"{hit.rank}. {passage.title[:40]}"), RichText(passage.text[:_LONGEST_HIT] + "…")])
            )
            row.append(Button(str(hit.rank), f"ask:source:{passage.id}"))
        return Outcome((Reply(joined(lines, "\n\n"), (tuple(row),)),), keeps_floor=True)

    async def _pressed(self, turn: Turn) -> Outcome:
        _, action, argument, number = (turn.message.button + ":::").split(":")[:4]
        if action == "photo":
            return self._photo_wanted(turn)
        if action == "visit":
            return self._photo_of_visit(turn)
        page = int(number) if number.isdecimal() else 0
        if action == "list":
            return _in_place(turn, await self._overview(turn, int(argument) if argument.isdecimal() else 0))
        if action in ("gaps", "gapdone", "gapdrop", "weekly"):
            return await self._with_gaps(turn, action, argument)
        if action in ("art", "in", "out"):
            return await self._with_article(turn, action, argument, page)
        if action == "piece":
            return _done(turn, "kb.piece_taken_in", TakeInPiece(argument), Audit("document.piece_taken_in", argument))
        return await self._with_document(turn, action, argument, page)

    def _photo_wanted(self, turn: Turn) -> Outcome:
        return self._to_take_in(turn, [self._lesson_of(turn, one) for one in _waiting_photos(turn)])

    def _photo_of_visit(self, turn: Turn) -> Outcome:
        """A business card, a whiteboard or a chat: read as any rep's photo."""
        photos = tuple(_waiting_photos(turn))
        sent = replace(turn.message, kind=MessageKind.PHOTO, button="", callback="", attachments=photos)
        sent = replace(sent, text=str(turn.state.get("caption", "")), part_of=str(turn.state.get("album", "")))
        files = photos_of(KeptFile(self.ids.new(), turn.rep.id, sent, turn.now), self.ids.new)
        work = reading(files[0], turn.rep, turn.words.language, turn.now)
        key = "photo.looking" if len(files) == 1 else "photo.looking_at_album"
        writes: tuple[Write, ...] = (*[KeepFile(file, is_new=True) for file in files], work)
        return Outcome((Reply(turn.words.say(key, count=len(files))),), writes=writes)

    async def _with_gaps(self, turn: Turn, action: str, argument: str) -> Outcome:
        """The questions nothing answered, one of them dealt with, or the weekly report on and off."""
        if turn.rep.role not in TEACHERS:
            raise WordsForRep("kb.not_yours")
        if action == "weekly":
            return _weekly(turn, wanted=argument == "on")
        waiting = await turn.repository.usage.open_questions()
        if action == "gaps":
            return _in_place(turn, question_list(waiting, int(argument) if argument.isdecimal() else 0, turn.words))
        closed = CloseQuestion(argument, is_done=action == "gapdone")
        left = [one for one in waiting if one.id != argument]
        return replace(_in_place(turn, question_list(left, 0, turn.words)), writes=(closed,))

    async def _with_document(self, turn: Turn, action: str, document_id: str, page: int) -> Outcome:
        shelf, pages = turn.repository.shelf, _pages(turn)
        document = await shelf.document(document_id)
        if document is None:
            raise WordsForRep("kb.gone")
        if action in _CHANGES:
            return _changed(turn, document, action)
        content = DocumentContent(document, await shelf.articles(document_id), await shelf.pieces(document_id))
        if action == "arts":
            return _in_place(turn, pages.articles(content, page))
        if action == "drops":
            return _in_place(turn, pages.left_out(content, page))
        return _in_place(turn, pages.document(content, await shelf.versions(document_id)))

    async def _with_article(self, turn: Turn, action: str, article_id: str, part: int) -> Outcome:
        article = await turn.repository.shelf.article(article_id)
        document = await turn.repository.shelf.document(article.document) if article else None
        if article is None or document is None:
            raise WordsForRep("kb.gone")
        if action == "art":
            return _in_place(turn, _pages(turn).article(article, document, part))
        return _ruled(turn, article, document, taken_in=action == "in")


_CHANGES: dict[str, Callable[[ShelfDocument], Write]] = {
    "withdraw": lambda document: WithdrawDocument(document.id),
    "restore": lambda document: RestoreDocument(document.id),
    "share": lambda document: ShareDocument(document.id, with_all=True),
    "own": lambda document: ShareDocument(document.id, with_all=False),
}


def _waiting_photos(turn: Turn) -> list[Attachment]:
    """The photos the buttons ask about. Raises WordsForRep once something else has the floor."""
    waiting = turn.state.get("photos")
    if not isinstance(waiting, list):
        raise WordsForRep("kb.photo_gone")
    return [Attachment(str(reference), str(name), "image/jpeg", 0) for reference, name in waiting]


def _changed(turn: Turn, document: ShelfDocument, action: str) -> Outcome:
    """A change of a whole document, with the button that takes it back."""
    if not document.may_be_changed_by(turn.rep.viewer) or (
        action in ("share", "own") and turn.rep.role is not Role.ADMIN
    ):
        raise WordsForRep("kb.not_yours")
    back = {"withdraw": "restore", "restore": "withdraw", "share": "own", "own": "share"}[action]
    row = (
        Button(turn.words.plain(f"kb.{back}_button"), f"kb:{back}:{document.id}"),
        Button(turn.words.plain("kb.document_button"), f"kb:doc:{document.id}"),
    )
    said = turn.words.say(f"kb.done_{action}", name=document.name, version=document.version)
    writes = (_CHANGES[action](document), Audit(f"document.{action}", f"{document.id} {document.name}"[:200]))
    return Outcome((Reply(said, (row,)),), writes=writes, keeps_floor=True)


def _ruled(turn: Turn, article: ShelfArticle, document: ShelfDocument, *, taken_in: bool) -> Outcome:
    if not document.may_be_changed_by(turn.rep.viewer):
        raise WordsForRep("kb.not_yours")
    action, back = ("in", "out") if taken_in else ("out", "in")
    label = turn.words.plain("kb.throw_out_button" if taken_in else "kb.take_this_in_button")
    row = (
        Button(label, f"kb:{back}:{article.id}"),
        Button(turn.words.plain("kb.document_button"), f"kb:doc:{document.id}"),
    )
    said = turn.words.say(f"kb.done_{action}", title=article.title)
    writes = (RuleOnArticle(article.id, taken_in), Audit(f"article.{action}", f"{article.id} {article.title}"[:200]))
    return Outcome((Reply(said, (row,)),), writes=writes, keeps_floor=True)


def _done(turn: Turn, key: str, *writes: Write) -> Outcome:
    if turn.rep.role not in TEACHERS:
        raise WordsForRep("kb.not_yours")
    return Outcome((Reply(turn.words.say(key)),), writes=writes, keeps_floor=True)


def _weekly(turn: Turn, *, wanted: bool) -> Outcome:
    other = "off" if wanted else "on"
    row = (Button(turn.words.plain(f"gaps.{other}_button"), f"kb:weekly:{other}"),)
    said = turn.words.say(f"gaps.{'on' if wanted else 'off'}")
    writes: list[Write] = [ChangeRep(turn.rep.id, weekly_report=wanted)]
    writes += _next_report(turn, wanted=wanted)
    return Outcome((Reply(said, (row,)),), writes=tuple(writes), keeps_floor=True)


def _next_report(turn: Turn, *, wanted: bool | None = None) -> list[Write]:
    """The appointment for the weekly report, in this chat."""
    rep = turn.rep if wanted is None else replace(turn.rep, weekly_report=wanted)
    appointment = next_report(rep, turn.words.language, turn.now)
    return [appointment] if appointment else []


def _pages(turn: Turn) -> DocumentPages:
    return DocumentPages(turn.words, turn.rep.viewer)


def _in_place(turn: Turn, page: Reply) -> Outcome:
    """A page instead of the one whose button was pressed."""
    return Outcome((replace(page, edits=turn.message.reference),), keeps_floor=True)


def _lesson(turn: Turn, label: str, *, attachment: Attachment | None = None, address: str = "") -> Lesson:
    rep = turn.rep
    return Lesson(
        name=attachment.name if attachment else address,
        team=rep.team,
        rep=rep.id,
        role=rep.role.value,
        language=turn.words.language,
        label=f"lesson-{label}",
        sent_at=turn.now.isoformat(),
        channel=turn.message.channel,
        reference=attachment.reference if attachment else "",
        file_name=attachment.name if attachment else "",
        address=address,
    )
