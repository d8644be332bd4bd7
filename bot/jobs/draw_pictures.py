"""Draws what a rep asked to see, keeps it, and sends it; after a kill nothing is drawn again that was kept."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.debriefing.account_reading import record_of
from bot.domain.drawing import PROGRESS
from bot.domain.message import Reply
from bot.domain.rep import Rep, Role, Viewer
from bot.domain.writes import KeepPictures, Write
from bot.errors import CannotDraw
from bot.ports import Clock, DueWork, Knowledge, Outcome, Repository
from bot.presenting.albums import Album, account_album, progress_album
from bot.presenting.pictures import Drawer
from bot.wording.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class DrawAlbum:
    """Draws as the rep may see things now."""

    clock: Clock
    repository: Callable[[Viewer], Repository]
    write: Callable[[Viewer, Sequence[Write]], Awaitable[None]]
    knowledge: Knowledge
    drawer: Drawer

    async def __call__(self, work: DueWork) -> Outcome:
        """The pictures, and after them the words with their buttons."""
        payload = {name: str(value) for name, value in work.payload.items()}
        rep = await self.repository(Viewer(payload["team"], payload["rep"], Role.REP)).rep(payload["rep"])
        if rep is None:
            return Outcome(())
        words, mine = Phrasebook(payload["language"]), self.repository(rep.viewer)
        album = await self._album(payload["what"], rep, mine, words)
        if album is None:
            return Outcome((Reply(words.say("accounts.gone")),))
        return Outcome(await self._shown(album, mine, words))

    async def _album(self, what: str, rep: Rep, mine: Repository, words: Phrasebook) -> Album | None:
        library = await self.knowledge.library()
        if what == PROGRESS:
            return progress_album(await mine.past_scores(), rep, library, words)
        account = next((one for one in await mine.accounts() if one.id == what), None)
        if account is None:
            return None
        return account_album(await record_of(mine, account, rep.day_of(self.clock.now())), library, words)

    async def _shown(self, album: Album, mine: Repository, words: Phrasebook) -> tuple[Reply, ...]:
        drawn = dict(await mine.drawn_pictures(album.keys))
        missing = [one for one, key in zip(album.pictures, album.keys, strict=True) if key not in drawn]
        if missing:
            try:
                new = await self.drawer.drawn(missing)
            except CannotDraw:
                return album.without_pictures(words)
            await self.write(mine.viewer, (KeepPictures(mine.viewer.rep, new),))
            drawn |= new
        return album.shown(drawn, words)
