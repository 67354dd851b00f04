"""May she do this? A rule answers with a refusal or with none; a verb opens by requiring there is none."""

from django.core.exceptions import PermissionDenied


class Refusal(PermissionDenied):
    """A rule said no. Carries a sentence that may be shown to the person who was refused."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


class Conflict(Exception):  # noqa: N818 - reads as what it is: `raise Conflict("...")`
    """Somebody was faster: the thing is no longer as the request assumed. Carries a sentence for the page (409)."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


def require(allowed: bool, reason: str = "") -> None:
    """Raise `Refusal` unless `allowed`; every verb begins with it, so that pages, API and federation cannot differ."""
    if not allowed:
        raise Refusal(reason)
