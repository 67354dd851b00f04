"""Who hears of what. Every kind that is ever recorded has a line here, even when nobody listens."""

from typing import Any

from collegium.feed import notices as feed
from collegium.journal.routes import Listener, routes
from collegium.network import notices as network
from collegium.notifications import kinds
from collegium.realtime import notices as realtime

ROUTES: dict[str, list[Listener]] = {
    "members.joined": [],
    "members.edited": [],
    "members.approved": [],
    "members.refused": [],
    "members.suspended": [realtime.hang_up_subject],
    "members.restored": [],
    "accounts.signed_out": [realtime.hang_up_subject],
    "network.invited": [network.invited],
    "network.reminded": [network.reminded],
    "network.withdrawn": [network.withdrawn],
    "network.connected": [network.connected],
    "network.declined": [network.declined],
    "network.answered": [network.answered],
    "network.disclaimed": [network.disclaimed],
    "network.reopened": [network.reopened],
    "network.disconnected": [network.disconnected, feed.parted],
    "network.followed": [],
    "network.unfollowed": [],
    "network.blocked": [network.blocked, feed.parted],
    "network.unblocked": [],
    "feed.posted": [feed.posted],
    "feed.post_edited": [feed.post_edited],
    "feed.post_deleted": [feed.post_deleted],
    "feed.commented": [feed.commented],
    "feed.comment_edited": [feed.comment_changed],
    "feed.comment_deleted": [feed.comment_deleted],
    "feed.reacted": [feed.reacted],
    "feed.unreacted": [feed.unreacted],
}

KINDS = [*network.KINDS, *feed.KINDS]


def lay() -> None:
    """Tell the journal who listens and the notifications what they can say; once, when every room stands."""
    routes.lay(ROUTES)
    kinds.lay(KINDS)


def schedule(app: Any) -> None:
    """Hand procrastinate what runs by the clock: sweeps, each safe to run twice.

    Args:
        app: procrastinate's application, once Django is ready.
    """
    from collegium.config.tasks import SCHEDULE  # noqa: PLC0415 - procrastinate has found the tasks of every room by now.

    for cron, task in SCHEDULE:
        app.periodic(cron=cron, periodic_id=task.name)(task)
