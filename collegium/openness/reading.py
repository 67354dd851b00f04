"""What a viewer may know of somebody's being open to work, and what its owner may learn about who knows.

The second must not be a way to find out where somebody works: leaving out a domain and looking whether a number or an
answer changes would name her employer. So the owner is answered from her audience, from whom she named, and from what
she can see of others anyway; what only the rule knows is never counted and never said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.audience import people
from collegium.audience.level import Level
from collegium.audience.reach import reach
from collegium.audience.rule import MEMBER, nearness_of_readers
from collegium.audience.viewer import NOBODY, Viewer, stand_in
from collegium.career.models import Item
from collegium.lib import clock
from collegium.lib.statement import Slots, Statement
from collegium.lib.text.hosts import shown_host
from collegium.members.models import Member, MemberQuerySet
from collegium.openness.models import Audience, Exclusion, OpenToWork
from collegium.openness.rule import Recruits
from collegium.ties.models import Invitation
from collegium.ui.text import number
from collegium.workplaces.domains import under
from collegium.workplaces.reading import proofs

What = Exclusion.What
HERE = "/settings/open-to-work/"


@dataclass(frozen=True, slots=True)
class Effect:
    """Who sees it now, in words for its owner. With `at_most`, `count` is not lowered by what she cannot see."""

    words: str
    level_words: str
    href: str = HERE
    count: int = 0
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether somebody sees it, as far as the owner may know, and why."""

    sees: bool
    words: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Whom an owner leaves out. A person whom she sees no longer is still left out, and no longer named."""

    rows: Sequence[Exclusion] = ()
    seen: dict[int, Member] = field(default_factory=dict)

    @property
    def people(self) -> set[int]:
        """Keys of those named."""
        return {row.person_id for row in self.rows if row.person_id is not None}

    def named(self, row: Exclusion) -> str:
        """What to call it; "" for a person whom she sees no longer."""
        if row.what != What.PERSON:
            return row.name or shown_host(row.domain)
        person = self.seen.get(row.person_id or 0)
        return person.name if person is not None else ""

    @property
    def at_work(self) -> list[Exclusion]:
        """Organisations and domains: how many people these are, nobody is told."""
        return [row for row in self.rows if row.what != What.PERSON]


def _seen(viewer: Viewer, slot: Slots) -> QuerySet[OpenToWork]:
    now = Cast(Value(slot.text("now")), DateTimeField())
    return OpenToWork.objects.visible_to(viewer, now).filter(member_id=slot.int("owner"))


SIGNED_IN = Statement(lambda slot: _seen(stand_in(slot.int("me")), slot))
SIGNED_OUT = Statement(lambda slot: _seen(NOBODY, slot))


def shown_to(viewer: Viewer, member: Member) -> OpenToWork | None:
    """What the viewer may know; None is for "no" and for "not for her" alike. One statement, written out beforehand."""
    asked = SIGNED_IN if viewer else SIGNED_OUT
    return asked.first(me=viewer.id, owner=member.pk, now=clock.now().isoformat())


def shown_in_preview(owner: Member, eyes: Viewer) -> OpenToWork | None:
    """What the owner is shown when she looks at her page with other eyes: only what she may know of these eyes."""
    row = of(owner)
    return row if row is not None and row.is_living and _sees(owner, row, eyes, left_out(owner)).sees else None


def of(member: Member) -> OpenToWork | None:
    """One's own row, also one that has ended."""
    return OpenToWork.objects.filter(member_id=member.pk).first()


def left_out(owner: Member) -> LeftOut:
    """Whom she leaves out, oldest first."""
    rows = list(Exclusion.objects.filter(member=owner).select_related("person", "organization").order_by("id"))
    keys = [row.person_id for row in rows if row.person_id is not None]
    return LeftOut(rows, _visible(owner).in_bulk(keys) if keys else {})


def effect(owner: Member) -> Effect:
    """Who sees it now."""
    row = of(owner)
    if row is None or not row.is_living:
        return Effect(_("You are not open to work, as far as anybody here is told."), _("Nobody"))
    without = left_out(owner)
    level = str(Audience(row.audience).label)
    if row.audience == Audience.HIDDEN:
        return Effect(_("Nobody sees it but you."), level)
    if row.audience == Audience.EVERYONE and owner.visibility == Member.Visibility.PUBLIC and not without.rows:
        return Effect(_("Anyone on the internet can see it."), level, count=_count(owner, row, without))
    count, at_most = _count(owner, row, without), bool(without.at_work) or _invited(owner, row).exists()
    if at_most:
        words = ngettext("At most %(n)s member can see it.", "At most %(n)s members can see it.", count)
    else:
        words = ngettext("%(n)s member can see it.", "%(n)s members can see it.", count)
    return Effect(words % {"n": number(count)}, level, count=count, at_most=at_most)


