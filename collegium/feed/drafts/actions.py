"""The verbs of drafts: keep, schedule, withdraw, delete and bring back, and post when the hour has come.

Each locks the author first, as posting does, so that what she does and what the clock does come one after the other.
"""

import logging
from datetime import datetime
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from collegium.feed import rules
from collegium.feed.composing import Composer
from collegium.feed.drafts import rows, values
from collegium.feed.models import Draft, Post
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal, require
from collegium.members.models import Member

PROBLEM = 500
# So many deleted ones of a member may come back.
BACK = 20
log = logging.getLogger(__name__)


class Full(Conflict):
    """She keeps as many drafts as anybody may."""


@transaction.atomic
def save(author: Member, typed: dict[str, Any], *, quietly: bool = False) -> Draft | None:
    """Keep the composer as it is; an empty one is not kept, and one that was posted meanwhile neither.

    Args:
        author: who writes.
        typed: `values.of_form`.
        quietly: as she types. What waits for its hour is then left alone, so that no half sentence is posted.

    Raises:
        Full: there are too many.
    """
    require(rules.may_post(author))
    _lock(author)
    row = rows.of_key(author, typed["form_key"]).first()
    if _is_posted(author, typed) or (quietly and row is not None and row.due_at is not None):
        return None
    if not values.says_something(typed, author):
        if row is not None:
            row.delete()
        return None
    if row is None:
        row = _new(author, typed)
        record("feed.drafted", actor=author, subject=row)
    return _keep(row, typed, None)


@transaction.atomic
def schedule(author: Member, typed: dict[str, Any], due: datetime) -> Draft:
    """Let it be posted at an hour.

    Raises:
        Full: there are too many drafts.
        Conflict: it was posted meanwhile.
    """
    require(rules.may_post(author))
    _lock(author)
    if _is_posted(author, typed):
        raise Conflict(_("This is posted already."))
    row = _keep(rows.of_key(author, typed["form_key"]).first() or _new(author, typed), typed, due)
    record("feed.scheduled", actor=author, subject=row)
    return row


@transaction.atomic
def unschedule(row: Draft, *, by: Member) -> Draft:
    """Keep it as a draft, without an hour."""
    row = _fresh(row, by)
    require(rules.may_post(by) and row.author_id == by.pk)
    without = {name: value for name, value in row.values.items() if name not in values.HOURS}
    row = _keep(row, without, None)
    record("feed.unscheduled", actor=by, subject=row)
    return row


@transaction.atomic
def remove(row: Draft, *, by: Member) -> None:
    """Delete it; for a day it may come back."""
    row = _fresh(row, by)
    require(rules.may_post(by) and row.author_id == by.pk)
    was = row.due_at.isoformat() if row.due_at else ""
    _keep(row, row.values | {rows.GONE: was}, None)
    older = rows.deleted(by).order_by("-touched_at", "-pk").values_list("pk", flat=True)[BACK:]
    Draft.objects.filter(pk__in=list(older)).delete()
    record("feed.draft_removed", actor=by, subject=row)


@transaction.atomic
def restore(row: Draft, *, by: Member) -> Draft:
    """Bring a deleted one back, with its hour unless that is over.

    Raises:
        Conflict: there is no place for it any more.
    """
    require(rules.may_post(by))
    _lock(by)
    found = rows.deleted(by).filter(pk=row.pk).first()
    if found is None:
        raise Conflict(_("This draft is no longer here."))
    if rows.of_key(by, found.values["form_key"]).exists():
        raise Conflict(_("You went on with this draft in another window; it is among your drafts."))
    _make_room(by)
    was = parse_datetime(found.values.pop(rows.GONE) or "")
    row = _keep(found, found.values, was if was is not None and was > clock.now() else None)
    record("feed.draft_restored", actor=by, subject=row)
    return row


@transaction.atomic
def publish(key: int) -> None:
    """Post what is due, once; what cannot be posted stays, with the reason."""
    row = _due(key)
    if row is None:
        return
    # Whoever is just writing is not waited for: the next minute comes.
    if not list(Member.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=row.author_id)):
        return
    row = _due(key)
    if row is None:
        return
    if problem := _try(row):
        _stay(row, problem)
    else:
        row.delete()


def _stay(row: Draft, problem: str) -> None:
    """It stays a draft, and says why; its author hears of it."""
    row.due_at, row.problem = None, problem[:PROBLEM]
    row.save(update_fields=["due_at", "problem"])
    record("feed.draft_stuck", actor=row.author, subject=row)


def _try(row: Draft) -> str:
    """Post it as its author would now; returns why that is impossible, or nothing."""
    kept_out = {values.KEPT_OUT: row.values.get(values.KEPT_OUT, {})}
    composer = Composer(row.author, values.replay(row.values, row.author), initial=kept_out)
    try:
        with transaction.atomic():
            require(rules.may_post(row.author))
            if not composer.is_valid():
                return _words(composer)
            composer.post()
    except (Refusal, Conflict) as refusal:
        return refusal.reason or _("It may not be posted as it stands.")
    except OperationalError:
        # The database went away, or chose somebody else in a race: nothing is wrong with the draft, and the next
        # minute comes.
        raise
    except Exception:
        # One draft that cannot be posted must not keep those of others waiting; its author hears of it.
        log.exception("draft %s could not be posted", row.pk)
        return _("It could not be posted, by a fault of ours. Please post it by hand.")
    return ""


def _words(composer: Composer) -> str:
    forms = [composer.form, *(form for _kind, form in composer.parts.forms)]
    said = [str(words) for form in forms for errors in form.errors.values() for words in errors]
    return " ".join(dict.fromkeys(said)) or _("It may not be posted as it stands.")


def _due(key: int) -> Draft | None:
    return Draft.objects.filter(pk=key, due_at__lte=clock.now()).select_related("author").first()


def _is_posted(author: Member, typed: dict[str, Any]) -> bool:
    own = Q(author=author) | Q(written_by=author)
    return Post.objects.filter(own, form_key=typed["form_key"]).exists()


def _new(author: Member, typed: dict[str, Any]) -> Draft:
    _make_room(author)
    return Draft.objects.create(author=author, values=typed, touched_at=clock.now())


def _make_room(author: Member) -> None:
    if rows.kept(author).count() >= rows.MOST:
        raise Full(
            _("You keep %(most)s drafts, and that is as many as there is room for. Delete one, and save this again.")
            % {"most": rows.MOST}
        )


def _keep(row: Draft, typed: dict[str, Any], due: datetime | None) -> Draft:
    row.values, row.due_at, row.touched_at, row.problem = typed, due, clock.now(), ""
    row.save(update_fields=["values", "due_at", "touched_at", "problem"])
    return row


def _lock(author: Member) -> None:
    Member.objects.select_for_update(no_key=True).get(pk=author.pk)


def _fresh(row: Draft, by: Member) -> Draft:
    """The draft as it is now.

    Raises:
        Conflict: it was posted or deleted meanwhile.
    """
    _lock(by)
    found = rows.kept(by).filter(pk=row.pk).first()
    if found is None:
        raise Conflict(_("This draft is no longer here: it was posted or deleted meanwhile."))
    return found
