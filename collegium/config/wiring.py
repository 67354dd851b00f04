"""Who hears of what. Every kind that is ever recorded has a line here, even when nobody listens."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from collegium.applications import debts, erasing
from collegium.applications import figures as application_figures
from collegium.applications import notices as applications
from collegium.articles.kind import ArticleKind
from collegium.articles.publishing import extras
from collegium.career import records as career_records
from collegium.conduct import notices as conduct
from collegium.config.mails import MAILS
from collegium.config.merging import PARTIES
from collegium.config.sharing import THINGS
from collegium.config.shelf import SOURCES
from collegium.contacts import notices as contacts
from collegium.decks import notices as decks
from collegium.decks.kind import KIND as DECKS
from collegium.digests import notices as digests
from collegium.digests.ending import DIGESTS, OF_GROUPS
from collegium.documents import notices as documents
from collegium.documents.kind import KIND as DOCUMENTS_KIND
from collegium.documents.shelf import TAB as FILES_TAB
from collegium.documents.shelf import sources as shelf_sources
from collegium.events import notices as events
from collegium.events.after.context import lines as met_at_events
from collegium.events.calendars.tabs import GROUP_TABS as GROUP_EVENT_TABS
from collegium.events.calendars.tabs import PAGE_TABS as PAGE_EVENT_TABS
from collegium.events.door import notices as event_doors
from collegium.events.kind import EventKind
from collegium.events.reminding import notices as event_reminders
from collegium.feed import attachments, featuring
from collegium.feed import effects as feed_effects
from collegium.feed import notices as feed
from collegium.feed.drafts import naming
from collegium.feed.drafts import notices as drafts
from collegium.feed.expiry import notices as expiring
from collegium.feed.history import notices as edits
from collegium.feed.pages import reach as page_reach
from collegium.feed.pages import telling as page_news
from collegium.feed.pages.tabs import TABS as PAGE_POST_TABS
from collegium.feed.pages.words import WORDS as PAGE_WORDS
from collegium.feed.places import banning, wall
from collegium.feed.places import notices as places
from collegium.feed.places import topics as group_topics
from collegium.feed.places.tabs import TABS as WALL_TABS
from collegium.feed.talking import notices as talking
from collegium.finding.keeping.ending import JOB_SEARCH, JOB_SEARCHES
from collegium.graph import parts
from collegium.groups import log as group_log
from collegium.groups import notices as groups
from collegium.groups import pictures as group_pictures
from collegium.groups.banning import sweepers
from collegium.groups.reading import laid as group_reading
from collegium.groups.tabs import tabs as group_tabs
from collegium.hiring import erasing as hiring_erasing
from collegium.hiring.interviews import notices as interviews
from collegium.introductions import beginning as introduction
from collegium.introductions import context as introduced
from collegium.introductions import effects as introduction_effects
from collegium.introductions import notices as introductions
from collegium.journal.routes import Listener, routes
from collegium.lib import unsubscribe
from collegium.media.carriers import carriers
from collegium.media.kinds import DOCUMENTS, ENDINGS
from collegium.messaging import effects as messaging_effects
from collegium.messaging import notices as messaging
from collegium.messaging.reading import beginnings
from collegium.network import context, effects
from collegium.network import notices as network
from collegium.newsletters import notices as newsletters
from collegium.newsletters.ending import NEWSLETTERS
from collegium.newsletters.publishing import SeriesExtra
from collegium.notifications import channels, kinds
from collegium.notifications import notices as notifications
from collegium.notifications.mails.ending import NEWS
from collegium.occasions.hanging import OccasionKind
from collegium.openings import notices as openings
from collegium.openings import packs
from collegium.openings.cards import providers as opening_cards
from collegium.openings.figures import laid as opening_figures
from collegium.openings.posting import hindrances
from collegium.openings.tabs import TABS as OPENING_TABS
from collegium.openings.trust import marks as opening_marks
from collegium.openings.trust import notices as opening_reports
from collegium.openness import notices as openness
from collegium.organizations import pictures as organization_pictures
from collegium.organizations.founding import newborn
from collegium.organizations.merging import parties
from collegium.pages import notices as pages
from collegium.pages import settling
from collegium.pages.figures.reading import Telling as PageTelling
from collegium.pages.figures.reading import tellings as page_tellings
from collegium.pages.figures.tabs import TABS as FIGURE_TABS
from collegium.pages.log import words as page_log
from collegium.pages.people.tabs import TABS as PEOPLE_TABS
from collegium.pages.tabs import TABS as PAGE_TABS
from collegium.pages.tabs import tabs as page_tabs
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
from collegium.referrals import effects as referral_effects
from collegium.referrals import notices as referrals
from collegium.referrals import reading as referral_reading
from collegium.reposts import notices as reposts
from collegium.reposts import reach as repost_reach
from collegium.reposts.kind import KIND as REPOSTS
from collegium.search.corpus import build as words
from collegium.shares.kind import ShareKind
from collegium.shares.things import things
from collegium.ui import mails
from collegium.uploads.purposes import Purpose, purposes
from collegium.uploads.wanted import wanted
from collegium.videos import notices as videos
from collegium.videos.kind import videos as videos_kind
from collegium.vouching import notices as vouching
from collegium.workplaces import notices as workplaces
from collegium.workplaces import records as workplace_records

ROUTES: dict[str, list[Listener]] = {
    "members.joined": [digests.joined],
    "members.edited": [],
    "members.agreed": [imports.reachable],
    "members.address_confirmed": [imports.reachable],
    "members.approved": [],
    "members.refused": [],
    "members.suspended": [realtime.hang_up_subject, messaging.standing_changed, groups.suspended, events.suspended],
    "members.restored": [messaging.standing_changed],
    "accounts.signed_out": [realtime.hang_up_subject],
    "workplaces.asked": [],
    "workplaces.proved": [settling.workplace_proved],
    "workplaces.removed": [],
    "workplaces.restored": [],
    "workplaces.ending": [workplaces.ending],
    "groups.founded": [],
    "groups.edited": [],
    "groups.questions_changed": [],
    "groups.rules_changed": [groups.rules_changed],
    "groups.rules_accepted": [],
    "groups.visibility_changed": [groups.visibility_changed, events.group_closed],
    "groups.picture_changed": [],
    "groups.joined": [groups.joined],
    "groups.left": [events.left_group],
    "groups.chosen": [],
    "groups.asked": [groups.asked],
    "groups.request_withdrawn": [groups.request_over],
    "groups.let_in": [groups.let_in],
    "groups.turned_down": [groups.turned_down],
    "groups.invited": [groups.invited],
    "groups.invitation_declined": [groups.invitation_over],
    "groups.invitation_withdrawn": [groups.invitation_over],
    "groups.role_given": [groups.role_given],
    "groups.succeeded": [groups.succeeded],
    "groups.removed": [groups.removed, events.left_group],
    "groups.banned": [groups.banned, events.left_group],
    "groups.unbanned": [groups.unbanned],
    "groups.ended": [],
    "groups.reopened": [],
    "groups.deleted": [],
    "openings.drafted": [],
    "openings.edited": [],
    "openings.posted": [],
    "openings.closed": [openings.closed, applications.closed],
    "openings.discarded": [openings.discarded],
    "openings.seated": [openings.seated],
    "openings.unseated": [openings.unseated],
    "openings.handed_over": [openings.handed_over],
    "openings.reported": [opening_reports.reported],
    "openings.reports_settled": [opening_reports.settled],
    "openness.opened": [],
    "openness.changed": [],
    "openness.kept": [],
    "openness.asked": [openness.asked],
    "openness.ended": [openness.ended],
    "openness.hiring": [],
    "openness.hiring_ended": [],
    "career.added": [],
    "career.edited": [settling.claim_changed],
    "career.removed": [settling.claim_changed],
    "career.restored": [settling.claim_restored],
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
    "organizations.merged": [pages.merged],
    "pages.followed": [],
    "pages.unfollowed": [],
    "pages.claimed": [],
    "pages.claim_ended": [],
    "pages.proved": [pages.proved],
    "pages.warned": [pages.warned],
    "pages.fell_back": [pages.fell_back],
    "pages.closed": [pages.closed],
    "pages.part_offered": [pages.part_offered],
    "pages.offer_ended": [pages.offer_ended],
    "pages.part_taken_up": [pages.part_taken_up],
    "pages.part_given_up": [],
    "pages.part_taken_back": [pages.part_taken_back],
    "pages.recruiter_named": [],
    "pages.recruiter_unnamed": [],
    "pages.edited": [],
    "pages.picture_put": [],
    "pages.picture_removed": [],
    "pages.dispute_opened": [pages.dispute_opened],
    "pages.dispute_answered": [pages.dispute_answered],
    "pages.dispute_settled": [pages.dispute_settled],
    "pages.likeness_told": [pages.likeness_told],
    "pages.likeness_parted": [],
    "feed.page_posted": [],
    "feed.page_post_edited": [],
    "feed.page_post_deleted": [],
    "feed.page_commented": [],
    "feed.page_comment_edited": [],
    "feed.page_comment_deleted": [],
    "feed.page_post_put_first": [],
    "feed.page_post_put_back": [],
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
    "finding.saved": [],
    "finding.changed": [],
    "finding.looked": [],
    "finding.removed": [],
    "finding.restored": [],
    "finding.ended": [],
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
    "network.parted": [network.parted, vouching.parted, feed.parted, messaging.parted, events.parted],
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
        groups.blocked,
        events.blocked,
        referral_effects.blocked,
    ],
    "network.unblocked": [messaging.unblocked],
    "network.dismissed": [],
    "network.suggested_again": [],
    "referrals.asked": [referrals.asked],
    "referrals.asked_again": [referrals.asked],
    "referrals.withdrawn": [referrals.withdrawn],
    "referrals.given": [referrals.given],
    "referrals.declined": [referrals.declined],
    "referrals.reopened": [referrals.asked],
    "referrals.taken_back": [referrals.taken_back],
    "introductions.asked": [introductions.asked],
    "introductions.forwarded": [introductions.forwarded],
    "introductions.kept": [introductions.kept],
    "introductions.declined": [introductions.declined],
    "introductions.reopened": [introductions.reopened],
    "introductions.accepted": [introductions.accepted],
    "introductions.withdrawn": [introductions.withdrawn],
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
    "messaging.report_closed": [messaging.report_closed],
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
    "shares.shown": [],
    "shares.taken_off": [],
    "events.made": [],
    "events.edited": [event_reminders.changed, events.edited],
    "events.moved": [event_reminders.changed, events.edited],
    "events.date_cancelled": [events.date_cancelled],
    "events.cancelled": [events.cancelled],
    "events.on_again": [events.on_again],
    "events.removed": [events.removed],
    "events.pictured": [],
    "events.answered": [events.answered, event_doors.answered],
    "events.answer_taken_back": [events.look_again, event_doors.answered],
    "events.moved_up": [events.moved_up],
    "events.fewer_offered": [events.fewer_offered],
    "events.accepted": [events.accepted],
    "events.refused": [events.refused],
    "events.invited": [events.invited],
    "events.uninvited": [events.uninvited],
    "events.invitation_declined": [],
    "events.invitation_reopened": [],
    "events.host_asked": [events.host_asked],
    "events.host_accepted": [events.host_accepted],
    "events.host_dropped": [events.host_dropped],
    "events.help_asked": [event_doors.help_asked],
    "events.help_ended": [event_doors.help_ended],
    "events.let_in": [event_doors.came],
    "events.let_out": [event_doors.came],
    "events.feed_made": [],
    "events.feed_ended": [],
    "events.feed_changed": [],
    "events.reminder_chosen": [],
    "applications.sent": [applications.sent],
    "applications.unfit": [applications.stepped, interviews.ended],
    "applications.read": [applications.stepped],
    "applications.moved": [applications.stepped, interviews.ended],
    "applications.answered": [applications.written],
    "applications.withdrawn": [applications.withdrawn, interviews.ended],
    "applications.lapsed": [applications.stepped, interviews.ended],
    "applications.erased": [applications.erased],
    "applications.begun": [],
    "hiring.interview_offered": [interviews.offered],
    "hiring.interview_chosen": [interviews.chosen],
    "hiring.interview_asked": [interviews.asked],
    "hiring.interview_changed": [interviews.changed],
    "hiring.interview_cancelled": [interviews.cancelled],
    "hiring.interview_restored": [interviews.restored],
    "hiring.interview_reminder": [],
    "hiring.interview_held": [],
    "hiring.moved": [],
    "hiring.noted": [],
    "hiring.note_edited": [],
    "hiring.note_dropped": [],
    "hiring.rated": [],
    "hiring.stages_set": [],
    "hiring.criteria_set": [],
    "hiring.reply_kept": [],
    "hiring.reply_dropped": [],
    "applications.cv_kept": [],
    "applications.cv_renamed": [],
    "applications.cv_removed": [applications.cleared],
    "documents.hung": [],
    "documents.taken_off": [documents.cleared],
    "decks.hung": [decks.hung, decks.cleared],
    "decks.renamed": [],
    "decks.taken_off": [decks.cleared],
    "decks.drawn": [feed.look_again],
    "decks.refused": [decks.refused, decks.cleared, feed.look_again],
    "feed.place_waits": [places.waits],
    "feed.place_let_in": [places.let_in],
    "feed.place_refused": [places.refused],
    "feed.place_expired": [places.expired],
    "feed.place_hidden": [places.hidden],
    "feed.place_shown": [places.shown],
    "feed.place_removed": [places.removed],
    "feed.place_pinned": [places.marked],
    "feed.place_unpinned": [places.marked],
    "feed.place_recommended": [places.marked],
    "feed.place_not_recommended": [places.marked],
    "feed.place_comment_hidden": [],
    "feed.place_topics_set": [],
    "feed.posted": [feed.posted, places.posted, previews.written],
    "feed.post_edited": [feed.post_edited, edits.edited, previews.written, events.narrowed],
    "feed.post_deleted": [
        feed.post_deleted,
        places.deleted,
        edits.deleted,
        polls.post_deleted,
        reposts.gone,
        pictures.cleared,
        videos.post_deleted,
        decks.cleared,
        documents.cleared,
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
    "digests.group_ended": [],
    "previews.taken_off": [previews.turned],
    "previews.put_back": [previews.turned],
}

KINDS = [
    *notifications.KINDS,
    *network.KINDS,
    *conduct.KINDS,
    *workplaces.KINDS,
    *pages.KINDS,
    *page_news.KINDS,
    *openings.KINDS,
    *opening_reports.KINDS,
    *openness.KINDS,
    *feed.KINDS,
    *talking.KINDS,
    *drafts.KINDS,
    *edits.KINDS,
    *expiring.KINDS,
    *places.KINDS,
    *reposts.KINDS,
    *polls.KINDS,
    *events.KINDS,
    *event_doors.KINDS,
    *event_reminders.KINDS,
    *applications.KINDS,
    *videos.KINDS,
    *decks.KINDS,
    *vouching.KINDS,
    *introductions.KINDS,
    *referrals.KINDS,
    *interviews.KINDS,
    *messaging.KINDS,
    *contacts.KINDS,
    *newsletters.KINDS,
    *groups.KINDS,
]

# What large files are taken for.
PURPOSES = [
    Purpose("video", 1 << 30, (".mp4", ".m4v", ".mov", ".webm", ".mkv"), _("MP4, MOV, WebM or MKV, up to 1 GB")),
    Purpose("slides", 100 << 20, (".pdf",), _("PDF, up to 100 MB")),
    Purpose("documents", 100 << 20, DOCUMENTS, _("documents, tables, slides, text, sound and archives, up to 100 MB")),
    Purpose("cv", 10 << 20, (".pdf", ".docx", ".odt"), _("PDF, DOCX or ODT, up to 10 MB")),
    Purpose("message", 100 << 20, ENDINGS, _("documents, pictures, sound, videos and archives, up to 100 MB")),
]


def lay() -> None:
    """Tell the journal who listens and the notifications what they can say; once, when every room stands."""
    routes.lay(ROUTES)
    kinds.lay(KINDS)
    channels.lay([PUSH])
    purposes.lay(PURPOSES)
    things.lay(THINGS)
    carriers.lay({"groups": group_pictures.shows, "organizations": organization_pictures.shows})
    wanted.lay([naming.named])
    providers.lay({"post": featuring.cards})
    context.providers.lay([introduced.lines, met_at_events])
    beginnings.providers.lay([introduction.beginning])
    effects.lay([feed_effects.effects, introduction_effects.effects, messaging_effects.effects])
    extras.lay([SeriesExtra()])
    unsubscribe.purposes.lay([DIGESTS, OF_GROUPS, NEWSLETTERS, JOB_SEARCHES, JOB_SEARCH, *NEWS])
    newborn.lay([career_records.follow, workplace_records.follow])
    parties.lay(PARTIES)
    about, manage = PAGE_TABS
    page_tabs.lay([about, *PAGE_POST_TABS, *PAGE_EVENT_TABS, *OPENING_TABS, *PEOPLE_TABS, *FIGURE_TABS, manage])
    page_log.lay(PAGE_WORDS)
    page_tellings.lay(PageTelling(page_reach.posts, [*page_reach.COLUMNS, repost_reach.COLUMN]))
    mails.lay(MAILS)
    parts.lay({words.NAME: words.build})
    # In the order in which they stand on a card.
    hanging = [
        ArticleKind(),
        pictures_kind,
        videos_kind,
        DECKS,
        DOCUMENTS_KIND,
        PollKind(),
        OccasionKind(),
        EventKind(),
        ShareKind(),
        REPOSTS,
        PreviewKind(),
    ]
    attachments.kinds.lay(hanging)
    shelf_sources.lay(SOURCES)
    group_tabs.lay([*WALL_TABS, FILES_TAB, *GROUP_EVENT_TABS])
    sweepers.lay([banning.sweep])
    opening_figures.lay(
        of=application_figures.of, waiting=application_figures.waiting, applied=application_figures.applied
    )
    opening_cards.lay(known=referral_reading.known, marks=opening_marks.of)
    hindrances.lay([packs.look, debts.hinders])
    erasing.erasers.lay([hiring_erasing.erase, referral_effects.erase])
    group_log.words.lay(places.LOG)
    group_reading.fresh.lay(wall.fresh)
    group_reading.topics.lay(group_topics.about)


def schedule(app: Any) -> None:
    """Hand procrastinate what runs by the clock: sweeps, each safe to run twice.

    Args:
        app: procrastinate's application, once Django is ready.
    """
    from collegium.config.tasks import SCHEDULE  # noqa: PLC0415 - procrastinate has found the tasks of every room by now.

    for cron, task in SCHEDULE:
        app.periodic(cron=cron, periodic_id=task.name)(task)
