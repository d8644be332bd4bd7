"""An account, or a rep's own practice, as pictures that come before the words with the buttons."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.debriefing.account_reading import record_of
from bot.debriefing.meant_account import account_meant, known_names, named_in
from bot.domain.account import Account
from bot.domain.drawing import PROGRESS, drawing
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.wish import Wish
from bot.errors import WordsForRep
from bot.ports import Knowledge, Outcome, Turn
from bot.presenting.albums import Album, account_album, progress_album

ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class DrawPictures:
    """Shows at once what is drawn already; the rest is drawn beside the conversation."""

    knowledge: Knowledge
    name: str = "picture"
    commands: tuple[str, ...] = ()
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = False

    def claim(self, wish: Wish) -> float:
        """Certain of its own words."""
        return 1.0 if wish.says("picture.cues") or wish.says("picture.progress_cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """It never has the floor."""
        return False

    async def answer(self, turn: Turn) -> Outcome:
        """The pictures a button or words ask for."""
        _, what, which = (turn.message.button + "::").split(":")[:3]
        if what == PROGRESS or Wish(turn.text, turn.today).says("picture.progress_cues"):
            scores = await turn.repository.past_scores()
            library = await self.knowledge.library()
            return await self._shown(turn, PROGRESS, progress_album(scores, turn.rep, library, turn.words))
        accounts = await turn.repository.accounts()
        if what == ACCOUNT:
            found = [one for one in accounts if one.id == which]
        else:
            meant = account_meant(turn.text, named_in(turn.text, "picture.names"), await known_names(turn.repository))
            found = [one for one in accounts if one.name in meant.accounts]
        if not found:
            raise WordsForRep("accounts.gone" if what == ACCOUNT else "picture.which_account")
        return await self._account(turn, found[0]) if len(found) == 1 else self._asked(turn, found)

    def _asked(self, turn: Turn, accounts: Sequence[Account]) -> Outcome:
        rows = tuple((Button(one.name, f"{self.name}:{ACCOUNT}:{one.id}"),) for one in accounts[:6])
        return Outcome((Reply(turn.words.say("accounts.which"), rows),), keeps_floor=True)

    async def _account(self, turn: Turn, account: Account) -> Outcome:
        record = await record_of(turn.repository, account, turn.today)
        album = account_album(record, await self.knowledge.library(), turn.words)
        return await self._shown(turn, account.id, album)

    async def _shown(self, turn: Turn, what: str, album: Album) -> Outcome:
        """The album where all of it is drawn; else a line at once, and the album when it is ready."""
        drawn = await turn.repository.drawn_pictures(album.keys)
        if len(drawn) == len(set(album.keys)):
            return Outcome(album.shown(drawn, turn.words), keeps_floor=True)
        work = drawing(what, turn.rep, turn.message, turn.words.language, turn.now)
        return Outcome((Reply(turn.words.say("picture.drawing")),), writes=(work,), keeps_floor=True)
