"""A browser and its push service, as far as we meet them."""

import base64
import contextlib
import datetime as dt
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import http_ece
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from collegium.lib.fetch.tests.server import Server, plain, serving

HOST = "push.example.net"
SECRET = b"sixteen letters!"


def coded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Browser:
    """What a browser keeps of a subscription, and how it reads what comes."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.keys = {"p256dh": coded(point), "auth": coded(SECRET)}

    def read(self, sealed: bytes) -> bytes:
        return http_ece.decrypt(sealed, private_key=self.key, auth_secret=SECRET, version="aes128gcm")


def answering(status: int, more: str = "", bodies: list[bytes] | None = None) -> Any:
    """Takes what is sent, whole, before it says anything; as services do."""
    answer = plain(b"", f"HTTP/1.1 {status} So\r\n{more}Content-Length: 0\r\n\r\n".encode())

    def take(sock: Any, asked: bytes) -> None:
        head, _blank, body = asked.partition(b"\r\n\r\n")
        lengths = (
            line.partition(b":")[2] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
        )
        length = int(next(lengths))
        while len(body) < length and (part := sock.recv(4096)):
            body += part
        if bodies is not None:
            bodies.append(body)
        answer(sock, asked)

    return take


@contextlib.contextmanager
def service(folder: Path) -> Iterator[Server]:
    """A push service under TLS; `folder/ca.pem` is whom to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(now - dt.timedelta(1)).not_valid_after(now + dt.timedelta(1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
    certificate = made.sign(key, hashes.SHA256())
    (folder / "ca.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "both.pem").write_bytes(private + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    with serving(context) as server:
        yield server
