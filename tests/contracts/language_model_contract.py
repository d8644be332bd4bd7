"""What every LanguageModel keeps to, whoever fulfils it: subclass, give it a `model` fixture, and it is checked."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

import pytest
from jsonschema import Draft202012Validator

from bot.errors import ModelUnavailable
from bot.ports import LanguageModel

REASONS = {"unreachable", "slow", "budget", "nonsense", "resting", "absent"}
INPUTS = {"title": "报价之后", "passage": "报价之后三天内打一次电话，问的是进度，不是价格。"}
FALLBACK = "先问对方看到报价没有。"
SCHEMA: Mapping[str, object] = {
    "type": "object",
    "properties": {"questions": {"type": "array", "items": {"type": "string"}}},
    "required": ["questions"],
    "additionalProperties": False,
}


class LanguageModelContract(ABC):
    """The contract itself; `answers` tells whether the model under test is one that is up."""

    answers = True

    @abstractmethod
    @pytest.fixture
    def model(self) -> LanguageModel: ...

    async def spoken(self, model: LanguageModel, language: str = "zh", **more: str) -> list[str]:
        pieces = model.speak("passage_questions", INPUTS | more, language=language, rep="rep-1")
        return [piece async for piece in pieces]

    async def proposed(self, model: LanguageModel) -> Mapping[str, object]:
        return await model.propose("passage_questions", INPUTS, language="zh", rep="rep-1", schema=SCHEMA)

    async def test_it_says_whether_it_is_offline(self, model: LanguageModel) -> None:
        assert model.is_offline in (True, False)

    @pytest.mark.parametrize("language", ["zh", "en"])
    async def test_it_speaks_in_pieces_of_text_or_is_unavailable(self, model: LanguageModel, language: str) -> None:
        if not self.answers:
            with pytest.raises(ModelUnavailable) as caught:
                await self.spoken(model, language)
            assert caught.value.reason in REASONS
            return
        pieces = await self.spoken(model, language)
        assert all(isinstance(piece, str) and piece for piece in pieces)
        assert bool("".join(pieces).strip()) is not model.is_offline

    async def test_it_proposes_what_fits_the_schema_or_is_unavailable(self, model: LanguageModel) -> None:
        if not self.answers:
            with pytest.raises(ModelUnavailable) as caught:
                await self.proposed(model)
            assert caught.value.reason in REASONS
            return
        proposals = await self.proposed(model)
        if model.is_offline:
            assert proposals == {}
        else:
            Draft202012Validator(SCHEMA).validate(proposals)

    async def test_a_fallback_is_for_the_offline_driver_alone(self, model: LanguageModel) -> None:
        if not self.answers:
            with pytest.raises(ModelUnavailable):
                await self.spoken(model, fallback=FALLBACK)
            return
        said = "".join(await self.spoken(model, fallback=FALLBACK))
        assert (said == FALLBACK) is model.is_offline

    async def test_nothing_happens_before_the_first_piece_is_asked_for(self, model: LanguageModel) -> None:
        pieces = model.speak("passage_questions", INPUTS, language="zh", rep="rep-1")
        assert hasattr(pieces, "__anext__")
        await pieces.aclose()  # type: ignore[attr-defined]

    async def test_an_answer_may_be_left_in_the_middle_and_asked_for_again(self, model: LanguageModel) -> None:
        if not self.answers:
            return
        for _ in range(2):
            pieces = model.speak("passage_questions", INPUTS | {"fallback": FALLBACK}, language="zh", rep="rep-1")
            assert await anext(pieces)
            await pieces.aclose()  # type: ignore[attr-defined]
