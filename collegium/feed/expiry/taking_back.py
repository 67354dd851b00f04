"""A rule as it was before a change, signed and carried by the button that takes the change back."""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing

from collegium.feed.models import Expiry
from collegium.members.models import Member

LASTS = timedelta(days=1)
COLUMNS = ("days", "loved", "discussed", "keeps_pinned", "keeps_saved", "keeps_articles", "keeps_brought")
_SALT = "feed.expiry"


def signed(before: Expiry, after: Expiry | None) -> str:
    """The rule before, and which one it is put back instead of.

    Args:
        before: as it was.
        after: what stands now; None where it was ended.
    """
    said = {name: getattr(before, name) for name in COLUMNS} | {"since": before.since.isoformat()}
    instead = after.since.isoformat() if after is not None else ""
    return signing.dumps([before.member_id, said, instead], salt=_SALT)


def opened(text: str, me: Member) -> tuple[dict[str, Any], datetime | None] | None:
    """What was signed for this member, if it was, less than a day ago: the columns, and `since` of the other rule."""
    try:
        owner, said, instead = signing.loads(text, salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    if owner != me.pk:
        return None
    said["since"] = datetime.fromisoformat(said["since"])
    return said, datetime.fromisoformat(instead) if instead else None
