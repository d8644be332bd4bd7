"""After a visit: what the rep says becomes a card, and one tap saves it. Nothing said is ever lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.debriefing.corrections import corrected
from bot.debriefing.extraction import notes_from, unread_in
from bot.debriefing.matching import KnownNames, match_account
from bot.debriefing.meant_account import known_names
from bot.debriefing.proposals import Proposal, proposals_from_reply
from bot.debriefing.questions_back import questions_back
from bot.domain.account import Draft
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.reminders import Reminder
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import RichText, joined, quoted
from bot.domain.visit import Party, VisitNote
from bot.domain.wish import Wish
from bot.domain.writes import ConfirmedCommitment, ConfirmedVisit, DiscardDraft, KeepDraft, SaveVisits, Schedule, Write
from bot.errors import ModelUnavailable, SendingFailed, WordsForRep
from bot.ports import Floor, Ids, Outcome, Transcriber, Turn
from bot.presenting.visit_card import card_of


@dataclass(frozen=True, slots=True)
class RecordVisit:
    """Hears a visit, shows the card, takes corrections, saves."""

    ids: Ids
    transcriber: Transcriber | None = None
    name: str = "debrief"
    commands: tuple[str, ...] = ("debrief",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset({MessageKind.VOICE}))
    keeps_talking: bool = True

    def claim(self, wish: Wish) -> float:
        """Certain when the words hold news of an account, or ask to log a visit."""
        if wish.says("debrief.cues"):
            return 0.85
        return 0.9 if notes_from(wish.text, reference=wish.today) else 0.0

    def holds(self, wish: Wish) -> bool:
        """Over an open card everything adds or corrects, but for a question."""
        return not wish.says("ask.cues") and not wish.says("practice.cues")

    async def answer(self, turn: Turn) -> Outcome:
        """A card for new words, a changed card for corrections, or what a button does."""
        if turn.message.kind is MessageKind.BUTTON:
            return await self._pressed(turn)
        heard: tuple[Reply, ...] = ()
        said = turn.text.strip()
        if turn.message.kind is MessageKind.VOICE:
            said = await self._written_down(turn)
            heard = (Reply(joined([turn.words.say("debrief.heard"), quoted(said)])),)
        outcome = await self._said(turn, said)
        return replace(outcome, replies=(*heard, *outcome.replies))

    async def _said(self, turn: Turn, said: str) -> Outcome:
        draft = await self._open_draft(turn, str(turn.state.get("draft", "")))
        if draft and turn.message.kind is MessageKind.EDITED and "\n" not in draft.words:
            return await self._heard(turn, said, draft=draft.id)
        if draft:
            return await self._changed(turn, draft, said)
        if not said:
            return self._invited(turn)
        return await self._heard(turn, said)

    def _invited(self, turn: Turn) -> Outcome:
        example = Button(turn.words.plain("debrief.example_button"), f"{self.name}:example")
        return Outcome((Reply(turn.words.say("debrief.empty"), ((example,),)),), Floor(self.name, {"invited": True}))

    async def _heard(self, turn: Turn, said: str, *, draft: str = "") -> Outcome:
        """A card for these words; an edited message makes its `draft` anew."""
        today = _today(turn)
        known = await known_names(turn.repository)
        proposals, is_helped = await _proposed(turn, said, today, known)
        found = notes_from(said, reference=today, known=known, proposals=proposals)
        notes = tuple(_named(note, known) for note in found)
        if not notes and not turn.state.get("invited") and Wish(said, today).says("debrief.cues"):
            return self._invited(turn)
        if not notes:
            return Outcome((Reply(turn.words.say("debrief.nothing")),))
        heard = Draft(draft or self.ids.new(), turn.rep.id, said, today, notes)
        return await self._shown(turn, heard, above=None if is_helped else turn.words.say("debrief.offline_note"))

    async def _changed(self, turn: Turn, draft: Draft, said: str) -> Outcome:
        """The open draft corrected or added to; a message about another account adds a note of its own."""
        others = _of_other_accounts(
            draft, notes_from(said, reference=draft.heard_on, known=await known_names(turn.repository))
        )
        if others:
            notes, understood = (*draft.notes, *others), True
        else:
            position = _meant(draft.notes, said)
            change = corrected(draft.notes[position], said, reference=draft.heard_on)
            notes = (*draft.notes[:position], change.note, *draft.notes[position + 1 :])
            understood = change.understood
        changed = replace(draft, words=f"{draft.words}\n{said}", notes=notes)
        note = None if understood else turn.words.say("debrief.not_understood")
        return await self._shown(turn, changed, above=note)

    async def _shown(self, turn: Turn, draft: Draft, *, above: RichText | None = None) -> Outcome:
        words = turn.words
        known = {account.name for account in await turn.repository.accounts()}
        asked = [questions_back(note) if position == 0 else () for position, note in enumerate(draft.notes)]
        cards = [
            card_of(note, words, is_new=note.account not in known, open_points=points)
            for note, points in zip(draft.notes, asked, strict=True)
        ]
        parts = [*([above] if above else []), *cards, words.say("debrief.footer")]
        row = tuple(
            Button(words.plain(f"debrief.{action}"), f"{self.name}:{action}:{draft.id}")
            for action in ("save", "edit", "discard")
        )
        floor = Floor(self.name, {"draft": draft.id})
        return Outcome((Reply(joined(parts, "\n\n"), (row,)),), floor, (KeepDraft(draft),))

    async def _pressed(self, turn: Turn) -> Outcome:
        _, action, draft_id = (turn.message.button + "::").split(":")[:3]
        if action == "example":
            return await self._heard(turn, turn.words.plain("debrief.example"))
        draft = await turn.repository.draft(draft_id)
        if draft is not None and draft.status == "saved" and action == "save":
            return Outcome((Reply(turn.words.say("debrief.saved_already")),))
        if draft is None or draft.status != "open":
            raise WordsForRep("debrief.gone")
        if action == "save":
            return self._saved(turn, draft)
        if action == "edit":
            return Outcome((Reply(turn.words.say("debrief.how_to_edit")),), Floor(self.name, {"draft": draft.id}))
        return Outcome((Reply(turn.words.say("debrief.discarded")),), writes=(DiscardDraft(draft.id),))

    def _saved(self, turn: Turn, draft: Draft) -> Outcome:
        words = turn.words
        visits = tuple(self._confirmed(note, draft, words.plain("card.no_account")) for note in draft.notes)
        reminders = tuple(reminder for visit in visits for reminder in _reminders(visit, turn))
        accounts = words.plain("card.and").join(visit.account for visit in visits)
        dated = sum(commitment.due is not None for visit in visits for commitment in visit.commitments)
        parts = [words.say("debrief.saved", accounts=accounts)]
        if reminders:
            parts.append(words.say("debrief.saved_reminders", count=dated))
        writes: tuple[Write, ...] = (SaveVisits(draft.id, visits), *reminders)
        return Outcome((Reply(joined(parts)),), writes=writes)

    def _confirmed(self, note: VisitNote, draft: Draft, unnamed: str) -> ConfirmedVisit:
        promised = tuple(ConfirmedCommitment(self.ids.new(), c.who, c.action, c.due) for c in note.commitments)
        return ConfirmedVisit(
            self.ids.new(), note.account or unnamed, note.visit_date or draft.heard_on, note, promised
        )

    async def _open_draft(self, turn: Turn, draft_id: str) -> Draft | None:
        draft = await turn.repository.draft(draft_id) if draft_id else None
        return draft if draft and draft.status == "open" else None

    async def _written_down(self, turn: Turn) -> str:
        """What a voice note says. Raises WordsForRep when nobody can tell."""
        if self.transcriber is None:
            raise WordsForRep("debrief.no_speech")
        known = await known_names(turn.repository)
        names = [*known.account_names, *(contact.name for contact in known.contacts)]
        attachment = turn.message.attachments[0]
        try:
            audio = await turn.fetch(attachment)
            said = await self.transcriber.transcribe(
                audio, attachment.media_type, names=names, language=turn.words.language
            )
        except (ModelUnavailable, SendingFailed) as error:
            raise WordsForRep("debrief.speech_trouble") from error
        if not said.strip():
            raise WordsForRep("debrief.silence")
        return said.strip()


def _today(turn: Turn) -> date:
    return turn.now.astimezone(ZoneInfo(turn.rep.time_zone)).date()


async def _proposed(turn: Turn, said: str, today: date, known: KnownNames) -> tuple[tuple[Proposal, ...], bool]:
    """What a model reads in the clauses that rules left over, one call an account; False when it failed."""
    if turn.model.is_offline:
        return (), True
    proposals: list[Proposal] = []
    for unread in unread_in(said, reference=today, known=known):
        inputs = {"account": unread.account or "", "message": said, "clauses": unread.numbered()}
        try:
            reply = await turn.model.propose(
                "debrief_proposals",
                inputs,
                language=turn.words.language,
                rep=turn.rep.id,
                schema=unread.reply_schema(),
            )
        except ModelUnavailable:
            return tuple(proposals), False
        proposals += proposals_from_reply(reply, unread)
    return tuple(proposals), True


def _named(note: VisitNote, known: KnownNames) -> VisitNote:
    """The note under the name the team uses for this account."""
    match = match_account(note.account, known.accounts) if note.account else None
    return replace(note, account=match.name) if match and match.name else note


def _of_other_accounts(draft: Draft, notes: Sequence[VisitNote]) -> tuple[VisitNote, ...]:
    names = {note.account for note in draft.notes}
    return tuple(note for note in notes if note.account and note.account not in names)


def _meant(notes: Sequence[VisitNote], said: str) -> int:
    """Which note the words are about: the one whose account or person they name, else the first."""
    for position, note in enumerate(notes):
        names = [note.account or "", *(contact.name for contact in note.contacts)]
        if any(name and name in said for name in names):
            return position
    return 0


def _reminders(visit: ConfirmedVisit, turn: Turn) -> list[Schedule]:
    """On the day, and for a visit of ours the evening before; days gone by are not reminded of."""
    found = []
    for commitment in visit.commitments:
        if commitment.due is None:
            continue
        reminder = Reminder(commitment.id, turn.rep, turn.words.language)
        found.append(reminder.on(commitment.due))
        if commitment.who is Party.US and _is_visit(commitment.action, turn):
            found.append(reminder.before(commitment.due))
    return [reminder for reminder in found if reminder.due > turn.now]


def _is_visit(action: str, turn: Turn) -> bool:
    said = action.lower()
    return any(word in said for word in turn.words.list_of("todo.visit_words"))
