"""May she? Everybody says for herself what she looks for, and whom she leaves out."""

from django.utils.translation import gettext as _

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.lib import clock
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.openness.models import MOST_EXCLUSIONS, UNDO_WITHIN, Exclusion, OpenToWork


def may_open(member: Member) -> bool:
    """Every member in good standing, whatever was true when the request began."""
    return Member.objects.active().filter(pk=member.pk).exists()


def may_reopen(member: Member, openness: OpenToWork) -> bool:
    """Take an end back within a day, while its time is not over."""
    now = clock.now()
    recent = openness.ended_at is not None and openness.ended_at + UNDO_WITHIN > now
    return may_open(member) and openness.member_id == member.pk and recent and openness.until > now


def may_exclude(member: Member, person: Member | None = None) -> bool:
    """Anything; a person must be one whom she sees, and not herself."""
    if person is None:
        return may_open(member)
    return person.pk != member.pk and may_open(member) and people.visible_to(Viewer(member)).contains(person)


def may_include(member: Member, exclusion: Exclusion) -> bool:
    """Only whose it is."""
    return exclusion.member_id == member.pk and may_open(member)


def hindrance_to_excluding(member: Member) -> Conflict | None:
    """There is an end to a list."""
    if Exclusion.objects.filter(member=member)[:MOST_EXCLUSIONS].count() < MOST_EXCLUSIONS:
        return None
    return Conflict(_("You leave out %(n)s already, and that is the most there can be.") % {"n": MOST_EXCLUSIONS})
