"""Who is looking: a member or nobody, made once per request."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from collegium.members.models import Member


@dataclass(frozen=True, slots=True)
class Viewer:
    """The eyes a read is done with. `member` is None for someone signed out."""

    member: Member | None = None

    @property
    def id(self) -> int:
        """The member's key; 0, which no member has, for nobody."""
        return self.member.id if self.member is not None else 0

    @property
    def me(self) -> Member:
        """The member, behind a door that only members pass.

        Raises:
            RuntimeError: nobody is looking; the view lacks its door.
        """
        if self.member is None:
            raise RuntimeError("asked who is looking where nobody needs to be signed in")
        return self.member

    def __bool__(self) -> bool:
        return self.member is not None


NOBODY = Viewer()


def stand_in(key: int) -> Viewer:
    """Someone of whom only the key is known: the eyes for which a statement is written out beforehand."""
    return Viewer(Member(id=key))


class ViewerMiddleware:
    """Puts `request.viewer` on every request; someone whose standing ended is nobody from that moment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look the member up with the account (one query, see `accounts.backends`)."""
        user = request.user
        member = getattr(user, "member", None) if user.is_authenticated else None
        request.viewer = Viewer(member) if member is not None and member.is_active else NOBODY  # type: ignore[attr-defined]
        return self.get_response(request)
