"""An opening as its page shows it, and the openings of one organisation or one person who hires."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.lib import clock, cursor
from collegium.members.models import Member
from collegium.openings import cards, rules
from collegium.openings.figures import laid
from collegium.openings.models import STALE_AFTER, Answer, Opening, Part, Question, Seat, State
from collegium.organizations.models import Organization
from collegium.pages.models import Role

PAGE = 20
# More than this nobody hires for at once; the rest of the drafts comes once some are gone.
MOST_LIVING = 200
# The text stays: what is told beside an opening on its card is read off it too.
HEAVY = ("html",)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """An opening as one viewer reads it."""

    opening: Opening
    extra: cards.Extra
    questions: list[tuple[Question, str]]
    poster: Member | None
    part: Part | None
    waiting: int = 0

    @property
    def days_left(self) -> int:
        """So many days it still stands, the last one counted."""
        return days_left(self.opening)

    @property
    def matching(self) -> int:
        """How many of the skills that are needed the viewer lists."""
        return sum(each.matches for each in self.extra.skills if each.required)

    @property
    def needed(self) -> int:
        """How many skills are needed."""
        return sum(each.required for each in self.extra.skills)

    @property
    def leads(self) -> bool:
        """Whether the viewer closes it and gives parts."""
        return self.part is not None and self.part >= Part.LEAD

    @property
    def changes(self) -> bool:
        """Whether the viewer changes what it says."""
        return self.part is not None and self.part >= Part.RECRUITER

    @property
    def state_words(self) -> str:
        """What its team is told of how it stands; "" while it stands."""
        return state_words(self.opening)


def show(viewer: Viewer, opening: Opening) -> Shown:
    """Gather it, in a constant number of statements."""
    asked = [(row, rule_words(row)) for row in opening.questions.order_by("place")]
    poster = people.visible_to(viewer).filter(pk=opening.poster_id or 0).first()
    part = rules.part(viewer.member, opening)
    waiting = laid.waiting([opening.pk]).get(opening.pk, 0) if part is not None else 0
    return Shown(opening, cards.extras(viewer, [opening])[opening.pk], asked, poster, part, waiting)


def rule_words(question: Question) -> str:
    """What an answer is measured by, as applicants read it; "" where nothing is."""
    if question.answer == Answer.NUMBER and question.least is not None:
        words = _("%(least)s or more") % {"least": f"{question.least.normalize():f}"}
    elif question.passing:
        yes_no = {"yes": _("Yes"), "no": _("No")}
        words = _(" or ").join(yes_no.get(each, each) for each in question.passing)
    else:
        return ""
    if question.must:
        return _("You must answer: %(words)s. Any other answer ends the application at once.") % {"words": words}
    return _("Welcome: %(words)s") % {"words": words}


def days_left(opening: Opening) -> int:
    """So many days it still stands, the last one counted; 0 when it does not."""
    if not opening.stands or opening.expires_at is None:
        return 0
    return max(1, -(-(opening.expires_at - clock.now()) // A_DAY))


def state_words(opening: Opening) -> str:
    """How it stands where it does not, for its team."""
    if opening.state == State.DRAFT:
        return _("Draft: only your team sees it.")
    if opening.state == State.CLOSED:
        return _("Closed: %(why)s.") % {"why": opening.get_ended_display()}
    return "" if opening.stands else _("Its time is over: nobody applies any more.")


def of_organization(viewer: Viewer, organization: Organization, before: str) -> dict[str, Any]:
    """A page of what stands there and this viewer may read, the newest first.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = Opening.objects.standing().visible_to(viewer).filter(organization=organization)
    found, older = _page(rows, before, f"{organization.path}jobs/")
    return {"openings": found, "extras": cards.extras(viewer, found), "older": older}


def mine(viewer: Viewer, before: str) -> dict[str, Any]:
    """What she hires for: drafts and what stands at once, what is over by pages.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = hired_for(viewer).with_faces().defer(*HEAVY)
    over = rows.filter(state=State.CLOSED)
    found, older = _page(over, before, "/jobs/mine/")
    context: dict[str, Any] = {"closed": found, "older": older, "drafts": [], "live": []}
    if not before:
        drafts = list(rows.filter(state=State.DRAFT).order_by("-pk")[:MOST_LIVING])
        live = list(rows.filter(state=State.LIVE).order_by("-posted_at", "-pk")[:MOST_LIVING])
        waiting = laid.waiting([row.pk for row in live])
        context |= {"drafts": drafts, "live": [(row, days_words(row), waiting.get(row.pk, 0)) for row in live]}
    return context


def hired_for(viewer: Viewer) -> Any:
    """Her openings. Gathered by her seats and her pages first, so that the database need not judge every opening."""
    seats = Seat.objects.filter(member=viewer.id).values_list("opening_id", flat=True)
    roles = Role.objects.filter(member=viewer.id, part__in=rules.HIRING).values_list("organization_id", flat=True)
    near = Q(pk__in=list(seats)) | Q(organization__in=list(roles))
    return Opening.objects.filter(near).hired_for_by(viewer)


def days_words(opening: Opening) -> str:
    """How long it still stands, as whoever hires is told; and when it would close unread."""
    left = days_left(opening)
    if not left or opening.reviewed_at is None or opening.expires_at is None:
        return _("Its time is over")
    words = ngettext("%(num)s day left", "%(num)s days left", left) % {"num": left}
    unread = opening.reviewed_at + STALE_AFTER
    if unread < opening.expires_at:
        quiet = max(1, -(-(unread - clock.now()) // A_DAY))
        if quiet <= 7:
            sooner = ngettext(
                "closes in %(num)s day unless you look at an application",
                "closes in %(num)s days unless you look at an application",
                quiet,
            )
            return f"{words}, {sooner % {'num': quiet}}"
    return words


def places_of(member: Member) -> list[Organization]:
    """The organisations for which she may post: pages on which she hires, and records she says she works at."""
    roles = Role.objects.filter(member=member, part__in=rules.HIRING).values("organization")
    pages = list(Organization.objects.filter(pk__in=roles, page_since__isnull=False, merged_into=None))
    said = member.career_items.current().exclude(organization=None).values("organization")
    plain = Organization.objects.filter(pk__in=said, page_since=None, merged_into=None)
    open_to_all = [row for row in plain if rules.may_post_for(member, row)]
    return sorted([*pages, *open_to_all], key=lambda row: row.name.casefold())


def _page(rows: Any, before: str, path: str) -> tuple[list[Opening], str]:
    """A stretch of a list, the newest posted first, and the address where it goes on."""
    if before:
        pk = cursor.unpack(before, 1)[0]
        last = Opening.objects.filter(pk=pk).values("posted_at", "pk").first()
        if last is not None and last["posted_at"] is not None:
            same = Q(posted_at=last["posted_at"], pk__lt=last["pk"])
            rows = rows.filter(Q(posted_at__lt=last["posted_at"]) | same)
    ordered = rows.with_faces().defer(*HEAVY).order_by(F("posted_at").desc(nulls_last=True), "-pk")
    found = list(ordered[: PAGE + 1])
    older = f"{path}?before={cursor.pack(found[PAGE - 1].pk)}" if len(found) > PAGE else ""
    return found[:PAGE], older


def has_answers(opening: Opening) -> bool:
    """Whether somebody applied, so that what was asked stays."""
    return bool(laid.applied([opening.pk]).get(opening.pk))
