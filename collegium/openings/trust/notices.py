"""Who hears of reports: the owners of the community, and whoever reported."""

from collections.abc import Callable, Collection

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
from collegium.openings.models import Opening, Report
from collegium.openings.trust.rules import may_look

REPORTED, SETTLED = "openings.reported", "openings.reports_settled"
LIST = "/jobs/reports/"


def reported(entry: Entry) -> None:
    """The owners."""
    owners = Member.objects.active().filter(user__role=User.Role.OWNER).exclude(pk=entry.actor or 0)
    keys = list(owners.values_list("pk", flat=True))
    notify(keys, kind=REPORTED, actor=_there(entry.actor), cause=f"{REPORTED}:{entry.pk}", subject=entry.subject)


def settled(entry: Entry) -> None:
    """Whoever said something; and what waited for the owners waits no more."""
    retract(kind=REPORTED, subject=entry.subject)
    told = Member.objects.active().filter(pk__in=entry.data["told"]).exclude(pk=entry.actor or 0)
    about = {"outcome": entry.data["outcome"]}
    keys = list(told.values_list("pk", flat=True))
    notify(keys, kind=SETTLED, actor=None, cause=f"{SETTLED}:{entry.pk}", subject=entry.subject, **about)


def _there(key: int | None) -> int | None:
    return key if Member.objects.filter(pk=key or 0).exists() else None


def _for_owners(viewer: Viewer, keys: Collection[int]) -> dict[int, Opening]:
    """Those of which something waits; for owners alone."""
    if not may_look(viewer.member):
        return {}
    waiting = Report.objects.filter(opening__in=list(keys), state=Report.State.OPEN).values("opening")
    return {row.pk: row for row in Opening.objects.filter(pk__in=waiting).defer("text", "html")}


def _read_once(viewer: Viewer, keys: Collection[int]) -> dict[int, Opening]:
    """Those that the viewer read when she reported them."""
    rows = Opening.objects.filter(pk__in=list(keys)).once_visible_to(viewer)
    return {row.pk: row for row in rows.defer("text", "html")}


def _title(told: Notification) -> SafeString:
    return format_html("<q><bdi>{}</bdi></q>", told.about.title if told.about is not None else "")


def _phrase(sentence: Callable[[Notification], str]) -> Callable[[Notification], SafeString]:
    def phrase(told: Notification) -> SafeString:
        return format_html(sentence(told), name=who(told), title=_title(told))

    return phrase


def _outcome(told: Notification) -> str:
    if told.data.get("outcome") == Report.State.CLOSED:
        return _("Thank you: those who run this network looked at {title} and closed it")
    return _("Those who run this network looked at {title}: it stays as it is")


KINDS = [
    Kind(
        REPORTED,
        "flag",
        _phrase(lambda _t: _("{name} reported {title}")),
        lambda _t: LIST,
        _for_owners,
        topic="jobs",
    ),
    Kind(SETTLED, "flag", _phrase(_outcome), lambda told: f"/jobs/{told.subject}/", _read_once, topic="jobs"),
]
