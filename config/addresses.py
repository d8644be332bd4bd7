"""Which addresses are this machine's or a private network's, so that nothing leaves the house by them."""

import ipaddress
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

_OWN_ENDINGS = (".local", ".lan", ".internal", ".home.arpa", ".localhost")


def is_loopback(host: str) -> bool:
    """True for this very machine."""
    number = _number(host)
    return number.is_loopback if number else host == "localhost" or host.endswith(".localhost")


def is_own_network(host: str) -> bool:
    """True for this machine and private networks, by number or by a name that only they know."""
    number = _number(host)
    if number:
        return number.is_private or number.is_loopback
    return is_loopback(host) or "." not in host or host.endswith(_OWN_ENDINGS)


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def usual_proxy(address: str) -> str | None:
    """The proxy that the usual variables (HTTPS_PROXY, ALL_PROXY, NO_PROXY …) name for a web address.

    Nothing goes through a proxy to loopback.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if is_loopback(host) or proxy_bypass(host):
        return None
    named = getproxies()
    return named.get(parts.scheme) or named.get("all")
