"""The page on which one writes, and the one rule that is different there.

The editor (OverType) draws what is typed by writing HTML. Trusted Types forbid that to whoever does not go through a
policy, so this page alone allows one more, named `default`, which lets through nothing but the elements the editor
draws with (`static/articles/drawing.js`). Scripts, styles and everything else stay as forbidden as elsewhere.
"""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_update
from django.http import HttpResponse

View = Callable[..., HttpResponse]
POLICY: dict[str, Any] = {"trusted-types": ["default"]}


def editor_policy(view: View) -> View:
    """Allow the policy of the editor on this page."""
    made: View = csp_update(POLICY)(view)
    return made