def answer(owner: Member, other: Member) -> Answer:
    """Whether somebody whom the owner sees knows of it, as far as she may be told."""
    row = of(owner)
    if row is None or not row.is_living:
        return Answer(False, _("You are not open to work now, so nobody sees it."))
    return _sees(owner, row, Viewer(other), left_out(owner))


def _sees(owner: Member, row: OpenToWork, eyes: Viewer, without: LeftOut) -> Answer:
    if eyes.id <= 0:
        # Nobody in particular: signed out, or any member whom she does not know.
        reached = OpenToWork.objects.reaching(eyes).filter(member=owner).exists()
        return Answer(reached and not (without.rows and not eyes), "")
    about = {"name": eyes.me.name, "left_out": _known_at(owner, eyes.me, without.at_work)}
    if eyes.id == owner.pk:
        return Answer(True, _("You see it yourself."))
    for hidden, words in (
        (eyes.id in without.people, _("%(name)s does not see it: you named this person below.")),
        (about["left_out"], _("%(name)s does not see it: %(left_out)s is left out.")),
        (
            not _reached(owner, row).filter(pk=eyes.id).exists(),
            _("%(name)s does not see it: your audience is smaller."),
        ),
    ):
        if hidden:
            return Answer(False, words % about)
    if without.at_work:
        return Answer(True, _("%(name)s sees it, unless something you left out applies that you cannot see.") % about)
    return Answer(True, _("%(name)s sees it.") % about)


def _visible(owner: Member) -> MemberQuerySet:
    return people.visible_to(Viewer(owner))


def _open_at(owner: Member, row: OpenToWork) -> int:
    """The closeness it takes; a profile that opens to fewer people keeps the rest from it."""
    level = MEMBER if row.audience == Audience.RECRUITERS else max(row.audience, Level.MEMBERS)
    return max(int(level), owner.visibility)


def _invited(owner: Member, row: OpenToWork) -> MemberQuerySet:
    """Those to whom a hidden profile opens because its owner invited them: all whose invitation looks pending to her.

    That some of them declined in silence she is not to find out by a number.
    """
    level = MEMBER if row.audience == Audience.RECRUITERS else max(row.audience, Level.MEMBERS)
    asked = Invitation.objects.sent_by(owner).filter(recipient=OuterRef("pk"))
    near = Member.objects.active().alias(near=nearness_of_readers(owner))
    rows = near.filter(near__gte=level, near__lt=_open_at(owner, row)).filter(Q(Exists(asked)))
    return rows.filter(Recruits(F("pk"))) if row.audience == Audience.RECRUITERS else rows


def _reached(owner: Member, row: OpenToWork) -> MemberQuerySet:
    """The members whom the audience reaches, whoever is left out."""
    near = Member.objects.active().exclude(pk=owner.pk).alias(near=nearness_of_readers(owner))
    rows = near.filter(near__gte=_open_at(owner, row))
    if row.audience == Audience.RECRUITERS:
        rows = rows.filter(Recruits(F("pk")))
    return Member.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=_invited(owner, row).values("pk")))


def _count(owner: Member, row: OpenToWork, without: LeftOut) -> int:
    """How many the audience reaches, less those she named. Who works where does not come into it."""
    if row.audience == Audience.RECRUITERS:
        return _reached(owner, row).exclude(pk__in=without.people).count()
    invited = _invited(owner, row).count() if owner.visibility > row.audience else 0
    named = _reached(owner, row).filter(pk__in=without.people).count() if without.people else 0
    return reach(owner, _open_at(owner, row)) + invited - named


def _known_at(owner: Member, other: Member, at_work: Sequence[Exclusion]) -> str:
    """Which of the organisations and domains left out the owner can see that somebody is at; "" for none she sees."""
    if not at_work:
        return ""
    today = clock.now().date().isoformat()
    seen = (
        Item.objects.visible_to(Viewer(owner)).filter(member=other, section="positions").select_related("organization")
    )
    here = [item for item in seen if not item.ended or item.ended >= today[: len(item.ended)]]
    shown = proofs(Viewer(owner), other).values()
    records = {item.organization_id for item in here} - {None}
    names = {item.folded_organization for item in here}
    names |= {item.organization.folded_name for item in here if item.organization}
    for row in at_work:
        folded = {row.folded_name} | ({row.organization.folded_name} if row.organization else set())
        if row.what == What.ORGANIZATION and (row.organization_id in records or folded & names):
            return row.name
        if any(under(proof.domain, row.domain) for proof in shown):
            return row.name or shown_host(row.domain)
    return ""
