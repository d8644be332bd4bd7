"""Typed settings, read from the environment once: the only reader of environment variables.

Names are `RIDEALONG_` + group + `__` + name, for example `RIDEALONG_TELEGRAM__TOKEN`. A secret may also be given
as the path of a file that holds it: `RIDEALONG_TELEGRAM__TOKEN_FILE`.
"""

import difflib
import os
import re
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from config.errors import SettingsError

PREFIX = "RIDEALONG_"
_LISTEN = re.compile(r"^(\[[0-9a-fA-F:]+\]|[^:\s]*):(\d{1,5})$")


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("is no web address; write it like https://host:port/path")
    return value.rstrip("/")


def _proxy_address(value: str) -> str:
    if urlsplit(value).scheme not in {"http", "https", "socks5", "socks5h"}:
        raise ValueError("is no proxy address; write it like http://host:port")
    return value


def _listen_address(value: str) -> str:
    match = _LISTEN.match(value)
    if not match or not 0 <= int(match[2]) <= 65535:
        raise ValueError("is no address to listen on; write it like 127.0.0.1:8443")
    return value


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("is no time zone; write it like Asia/Shanghai") from error
    return value


def _model_name(value: str) -> str:
    if value != "offline" and not re.fullmatch(r"[a-z_]+:.+", value):
        raise ValueError("is no model; write offline, or openai: and the model's name, like openai:gpt-5-mini")
    return value


def _embedding_name(value: str) -> str:
    if value != "embedded" and not re.fullmatch(r"openai:.+", value):
        raise ValueError("is no embedding; write embedded, or openai: and the model's name")
    return value


def _ids(value: object) -> object:
    if isinstance(value, str):
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isdecimal() for part in parts):
            raise ValueError("must be Telegram user ids (numbers) separated by commas")
        return tuple(int(part) for part in parts)
    return (value,) if isinstance(value, int) else value


WebAddress = Annotated[str, AfterValidator(_web_address)]
ProxyAddress = Annotated[str, AfterValidator(_proxy_address)]
ListenAddress = Annotated[str, AfterValidator(_listen_address)]


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

    name: Annotated[str, AfterValidator(_model_name)]
    base_url: WebAddress | None = None
    api_key: SecretStr | None = None
    proxy: ProxyAddress | None = None
    timeout_seconds: float = Field(gt=0)
    daily_budget_tokens: int = Field(ge=0)


class Embedding(_Group):
    """Which embeddings search uses: `embedded` (in the wheel), or `openai:<name>`."""

    name: Annotated[str, AfterValidator(_embedding_name)]
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


class Web(_Group):
    """Where the program answers `/healthz`."""

    listen: ListenAddress | None = None


class Privacy(_Group):
    """What an outside model may see."""

    mask: bool


class Access(_Group):
    """Who may join: by invitation only, unless `open`."""

    open: bool
    admins: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_ids)] = ()


class Defaults(_Group):
    """What holds for a rep who has not chosen yet."""

    time_zone: Annotated[str, AfterValidator(_time_zone)]


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
