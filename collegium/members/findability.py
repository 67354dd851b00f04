"""What somebody agreed to be found by, and what that comes to in words. Nothing unless she said so."""

from django.utils.translation import gettext as _

from collegium.members.models import Findability, Member


def of(member: Member) -> Findability:
    """What she agreed to; nothing while she has not been asked."""
    return Findability.objects.filter(member=member).first() or Findability(member=member)


def was_asked(member: Member) -> bool:
    """Whether she has answered, one way or the other; nobody is asked twice."""
    return Findability.objects.filter(member=member).exists()


def effect(member: Member) -> str:
    """What her choice comes to today, as a sentence for her."""
    agreed = of(member).agreed
    if not agreed:
        return _("Nobody finds you by your e-mail address, phone number or LinkedIn address.")
    names = {"email": _("your e-mail address"), "phone": _("your phone number"), "profile": _("your LinkedIn address")}
    by = [names[each] for each in agreed]
    listed = _("%(first)s or %(last)s") % {"first": ", ".join(by[:-1]), "last": by[-1]} if len(by) > 1 else by[0]
    if member.visibility == Member.Visibility.HIDDEN:
        return _("Nobody, as long as your page is hidden; otherwise who has %(keys)s.") % {"keys": listed}
    return _("Members who have %(keys)s already find you by it.") % {"keys": listed}
