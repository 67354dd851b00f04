"""Writing, approving, returning, hiding, editing, retracting; the table of states stands in the model's file."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from collegium.career.models import Item
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.ties.pairs import hold
from collegium.vouching import rules
from collegium.vouching.models import Recommendation, RecommendationRequest

State = Recommendation.State


def _held(words: Recommendation) -> Recommendation:
    """The recommendation as it is now, its people held still.

    Raises:
        Conflict: its author took it back.
    """
    author, recipient = hold(words.author, words.recipient)
    row = Recommendation.objects.select_for_update(of=("self",), no_key=True).filter(pk=words.pk).first()
    if row is None:
        raise Conflict(_("%(name)s has taken this recommendation back.") % {"name": author.name})
    row.author, row.recipient = author, recipient
    return row


@transaction.atomic
def write(
    author: Member, recipient: Member, *, relationship: str, body: str, item: Item | None = None
) -> Recommendation:
    """Write what the recipient then approves; answers what she asked, if she did.

    Args:
        author: who writes.
        recipient: of whom.
        relationship: one of `Relationship`, of the author to the recipient.
        body: cleaned, at most `BODY_LIMIT` characters.
        item: the recipient's position it is about; None in general.

    Raises:
        Refusal: not connected, or not the recipient's position.
        Conflict: there is one for this position already.
    """
    author, recipient = hold(author, recipient)
    require(rules.may_write(author, recipient), _("One writes recommendations for people one is connected with."))
    require(item is None or rules.positions(recipient, author).filter(pk=item.pk).exists())
    there = Recommendation.objects.filter(Q(item=item) if item else Q(general=True), author=author, recipient=recipient)
    if (before := there.first()) is not None:
        if before.newest == body and before.newest_relationship == relationship:
            return before
        raise Conflict(_("You have written a recommendation about this already. You can edit that one."))
    words = Recommendation.objects.create(
        author=author, recipient=recipient, item=item, general=item is None, relationship=relationship, body=body
    )
    asked = RecommendationRequest.objects.filter(
        asker=recipient, writer=author, state__in=RecommendationRequest.STANDING
    )
    answered = list(asked.values_list("pk", flat=True))
    asked.update(state=RecommendationRequest.State.WRITTEN, ended_at=clock.now())
    record("vouching.recommended", actor=author, subject=words, recipient=recipient.pk, answered=answered)
    return words


@transaction.atomic
def edit(words: Recommendation, *, by: Member, body: str, relationship: str) -> Recommendation:
    """Change one's own words.

    What is shown stays as it was approved until the change is approved; what is hidden stays hidden.

    Raises:
        Refusal: not the author, or no longer connected.
        Conflict: taken back meanwhile.
    """
    row = _held(words)
    require(
        rules.may_edit(by, row), _("You can change it for as long as you are connected. You can always take it back.")
    )
    if (body, relationship) == (row.newest, row.newest_relationship):
        return row
    if row.state == State.SHOWN:
        same = (body, relationship) == (row.body, row.relationship)
        row.draft, row.draft_relationship = ("", "") if same else (body, relationship)
    else:
        row.body, row.relationship = body, relationship
        row.state = State.HIDDEN if row.state == State.HIDDEN else State.WAITING
    row.remark, row.version, row.edited_at = "", row.version + 1, clock.now()
    row.save()
    record("vouching.edited", actor=by, subject=row, recipient=row.recipient_id, version=row.version)
    return row


@transaction.atomic
def approve(words: Recommendation, *, by: Member, version: int) -> Recommendation:
    """Show it on one's profile, in the words that were read.

    Args:
        words: written for `by`.
        by: the recipient.
        version: of the words that were read.

    Raises:
        Conflict: the author changed it or took it back meanwhile.
    """
    row = _held(words)
    require(rules.may_decide(by, row))
    _same(row, version)
    if row.state == State.SHOWN and not row.draft:
        return row
    row.body, row.relationship = row.newest, row.newest_relationship
    row.draft, row.draft_relationship, row.remark = "", "", ""
    row.state, row.approved_at = State.SHOWN, clock.now()
    row.save()
    record("vouching.approved", actor=by, subject=row, version=row.version)
    return row


@transaction.atomic
def send_back(words: Recommendation, *, by: Member, remark: str, version: int) -> Recommendation:
    """Ask the author for a change. What is shown stays; an unapproved change of it is what goes back.

    Raises:
        Refusal: not the recipient, or no longer connected.
        Conflict: changed or taken back meanwhile, or shown as it stands.
    """
    row = _held(words)
    require(rules.may_return(by, row), _("You can return it for as long as you are connected. You can always hide it."))
    _same(row, version)
    if row.state == State.SHOWN and not row.draft:
        raise Conflict(_("It is shown as it stands. Hide it first if it should be changed."))
    if row.state != State.SHOWN:
        row.state = State.RETURNED
    row.remark = remark
    row.save(update_fields=["state", "remark"])
    record("vouching.returned", actor=by, subject=row, version=row.version)
    return row


@transaction.atomic
def put_away(words: Recommendation, *, by: Member) -> Recommendation:
    """Hide it; the author is not told.

    Raises:
        Conflict: taken back meanwhile.
    """
    row = _held(words)
    require(rules.may_decide(by, row))
    if row.state == State.HIDDEN:
        return row
    row.body, row.relationship = row.newest, row.newest_relationship
    row.draft, row.draft_relationship, row.remark, row.state = "", "", "", State.HIDDEN
    row.save()
    record("vouching.hidden", actor=by, subject=row)
    return row


@transaction.atomic
def retract(words: Recommendation, *, by: Member) -> None:
    """Take one's own words back: they are gone everywhere at once."""
    require(rules.may_retract(by, words))
    hold(words.author, words.recipient)
    gone, _models = Recommendation.objects.filter(pk=words.pk).delete()
    if gone:
        record("vouching.retracted", actor=by, subject=words.pk, recipient=words.recipient_id)


def _same(row: Recommendation, version: int) -> None:
    if row.version != version:
        raise Conflict(_("%(name)s has changed the text meanwhile. Read it again first.") % {"name": row.author.name})
