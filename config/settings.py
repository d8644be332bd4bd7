"""Typed settings, read from the environment once: the only reader of environment variables.

Names are `RIDEALONG_` + group + `__` + name, for example `RIDEALONG_TELEGRAM__TOKEN`. A secret may also be given
as the path of a file that holds it: `RIDEALONG_TELEGRAM__TOKEN_FILE`.
"""

import difflib
import os
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from config.errors import SettingsError
from config.values import (
    EmbeddingName,
    HookAddress,
    HookSecret,
    ListenAddress,
    ModelName,
    People,
    ProxyAddress,
    TimeZone,
    WebAddress,
)

PREFIX = "RIDEALONG_"


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Telegram(_Group):
    """How Telegram is reached; without a token the terminal is the only channel."""

    token: SecretStr | None = None
    base_url: WebAddress
    mode: Literal["polling", "webhook"]
    webhook_url: WebAddress | None = None
    webhook_secret: SecretStr | None = None
    listen: ListenAddress
    proxy: ProxyAddress | None = None
    messages_per_second: float = Field(ge=0)
    messages_per_chat_per_second: float = Field(ge=0)


class Model(_Group):
    """Which language model answers: `offline`, or `openai:<name>` for anything OpenAI-compatible."""

    name: ModelName
    base_url: WebAddress | None = None
    api_key: SecretStr | None = None
    proxy: ProxyAddress | None = None
    timeout_seconds: float = Field(gt=0)
    daily_budget_tokens: int = Field(ge=0)


class Embedding(_Group):
    """Which embeddings search uses: `embedded` (in the wheel), or `openai:<name>`."""

    name: EmbeddingName
    base_url: WebAddress | None = None
    api_key: SecretStr | None = None


class Speech(_Group):
    """Where voice notes are written down; without an address they are kept and the rep is told."""

    base_url: WebAddress | None = None
    model: str
    api_key: SecretStr | None = None


class Audio(_Group):
    """Whether a voice note is kept after it was written down."""

    keep: bool


class Chroma(_Group):
    """A Chroma server; without an address the index lives in the data folder."""

    url: WebAddress | None = None


class Webhook(_Group):
    """Where every saved visit is told to; without an address nowhere."""

    url: HookAddress | None = None
    secret: HookSecret | None = None


class Web(_Group):
    """Where the program answers `/healthz`."""

    listen: ListenAddress | None = None


class Privacy(_Group):
    """What an outside model may see."""

    mask: bool


class Access(_Group):
    """Who may join: by invitation only, unless `open`."""

    open: bool
    admins: Annotated[People, NoDecode] = ()


class Defaults(_Group):
    """What holds for a rep who has not chosen yet."""

    time_zone: TimeZone


class Clock(_Group):
    """A clock that starts at a given time and runs on, for trials and checks."""

    starts_at: datetime | None = None


class Log(_Group):
    """How much is logged to stderr."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(BaseSettings):
    """Everything that can be set, complete and checked."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, env_ignore_empty=True
    )

    data_dir: Path
    profile: Literal["embedded", "scale"]
    database_url: SecretStr | None = None
    telegram: Telegram
    model: Model
    embedding: Embedding
    speech: Speech
    audio: Audio
    chroma: Chroma
    web: Web
    webhook: Webhook
    privacy: Privacy
    access: Access
    defaults: Defaults
    clock: Clock
    log: Log

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Values given in code, then the environment, then `defaults.toml`."""
        defaults = Path(str(files("config").joinpath("defaults.toml")))
        return (init_settings, _Environment(settings_cls), TomlConfigSettingsSource(settings_cls, toml_file=defaults))


class _Environment(EnvSettingsSource):
    """The environment, with every readable `NAME_FILE` put in as `NAME`."""

    def _load_env_vars(self) -> Mapping[str, str | None]:
        known = {name.lower() for name in _names(Settings)}
        found = {name: value for name, value in super()._load_env_vars().items() if name in known}
        for name, path in _secret_files(os.environ).items():
            found[name.removesuffix("_FILE").lower()] = _first_word(path)
        return found


def _secret_files(environment: Mapping[str, str]) -> dict[str, str]:
    return {n: v for n, v in environment.items() if n.startswith(PREFIX) and n.endswith("_FILE") and v}


def _first_word(path: str) -> str | None:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _names(model: type[BaseModel], prefix: str = PREFIX) -> set[str]:
    """Every variable name the settings know."""
    names = set()
    for field, info in model.model_fields.items():
        nested = info.annotation
        if isinstance(nested, type) and issubclass(nested, BaseModel):
            names |= _names(nested, f"{prefix}{field.upper()}__")
        else:
            names.add(f"{prefix}{field.upper()}")
    return names


def _misnamed(environment: Mapping[str, str]) -> list[str]:
    """One sentence for each variable that sets nothing: a wrong name, or a secret's file that cannot be read."""
    known = _names(Settings)
    mistakes = []
    for name, value in environment.items():
        if name.startswith(PREFIX) and name.removesuffix("_FILE") not in known:
            near = difflib.get_close_matches(name, known, n=1)
            mistakes.append(f"{name}: there is no such setting{f'; did you mean {near[0]}?' if near else '.'}")
        elif name in _secret_files({name: value}) and _first_word(value) is None:
            mistakes.append(f"{name}: the file {value} cannot be read.")
    return mistakes


def _sentence(error: Mapping[str, Any]) -> str:
    name = PREFIX + "__".join(str(part).upper() for part in error["loc"])
    message = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    return f"{name}: {message}."


def _crossed(settings: Settings) -> list[str]:
    """Mistakes that only two settings together can make."""
    mistakes = []
    telegram = settings.telegram
    if telegram.mode == "webhook" and telegram.webhook_url is None:
        mistakes.append(f"{PREFIX}TELEGRAM__WEBHOOK_URL: is needed when {PREFIX}TELEGRAM__MODE is webhook.")
    if telegram.mode == "webhook" and telegram.webhook_secret is None:
        mistakes.append(f"{PREFIX}TELEGRAM__WEBHOOK_SECRET: is needed when {PREFIX}TELEGRAM__MODE is webhook.")
    if settings.webhook.url and settings.webhook.secret is None:
        mistakes.append(f"{PREFIX}WEBHOOK__SECRET: is needed when {PREFIX}WEBHOOK__URL is set.")
    if settings.profile == "scale" and settings.database_url is None:
        mistakes.append(f"{PREFIX}DATABASE_URL: is needed when {PREFIX}PROFILE is scale (a postgresql:// address).")
    return mistakes


def read_settings(*, data_dir: Path | None = None) -> Settings:
    """The settings of this run; `data_dir` beats the variable.

    Raises SettingsError with every mistake at once, one sentence each.
    """
    mistakes = _misnamed(os.environ)
    try:
        settings = Settings(**({} if data_dir is None else {"data_dir": data_dir}))  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError((*mistakes, *(_sentence(dict(e)) for e in error.errors()))) from error
    mistakes += _crossed(settings)
    if mistakes:
        raise SettingsError(tuple(mistakes))
    return settings
