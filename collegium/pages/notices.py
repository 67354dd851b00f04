"""Who hears what of pages, in which words."""

from collections.abc import Callable, Collection, Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.accounts.models import User
from collegium.audience.viewer import Viewer
from collegium.journal.models import Entry
from collegium.members.models import Member
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.organizations.models import Organization
from collegium.pages.models import Dispute, Likeness, Offer, Part, Role

OFFERS, SAME = "/organizations/register/parts/", "/organizations/register/same/"


def part_offered(entry: Entry) -> None:
    """Whoever is asked."""
    about = _about(entry) | {"part": entry.data["part"]}
    cause = f"pages.part_offered:{entry.pk}"
    notify(
        [entry.data["member"]],
        kind="pages.part_offered",
        actor=entry.actor,
        cause=cause,
        subject=entry.subject,
        **about,
    )


def offer_ended(entry: Entry) -> None:
    """What was asked is asked no more."""
    for told in Notification.objects.filter(
        kind="pages.part_offered", recipient=entry.data["member"], subject=entry.subject, data__part=entry.data["part"]
    ):
        retract(cause=told.cause)


def part_taken_up(entry: Entry) -> None:
    """The other administrators."""
    offer_ended(entry)
    _to_administrators(entry, "pages.part_taken_up", part=entry.data["part"])


def part_taken_back(entry: Entry) -> None:
    """Whose part it was."""
    _tell(entry, [entry.data["member"]], "pages.part_taken_back", part=entry.data["part"])


def proved(entry: Entry) -> None:
    """A new page is told to the owners of the community, who keep the register; a new administrator to the others."""
    if entry.data["first"]:
        _tell(entry, _owners(), "pages.proved", domain=entry.data["domain"])
    else:
        _to_administrators(entry, "pages.proved", domain=entry.data["domain"])


def warned(entry: Entry) -> None:
    """The administrators, while there is time."""
    _to_administrators(entry, "pages.warned", domain=entry.data["domain"], day=entry.data["day"])


def fell_back(entry: Entry) -> None:
    """Everybody who worked on it."""
    workers = Role.objects.filter(organization=entry.subject or 0).values_list("member_id", flat=True)
    _tell(entry, set(workers), "pages.fell_back", domain=entry.data["domain"])


def closed(entry: Entry) -> None:
    """Those who were its administrators."""
    _tell(entry, entry.data["told"], "pages.closed")


def merged(entry: Entry) -> None:
    """The administrators of what is one now."""
    _to_administrators(entry, "pages.merged", name=entry.data["name"])


def dispute_opened(entry: Entry) -> None:
    """The person; the page speaks, whichever administrator wrote for it."""
    _of_dispute(entry, [entry.data["member"]], "pages.dispute_opened")


def dispute_answered(entry: Entry) -> None:
    """The owners, who owe a decision."""
    _of_dispute(entry, _owners(), "pages.dispute_answered")


def dispute_settled(entry: Entry) -> None:
    """Both sides; and what waited for the person or an owner waits no more."""
    for kind in ("pages.dispute_opened", "pages.dispute_answered"):
        retract(kind=kind, subject=entry.data["dispute"])
    sides = [entry.data["member"], *_administrators(entry.subject or 0)]
    _of_dispute(entry, (key for key in sides if key != entry.actor), "pages.dispute_settled", state=entry.data["state"])


def likeness_told(entry: Entry) -> None:
    """The owners."""
    cause = f"pages.likeness_told:{entry.subject}"
    notify(_owners(), kind="pages.likeness_told", actor=entry.actor, cause=cause, subject=entry.subject)


def _owners() -> list[int]:
    return list(Member.objects.active().filter(user__role=User.Role.OWNER).values_list("pk", flat=True))


def _administrators(organization: int) -> list[int]:
    rows = Role.objects.filter(organization=organization, part=Part.SUPER).values_list("member_id", flat=True)
    return list(rows)


def _about(entry: Entry) -> dict[str, str]:
    """What the address of a notice is made of, which asks the database nothing."""
    row = Organization.objects.filter(pk=entry.subject or 0).only("handle").first()
    return {"handle": row.handle if row is not None else ""}


def _to_administrators(entry: Entry, kind: str, **data: str) -> None:
    _tell(entry, _administrators(entry.subject or 0), kind, **data)


def _tell(entry: Entry, keys: Iterable[int], kind: str, **data: str) -> None:
    about = _about(entry) | data
    notify(keys, kind=kind, actor=entry.actor, cause=f"{kind}:{entry.pk}", subject=entry.subject, **about)


def _of_dispute(entry: Entry, keys: Iterable[int], kind: str, **data: str) -> None:
    """No actor: it is the page that speaks, and an owner who decides does so for the community."""
    notify(keys, kind=kind, actor=None, cause=f"{kind}:{entry.pk}", subject=entry.data["dispute"], **data)


# What a viewer may see of it now.


