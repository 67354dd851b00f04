"""What follows from joining, which is one mail a week until she chooses otherwise, and from setting one's clock."""

from collegium.digests.hours import next_due
from collegium.digests.models import Wish
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.members.models import Member
from collegium.notifications.choices import rest_of


def joined(entry: Entry) -> None:
    """Whoever joins is mailed weekly, as the page says on which one joins; heard twice it is one row.

    Members who came otherwise, with a whole community that moved in, were told nothing, so they are mailed nothing
    until they choose.
    """
    member = Member.objects.filter(pk=entry.subject or 0).first()
    if member is not None:
        due = next_due(Wish(member=member), rest_of(member).zone, clock.now())
        Wish.objects.get_or_create(member=member, defaults={"due_at": due})


def rested(entry: Entry) -> None:
    """Her clock may be another one now: the next mail is due at her hour on it."""
    wish = Wish.objects.select_for_update(of=("self",)).filter(member=entry.subject or 0).first()
    if wish is not None:
        wish.due_at = next_due(wish, rest_of(wish.member).zone, clock.now())
        wish.save(update_fields=["due_at"])
