"""A business card becomes a person of an account: shown as it was read, corrected by saying, saved with one tap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.debriefing.business_cards import BusinessCard, is_card, read_card
from bot.debriefing.card_corrections import corrected_card
from bot.debriefing.matching import Certainty, KnownNames, Match, match_account, match_contact
from bot.debriefing.meant_account import account_meant, known_names
from bot.domain.kept_file import KeptFile, album_of
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.wish import Wish
from bot.domain.writes import DropFile, KeepContact, KeepFile
from bot.errors import WordsForRep
from bot.ports import Floor, Outcome, Turn
from bot.presenting.contact_card import SKILL, ContactView, Known, contact_reply, who_reply


@dataclass(frozen=True, slots=True)
class KeepBusinessCard:
    """Shows what cards say, takes corrections, puts each person under his account."""

    name: str = SKILL
    commands: tuple[str, ...] = ()
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = True

    def claim(self, wish: Wish) -> float:
        """No free words are for it: a card comes as a photo."""
        return 0.0

    def holds(self, wish: Wish) -> bool:
        """Over an open card, words that name one of its fields."""
        return corrected_card(BusinessCard(), wish.text) is not None

    async def answer(self, turn: Turn) -> Outcome:
        """The cards as read, one as corrected, or what a button does with it."""
        known = await known_names(turn.repository)
        if turn.message.kind is MessageKind.BUTTON:
            return await self._pressed(turn, known)
        if turn.message.file:
            first = await self._file(turn, turn.message.file)
            return _shown(turn, [one for one in await _album(turn, first) if is_card(one.pieces)], known)
        file = await self._meant(turn)
        card = _card_of(file, known)
        return _shown(turn, [file], known, corrected_card(card, turn.text) or card)

    async def _pressed(self, turn: Turn, known: KnownNames) -> Outcome:
        _, action, file_id, choice = (turn.message.button + ":::").split(":")[:4]
        file = await self._file(turn, file_id)
        if action == "open":
            return _shown(turn, [file], known)
        if action == "edit":
            return Outcome((Reply(turn.words.say("contact.how_to_edit")),), Floor(self.name, {"file": file.id}))
        if action == "discard":
            said = Reply(turn.words.say("contact.discarded"))
            return await _closed(turn, file, Outcome((said,), writes=(DropFile(file.id, turn.rep.id),)))
        return await self._saved(turn, file, known, choice, is_asked=action == "who")

    async def _saved(self, turn: Turn, file: KeptFile, known: KnownNames, choice: str, *, is_asked: bool) -> Outcome:
        """The person under his account; whether he is somebody who is known there is asked before."""
        card = _card_of(file, known)
        if choice.isdecimal() and not is_asked:
            card = replace(card, company=_account_of(card, known).candidates[int(choice)])
        view = _view(file, card, known)
        if not view.name or not view.account:
            raise WordsForRep("contact.incomplete")
        if view.people and not is_asked:
            kept = KeepFile(replace(file, card=dict(card.given())))
            return Outcome((who_reply(view, turn.words),), Floor(self.name, {"file": file.id}), (kept,))
        known_as = view.people[int(choice)].name if choice.isdecimal() and is_asked else ""
        person = KeepContact(file.id, view.account, card.name, card.title, card.phone, card.mail, known_as)
        said = turn.words.say("contact.saved", name=card.name, account=view.account)
        back = Button(turn.words.plain("undo.button"), f"undo:take:{file.id}")
        return await _closed(turn, file, Outcome((Reply(said, ((back,),)),), writes=(person,)))

    async def _meant(self, turn: Turn) -> KeptFile:
        """The card replied to, else of those sent together the one the words name, else the one shown last."""
        if turn.message.answers.startswith(f"{self.name}:"):
            return await self._file(turn, turn.message.answers.split(":")[2])
        held = await self._file(turn, str(turn.state.get("file", "")))
        album = await _album(turn, held)
        named = [one for one in album if one.card and any(value in turn.text for value in one.card.values())]
        return named[0] if len(named) == 1 else held

    async def _file(self, turn: Turn, file_id: str) -> KeptFile:
        """The photo the card is on. Raises WordsForRep once it is saved or discarded."""
        file = await turn.repository.kept_file(file_id)
        if file is None or not file.is_photo:
            raise WordsForRep("contact.gone")
        return file


async def _album(turn: Turn, file: KeptFile) -> tuple[KeptFile, ...]:
    return album_of(file, await turn.repository.kept_files())


async def _closed(turn: Turn, file: KeptFile, outcome: Outcome) -> Outcome:
    """A card that is done leaves the floor, if it has it, to one that was sent with it and is still open."""
    if turn.state.get("file") != file.id:
        return replace(outcome, keeps_floor=True)
    left = [one for one in await _album(turn, file) if one.id != file.id and one.card]
    return replace(outcome, floor=Floor(SKILL, {"file": left[-1].id}) if left else None)


def _shown(turn: Turn, files: Sequence[KeptFile], known: KnownNames, card: BusinessCard | None = None) -> Outcome:
    """A reply for each card; the floor is the last one's."""
    cards = [(file, card or _card_of(file, known)) for file in files]
    replies = tuple(contact_reply(_view(file, one, known), turn.words) for file, one in cards)
    writes = tuple(KeepFile(replace(file, card=dict(one.given()))) for file, one in cards)
    return Outcome(replies, Floor(SKILL, {"file": files[-1].id}), writes)


def _card_of(file: KeptFile, known: KnownNames) -> BusinessCard:
    """The card as it was corrected or read; a firm it does not name may stand in what was written beside the photo."""
    said: Mapping[str, str] = file.card or {}
    card = BusinessCard(**said) if said else read_card(file.pieces)
    if card.company or not file.message.text:
        return card
    meant = account_meant(file.message.text, "", known)
    return replace(card, company=meant.account or (meant.heard if meant.is_firm else ""))


def _account_of(card: BusinessCard, known: KnownNames) -> Match:
    return match_account(card.company, known.accounts) if card.company else Match("", Certainty.NEW)


def _view(file: KeptFile, card: BusinessCard, known: KnownNames) -> ContactView:
    match = _account_of(card, known)
    view = ContactView(file.id, card.name, tuple(card.given()))
    if match.certainty is Certainty.AMBIGUOUS:
        return replace(view, accounts=match.candidates)
    view = replace(view, account=match.name or card.company, is_new=match.name is None)
    if view.is_new or not card.name:
        return view
    person = match_contact(card.name, known.contacts, view.account)
    titles = {one.name: one.title for one in known.contacts if one.account == view.account}
    if person.candidates[:1] == (card.name,):
        return replace(view, is_known=True)
    return replace(view, people=tuple(Known(name, titles.get(name)) for name in person.candidates))
