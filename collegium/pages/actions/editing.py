"""What a page says of itself, and its pictures. Every change stands in the log with what was before."""

from typing import Any

from django.db import transaction

from collegium.journal.record import record
from collegium.lib.refusal import require
from collegium.media.decode import Shape
from collegium.media.storage import discard
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.pages import rules
from collegium.pages.actions.holding import hold

# A long text is kept in the log as far as one recognises it.
KEPT_OF_A_TEXT = 300
FIELDS = frozenset({"name", "kind", "about", "industry", "size", "founded", "place", "places", "website"})


@transaction.atomic
def edit(organization: Organization, *, by: Member, **values: Any) -> Organization:
    """Say otherwise what it is.

    Args:
        organization: which.
        by: who speaks for it; an owner of the community, of a plain record.
        values: cleaned, of `FIELDS`.
    """
    row = hold(organization)
    require(rules.may_edit(by, row))
    changed = {name: value for name, value in values.items() if name in FIELDS and getattr(row, name) != value}
    if not changed:
        return row
    before = {name: _short(getattr(row, name)) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    after = {name: _short(value) for name, value in changed.items()}
    record("pages.edited", actor=by, subject=row, before=before, after=after)
    return row


@transaction.atomic
def put_picture(organization: Organization, shape: Shape, key: str, *, by: Member) -> Organization:
    """Hang another logo or cover; "" takes it away. The file before is let go once this has committed."""
    row = hold(organization)
    require(rules.may_edit(by, row))
    old = getattr(row, shape)
    if old == key:
        return row
    setattr(row, shape, key)
    row.save(update_fields=[shape])
    record("pages.picture_put" if key else "pages.picture_removed", actor=by, subject=row, shape=shape)
    if old:
        transaction.on_commit(lambda: discard(old))
    return row


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) > KEPT_OF_A_TEXT:
        return f"{value[:KEPT_OF_A_TEXT]}…"
    return value
