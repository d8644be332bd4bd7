"""Words over an open card: they correct it, add to it, save it, discard it, or take a step back."""

from collections.abc import Sequence
from dataclasses import replace

from bot.debriefing.corrections import adds_something
from bot.debriefing.deal_corrections import corrects_deal
from bot.debriefing.draft_changes import Place, field_written, left_out, said_over, skipped, still_open, undone
from bot.debriefing.edited_words import with_edit
from bot.debriefing.extraction import notes_from
from bot.debriefing.field_values import Unreadable
from bot.debriefing.matching import KnownNames
from bot.debriefing.meant_account import MeantAccount, account_meant, known_names
from bot.debriefing.names_meant import with_known_names
from bot.debriefing.reading_sense import ReadingSense
from bot.domain.account import Draft
from bot.domain.message import MessageKind
from bot.domain.rich_text import RichText
from bot.domain.wish import Wish
from bot.ports import Floor, Ids, Outcome, Turn
from bot.presenting.draft_card import SKILL
from bot.skills.record_visit.card_outcomes import card_shown, discarded, may_pass_on
from bot.skills.record_visit.saving import SAVING, is_unnamed, saved


async def said_over_card(turn: Turn, draft: Draft, said: str, ids: Ids, sense: ReadingSense | None) -> Outcome:
    """The open draft after words: corrected, added to, saved, discarded, or a step back."""
    wish, known = Wish(said, turn.today), await known_names(turn.repository)
    if turn.message.kind is MessageKind.EDITED and (told := with_edit(draft.words, said)):
        return _told_anew(turn, draft, told, known, sense)
    if may_pass_on(turn) and corrects_deal(wish) and _is_of_another(account_meant(said, "", known), draft):
        return Outcome((), passes_on=True)
    if wish.says("debrief.save_cues"):
        return await saved(turn, draft, known, ids)
    if wish.says("debrief.discard_cues"):
        return discarded(turn, draft)
    if wish.says("undo.cues"):
        above = turn.words.say("debrief.undone" if draft.earlier else "debrief.nothing_to_undo")
        return card_shown(turn, undone(draft), known, above=[above])
    if wish.says("debrief.not_discussed_cues"):
        for at in range(len(draft.notes)):
            draft = skipped(draft, at, still_open(draft, at))
        return card_shown(turn, draft, known)
    if (fewer := left_out(draft, said)) is not None:
        return card_shown(turn, fewer, known)
    if turn.state.get("field") and not adds_something(said):
        return _field_said(turn, draft, said, known)
    changed, understood = said_over(draft, said, known)
    if turn.state.get(SAVING) and not is_unnamed(changed):
        return await saved(turn, changed, known, ids)
    return card_shown(turn, changed, known, above=_unless(understood, turn, "debrief.not_understood"))


def _field_said(turn: Turn, draft: Draft, said: str, known: KnownNames) -> Outcome:
    """The field the rep tapped, as he words it; words that do not fit it may still correct something else."""
    name, item = str(turn.state["field"]), turn.state.get("item")
    place = Place(int(str(turn.state.get("note", 0))), name, item if isinstance(item, int) else None)
    try:
        return card_shown(turn, field_written(draft, place, said, known), known)
    except Unreadable:
        changed, understood = said_over(draft, said, known)
    if understood:
        return card_shown(turn, changed, known)
    sentence = turn.words.say("debrief.unreadable", field=turn.words.plain(f"card.field_{name}"))
    return replace(card_shown(turn, changed, known, above=[sentence]), floor=Floor(SKILL, turn.state))


def _told_anew(turn: Turn, draft: Draft, told: Sequence[str], known: KnownNames, sense: ReadingSense | None) -> Outcome:
    """The draft drawn again from its words, one of which the rep edited."""
    first, *later = told
    drawn = notes_from(first, reference=draft.heard_on, known=known, sense=sense)
    notes = with_known_names(drawn, known, draft.meant)
    if not notes:
        return card_shown(turn, draft, known, above=_unless(False, turn, "debrief.not_understood"))
    anew = replace(draft, words=first, notes=notes, earlier=(*draft.earlier, draft.notes))
    for said in later:
        anew, _ = said_over(anew, said, known)
    return card_shown(turn, anew, known)


def _is_of_another(meant: MeantAccount, draft: Draft) -> bool:
    """True where the words name an account that the card is not about."""
    return bool(meant.accounts) and not {note.account for note in draft.notes} & set(meant.accounts)


def _unless(understood: bool, turn: Turn, key: str) -> list[RichText]:
    return [] if understood else [turn.words.say(key)]
