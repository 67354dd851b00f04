"""Who hears of what. Every kind that is ever recorded has a line here, even when nobody listens."""

from typing import Any

from collegium.feed import featuring
from collegium.feed import notices as feed
from collegium.journal.routes import Listener, routes
from collegium.network import notices as network
from collegium.notifications import kinds
from collegium.openness import notices as openness
from collegium.portability.imports import notices as imports
from collegium.profiles.featured.providers import providers
from collegium.realtime import notices as realtime
from collegium.vouching import notices as vouching
from collegium.workplaces import notices as workplaces

ROUTES: dict[str, list[Listener]] = {
    "members.joined": [],
    "members.edited": [],
    "members.approved": [],
    "members.refused": [],
    "members.suspended": [realtime.hang_up_subject],
    "members.restored": [],
    "accounts.signed_out": [realtime.hang_up_subject],
    "workplaces.asked": [],
    "workplaces.proved": [],
    "workplaces.removed": [],
    "workplaces.restored": [],
    "workplaces.ending": [workplaces.ending],
    "openness.opened": [],
    "openness.changed": [],
    "openness.kept": [],
    "openness.asked": [openness.asked],
    "openness.ended": [openness.ended],
    "openness.hiring": [],
    "openness.hiring_ended": [],
    "career.added": [],
    "career.edited": [],
    "career.removed": [],
    "career.restored": [],
    "career.arranged": [],
    "career.announced": [feed.announced],
    "career.audience_set": [],
    "career.skills_added": [],
    "career.skill_removed": [],
    "career.skill_restored": [],
    "career.skills_arranged": [],
    "career.contacts_changed": [imports.reachable],
    "career.translated": [],
    "career.language_dropped": [],
    "portability.uploaded": [imports.uploaded],
    "portability.imported": [imports.imported],
    "portability.cancelled": [],
    "career.taken": [imports.reachable],
    "visits.mode_chosen": [],
    "organizations.founded": [],
    "vouching.endorsed": [vouching.endorsed],
    "vouching.renewed": [],
    "vouching.unendorsed": [vouching.unendorsed],
    "vouching.endorsement_hidden": [],
    "vouching.endorsement_shown": [],
    "vouching.asked": [vouching.asked],
    "vouching.reminded": [vouching.reminded],
    "vouching.declined": [vouching.request_over],
    "vouching.reopened": [],
    "vouching.withdrawn": [vouching.request_over],
    "vouching.recommended": [vouching.recommended],
    "vouching.edited": [vouching.edited],
    "vouching.approved": [vouching.approved],
    "vouching.returned": [vouching.returned],
    "vouching.hidden": [],
    "vouching.retracted": [vouching.retracted],
    "vouching.proposed": [vouching.proposed],
    "vouching.confirmed": [vouching.confirmed],
    "vouching.ended": [vouching.ended],
    "vouching.foreign_kept": [],
    "vouching.foreign_shown": [],
    "network.invited": [network.invited],
    "network.reminded": [network.reminded],
    "network.withdrawn": [network.withdrawn],
    "network.connected": [network.connected],
    "network.declined": [network.declined],
    "network.answered": [network.answered],
    "network.disclaimed": [network.disclaimed],
    "network.reopened": [network.reopened],
    "network.disconnected": [network.disconnected, vouching.parted, feed.parted],
    "network.followed": [],
    "network.unfollowed": [],
    "network.blocked": [network.blocked, vouching.blocked, feed.parted],
    "network.unblocked": [],
    "profiles.pinned": [],
    "profiles.pin_edited": [],
    "profiles.unpinned": [],
    "profiles.pins_arranged": [],
    "feed.posted": [feed.posted],
    "feed.post_edited": [feed.post_edited],
    "feed.post_deleted": [feed.post_deleted],
    "feed.commented": [feed.commented],
    "feed.comment_edited": [feed.comment_changed],
    "feed.comment_deleted": [feed.comment_deleted],
    "feed.reacted": [feed.reacted],
    "feed.unreacted": [feed.unreacted],
}

KINDS = [*network.KINDS, *workplaces.KINDS, *openness.KINDS, *feed.KINDS, *vouching.KINDS]


def lay() -> None:
    """Tell the journal who listens and the notifications what they can say; once, when every room stands."""
    routes.lay(ROUTES)
    kinds.lay(KINDS)
    providers.lay({"post": featuring.cards})


def schedule(app: Any) -> None:
    """Hand procrastinate what runs by the clock: sweeps, each safe to run twice.

    Args:
        app: procrastinate's application, once Django is ready.
    """
    from collegium.config.tasks import SCHEDULE  # noqa: PLC0415 - procrastinate has found the tasks of every room by now.

    for cron, task in SCHEDULE:
        app.periodic(cron=cron, periodic_id=task.name)(task)
