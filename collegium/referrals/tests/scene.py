"""Ada asks Bo, who works at Acme, to put in a word; Pia hires there."""

from dataclasses import dataclass
from datetime import timedelta

from collegium.lib import clock
from collegium.members.models import Member
from collegium.openings.models import Opening
from collegium.openings.tests.scene import led, works_at
from collegium.referrals import actions
from collegium.referrals.models import Referral
from collegium.testing.cast import Cast, make_member

NOTE, WORDS = "You saw my dams in Delft.", "Her dams hold."


@dataclass
class Scene:
    """What a test stands on."""

    cast: Cast
    opening: Opening
    recruiter: Member
    rival: Member
    row: Referral | None = None


def scene(cast: Cast) -> Scene:
    """Bo, Cy and Di work at Acme; Eve and Ed do too, parted from Ada by blocks; Hal did not stay connected."""
    recruiter, rival = make_member("Pia Poster"), make_member("Rolf Rival")
    row = led(recruiter)
    for name in ("bo", "cy", "di", "ed", "eve", "hal", "gus"):
        works_at(getattr(cast, name), row.organization)
    return Scene(cast, row, recruiter, rival)


def asked(cast: Cast) -> Scene:
    """It lies with Bo."""
    made = scene(cast)
    made.row = actions.ask(cast.ada, cast.bo, made.opening, note=NOTE)
    return made


def given(cast: Cast) -> Scene:
    """He gave it."""
    made = asked(cast)
    assert made.row is not None
    made.row = actions.give(made.row, by=cast.bo, knows="together", words=WORDS)
    return made


def long_ago(row: Referral, days: int = 22) -> None:
    """The same, asked so many days ago."""
    Referral.objects.filter(pk=row.pk).update(asked_at=clock.now() - timedelta(days=days))
