"""The bot plays the customer: rubric first, then a talk, then a scorecard whose every point quotes the rep."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from bot.coaching.likeness import by_spelling, by_words
from bot.domain.message import Button, MessageKind, Reply
from bot.domain.rep import EVERYONE, Role
from bot.domain.rich_text import RichText, bold, joined
from bot.domain.wish import Wish
from bot.domain.writes import KeepPractice
from bot.errors import ModelUnavailable, WordsForRep
from bot.ports import Floor, Ids, Knowledge, Outcome, Turn
from bot.practising.characters import as_entry, persona_from, scenario_from
from bot.practising.finish import finish
from bot.practising.own_account import OwnAccount, own_account_scenario
from bot.practising.rubric import Rubric, rubric_from
from bot.practising.simulation import CustomerReply, PracticeState, open_practice, reply_to, with_words
from bot.practising.speaking import may_be_shown, may_speak, speaking_inputs
from bot.practising.stored_state import state_as_json, state_from_json
from bot.presenting.practice_card import card_of
from bot.wording.phrasebook import LANGUAGES, Phrasebook
from knowledge.folding import folded
from knowledge.library_entries import Library, LibraryEntry

LIKE_ENOUGH = 0.4
"""How alike a wish and a scenario must be to start it without asking."""
CLEARLY = 0.1
"""How much liker than the next one it must be."""
OFFERED = 8
OWN_ACCOUNT = "own-account"
"""The scenario that is filled with an account of the rep's own."""


_FOR_OTHERS = ("debrief.cues", "todo.cues", "export.cues", "settings.to_zh_cues", "settings.to_en_cues")
"""What is not said to a customer, unless it addresses him."""


@dataclass(frozen=True, slots=True)
class PractiseVisit:
    """Offers scenarios, plays the customer, and shows the scorecard."""

    knowledge: Knowledge
    ids: Ids
    chance: Random
    name: str = "practice"
    commands: tuple[str, ...] = ("practice",)
    roles: frozenset[Role] = EVERYONE
    kinds: frozenset[MessageKind] = field(default=frozenset())
    keeps_talking: bool = True

    def claim(self, wish: Wish) -> float:
        """Certain of its own words."""
        return 0.95 if wish.says("practice.cues") and not wish.says("practice.not_cues") else 0.0

    def holds(self, wish: Wish) -> bool:
        """Everything is said to the customer, but for words that step out of the part or tell of another visit."""
        if any(wish.says(cues) for cues in ("practice.aside_cues", "ask.openers", "ask.sure_cues")):
            return False
        return wish.says("practice.addressed_cues") or not any(wish.says(cues) for cues in _FOR_OTHERS)

    async def answer(self, turn: Turn) -> Outcome:
        """The customer's next words, or what starts and ends a practice."""
        library = await self.knowledge.library()
        _, action, argument = (turn.message.button + "::").split(":")[:3]
        if action == "start" and argument == OWN_ACCOUNT:
            return self._offer(turn, library)
        if action == "start":
            return self._start(turn, library, argument)
        if action == "list":
            return self._offer(turn, library)
        state = await self._running(turn)
        if state is None:
            return await self._chosen(turn, library)
        if action == "end" or _says_end(turn):
            return self._end(turn, library, state)
        return await self._go_on(turn, library, state)

    async def _chosen(self, turn: Turn, library: Library) -> Outcome:
        """Start with the account that the wish names, or the scenario it describes, else offer some."""
        if known := await _own_account(turn):
            return self._start(turn, library, OWN_ACCOUNT, known)
        wanted = Wish(turn.text, turn.today).without("practice.cues")
        alike = [(_likeness(wanted, entry, turn.words.language), entry) for entry in _offered(library)]
        near = sorted((one for one in alike if one[0] >= LIKE_ENOUGH), key=lambda one: -one[0])
        if near and (len(near) == 1 or near[0][0] - near[1][0] >= CLEARLY):
            return self._start(turn, library, near[0][1].id)
        return self._offer(turn, library, [entry for _, entry in near])

    def _offer(self, turn: Turn, library: Library, near: Sequence[LibraryEntry] = ()) -> Outcome:
        """The scenarios that may be meant, then some others."""
        words = turn.words
        others = [entry for entry in _offered(library) if entry not in near]
        drawn = self.chance.sample(others, min(max(OFFERED - len(near), 0), len(others)))
        shown = [*near[:OFFERED], *sorted(drawn, key=lambda entry: entry.id)]
        rows = tuple((Button(entry.text(words.language).name, f"{self.name}:start:{entry.id}"),) for entry in shown)
        return Outcome((Reply(words.say("practice.choose"), rows),))

    def _start(self, turn: Turn, library: Library, scenario_id: str, known: OwnAccount | None = None) -> Outcome:
        words = turn.words
        entry = library.entry(scenario_id)
        if entry is None or entry.kind != "scenario":
            raise WordsForRep("practice.gone")
        scenario = scenario_from(_plain(entry), words.language)
        scenario = own_account_scenario(scenario, known) if known else scenario
        personas = [one for one in (library.entry(id_) for id_ in scenario.personas) if one]
        persona = persona_from(_plain(self.chance.choice(personas)), words.language)
        state = open_practice(scenario, persona, self.chance)
        rubric = _rubric(library, scenario.rubric, words.language)
        judged = [words.say("practice.judged_line", name=name) for name in rubric.shown()]
        parts = [
            joined([words.say("practice.judged"), *judged]),
            joined([bold(scenario.name), RichText(scenario.briefing), words.say("practice.goal", goal=scenario.goal)]),
            words.say("practice.begin", line=state.turns[0].text),
        ]
        return self._kept(turn, self.ids.new(), state, Reply(joined(parts, "\n\n"), _end_button(turn, self.name)))

    async def _go_on(self, turn: Turn, library: Library, state: PracticeState) -> Outcome:
        after, reply = reply_to(state, turn.text, self.chance)
        after, reply = await self._in_own_words(turn, after, reply)
        practice = str(turn.state["practice"])
        if reply.ending is None:
            said = turn.words.say("practice.customer", line=reply.text)
            return self._kept(turn, practice, after, Reply(said, _end_button(turn, self.name)))
        return self._end(turn, library, after, last=turn.words.say("practice.customer", line=reply.text))

    async def _in_own_words(
        self, turn: Turn, state: PracticeState, reply: CustomerReply
    ) -> tuple[PracticeState, CustomerReply]:
        """The customer's line in a model's words where it keeps to the part, else in the library's."""
        if turn.model.is_offline or not may_speak(reply):
            return state, reply
        inputs = speaking_inputs(state, reply)
        spoken = ""
        try:
            words = turn.model.speak("practice_customer", inputs, language=turn.words.language, rep=turn.rep.id)
            async for piece in words:
                spoken += piece
                if turn.is_cancelled():
                    break
        except ModelUnavailable:
            return state, reply
        return with_words(state, reply, spoken.strip()) if may_be_shown(state, reply, spoken) else (state, reply)

    def _end(self, turn: Turn, library: Library, state: PracticeState, *, last: RichText | None = None) -> Outcome:
        words = turn.words
        practice = str(turn.state["practice"])
        if not state.rep_turns:
            done = KeepPractice(practice, state.scenario.id, state_as_json(state), {"overall": None})
            return Outcome((Reply(words.say("practice.nothing_said")),), writes=(done,))
        rubric = _rubric(library, state.scenario.rubric, words.language)
        card = finish(state, rubric)
        own = {check.id: check.name for check in state.scenario.own_checks}
        names = {check: named.name for check, named in rubric.checks.items()} | own
        drills = {drill.id: drill.task for drill in rubric.drills.values()}
        shown = card_of(card, names, drills, words)
        text = joined([last, shown], "\n\n") if last else shown
        again = Button(words.plain("practice.again"), f"{self.name}:start:{state.scenario.id}")
        other = Button(words.plain("practice.other"), f"{self.name}:list")
        kept = {"overall": card.overall, "dimensions": {d.value: p for d, p in card.dimensions.items()}}
        done = KeepPractice(practice, state.scenario.id, state_as_json(state), kept)
        progress = Button(words.plain("picture.progress_button"), "picture:progress")
        return Outcome((Reply(text, ((again, other), (progress,))),), writes=(done,))

    def _kept(self, turn: Turn, practice: str, state: PracticeState, reply: Reply) -> Outcome:
        write = KeepPractice(practice, state.scenario.id, state_as_json(state))
        return Outcome((reply,), Floor(self.name, {"practice": practice}), (write,))

    async def _running(self, turn: Turn) -> PracticeState | None:
        practice = str(turn.state.get("practice", ""))
        stored = await turn.repository.practice(practice) if practice else None
        return state_from_json(stored) if stored else None


