"""Skills: listed once whatever the spelling, ordered by their owner, shown with the work they were used in."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from collegium.career import order, rules
from collegium.career.models import Holding, HoldingQuerySet, Item, SkillUse
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.skills.naming import resolve

MOST_SKILLS = 200


@transaction.atomic
def add_skills(member: Member, names: Iterable[str]) -> list[Holding]:
    """List skills, at the end; one that is listed already, under this spelling or another, stays where it is.

    One that was taken off and could still be put back is put back, at the end like any other.

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
    rows = Holding.objects.filter(member=member)
    had = set(rows.kept().filter(skill__in=meant).values_list("skill_id", flat=True))
    new = [skill.pk for skill in meant if skill.pk not in had]
    if kept(member).count() + len(new) > MOST_SKILLS:
        raise full()
    put_at_end(member, new)
    found = {row.skill_id: row for row in rows.filter(skill__in=meant).select_related("skill")}
    return [found[skill.pk] for skill in meant]


def kept(member: Member) -> HoldingQuerySet:
    """What somebody lists now."""
    return Holding.objects.kept().filter(member=member)


def put_at_end(member: Member, skills: Iterable[int]) -> None:
    """List these, which are not listed, in their order under what is; one taken off keeps what was said of it."""
    last = kept(member).aggregate(last=Max("rank"))["last"] or 0
    Holding.objects.bulk_create(
        [Holding(member=member, skill_id=key, rank=last + place) for place, key in enumerate(skills, 1)],
        update_conflicts=True,
        unique_fields=["member", "skill"],
        update_fields=["rank", "removed_at"],
    )


def full() -> Conflict:
    """The answer to one skill too many."""
    return Conflict(_("A profile lists at most %(num)d skills.") % {"num": MOST_SKILLS})


def attach(item: Item, names: Iterable[str]) -> None:
    """Show exactly these skills with an item, listing those that are not listed yet; inside a verb of its owner.

    What a skill that was taken off had been used in is left alone: put back, it is as it was.
    """
    wanted = [name for name in names if name]
    holdings = hold_skills(item.member, wanted) if wanted else []
    keys = [holding.pk for holding in holdings]
    SkillUse.objects.filter(item=item, holding__removed_at=None).exclude(holding__in=keys).delete()
    SkillUse.objects.bulk_create([SkillUse(holding_id=key, item=item) for key in keys], ignore_conflicts=True)


@transaction.atomic
def remove_skill(holding: Holding, *, by: Member) -> None:
    """Take a skill off the list, with what was said of it; it can be put back for a day."""
    require(rules.may_edit(by, holding))
    order.hold(by)  # so that no item is just being shown with it
    # Whoever is just saying something of it holds the row; the one that waits finds it gone.
    if Holding.objects.kept().filter(pk=holding.pk).update(removed_at=clock.now()):
        record("career.skill_removed", actor=by, subject=holding.skill_id)


@transaction.atomic
def restore_skill(holding: Holding, *, by: Member) -> None:
    """Put a skill back where it was, with what was said of it and the items it was used in.

    Raises:
        Conflict: the list has filled up since, or the day is over and it is gone.
    """
    require(rules.may_edit(by, holding))
    order.hold(by)
    row = Holding.objects.select_for_update(no_key=True).filter(pk=holding.pk).first()
    if row is None:
        raise Conflict(_("This can no longer be put back. You can add it anew."))
    if row.removed_at is None:
        return
    if kept(by).count() >= MOST_SKILLS:
        raise full()
    Holding.objects.filter(pk=row.pk).update(removed_at=None)
    order.write(kept(by), list(kept(by).in_order().values_list("pk", flat=True)))  # another may have its rank by now
    record("career.skill_restored", actor=by, subject=row.skill_id)


@transaction.atomic
def arrange_skills(member: Member, keys: Iterable[int]) -> None:
    """Put one's skills in order; holdings of others are ignored, those left out follow."""
    require(rules.may_write(member))
    order.hold(member)
    order.write(kept(member), keys)
    record("career.skills_arranged", actor=member, subject=member)
