"""Signs of caution: sixty and more postings with what is to be seen in each; honest ones have none. And the marks."""

from datetime import timedelta
from typing import Any

import pytest

from collegium.lib import clock, ids
from collegium.openings import trust
from collegium.openings.models import Opening
from collegium.openings.tests import postings
from collegium.openings.tests.scene import hiring_page, opening
from collegium.openings.trust import marks
from collegium.openings.trust.case import Case
from collegium.openings.trust.likeness import alike
from collegium.openings.trust.signs import SIGNS, of
from collegium.organizations.models import Organization
from collegium.pages.models import Claim
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries
from collegium.workplaces.models import Proof


def seen(text: str = "", title: str = "Engineer", **about: Any) -> str:
    given = {"name": "Acme", "domain": "acme.example", "proved": True} | about
    return " ".join(sorted(sign.name for sign in of(Case(title=title, text=text, **given))))


@pytest.mark.parametrize("text", postings.HONEST)
def test_honest_ones_have_no_sign(text: str) -> None:
    assert seen(text) == ""


@pytest.mark.parametrize(("signs", "text"), postings.DISHONEST)
def test_dishonest_ones_have_theirs(signs: str, text: str) -> None:
    assert set(seen(text).split()) == set(signs.split())


def test_the_tables_are_large_enough_and_know_every_sign_of_texts() -> None:
    assert len(postings.HONEST) + len(postings.DISHONEST) >= 60
    known = {name for signs, _text in postings.DISHONEST for name in signs.split()}
    beside = {"unproved", "newcomer", "pay", "look_alike"}
    assert known | beside == {sign.__name__ for sign in SIGNS}


NOW = clock.now()
ABOUT = [
    # who stands behind it
    ("", {"proved": True}),
    ("unproved", {"proved": False}),
    ("", {"proved": False, "page": True}),
    ("newcomer unproved", {"proved": False, "since": NOW - timedelta(days=29)}),
    ("unproved", {"proved": False, "since": NOW - timedelta(days=31)}),
    ("", {"proved": True, "since": NOW - timedelta(days=1)}),
    ("", {"proved": False, "page": True, "since": NOW - timedelta(days=1)}),
    # what it pays
    ("", {"yearly": 90_000, "usual": None}),
    ("", {"yearly": 90_000, "usual": 30_000}),
    ("pay", {"yearly": 90_001, "usual": 30_000}),
    ("pay", {"yearly": 90_001, "usual": 30_000, "page": True}),
    # what it is called
    ("look_alike", {"resembled": "Acme"}),
    ("", {"resembled": "Acme", "page": True}),
]


@pytest.mark.parametrize(("signs", "about"), ABOUT)
def test_what_is_known_beside_the_text(signs: str, about: dict[str, Any]) -> None:
    assert seen(now=NOW, **about) == signs


NAMES = [
    (True, "Acme", "Acme Careers"),
    (True, "Acme", "ACME GmbH"),
    (True, "Acme", "Аcme"),
    (True, "Acme", "Acrne"),
    (True, "Vattenfall", "Vattenfal"),
    (True, "Vattenfall", "Vatenfall HR Team"),
    (True, "Siemens", "Seimens"),
    (True, "Café Müller", "Cafe Muller"),
    (True, "Google", "G00gle Jobs"),
    (False, "Acme", "Acne"),
    (False, "Siemens", "Simmons"),
    (False, "SAP", "SAB"),
    (False, "Nordbank", "Nordbahn"),
    (False, "Thameside Infirmary", "Thameside Bakery"),
]


@pytest.mark.parametrize(("same", "one", "other"), NAMES)
def test_names_that_look_alike(same: bool, one: str, other: str) -> None:
    assert alike(one, other) is same
    assert alike(other, one) is same


def prove(member: Any, organization: Organization) -> None:
    now = clock.now()
    Proof.objects.create(
        member=member,
        organization=organization,
        organization_name=organization.name,
        of_position=False,
        domain="acme.example",
        address_hash=f"{member.pk}",
        proved_at=now,
        expires_at=now + timedelta(days=30),
    )


def names(cast: Cast, row: Opening) -> str:
    row = Opening.objects.with_faces().get(pk=row.pk)
    return " ".join(sign.name for sign in trust.signals(row, cast.viewer("di")))


@pytest.mark.django_db
def test_signs_of_rows(cast: Cast) -> None:
    row = opening(cast.ada)
    assert names(cast, row) == "unproved newcomer"
    prove(cast.ada, row.organization)
    assert names(cast, row) == ""
    Proof.objects.update(expires_at=clock.now())
    assert names(cast, row) == "unproved newcomer"
    row.questions.create(place=0, words="Please provide your IBAN.", answer="text")
    assert names(cast, row) == "unproved newcomer bank"
    Opening.objects.filter(pk=row.pk).update(poster=None)
    assert names(cast, row) == "unproved bank"


@pytest.mark.django_db
def test_pay_is_held_against_what_others_pay(cast: Cast) -> None:
    row = opening(cast.ada, yearly_euros=300_000)
    prove(cast.ada, row.organization)
    for number in range(5):
        assert names(cast, row) == ""
        other = Organization.objects.create(handle=f"other-{number}", name=f"Works {number}")
        opening(cast.bo, other, title="ENGINEER", yearly_euros=60_000 + number)
    assert names(cast, row) == "pay"
    Opening.objects.exclude(pk=row.pk).update(members_only=True)
    assert names(cast, row) == ""


@pytest.mark.django_db
def test_a_record_named_nearly_like_a_page(cast: Cast) -> None:
    page = Organization.objects.create(handle="vattenfall", name="Vattenfall", page_since=clock.now())
    fake = Organization.objects.create(handle="vattenfall-careers", name="Vattenfal Careers")
    row = opening(cast.ada, fake)
    assert names(cast, row) == "unproved newcomer look_alike"
    Organization.objects.filter(pk=page.pk).update(page_since=None)
    assert names(cast, row) == "unproved newcomer"


def labels(cast: Cast, row: Opening) -> list[tuple[str, str]]:
    row = Opening.objects.with_faces().get(pk=row.pk)
    return [(mark.label, mark.tone) for mark in marks.of(cast.viewer("di"), [row])[row.pk]]


@pytest.mark.django_db
def test_marks(cast: Cast) -> None:
    row = opening(cast.ada)
    assert labels(cast, row)[0] == ("Plain record", "")
    assert labels(cast, row)[1][0].startswith("Member since ")
    prove(cast.ada, row.organization)
    assert labels(cast, row) == [("Plain record", ""), ("Posted from within", "good")]
    Opening.objects.filter(pk=row.pk).update(text="Message me on WhatsApp: +44 7700 900123")
    assert labels(cast, row)[-1] == ("Look twice", "warn")


@pytest.mark.django_db
def test_marks_of_a_page_name_its_domain(cast: Cast) -> None:
    made = hiring_page(cast)
    domain = Claim.objects.proved().filter(organization=made.page).values_list("domain", flat=True).first()
    assert labels(cast, made.opening) == [(domain, "good")]


@pytest.mark.django_db
def test_marks_cost_the_same_for_many(cast: Cast) -> None:
    made = hiring_page(cast)

    def read() -> None:
        marks.of(cast.viewer("di"), list(Opening.objects.with_faces()))

    def grow() -> None:
        for member in (cast.ada, cast.bo, cast.cy):
            opening(member)
            opening(member, made.page)

    assert_same_queries(read, grow, read)


def test_keys_tell_when_somebody_joined() -> None:
    """What `newcomer` stands on."""
    assert ids.instant(0).year < NOW.year
