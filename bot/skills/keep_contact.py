"""A business card becomes a person of an account: shown as it was read, corrected by saying, saved with one tap."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.debriefing.business_cards import BusinessCard, read_card
from bot.debriefing.card_corrections import corrected_card
from bot.debriefing.matching import Certainty, Match, match_account
from bot.debriefing.meant_account import known_names
from bot.domain.kept_file import KeptFile
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import RichText, joined
from bot.domain.wish import Wish
from bot.domain.writes import DropFile, KeepContact, KeepFile
from bot.errors import WordsForRep
from bot.ports import Floor, Outcome, Turn


@dataclass(frozen=True, slots=True)
class KeepBusinessCard:
    """Shows what a card says, takes corrections, puts the person under his account."""

    name: str = "contact"
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
        """The card as read, as corrected, or what a button does with it."""
        if turn.message.kind is MessageKind.BUTTON:
            return await self._pressed(turn)
        if turn.message.file:
            file = await self._file(turn, turn.message.file)
            return await self._shown(turn, file, read_card(file.pieces))
        file = await self._file(turn, str(turn.state.get("file", "")))
        card = _card_of(file)
        return await self._shown(turn, file, corrected_card(card, turn.text) or card)

    async def _pressed(self, turn: Turn) -> Outcome:
        _, action, file_id, choice = (turn.message.button + ":::").split(":")[:4]
        file = await self._file(turn, file_id)
        if action == "discard":
            return Outcome((Reply(turn.words.say("contact.discarded")),), writes=(DropFile(file.id, turn.rep.id),))
        if action == "edit":
            return Outcome((Reply(turn.words.say("contact.how_to_edit")),), Floor(self.name, {"file": file.id}))
        return await self._saved(turn, file, choice)

    async def _saved(self, turn: Turn, file: KeptFile, choice: str) -> Outcome:
        card = _card_of(file)
        match = await _account_of(turn, card)
        account = match.candidates[int(choice)] if choice.isdecimal() else (match.name or card.company)
        if not card.name or not account:
            raise WordsForRep("contact.incomplete")
        person = KeepContact(account, card.name, card.title, card.phone, card.mail)
        said = turn.words.say("contact.saved", name=card.name, account=account)
        return Outcome((Reply(said),), writes=(person, DropFile(file.id, turn.rep.id)))

    async def _shown(self, turn: Turn, file: KeptFile, card: BusinessCard) -> Outcome:
        words, match = turn.words, await _account_of(turn, card)
        lines = [words.say("contact.title")]
        lines += [words.say(f"contact.line_{name}", value=value) for name, value in card.given()]
        lines.append(_destination(turn, card, match))
        kept = replace(file, card=dict(card.given()))
        floor = Floor(self.name, {"file": file.id})
        return Outcome((Reply(joined(lines), self._buttons(turn, file, match)),), floor, (KeepFile(kept),))

    def _buttons(self, turn: Turn, file: KeptFile, match: Match) -> tuple[tuple[Button, ...], ...]:
        words = turn.words
        rest = [Button(words.plain(f"contact.{a}"), f"{self.name}:{a}:{file.id}") for a in ("edit", "discard")]
        if match.certainty is not Certainty.AMBIGUOUS:
            return ((Button(words.plain("contact.save"), f"{self.name}:save:{file.id}"), *rest),)
        rows = [
            (Button(words.plain("contact.save_under", account=name), f"{self.name}:save:{file.id}:{number}"),)
            for number, name in enumerate(match.candidates[:3])
        ]
        return (*rows, tuple(rest))

    async def _file(self, turn: Turn, file_id: str) -> KeptFile:
        """The photo the card is on. Raises WordsForRep once it is saved or discarded."""
        file = await turn.repository.kept_file(file_id)
        if file is None or not file.is_photo:
            raise WordsForRep("contact.gone")
        return file


def _card_of(file: KeptFile) -> BusinessCard:
    said: Mapping[str, str] = file.card or {}
    return BusinessCard(**said) if said else read_card(file.pieces)


async def _account_of(turn: Turn, card: BusinessCard) -> Match:
    known = await known_names(turn.repository)
    return match_account(card.company, known.accounts) if card.company else Match("", Certainty.NEW)


def _destination(turn: Turn, card: BusinessCard, match: Match) -> RichText:
    """Under which account it goes, or what is missing."""
    words = turn.words
    if not card.company or not card.name:
        return words.say("contact.missing")
    if match.certainty is Certainty.AMBIGUOUS:
        return words.say("contact.which_account")
    return words.say("contact.goes_to" if match.name else "contact.goes_to_new", account=match.name or card.company)
