import pytest

from config.addresses import is_loopback, is_own_network
from config.web_hook import hook_address, hook_secret


@pytest.mark.parametrize(
    "address", ["https://crm.example.com/x", "http://127.0.0.1:9/x", "http://10.0.0.7/x", "http://crm.internal/x"]
)
def test_safe_addresses_are_taken(address: str) -> None:
    assert hook_address(address) == address


@pytest.mark.parametrize("address", ["http://crm.example.com/x", "http://8.8.8.8/", "ftp://10.0.0.7/", "crm"])
def test_what_is_told_is_not_sent_in_the_clear_outside(address: str) -> None:
    with pytest.raises(ValueError, match="https"):
        hook_address(address)


def test_a_secret_has_enough_bytes() -> None:
    assert hook_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    with pytest.raises(ValueError, match="whsec_"):
        hook_secret("short")


@pytest.mark.parametrize(
    ("host", "own", "loopback"),
    [
        ("127.0.0.1", True, True),
        ("::1", True, True),
        ("localhost", True, True),
        ("192.168.1.5", True, False),
        ("crm", True, False),
        ("8.8.8.8", False, False),
        ("example.com", False, False),
    ],
)
def test_own_networks_are_known(host: str, own: bool, loopback: bool) -> None:
    assert (is_own_network(host), is_loopback(host)) == (own, loopback)
