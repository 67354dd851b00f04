"""Text into clean values: posts, comments, the mix."""

import re
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.audience import people as sight
from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.feed import selecting
from collegium.feed.models import COMMENT_LIMIT, POST_LIMIT, Commenting, Facet, Mix, Reaction, Topic
from collegium.feed.pages.voices import voices
from collegium.feed.places import seats, topics
from collegium.feed.sides.speaking import sides_of
from collegium.groups.models import Group
from collegium.lib.fields import LineField, TextField, offer
from collegium.members.models import Member

FACETS = [(Facet.PROFESSIONAL, _("Professional")), (Facet.PERSONAL, _("Personal"))]
COMMENTING = [
    (Commenting.ANYONE, _("Comments: everyone")),
    (Commenting.CONNECTIONS, _("Comments: connections")),
    (Commenting.MENTIONED, _("Comments: people I mention")),
    (Commenting.NOBODY, _("Comments: nobody")),
]


ONLY, IN_GROUP = "only", "group"
AUDIENCES = [
    *((str(level), label) for level, label in Level.choices),
    (ONLY, _("Circles and people …")),
    (IN_GROUP, _("A group …")),
]
# What says for whom a post is; where its place says that, it is not asked.
AIMED = ("speaker", "facet", "audience", "circles", "named", "left_out", "group")
# What is said by `choice` once the form is valid.
PLACED = ("speaker", "audience", "circles", "named", "left_out", "group", "anyway")


