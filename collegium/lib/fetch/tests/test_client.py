"""The client against a server that means no good."""

import datetime as dt
import gzip
import socket
import ssl
import time
import zlib

import brotli
import pytest

from collegium.lib.fetch import RefusedError, fetch
from collegium.lib.fetch.tests.server import PAGE, plain, redirect, serving

TYPES = ("text/html",)


@pytest.fixture
def server():
    with serving() as made:
        yield made


def ask(server, path="/", *, most=100_000, seconds=3.0, **more):
    policy = more.pop("policy", None) or server.policy()
    return fetch(server.url(path), types=TYPES, most=most, seconds=seconds, policy=policy, **more)


def refusal(server, path="/", **more):
    began = time.monotonic()
    with pytest.raises(RefusedError) as told:
        ask(server, path, **more)
    assert time.monotonic() - began < 4
    return told.value.reason


def test_a_page(server, settings):
    settings.PUBLIC_URL = "https://people.example.org"
    server.answers["/a?b=%C3%BC"] = plain(b"hello")
    came = fetch(server.url("/a?b=ü#c"), types=TYPES, most=10, policy=server.policy())
    assert (came.body, came.type, came.charset) == (b"hello", "text/html", "utf-8")
    head = server.asked[0].decode()
    assert f"Host: page.example.net:{server.port}\r\n" in head
    assert "User-Agent: Collegium/1.0 (+https://people.example.org)\r\n" in head
    assert not any(word in head for word in ("Cookie", "Authorization", "Referer"))


def test_no_proxy_of_the_environment_is_asked(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.answers["/"] = plain(b"direct")
    assert ask(server).body == b"direct"


def test_it_connects_to_what_was_judged_and_asks_the_name_once(server):
    answers = iter([["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]])
    asked = []

    def rebinding(host, port, seconds):
        asked.append(host)
        return next(answers)

    server.answers["/"] = plain(b"here")
    assert ask(server, policy=server.policy(resolver=rebinding)).body == b"here"
    assert asked == ["page.example.net"]


def test_a_name_that_turns_inward_on_the_second_request(server):
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    server.answers["/"] = redirect("/again")
    server.answers["/again"] = plain(b"inside")
    assert refusal(server, policy=server.policy(resolver=lambda *_: next(answers))) == "private"
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://127.0.0.2/", "private"),
        ("http://169.254.169.254/latest/meta-data/", "private"),
        ("http://[::1]/", "address"),
        ("http://2130706433/", "address"),
        ("http://localhost/", "address"),
        ("file:///etc/passwd", "address"),
        ("", "redirects"),
    ],
)
def test_redirects_are_judged_anew(server, to, reason):
    policy = server.policy(resolver=lambda host, *_: ["127.0.0.1" if host == "page.example.net" else host])
    server.answers["/"] = redirect(to)
    assert refusal(server, policy=policy) == reason


def test_five_redirects_and_no_more(server):
    for step in range(6):
        server.answers[f"/{step}"] = redirect(f"/{step + 1}")
    server.answers["/6"] = plain(b"far")
    assert ask(server, "/1").body == b"far"
    assert refusal(server, "/0") == "redirects"


def test_an_endless_body(server):
    def endless(sock, asked):
        sock.sendall(PAGE)
        while True:
            sock.sendall(b"x" * 65536)

    server.answers["/"] = endless
    assert refusal(server) == "large"
    assert ask(server, cut=True).body == b"x" * 100_000


def test_an_announced_body_that_is_too_long_is_not_read(server):
    server.answers["/"] = plain(b"", PAGE[:-2] + b"Content-Length: 999999999\r\n\r\n")
    assert refusal(server) == "large"


@pytest.mark.parametrize("drip", [b"x", b""])
def test_a_body_that_drips_ends_at_the_deadline(server, drip):
    def dripping(sock, asked):
        sock.sendall(PAGE)
        for _ in range(100):
            sock.sendall(drip)
            time.sleep(0.05)

    server.answers["/"] = dripping
    assert refusal(server, seconds=0.6) == "slow"


def test_a_head_that_drips_ends_at_the_deadline(server):
    def dripping(sock, asked):
        for _ in range(100):
            sock.sendall(b"H")
            time.sleep(0.05)

    server.answers["/"] = dripping
    assert refusal(server, seconds=0.6) == "slow"


def test_a_chain_of_slow_redirects_has_one_deadline(server):
    def late(sock, asked):
        time.sleep(0.25)
        redirect("/")(sock, asked)

    server.answers["/"] = late
    assert refusal(server, seconds=0.6) == "slow"


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(bytes(50_000_000))),
        ("deflate", zlib.compress(bytes(50_000_000))),
        ("br", brotli.compress(bytes(50_000_000), quality=5)),
    ],
)
def test_bombs(server, encoding, packed):
    head = PAGE[:-2] + f"Content-Encoding: {encoding}\r\n\r\n".encode()
    server.answers["/"] = plain(packed, head)
    assert len(packed) < 100_000
    assert refusal(server) == "large"
    assert ask(server, cut=True).body == bytes(100_000)


