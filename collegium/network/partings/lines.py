"""The sentences of the previews: what the network and the rooms below it know of a step's effects."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.audience.viewer import Viewer
from collegium.career.models import Contact, PartAudience
from collegium.career.sections import Part
from collegium.members.models import Member
from collegium.network import lists
from collegium.network.effects import Change, Effects, called, levels_lost
from collegium.openness.models import OpenToWork
from collegium.ties.models import Circling, Connection, Follow
from collegium.ui.text import number
from collegium.vouching.parting import said


def rung(member: Member, others: Sequence[Member], change: Change) -> Effects:
    """A step that leaves the connection as it is."""
    about = {"name": called(others)}
    if change == Change.MUTED:
        return Effects(
            [
                _("No post of %(name)s comes to your home.") % about,
                _("You are told of mentions and replies by %(name)s, and of nothing else.") % about,
            ]
        )
    if change == Change.WORK_ONLY:
        return Effects(
            [
                _("Of the posts of %(name)s, only professional ones come to your home.") % about,
                _("Under personal posts, you are told of mentions and replies by %(name)s alone.") % about,
            ]
        )
    mine = [
        _("No post of %(name)s comes to your home, and you are told of nothing done by %(name)s.") % about,
        _("You go on seeing what is shared with you by %(name)s.") % about,
    ]
    return Effects(mine, [*_of_the_page(member, others, change)])


def _of_the_page(member: Member, others: Sequence[Member], change: Change) -> list[str]:
    """What of her page closes, part by part."""
    about: dict[str, object] = {"name": called(others)}
    lost = levels_lost(member, others, change)
    told = [_("What any member sees of you stays open to %(name)s, and no more than that.") % about]
    if not lost:
        return told
    if member.visibility in lost:
        told.append(_("Your page closes to %(name)s: it is for your connections.") % about)
    parts = PartAudience.objects.filter(member=member, audience__in=lost).values_list("part", flat=True)
    labels = [str(Part(part).label) for part in Part if part in set(parts)]
    if labels:
        closing = _("These parts of your page close to %(name)s: %(parts)s.")
        told.append(closing % (about | {"parts": ", ".join(labels)}))
    ways = Contact.objects.of(member).filter(audience__in=lost).count()
    if ways:
        words = ngettext(
            "%(n)s way to reach you closes to %(name)s.", "%(n)s ways to reach you close to %(name)s.", ways
        )
        told.append(words % (about | {"n": ways}))
    if member.connections_audience in lost:
        told.append(_("Your list of connections closes to %(name)s.") % about)
    if OpenToWork.objects.living().filter(member=member, audience__in=lost).exists():
        told.append(_("That you are open to work is no longer shown to %(name)s.") % about)
    return told


def removal(member: Member, others: Sequence[Member]) -> Effects:
    """The end of the connection."""
    about = {"name": called(others)}
    now = lists.connections(member, Viewer(member)).count()
    left = number(now - len(others))
    words = ngettext(
        "You have %(num)s connection now, and %(left)s then.",
        "You have %(num)s connections now, and %(left)s then.",
        now,
    )
    mine = [words % {"num": number(now), "left": left}]
    mine.append(_("What is only for connections of %(name)s, you no longer see.") % about)
    theirs = [
        _("You disappear from the connections of %(name)s. Nobody is told, now or later.") % about,
        _("What you share with connections only is no longer seen by %(name)s.") % about,
    ]
    return Effects(mine, theirs) + _follows(member, others) + _words(member, others) + _circles(member, others)


def _follows(member: Member, others: Sequence[Member]) -> Effects:
    """Following does not end with the connection, in either direction."""
    about: dict[str, object] = {"name": called(others)}
    followed = Follow.objects.filter(follower=member, followee__in=others).count()
    followers = Follow.objects.filter(follower__in=others, followee=member).count()
    if len(others) == 1:
        here = (
            _("You go on following %(name)s.")
            if followed
            else _("Posts of %(name)s leave your home page: you are connected, but do not follow.")
        )
        there = (
            _("%(name)s goes on following you.")
            if followers
            else _("%(name)s does not follow you, so your posts leave that home page too.")
        )
        return Effects([here % about], [there % about])
    here = _("You go on following %(n)s of them; posts of the others leave your home page.")
    if not followed:
        here = _("You follow none of them: their posts leave your home page.")
    there = _("%(n)s of them go on following you; your posts leave the home pages of the others.")
    if not followers:
        there = _("None of them follows you: your posts leave their home pages.")
    return Effects([here % {"n": number(followed)}], [there % {"n": number(followers)}])


def _words(member: Member, others: Sequence[Member]) -> Effects:
    """What was said for each other."""
    about: dict[str, object] = {"name": called(others)}
    told, mine, theirs = said(member, others), [], []
    if told.endorsed_by:
        words = ngettext(
            "%(n)s endorsement by %(name)s counts no more on your page.",
            "%(n)s endorsements by %(name)s count no more on your page.",
            told.endorsed_by,
        )
        mine.append(words % (about | {"n": number(told.endorsed_by)}))
    if told.recommended_by:
        words = ngettext(
            "%(n)s recommendation by %(name)s stays on your page.",
            "%(n)s recommendations by %(name)s stay on your page.",
            told.recommended_by,
        )
        mine.append(words % (about | {"n": number(told.recommended_by)}))
    if told.together:
        mine.append(_("That you worked together shows on neither page while you are not connected."))
    if told.endorsed or told.recommended:
        theirs.append(_("What you said for %(name)s stays or goes, as you choose below.") % about)
    return Effects(mine, theirs)


def _circles(member: Member, others: Sequence[Member]) -> Effects:
    """Circles are of connections."""
    tied = Connection.objects.filter(member=member, other__in=others).values("other")
    circled = Circling.objects.filter(circle__owner=member, person__in=tied).values("person").distinct().count()
    if not circled:
        return Effects()
    if len(others) == 1:
        about = {"name": called(others)}
        return Effects([_("While you are not connected, %(name)s is in none of your circles.") % about])
    words = ngettext(
        "While you are not connected, %(n)s of them is in none of your circles.",
        "While you are not connected, %(n)s of them are in none of your circles.",
        circled,
    )
    return Effects([words % {"n": number(circled)}])
