"""Who reads an opening: everybody, members, the team; never those from whom it is hidden."""

from datetime import timedelta

import pytest

from collegium.audience.viewer import NOBODY, Viewer
from collegium.lib import clock
from collegium.openings.models import Ended, Hidden, Opening, Part, Seat, State
from collegium.openings.tests.scene import acme, hiring_page, opening, works_at
from collegium.pages.models import Part as PagePart
from collegium.pages.models import Role
from collegium.testing.cast import Cast

pytestmark = pytest.mark.django_db
NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "gus", "nobody")


def readers(cast: Cast, row: Opening) -> str:
    found = []
    for name in NAMES:
        viewer = NOBODY if name == "nobody" else cast.viewer(name)
        if Opening.objects.visible_to(viewer).filter(pk=row.pk).exists():
            found.append(name)
    return " ".join(found)


def test_who_reads_it(cast: Cast) -> None:
    # Ed and Eve are parted from Ada by blocks, Gus is suspended and reads as nobody in particular.
    assert readers(cast, opening(cast.ada)) == "ada bo cy di flo hal nobody"


def test_hidden_ones_and_those_for_members(cast: Cast) -> None:
    row = opening(cast.ada, members_only=True)
    assert readers(cast, row) == "ada bo cy di flo hal"
    Hidden.objects.create(opening=row, what="person", person=cast.bo)
    Hidden.objects.create(opening=row, what="domain", domain="nowhere.example", native_domain="nowhere.example")
    assert readers(cast, row) == "ada cy di flo hal"


def test_what_is_over_is_its_team_s(cast: Cast) -> None:
    long_ago = clock.now() - timedelta(days=22)
    for row in (
        opening(cast.ada, state=State.DRAFT),
        opening(cast.ada, state=State.CLOSED, closed_at=clock.now(), ended=Ended.FILLED),
        opening(cast.ada, expires_at=clock.now()),
        opening(cast.ada, posted_at=long_ago, reviewed_at=long_ago),
    ):
        assert readers(cast, row) == ""
        Seat.objects.create(opening=row, member=cast.di, part=Part.OBSERVER)
        Seat.objects.create(opening=row, member=cast.gus, part=Part.LEAD)
        assert readers(cast, row) == "di"
        assert list(Opening.objects.hired_for_by(cast.viewer("di"), least=Part.RECRUITER)) == []


def test_who_hires_on_a_page(cast: Cast) -> None:
    at = hiring_page(cast)
    Opening.objects.filter(pk=at.opening.pk).update(state=State.DRAFT, title="")
    who = ("super", "content", "recruiter", "analyst", "former", "owner", "stranger", "interviewer", "observer")
    seen = {name for name in who if _reads(getattr(at, name), at.opening)}
    assert seen == {"super", "recruiter", "interviewer", "observer"}
    # A seat as a recruiter counts on a page only with the part on the page itself; who lost that part is out at once.
    Seat.objects.create(opening=at.opening, member=at.former, part=Part.LEAD)
    assert not _reads(at.former, at.opening)
    Role.objects.filter(member=at.recruiter, part=PagePart.RECRUITER).delete()
    assert not _reads(at.recruiter, at.opening)


def test_hidden_from_an_employer_and_a_domain(cast: Cast) -> None:
    rival = acme()
    row = opening(cast.ada, hiring_page(cast).page, members_only=True)
    works_at(cast.bo, rival)
    Hidden.objects.create(opening=row, what="organization", organization=rival, name="Acme")
    assert readers(cast, row) == "ada cy di ed eve flo hal"
    # Everybody of the cast has an address at this domain.
    Hidden.objects.create(opening=row, what="domain", domain="example.org", native_domain="example.org")
    assert readers(cast, row) == "ada"


def test_whoever_left_the_organization_reads_it(cast: Cast) -> None:
    row = opening(cast.ada, members_only=True)
    works_at(cast.bo, acme())
    Hidden.objects.create(opening=row, what="organization", organization=acme(), name="Acme")
    assert "bo" not in readers(cast, row)
    cast.bo.career_items.update(ended="2021")
    assert "bo" in readers(cast, row)


def test_what_is_hidden_is_gone_for_nobody_who_never_could_read_it(cast: Cast) -> None:
    row = opening(cast.ada, state=State.CLOSED, closed_at=clock.now(), ended=Ended.FILLED)
    Hidden.objects.create(opening=row, what="person", person=cast.bo)
    once = [name for name in NAMES if _once(cast, name, row)]
    assert once == ["ada", "cy", "di", "flo", "hal"]


def _once(cast: Cast, name: str, row: Opening) -> bool:
    viewer = NOBODY if name == "nobody" else cast.viewer(name)
    return Opening.objects.once_visible_to(viewer).filter(pk=row.pk).exists()


def _reads(member: object, row: Opening) -> bool:
    return Opening.objects.visible_to(Viewer(member)).filter(pk=row.pk).exists()  # type: ignore[arg-type]
