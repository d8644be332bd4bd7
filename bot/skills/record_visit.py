"""After a visit: what the rep says becomes a card, and one tap saves it. Nothing said is ever lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.debriefing.account_reading import changes_to_come
from bot.debriefing.corrections import adds_something
from bot.debriefing.draft_changes import Place, field_written, said_over, skipped, still_open, undone, with_questions
from bot.debriefing.draft_taps import Tap, after_tap
from bot.debriefing.edited_words import with_edit
from bot.debriefing.extraction import notes_from
from bot.debriefing.field_values import Unreadable
from bot.debriefing.matching import KnownNames
from bot.debriefing.meant_account import known_names
from bot.debriefing.model_reading import model_proposals
from bot.debriefing.names_meant import doubts_in, learned_from, with_known_names
from bot.domain.account import LISTED_FOR, Draft
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.reminders import reminders_of
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import RichText, joined
from bot.domain.visit import VisitNote
from bot.domain.visit_json import fingerprint_of
from bot.domain.wish import Wish
from bot.domain.writes import ConfirmedCommitment, ConfirmedVisit, DiscardDraft, KeepDraft, SaveVisits, Write
from bot.errors import WordsForRep
from bot.ports import Floor, Ids, Outcome, State, Turn
from bot.presenting.deal_lines import moved_lines
from bot.presenting.draft_card import (
    Choice,
    DraftView,
    choice_reply,
    draft_reply,
    field_menu,
    note_menu,
    open_drafts_reply,
    value_menu,
)

_SAVING = "saving"
_MENUS = frozenset({"edit", "note", "field"})


@dataclass(frozen=True, slots=True)
class RecordVisit:
    """Hears a visit, shows the card, takes corrections, saves."""

    ids: Ids
    name: str = "debrief"
    commands: tuple[str, ...] = ("debrief",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = True

    def claim(self, wish: Wish) -> float:
        """Certain of its own words; what reads like a note may be news, or a question about the account."""
        if wish.says("debrief.cues"):
            return 0.85
        return 0.5 if notes_from(wish.text, reference=wish.today) else 0.0

    def holds(self, wish: Wish) -> float:
        """Over an open card everything adds or corrects, but for a question and what is certainly for another skill."""
        if any(wish.says(key) for key in ("practice.cues", "prep.cues", "prep.needs", "merge.asked")):
            return 0.0
        own = ("debrief.save_cues", "debrief.discard_cues", "debrief.not_discussed_cues", "undo.cues")
        if wish.says("route.correction") or wish.says("prep.soon") or any(wish.says(key) for key in own):
            return 1.0
        return 0.0 if wish.says("ask.cues") else 0.9

    async def answer(self, turn: Turn) -> Outcome:
        """A card for new words, a changed card for corrections, or what a button does."""
        if turn.message.kind is MessageKind.BUTTON:
            return await self._pressed(turn)
        said = turn.text.strip()
        draft = await self._open_draft(turn, _card_replied_to(turn)) or await self._open_draft(turn, _card_held(turn))
        if draft and said:
            return await self._said_over(turn, draft, said)
        return await self._heard(turn, said) if said else await self._invited(turn)

    async def _invited(self, turn: Turn) -> Outcome:
        """What to say; and the cards that were never saved."""
        since = turn.today - LISTED_FOR
        left = [draft for draft in await turn.repository.open_drafts() if draft.heard_on >= since]
        if left:
            return Outcome((open_drafts_reply(left, turn.words),), Floor(self.name, {"invited": True}))
        example = Button(turn.words.plain("debrief.example_button"), f"{self.name}:example")
        return Outcome((Reply(turn.words.say("debrief.empty"), ((example,),)),), Floor(self.name, {"invited": True}))

    async def _heard(self, turn: Turn, said: str) -> Outcome:
        """A card for these words."""
        today, known = turn.today, await known_names(turn.repository)
        proposals, is_helped = await model_proposals(
            turn.model, said, known, today=today, language=turn.words.language, rep=turn.rep.id
        )
        notes = with_known_names(notes_from(said, reference=today, known=known, proposals=proposals), known)
        if not notes and not turn.state.get("invited") and Wish(said, today).says("debrief.cues"):
            return await self._invited(turn)
        if not notes:
            return Outcome((Reply(turn.words.say("debrief.nothing")),))
        heard = Draft(self.ids.new(), turn.rep.id, said, today, notes)
        above = [] if is_helped else [turn.words.say("debrief.offline_note")]
        asked = with_questions(heard, [await _told_before(turn, note) for note in notes])
        return self._shown(turn, asked, known, above=above)

    async def _said_over(self, turn: Turn, draft: Draft, said: str) -> Outcome:
        """The open draft after words: corrected, added to, saved, discarded, or a step back."""
        wish, known = Wish(said, turn.today), await known_names(turn.repository)
        if turn.message.kind is MessageKind.EDITED and (told := with_edit(draft.words, said)):
            return self._told_anew(turn, draft, told, known)
        if wish.says("debrief.save_cues"):
            return await self._save(turn, draft, known)
        if wish.says("debrief.discard_cues"):
            return self._discarded(turn, draft)
        if wish.says("undo.cues"):
            above = turn.words.say("debrief.undone" if draft.earlier else "debrief.nothing_to_undo")
            return self._shown(turn, undone(draft), known, above=[above])
        if wish.says("debrief.not_discussed_cues"):
            for at in range(len(draft.notes)):
                draft = skipped(draft, at, still_open(draft, at))
            return self._shown(turn, draft, known)
        if turn.state.get("field") and not adds_something(said):
            return self._field_said(turn, draft, said, known)
        changed, understood = said_over(draft, said, known)
        if turn.state.get(_SAVING) and not _unnamed(changed):
            return await self._save(turn, changed, known)
        return self._shown(turn, changed, known, above=_unless(understood, turn, "debrief.not_understood"))

    def _field_said(self, turn: Turn, draft: Draft, said: str, known: KnownNames) -> Outcome:
        """The field the rep tapped, as he words it; words that do not fit it may still correct something else."""
        name, item = str(turn.state["field"]), turn.state.get("item")
        place = Place(int(str(turn.state.get("note", 0))), name, item if isinstance(item, int) else None)
        try:
            return self._shown(turn, field_written(draft, place, said, known), known)
        except Unreadable:
            changed, understood = said_over(draft, said, known)
        if understood:
            return self._shown(turn, changed, known)
        sentence = turn.words.say("debrief.unreadable", field=turn.words.plain(f"card.field_{name}"))
        return replace(self._shown(turn, changed, known, above=[sentence]), floor=Floor(self.name, turn.state))

    def _told_anew(self, turn: Turn, draft: Draft, told: Sequence[str], known: KnownNames) -> Outcome:
        """The draft drawn again from its words, one of which the rep edited."""
        first, *later = told
        notes = with_known_names(notes_from(first, reference=draft.heard_on, known=known), known, draft.meant)
        if not notes:
            return self._shown(turn, draft, known, above=_unless(False, turn, "debrief.not_understood"))
        anew = replace(draft, words=first, notes=notes, earlier=(*draft.earlier, draft.notes))
        for said in later:
            anew, _ = said_over(anew, said, known)
        return self._shown(turn, anew, known)

    def _shown(self, turn: Turn, draft: Draft, known: KnownNames, *, above: Sequence[RichText] = ()) -> Outcome:
        floor = Floor(self.name, {"draft": draft.id})
        return Outcome((draft_reply(_view(draft, known), turn.words, above=above),), floor, (KeepDraft(draft),))

    async def _pressed(self, turn: Turn) -> Outcome:
        """What a button does; one of a card that has changed since only shows how it stands now."""
        _, action, draft_id, fingerprint, rest = (turn.message.button + "::::").split(":", 4)
        if action == "example":
            return await self._heard(turn, turn.words.plain("debrief.example"))
        draft = await turn.repository.draft(draft_id)
        if draft is None or draft.status != "open":
            return self._closed(turn, draft, action)
        known = await known_names(turn.repository)
        if action == "discard":
            return self._discarded(turn, draft)
        if fingerprint and fingerprint != fingerprint_of(draft.notes):
            return self._in_place(turn, self._shown(turn, draft, known, above=[turn.words.say("debrief.stale")]))
        if action == "save":
            return await self._save(turn, draft, known)
        if action in _MENUS:
            return self._menu(turn, draft, action, rest.rstrip(":"))
        changed = after_tap(draft, Tap(action, rest.rstrip(":")), known)
        if action == "pick" and turn.state.get(_SAVING):
            return await self._save(turn, changed, known)
        if not changed.notes:
            return self._discarded(turn, draft)
        return self._in_place(turn, self._shown(turn, changed, known))

    def _menu(self, turn: Turn, draft: Draft, action: str, rest: str) -> Outcome:
        """What to change; with a field chosen the next words are its value."""
        note, name, item = (*rest.split(":"), "", "")[:3]
        at = int(note) if note.isdecimal() and int(note) < len(draft.notes) else 0
        state: dict[str, object] = {"draft": draft.id}
        if action == "edit" and len(draft.notes) > 1:
            menu = note_menu(draft, turn.words)
        elif action == "field":
            place = int(item) if item.isdecimal() else None
            menu, state = value_menu(draft, at, name, place, turn.words), {**state, **_place(draft, at, name, place)}
        else:
            menu = field_menu(draft, at, turn.words)
        outcome = Outcome((menu,), Floor(self.name, state))
        return outcome if action == "edit" else self._in_place(turn, outcome)

    def _in_place(self, turn: Turn, outcome: Outcome) -> Outcome:
        """The answer in place of the message whose button was pressed."""
        first, *others = outcome.replies
        return replace(outcome, replies=(replace(first, edits=turn.message.reference), *others))

    def _closed(self, turn: Turn, draft: Draft | None, action: str) -> Outcome:
        if draft is None or draft.status != "saved":
            raise WordsForRep("debrief.gone")
        back = Button(turn.words.plain("undo.button"), f"undo:take:{draft.id}")
        said = turn.words.say("debrief.saved_already" if action == "save" else "debrief.saved_before")
        return Outcome((Reply(said, ((back,),)),), keeps_floor=True)

    async def _save(self, turn: Turn, draft: Draft, known: KnownNames) -> Outcome:
        """The visits of the draft; first whatever is unclear about whom they are of."""
        view = _view(draft, known)
        if view.choices or _unnamed(draft):
            state = {"draft": draft.id, _SAVING: True}
            return Outcome((choice_reply(view, turn.words),), Floor(self.name, state), (KeepDraft(draft),))
        words = turn.words
        visits = tuple(self._confirmed(note, draft) for note in draft.notes)
        promised = [commitment for visit in visits for commitment in visit.commitments]
        reminders = [schedule for one in promised for schedule in reminders_of(one, turn.rep, words, turn.now)]
        accounts = words.plain("card.and").join(visit.account for visit in visits)
        dated = sum(commitment.due is not None for commitment in promised)
        parts = [words.say("debrief.saved", accounts=accounts)]
        if reminders:
            parts.append(words.say("debrief.saved_reminders", count=dated))
        for visit in visits:
            changes = await changes_to_come(turn.repository, visit, draft.words, turn.today)
            parts += moved_lines(visit.account if len(visits) > 1 else "", changes, words)
        row = [Button(words.plain("undo.button"), f"undo:take:{draft.id}")]
        if dated:
            row.insert(0, Button(words.plain("todo.calendar_button"), f"todo:calendar_of:{draft.id}"))
        writes: tuple[Write, ...] = (KeepDraft(draft), SaveVisits(draft.id, visits), *reminders)
        return self._off_the_floor(turn, draft, Outcome((Reply(joined(parts), (tuple(row),)),), writes=writes))

    def _discarded(self, turn: Turn, draft: Draft) -> Outcome:
        outcome = Outcome((Reply(turn.words.say("debrief.discarded")),), writes=(DiscardDraft(draft.id),))
        return self._off_the_floor(turn, draft, outcome)

    def _off_the_floor(self, turn: Turn, draft: Draft, outcome: Outcome) -> Outcome:
        """A closed card leaves the floor, if it has it; a newer card or a practice keeps it."""
        return replace(outcome, keeps_floor=turn.state.get("draft") != draft.id)

    def _confirmed(self, note: VisitNote, draft: Draft) -> ConfirmedVisit:
        promised = tuple(ConfirmedCommitment(self.ids.new(), c.who, c.action, c.due) for c in note.commitments)
        account, met_on = note.account or "", note.visit_date or draft.heard_on
        return ConfirmedVisit(self.ids.new(), account, met_on, note, promised, learned_from(draft, note))

    async def _open_draft(self, turn: Turn, draft_id: str) -> Draft | None:
        draft = await turn.repository.draft(draft_id) if draft_id else None
        return draft if draft and draft.status == "open" else None


def _card_replied_to(turn: Turn) -> str:
    """The draft whose card the rep replies to, as the card's first button names it."""
    return (turn.message.answers + "::").split(":")[2]


