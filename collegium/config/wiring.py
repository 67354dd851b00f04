"""Who hears of what. Every kind that is ever recorded has a line here, even when nobody listens."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from collegium.articles.kind import ArticleKind
from collegium.articles.publishing import extras
from collegium.conduct import notices as conduct
from collegium.config.mails import MAILS
from collegium.contacts import notices as contacts
from collegium.decks import notices as decks
from collegium.decks.kind import KIND as DECKS
from collegium.digests import notices as digests
from collegium.digests.ending import DIGESTS
from collegium.feed import attachments, featuring
from collegium.feed import effects as feed_effects
from collegium.feed import notices as feed
from collegium.feed.drafts import naming
from collegium.feed.drafts import notices as drafts
from collegium.feed.expiry import notices as expiring
from collegium.feed.history import notices as edits
from collegium.feed.talking import notices as talking
from collegium.graph import parts
from collegium.introductions import context as introduced
from collegium.introductions import effects as introduction_effects
from collegium.introductions import notices as introductions
from collegium.journal.routes import Listener, routes
from collegium.lib import unsubscribe
from collegium.messaging import effects as messaging_effects
from collegium.messaging import notices as messaging
from collegium.messaging.files.kinds import ENDINGS
from collegium.network import context, effects
from collegium.network import notices as network
from collegium.newsletters import notices as newsletters
from collegium.newsletters.ending import NEWSLETTERS
from collegium.newsletters.publishing import SeriesExtra
from collegium.notifications import channels, kinds
from collegium.notifications import notices as notifications
from collegium.notifications.mails.ending import NEWS
from collegium.occasions.hanging import OccasionKind
from collegium.openness import notices as openness
from collegium.pictures import notices as pictures
from collegium.pictures.kind import pictures as pictures_kind
from collegium.polls import notices as polls
from collegium.polls.hanging import PollKind
from collegium.portability.imports import notices as imports
from collegium.previews import notices as previews
from collegium.previews.kind import PreviewKind
from collegium.profiles.featured.providers import providers
from collegium.push.telling import PUSH
from collegium.realtime import notices as realtime
from collegium.reposts import notices as reposts
from collegium.reposts.kind import KIND as REPOSTS
from collegium.search.corpus import build as words
from collegium.ui import mails
from collegium.uploads.purposes import Purpose, purposes
from collegium.uploads.wanted import wanted
from collegium.videos import notices as videos
from collegium.videos.kind import videos as videos_kind
from collegium.vouching import notices as vouching
from collegium.workplaces import notices as workplaces

ROUTES: dict[str, list[Listener]] = {
    "members.joined": [digests.joined],
    "members.edited": [],
    "members.agreed": [imports.reachable],
    "members.address_confirmed": [imports.reachable],
    "members.approved": [],
    "members.refused": [],
    "members.suspended": [realtime.hang_up_subject, messaging.standing_changed],
    "members.restored": [messaging.standing_changed],
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
    "portability.looked_through": [],
    "portability.looked_away": [],
    "portability.posts_shown": [],
    "portability.posts_taken_back": [],
    "portability.remarks_forgotten": [],
    "portability.conversation_forgotten": [],
    "portability.correspondence_forgotten": [],
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
    "search.saved": [],
    "search.renamed": [],
    "search.looked": [],
    "search.removed": [],
    "search.restored": [],
    "network.door_set": [],
    "conduct.restricted": [conduct.restricted],
    "conduct.lifted": [conduct.lifted],
    "conduct.appealed": [conduct.appealed],
    "conduct.answered": [conduct.answered],
    "reach.welcome_chosen": [],
    "reach.key_made": [],
    "reach.key_revoked": [],
    "reach.key_restored": [],
    "network.invited": [network.invited],
    "network.reminded": [network.reminded],
    "network.withdrawn": [network.withdrawn],
    "network.connected": [network.connected, introductions.connected, messaging.connected],
    "network.declined": [network.declined],
    "network.answered": [network.answered],
    "network.disclaimed": [network.disclaimed],
    "network.reopened": [network.reopened],
    "network.parted": [network.parted, vouching.parted, feed.parted, messaging.parted],
    "network.rejoined": [network.rejoined, vouching.parted, feed.parted, messaging.parted],
    "network.distanced": [network.distanced, feed.parted],
    "network.followed": [],
    "network.unfollowed": [],
    "network.blocked": [
        network.blocked,
        vouching.blocked,
        feed.parted,
        introductions.blocked,
        newsletters.blocked,
        messaging.blocked,
    ],
    "network.unblocked": [messaging.unblocked],
    "network.dismissed": [],
    "network.suggested_again": [],
    "introductions.asked": [introductions.asked],
    "introductions.forwarded": [introductions.forwarded],
    "introductions.kept": [introductions.kept],
    "introductions.declined": [introductions.declined],
    "introductions.reopened": [introductions.reopened],
    "introductions.accepted": [introductions.accepted],
    "introductions.withdrawn": [introductions.withdrawn],
    "introductions.wrote": [introductions.wrote],
    "introductions.left": [introductions.left],
    "messaging.begun": [],
    "messaging.wrote": [],
    "messaging.edited": [],
    "messaging.deleted": [],
    "messaging.reacted": [],
    "messaging.people_changed": [],
    "messaging.approached": [],
    "messaging.accepted": [],
    "messaging.declined": [],
    "messaging.undeclined": [],
    "messaging.judged": [],
    "messaging.reported": [messaging.reported],
    "contacts.noted": [],
    "contacts.book_taken_in": [],
    "contacts.filter_saved": [],
    "contacts.filter_dropped": [],
    "contacts.tag_founded": [],
    "contacts.tag_renamed": [],
    "contacts.tag_dropped": [],
    "contacts.tagged": [],
    "contacts.untagged": [],
    "contacts.circle_founded": [],
    "contacts.circle_renamed": [],
    "contacts.circle_dropped": [],
    "contacts.circled": [],
    "contacts.uncircled": [],
    "contacts.change_undone": [],
    "contacts.reminder_set": [],
    "contacts.reminder_moved": [contacts.settled],
    "contacts.reminder_done": [contacts.settled],
    "contacts.reminder_reopened": [],
    "profiles.pinned": [],
    "profiles.pin_edited": [],
    "profiles.unpinned": [],
    "profiles.pins_arranged": [],
    "pictures.taken_in": [],
    "pictures.hung": [pictures.cleared],
    "videos.hung": [videos.hung],
    "videos.described": [videos.described],
    "videos.posed": [videos.cleared],
    "videos.taken_off": [videos.cleared],
    "videos.captioned": [],
    "videos.made": [videos.made],
    "videos.failed": [videos.failed],
    "uploads.begun": [],
    "uploads.dropped": [],
    "polls.asked": [],
    "articles.begun": [],
    "articles.published": [],
    "articles.updated": [],
    "articles.removed": [],
    "articles.restored": [],
    "articles.cover_set": [],
    "polls.voted": [],
    "occasions.celebrated": [],
    "decks.hung": [decks.hung, decks.cleared],
    "decks.renamed": [],
    "decks.taken_off": [decks.cleared],
    "decks.drawn": [feed.look_again],
    "decks.refused": [decks.refused, decks.cleared, feed.look_again],
    "feed.posted": [feed.posted, previews.written],
    "feed.post_edited": [feed.post_edited, edits.edited, previews.written],
    "feed.post_deleted": [
        feed.post_deleted,
        edits.deleted,
        polls.post_deleted,
        reposts.gone,
        pictures.cleared,
        videos.post_deleted,
        decks.cleared,
    ],
    "reposts.passed_on": [reposts.passed_on],
    "reposts.forbidden": [],
    "reposts.permitted": [],
    "feed.drafted": [],
    "feed.scheduled": [],
    "feed.unscheduled": [],
    "feed.draft_removed": [],
    "feed.draft_restored": [],
    "feed.draft_stuck": [drafts.stuck],
    "feed.commented": [feed.commented, talking.waits],
    "feed.comment_edited": [feed.comment_changed, talking.waits],
    "feed.comment_deleted": [feed.comment_deleted, talking.deleted],
    "feed.conversation_arranged": [feed.look_again],
    "feed.conversation_closed": [feed.look_again],
    "feed.comment_let_in": [talking.let_in],
    "feed.comment_refused": [talking.refused],
    "feed.comment_hidden": [talking.hidden],
    "feed.comment_shown": [talking.shown],
    "feed.comment_pinned": [feed.look_again],
    "feed.comment_unpinned": [feed.look_again],
    "feed.host_asked": [talking.host_asked],
    "feed.host_dropped": [talking.host_dropped],
    "feed.name_taken_off": [feed.look_again],
    "feed.reacted": [feed.reacted],
    "feed.unreacted": [feed.unreacted],
    "feed.side_founded": [],
    "feed.side_renamed": [],
    "feed.side_removed": [],
    "feed.sides_chosen": [feed.parted],
    "feed.saved": [],
    "feed.unsaved": [],
    "feed.quieted": [],
    "feed.quiet_changed": [],
    "feed.unquieted": [],
    "feed.topic_followed": [],
    "feed.topic_unfollowed": [],
    "feed.topic_merged": [],
    "feed.topic_parted": [],
    "feed.view_chosen": [],
    "feed.order_weighed": [],
    "feed.expiry_set": [],
    "feed.expiry_ended": [],
    "feed.post_kept": [],
    "feed.post_not_kept": [],
    "feed.posts_expired": [],
    "push.enrolled": [],
    "push.dropped": [],
    "newsletters.founded": [],
    "newsletters.edited": [],
    "newsletters.ended": [],
    "newsletters.resumed": [],
    "newsletters.subscribed": [],
    "newsletters.unsubscribed": [],
    "newsletters.mail_ended": [],
    "newsletters.issued": [newsletters.issued],
    "notifications.chosen": [],
    "notifications.mail_ended": [],
    "notifications.rested": [digests.rested],
    "notifications.address_stopped": [notifications.stopped],
    "notifications.address_arrived": [notifications.arrived],
    "digests.chosen": [],
    "digests.ended": [],
    "previews.taken_off": [previews.turned],
    "previews.put_back": [previews.turned],
}

KINDS = [
    *notifications.KINDS,
    *network.KINDS,
    *conduct.KINDS,
    *workplaces.KINDS,
    *openness.KINDS,
    *feed.KINDS,
    *talking.KINDS,
    *drafts.KINDS,
    *edits.KINDS,
    *expiring.KINDS,
    *reposts.KINDS,
    *polls.KINDS,
    *videos.KINDS,
    *decks.KINDS,
    *vouching.KINDS,
    *introductions.KINDS,
    *messaging.KINDS,
    *contacts.KINDS,
    *newsletters.KINDS,
]

# What large files are taken for.
PURPOSES = [
    Purpose("video", 1 << 30, (".mp4", ".m4v", ".mov", ".webm", ".mkv"), _("MP4, MOV, WebM or MKV, up to 1 GB")),
    Purpose("slides", 100 << 20, (".pdf",), _("PDF, up to 100 MB")),
    Purpose("message", 100 << 20, ENDINGS, _("documents, pictures, sound, videos and archives, up to 100 MB")),
]


def lay() -> None:
    """Tell the journal who listens and the notifications what they can say; once, when every room stands."""
    routes.lay(ROUTES)
    kinds.lay(KINDS)
    channels.lay([PUSH])
    purposes.lay(PURPOSES)
    wanted.lay([naming.named])
    providers.lay({"post": featuring.cards})
    context.providers.lay([introduced.lines])
    effects.lay([feed_effects.effects, introduction_effects.effects, messaging_effects.effects])
    extras.lay([SeriesExtra()])
    unsubscribe.purposes.lay([DIGESTS, NEWSLETTERS, *NEWS])
    mails.lay(MAILS)
    parts.lay({words.NAME: words.build})
    # In the order in which they stand on a card.
    hanging = [ArticleKind(), pictures_kind, videos_kind, DECKS, PollKind(), OccasionKind(), REPOSTS, PreviewKind()]
    attachments.kinds.lay(hanging)


def schedule(app: Any) -> None:
    """Hand procrastinate what runs by the clock: sweeps, each safe to run twice.

    Args:
        app: procrastinate's application, once Django is ready.
    """
    from collegium.config.tasks import SCHEDULE  # noqa: PLC0415 - procrastinate has found the tasks of every room by now.

    for cron, task in SCHEDULE:
        app.periodic(cron=cron, periodic_id=task.name)(task)
