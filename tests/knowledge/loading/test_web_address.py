import pytest

from knowledge.errors import UnreadableDocumentError
from knowledge.loading.web_address import fetch, public_number


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.0.0.8", "192.168.1.1", "169.254.169.254", "::1", "0.0.0.0", "::ffff:127.0.0.1"],
)
def test_a_private_address_is_refused(host):
    with pytest.raises(UnreadableDocumentError) as caught:
        public_number("page", host, 80)
    assert caught.value.reason == "private_address"


def test_a_public_number_is_kept():
    assert public_number("page", "93.184.215.14", 80) == "93.184.215.14"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://93.184.215.14/a", "http:///nothing", "nonsense"])
def test_what_is_no_web_address_is_refused(address):
    with pytest.raises(UnreadableDocumentError) as caught:
        fetch(address)
    assert caught.value.reason == "unreachable"


def test_a_loopback_address_is_refused_before_anything_is_sent():
    with pytest.raises(UnreadableDocumentError) as caught:
        fetch("http://127.0.0.1:9/secret")
    assert caught.value.reason == "private_address"
