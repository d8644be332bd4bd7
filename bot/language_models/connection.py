"""Where a model is, and how to reach it: the address, its key, and which proxy stands between."""

import logging
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from config.addresses import is_loopback, is_own_network

if TYPE_CHECKING:
    from ssl import SSLContext

    from openai import DefaultAsyncHttpxClient, DefaultHttpxClient

OPENAI = "https://api.openai.com/v1"
_NO_KEY = "none"
_TALKATIVE = ("openai", "httpx", "httpx2", "httpcore", "httpcore2", "langsmith")


@dataclass(frozen=True, slots=True)
class Address:
    """An OpenAI-compatible address; an empty key is fine where nobody asks for one.

    `proxy` None means what the usual variables say. Nothing goes through a proxy to loopback.
    """

    base_url: str = OPENAI
    key: str = field(default="", repr=False)
    proxy: str | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        """The name or number of the machine."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def is_loopback(self) -> bool:
        """True for this very machine."""
        return is_loopback(self.host)

    @property
    def is_own_network(self) -> bool:
        """True for this machine and private networks: what goes there does not leave the house."""
        return is_own_network(self.host)

    @property
    def knows_newest_form(self) -> bool:
        """True for the vendors whose newer models refuse the older names of parameters."""
        return self.host.endswith((".openai.com", ".azure.com"))

    @property
    def key_to_send(self) -> str:
        """The key, or a word in its place, since the client insists on one."""
        return self.key or _NO_KEY

    def http(self) -> "DefaultAsyncHttpxClient":
        """An HTTP client for this address, for use in one event loop."""
        from openai import DefaultAsyncHttpxClient

        _quiet()
        return DefaultAsyncHttpxClient(**self._route())

    def blocking_http(self) -> "DefaultHttpxClient":
        """The same for blocking calls."""
        from openai import DefaultHttpxClient

        _quiet()
        return DefaultHttpxClient(**self._route())

    def _route(self) -> dict[str, Any]:
        route: dict[str, Any] = {"verify": _certificates()}
        if self.is_loopback:
            return route | {"trust_env": False}
        return route | ({"proxy": self.proxy} if self.proxy else {})


@cache
def _certificates() -> "SSLContext":
    """The certificates to trust, read once: reading them costs more than a request."""
    from httpx2 import create_ssl_context

    return create_ssl_context()


def _quiet() -> None:
    """These log whole requests at DEBUG, words of customers among them; not even that level may have them."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
