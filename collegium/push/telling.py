"""Push as a way to tell: what is due for one member, on all devices she allowed."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.accounts.community import current
from collegium.members.models import Member
from collegium.notifications import kinds, words
from collegium.notifications.channels import Channel, State
from collegium.notifications.models import Notification, Rest
from collegium.push import sending
from collegium.push.models import Device

APART = 3
"""More than so many things at once are one: a telephone that shows five is put away."""


def tell(member: Member, due: Sequence[Notification]) -> None:
    """Tell her these things, where she may be told now."""
    devices = sending.living(member)
    if not devices:
        return
    if len(due) > APART:
        sending.send(devices, _together(len(due)))
        return
    shown = Rest.objects.filter(member=member).values_list("shown", flat=True).first() or Rest.Shown.BEGINNING
    for told in due:
        sending.send(devices, said(told, shown))


def said(told: Notification, shown: str) -> dict[str, str]:
    """One thing as the device shows it: who did what, and of words written to her as much as she chose."""
    kind = kinds.of(told.kind)
    lines = words.of(told, shown)
    return {
        "title": words.plain(kind.phrase(told)),
        "body": "\n".join(lines) or current().name,
        "url": told.path,
        "page": kind.path(told).partition("?")[0].partition("#")[0],
        "tag": f"n{told.pk}",
    }


def _together(count: int) -> dict[str, str]:
    title = ngettext("%(num)s new thing", "%(num)s new things", count) % {"num": count}
    return {"title": title, "body": current().name, "url": "/notifications/", "page": "/notifications/", "tag": "many"}


def _reaches(members: Collection[int]) -> set[int]:
    allowed = Device.objects.filter(member__in=members, dropped_at=None)
    return set(allowed.values_list("member_id", flat=True))


def _state(member: Member) -> State:
    count = Device.objects.filter(member=member, dropped_at=None).count()
    if not count:
        return State(_("Not allowed on any device yet"), "/settings/devices/")
    return State(ngettext("%(num)s device", "%(num)s devices", count) % {"num": count}, "/settings/devices/")


PUSH = Channel("push", lambda: _("Push"), tell, _reaches, _state)
