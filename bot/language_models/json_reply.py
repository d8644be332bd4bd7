"""A JSON object out of what a model wrote: read strictly, repaired where nothing is invented, checked by its schema.

Small models wrap JSON in prose, forget commas and brackets, add fields or stop in the middle. What is whole is kept;
what was cut is dropped rather than completed, because half a figure is a wrong figure.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from bot.language_models.trouble import Cause

_FENCE = re.compile(r"```[a-zA-Z]*\s*(.*?)(?:```|\Z)", re.DOTALL)
_MOST_STARTS = 20

Fits = Callable[[object, Mapping[str, Any]], bool]
"""Whether a part of a reply is valid under its part of the schema."""


class BadReply(Exception):
    """A reply of no use; `mistake` tells the model what to correct and must not be logged (it may quote)."""

    def __init__(self, cause: Cause, mistake: str) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.mistake = mistake


def object_in(text: str, schema: Mapping[str, object], *, is_cut: bool = False) -> dict[str, object]:
    """The object in a reply, fitting the schema. `is_cut` when the model was stopped. Raises BadReply."""
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

    validator = Draft202012Validator(dict(schema))
    value = _in_an_object(_read(text, is_cut=is_cut), schema)
    value = _fitted(value, schema, lambda part, form: bool(validator.evolve(schema=form).is_valid(part)))
    errors = sorted(validator.iter_errors(value), key=lambda error: (len(error.path), str(error.path)))
    if errors:
        raise BadReply(Cause.WRONG_SHAPE, f"{errors[0].json_path}: {errors[0].message[:300]}")
    return cast(dict[str, object], value)


def _read(text: str, *, is_cut: bool) -> object:
    if not text.strip():
        raise BadReply(Cause.EMPTY, "nothing was written")
    fenced = _FENCE.search(text)
    if fenced and re.search(r"[{\[]", fenced[1]):
        text = fenced[1]
    starts = [match.start() for match in re.finditer(r"[{\[]", text)]
    if not starts:
        raise BadReply(Cause.GARBLED, "there is no JSON object in it")
    for start in starts[:_MOST_STARTS]:
        try:
            value, _ = json.JSONDecoder().raw_decode(text, start)
        except (ValueError, RecursionError):
            if start == starts[0] and _looks_like_json(text[start:]):
                break
            continue
        if isinstance(value, dict) or start == starts[0]:
            return value
    return _repaired(text[starts[0] :].rstrip(), is_cut=is_cut)


def _looks_like_json(text: str) -> bool:
    return bool(re.match(r"[{\[]\s*(?:[{\[\"'}\]]|\w+\s*:)", text))


def _repaired(text: str, *, is_cut: bool) -> object:
    import json_repair

    if is_cut or text[-1] not in "}]\"'":
        end = text.rfind("}")
        if end < 0:
            raise BadReply(Cause.HALF, "it stops in the middle")
        text = text[: end + 1]
    if text.count('"') % 2 and '\\"' not in text:
        raise BadReply(Cause.HALF, "it stops in the middle")
    value = json_repair.loads(text)
    if not isinstance(value, dict | list) or not value:
        raise BadReply(Cause.GARBLED, "there is no JSON object in it")
    return value


def _in_an_object(value: object, schema: Mapping[str, Any]) -> object:
    """A bare list, put where the only list of the schema goes."""
    lists = [name for name, one in schema.get("properties", {}).items() if "array" in _types(one)]
    if isinstance(value, list) and len(lists) == 1:
        return {lists[0]: value}
    return value


def _fitted(value: object, schema: Mapping[str, Any], fits: Fits) -> object:
    """The value with what is plainly a slip of form put right; what still does not fit is the validator's."""
    types = _types(schema)
    if "array" in types and value is not None and not isinstance(value, list) and "object" not in types:
        value = [value]
    if isinstance(value, dict) and "properties" in schema:
        return _fitted_object(value, schema, fits)
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        items = schema["items"]
        fitted = [_fitted(item, items, fits) for item in value]
        return [item for item in fitted if fits(item, items)] or fitted
    return _fitted_scalar(value, schema, types)


def _fitted_object(value: dict[str, Any], schema: Mapping[str, Any], fits: Fits) -> object:
    known: Mapping[str, Mapping[str, Any]] = schema["properties"]
    if value and not set(value) & set(known):
        return value
    closed = schema.get("additionalProperties") is False
    fitted = {
        name: _fitted(one, known[name], fits) if name in known else one
        for name, one in value.items()
        if (name in known or not closed)
        and (one is not None or name not in known or "null" in _types(known[name]) or not _types(known[name]))
    }
    for name in schema.get("required", ()):
        if name not in fitted and "array" in _types(known.get(name, {})):
            fitted[name] = []
    return fitted


def _fitted_scalar(value: object, schema: Mapping[str, Any], types: Sequence[str]) -> object:
    if isinstance(value, str) and "enum" in schema:
        said = value.strip().casefold()
        return next((one for one in schema["enum"] if isinstance(one, str) and one.casefold() == said), value)
    if isinstance(value, int | float) and not isinstance(value, bool) and list(types) == ["string"]:
        return str(value)
    if isinstance(value, str) and types and set(types) <= {"integer", "number", "null"}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _types(schema: Mapping[str, Any]) -> Sequence[str]:
    types = schema.get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)
