"""The language model and the speech recogniser of the settings."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from bot.assemble.memory import Memory
from bot.debriefing.meant_account import names_to_hide
from bot.domain.rep import Rep
from bot.language_models.choose import ChosenModel, language_model, transcriber
from bot.language_models.offline_model import OfflineModel
from bot.ports import LanguageModel
from bot.sound.listening import Listening
from bot.storage.model_use import ModelUse
from bot.storage.people import find_rep
from config.settings import Settings


def model_of(memory: Memory) -> ChosenModel:
    """The language model of the settings, its use counted in the database."""
    zone = ZoneInfo(memory.settings.defaults.time_zone)

    def today() -> date:
        return memory.clock.now().astimezone(zone).date()

    use = ModelUse(memory.database, memory.settings.model.daily_budget_tokens, today)
    return language_model(
        memory.settings, today=today, budget=use, record=use.record, known=lambda rep: names_known_to(memory, rep)
    )


async def names_known_to(memory: Memory, rep_id: str) -> list[str]:
    """What a mask must hide for a rep beside what it recognises: his accounts and their people, with every alias."""
    rep = await memory.database.run(lambda connection: find_rep(connection, rep_id))
    return await names_to_hide(memory.store().repository(rep.viewer)) if rep else []


def listener_of(settings: Settings) -> Listening | None:
    """Who hears voice notes, None without a speech server."""
    speech = transcriber(settings)
    return Listening(speech, speech.sends_to) if speech else None


def with_consent(chosen: ChosenModel) -> Callable[[Rep], LanguageModel]:
    """The model for a rep: one outside our network only after his own yes, else the offline driver."""
    offline = OfflineModel()

    def model_for(rep: Rep) -> LanguageModel:
        return chosen.model if rep.outside_model or not chosen.sends_to else offline

    return model_for
