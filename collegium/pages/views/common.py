"""What the views of pages share."""

from django.http import Http404

MOST = 2**63


def key(text: str) -> int:
    """A key as a form or an address sends it.

    Raises:
        Http404: it is none that a row could have.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 19 and int(text) < MOST):
        raise Http404
    return int(text)
