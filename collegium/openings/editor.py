"""The page on which an opening is written: the editor of articles draws there, by the policy of its own page alone.

It may write only through one Trusted Types policy named `default`, which lets through nothing but the elements the
editor draws with (`articles/drawing.js`). Everything else stays as forbidden as elsewhere.
"""

from collections.abc import Callable

from csp.decorators import csp_update
from django.http import HttpResponse

View = Callable[..., HttpResponse]


def editor_policy(view: View) -> View:
    """Allow the policy of the editor on this page."""
    made: View = csp_update({"trusted-types": ["default"]})(view)
    return made
