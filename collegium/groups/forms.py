"""Text into clean values: what a group says of itself, what is asked at its door, what is done about people."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from collegium.audience import people as sight
from collegium.audience.viewer import Viewer
from collegium.groups.actions.founding import Charter
from collegium.groups.models import Group, Joining, Posting, Question, Role, Visibility
from collegium.groups.models.doors import ANSWER_LIMIT, MOST_QUESTIONS, NOTE_LIMIT, QUESTION_LIMIT, REASON_LIMIT
from collegium.groups.models.groups import (
    ABOUT_LIMIT,
    LINE_LIMIT,
    NAME_LIMIT,
    PLACE_LIMIT,
    RULES_LIMIT,
    WELCOME_LIMIT,
)
from collegium.lib import clock
from collegium.lib.fields import HandleField, LineField, TextField, offer
from collegium.members.models import Member

NAMED_LIMIT = 2_000
SEARCH_LIMIT = 100


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class CharterForm(forms.Form):
    """What a group says of itself, and how it is kept."""

    name = LineField(label=_("Name"), limit=NAME_LIMIT)
    line = LineField(
        label=_("In one line"), limit=LINE_LIMIT, required=False, help_text=_("What it is about, as lists show it.")
    )
    about = TextField(
        label=_("What it is for"),
        limit=ABOUT_LIMIT,
        required=False,
        widget=_area(4),
        help_text=_("And for whom. Whoever finds the group reads it."),
    )
    place = LineField(
        label=_("Place"), limit=PLACE_LIMIT, required=False, help_text=_("If it belongs to one, such as “Delft”.")
    )
    rules = TextField(
        label=_("Rules"),
        limit=RULES_LIMIT,
        required=False,
        widget=_area(4),
        help_text=_("Accepted by everyone who joins, and once more whenever they change."),
    )
    welcome = TextField(
        label=_("Welcome"),
        limit=WELCOME_LIMIT,
        required=False,
        widget=_area(3),
        help_text=_("What somebody new reads first."),
    )
    visibility = forms.ChoiceField(label=_("Who finds and reads it"), choices=Visibility.choices)
    joining = forms.ChoiceField(label=_("How one joins"), choices=Joining.choices)
    posting = forms.ChoiceField(label=_("Who posts"), choices=Posting.choices)
    approving = forms.BooleanField(label=_("Posts of members wait until somebody lets them in"), required=False)
    on_topic = forms.BooleanField(
        label=_("A post about none of the group’s topics is asked back before it waits"), required=False
    )
    members_invite = forms.BooleanField(label=_("Every member may invite"), required=False)
    sure = forms.BooleanField(label=_("Yes, make it public"), required=False)

    def clean(self) -> dict[str, Any]:
        """What nobody finds one joins by invitation alone."""
        values = super().clean() or {}
        if values.get("visibility") == Visibility.UNLISTED:
            values["joining"] = Joining.INVITATION.value
        return values

    def charter(self, now: Charter | None = None) -> Charter:
        """All of it; what this form does not ask stays as it is."""
        values = {name: getattr(now, name) for name in Charter.__dataclass_fields__} if now is not None else {}
        values |= {name: self.cleaned_data[name] for name in Charter.__dataclass_fields__ if name in self.cleaned_data}
        return Charter(**values)


class QuestionsForm(forms.Form):
    """What the group asks of whoever wants to join: a handful of lines, each with whether it must be answered."""

    def __init__(self, *args: Any, questions: Sequence[Question] = (), **kwargs: Any) -> None:
        """Take `questions`, those that stand."""
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_QUESTIONS + 1):
            there = questions[number - 1] if number <= len(questions) else None
            words = LineField(label=_("Question %(n)s") % {"n": number}, limit=QUESTION_LIMIT, required=False)
            words.initial = there.words if there else ""
            must = forms.BooleanField(label=_("Must be answered"), required=False)
            must.initial = there.required if there else True
            self.fields[f"question_{number}"], self.fields[f"must_{number}"] = words, must

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each question with its tick, for the page."""
        return [(self[f"question_{n}"], self[f"must_{n}"]) for n in range(1, MOST_QUESTIONS + 1)]

    def asked(self) -> list[tuple[str, bool]]:
        """Those that are there, in their order."""
        lines = (
            (self.cleaned_data.get(f"question_{n}", ""), bool(self.cleaned_data.get(f"must_{n}")))
            for n in range(1, MOST_QUESTIONS + 1)
        )
        return [line for line in lines if line[0]]


