"""Many things at once, as an import brings them: in one transaction, so that half of it is never there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from collegium.audience.level import Level
from collegium.career import order, rules
from collegium.career.actions.contacts import MOST_CONTACTS
from collegium.career.actions.skills import MOST_SKILLS, kept, put_at_end
from collegium.career.document import Draft, Reach, texts
from collegium.career.models import Contact, Holding, Item, SkillUse
from collegium.career.records import records
from collegium.career.sections import MOST_ITEMS, SPECS, Section
from collegium.journal.record import record
from collegium.lib import ids
from collegium.lib.refusal import require
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.skills.naming import known, resolve

PRIVATE = frozenset({Contact.Kind.ADDRESS, Contact.Kind.BIRTHDAY, Contact.Kind.PHONE})


@transaction.atomic
def take(
    member: Member,
    drafts: Sequence[Draft] = (),
    *,
    skills: Iterable[str] = (),
    contacts: Sequence[Reach] = (),
    header: Mapping[str, Any] | None = None,
) -> Counter[str]:
    """Add what somebody brings along. What does not fit any more is counted as left out, not refused.

    Args:
        member: herself.
        drafts: cleaned items; in an empty section they keep the order they come in, in others each goes by its date.
        skills: names, in order.
        contacts: cleaned; new ones reach connections, addresses, birthdays and telephones nobody but her.
        header: fields of the profile's head to change (`members.actions.edit`).

    Returns:
        How many of each came in: a number a section, `skills`, `contacts`, and `left_out`.
    """
    require(rules.may_write(member))
    order.hold(member)
    if header:
        members.edit(member, **header)
    taken: Counter[str] = Counter()
    holdings = _skills(member, [*skills, *(name for draft in drafts for name in draft.skills)], taken)
    meant = records(member, [(draft.organization_name, draft.section) for draft in drafts])
    for section in Section:
        _section(member, [draft for draft in drafts if draft.section == section], holdings, meant, taken)
    _contacts(member, contacts, taken)
    record("career.taken", actor=member, subject=member, counts=dict(taken))
    return taken


def _skills(member: Member, names: Sequence[str], taken: Counter[str]) -> dict[str, Holding]:
    """The holding that each name means, as far as there is room for it.

    Words that are no skill yet become one only where there is: others' vocabulary is not filled with the rest.
    """
    had = set(kept(member).values_list("skill_id", flat=True))
    asked = [name for name in dict.fromkeys(names) if name]
    meant = known(asked)
    words = [name for name in asked if name not in meant]
    room = max(MOST_SKILLS - len(had), 0)
    meant |= resolve(words[:room])
    taken["left_out"] += len(words[room:])
    new = [skill.pk for skill in dict.fromkeys(meant[name] for name in asked if name in meant) if skill.pk not in had]
    fitting = new[:room]
    put_at_end(member, fitting)
    taken.update({"skills": len(fitting), "left_out": len(new) - len(fitting)})
    rows = {row.skill_id: row for row in kept(member)}
    return {name: rows[skill.pk] for name, skill in meant.items() if skill.pk in rows}


def _section(
    member: Member,
    drafts: list[Draft],
    holdings: dict[str, Holding],
    meant: Mapping[str, Organization],
    taken: Counter[str],
) -> None:
    """The drafts of one section, as far as there is room."""
    if not drafts:
        return
    section = drafts[0].section
    rows = Item.objects.kept().filter(member=member, section=section)
    there = list(rows.in_order())
    fitting = drafts[: max(MOST_ITEMS - len(there), 0)]
    keys = ids.fresh(len(fitting))
    made = [_item(key, member, draft, meant) for key, draft in zip(keys, fitting, strict=True)]
    Item.objects.bulk_create(made)
    if there:
        for item in made:
            there.insert(order.place_for(item, there), item)
    order.write(rows, [item.pk for item in there or made])
    uses = {
        (holdings[name].pk, item.pk)
        for item, draft in zip(made, fitting, strict=True)
        for name in draft.skills
        if name in holdings
    }
    SkillUse.objects.bulk_create([SkillUse(holding_id=holding, item_id=item) for holding, item in sorted(uses)])
    taken.update({str(section): len(made), "left_out": len(drafts) - len(fitting)})


def _item(key: int, member: Member, draft: Draft, found: Mapping[str, Any]) -> Item:
    names = SPECS[draft.section].names
    columns = {name: value for name, value in texts(draft).items() if name in names}
    return Item(
        id=key,
        member=member,
        section=draft.section,
        organization=found.get(columns.get("organization_name", "")),
        **columns,
    )


def _contacts(member: Member, contacts: Sequence[Reach], taken: Counter[str]) -> None:
    if not contacts:
        return
    had = set(Contact.objects.filter(member=member).values_list("kind", "value"))
    new = [reach for reach in dict.fromkeys(contacts) if (reach.kind, reach.value) not in had]
    once = list({(reach.kind, reach.value): reach for reach in new}.values())
    fitting = once[: max(MOST_CONTACTS - len(had), 0)]
    Contact.objects.bulk_create(
        [
            Contact(
                member=member,
                kind=reach.kind,
                value=reach.value,
                label=reach.label,
                audience=Level.ONLY_ME if reach.kind in PRIVATE else Level.CONNECTIONS,
                rank=len(had) + place,
            )
            for place, reach in enumerate(fitting, 1)
        ]
    )
    taken.update({"contacts": len(fitting), "left_out": len(once) - len(fitting)})
