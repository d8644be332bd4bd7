"""An account, or a rep's own practice, as pictures that come before the words with the buttons."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.debriefing.meant_account import account_meant, known_names, named_in
from bot.domain.account import Account
from bot.domain.finding import LetterState, letters_of
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import RichText
from bot.domain.wish import Wish
from bot.errors import CannotDraw, WordsForRep
from bot.ports import Knowledge, Outcome, Turn
from bot.presenting.account_pictures import FLOORS, INSIDE, METHODS, Drawn, people_on, pictures_of
from bot.presenting.pictures import Drawer, Picture
from bot.presenting.progress_picture import progress_picture
from knowledge.library_entries import Library

ACCOUNT, PROGRESS = "account", "progress"


@dataclass(frozen=True, slots=True)
class DrawPictures:
    """Draws what there is, and says in words what is drawn."""

    knowledge: Knowledge
    drawer: Drawer
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
            return await self._progress(turn)
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
        repository, words = turn.repository, turn.words
        drawn = Drawn(
            account,
            turn.today,
            await repository.contacts([account.id]),
            await repository.visits(account.id),
            await repository.findings(account.id),
            await repository.commitments(account_id=account.id),
        )
        library = await self.knowledge.library()
        pictures = pictures_of(drawn, library, words)
        row = (
            Button(words.plain("prep.account_button"), f"accounts:show:{account.id}"),
            Button(words.plain("prep.button"), f"prep:account:{account.id}"),
        )
        if not pictures:
            return Outcome((Reply(words.say("picture.nothing", account=account.name), (row,)),), keeps_floor=True)
        return await self._shown(turn, pictures, Reply(_in_words(drawn, library, turn), (row,)))

    async def _progress(self, turn: Turn) -> Outcome:
        words = turn.words
        scores = await turn.repository.past_scores()
        row = (Button(words.plain("practice.button"), "practice:list"),)
        if not scores:
            return Outcome((Reply(words.say("picture.no_practice"), (row,)),), keeps_floor=True)
        library = await self.knowledge.library()

        def called(scenario: str) -> str:
            entry = library.entry(scenario)
            return entry.text(words.language).name if entry else words.plain("picture.own_account")

        picture = progress_picture(scores, called, ZoneInfo(turn.rep.time_zone), words)
        text = words.say("picture.progress_text", count=len(scores), first=scores[0].overall, last=scores[-1].overall)
        return await self._shown(turn, (picture,), Reply(text, (row,)))

    async def _shown(self, turn: Turn, pictures: Sequence[Picture], last: Reply) -> Outcome:
        """The pictures, each with its caption, then the words; the words alone when nothing can be drawn."""
        try:
            files = await self.drawer.drawn(pictures)
        except CannotDraw:
            return Outcome((Reply(turn.words.say("picture.cannot")), last), keeps_floor=True)
        captions = [turn.words.say(f"picture.caption_{picture.kind}", title=picture.title) for picture in pictures]
        shown = (Reply(caption, file=file) for caption, file in zip(captions, files, strict=True))
        return Outcome((*shown, last), keeps_floor=True)


def _in_words(drawn: Drawn, library: Library, turn: Turn) -> RichText:
    """What the pictures show, for who cannot see them: how much is known, and which floors are empty."""
    words = turn.words
    known = open_ones = 0
    for method in METHODS:
        entry = library.entry(method)
        letters = letters_of(method, entry.text(words.language).fields if entry else (), drawn.findings)
        known += sum(one.state not in {LetterState.EMPTY, LetterState.NOT_DISCUSSED} for one in letters)
        open_ones += len(letters)
    empty = [words.plain(f"picture.floor_{one}") for one in (*FLOORS, INSIDE) if not people_on(one, drawn, words)]
    key = "picture.text" if empty else "picture.text_full"
    people = words.plain("accounts.comma").join(empty)
    return words.say(key, account=drawn.account.name, count=len(drawn.visits), known=known, all=open_ones, empty=people)
