"""The composer: words, for whom they are, and what hangs on them; one thing for posting, editing and drafts."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from markupsafe import Markup

from collegium.audience import people
from collegium.audience.rule import IN_PLACE
from collegium.audience.viewer import Viewer
from collegium.feed import actions, calm, selecting
from collegium.feed.attachments import Parts, kinds
from collegium.feed.drafts import rows
from collegium.feed.drafts.forms import ComposerForm
from collegium.feed.forms import ONLY
from collegium.feed.models import Post, Selection
from collegium.groups.models import Group
from collegium.members.models import Member


class Composer:
    """One composer on a page, empty or as it was sent."""

    def __init__(
        self,
        me: Member,
        request: HttpRequest | None = None,
        post: Post | None = None,
        initial: dict[str, Any] | None = None,
        group: Group | None = None,
    ) -> None:
        """Make it.

        Args:
            me: who writes.
            request: with what was sent; None for one that is only shown.
            post: the post that is edited.
            initial: what stands in it, where nothing was sent.
            group: on whose wall it stands.
        """
        self.me, self.row = me, post
        known = initial if initial is not None else values_of(post) if post is not None else {}
        sent = request.POST if request is not None else None
        self.form = ComposerForm(sent, me=me, initial=known, post=post, group=group)
        self.parts = Parts(request, post)

    def calm(self, token: str) -> Markup:
        """The HTML of one that nobody has touched, as home and walls show it."""
        return calm.drawn(self.form, self.me, token)

    def is_valid(self) -> bool:
        """Whether it can be posted; every mistake then stands on its form."""
        good = self.form.is_valid()
        good = self.parts.are_valid() and good
        if good and not (self.form.cleaned_data["body"] or self.parts.are_there or self._carries):
            self.form.add_error("body", _("There is nothing to post yet: write something first."))
            return False
        return good

    @property
    def _carries(self) -> bool:
        """Whether what hangs on the edited post already can stand without words."""
        return self.row is not None and kinds.carry(Viewer(self.me), self.row)

    @property
    def due_at(self) -> datetime | None:
        """When a valid one is to be posted; None for now."""
        due: datetime | None = self.form.cleaned_data.get("later")
        return due

    @transaction.atomic
    def post(self) -> Post:
        """Share it; a draft of it is no draft any more."""
        values = self._values()
        made = actions.post(self.me, values.pop("body"), parts=self.parts, **values)
        rows.let_go(self.me, values["form_key"])
        return made

    def save(self) -> Post:
        """Change the post that is edited."""
        if self.row is None:
            raise RuntimeError("nothing is edited here")
        values = {name: value for name, value in self._values().items() if name != "form_key"}
        return actions.edit_post(self.row, by=self.me, parts=self.parts, **values)

    def _values(self) -> dict[str, Any]:
        """What the verbs take of a valid form."""
        hours = {"later", "zone", "lasting"}
        values = {name: value for name, value in self.form.cleaned_data.items() if name not in hours}
        return values | {"ends_at": self.form.ends_at}


def values_of(post: Post) -> dict[str, Any]:
    """What stands in the composer of a post that is edited; of one in a place nothing about for whom it is."""
    said = {"body": post.body, "commenting": post.commenting, "machine": post.machine}
    if post.audience == IN_PLACE or post.author is None:
        return said
    choice = selecting.choice_of(post)
    # Named is only whom the author still sees; left out stays everybody, or a block in between would let them back in.
    seen = people.visible_to(Viewer(post.author)).filter(pk__in=choice.people)
    left_out = Member.objects.filter(pk__in=choice.left_out)
    handles = {member.pk: f"@{member.handle}" for member in (*seen, *left_out)}
    return said | {
        "facet": str(post.side_id or post.facet),
        "audience": ONLY if post.selection == Selection.ONLY else str(post.audience),
        "circles": list(choice.circles),
        "named": " ".join(handles[key] for key in choice.people if key in handles),
        "kept_out": {member.handle: member.pk for member in left_out},
        "left_out": " ".join(handles[key] for key in choice.left_out if key in handles),
    }
