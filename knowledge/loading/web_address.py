"""Fetches a public web page; private networks, endless pages and slow servers are refused."""

from __future__ import annotations

import ipaddress
import socket
import time
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from knowledge.errors import UnreadableDocumentError
from knowledge.loading.texts import LARGEST_FILE, Unreadable

if TYPE_CHECKING:
    import httpx

_MOST_REDIRECTS = 5
_SECONDS = 20.0


def fetch(address: str) -> tuple[str, bytes]:
    """What stands at an address, and a file name that says of what kind it is.

    Every host is resolved once, checked, and spoken to at that very number, also after a redirect, so that neither a
    name nor a redirect can lead into the network this runs in. Raises UnreadableDocumentError.
    """
    import httpx

    until = time.monotonic() + _SECONDS
    url = address
    try:
        with httpx.Client(timeout=_SECONDS, trust_env=False) as client:
            for _ in range(_MOST_REDIRECTS + 1):
                response = client.send(_request(client, address, url), stream=True)
                if not response.is_redirect:
                    return _file_name(url, response), _body(address, response, until)
                response.close()
                url = urljoin(url, response.headers.get("location", ""))
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise UnreadableDocumentError(address, Unreadable.UNREACHABLE) from error
    raise UnreadableDocumentError(address, Unreadable.UNREACHABLE)


def public_number(address: str, host: str, port: int) -> str:
    """The number of a host on the public internet. Raises UnreadableDocumentError for any other."""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except OSError as error:
        raise UnreadableDocumentError(address, Unreadable.UNREACHABLE) from error
    numbers = [ipaddress.ip_address(number.split("%")[0]) for number in sorted(found)]
    if not numbers or not all(_is_public(number) for number in numbers):
        raise UnreadableDocumentError(address, Unreadable.PRIVATE_ADDRESS)
    return str(numbers[0])


def _is_public(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(number, "ipv4_mapped", None) or number
    return bool(inner.is_global and not inner.is_multicast)


def _request(client: httpx.Client, address: str, url: str) -> httpx.Request:
    """A request to the checked number that still names the host, for virtual servers and certificates."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host:
        raise UnreadableDocumentError(address, Unreadable.UNREACHABLE)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    number = public_number(address, host, port)
    there = f"[{number}]" if ":" in number else number
    path = parts.path or "/"
    return client.build_request(
        "GET",
        f"{parts.scheme}://{there}:{port}{path}" + (f"?{parts.query}" if parts.query else ""),
        headers={"Host": parts.netloc.rpartition("@")[2], "User-Agent": "ridealong", "Accept": "text/html, */*;q=0.5"},
        extensions={"sni_hostname": host},
    )


def _body(address: str, response: httpx.Response, until: float) -> bytes:
    if response.status_code != 200:
        raise UnreadableDocumentError(address, Unreadable.UNREACHABLE)
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LARGEST_FILE or time.monotonic() > until:
            raise UnreadableDocumentError(address, Unreadable.TOO_BIG)
    response.close()
    return bytes(body)


def _file_name(url: str, response: httpx.Response) -> str:
    """The last part of the address, with an ending that fits what the server says it is."""
    kind = response.headers.get("content-type", "").split(";")[0].strip()
    ending = {"text/html": ".html", "text/plain": ".txt", "text/markdown": ".md", "text/csv": ".csv"}.get(kind, "")
    name = urlsplit(url).path.rstrip("/").rpartition("/")[2] or urlsplit(url).hostname or "page"
    return name if "." in name and not ending else f"{name.rpartition('.')[0] or name}{ending or '.html'}"
