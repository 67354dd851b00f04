"""Ways to reach somebody, each with an audience of its own."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.audience.level import Level
from collegium.career import order, rules
from collegium.career.models import Contact
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member

MOST_CONTACTS = 30
EDITABLE = frozenset({"kind", "value", "label", "audience"})


@transaction.atomic
def put_contact(
    member: Member, *, kind: str, value: str, label: str = "", audience: int = Level.CONNECTIONS
) -> Contact:
    """Give a way to be reached; the same one again changes its label and audience.

    Args:
        member: herself.
        kind: of `Contact.Kind`.
        value: the address, number or link, cleaned.
        label: what it is to her ("Work"), or the name of the network.
        audience: an `audience.Level`.

    Raises:
        Conflict: there are `MOST_CONTACTS` already.
    """
    require(rules.may_write(member))
    order.hold(member)
    mine = Contact.objects.filter(member=member)
    same = mine.filter(kind=kind, value=value).first()
    if same is None and mine.count() >= MOST_CONTACTS:
        raise Conflict(_("A profile lists at most %(num)d ways to reach somebody.") % {"num": MOST_CONTACTS})
    row, _new = Contact.objects.update_or_create(
        member=member,
        kind=kind,
        value=value,
        defaults={"label": label, "audience": audience},
        create_defaults={"label": label, "audience": audience, "rank": mine.count() + 1},
    )
    record("career.contacts_changed", actor=member, subject=member)
    return row


@transaction.atomic
def edit_contact(contact: Contact, *, by: Member, **fields: Any) -> Contact:
    """Change any of `EDITABLE`.

    Raises:
        Conflict: another row says the same, or this one was removed meanwhile.
    """
    require(rules.may_edit(by, contact))
    if strange := set(fields) - EDITABLE:
        raise TypeError(f"not for editing: {', '.join(sorted(strange))}")
    order.hold(by)
    if not Contact.objects.select_for_update().filter(pk=contact.pk).exists():
        raise Conflict(_("This was removed meanwhile."))
    for name, value in fields.items():
        setattr(contact, name, value)
    try:
        with transaction.atomic():
            contact.save(update_fields=list(fields))
    except IntegrityError:
        raise Conflict(_("You have listed this already.")) from None
    record("career.contacts_changed", actor=by, subject=by)
    return contact


@transaction.atomic
def remove_contact(contact: Contact, *, by: Member) -> None:
    """Take a way to be reached off the profile."""
    require(rules.may_edit(by, contact))
    if Contact.objects.filter(pk=contact.pk).delete()[0]:
        record("career.contacts_changed", actor=by, subject=by)


@transaction.atomic
def arrange_contacts(member: Member, keys: Iterable[int]) -> None:
    """Put them in order; those of others are ignored, those left out follow."""
    require(rules.may_write(member))
    order.hold(member)
    order.write(Contact.objects.filter(member=member), keys)
    record("career.contacts_changed", actor=member, subject=member)
