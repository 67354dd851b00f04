"""The reaction buttons, which stand under every post and every comment of a page, drawn by Python.

Their text depends on the language and on which reaction is mine; only the address and the CSRF field differ from post
to post. As a macro they were a third of a home page's time.
"""

from functools import lru_cache

from django.utils.translation import get_language, gettext
from markupsafe import Markup, escape

from collegium.ui import faces, marks

# Cannot occur in a rendered page: cleaned text has no control characters.
PATH, TOKEN = Markup("\x01"), Markup("\x02")
FORM = Markup(
    '<form class="{}" method="post" action="{}" hx-post="{}" hx-target="closest {}" hx-swap="outerHTML">{}{}</form>'
)


def react(path: str, mine: str | None, token: str, scope: str) -> Markup:
    """The button that reacts (or takes back), and the six to choose from.

    Args:
        path: of the post or comment.
        mine: the reader's own reaction, if there is one.
        token: the hidden CSRF field.
        scope: the selector of what htmx replaces with the answer.
    """
    text = _drawn(mine or "", scope, get_language() or "")
    return text.replace(PATH, escape(path)).replace(TOKEN, Markup(token))  # noqa: S704 - Django's own field


@lru_cache(maxsize=500)
def _drawn(mine: str, scope: str, language: str) -> Markup:
    """Everything but the address and the token."""
    back = Markup(' title="{}"').format(gettext("Take back")) if mine else ""
    button = Markup('<button class="act" name="kind" value="like" aria-pressed="{}"{}>{}</button>').format(
        "true" if mine else "false", back, marks.reaction(mine or "like")
    )
    address = PATH + "reaction/"
    first = address + "removal/" if mine else address
    choose = gettext("Choose a reaction")
    picker = FORM.format("reactions", address, address, scope, TOKEN, _choices(mine))
    opener = Markup('<summary class="act react-open" aria-label="{0}" title="{0}">{1}</summary>').format(
        choose, marks.icon("smile-plus")
    )
    plain = FORM.format("react", first, first, scope, TOKEN, button)
    return plain + Markup('<details class="menu react-more">{}{}</details>').format(opener, picker)


def _choices(mine: str) -> Markup:
    """The six, each named aloud."""
    one = Markup(
        '<button class="icon-button" name="kind" value="{0}" aria-label="{1}" title="{1}" aria-pressed="{2}">'
        "{3}</button>"
    )
    return Markup("").join(
        one.format(kind, word, "true" if mine == kind else "false", marks.reaction_icon(kind))
        for kind, (_picture, word) in faces.REACTIONS.items()
    )
