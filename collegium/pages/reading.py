"""What pages show: the directory, followers, who works on a page, what one works on oneself, what waits for owners."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.lib import cursor
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.organizations.suggesting import suggest
from collegium.pages.models import Claim, Dispute, Follow, Likeness, Offer, Part, Role

PAGE, MOST_FOUND, MOST_WAITING = 30, 30, 100
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some rows of a list, and the cursor behind which it goes on."""

    rows: Sequence[Any]
    older: str


def directory(kind: str = "", after: str = "") -> Stretch:
    """Records that stand, those with most followers first; by the index `organizations_by_followers`.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = Organization.objects.filter(merged_into=None).order_by("-follower_count", "-pk")
    if kind in Organization.Kind.values:
        rows = rows.filter(kind=kind)
    if after:
        count, key = cursor.unpack(after, 2)
        rows = rows.filter(follower_count__lte=count).filter(Q(follower_count__lt=count) | Q(pk__lt=key))
    page = list(rows.defer("about")[: PAGE + 1])
    last = page[PAGE - 1] if len(page) > PAGE else None
    return Stretch(page[:PAGE], cursor.pack(last.follower_count, last.pk) if last is not None else "")


def search(typed: str, kind: str = "") -> Stretch:
    """Records by name, best first, as far as somebody would look."""
    keys = [row.pk for row in suggest(typed, MOST_FOUND)]
    rows = Organization.objects.filter(merged_into=None).defer("about").in_bulk(keys)
    found = [rows[key] for key in keys if key in rows]
    return Stretch([row for row in found if kind not in Organization.Kind.values or row.kind == kind], "")


def followed(viewer: Viewer, rows: Sequence[Organization]) -> set[int]:
    """Which of these she follows."""
    if not viewer:
        return set()
    return set(
        Follow.objects.filter(member=viewer.id, organization__in=[row.pk for row in rows]).values_list(
            "organization_id", flat=True
        )
    )


def followers(viewer: Viewer, organization: Organization, after: str = "") -> Stretch:
    """Who follows, newest first; only those whom this administrator may come across anyway.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = Follow.objects.filter(organization=organization, member__in=people.findable_by(viewer))
    if after:
        moment, key = cursor.unpack(after, 2)
        since = _instant(moment)
        rows = rows.filter(since__lte=since).filter(Q(since__lt=since) | Q(member__lt=key))
    # In the order of the index, so that whom she may come across is asked of these few and not of all.
    page = list(rows.select_related("member").order_by("-since", "-member_id")[: PAGE + 1])
    last = page[PAGE - 1] if len(page) > PAGE else None
    older = cursor.pack((last.since - EPOCH) // MICROSECOND, last.member_id) if last is not None else ""
    return Stretch(page[:PAGE], older)


def _instant(microseconds: int) -> datetime:
    """The moment of a cursor.

    Raises:
        Http404: no calendar has it.
    """
    try:
        return EPOCH + timedelta(microseconds=microseconds)
    except OverflowError:
        raise Http404 from None


@dataclass(frozen=True, slots=True)
class Worker:
    """One who works on a page, with her parts, and those she is asked to take."""

    member: Member
    parts: list[Part]
    asked: list[Part]


def workers(organization: Organization) -> list[Worker]:
    """Who works on a page, administrators first, then by name."""
    found: dict[int, Worker] = {}
    for row in Role.objects.filter(organization=organization).select_related("member"):
        found.setdefault(row.member_id, Worker(row.member, [], [])).parts.append(Part(row.part))
    for offer in Offer.objects.filter(organization=organization).select_related("member"):
        found.setdefault(offer.member_id, Worker(offer.member, [], [])).asked.append(Part(offer.part))
    order = list(Part)
    for worker in found.values():
        worker.parts.sort(key=order.index)
    return sorted(
        found.values(), key=lambda each: (Part.SUPER not in each.parts, each.member.sort_name, each.member.pk)
    )


def recruiters(viewer: Viewer, organization: Organization) -> list[Member]:
    """Those who let themselves be named as contacts for work, as far as the viewer may come across them."""
    if not organization.is_page:
        return []
    named = Role.objects.filter(organization=organization, part=Part.RECRUITER, named=True).values("member")
    return list(people.findable_by(viewer).filter(pk__in=named).order_by("sort_name", "pk")[:MOST_WAITING])


def administrators(viewer: Viewer, organization: Organization) -> list[Member]:
    """Whom one asks for a part: those of them that the viewer may come across."""
    mine = Role.objects.filter(organization=organization, part=Part.SUPER).values("member")
    return list(people.findable_by(viewer).filter(pk__in=mine).order_by("sort_name", "pk")[:MOST_WAITING])


def worked_on(member: Member) -> list[tuple[Organization, list[Part]]]:
    """The pages she works on, with her parts; those that fell back are not among them."""
    rows = Role.objects.filter(member=member, organization__page_since__isnull=False, organization__merged_into=None)
    found: dict[int, tuple[Organization, list[Part]]] = {}
    for row in rows.select_related("organization").order_by("organization__folded_name", "organization_id"):
        found.setdefault(row.organization_id, (row.organization, []))[1].append(Part(row.part))
    return list(found.values())


def offers_to(member: Member) -> list[Offer]:
    """The parts she is asked to take."""
    rows = Offer.objects.filter(member=member, organization__page_since__isnull=False, organization__merged_into=None)
    return list(rows.select_related("organization").order_by("-since"))


def claims_of(member: Member) -> list[Claim]:
    """Her claims that wait for their proof."""
    rows = Claim.objects.waiting().filter(member=member, organization__merged_into=None)
    return list(rows.select_related("organization").order_by("-pk"))


def disputes_of(organization: Organization, after: str = "") -> Stretch:
    """What a page contested, newest first.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = Dispute.objects.filter(organization=organization).select_related("member", "organization").order_by("-pk")
    if after:
        rows = rows.filter(pk__lt=cursor.unpack(after, 1)[0])
    page = list(rows[: PAGE + 1])
    return Stretch(page[:PAGE], cursor.pack(page[PAGE - 1].pk) if len(page) > PAGE else "")


def disputes_with(member: Member) -> list[Dispute]:
    """What pages contest of hers, open first."""
    rows = Dispute.objects.filter(member=member).select_related("organization", "member").order_by("-pk")
    return sorted(rows[:MOST_WAITING], key=lambda row: not row.is_open)


def to_decide() -> list[Dispute]:
    """What waits for an owner, oldest first."""
    rows = Dispute.objects.filter(state=Dispute.State.ANSWERED).select_related("organization", "member")
    return list(rows.order_by("pk")[:MOST_WAITING])


def likenesses() -> list[Likeness]:
    """Pairs that somebody takes for one, oldest first."""
    rows = Likeness.objects.filter(state=Likeness.State.OPEN).select_related("one", "other", "by")
    return list(rows.order_by("pk")[:MOST_WAITING])
