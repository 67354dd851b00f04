"""Sealing what is sent, so that only the device reads it and its service does not (RFC 8291)."""

import base64
import binascii

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec

LONGEST = 3_000
"""Bytes a device must take; services take up to 4,096 of them sealed."""
POINT, SECRET = 65, 16


def seal(words: bytes, *, p256dh: str, auth: str) -> bytes:
    """The words as the body of a request, `Content-Encoding: aes128gcm`.

    Args:
        words: at most `LONGEST` bytes.
        p256dh: the device's public key, base64url.
        auth: its secret, base64url.

    Raises:
        ValueError: too long, or those are no keys.
    """
    if len(words) > LONGEST:
        raise ValueError(f"{len(words)} bytes are too many for a device")
    ours = ec.generate_private_key(ec.SECP256R1())
    sealed: bytes = http_ece.encrypt(
        words, private_key=ours, dh=point(p256dh), auth_secret=secret(auth), version="aes128gcm"
    )
    return sealed


def point(text: str) -> bytes:
    """A public key, checked to lie on the curve.

    Raises:
        ValueError: it is none.
    """
    raw = _decoded(text)
    if len(raw) != POINT:
        raise ValueError("a public key has 65 bytes")
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    return raw


def secret(text: str) -> bytes:
    """A device's secret.

    Raises:
        ValueError: it is none.
    """
    raw = _decoded(text)
    if len(raw) != SECRET:
        raise ValueError("a secret has 16 bytes")
    return raw


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("this is not base64url") from None
