"""Text into clean values: posts, comments, the mix."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.audience.level import Level
from collegium.feed.models import COMMENT_LIMIT, POST_LIMIT, Commenting, Facet, Mix, Reaction
from collegium.lib.fields import TextField

FACETS = [(Facet.PROFESSIONAL, _("Professional")), (Facet.PERSONAL, _("Personal"))]
COMMENTING = [
    (Commenting.ANYONE, _("Comments: everyone")),
    (Commenting.CONNECTIONS, _("Comments: connections")),
    (Commenting.MENTIONED, _("Comments: people I mention")),
    (Commenting.NOBODY, _("Comments: nobody")),
]


class PostForm(forms.Form):
    """The composer."""

    body = TextField(
        limit=POST_LIMIT,
        label=_("Post"),
        error_messages={"required": _("There is nothing to post yet: write something first.")},
    )
    facet = forms.ChoiceField(choices=FACETS, label=_("Which side of you speaks"), initial=Facet.PROFESSIONAL)
    audience = forms.TypedChoiceField(
        choices=Level.choices, coerce=int, label=_("Who sees it"), initial=Level.CONNECTIONS.value
    )
    commenting = forms.ChoiceField(choices=COMMENTING, label=_("Who may comment"), initial=Commenting.ANYONE)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4


class CommentForm(forms.Form):
    """A comment or a reply."""

    body = TextField(
        limit=COMMENT_LIMIT,
        label=_("Comment"),
        error_messages={"required": _("There is nothing to say yet: write something first.")},
    )
    parent = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=(1 << 63) - 1)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4


class ReactionForm(forms.Form):
    """One of the six."""

    kind = forms.ChoiceField(choices=Reaction.Kind.choices)


class MixForm(forms.Form):
    """What one wants to read of people's two sides."""

    sides = forms.ChoiceField(
        choices=[(Mix.Sides.BOTH, _("Both sides")), (Mix.Sides.PROFESSIONAL, _("Professional only"))],
        label=_("What you read"),
    )
    one_in = forms.TypedChoiceField(
        choices=[
            (1, _("as many as come")),
            (2, _("at most 1 in 2")),
            (3, _("at most 1 in 3")),
            (5, _("at most 1 in 5")),
            (10, _("at most 1 in 10")),
        ],
        coerce=int,
        label=_("Personal posts"),
        required=False,
        empty_value="1",
    )
