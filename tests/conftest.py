"""What holds for every test: only loopback answers, nobody's own settings are read, data goes to the test's folder."""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_socket

from config.settings import PREFIX, Settings, read_settings
from tests.support.served import Surroundings
from tests.support.telegram_server import TelegramServer

LOOPBACK = ["127.0.0.1", "::1", "localhost"]
FOR_TESTS = f"{PREFIX}TEST_"
"""Variables that name servers for tests to use; everything else of ours is the developer's own."""
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup() -> None:
    """Refuse every connection that leaves the machine."""
    pytest_socket.socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_the_developer() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if (name.startswith(PREFIX) and not name.startswith(FOR_TESTS)) or name in _PROXIES:
                patch.delenv(name)
        yield


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder that does not exist yet."""
    return tmp_path / "data"


@pytest.fixture
def settings_of(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    """Settings of a program in the test's data folder; names without the prefix, `TELEGRAM__TOKEN="…"`."""

    def make(**variables: object) -> Settings:
        for name, value in variables.items():
            monkeypatch.setenv(PREFIX + name, str(value))
        return read_settings(data_dir=data_dir)

    return make


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    """Telegram's side of the wire; whatever the bot sends must be lawful."""
    async with TelegramServer() as server:
        yield server
        assert server.violations == []


@pytest.fixture
def surroundings(data_dir: Path) -> Surroundings:
    """The environment of a `ridealong` process in the test's data folder."""
    return Surroundings(data_dir)