def _card_held(turn: Turn) -> str:
    return str(turn.state.get("draft", ""))


def _view(draft: Draft, known: KnownNames) -> DraftView:
    names = {account.name for account in known.accounts}
    choices = (Choice(one.note, one.heard, one.candidates, one.person) for one in doubts_in(draft, known))
    return DraftView(
        draft,
        tuple(note.account not in names for note in draft.notes),
        tuple(still_open(draft, at) for at in range(len(draft.notes))),
        tuple(choices),
    )


def _unnamed(draft: Draft) -> bool:
    return any(note.account is None for note in draft.notes)


def _place(draft: Draft, at: int, name: str, item: int | None) -> State:
    """Which value the next words are, as the floor remembers it."""
    values = getattr(draft.notes[at], name, None)
    only = isinstance(values, tuple) and len(values) == 1
    return {"note": at, "field": name, **({"item": item or 0} if item is not None or only else {})}


def _unless(understood: bool, turn: Turn, key: str) -> list[RichText]:
    return [] if understood else [turn.words.say(key)]


async def _told_before(turn: Turn, note: VisitNote) -> list[VisitNote]:
    """The notes of earlier visits to this account."""
    account = await turn.repository.account(note.account) if note.account else None
    return [visit.note for visit in await turn.repository.visits(account.id)] if account else []
