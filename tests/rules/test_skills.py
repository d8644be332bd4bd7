"""What every skill that is shipped must have."""

import re
from collections import Counter
from collections.abc import Callable

import pytest

from bot.assemble.memory import open_memory
from bot.assemble.program import assemble
from bot.conversation.arrival import STOP
from bot.conversation.handle_message import NOTICE, STOPPED
from bot.domain.rep import Role
from bot.ports import Skill
from bot.wording.phrasebook import LANGUAGES, Phrasebook, keys_of, language_of
from config.settings import Settings
from tests.support.recording_channel import RecordingChannel
from tests.support.telegram_text import utf16_length

TELEGRAM_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
RESERVED = {"start", "cancel"}


@pytest.fixture
def skills(settings_of: Callable[..., Settings]) -> tuple[Skill, ...]:
    return assemble(open_memory(settings_of()), (RecordingChannel(),)).skills


def test_names_and_commands_belong_to_one_skill_each(skills: tuple[Skill, ...]) -> None:
    names = Counter(skill.name for skill in skills)
    commands = Counter(command for skill in skills for command in skill.commands)
    assert [name for name, count in names.items() if count > 1] == []
    assert [command for command, count in commands.items() if count > 1] == []


def test_nobody_takes_what_the_conversation_keeps_for_itself(skills: tuple[Skill, ...]) -> None:
    assert not RESERVED & {command for skill in skills for command in skill.commands}
    assert not {NOTICE, STOPPED, STOP} & {skill.name for skill in skills}


def test_commands_are_such_as_telegram_takes(skills: tuple[Skill, ...]) -> None:
    commands = [command for skill in skills for command in skill.commands]
    assert [command for command in commands if not TELEGRAM_COMMAND.fullmatch(command)] == []


def test_everybody_may_use_something_and_every_skill_somebody(skills: tuple[Skill, ...]) -> None:
    assert all(skill.roles for skill in skills)
    for role in Role:
        assert any(role in skill.roles for skill in skills)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_skill_says_what_it_is_for_in_words_that_fit_the_menu(skills: tuple[Skill, ...], language: str) -> None:
    for skill in skills:
        if skill.commands:
            text = Phrasebook(language).plain(f"{skill.name}.help")
            assert 1 <= utf16_length(text) <= 256
            assert "\n" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_skill_with_a_command_has_examples_in_the_language(skills: tuple[Skill, ...], language: str) -> None:
    for skill in skills:
        if skill.commands:
            examples = Phrasebook(language).list_of(f"{skill.name}.examples")
            assert len(examples) >= 3, skill.name
            assert {language_of(example) or language for example in examples} == {language}, skill.name


def test_every_skill_can_be_offered_when_nobody_is_sure(skills: tuple[Skill, ...]) -> None:
    for language in LANGUAGES:
        missing = [skill.name for skill in skills if skill.commands and f"{skill.name}.button" not in keys_of(language)]
        assert missing == []