class PostForm(forms.Form):
    """The words of a post, and for whom it is."""

    body = TextField(limit=POST_LIMIT, label=_("Post"), required=False)
    speaker = forms.ChoiceField(
        label=_("Who speaks"),
        required=False,
        error_messages={"invalid_choice": _("You do not speak for this page any more. Choose who speaks.")},
    )
    facet = forms.ChoiceField(
        choices=FACETS,
        label=_("Which side of you speaks"),
        initial=Facet.PROFESSIONAL,
        error_messages={
            "required": _("Choose which side of you speaks."),
            "invalid_choice": _("The facet you chose is no longer there. Choose which side of you speaks."),
        },
    )
    audience = forms.ChoiceField(choices=AUDIENCES, label=_("Who sees it"), initial=str(Level.CONNECTIONS.value))
    circles = forms.TypedMultipleChoiceField(coerce=int, label=_("Circles"), required=False)
    named = LineField(limit=2_000, label=_("People by name"), required=False)
    left_out = LineField(limit=2_000, label=_("Everyone except"), required=False)
    group = forms.TypedChoiceField(
        coerce=int,
        label=_("Which group"),
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": _("You cannot post in this group now. Choose another audience.")},
    )
    anyway = forms.BooleanField(label=_("Post it anyway, for the moderators to look at"), required=False)
    commenting = forms.ChoiceField(choices=COMMENTING, label=_("Who may comment"), initial=Commenting.ANYONE)
    machine = forms.BooleanField(label=_("A machine wrote this, or most of it"), required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, me: Member, group: Group | None = None, **kwargs: Any) -> None:
        """Make it.

        Args:
            args: as of every form.
            me: who writes.
            group: on whose wall it stands; then nothing is asked about for whom it is.
            kwargs: as of every form.
        """
        super().__init__(*args, **kwargs)
        self.me, self.place = me, group
        # Set where the words are about none of the group's topics: it names them, and asks back.
        self.off_topic: Sequence[Topic] = ()
        self.fields["form_key"].initial = uuid.uuid4
        self.sides = {str(side.pk): side for side in sides_of(me)}
        own = [(key, side.name) for key, side in self.sides.items()]
        offer(self, "facet", [*FACETS, *own])
        self.voices = {} if group is not None else voices(me)
        offer(self, "speaker", [("", me.name), *((key, page.name) for key, page in self.voices.items())])
        offer(self, "circles", [(circle.pk, circle.name) for circle in selecting.circles_of(me)])
        self.groups = {} if group is not None else {each.pk: each for each in seats.writable(me)}
        offer(self, "group", [("", "—"), *((key, each.name) for key, each in self.groups.items())])
        if not self.groups:
            offer(self, "audience", [choice for choice in AUDIENCES if choice[0] != IN_GROUP])
        if group is not None:
            self._leave_out_aims()
        elif self.data.get("audience") == IN_GROUP:
            self.fields["facet"].required = False

    def clean_named(self) -> tuple[int, ...]:
        """Who is named, by key."""
        return self._people("named")

    def clean_left_out(self) -> tuple[int, ...]:
        """Who is left out, by key."""
        return self._people("left_out")

    def clean(self) -> dict[str, Any]:
        """Put the audience together; naming nobody is a mistake where only the named are to see it."""
        values = super().clean() or {}
        if self.errors:
            return values
        if (page := self.voices.get(values.pop("speaker", ""))) is not None:
            # It speaks to everybody: what the form says of sides and audience is about her.
            said = {name: value for name, value in values.items() if name not in (*AIMED, *PLACED)}
            return said | {"page": page, "choice": selecting.Choice()}
        chosen = self._group(values)
        if self.errors:
            return values
        if chosen is not None:
            values |= {"choice": selecting.Choice(group=chosen), "facet": Facet.PROFESSIONAL.value, "side": None}
            self._ask_back(chosen, values)
        elif "audience" in self.fields:
            self._aim(values)
        return {name: value for name, value in values.items() if name not in PLACED}

    def _aim(self, values: dict[str, Any]) -> None:
        values["side"] = side = self.sides.get(values["facet"])
        values["facet"] = side.facet if side is not None else values["facet"]
        level, circles = values.pop("audience"), tuple(values.pop("circles"))
        people, left_out = values.pop("named"), values.pop("left_out")
        if level == ONLY and not (people or circles):
            self.add_error("audience", _("Choose a circle, or name at least one person."))
            return
        bound = Level.MEMBERS.value if level == ONLY else int(level)
        values["choice"] = selecting.Choice(bound, level == ONLY, people, circles, left_out)

    def _group(self, values: dict[str, Any]) -> Group | None:
        """The group it is for, if it is."""
        if self.place is not None or values.get("audience") != IN_GROUP:
            return self.place
        chosen = self.groups.get(values.get("group") or 0)
        if chosen is None:
            self.add_error("audience", _("Choose a group in which you may post."))
        return chosen

    def _ask_back(self, group: Group, values: dict[str, Any]) -> None:
        """Ask whether something about none of the group's topics is to wait for its moderators."""
        named = topics.named_in(values["body"])
        if values.get("anyway") or not topics.asks_back(self.me, group, named):
            return
        self.off_topic = topics.of(group)
        names = ", ".join(f"#{each.name}" for each in self.off_topic)
        words = _("%(group)s is about %(topics)s; your post names none of them. Add a topic, or post it anyway.")
        self.add_error("anyway", words % {"group": group.name, "topics": names})

    def _leave_out_aims(self) -> None:
        for name in AIMED:
            self.fields.pop(name, None)

    @property
    def own_sides(self) -> list[tuple[str, Any, list[tuple[str, Any]]]]:
        """The choices in two groups, each with the facets of one's own within it; empty where there are none."""
        if not self.sides or "facet" not in self.fields:
            return []
        own: dict[str, list[tuple[str, Any]]] = {facet: [(str(facet), label)] for facet, label in FACETS}
        for key, side in self.sides.items():
            own[side.facet].append((key, side.name))
        return [(str(facet), label, own[facet]) for facet, label in FACETS]

    def _people(self, name: str) -> tuple[int, ...]:
        handles = list(
            dict.fromkeys(word.lstrip("@").lower() for word in re.split(r"[\s,;]+", self.cleaned_data[name]))
        )
        handles = [handle for handle in handles if handle]
        found = sight.visible_to(Viewer(self.me)).filter(handle__in=handles).exclude(pk=self.me.pk) if handles else ()
        by_handle = {member.handle: member.pk for member in found}
        if name == "left_out":
            # Whom a post leaves out already stays so, whether or not its author still finds her.
            by_handle |= {handle: key for handle, key in self.initial.get("kept_out", {}).items() if handle in handles}
        if missing := [handle for handle in handles if handle not in by_handle]:
            raise forms.ValidationError(
                _("Nobody here is called %(names)s. People are named by the @ of their profile.")
                % {"names": ", ".join(f"@{handle}" for handle in missing[:5])}
            )
        return tuple(by_handle.values())


class CommentForm(forms.Form):
    """A comment or a reply."""

    body = TextField(
        limit=COMMENT_LIMIT,
        label=_("Comment"),
        error_messages={"required": _("There is nothing to say yet: write something first.")},
    )
    speaker = forms.IntegerField(required=False, min_value=1, max_value=(1 << 63) - 1)
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
        choices=[
            (Mix.Sides.PROFESSIONAL, _("The professional side, and what you ask for")),
            (Mix.Sides.BOTH, _("Both sides of everybody")),
        ],
        label=_("What you read"),
    )
    one_in = forms.TypedChoiceField(
        choices=[
            (1, _("as many as come")),
            (2, _("at most 50 % of your home")),
            (3, _("at most 33 % of your home")),
            (4, _("at most 25 % of your home")),
            (5, _("at most 20 % of your home")),
            (10, _("at most 10 % of your home")),
        ],
        coerce=int,
        label=_("Personal posts"),
        required=False,
        empty_value="1",
    )
    no_machines = forms.BooleanField(
        label=_("Leave out posts that a machine wrote"),
        help_text=_("As far as their authors say so. Your own stay."),
        required=False,
    )
