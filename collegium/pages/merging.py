"""What pages move when two records of organisations become one."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.lib import clock
from collegium.organizations.merging import Party, count_rows, parties, redirect_rows, take_over
from collegium.organizations.models import Organization
from collegium.pages.models import Claim, Dispute, Follow, Likeness

FOLLOW, ROLE, OFFER = "pages.Follow.organization", "pages.Role.organization", "pages.Offer.organization"
CLAIM, DISPUTE = "pages.Claim.organization", "pages.Dispute.organization"


def _followers(loser: Organization, winner: Organization) -> None:
    """Whoever followed both follows once."""
    take_over("pages_follow", ["member_id"])(loser, winner)
    count = Follow.objects.filter(organization=winner).count()
    Organization.objects.filter(pk=winner.pk).update(follower_count=count)


def _claims(loser: Organization, winner: Organization) -> None:
    """Proofs stay proofs, of the one that stays; what waited for its proof is begun anew there."""
    Claim.objects.waiting().filter(organization__in=(loser, winner)).update(ended_at=clock.now())
    redirect_rows(CLAIM)(loser, winner)


def _disputes(loser: Organization, winner: Organization) -> None:
    """Each is about an entry that moves as well; one that was contested on both is contested once."""
    open_there = Dispute.objects.filter(organization=winner, state__in=Dispute.OPEN_STATES).values("item")
    twice = Dispute.objects.filter(organization=loser, state__in=Dispute.OPEN_STATES, item__in=open_there)
    twice.update(state=Dispute.State.WITHDRAWN, settled_at=clock.now())
    redirect_rows(DISPUTE)(loser, winner)


def _likenesses(loser: Organization, winner: Organization) -> None:
    """The word that they are one is answered; other words about the one that goes are about the one that stays."""
    rows = Likeness.objects.filter(Q(one=loser) | Q(other=loser))
    rows.filter(Q(one=winner) | Q(other=winner)).update(state=Likeness.State.MERGED)
    for row in rows.filter(state=Likeness.State.OPEN):
        third = row.other_id if row.one_id == loser.pk else row.one_id
        first, second = sorted((third, winner.pk))
        same = Likeness.objects.filter(one=first, other=second, state=Likeness.State.OPEN)
        if same.exists():
            row.delete()
        else:
            Likeness.objects.filter(pk=row.pk).update(one=first, other=second)


@transaction.atomic
def move_again(loser: int) -> None:
    """What somebody wrote down while the two were merged still points at the record that went; lead it over too."""
    goes = Organization.objects.select_related("merged_into").filter(pk=loser).first()
    if goes is not None and goes.merged_into is not None:
        stays = Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=goes.merged_into.pk)
        for party in parties:
            party.move(goes, stays)


PARTIES = [
    Party(_("followers"), (FOLLOW,), _followers, count_rows(FOLLOW)),
    Party(
        _("parts of people who work on the page"),
        (ROLE,),
        take_over("pages_role", ["member_id", "part"]),
        count_rows(ROLE),
    ),
    Party("", (OFFER,), take_over("pages_offer", ["member_id", "part"])),
    Party(_("claims of domains"), (CLAIM,), _claims, count_rows(CLAIM)),
    Party(_("contested positions"), (DISPUTE,), _disputes, count_rows(DISPUTE)),
    Party("", ("pages.Likeness.one", "pages.Likeness.other"), _likenesses),
]
