"""What the composer and the cards of posts know of celebrations."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest

from collegium.audience.viewer import Viewer
from collegium.feed.attachments import Kind, columns
from collegium.feed.models import Post
from collegium.members.models import Member
from collegium.occasions import actions, reading
from collegium.occasions.forms import OccasionForm, begun
from collegium.occasions.models import Occasion

FIELDS = ("kind", "what", "name", "years")


class OccasionKind(Kind):
    """A celebration. It can be corrected later, not put on or taken off."""

    name = "occasion"
    composer = "occasions/composer.html"
    card = "occasions/card.html"
    before = True

    def form(self, request: HttpRequest | None, post: Post | None = None) -> forms.Form | None:
        """Its part of the composer; none where a post without one is edited."""
        data = request.POST if request is not None else None
        if post is None:
            return OccasionForm(data, prefix=self.name)
        row = Occasion.objects.filter(post=post).first() if post.has_parts else None
        if row is None:
            return None
        return OccasionForm(data, prefix=self.name, there=True, initial={name: getattr(row, name) for name in FIELDS})

    def offer(self, form: forms.Form, asked: Mapping[str, str]) -> None:
        """Begin with the kind that `occasion` names, and with `what`, `name` and `years` as far as they fit."""
        kind = asked.get(self.name, "")
        if kind in Occasion.Kind.values:
            form.initial = {"kind": kind} | {
                name: said for name in FIELDS[1:] if (said := begun(form.fields[name], asked.get(name, "")))
            }

    def is_there(self, form: forms.Form) -> bool:
        """Whether a kind was chosen."""
        return bool(form.cleaned_data["kind"])

    def attach(self, post: Post, form: forms.Form, by: Member) -> None:
        """Celebrate it."""
        said: dict[str, Any] = {name: form.cleaned_data.get(name) for name in FIELDS}
        actions.celebrate(post, by=by, **said)

    def load(self, viewer: Viewer, posts: Sequence[Post]) -> Mapping[int, Any]:
        """The celebrations; they are the same for everybody who sees the post."""
        return reading.load(posts)

    def still(self, thing: reading.Card, post: Post, me: Member | None) -> Hashable:
        """What it says, and the record of the organization."""
        said = (thing.kind, thing.icon, thing.label, thing.headline, thing.before, thing.name, thing.years)
        return said, thing.organization and columns(thing.organization)
