"""Founding a group, and saying how it is kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.groups import rules
from collegium.groups.actions.holding import hold, require_open
from collegium.groups.models import Group, Joining, Membership, Posting, Question, Role, Visibility
from collegium.groups.models.doors import MOST_QUESTIONS
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.handles import handle_candidates
from collegium.lib.refusal import Conflict, require
from collegium.media.decode import Shape
from collegium.media.storage import discard
from collegium.members.models import Member

Asked = Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class Charter:
    """What a group says of itself, and how it is kept: already cleaned."""

    name: str
    line: str = ""
    about: str = ""
    rules: str = ""
    welcome: str = ""
    place: str = ""
    visibility: str = Visibility.PUBLIC
    joining: str = Joining.OPEN
    posting: str = Posting.MEMBERS
    approving: bool = False
    on_topic: bool = False
    members_invite: bool = True

    @classmethod
    def of(cls, group: Group) -> "Charter":
        """As it stands."""
        return cls(**{name: getattr(group, name) for name in cls.__dataclass_fields__})


@transaction.atomic
def found(by: Member, charter: Charter, *, handle: str = "", questions: Asked = ()) -> Group:
    """Begin a group, whose first owner is who began it.

    Args:
        by: who founds it.
        charter: what it says of itself.
        handle: the name in its address; made from its name without one.
        questions: what it asks of whoever wants to join, each with whether it must be answered.

    Raises:
        Conflict: the handle is taken.
    """
    require(rules.may_found(by))
    now = clock.now()
    group = _placed(charter, handle)
    if charter.rules:
        Group.objects.filter(pk=group.pk).update(rules_at=now)
    Membership.objects.create(member=by, group=group, role=Role.OWNER, since=now, agreed_at=now)
    _ask(group, questions)
    record("groups.founded", actor=by, subject=group)
    group.refresh_from_db()
    return group


@transaction.atomic
def edit(group: Group, charter: Charter, *, by: Member, opens: bool = False) -> Group:
    """Say otherwise what it is and how it is kept.

    Args:
        group: which.
        charter: all of it as it shall stand.
        by: who says so; new rules count as accepted by her.
        opens: that she knows what she opens; without it nothing that was closed becomes public.

    Raises:
        Conflict: it would open without having been said twice, or has ended.
    """
    row = hold(group)
    require_open(row)
    require(rules.may_manage(by, row))
    if opening(row, charter) and not opens:
        raise Conflict(_("A group that was not public becomes public only when you say so a second time."))
    was = Charter.of(row)
    if was == charter:
        return row
    for name, value in asdict(charter).items():
        setattr(row, name, value)
    changed = [name for name, value in asdict(was).items() if value != getattr(row, name)]
    if "rules" in changed:
        row.rules_at = clock.now() if row.rules else None
        Membership.objects.filter(group=row, member=by).update(agreed_at=row.rules_at)
    row.save(update_fields=[*changed, "rules_at"])
    _tell(row, was, changed, by)
    return row


def opening(group: Group, charter: Charter) -> bool:
    """Whether this would let everybody read what only its members read now."""
    return group.visibility != Visibility.PUBLIC and charter.visibility == Visibility.PUBLIC


@transaction.atomic
def ask(group: Group, questions: Asked, *, by: Member) -> None:
    """Ask other questions of whoever wants to join; who asked already has answered those that stood then."""
    row = hold(group)
    require_open(row)
    require(rules.may_manage(by, row))
    if list(Question.objects.filter(group=row).order_by("rank").values_list("words", "required")) != list(questions):
        _ask(row, questions)
        record("groups.questions_changed", actor=by, subject=row)


@transaction.atomic
def put_picture(group: Group, shape: Shape, key: str, *, by: Member) -> None:
    """Give it another photo or cover, or none; the files of the former one go once the change is certain."""
    row = hold(group)
    require_open(row)
    require(rules.may_manage(by, row))
    former = getattr(row, shape)
    setattr(row, shape, key)
    row.save(update_fields=[shape])
    record("groups.picture_changed", actor=by, subject=row, shape=shape)
    if former:
        transaction.on_commit(lambda: discard(former))


def _placed(charter: Charter, wish: str) -> Group:
    """The new row under a handle that is free; the database decides, not a look before."""
    for handle in [wish] if wish else handle_candidates(charter.name, "group"):
        try:
            with transaction.atomic():
                return Group.objects.create(handle=handle, **asdict(charter))
        except IntegrityError:
            if Group.objects.filter(handle=handle).exists():
                continue
            raise
    raise Conflict(_("There is a group at this address already. Please choose another."))


def _ask(group: Group, questions: Asked) -> None:
    Question.objects.filter(group=group).delete()
    rows = [
        Question(group=group, words=words, required=required, rank=rank)
        for rank, (words, required) in enumerate(questions[:MOST_QUESTIONS])
    ]
    Question.objects.bulk_create(rows)


def _tell(group: Group, was: Charter, changed: Sequence[str], by: Member) -> None:
    """What the log keeps: which things changed, and of what decides who reads there, from what to what."""
    record("groups.edited", actor=by, subject=group, what=list(changed))
    if "rules" in changed and group.rules:
        record("groups.rules_changed", actor=by, subject=group)
    if "visibility" in changed:
        record("groups.visibility_changed", actor=by, subject=group, was=was.visibility, now=group.visibility)