def _offered(library: Library) -> list[LibraryEntry]:
    """The scenarios that stand alone, without the template for accounts of one's own."""
    return [entry for entry in library.of_kind("scenario") if entry.id != OWN_ACCOUNT]


async def _own_account(turn: Turn) -> OwnAccount | None:
    """What the last visit told of the account that the words name, None when they name none."""
    account = next((one for one in await turn.repository.accounts() if one.name in turn.text), None)
    if account is None:
        return None
    visits = await turn.repository.visits(account.id)
    people = await turn.repository.contacts([account.id])
    contact = people[0].name if people else account.name
    if not visits:
        return OwnAccount(account.name, contact)
    last = visits[0].note
    return OwnAccount(account.name, contact, (*last.pains, *last.needs), [one.text for one in last.objections])


def _plain(entry: LibraryEntry) -> dict[str, object]:
    return dict(as_entry({**entry.header, "id": entry.id}, {name: text.values for name, text in entry.texts.items()}))


def _rubric(library: Library, rubric_id: str, language: str) -> Rubric:
    entry = library.entry(rubric_id)
    if entry is None:
        raise WordsForRep("practice.gone")
    base = library.entry("standard-visit")
    standing_on = rubric_from(_plain(base), language) if base and base.id != entry.id else None
    return rubric_from(_plain(entry), language, standing_on)


def _likeness(wish: str, entry: LibraryEntry, language: str) -> float:
    text = entry.text(language)
    lines = [text.name, *text.lines("aliases"), *text.asks]
    return (max(by_words(wish, lines)) + max(by_spelling(wish, lines))) / 2


def _says_end(turn: Turn) -> bool:
    said = folded(turn.text).strip().rstrip("。.!！")
    return any(said in Phrasebook(language).list_of("practice.end_words") for language in LANGUAGES)


def _end_button(turn: Turn, skill: str) -> tuple[tuple[Button, ...], ...]:
    return ((Button(turn.words.plain("practice.end_button"), f"{skill}:end"),),)
