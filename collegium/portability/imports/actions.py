"""The verbs of an import: brought, chosen from, confirmed, cancelled. Only `confirm` touches the profile, once."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from collegium.career import actions as career
from collegium.career.models import Item
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.portability.correspondence import judging
from collegium.portability.correspondence import taking as letters
from collegium.portability.correspondence.models import Waiting
from collegium.portability.elsewhere.taking import take
from collegium.portability.imports import arriving, comparing, foreign, rules, saying, seeking
from collegium.portability.imports.models import Import, ImportRow
from collegium.portability.imports.verdicts import Judged
from collegium.portability.imports.words import OPEN_ALREADY, SETTLED_ALREADY
from collegium.vouching.actions import keep_foreign

State, Status = Import.State, ImportRow.Status


@transaction.atomic
def begin(member: Member, upload: arriving.Arrived, kind: str) -> Import:
    """Take a file in; it is read in the background.

    Raises:
        Conflict: another import of hers is open.
    """
    require(rules.may_import(member))
    Import.objects.of(member).filter(state=State.REFUSED).delete()
    try:
        with transaction.atomic():
            row = Import.objects.create(member=member, kind=kind, name=str(upload.name)[:200], total=upload.size or 0)
    except IntegrityError:
        raise Conflict(str(OPEN_ALREADY)) from None
    row.refresh_from_db()
    upload.keep(row.pk)
    record("portability.uploaded", actor=member, subject=row)
    return row


@transaction.atomic
def choose(row: Import, *, by: Member, shown: Collection[int], taken: Collection[int]) -> None:
    """Keep the choices made on a page: of the rows shown, these are wanted and the others are not."""
    _open(row, by)
    rows = ImportRow.objects.filter(of=row, pk__in=shown, status__in=[Status.NEW, Status.CONFLICT])
    rows.filter(chosen=False, pk__in=taken).update(chosen=True)
    rows.filter(chosen=True).exclude(pk__in=taken).update(chosen=False)


@transaction.atomic
def choose_all(row: Import, *, by: Member, file: int, status: int, chosen: bool) -> None:
    """The same choice for all new, or all differing, rows of one file."""
    _open(row, by)
    ImportRow.objects.filter(of=row, file=file, status=status).exclude(chosen=chosen).update(chosen=chosen)


@transaction.atomic
def seek_people(row: Import, *, by: Member, wanted: bool) -> None:
    """Say whether connections may be looked for here."""
    row = _open(row, by)
    row.with_people = wanted
    row.save(update_fields=["with_people"])


@transaction.atomic
def choose_audience(row: Import, *, by: Member, audience: int) -> None:
    """Say who sees the posts that come in."""
    row = _open(row, by)
    row.audience = audience
    row.save(update_fields=["audience"])


@transaction.atomic
def cancel(row: Import, *, by: Member) -> None:
    """Let go of an import and of everything that came with it; nothing of it ever stood on the profile."""
    require(rules.may_settle(by, row))
    key = row.pk
    if Import.objects.filter(pk=key).exclude(state=State.DONE).delete()[0]:
        record("portability.cancelled", actor=by, subject=key)
        transaction.on_commit(lambda: arriving.place_of(key).unlink(missing_ok=True))


@transaction.atomic
def confirm(row: Import, *, by: Member) -> Counter[str]:
    """Take over what was chosen: all of it or, should anything fail, nothing. What is looked through goes with it.

    Returns:
        How many of each came in, `changed` for those that say now what the file says.

    Raises:
        Conflict: it was confirmed or cancelled already.
    """
    require(rules.may_settle(by, row))
    row = _open(row, by)
    rows = list(ImportRow.objects.filter(of=row).exclude(what__in=["person", judging.TALK]).order_by("pk"))
    judged = comparing.again(by, rows)
    wanted = [(each, judged[each.pk]) for each in rows if each.chosen and each.pk in judged]
    new = [each for each, now in wanted if now.status == Status.NEW]
    other = [(each, now) for each, now in wanted if (each.status, now.status) == (Status.CONFLICT, Status.CONFLICT)]
    done = _add(by, new, other)
    done["changed"] = _change(by, other)
    done.update(_keep_foreign(by, new))
    done.update(take(by, _things(new, *saying.KINDS), row.audience))
    done.update(_correspondence(row, by, new))
    if row.with_people:
        done["people"] = _seek(row, by)
    done = +done
    _finish(row, done)
    record("portability.imported", actor=by, subject=row, counts=dict(done), people=row.with_people)
    return done


def _open(row: Import, by: Member) -> Import:
    """The import as it is now, held until the end of the transaction.

    Raises:
        Conflict: it waits no more.
    """
    require(rules.may_settle(by, row))
    now = Import.objects.select_for_update(of=("self",)).filter(pk=row.pk, state=State.REVIEW).first()
    if now is None:
        raise Conflict(str(SETTLED_ALREADY))
    return now


def _things(rows: Sequence[ImportRow], *kinds: str) -> list[Any]:
    return [comparing.thing_of(row) for row in rows if row.what in kinds]


def _add(by: Member, new: Sequence[ImportRow], other: Sequence[tuple[ImportRow, Judged]]) -> Counter[str]:
    """What the profile did not have, and its head."""
    items = [row for row in new if row.what not in NOT_ITEMS]
    heads = [row for row in [*new, *(each for each, _now in other)] if row.what == "header"]
    header = {row.data["field"]: row.data["value"] for row in heads}
    skills = [skill.name for skill in _things(new, "skill")]
    ways = _things(new, "contact")
    if not (items or header or skills or ways):
        return Counter()
    done = career.take(
        by, [comparing.thing_of(row) for row in items], skills=skills, contacts=ways, header=header or None
    )
    done["header"] = sum(1 for row in new if row.what == "header")
    return done


NOT_ITEMS = saying.KINDS | {judging.INVITED, "header", "skill", "contact", "endorsement", "recommendation", "person"}


def _change(by: Member, other: Sequence[tuple[ImportRow, Judged]]) -> int:
    """Items that say something else from now on."""
    changes = {now.match: {name: row.data[name] for name in now.mine or {}} for row, now in other if now.match}
    for item in Item.objects.kept().filter(member=by, pk__in=changes):
        career.edit(item, by=by, **changes[item.pk])
    return len(other)


def _keep_foreign(by: Member, new: Sequence[ImportRow]) -> dict[str, int]:
    words = [foreign.word(each) for each in _things(new, "endorsement")]
    texts = [foreign.text(each) for each in _things(new, "recommendation")]
    return keep_foreign(by, endorsements=words, recommendations=texts) if words or texts else {}


def _correspondence(row: Import, by: Member, new: Sequence[ImportRow]) -> Counter[str]:
    """Messages of the conversations that were chosen, and invitations, for her eyes alone."""
    talks = list(ImportRow.objects.filter(of=row, what=judging.TALK, status=Status.NEW, chosen=True))
    done = letters.take(by, row, talks)
    done["invitations"] = letters.take_invitations(by, _things(new, judging.INVITED))
    return done


def _seek(row: Import, by: Member) -> int:
    rows = ImportRow.objects.filter(of=row, what="person").values_list("data", flat=True)
    return seeking.seek(by, [bytes.fromhex(each) for data in rows.iterator() for each in data["prints"]])


def _finish(row: Import, done: Counter[str]) -> None:
    """One line of history stays."""
    row.rows.all().delete()  # type: ignore[attr-defined]
    Waiting.objects.filter(of=row).delete()
    row.files.all().delete()  # type: ignore[attr-defined]
    row.state, row.counts, row.finished_at, row.name = State.DONE, dict(done), clock.now(), ""
    row.save(update_fields=["state", "counts", "finished_at", "name"])
    key = row.pk
    transaction.on_commit(lambda: arriving.place_of(key).unlink(missing_ok=True))
