"""Telegram's rules for the buttons under a message."""

from tests.support.telegram_wire import ApiError, Json, bad_request, dump

MAX_BUTTONS = 100
MAX_BUTTONS_IN_ROW = 8
MAX_BYTES = 10 * 1024
_KINDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def check_markup(markup: Json, *, inline_only: bool = False) -> None:
    """Refuses a reply markup that Telegram would refuse."""
    kinds = [kind for kind in _KINDS if kind in markup]
    if len(kinds) != 1 or (inline_only and kinds != ["inline_keyboard"]):
        raise bad_request("object expected as reply markup")
    if len(dump(markup)) > MAX_BYTES:
        raise bad_request("reply markup is too long")
    rows = markup[kinds[0]]
    if kinds[0] in {"inline_keyboard", "keyboard"}:
        _check_rows(rows, inline=kinds[0] == "inline_keyboard")


def _check_rows(rows: object, *, inline: bool) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("field keyboard of the reply markup must be an Array of Arrays")
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_BUTTONS_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button, inline=inline)


def _check_button(button: object, *, inline: bool) -> None:
    if not inline and isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise _unparsable('Field "text" must be a non-empty String')
    if not inline:
        return
    actions = [name for name in _ACTIONS if name in button]
    if not actions:
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    if actions == ["callback_data"]:
        _check_data(button["callback_data"])
    if actions == ["url"] and not str(button["url"]).startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _check_data(data: object) -> None:
    if not isinstance(data, str):
        raise _unparsable('Field "callback_data" must be of type String')
    if not 1 <= len(data.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")


def _unparsable(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")