class FoundForm(CharterForm, QuestionsForm):
    """A new group."""

    handle = HandleField(
        label=_("Address"), required=False, help_text=_("Made from the name if you leave it empty. It stays for good.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for later in ("posting", "approving", "on_topic", "members_invite", "welcome", "sure"):
            del self.fields[later]


class RulesForm(forms.Form):
    """That somebody accepts the rules, and which: those made at this moment."""

    agree = forms.BooleanField(
        label=_("I accept the rules of this group"),
        error_messages={"required": _("Tick this to go on: whoever is in the group has accepted its rules.")},
    )
    read_at = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        """Take `group`, whose rules they are."""
        super().__init__(*args, **kwargs)
        self.fields["read_at"].initial = group.rules_at.isoformat() if group.rules_at else ""
        if not group.rules:
            del self.fields["agree"], self.fields["read_at"]

    def clean_read_at(self) -> datetime | None:
        """The moment; None for what is none."""
        try:
            moment = parse_datetime(str(self.cleaned_data["read_at"]))
        except ValueError:
            return None
        return moment if moment is not None and moment.tzinfo is not None else None


class AskForm(RulesForm):
    """Somebody asks to be let in: her answers, and that she accepts the rules."""

    def __init__(self, *args: Any, group: Group, questions: Sequence[Question], **kwargs: Any) -> None:
        """Take `questions`, those that stand now."""
        super().__init__(*args, group=group, **kwargs)
        self.questions = questions
        for each in questions:
            answer = TextField(limit=ANSWER_LIMIT, label=each.words, required=each.required, widget=_area(2))
            self.fields[f"answer_{each.pk}"] = answer

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions in their order, for the page."""
        return [self[f"answer_{each.pk}"] for each in self.questions]

    def answers(self) -> dict[int, str]:
        """By key of the question."""
        return {each.pk: self.cleaned_data[f"answer_{each.pk}"] for each in self.questions}


class InviteForm(forms.Form):
    """Whom to ask in: ticked in a list, or named by their @; with a word, if there is one."""

    people = forms.MultipleChoiceField(required=False, label=_("People"))
    named = LineField(limit=NAMED_LIMIT, label=_("Whom do you ask in?"), required=False)
    note = TextField(
        limit=NOTE_LIMIT, label=_("A word with it"), required=False, widget=_area(2), help_text=_("They read it.")
    )

    def __init__(self, *args: Any, me: Member, offered: Sequence[Member] = (), **kwargs: Any) -> None:
        """Take `me`, who asks, and `offered`, who stand in the list."""
        super().__init__(*args, **kwargs)
        self.me = me
        offer(self, "people", [(each.handle, each.name) for each in offered])
        self.offered = {each.handle: each for each in offered}

    def clean_named(self) -> list[Member]:
        """The people, as far as the one who names them sees them."""
        words = (word.lstrip("@").lower() for word in re.split(r"[\s,;]+", self.cleaned_data["named"]))
        handles = [word for word in dict.fromkeys(words) if word][:50]
        seen = sight.visible_to(Viewer(self.me)).filter(handle__in=handles).exclude(pk=self.me.pk) if handles else ()
        found = {member.handle: member for member in seen}
        if missing := [handle for handle in handles if handle not in found]:
            names = ", ".join(f"@{handle}" for handle in missing[:5])
            raise forms.ValidationError(
                _("Nobody here is called %(names)s. People are named by the @ of their profile.") % {"names": names}
            )
        return [found[handle] for handle in handles]

    def clean(self) -> dict[str, Any]:
        """Everybody who was chosen, once."""
        values = super().clean() or {}
        ticked = [self.offered[handle] for handle in values.get("people", ())]
        values["members"] = list({each.pk: each for each in [*values.get("named", ()), *ticked]}.values())
        if not values["members"] and not self.errors:
            self.add_error("people", _("Choose at least one person."))
        return values


class RoleForm(forms.Form):
    """What somebody may do in the group."""

    role = forms.TypedChoiceField(label=_("Role"), choices=Role.choices, coerce=int)


class ReasonForm(forms.Form):
    """Why somebody is taken out or turned away; she reads it."""

    reason = TextField(
        limit=REASON_LIMIT,
        label=_("Why"),
        required=False,
        widget=_area(2),
        help_text=_("It is sent along, and stands in the log."),
    )


class BanForm(forms.Form):
    """Why somebody is kept out, for how long, and whether with what she wrote."""

    DAYS = (("1", _("For a day")), ("7", _("For a week")), ("30", _("For 30 days")), ("", _("Until somebody lifts it")))
    reason = TextField(
        limit=REASON_LIMIT,
        label=_("Why"),
        widget=_area(2),
        help_text=_("It is sent along, and stands in the log."),
        error_messages={"required": _("Say why: whoever is kept out is told.")},
    )
    days = forms.ChoiceField(label=_("How long"), choices=DAYS, required=False)
    with_content = forms.BooleanField(
        label=_("Hide what was posted and said here, too"),
        required=False,
        help_text=_("It comes back when the ban is lifted."),
    )

    def until(self) -> datetime | None:
        """When it ends by itself."""
        days = self.cleaned_data["days"]
        return clock.now() + timedelta(days=int(days)) if days else None


class LeaveForm(forms.Form):
    """Who owns the group from now on, where its last owner goes."""

    heir = forms.ChoiceField(label=_("Who owns it from now on"), required=False)

    def __init__(self, *args: Any, heirs: Sequence[Member] = (), **kwargs: Any) -> None:
        """Take `heirs`, those there are to choose from."""
        super().__init__(*args, **kwargs)
        self.heirs = {each.handle: each for each in heirs}
        offer(self, "heir", [(each.handle, each.name) for each in heirs])

    def chosen(self) -> Member | None:
        """The one who was."""
        return self.heirs.get(self.cleaned_data["heir"])


class MineForm(forms.Form):
    """What reaches one from the group, and who of it may write."""

    at_home = forms.BooleanField(label=_("Its posts come to my home"), required=False)
    in_digest = forms.BooleanField(label=_("The weekly mail tells of it"), required=False)
    reachable = forms.BooleanField(
        label=_("Others in the group may write to me first"),
        required=False,
        help_text=_("Each of them only now and then, within a monthly budget."),
    )


class NameForm(forms.Form):
    """Its name, typed once more by whoever deletes it."""

    name = LineField(limit=NAME_LIMIT, label=_("The name of the group"))


class SearchForm(forms.Form):
    """What is looked for."""

    q = LineField(limit=SEARCH_LIMIT, label=_("Find a group"), required=False)
