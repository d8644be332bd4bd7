"""Settings: every name of the README is known, every mistake is told at once, one sentence each."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.errors import SettingsError
from config.settings import PREFIX, Settings, read_settings

MakeSettings = Callable[..., Settings]
MANAGED = [
    "DATA_DIR",
    "PROFILE",
    "DATABASE_URL",
    "TELEGRAM__TOKEN",
    "TELEGRAM__BASE_URL",
    "TELEGRAM__MODE",
    "TELEGRAM__WEBHOOK_URL",
    "TELEGRAM__WEBHOOK_SECRET",
    "TELEGRAM__LISTEN",
    "TELEGRAM__PROXY",
    "TELEGRAM__MESSAGES_PER_SECOND",
    "TELEGRAM__MESSAGES_PER_CHAT_PER_SECOND",
    "MODEL__NAME",
    "MODEL__BASE_URL",
    "MODEL__API_KEY",
    "MODEL__PROXY",
    "MODEL__TIMEOUT_SECONDS",
    "MODEL__DAILY_BUDGET_TOKENS",
    "EMBEDDING__NAME",
    "EMBEDDING__BASE_URL",
    "EMBEDDING__API_KEY",
    "SPEECH__BASE_URL",
    "SPEECH__MODEL",
    "SPEECH__API_KEY",
    "AUDIO__KEEP",
    "CHROMA__URL",
    "WEB__LISTEN",
    "WEBHOOK__URL",
    "WEBHOOK__SECRET",
    "PRIVACY__MASK",
    "ACCESS__OPEN",
    "ACCESS__ADMINS",
    "DEFAULTS__TIME_ZONE",
    "CLOCK__STARTS_AT",
    "LOG__LEVEL",
]
"""The names that do not move."""
VALUES = {
    "DATA_DIR": "/tmp/somewhere",
    "PROFILE": "embedded",
    "DATABASE_URL": "postgresql://127.0.0.1/x",
    "TELEGRAM__TOKEN": "1:AAAAAAAAAA",
    "TELEGRAM__MODE": "polling",
    "TELEGRAM__LISTEN": "[::1]:8443",
    "TELEGRAM__WEBHOOK_SECRET": "s-1_A",
    "TELEGRAM__PROXY": "socks5://127.0.0.1:1080",
    "MODEL__PROXY": "http://127.0.0.1:3128",
    "MODEL__NAME": "openai:deepseek-chat",
    "EMBEDDING__NAME": "openai:bge-m3",
    "SPEECH__MODEL": "whisper-1",
    "WEB__LISTEN": ":8080",
    "WEBHOOK__URL": "https://crm.example.com/hook",
    "WEBHOOK__SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "ACCESS__ADMINS": "1001, 1002",
    "DEFAULTS__TIME_ZONE": "Europe/Berlin",
    "CLOCK__STARTS_AT": "2026-11-23T08:59:50+08:00",
    "LOG__LEVEL": "DEBUG",
}


def value_of(name: str) -> str:
    if name.endswith(("URL",)):
        return VALUES.get(name, "http://127.0.0.1:8081/v1")
    if name.endswith(("OPEN", "KEEP", "MASK")):
        return "true"
    return VALUES.get(name, "7")


@pytest.mark.parametrize("name", MANAGED)
def test_every_promised_name_is_taken(settings_of: MakeSettings, name: str) -> None:
    needed = {"WEBHOOK__SECRET": value_of("WEBHOOK__SECRET")} if name == "WEBHOOK__URL" else {}
    assert settings_of(**{name: value_of(name)}, **needed)


def test_a_web_hook_needs_its_secret(settings_of: MakeSettings) -> None:
    with pytest.raises(SettingsError, match="WEBHOOK__SECRET: is needed"):
        settings_of(WEBHOOK__URL="https://crm.example.com/hook")


def test_nothing_set_is_a_working_program(settings_of: MakeSettings, data_dir: Path) -> None:
    settings = settings_of()
    assert settings.data_dir == data_dir
    assert (settings.profile, settings.model.name, settings.access.open) == ("embedded", "offline", False)
    assert settings.telegram.token is None
    assert settings.telegram.base_url == "https://api.telegram.org"


def test_empty_variables_count_as_not_set(settings_of: MakeSettings) -> None:
    assert settings_of(TELEGRAM__TOKEN="", DATABASE_URL="", MODEL__NAME="").model.name == "offline"


def test_the_option_beats_the_variable(settings_of: MakeSettings, data_dir: Path) -> None:
    assert settings_of(DATA_DIR="/elsewhere").data_dir == data_dir
    assert read_settings().data_dir == Path("/elsewhere")


def test_administrators_are_one_id_or_several(settings_of: MakeSettings) -> None:
    assert settings_of(ACCESS__ADMINS="1001").access.admins == (1001,)
    assert settings_of(ACCESS__ADMINS=" 1001,1002 ,").access.admins == (1001, 1002)


def test_the_clock_may_start_elsewhere(settings_of: MakeSettings) -> None:
    starts_at = settings_of(CLOCK__STARTS_AT="2026-11-23T08:59:50+08:00").clock.starts_at
    assert starts_at == datetime(2026, 11, 23, 0, 59, 50, tzinfo=UTC)


def test_an_address_loses_its_last_slash(settings_of: MakeSettings) -> None:
    assert settings_of(TELEGRAM__BASE_URL="http://127.0.0.1:9/").telegram.base_url == "http://127.0.0.1:9"


@pytest.mark.parametrize("name", ["TELEGRAM__TOKEN", "TELEGRAM__WEBHOOK_SECRET", "WEBHOOK__SECRET", "MODEL__API_KEY"])
def test_a_secret_may_lie_in_a_file(settings_of: MakeSettings, tmp_path: Path, name: str) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{value_of(name)}\n", encoding="utf-8")
    settings = settings_of(**{f"{name}_FILE": file})
    found: object = settings
    for part in name.lower().split("__"):
        found = getattr(found, part)
    assert found.get_secret_value() == value_of(name)  # type: ignore[attr-defined]


def test_secrets_are_never_shown(settings_of: MakeSettings) -> None:
    settings = settings_of(
        TELEGRAM__TOKEN="1:SECRET", MODEL__API_KEY="SECRET", DATABASE_URL="postgresql://u:SECRET@h/x"
    )
    assert "SECRET" not in repr(settings)


MISTAKES = {
    "PROFILE": "tiny",
    "TELEGRAM__BASE_URL": "api.telegram.org",
    "TELEGRAM__MODE": "push",
    "TELEGRAM__LISTEN": "8443",
    "TELEGRAM__PROXY": "127.0.0.1:3128",
    "TELEGRAM__MESSAGES_PER_SECOND": "-1",
    "MODEL__NAME": "gpt 5",
    "MODEL__TIMEOUT_SECONDS": "soon",
    "MODEL__DAILY_BUDGET_TOKENS": "-5",
    "ACCESS__ADMINS": "@anna",
    "ACCESS__OPEN": "perhaps",
    "DEFAULTS__TIME_ZONE": "Mars/Crater",
    "CLOCK__STARTS_AT": "tomorrow",
    "LOG__LEVEL": "LOUD",
    "WEB__LISTEN": "127.0.0.1:99999",
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_wrong_value_is_one_sentence_that_names_it(settings_of: MakeSettings, name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_of(**{name: MISTAKES[name]})
    [sentence] = caught.value.mistakes
    assert sentence.startswith(f"{PREFIX}{name}: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_all_mistakes_are_told_at_once(settings_of: MakeSettings, tmp_path: Path) -> None:
    wrong = {**MISTAKES, "TELEGRAM__TOKN": "x", "SPEED": "9", "MODEL__API_KEY_FILE": tmp_path / "nowhere"}
    with pytest.raises(SettingsError) as caught:
        settings_of(**wrong)
    assert {sentence.partition(":")[0] for sentence in caught.value.mistakes} == {PREFIX + name for name in wrong}


def test_a_misspelt_name_is_told_with_the_right_one(settings_of: MakeSettings) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_of(TELEGRAM__TOKN="x")
    assert f"did you mean {PREFIX}TELEGRAM__TOKEN?" in caught.value.mistakes[0]


def test_what_belongs_together_is_asked_for_together(settings_of: MakeSettings) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_of(TELEGRAM__MODE="webhook", PROFILE="scale")
    names = {sentence.partition(":")[0] for sentence in caught.value.mistakes}
    assert names == {PREFIX + n for n in ("TELEGRAM__WEBHOOK_URL", "TELEGRAM__WEBHOOK_SECRET", "DATABASE_URL")}


def test_a_wrong_secret_is_not_repeated_in_the_sentence(settings_of: MakeSettings) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_of(TELEGRAM__PROXY="user:SECRET@127.0.0.1", TELEGRAM__TOKEN="1:SECRET", LOG__LEVEL="LOUD")
    assert "SECRET" not in "".join(caught.value.mistakes)


def test_the_example_file_names_every_setting_and_no_other() -> None:
    example = Path(__file__).resolve().parents[2] / ".env.example"
    named = re.findall(rf"^#?\s*{PREFIX}(\w+)=", example.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(named) == set(MANAGED)
