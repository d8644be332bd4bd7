"""What values of settings look like; each mistake is the end of a sentence that begins with the setting's name."""

import re
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, SecretStr

from config.web_hook import hook_address, hook_secret

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


def _hook_secret(value: SecretStr) -> SecretStr:
    hook_secret(value.get_secret_value())
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
TimeZone = Annotated[str, AfterValidator(_time_zone)]
ModelName = Annotated[str, AfterValidator(_model_name)]
EmbeddingName = Annotated[str, AfterValidator(_embedding_name)]
HookAddress = Annotated[str, AfterValidator(hook_address)]
HookSecret = Annotated[SecretStr, AfterValidator(_hook_secret)]
People = Annotated[tuple[int, ...], BeforeValidator(_ids)]
