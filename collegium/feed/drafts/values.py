"""The composer as it was left: from what a form sent to what a draft keeps, and back.

Kept are the words of fields, of the post and of what hangs on it. Files are not, except those that were sent ahead:
their keys are words of the form.
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from collegium.audience.viewer import Viewer
from collegium.feed.attachments import Parts, kinds
from collegium.feed.composing import Composer
from collegium.feed.drafts.forms import ComposerForm
from collegium.feed.models import Draft
from collegium.feed.selecting import Choice
from collegium.members.models import Member

MOST_TEXT = 60_000
SINGLE = frozenset(ComposerForm.base_fields) - {"circles"}
# What a draft needs no more once its hour has come.
HOURS = ("later", "zone")
# No field of the form, so that nobody sends it: whom a post that waits leaves out, by handle.
KEPT_OUT = "kept_out"


class TooMuch(ValueError):  # noqa: N818 - reads as what it is
    """More than a draft can hold."""


def of_form(sent: QueryDict) -> dict[str, Any]:
    """What a draft keeps of a form; its key is made up where the form had none.

    Raises:
        TooMuch: nobody writes that much into a composer.
    """
    hung = tuple(f"{kind.name}-" for kind in kinds)
    kept: dict[str, Any] = {}
    for name in sent:
        if name in SINGLE:
            kept[name] = _storable(str(sent.get(name) or ""))
        elif name == "circles" or name.startswith(hung):
            kept[_storable(name)] = [_storable(value) for value in sent.getlist(name)]
    if len(json.dumps(kept)) > MOST_TEXT:
        raise TooMuch
    return kept | {"form_key": _key(sent.get("form_key", ""))}


def left_out(choice: Choice) -> dict[str, Any]:
    """Whom a post that waits for its hour leaves out, as a draft keeps it.

    It stays so whether or not its author still finds them then: somebody who hides, or blocks her, is left out all the
    same, and whether the post appears says nothing of that.
    """
    known = Member.objects.filter(pk__in=choice.left_out).values_list("handle", "pk") if choice.left_out else ()
    return {KEPT_OUT: dict(known)}


def says_something(values: Mapping[str, Any], author: Member) -> bool:
    """Whether there is anything to keep: words, or something of what may hang on a post."""
    if values.get("body", "").strip():
        return True
    parts = Parts(replay(values, author)).forms
    typed = (values.get(form.add_prefix(name)) for _kind, form in parts for name in form.changed_data)
    # What was not on the page at all differs from its form without having been typed.
    return any(map(_holds, typed)) or any(form.is_valid() and kind.is_there(form) for kind, form in parts)


def _holds(typed: list[str] | None) -> bool:
    return any(word.strip() for word in typed or ())


def replay(values: Mapping[str, Any], author: Member, *, hours: bool = False) -> HttpRequest:
    """The request that the form would send now.

    Args:
        values: of a draft.
        author: who sends it.
        hours: whether it says when to post; by the clock it does not.
    """
    sent = QueryDict(mutable=True)
    for name, value in values.items():
        if name != KEPT_OUT and (hours or name not in HOURS):
            sent.setlist(name, value if isinstance(value, list) else [value])
    request = HttpRequest()
    request.method = "POST"
    request.POST, request.FILES = sent, MultiValueDict()  # type: ignore[assignment]  # a request made by hand
    request.viewer = Viewer(author)  # type: ignore[attr-defined]  # as the middleware does
    return request


def composer_of(draft: Draft, me: Member) -> Composer:
    """The composer as it was left. What hangs there half finished is shown without being judged."""
    composer = Composer(me, initial={name: value for name, value in draft.values.items() if name in _fields()})
    again = Parts(request := replay(draft.values, me))
    composer.parts.forms = [
        (kind, form if form.is_valid() else _unjudged(form, empty, request.POST))
        for (kind, form), (_same, empty) in zip(again.forms, composer.parts.forms, strict=True)
    ]
    return composer


def _unjudged(sent: forms.Form, empty: forms.Form, values: QueryDict) -> forms.Form:
    """The empty form with what was typed standing in it."""
    for name, field in sent.fields.items():
        empty.initial[name] = field.widget.value_from_datadict(values, MultiValueDict(), sent.add_prefix(name))
    return empty


def _fields() -> frozenset[str]:
    return SINGLE | {"circles"}


def _key(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return str(uuid4())


def _storable(text: str) -> str:
    """Without what the database's JSON cannot hold."""
    return "".join(letter for letter in text if letter != "\0" and not "\ud800" <= letter <= "\udfff")
