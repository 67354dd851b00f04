"""The tabs of a group that belong to its posts."""

from django.utils.translation import gettext_lazy as _

from collegium.feed.places import wall
from collegium.groups import rules as groups
from collegium.groups.tabs import Tab

TABS = [
    Tab("wall", _("Posts"), "{path}", rank=0),
    Tab(
        "queue",
        _("Waiting"),
        "{path}queue/",
        rank=15,
        shown=lambda viewer, group: groups.may_keep(viewer.member, group),
        count=wall.waiting_for,
    ),
    Tab(
        "topics",
        _("Topics"),
        "{path}settings/topics/",
        rank=90,
        shown=lambda viewer, group: groups.may_manage(viewer.member, group),
    ),
]
