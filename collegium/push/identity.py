"""Who we are to push services: a key pair of the community's own, and a signed word for each of them (RFC 8292)."""

from email.utils import parseaddr
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

from collegium.lib.mail import base_url
from collegium.push.models import Identity


def identity() -> Identity:
    """Our key pair; made by whoever asks first, and the same for all who ask at once."""
    found = Identity.objects.filter(pk=1).first()
    if found is None:
        made = Vapid02()
        made.generate_keys()
        point = made.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        fresh = Identity(pk=1, private_key=made.private_pem().decode(), public_key=b64urlencode(point))
        Identity.objects.bulk_create([fresh], ignore_conflicts=True)
        found = Identity.objects.get(pk=1)
    return found


def authorization(own: Identity, endpoint: str) -> dict[str, str]:
    """The header by which the service behind this endpoint knows us; good for a day."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "sub": _contact()}
    signed: dict[str, str] = Vapid02.from_pem(own.private_key.encode()).sign(claims)
    return signed


def _contact() -> str:
    """Where a service may turn when we do it harm: our public address, or the one that our mails come from."""
    if base_url().startswith("https://"):
        parts = urlsplit(base_url())
        return f"https://{parts.hostname}"
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