def _raw_deflate(data):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", _raw_deflate),
        ("br", brotli.compress),
        ("identity", bytes),
    ],
)
@pytest.mark.parametrize("size", [0, 1, 99_999, 100_000])
def test_packed_bodies(server, encoding, pack, size):
    body = (b"What we learned in Delft. " * 5000)[:size]
    server.answers["/"] = plain(pack(body), PAGE[:-2] + f"Content-Encoding: {encoding}\r\n\r\n".encode())
    assert ask(server).body == body


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip, gzip\r\n\r\nx", "encoding"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\nnot packed", "broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\nnot packed", "broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF", "type"),
        (b"HTTP/1.1 200 OK\r\n\r\n<title>x</title>", "type"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: " + b"text/" * 2000 + b"\r\n\r\n", "type"),
        (b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nx", "status"),
        (b"HTTP/1.1 204 Nothing\r\n\r\n", "status"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n", ""),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", "broken"),
        (b"HTTP/1.1 200 OK\r\n" + (b"X: " + b"x" * 60_000 + b"\r\n") * 50 + b"\r\n", "large"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000, "large"),
        (b"SSH-2.0-OpenSSH_9\r\n", "broken"),
        (b"HTTP/1.1 abc OK\r\n\r\n", "broken"),
        (b"", "broken"),
        (b"\x00\xff" * 100, "broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 50\r\n\r\nshort", "broken"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"1\r\nx\r\n" * 90_000,
            "large",
        ),
    ],
)
def test_answers_that_are_none(server, head, reason):
    server.answers["/"] = plain(b"", head)
    assert refusal(server) == reason or not reason


def test_nobody_listens(server):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        server.port = gone.getsockname()[1]
    assert refusal(server) == "unreachable"


def _certificate(folder, name):
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, called = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]),
    )
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(
        called, called, key.public_key(), x509.random_serial_number(), now, now + dt.timedelta(1)
    )
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False).sign(
        key, hashes.SHA256()
    )
    path = folder / "cert.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path


@pytest.mark.parametrize(
    ("host", "trusted", "comes"),
    [("page.example.net", True, True), ("page.example.net", False, False), ("other.example.net", True, False)],
)
def test_tls_is_verified_against_the_name(tmp_path, host, trusted, comes):
    path = _certificate(tmp_path, "page.example.net")
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(path)
    with serving(theirs) as server:
        server.answers["/"] = plain(b"safe")
        policy = server.policy(context=lambda: ssl.create_default_context(cafile=path if trusted else None))
        url = server.url("/", host, "https")
        if comes:
            assert fetch(url, types=TYPES, most=10, policy=policy).body == b"safe"
        else:
            with pytest.raises(RefusedError, match="tls"):
                fetch(url, types=TYPES, most=10, policy=policy)
            assert not server.asked


def test_a_handshake_that_never_ends(server):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://page.example.net:{silent.getsockname()[1]}/"
        with pytest.raises(RefusedError, match="slow"):
            fetch(url, types=TYPES, most=10, seconds=0.4, policy=server.policy())
