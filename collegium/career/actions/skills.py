"""Skills: listed once whatever the spelling, ordered by their owner, shown with the work they were used in."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.career import order, rules
from collegium.career.models import Holding, Item, SkillUse
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.skills.naming import resolve

MOST_SKILLS = 200


@transaction.atomic
def add_skills(member: Member, names: Iterable[str]) -> list[Holding]:
    """List skills, at the end; one that is listed already, under this spelling or another, stays where it is.

    Args:
        member: herself.
        names: cleaned lines.

    Returns:
        The holdings these names mean, in their order, new or not.

    Raises:
        Conflict: that would be more than `MOST_SKILLS`.
    """
    require(rules.may_write(member))
    order.hold(member)
    meant = hold_skills(member, names)
    record("career.skills_added", actor=member, subject=member, count=len(meant))
    return meant


def hold_skills(member: Member, names: Iterable[str]) -> list[Holding]:
    """The holdings these names mean, made where they are missing; inside a verb that holds the member.

    Raises:
        Conflict: that would be more than `MOST_SKILLS`.
    """
    meant = list(dict.fromkeys(resolve(names).values()))
    rank = Holding.objects.filter(member=member).count()
    had = set(Holding.objects.filter(member=member, skill__in=meant).values_list("skill_id", flat=True))
    new = [skill for skill in meant if skill.pk not in had]
    if rank + len(new) > MOST_SKILLS:
        raise Conflict(_("A profile lists at most %(num)d skills.") % {"num": MOST_SKILLS})
    Holding.objects.bulk_create(
        [Holding(member=member, skill=skill, rank=rank + place) for place, skill in enumerate(new, 1)]
    )
    rows = {row.skill_id: row for row in Holding.objects.filter(member=member, skill__in=meant).select_related("skill")}
    return [rows[skill.pk] for skill in meant]


def attach(item: Item, names: Iterable[str]) -> None:
    """Show exactly these skills with an item, listing those that are not listed yet; inside a verb of its owner."""
    wanted = [name for name in names if name]
    holdings = hold_skills(item.member, wanted) if wanted else []
    keys = [holding.pk for holding in holdings]
    SkillUse.objects.filter(item=item).exclude(holding__in=keys).delete()
    SkillUse.objects.bulk_create([SkillUse(holding_id=key, item=item) for key in keys], ignore_conflicts=True)


@transaction.atomic
def remove_skill(holding: Holding, *, by: Member) -> None:
    """Take a skill off the list, with what was said of it."""
    require(rules.may_edit(by, holding))
    order.hold(by)  # so that no item is just being shown with it
    row = Holding.objects.filter(pk=holding.pk)
    row.select_for_update().first()  # so that nobody says something of it while it goes
    if row.delete()[0]:
        record("career.skill_removed", actor=by, subject=holding.skill_id)


@transaction.atomic
def arrange_skills(member: Member, keys: Iterable[int]) -> None:
    """Put one's skills in order; holdings of others are ignored, those left out follow."""
    require(rules.may_write(member))
    order.hold(member)
    order.write(Holding.objects.filter(member=member), keys)
    record("career.skills_arranged", actor=member, subject=member)
