"""May she do this, and does anything stand in the way?

`may_…` says whether the step is hers; `hindrance_to_…` says what in the state of things stands in the way, as a
sentence for her; asked under the lock of the pair.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.career.models import Holding, Item
from collegium.career.sections import Section
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.ties.models import Connection
from collegium.ui.text import day
from collegium.vouching.models import Confirmation, Endorsement, ForeignRecommendation
from collegium.vouching.models import Recommendation as Words
from collegium.vouching.models import RecommendationRequest as Wish
from collegium.vouching.models.requests import MOST_STANDING

# What a recommendation can be about, and where people meet.
ABOUT = (Section.POSITIONS, Section.EDUCATION, Section.VOLUNTEERING, Section.PROJECTS)
MOST_PROPOSED = 50


def in_standing(member: Member) -> bool:
    """Whether the member is active now, whatever was true when the request began."""
    return Member.objects.active().filter(pk=member.pk).exists()


def connected(member: Member, other: int) -> bool:
    """Whether the two are connected, and both in good standing."""
    ties = Connection.objects.filter(member=member, other=other, other__standing=Member.Standing.ACTIVE)
    return in_standing(member) and ties.exists()


def may_endorse(member: Member, holding: Holding) -> bool:
    """Those connected with the owner who see the skill; nobody herself."""
    if holding.member_id == member.pk or not connected(member, holding.member_id):
        return False
    return Holding.objects.visible_to(Viewer(member)).filter(pk=holding.pk).exists()


def may_take_back(member: Member) -> bool:
    """Everyone her own endorsement, whether or not she still sees the skill."""
    return in_standing(member)


def may_hide(member: Member, thing: Holding | Endorsement) -> bool:
    """Only whose skill it is."""
    return thing.member_id == member.pk and in_standing(member)


def may_ask(member: Member, other: Member) -> bool:
    """Only somebody she is connected with."""
    return member.pk != other.pk and connected(member, other.pk)


def may_write(member: Member, other: Member) -> bool:
    """Only about somebody she is connected with."""
    return member.pk != other.pk and connected(member, other.pk)


def may_answer_request(member: Member, wish: Wish) -> bool:
    """Only who was asked."""
    return wish.writer_id == member.pk and in_standing(member)


def may_withdraw_request(member: Member, wish: Wish) -> bool:
    """Only who asked."""
    return wish.asker_id == member.pk and in_standing(member)


def may_edit(member: Member, words: Words) -> bool:
    """Only who wrote it, as long as the two are connected: an edit is read by the other."""
    return words.author_id == member.pk and connected(member, words.recipient_id)


def may_retract(member: Member, words: Words) -> bool:
    """Only who wrote it, at any time."""
    return words.author_id == member.pk and in_standing(member)


def may_decide(member: Member, words: Words) -> bool:
    """Only for whom it was written: it is her page."""
    return words.recipient_id == member.pk and in_standing(member)


def may_return(member: Member, words: Words) -> bool:
    """Only for whom it was written, as long as the two are connected: the remark is read by the other."""
    return words.recipient_id == member.pk and connected(member, words.author_id)


def may_propose(member: Member, other: Member) -> bool:
    """Only to somebody she is connected with."""
    return member.pk != other.pk and connected(member, other.pk)


def may_confirm(member: Member, row: Confirmation) -> bool:
    """Only the one who was asked, as long as the two are connected."""
    pair = {row.low_id, row.high_id}
    if member.pk not in pair or row.asked_by_id == member.pk:
        return False
    return connected(member, (pair - {member.pk}).pop())


def may_end(member: Member, row: Confirmation) -> bool:
    """Either of the two, at any time."""
    return member.pk in (row.low_id, row.high_id) and in_standing(member)


def may_show_foreign(member: Member, row: ForeignRecommendation) -> bool:
    """Only whose it is."""
    return row.member_id == member.pk and in_standing(member)


def may_keep_foreign(member: Member) -> bool:
    """Everyone in good standing, for herself."""
    return in_standing(member)


def positions(recipient: Member, author: Member) -> QuerySet[Item]:
    """What of the recipient a recommendation by this author can be about: what the author may read."""
    rows = Item.objects.visible_to(Viewer(author)).filter(member=recipient, section__in=ABOUT)
    return rows.select_related("organization").order_by("section", "rank", "-id")


def hindrance_to_asking(member: Member, other: Member) -> Conflict | None:
    """What stands in the way of asking now; the same for a request that waits and one declined."""
    standing = Wish.objects.by(Viewer(member))
    if waiting := standing.filter(writer=other).first():
        about = {"name": other.name, "day": day(waiting.created_at)}
        return Conflict(_("You asked %(name)s on %(day)s.") % about)
    if standing[:MOST_STANDING].count() >= MOST_STANDING:
        words = _("%(n)s requests of yours wait for an answer, and that is the most there can be. Withdraw one first.")
        return Conflict(words % {"n": MOST_STANDING})
    return None


def hindrance_to_reminding(wish: Wish) -> Conflict | None:
    """One reminder, after a week."""
    if wish.reminded_at is not None:
        return Conflict(_("You have sent the one reminder, on %(day)s.") % {"day": day(wish.reminded_at)})
    if not wish.is_remindable:
        words = _("Give %(name)s a little time: you can send the one reminder from %(day)s on.")
        return Conflict(words % {"name": wish.writer.name, "day": day(wish.remind_from)})
    return None


def hindrance_to_proposing(member: Member) -> Conflict | None:
    """Too many that nobody has answered."""
    waiting = Confirmation.objects.filter(asked_by=member, confirmed_at=None)
    if waiting[:MOST_PROPOSED].count() < MOST_PROPOSED:
        return None
    return Conflict(
        _("%(n)s of your questions wait for an answer, and that is the most there can be. End one first.")
        % {"n": MOST_PROPOSED}
    )
