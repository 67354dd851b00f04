"""Writing an opening: as a draft, and while it stands."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.openings import details as saying
from collegium.openings import rules
from collegium.openings.actions.holding import held
from collegium.openings.actions.posting import hindered
from collegium.openings.details import Details
from collegium.openings.figures import laid
from collegium.openings.models import Opening, Part, Seat, State
from collegium.organizations.models import Organization

MOST_DRAFTS = 200


@transaction.atomic
def draft(by: Member, organization: Organization, values: Details, form_key: UUID | None = None) -> Opening:
    """Begin one; nobody but the team reads it before it is posted. The same form sent twice is one draft.

    Args:
        by: who writes; she leads its team.
        organization: for which she may post.
        values: what is said so far; anything may be missing.
        form_key: of the form it was typed in.

    Raises:
        Conflict: she has too many drafts, or the text is larger than a page can be.
    """
    require(rules.may_post_for(by, organization), _("You do not hire for this organisation."))
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    if form_key is not None and (same := Opening.objects.filter(poster=by, form_key=form_key).first()) is not None:
        return same
    if Opening.objects.filter(poster=by, state=State.DRAFT).count() >= MOST_DRAFTS:
        raise Conflict(_("You have many drafts. Throw some of them away first."))
    row = Opening.objects.create(organization=organization, poster=by, form_key=form_key, **values.columns)
    Seat.objects.create(opening=row, member=by, part=Part.LEAD)
    saying.keep_beside(row, values)
    record("openings.drafted", actor=by, subject=row)
    return row


@transaction.atomic
def edit(opening: Opening, values: Details, *, by: Member) -> Opening:
    """Say it differently. What stands keeps its promises: of pay, and of what was asked.

    Args:
        opening: a draft, or one that stands.
        values: all of it anew.
        by: who changes it.

    Raises:
        Conflict: it is over, or the change breaks such a promise.
    """
    row = held(opening)
    require(rules.may_change(by, row))
    if row.state == State.DRAFT:
        return _write(row, values, by)
    if not row.stands:
        raise Conflict(_("This opening is over. Copy it into a draft to offer the post again."))
    before = saying.of(row)
    if problem := broken_promise(row, before, values):
        raise Conflict(problem)
    return _write(row, values, by, before)


def broken_promise(row: Opening, before: Details, values: Details) -> str:
    """What readers were told and would be told no longer; "" where nothing is."""
    if (before.currency, before.period) != (values.currency, values.period):
        return _("While an opening stands, its pay stays in the currency and for the time it was offered in.")
    lows, highs = (before.pay_low, values.pay_low), (before.pay_high, values.pay_high)
    if any(new is None or (old is not None and new < old) for old, new in (lows, highs)):
        return _("While an opening stands, its pay may rise and not fall. People applied for what was offered.")
    if before.questions != values.questions and laid.applied([row.pk]).get(row.pk):
        return _("Somebody has answered these questions already, so they stay as they are.")
    if before.blind and not values.blind and laid.applied([row.pk]).get(row.pk):
        return _("People applied to be read without names and pictures, so it stays so.")
    return ""


def _write(row: Opening, values: Details, by: Member, before: Details | None = None) -> Opening:
    columns, folded = values.columns, row.folded_title
    if before is not None:
        if not saying.tells_the_same(before, values):
            columns["edited_at"] = clock.now()
        if row.posted_at is not None:
            columns["expires_at"] = max(row.posted_at + saying.days(values), clock.now())
    for name, value in columns.items():
        setattr(row, name, value)
    if before is not None:
        hindered(row)
    row.save(update_fields=list(columns))
    saying.keep_beside(row, values, questions=before is None or before.questions != values.questions)
    row.refresh_from_db(fields=["folded_title"])
    if before is not None and row.folded_title != folded:
        hindered(row)
    record("openings.edited", actor=by, subject=row, live=before is not None)
    return row


@transaction.atomic
def clone(opening: Opening, *, by: Member) -> Opening:
    """A draft with the same words, for another post or for the next time.

    Raises:
        Conflict: she has too many drafts.
    """
    require(rules.may_change(by, opening))
    return draft(by, opening.organization, saying.copied(opening))


@transaction.atomic
def discard(opening: Opening, *, by: Member) -> None:
    """Throw a draft away.

    Raises:
        Conflict: it is no draft any more.
    """
    row = held(opening)
    require(rules.may_change(by, row))
    if row.state != State.DRAFT:
        raise Conflict(_("This opening was posted meanwhile."))
    record("openings.discarded", actor=by, subject=row)
    row.delete()
