"""What can be wrong with the address and the secret of a web-hook."""

import base64
import binascii
from urllib.parse import urlsplit

from config.addresses import is_own_network

_SHORTEST = 16
_PREFIX = "whsec_"


def hook_address(value: str) -> str:
    """The address, if what it is told is safe on its way. Raises ValueError."""
    parts = urlsplit(value)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_own_network(parts.hostname or ""))
    if not parts.hostname or not is_safe:
        raise ValueError("must be an https address; http is for this machine and private networks only")
    return value


def hook_secret(value: str) -> str:
    """The secret, if it is one of the Standard Webhooks kind. Raises ValueError."""
    try:
        key = base64.b64decode(value.removeprefix(_PREFIX) + "==", validate=False)
    except binascii.Error:
        key = b""
    if len(key) < _SHORTEST:
        raise ValueError(f"is no secret; write {_PREFIX} and at least 24 random bytes in base64")
    return value
