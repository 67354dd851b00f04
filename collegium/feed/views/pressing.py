"""One press, one verb: what the views have in common that do a single thing to a single row."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.views.decorators.http import require_POST

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.ui.respond import tell

View = Callable[..., HttpResponse]


class Press:
    """Buttons of one kind; called with a verb it is the view of one of them.

    Every button of a kind finds its row, refuses, and answers in the same way, so that none of them can forget to.
    """

    def __init__(
        self, scope: str, rate: str, *, find: Callable[..., Any], after: Callable[[Request, Any], HttpResponse]
    ) -> None:
        """Make it.

        Args:
            scope: of the limit, as in `lib.limits.limit`.
            rate: of the limit.
            find: the row, from the request and what the address names; 404 or 403 where it is not hers to press.
            after: what is shown when it is done.
        """
        self.scope, self.rate, self.find, self.after = scope, rate, find, after

    def __call__(self, verb: Callable[..., object], words: str | Promise = "", *, undo: str = "") -> View:
        """The view of one button.

        Args:
            verb: what it does; called with the row and `by`.
            words: the sentence that is told afterwards.
            undo: the last part of the address, beside this one, that takes it back.
        """

        @require_POST
        @signed_in
        @limit(self.scope, rate=self.rate)
        def press(request: Request, **named: Any) -> HttpResponse:
            row = self.find(request, **named)
            verb(row, by=request.viewer.me)
            if words:
                beside = f"{request.path.rstrip('/').rpartition('/')[0]}/{undo}/"
                tell(request, str(words), undo=beside if undo else "")
            return self.after(request, row)

        return press
