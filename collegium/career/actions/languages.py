"""A profile in more than one language."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.career import order, rules
from collegium.career.models import Item, ItemText, ProfileText
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member

MOST_LANGUAGES = 10


@transaction.atomic
def put_profile_text(member: Member, language: str, **texts: str) -> ProfileText:
    """Say the head of the profile in another language; what is left empty reads as in the first one.

    Args:
        member: herself.
        language: a BCP 47 tag other than the profile's own.
        texts: any of name, headline, about, place, cleaned.

    Raises:
        Conflict: it is the profile's own language, or there are `MOST_LANGUAGES`.
    """
    require(rules.may_write(member))
    order.hold(member)
    if language == member.language:
        raise Conflict(_("Your profile is written in this language already."))
    others = ProfileText.objects.filter(member=member).exclude(language=language)
    if others.count() >= MOST_LANGUAGES:
        raise Conflict(_("A profile has at most %(num)d further languages.") % {"num": MOST_LANGUAGES})
    row, _new = ProfileText.objects.update_or_create(member=member, language=language, defaults=texts)
    record("career.translated", actor=member, subject=member, language=language)
    return row


@transaction.atomic
def put_item_text(item: Item, language: str, *, by: Member, **texts: str) -> ItemText:
    """Say one item in another language of the profile.

    Args:
        item: hers.
        language: one that the profile has (`put_profile_text`).
        by: herself.
        texts: any of title, organization_name, place, detail, description, cleaned.

    Raises:
        Conflict: the profile does not have this language.
    """
    require(rules.may_edit(by, item))
    if not ProfileText.objects.filter(member=by, language=language).exists():
        raise Conflict(_("Your profile is not written in this language."))
    row, _new = ItemText.objects.update_or_create(item=item, language=language, defaults=texts)
    record("career.translated", actor=by, subject=by, language=language)
    return row


@transaction.atomic
def drop_language(member: Member, language: str) -> None:
    """Take a language off the profile, with all that was said in it."""
    require(rules.may_write(member))
    gone, _models = ProfileText.objects.filter(member=member, language=language).delete()
    ItemText.objects.filter(item__member=member, language=language).delete()
    if gone:
        record("career.language_dropped", actor=member, subject=member, language=language)
