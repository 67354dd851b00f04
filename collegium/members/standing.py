"""What somebody sees who is not, or not yet, a person here: the way in, and nothing else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from collegium.accounts import community
from collegium.members.models import Member
from collegium.ui.errors import forbidden
from collegium.ui.respond import render_page

OPEN_WHILE_AWAITING = ("/accounts/logout/", "/theme/", "/settings/language/", "/help/keyboard/", "/static/")


class StandingMiddleware:
    """Keeps those who await approval on their page, and shows a network without owner how to get one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let everybody else through."""
        member = getattr(request.user, "member", None) if request.user.is_authenticated else None
        if member is not None and member.standing == Member.Standing.AWAITING:
            return self._await(request)
        if request.path == "/" and not request.user.is_authenticated and not community.current().founded:
            return HttpResponse(render_page(request, "members/unfounded.html", {}))
        return self.get_response(request)

    def _await(self, request: HttpRequest) -> HttpResponse:
        waiting = reverse("members:waiting")
        if request.path == waiting or request.path.startswith(OPEN_WHILE_AWAITING):
            return self.get_response(request)
        return HttpResponseRedirect(waiting) if request.method in {"GET", "HEAD"} else forbidden(request)
