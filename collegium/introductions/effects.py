"""What removing people ends of letters that wait, for the previews of `network.effects`."""

from collections.abc import Sequence

from django.utils.translation import ngettext

from collegium.audience.viewer import Viewer
from collegium.introductions.models import Introduction
from collegium.introductions.sight import as_asked
from collegium.members.models import Member
from collegium.network.effects import Change, Effects, called
from collegium.ui.text import number


def effects(member: Member, others: Sequence[Member], change: Change) -> Effects:
    """Letters that go through a connection end with it; counted are those the member knows of."""
    if change != Change.REMOVED or not (count := _waiting(member, others)):
        return Effects()
    words = ngettext(
        "%(n)s letter of introduction that waits between you and %(name)s ends.",
        "%(n)s letters of introduction that wait between you and %(name)s end.",
        count,
    )
    return Effects([words % {"n": number(count), "name": called(others)}], [])


def _waiting(member: Member, others: Sequence[Member]) -> int:
    """Hers through them, theirs through her, and what they passed on to her."""
    mine = Introduction.objects.waiting().filter(asker=member, introducer__in=others)
    asked = Introduction.objects.through(member).filter(asker__in=others).count()
    passed_on = Introduction.objects.to(member).filter(introducer__in=others).count()
    return len(as_asked(Viewer(member), mine)) + asked + passed_on
