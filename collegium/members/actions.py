"""What changes a person here: joining, being let in or not, being suspended and restored, editing oneself."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.accounts import sessions
from collegium.accounts.models import User
from collegium.journal.record import record
from collegium.lib.handles import handle_candidates
from collegium.lib.refusal import Conflict, Refusal, require
from collegium.members import rules
from collegium.members.models import Findability, Member

EDITABLE = frozenset(
    {
        "handle",
        "name",
        "sort_name",
        "pronouns",
        "pronunciation",
        "headline",
        "about",
        "place",
        "photo",
        "cover",
        "visibility",
        "indexed",
        "language",
        "connections_audience",
    }
)


@transaction.atomic
def join(user: User, name: str, handle: str = "", *, standing: str = Member.Standing.ACTIVE) -> Member:
    """An account becomes a person.

    Args:
        user: the account; it must not have a member yet.
        name: as she wants to be called, already cleaned.
        handle: her wish; without one it is made from the name, with a suffix when that is taken.
        standing: AWAITING for somebody who has yet to confirm her address or to be approved; nobody sees her.

    Raises:
        Conflict: the wished handle is taken, or the account is a person already.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if Member.objects.filter(user=user).exists():
        raise Conflict(_("This account has joined already."))
    for candidate in [handle] if handle else handle_candidates(name):
        if (member := _claim(user, name, candidate, standing)) is not None:
            record("members.joined", actor=member, subject=member, standing=standing)
            return member
    raise Conflict(_("This handle is taken. Please choose another."))


def _claim(user: User, name: str, handle: str, standing: str) -> Member | None:
    """The new member, or nothing when somebody else has the handle; the database decides, not a look before."""
    if Member.objects.filter(handle=handle).exists():
        return None
    member = Member(user=user, name=name, handle=handle, standing=standing)
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError:
        return None
    return member


@transaction.atomic
def approve(member: Member, *, by: Member | None) -> None:
    """Let somebody in who asked; None is the clock or the rule that an open community lets everybody in."""
    require(rules.may_admit(by))
    awaiting = Member.objects.filter(pk=member.pk, standing=Member.Standing.AWAITING)
    if not awaiting.update(standing=Member.Standing.ACTIVE):
        raise Conflict(_("This has been decided already."))
    member.standing = Member.Standing.ACTIVE
    record("members.approved", actor=by, subject=member)


@transaction.atomic
def refuse(member: Member, *, by: Member | None) -> None:
    """Turn somebody away who asked: the account goes, so that the address may ask again."""
    require(rules.may_admit(by))
    locked = Member.objects.select_for_update().filter(pk=member.pk, standing=Member.Standing.AWAITING).first()
    if locked is None:
        raise Conflict(_("This has been decided already."))
    sessions.end_all(locked.user)
    record("members.refused", actor=by, subject=locked.pk, name=locked.name)
    locked.user.delete()


@transaction.atomic
def suspend(member: Member, *, by: Member | None) -> None:
    """End someone's standing, everywhere and at once: sessions go, streams are hung up, nobody sees her any more."""
    require(rules.may_suspend(by, member), _("You cannot suspend yourself."))
    changed = Member.objects.filter(pk=member.pk).exclude(standing=Member.Standing.SUSPENDED)
    if not changed.update(standing=Member.Standing.SUSPENDED):
        raise Conflict(_("This person is suspended already."))
    User.objects.filter(pk=member.user_id).update(is_active=False)
    sessions.end_all(member.user)
    member.standing = Member.Standing.SUSPENDED
    member.user.is_active = False
    record("members.suspended", actor=by, subject=member)


@transaction.atomic
def restore(member: Member, *, by: Member | None) -> None:
    """Give someone her standing back; what she had connected and written is as it was."""
    require(rules.may_suspend(by, member))
    suspended = Member.objects.filter(pk=member.pk, standing=Member.Standing.SUSPENDED)
    if not suspended.update(standing=Member.Standing.ACTIVE):
        raise Conflict(_("This person is not suspended."))
    User.objects.filter(pk=member.user_id).update(is_active=True)
    member.standing = Member.Standing.ACTIVE
    member.user.is_active = True
    record("members.restored", actor=by, subject=member)


@transaction.atomic
def edit(member: Member, **fields: Any) -> Member:
    """Change what someone says about herself.

    Args:
        member: herself.
        fields: any of `EDITABLE`, already cleaned.

    Raises:
        Conflict: the handle went to somebody else meanwhile.
        Refusal: she is suspended.
    """
    strange = set(fields) - EDITABLE
    if strange:
        raise TypeError(f"not for editing: {', '.join(sorted(strange))}")
    require(rules.may_edit(member, member))
    if "name" in fields and "sort_name" not in fields and fields["name"] != member.name:
        fields["sort_name"] = fields["name"].casefold()[:100]
    for name, value in fields.items():
        setattr(member, name, value)
    try:
        with transaction.atomic():
            member.save(update_fields=list(fields))
    except IntegrityError:
        member.refresh_from_db()
        raise Conflict(_("This handle is taken. Please choose another.")) from None
    record("members.edited", actor=member, subject=member, fields=sorted(fields))
    return member


@transaction.atomic
def agree(member: Member, *, email: bool, phone: bool, profile: bool) -> Findability:
    """Say by what those may find her who know it already. What is taken back counts at once.

    Raises:
        Refusal: she is not in good standing.
    """
    require(rules.may_agree(member))
    chosen = {"email": email, "phone": phone, "profile": profile}
    row, _made = Findability.objects.update_or_create(member=member, defaults=chosen)
    record("members.agreed", actor=member, subject=member, by=row.agreed)
    return row


__all__ = ["EDITABLE", "Conflict", "Refusal", "agree", "approve", "edit", "join", "refuse", "restore", "suspend"]
