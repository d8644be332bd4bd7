"""How often the crash test kills: `--kills`, ten without it."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=10, help="how often the crash test kills the bot")
    parser.addoption("--crash-seed", type=int, default=1, help="where the crash test's chance starts")


@pytest.fixture
def kills(pytestconfig: pytest.Config) -> int:
    return int(pytestconfig.getoption("--kills", default=10))


@pytest.fixture
def seed(pytestconfig: pytest.Config) -> int:
    return int(pytestconfig.getoption("--crash-seed", default=1))
