"""What runs by the clock. Every task here is a sweep: running it twice, or late, changes nothing."""

from typing import Any

from django.contrib.sessions.models import Session
from procrastinate.contrib.django import app

from collegium.applications import tasks as applications
from collegium.articles import tasks as articles
from collegium.career import records as career_records
from collegium.career import sweep as career
from collegium.conduct.tasks import weigh
from collegium.contacts import tasks as contacts
from collegium.decks import tasks as decks
from collegium.digests import tasks as digests
from collegium.documents import tasks as documents
from collegium.events import tasks as events
from collegium.events.reminding import tasks as event_reminders
from collegium.feed.drafts import tasks as drafts
from collegium.feed.expiry import tasks as expiring
from collegium.feed.places import tasks as places
from collegium.finding.keeping import tasks as job_searches
from collegium.graph.tasks import compact
from collegium.groups import tasks as groups
from collegium.hiring.interviews import tasks as interviews
from collegium.introductions import tasks as introductions
from collegium.lib import clock, limits
from collegium.members import sweep as joining
from collegium.messaging import tasks as messaging
from collegium.network.tasks import expire, sweep_partings
from collegium.newsletters import tasks as newsletters
from collegium.notifications import keep
from collegium.notifications import tasks as notifications
from collegium.openings import tasks as openings
from collegium.openness.tasks import sweep as sweep_openness
from collegium.pages import tasks as pages
from collegium.pictures import tasks as pictures
from collegium.polls import tasks as polls
from collegium.portability.acquaintances import tasks as acquaintances
from collegium.portability.imports import tasks as imports
from collegium.previews import tasks as previews
from collegium.profiles.tasks import sweep_cards
from collegium.reach import tasks as reach
from collegium.realtime import poke
from collegium.referrals import tasks as referrals
from collegium.sorting import tasks as sorting
from collegium.uploads import tasks as uploads
from collegium.videos import tasks as videos
from collegium.visits import reading as visits
from collegium.workplaces import records as workplace_records
from collegium.workplaces.tasks import sweep as sweep_workplaces


@app.task(name="config.sweep_pokes", queue="chores")
def sweep_pokes(timestamp: int = 0) -> None:
    """Forget what open pages have long looked at."""
    poke.sweep()


@app.task(name="config.sweep_limits", queue="chores")
def sweep_limits(timestamp: int = 0) -> None:
    """Forget buckets that are full again."""
    limits.sweep()


@app.task(name="config.sweep_notifications", queue="chores")
def sweep_notifications(timestamp: int = 0) -> None:
    """Keep the newest notifications of everybody."""
    keep.sweep()


@app.task(name="config.sweep_sessions", queue="chores")
def sweep_sessions(timestamp: int = 0) -> None:
    """Remove sessions that have run out; they are refused from that moment anyway."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()


@app.task(name="config.sweep_joining", queue="chores")
def sweep_joining(timestamp: int = 0) -> None:
    """Free the names and addresses of those who never confirmed them."""
    joining.sweep()


@app.task(name="config.sweep_jobs", queue="chores")
async def sweep_jobs(timestamp: int = 0) -> None:
    """Remove jobs that succeeded more than three days ago."""
    await app.job_manager.delete_old_jobs(nb_hours=72)


@app.task(name="config.sweep_careers", queue="chores")
def sweep_careers(timestamp: int = 0) -> None:
    """Delete for good what was taken off a profile more than a day ago."""
    career.sweep()


@app.task(name="config.tie_careers", queue="chores")
def tie_careers(timestamp: int = 0) -> None:
    """Lead organisations that careers and proofs name in words to their records."""
    career_records.sweep()
    workplace_records.sweep()


@app.task(name="config.sweep_visits", queue="chores")
def sweep_visits(timestamp: int = 0) -> None:
    """Forget visits of more than 90 days ago."""
    visits.sweep()


SCHEDULE: list[tuple[str, Any]] = [
    ("23 * * * *", places.expire_waiting),
    ("*/5 * * * *", sweep_pokes),
    ("*/10 * * * *", compact),
    ("7 * * * *", sweep_limits),
    ("17 3 * * *", sweep_notifications),
    ("27 3 * * *", sweep_sessions),
    ("32 3 * * *", sweep_joining),
    ("37 3 * * *", sweep_jobs),
    ("42 3 * * *", sweep_careers),
    ("3 4 * * *", tie_careers),
    ("3-59/10 * * * *", pages.sweep),
    ("14 * * * *", pages.settle),
    ("52 3 * * *", sweep_visits),
    ("12 0 * * *", weigh),
    ("47 * * * *", expire),
    ("57 3 * * *", sweep_partings),
    ("32 4 * * *", introductions.sweep),
    ("29 4 * * *", referrals.sweep),
    ("* * * * *", interviews.sweep),
    ("* * * * *", messaging.remind),
    ("9-59/10 * * * *", messaging.sweep),
    ("52 * * * *", imports.sweep),
    ("57 * * * *", acquaintances.sweep),
    ("2-59/5 * * * *", sweep_workplaces),
    ("22 4 * * *", sweep_openness),
    ("6-59/10 * * * *", openings.expire),
    ("36 * * * *", openings.leave),
    ("41 * * * *", openings.remind),
    ("*/5 * * * *", polls.sweep),
    ("23 2 * * *", events.extend),
    ("8-59/15 * * * *", events.seat),
    ("* * * * *", event_reminders.remind),
    ("58 4 * * *", event_reminders.forget),
    ("12 * * * *", contacts.remind),
    ("34 4 * * *", contacts.forget),
    ("27 4 * * *", sweep_cards),
    ("22 * * * *", pictures.sweep),
    ("* * * * *", videos.again),
    ("24 * * * *", videos.sweep),
    ("19 4 * * *", articles.sweep),
    ("24 * * * *", decks.sweep),
    ("*/5 * * * *", documents.sweep),
    ("26 * * * *", applications.sweep),
    ("42 * * * *", uploads.sweep),
    ("* * * * *", drafts.post_due),
    ("*/5 * * * *", drafts.end_posts),
    ("39 4 * * *", drafts.forget_drafts),
    ("*/10 * * * *", expiring.expire),
    ("23 9 * * 1", expiring.say),
    ("44 4 * * *", previews.sweep),
    ("* * * * *", notifications.send),
    ("* * * * *", notifications.sweep),
    ("54 4 * * *", notifications.forget),
    ("*/2 * * * *", digests.sweep),
    ("49 4 * * *", digests.forget),
    ("1-59/3 * * * *", newsletters.sweep),
    ("4-59/10 * * * *", job_searches.send),
    ("53 4 * * *", job_searches.forget),
    ("56 4 * * *", reach.sweep),
    ("37 0 * * 1", sorting.train),
    ("14-59/15 * * * *", groups.sweep),
]
