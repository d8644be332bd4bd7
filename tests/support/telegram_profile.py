"""What the bot says about itself and asks about chats: commands, descriptions, the menu button, leaving a group."""

import re

from tests.support.telegram_text import utf16_length
from tests.support.telegram_wire import Json, Upload, bad_request
from tests.support.telegram_world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_TEXTS = {
    "name": ("name", 64),
    "description": ("description", 512),
    "short_description": ("short_description", 120),
}


def get_me(world: World, parameters: Json, uploads: dict[str, Upload]) -> Json:
    """getMe."""
    return world.bot


def set_my_commands(world: World, parameters: Json, uploads: dict[str, Upload]) -> bool:
    """setMyCommands."""
    commands = parameters.get("commands", [])
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict) or not _COMMAND.fullmatch(command.get("command", "")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= utf16_length(command.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.settings[_command_key(parameters)] = commands
    return True


def delete_my_commands(world: World, parameters: Json, uploads: dict[str, Upload]) -> bool:
    """deleteMyCommands."""
    world.settings.pop(_command_key(parameters), None)
    return True


def get_my_commands(world: World, parameters: Json, uploads: dict[str, Upload]) -> object:
    """getMyCommands."""
    return world.settings.get(_command_key(parameters), [])


def _command_key(parameters: Json) -> tuple[str, ...]:
    scope = parameters.get("scope") or {"type": "default"}
    return ("commands", str(sorted(scope.items())), _language(parameters))


def _language(parameters: Json) -> str:
    language: str = parameters.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def set_text(world: World, parameters: Json, uploads: dict[str, Upload], *, name: str) -> bool:
    """setMyName, setMyDescription and setMyShortDescription."""
    field, limit = _TEXTS[name]
    text = parameters.get(field, "")
    if utf16_length(text) > limit:
        raise bad_request(f"{field} is too long")
    world.settings[name, _language(parameters)] = text
    return True


def get_text(world: World, parameters: Json, uploads: dict[str, Upload], *, name: str) -> Json:
    """getMyName, getMyDescription and getMyShortDescription."""
    language = _language(parameters)
    return {name: world.settings.get((name, language), world.settings.get((name, ""), ""))}


def set_chat_menu_button(world: World, parameters: Json, uploads: dict[str, Upload]) -> bool:
    """setChatMenuButton."""
    button = parameters.get("menu_button") or {"type": "default"}
    if button.get("type") not in {"commands", "web_app", "default"}:
        raise bad_request("MenuButton has unsupported type")
    world.settings["menu_button", str(parameters.get("chat_id", ""))] = button
    return True


def get_chat_menu_button(world: World, parameters: Json, uploads: dict[str, Upload]) -> object:
    """getChatMenuButton."""
    return world.settings.get(("menu_button", str(parameters.get("chat_id", ""))), {"type": "commands"})


def get_chat(world: World, parameters: Json, uploads: dict[str, Upload]) -> Json:
    """getChat."""
    chat = world.chats.get(parameters.get("chat_id", 0))
    if not chat:
        raise bad_request("chat not found")
    gifts = dict.fromkeys(("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"), True)
    gifts["gifts_from_channels"] = True
    return chat.about | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
