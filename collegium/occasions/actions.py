"""The one verb of occasions."""

from typing import Any

from django.db import transaction

from collegium.feed.models import Post
from collegium.journal.record import record
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.occasions.models import Occasion
from collegium.organizations.naming import find


@transaction.atomic
def celebrate(
    post: Post, *, by: Member, kind: str, what: str = "", name: str = "", years: int | None = None
) -> Occasion:
    """Hang a celebration on a post, or change the one that hangs there.

    Args:
        post: held by the verb that makes or changes it.
        by: its author.
        kind: an `Occasion.Kind`.
        what: the role, the work, or what was learned; cleaned.
        name: of the organization; cleaned. Where it names exactly one record, the card leads there.
        years: of an anniversary.
    """
    require(by.is_active and by.pk == post.author_id)
    said: dict[str, Any] = {"kind": kind, "what": what, "name": name, "years": years}
    said["organization"] = find([name]).get(name)
    row, _made = Occasion.objects.update_or_create(post=post, defaults=said)
    record("occasions.celebrated", actor=by, subject=row)
    return row
