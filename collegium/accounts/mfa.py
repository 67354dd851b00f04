"""The second step: how its secrets are stored and what the person's device is told."""

import base64
import hashlib
import secrets
from typing import Any

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.accounts import community


def _cipher() -> MultiFernet:
    """By the secret key of today, and by those before it that are still honoured."""
    keys = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(b"collegium.accounts.mfa" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class Adapter(DefaultMFAAdapter):
    """allauth's hooks for second steps."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "That is not the right code. Codes change every half minute; please try the newest."
        ),
        "unverified_email": gettext_lazy("Please confirm your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        """Secrets do not lie readable in the database or its backups."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` hid; a secret that nobody knows if the key is lost, so that no code fits it any more."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_totp_issuer(self) -> str:
        """The network's name stands beside the code in the app."""
        return community.current().name

    def _get_site_name(self) -> str:
        return community.current().name

    def build_totp_svg(self, url: str) -> SafeString:
        """The picture to scan, as one path, so that it can stand in the page itself."""
        code = qrcode.QRCode(border=2, error_correction=qrcode.constants.ERROR_CORRECT_M)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        label = _("Picture to scan with the app")
        size = len(rows)
        return format_html(
            '<svg class="scan" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
            '<path class="scan-paper" d="M0 0h{0}v{0}H0z"/><path class="scan-ink" d="{2}"/></svg>',
            size,
            label,
            path,
        )

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:  # noqa: A002 - allauth's name for it
        """A first suggestion."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey") if not count else _("Passkey %(number)d") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom the passkey is: this host, by the community's name."""
        return super().get_public_key_credential_rp_entity() | {"name": community.current().name}
