"""What a rep says of a business card that was read wrong: which field, and how it is right."""

import re
from functools import cache

from bot.debriefing.business_cards import BusinessCard, read_card
from bot.wording.phrasebook import LANGUAGES, keys_of

FIELDS = ("name", "title", "company", "phone", "mail")
_LONGEST = 80


def corrected_card(card: BusinessCard, said: str) -> BusinessCard | None:
    """The card as corrected, None where the words are about none of its fields."""
    changed = card
    for part in filter(None, re.split(r"[，,；;。\n]\s*", said.strip())):
        for field in FIELDS:
            if (found := _pattern(field).match(part.strip())) and len(found["value"]) <= _LONGEST:
                changed = changed.with_value(field, found["value"].strip())
                break
    if changed != card:
        return changed
    alone = read_card([said.strip()])
    for field, value in (("phone", alone.phone), ("mail", alone.mail)):
        if value and value == said.strip():
            return card.with_value(field, value)
    return None


@cache
def _pattern(field: str) -> re.Pattern[str]:
    words = {word for language in LANGUAGES for word in _listed(language, f"contact.words_{field}")}
    links = {word for language in LANGUAGES for word in _listed(language, "contact.words_is")}
    named = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    link = "|".join(sorted(map(re.escape, links), key=len, reverse=True))
    return re.compile(rf"^(?:{named})\s*(?:{link})\s*(?P<value>\S.*)$", re.IGNORECASE)


def _listed(language: str, key: str) -> tuple[str, ...]:
    value = keys_of(language)[key]
    return value if isinstance(value, tuple) else (value,)
