"""Which addresses may be asked, in every notation somebody might try."""

import threading
import time
from ipaddress import ip_address

import pytest

from collegium.lib.fetch import PUBLIC, Policy, RefusedError, fetch, place_of
from collegium.lib.fetch.places import onward
from collegium.lib.fetch.policy import is_public

ADDRESSES = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.1.2.3 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1
239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1
100::1 2001::1 2001:0:7f00:1::1 2001:10::1 2001:db8::1 2002:7f00:1:: 2002:a00:1::1 3fff::1 5f00::1 fc00::1
fd00:ec2::254 fe80::1 fe80::1%1 fec0::1 ff02::1 ff0e::1
"""
PRIVATE = ADDRESSES.split()
OPEN = (
    "1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.169.0.1 2606:4700::1111 2a00:1450:4001::200e"
)


@pytest.mark.parametrize("text", PRIVATE)
def test_what_is_not_the_public_internet_is_not_asked(text):
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", OPEN.split())
def test_the_public_internet_is(text):
    assert is_public(ip_address(text))


@pytest.mark.parametrize("text", PRIVATE)
def test_one_private_address_among_public_ones_refuses_the_name(text):
    policy = Policy(resolver=lambda *_: ["1.1.1.1", text])
    with pytest.raises(RefusedError, match="private"):
        policy.addresses("page.example.net", 443, 1)


REFUSED = [
    # Loopback, in every way of writing it.
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[fe80::1%25eth0]/",
    "http://[2002:7f00:1::]/",
    "http://[::]/",
    "http://[v1.x]/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://a.localhost/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://1.0.0.127.in-addr.arpa/",
    "http://127.0.0.1。/",
    "http://127.0.0.256/",
    "http://127.0.0.1.1/",
    # Credentials, and what different readers take for the host.
    "http://ada@example.net/",
    "http://ada:secret@example.net/",
    "http://example.net@127.0.0.1/",
    "http://example.net\\@127.0.0.1/",
    "http://127.0.0.1\\.example.net/",
    "http://example.net:80@127.0.0.1:22/",
    "http://exam ple.net/",
    "http://example.net\t/",
    "http://example.net/\r\nHost: x",
    "http://example.net/\x00",
    "http:///example.net/",
    "http:example.net",
    "http://",
    "http://./",
    "http://..example.net/",
    "//example.net/",
    "https://?x",
    # Other schemes and ports that are none.
    "ftp://example.net/",
    "file:///etc/passwd",
    "gopher://example.net/",
    "javascript:alert(1)",
    "data:text/html,x",
    "unix:/run/x.sock",
    "http://example.net:0/",
    "http://example.net:65536/",
    "http://example.net:8o/",
    "http://example.net:80:80/",
    "http://example.net:-80/",
    "http://example.net:８０/",
    "http://" + "a" * 300 + ".net/",
    "http://example.net/" + "a" * 2100,
    "",
    "example.net",
]


@pytest.mark.parametrize("url", REFUSED)
def test_addresses_that_are_refused_unread(url):
    with pytest.raises(RefusedError, match="address"):
        place_of(url)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://127.0.0.1./", "127.0.0.1"),
        ("http://１２７.0.0.1/", "127.0.0.1"),
        ("http://127。0。0。1/", "127.0.0.1"),
        ("http://①27.0.0.1/", "127.0.0.1"),
        ("HTTP://EXAMPLE.net./", "example.net"),
        ("https://bücher.example.net/", "xn--bcher-kva.example.net"),
        ("http://ex\xadample.net/", "example.net"),
    ],
)
def test_what_is_judged_is_what_the_name_means(url, host):
    assert place_of(url).host == host


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://１２７.0.0.1/", "http://169.254.169.254/latest/", "http://10.1/"]
)
def test_private_numbers_are_not_asked(url):
    with pytest.raises(RefusedError):
        fetch(url, types=["text/html"], most=10, policy=PUBLIC)


@pytest.mark.parametrize("port", [22, 25, 3306, 5432, 6379, 8000, 8080])
def test_only_the_ports_of_the_web(port):
    with pytest.raises(RefusedError, match="port"):
        Policy(resolver=lambda *_: ["1.1.1.1"]).addresses("example.net", port, 1)


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "https://example.net/b"),
        ("?c", "https://example.net/a?c"),
        ("//other.net/x#y", "https://other.net/x"),
        ("http://other.net:80/", "http://other.net/"),
        ("/gr\xc3\xbc\xc3\x9fe", "https://example.net/gr%C3%BC%C3%9Fe"),
    ],
)
def test_redirects_are_read_like_addresses(location, url):
    assert onward(place_of("https://example.net/a"), location).url == url


@pytest.mark.parametrize(
    "location", ["file:///x", "http://[::1]/", "http://[x", "http://a@b.net/", "http://localhost/"]
)
def test_redirects_to_nowhere(location):
    with pytest.raises(RefusedError, match="address"):
        onward(place_of("https://example.net/a"), location)


def test_a_resolver_that_never_answers(monkeypatch):
    end = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: [end.wait(20)][:0])
    began = time.monotonic()
    with pytest.raises(RefusedError, match="slow"):
        fetch("http://example.net/", types=["text/html"], most=10, seconds=0.2)
    assert time.monotonic() - began < 2
    end.set()


def test_a_resolver_that_answers_nonsense():
    for answer in (["not an address"], []):
        with pytest.raises(RefusedError):
            Policy(resolver=lambda *_, answer=answer: answer).addresses("example.net", 80, 1)