def _organizations(viewer: Viewer, keys: Collection[int]) -> dict[int, Organization]:
    """Records are public, those that were merged too: their address leads on."""
    return Organization.objects.only("handle", "name").in_bulk(list(keys))


def _offered(viewer: Viewer, keys: Collection[int]) -> dict[int, Organization]:
    open_still = Offer.objects.filter(member=viewer.id, organization__in=keys).values("organization")
    return Organization.objects.filter(pk__in=open_still).only("handle", "name").in_bulk(list(keys))


def _disputes(viewer: Viewer, keys: Collection[int]) -> dict[int, Dispute]:
    rows = Dispute.objects.filter(pk__in=keys).select_related("organization", "member")
    mine = set(Role.objects.filter(member=viewer.id, part=Part.SUPER).values_list("organization_id", flat=True))
    owner = viewer.member is not None and viewer.me.user.is_owner
    return {row.pk: row for row in rows if viewer.id == row.member_id or row.organization_id in mine or owner}


def _likenesses(viewer: Viewer, keys: Collection[int]) -> dict[int, Likeness]:
    if viewer.member is None or not viewer.me.user.is_owner:
        return {}
    rows = Likeness.objects.filter(pk__in=keys, state=Likeness.State.OPEN).select_related("one", "other")
    return {row.pk: row for row in rows}


# The words.


def _named(told: Notification) -> SafeString:
    row = getattr(told.about, "organization", told.about)
    return format_html('<b class="name"><bdi>{}</bdi></b>', row.name if row is not None else "")


def _part(told: Notification) -> str:
    part = told.data.get("part", "")
    return str(Part(part).label) if part in Part.values else ""


def _say(sentence: Callable[[], str]) -> Callable[[Notification], SafeString]:
    """A sentence in which {who}, {page}, {part} and {domain} are filled in."""

    def said(told: Notification) -> SafeString:
        values = {"who": who(told), "page": _named(told), "part": _part(told)}
        values |= {name: told.data.get(name, "") for name in ("domain", "day", "name")}
        return format_html(sentence(), **values)

    return said


def _settled(told: Notification) -> SafeString:
    words = {
        Dispute.State.UPHELD: _("A contested position was settled: {page} is no longer linked to it."),
        Dispute.State.DISMISSED: _("A contested position was settled: it stays linked to {page}."),
        Dispute.State.WITHDRAWN: _("{page} no longer contests a position."),
        Dispute.State.YIELDED: _("A contested position no longer names {page}."),
    }
    return format_html(words[Dispute.State(told.data.get("state", "dismissed"))], page=_named(told))


def _page(tail: str = "") -> Callable[[Notification], str]:
    def path(told: Notification) -> str:
        handle = told.data.get("handle", "")
        return f"/organizations/{handle}/{tail}" if handle else "/organizations/"

    return path


def _dispute(told: Notification) -> str:
    return f"/organizations/register/disputes/{told.subject}/"


_PAGES: list[tuple[str, str, Callable[[], str], str]] = [
    ("pages.part_taken_up", "user-cog", lambda: _("{who} took a part in {page}: {part}"), "roles/"),
    ("pages.part_taken_back", "user-minus", lambda: _("You no longer have this part in {page}: {part}"), ""),
    ("pages.proved", "badge-check", lambda: _("{who} proved {domain} for {page}"), ""),
    (
        "pages.warned",
        "triangle-alert",
        lambda: _("The proof of {domain} is not found any more. {page} falls back to a plain record on {day}."),
        "claim/",
    ),
    ("pages.fell_back", "circle-alert", lambda: _("{page} is a plain record again: {domain} was not found."), "claim/"),
    ("pages.closed", "circle-alert", lambda: _("Whoever runs this network ended the page of {page}."), ""),
    ("pages.merged", "split", lambda: _("The record “{name}” was merged into {page}"), ""),
]
KINDS = [
    *(Kind(name, icon, _say(words), _page(tail), _organizations, topic="pages") for name, icon, words, tail in _PAGES),
    Kind(
        "pages.part_offered",
        "user-cog",
        _say(lambda: _("{who} asks you to take a part in {page}: {part}")),
        lambda told: OFFERS,
        _offered,
        topic="pages",
    ),
    Kind(
        "pages.dispute_opened",
        "flag",
        _say(lambda: _("{page} says that a position of yours is not with them. You are asked to answer.")),
        _dispute,
        _disputes,
        topic="account",
    ),
    Kind(
        "pages.dispute_answered",
        "flag",
        _say(lambda: _("A position that {page} contests waits for your decision.")),
        _dispute,
        _disputes,
        topic="account",
    ),
    Kind("pages.dispute_settled", "flag", _settled, _dispute, _disputes, topic="account"),
    Kind(
        "pages.likeness_told",
        "copy",
        lambda told: format_html(
            _("{who} thinks that {one} and {other} are one"),
            who=who(told),
            one=told.about.one.name if told.about else "",
            other=told.about.other.name if told.about else "",
        ),
        lambda told: SAME,
        _likenesses,
        topic="pages",
    ),
]
