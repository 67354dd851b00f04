"""The code of a ticket, as a picture that a telephone reads, and as letters that a person reads."""

import segno
from django.utils.safestring import SafeString

PART = 4


def picture(address: str) -> SafeString:
    """The address as a QR code: markup without styles or scripts of its own, dark on light whatever the theme."""
    made = segno.make_qr(address, error="m")
    return SafeString(
        made.svg_inline(scale=1, border=2, omitsize=True, light="#fff", svgclass="ticket-code", lineclass=None)
    )


def spoken(code: str) -> str:
    """In parts of four, so that one does not lose one's place."""
    return " ".join(code[start : start + PART] for start in range(0, len(code), PART))
