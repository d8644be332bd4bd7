"""Telegram's rules for text: length in UTF-16 code units, entities, and what a client marks in typed text."""

import re
from itertools import pairwise

from tests.support.telegram_wire import ApiError, Json, bad_request

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ENTITIES = 100
_STYLES = {"bold", "italic", "underline", "strikethrough", "spoiler"}
_QUOTES = {"blockquote", "expandable_blockquote"}
_CODE = {"pre", "code"}
_FOUND_BY_SERVER = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
_NEEDED_FIELD = {
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}
ENTITY_TYPES = _STYLES | _QUOTES | _CODE | _FOUND_BY_SERVER | set(_NEEDED_FIELD)
_BLANK = " \t\n\r\u200b\u200c\u200d\u2060\ufeff"
_LINK = re.compile(r"(?:https?|tg|tonsite)://\S+|(?:mailto|tel):\S+")
_TYPED = re.compile(
    r"(?P<url>https?://[^\s]+)"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]+)"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<!\w)(?P<mention>@[A-Za-z]\w{3,31})"
    r"|(?<!\w)(?P<hashtag>#\w+)"
)


def utf16_length(text: str) -> int:
    """How long Telegram counts this text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def checked_text(parameters: Json, *, limit: int = MAX_TEXT, name: str = "text", entities: str = "entities") -> Json:
    """The fields `name` and `entities` as the message will carry them; refuses what Telegram refuses."""
    text = parameters.get(name, "")
    if parameters.get("parse_mode"):
        raise bad_request("unsupported parse_mode")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
    marks = check_entities(text, parameters.get(entities) or [])
    text = text if marks else text.lstrip(_BLANK)
    shown = text.rstrip(_BLANK)
    length = utf16_length(shown)
    if length > limit:
        raise bad_request("message is too long" if name == "text" else "message caption is too long")
    content: Json = {name: shown}
    if marks := _cut(marks, length):
        content[entities] = marks
    return content


def required_text(parameters: Json) -> Json:
    """As `checked_text`, refusing a text with nothing to see."""
    content = checked_text(parameters)
    if not content["text"].strip(_BLANK):
        raise bad_request("message text is empty")
    return content


def _cut(entities: list[Json], length: int) -> list[Json]:
    """Entities after trailing blanks are gone: shortened to the text, or dropped with it."""
    kept = (entity for entity in entities if entity["offset"] < length)
    return [entity | {"length": min(entity["length"], length - entity["offset"])} for entity in kept]


def check_entities(text: str, entities: list[Json]) -> list[Json]:
    """The entities in Telegram's order; an unlawful one is refused in Telegram's words."""
    if not entities:
        return []
    if len(entities) > MAX_ENTITIES:
        raise bad_request(f"too many entities: {len(entities)}")
    for entity in entities:
        _check_fields(entity)
    ordered = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    borders = _borders(text)
    end = utf16_length(text)
    for entity in ordered:
        _check_range(entity, borders, end)
    _check_nesting(ordered)
    return ordered


def _check_fields(entity: Json) -> None:
    if not isinstance(entity, dict):
        raise _unparsable("expected an Object")
    for name in ("type", "offset", "length"):
        if name not in entity:
            raise _unparsable(f'Can\'t find field "{name}"')
    kind = entity["type"]
    if kind not in ENTITY_TYPES:
        raise _unparsable("Unsupported type specified")
    for name in ("offset", "length"):
        if isinstance(entity[name], bool) or not isinstance(entity[name], int):
            raise _unparsable(f'Field "{name}" must be of type Number')
    if kind in _NEEDED_FIELD and not entity.get(_NEEDED_FIELD[kind]):
        raise _unparsable(f'Can\'t find field "{_NEEDED_FIELD[kind]}"')
    if kind == "text_link" and not _LINK.fullmatch(entity["url"]):
        raise bad_request(f"entity URL '{entity['url']}' is invalid: Wrong HTTP URL")


def _unparsable(reason: str) -> ApiError:
    return bad_request(f"can't parse MessageEntity: {reason}")


def _borders(text: str) -> dict[int, int] | None:
    """Offsets between characters in UTF-16 with their byte offset, or None where every offset is one."""
    if not text or max(text) < "\U00010000":
        return None
    borders = {0: 0}
    units = size = 0
    for character in text:
        units += 2 if character >= "\U00010000" else 1
        size += len(character.encode())
        borders[units] = size
    return borders


def _check_range(entity: Json, borders: dict[int, int] | None, end: int) -> None:
    start, length = entity["offset"], entity["length"]
    if start < 0:
        raise bad_request(f"receive an entity with incorrect offset {start}")
    if length <= 0:
        raise bad_request(f"receive an entity with incorrect length {length}")
    if start >= end:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
    stop = start + length
    if stop > end:
        raise _ends_too_late(start, stop)
    if borders is not None and start not in borders:
        raise bad_request(f"entity begins in a middle of a UTF-16 symbol at byte offset {borders[start + 1]}")
    if borders is not None and stop not in borders:
        where = borders[stop + 1]
        raise bad_request(
            f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol at byte offset {where}"
        )


def _ends_too_late(start: int, stop: int) -> ApiError:
    return bad_request(
        f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {stop}"
    )


def _check_nesting(ordered: list[Json]) -> None:
    around: list[Json] = []
    for entity in ordered:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        while around and around[-1]["offset"] + around[-1]["length"] <= start:
            around.pop()
        if around and around[-1]["offset"] + around[-1]["length"] < stop:
            raise _ends_too_late(start, stop)
        for outer in around:
            if not may_contain(outer["type"], entity["type"]):
                raise bad_request(f"entity {outer['type']} can't contain entity {entity['type']}")
        around.append(entity)


def may_contain(outer: str, inner: str) -> bool:
    """Whether Telegram's documentation lets the one entity stand inside the other."""
    if outer in _CODE or inner in _CODE:
        return outer in _QUOTES
    if outer in _QUOTES:
        return inner not in _QUOTES
    return outer in _STYLES or inner in _STYLES


def typed_entities(text: str) -> list[Json]:
    """What a client marks in text that a person types: commands, addresses, mentions and tags."""
    found: list[Json] = []
    for match in _TYPED.finditer(text):
        kind = match.lastgroup or "url"
        offset = utf16_length(text[: match.start(kind)])
        found.append({"type": kind, "offset": offset, "length": utf16_length(match[kind])})
    return found


def cut_as_client(text: str, size: int) -> list[str]:
    """The pieces in which a client sends a text that is too long for one message."""
    borders = [0]
    units = 0
    for position, character in enumerate(text):
        width = 2 if character >= "\U00010000" else 1
        if units + width > size:
            borders.append(position)
            units = 0
        units += width
    return [text[start:stop] for start, stop in pairwise([*borders, len(text)]) if start < stop]
