"""Settings to models: which driver answers, where it is, and what steadies it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec

from pydantic import SecretStr

from bot.errors import CannotStart
from bot.language_models.budget import Budget, BudgetInMemory, spending
from bot.language_models.connection import OPENAI, Address
from bot.language_models.embeddings import EndpointEmbedder, MaskedEmbedder
from bot.language_models.langchain_model import LangChainModel, Record
from bot.language_models.masking import KnownNames, MaskingModel
from bot.language_models.offline_model import OfflineModel
from bot.language_models.question_writer import ModelQuestionWriter
from bot.language_models.steadying import SteadyModel
from bot.language_models.streaming import Limits
from bot.language_models.transcription import SpeechTranscriber
from bot.language_models.trouble import Cause
from bot.ports import LanguageModel
from config.settings import PREFIX, Settings
from knowledge.passages import Embedder
from knowledge.sentence_embedder import SentenceEmbedder

_OFFLINE = "offline"
_EMBEDDED = "embedded"
_WHOLE_ANSWER = 3
"""How many times the limit of silence a whole answer may take."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ChosenModel:
    """The language model of the settings, steadied; `sends_to` is the host that words leave to, "" for none.

    `ready` asks it for one token and gives the cause when there is none; for `check`, and to warm it.
    """

    model: LanguageModel
    sends_to: str
    ready: Callable[[], Awaitable[Cause | None]]
    close: Callable[[], Awaitable[None]]

    async def warm(self) -> None:
        """Load what the first answer would wait for; run it in the background at start. Raises nothing of the model."""
        if cause := await self.ready():
            _log.warning("model is not ready", extra={"cause": str(cause)})


async def _nothing_noted(rep: str, tokens_in: int, tokens_out: int) -> None: ...


async def _nobody_known(rep: str) -> Sequence[str]:
    return ()


def language_model(
    settings: Settings,
    *,
    today: Callable[[], date],
    budget: Budget | None = None,
    record: Record = _nothing_noted,
    known: KnownNames = _nobody_known,
) -> ChosenModel:
    """The model of the settings. Raises CannotStart in one sentence.

    `record` takes down every use; `budget` is the store's, else one in memory; `known` are the names to mask.
    """
    if settings.model.name == _OFFLINE:
        return ChosenModel(OfflineModel(), "", _always_ready, _nothing_to_close)
    address = _address("MODEL", settings.model.base_url, settings.model.api_key, settings.model.proxy)
    budget = budget or BudgetInMemory(settings.model.daily_budget_tokens, today)
    silence = settings.model.timeout_seconds
    limits = Limits(silence=silence, total=silence * _WHOLE_ANSWER)
    driver = LangChainModel(_openai_name("MODEL", settings.model.name), address, limits, spending(budget, record))
    model: LanguageModel = SteadyModel(driver, budget, patience=limits.total)
    if settings.privacy.mask and not address.is_own_network:
        model = MaskingModel(model, known)
    return ChosenModel(model, "" if address.is_own_network else address.host, driver.ready, driver.close)


def transcriber(settings: Settings) -> SpeechTranscriber | None:
    """What writes voice notes down, None without an address. Raises CannotStart."""
    speech = settings.speech
    if speech.base_url is None:
        return None
    return SpeechTranscriber(speech.model, _address("SPEECH", speech.base_url, speech.api_key))


def embedder(settings: Settings) -> Embedder:
    """The embeddings of the settings; the embedded ones by default. Raises CannotStart."""
    wanted = settings.embedding
    if wanted.name == _EMBEDDED:
        return SentenceEmbedder()
    address = _address("EMBEDDING", wanted.base_url, wanted.api_key)
    endpoint = EndpointEmbedder(_openai_name("EMBEDDING", wanted.name), address)
    return MaskedEmbedder(endpoint) if settings.privacy.mask and not address.is_own_network else endpoint


def question_writer(model: LanguageModel, loop: asyncio.AbstractEventLoop) -> ModelQuestionWriter | None:
    """What writes questions at ingestion, None where no model could; `loop` runs the model's calls."""
    return None if model.is_offline else ModelQuestionWriter(model, loop)


async def _always_ready() -> None:
    return None


async def _nothing_to_close() -> None: ...


def _address(group: str, base_url: str | None, key: SecretStr | None, proxy: str | None = None) -> Address:
    secret = key.get_secret_value() if key else ""
    if base_url is None and not secret:
        raise CannotStart(
            f"{PREFIX}{group}__API_KEY: is needed for {OPENAI}; "
            f"for a server of your own set {PREFIX}{group}__BASE_URL instead."
        )
    if proxy and proxy.startswith("socks") and find_spec("socksio") is None:
        raise CannotStart(f"{PREFIX}{group}__PROXY: a socks proxy needs the package socksio; an http proxy does not.")
    return Address(base_url or OPENAI, secret, proxy)


def _openai_name(group: str, setting: str) -> str:
    vendor, _, name = setting.partition(":")
    if vendor != "openai":
        raise CannotStart(
            f"{PREFIX}{group}__NAME: begins with openai: for any OpenAI-compatible server; "
            f"its address goes into {PREFIX}{group}__BASE_URL."
        )
    return name
