"""What would help one's own profile next: at most three things, with the reason, until they are done or put away."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collegium.audience.door import Request, signed_in
from collegium.career.models import Contact
from collegium.career.reading import Career
from collegium.career.sections import Section
from collegium.lib.limits import limit
from collegium.members import findability
from collegium.members.models import Member
from collegium.profiles.models import GuideRest
from collegium.ui.respond import respond, tell

AT_ONCE = 3


@dataclass(frozen=True)
class Step:
    """One thing to do: why, what, where; `target` is the element of one's page that htmx opens the form in."""

    why: str
    act: str
    href: str
    target: str = ""


def next_steps(career: Career) -> list[Step]:
    """What would help next, for the owner of the career alone; empty when nothing is left or she put it away."""
    steps = [step for _place, step in zip(range(AT_ONCE), _open(career), strict=False)]
    return steps if steps and not GuideRest.objects.filter(member=career.member).exists() else []


def _open(career: Career) -> Iterator[Step]:
    """All that is not done yet, what helps most first."""
    me = career.member
    if not me.headline:
        why = _("Your headline stands beside your name wherever people meet you. You have none yet.")
        yield Step(why, _("Write a headline"), "/career/head/", "profile-words")
    if not career.items(Section.POSITIONS) and not career.items(Section.EDUCATION):
        why = _("People recognise you by where you worked or learned. Nothing of it is here yet.")
        yield Step(why, _("Add a position"), "/career/positions/new/", "new-positions")
    if not career.skills:
        yield Step(
            _("People find you by skills. You have none yet."), _("Add skills"), "/career/skills/", "part-skills"
        )
    if not me.about:
        why = _("A few sentences in your own words say more than a list.")
        yield Step(why, _("Write about yourself"), "/career/about/", "part-about")
    if not me.photo:
        why = _("Those who met you once look for a face they remember.")
        yield Step(why, _("Add a photo"), "/settings/profile/photo/")
    if not me.place:
        yield Step(_("People look for colleagues near them."), _("Say where you are"), "/career/head/", "profile-words")
    if not career.contacts and not Contact.objects.of(me).exists():
        why = _("Somebody may want to reach you outside this place; you choose who can.")
        yield Step(why, _("Add a way to reach you"), "/career/contacts/", "part-contacts")
    if not findability.was_asked(me):
        why = _("Who has your e-mail address could find you here by it. It is off unless you say yes.")
        yield Step(why, _("Decide"), "/settings/findability/")


@require_POST
@signed_in
@limit("career.guide", "60/h")
def rest(request: Request) -> HttpResponse:
    """Put the guide away, for good; the message can bring it back."""
    put_away(request.viewer.me)
    tell(request, _("The guide is put away."), undo="/career/guide/return/")
    return _answer(request)


@require_POST
@signed_in
@limit("career.guide", "60/h")
def back(request: Request) -> HttpResponse:
    """Bring it back."""
    GuideRest.objects.filter(member=request.viewer.me).delete()
    tell(request, _("The guide is back."))
    return _answer(request)


@transaction.atomic
def put_away(member: Member) -> None:
    """Remember that she does not want it; twice is once."""
    GuideRest.objects.get_or_create(member=member)


def _answer(request: Request) -> HttpResponse:
    return respond(request, "profiles/editing/_guide.html", "guide", {"guide": []}, otherwise=request.viewer.me)
