"""The empty composer on home and on walls: drawn once for all to whom it offers the same, and what differs put in."""

import uuid
from collections.abc import Hashable
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from markupsafe import Markup, escape

from collegium.feed.attachments import Parts
from collegium.feed.drafts.forms import ComposerForm
from collegium.members.models import Member
from collegium.ui.stencil import environment, kept

# Cannot occur in a rendered page: cleaned text has no control characters.
TOKEN, NAME, KEY = Markup("\x01"), Markup("\x02"), Markup("\x03")


def drawn(form: ComposerForm, me: Member, token: str) -> Markup:
    """The HTML of an empty composer.

    Args:
        form: in which nothing was typed, begun or sent.
        me: who writes.
        token: the hidden CSRF field.
    """
    there = (form.place.pk, form.place.name, form.place.handle) if form.place is not None else None
    place = [] if settings.DEBUG else kept("composer", get_language(), there, offered(form))
    if not place:
        place.append(_blank(form))
    made = str(place[0]).replace(NAME, escape(me.name.split()[0])).replace(KEY, str(uuid.uuid4()))
    return Markup(made.replace(TOKEN, token))  # noqa: S704 - markup already, an escaped name, Django's own field


def offered(form: forms.Form) -> Hashable:
    """What a form of hers offers her and not everybody: which fields it has, and what can be chosen in each.

    Words that are ours are translated when they are shown; those of members are text already. Where choosing nothing is
    all one can choose, nothing is asked, and how that is called does not matter.
    """
    return tuple((name, _choices(field)) for name, field in form.fields.items())


def _choices(field: forms.Field) -> Hashable:
    if not isinstance(field, forms.ChoiceField):
        return None
    choices: Any = field.choices
    if [key for key, _label in choices] == [""]:
        return ""
    return tuple((key, label if isinstance(label, str) else None) for key, label in choices)


def _blank(form: ComposerForm) -> Markup:
    """Everything but the token, the first name and the key of the form."""
    form.initial["form_key"] = KEY
    pieces: Any = environment().get_template("feed/_parts.html").module
    where = {"action": f"{form.place.path}posts/"} if form.place is not None else {}
    made: Markup = pieces.composer(form, SimpleNamespace(name=NAME), TOKEN, parts=Parts(), calm=True, **where)
    return made
