"""What a member is asked for when she joins: nothing; she is mailed once a week until she chooses otherwise."""

from collegium.digests.hours import next_due
from collegium.digests.models import Wish
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.members.models import Member


def joined(entry: Entry) -> None:
    """Whoever joins is mailed weekly, as the page says on which one joins; heard twice it is one row.

    Members who came otherwise, with a whole community that moved in, were told nothing, so they are mailed nothing
    until they choose.
    """
    member = Member.objects.filter(pk=entry.subject or 0).first()
    if member is not None:
        wish = Wish(member=member)
        Wish.objects.get_or_create(member=member, defaults={"due_at": next_due(wish, clock.now())})
