"""Every driver and every wrapper keeps the contract, up or down."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.language_models.budget import BudgetInMemory
from bot.language_models.connection import Address
from bot.language_models.langchain_model import LangChainModel
from bot.language_models.masking import MaskingModel
from bot.language_models.offline_model import OfflineModel
from bot.language_models.steadying import SteadyModel
from bot.language_models.streaming import Limits
from tests.contracts.language_model_contract import LanguageModelContract
from tests.support.model_server import Asked, ModelServer, fails, says, says_json


def one_of_both(asked: Asked):
    """JSON to those who ask for JSON, words to the others."""
    return says_json({"questions": ["报价后怎么跟？"]}) if "response_format" in asked.body else says("报价后怎么跟进？")


async def nothing_noted(rep: str, tokens_in: int, tokens_out: int) -> None: ...


def driver(server: ModelServer) -> LangChainModel:
    return LangChainModel("tiny", Address(server.base_url), Limits(5, 10), nothing_noted)


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with ModelServer() as running:
        running.decide = one_of_both
        yield running


class TestOfflineModel(LanguageModelContract):
    @pytest.fixture
    def model(self):
        return OfflineModel()


class TestLangChainModel(LanguageModelContract):
    @pytest.fixture
    async def model(self, server):
        yield (model := driver(server))
        await model.close()


class TestLangChainModelDown(LanguageModelContract):
    answers = False

    @pytest.fixture
    async def model(self, server):
        server.decide = lambda asked: fails(500)
        yield (model := driver(server))
        await model.close()


def steadied(model) -> SteadyModel:
    return SteadyModel(model, BudgetInMemory(100_000, lambda: date(2026, 3, 2)), patience=10, longest_wait=0.01)


async def nobody(rep: str) -> list[str]:
    return []


class TestSteadyModel(LanguageModelContract):
    @pytest.fixture
    async def model(self, server):
        yield steadied(inner := driver(server))
        await inner.close()


class TestSteadyModelOverOffline(LanguageModelContract):
    @pytest.fixture
    def model(self):
        return steadied(OfflineModel())


class TestSteadyModelDown(LanguageModelContract):
    answers = False

    @pytest.fixture
    async def model(self, server):
        server.decide = lambda asked: fails(429)
        yield steadied(inner := driver(server))
        await inner.close()


class TestSteadyModelOutOfBudget(LanguageModelContract):
    answers = False

    @pytest.fixture
    async def model(self, server):
        yield SteadyModel(inner := driver(server), BudgetInMemory(3, lambda: date(2026, 3, 2)), patience=10)
        await inner.close()


class TestMaskingModel(LanguageModelContract):
    @pytest.fixture
    async def model(self, server):
        yield MaskingModel(steadied(inner := driver(server)), nobody)
        await inner.close()
