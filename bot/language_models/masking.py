"""Names, numbers and amounts hidden before words leave for an outside model, and put back in what it answers."""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from bot.debriefing.accounts import stretches_of
from bot.debriefing.money import amounts_in
from bot.debriefing.names import ORGANISATION
from bot.debriefing.people import people_in
from bot.debriefing.rivals import rivals_in
from bot.language_models.offline_model import FALLBACK
from bot.language_models.streaming import closing
from bot.ports import LanguageModel

KnownNames = Callable[[str], Awaitable[Sequence[str]]]
"""The names of a rep's accounts and contacts, with their aliases."""

_CONTACT = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[^\s，。；）)]+"
_FIRM = (
    r"(?:[\u4e00-\u9fffA-Za-z]{2,14}(?:有限公司|股份公司|集团公司|公司|集团))"
    r"|(?:(?:[A-Z][\w&-]*\s){1,4}(?:Ltd|Inc|LLC|GmbH|AG|Corp|Co|PLC)\b\.?)"
)
_FIGURE = (
    # first what looks like a place already, so that no place means two things
    r"[NM]\d+|"
    r"(?<![A-Za-z\d])\d+(?:[.,:：/\-]\d+)*\s?(?:[%％]|[kKwWmM]\b)?"
    r"|百分之[零〇一二两三四五六七八九十百点几]+"
    r"|[零〇一二两三四五六七八九十百千万亿点几]{2,}(?:多|余|来)?"
    r"|[一二两三四五六七八九](?:成|折)"
)
_NO_FIGURE = {"千万", "万一", "万万", "一一", "一点", "几十", "几百", "几千", "几万", "几点", "百十"}
_PLACE = re.compile(r"〔\s*([NM]\d+)\s*〕|[\[【]\s*([NM]\d+)\s*[\]】]|(?<![A-Za-z\d])([NM]\d+)(?![A-Za-z\d])")
_UNFINISHED = re.compile(r"(?:[〔\[【]\s*(?:[NM]\d*\s*)?|(?<![A-Za-z\d])[NM]\d*)\Z")


class Mask:
    """What stands for what, within one call."""

    def __init__(self, names: Iterable[str], figures: Iterable[str]) -> None:
        self._hidden: dict[str, str] = {}
        for letter, words in (("N", names), ("M", figures)):
            for number, word in enumerate(sorted(set(words) - set(self._hidden), key=len, reverse=True), 1):
                self._hidden[word] = f"{letter}{number}"
        self._shown = {place: word for word, place in self._hidden.items()}
        longest_first = sorted(self._hidden, key=len, reverse=True)
        self._words = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def hide(self, text: str) -> str:
        """The text with a place such as 〔N1〕 for every name and figure."""
        return self._words.sub(lambda found: f"〔{self._hidden[found[0]]}〕", text)

    def blank(self, text: str) -> str:
        """The text with the same sign for every name and figure."""
        return self._words.sub("〇", text)

    def show(self, text: str) -> str:
        """The text with the words back in their places, also where a model changed the brackets."""
        return _PLACE.sub(self._word, text)

    def show_all(self, value: object) -> object:
        """The same for every string in a JSON value."""
        if isinstance(value, str):
            return self.show(value)
        if isinstance(value, Mapping):
            return {key: self.show_all(one) for key, one in value.items()}
        return [self.show_all(one) for one in value] if isinstance(value, list) else value

    async def show_stream(self, pieces: AsyncIterator[str]) -> AsyncGenerator[str, None]:
        """The same for words as they come; a place that is cut between two pieces waits for its end."""
        held = ""
        async for piece in pieces:
            held += piece
            end = unfinished.start() if (unfinished := _UNFINISHED.search(held)) else len(held)
            if shown := self.show(held[:end]):
                yield shown
            held = held[end:]
        if held:
            yield self.show(held)

    def _word(self, found: re.Match[str]) -> str:
        return self._shown.get(found[1] or found[2] or found[3], found[0])


def mask_for(texts: Iterable[str], known: Sequence[str]) -> Mask:
    """The mask that hides the names and figures of these texts."""
    names: set[str] = {name for name in known if len(name) > 1}
    figures: set[str] = set()
    for text in texts:
        names |= set(names_in(text))
        figures |= {amount.words for amount in amounts_in(text)} | set(re.findall(_FIGURE, text))
    return Mask(names, {figure.strip() for figure in figures} - _NO_FIGURE)


def names_in(text: str) -> Iterable[str]:
    """Names of people, accounts, rivals and firms, addresses of mail and web; rather one too many than one too few."""
    yield from re.findall(_CONTACT, text)
    people = tuple(person.name for person in people_in(text))
    firms = [
        *re.findall(_FIRM, text),
        *(stretch.name for stretch in stretches_of(text) if stretch.name),
        *(rival.name for rival in rivals_in(text, people)),
    ]
    yield from people
    yield from firms
    for firm in firms:
        core = re.sub(rf"(?:{ORGANISATION})+\Z", "", firm)
        if len(core) > 1:
            yield core


@dataclass(frozen=True, slots=True)
class MaskingModel:
    """Fulfils LanguageModel over an outside one, which sees no name, number or amount of the inputs."""

    model: LanguageModel
    known: KnownNames

    @property
    def is_offline(self) -> bool:
        """What the model says of itself."""
        return self.model.is_offline

    async def speak(
        self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str
    ) -> AsyncGenerator[str, None]:
        """Text as it comes, with the names in it. Raises ModelUnavailable."""
        mask, hidden = await self._masked(inputs, rep)
        words = self.model.speak(prompt, hidden, language=language, rep=rep)
        async with closing(words), aclosing(mask.show_stream(words)) as pieces:
            async for piece in pieces:
                yield piece

    async def propose(
        self, prompt: str, inputs: Mapping[str, str], *, language: str, rep: str, schema: Mapping[str, object]
    ) -> Mapping[str, object]:
        """A JSON object that fits the schema, with the names in it. Raises ModelUnavailable."""
        mask, hidden = await self._masked(inputs, rep)
        found = await self.model.propose(prompt, hidden, language=language, rep=rep, schema=schema)
        return {key: mask.show_all(value) for key, value in found.items()}

    async def _masked(self, inputs: Mapping[str, str], rep: str) -> tuple[Mask, dict[str, str]]:
        kept = {name: value for name, value in inputs.items() if name == FALLBACK}
        texts = {name: value for name, value in inputs.items() if name != FALLBACK}
        mask = await asyncio.to_thread(mask_for, list(texts.values()), await self.known(rep))
        return mask, {name: mask.hide(value) for name, value in texts.items()} | kept
