"""The rule in SQL against the same rule in plain Python, on small communities that nobody thought of.

The model knows nothing of the database: it is a few loops over plain values, written down from the promise.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from collegium.audience.viewer import NOBODY, Viewer
from collegium.lib import clock
from collegium.members.models import Member
from collegium.openness.models import Audience, Exclusion, OpenToWork, Recruiter
from collegium.openness.rule import Excluded, Recruits
from collegium.openness.tests.scene import proved, works
from collegium.organizations.models import Organization
from collegium.testing.cast import connect, make_member
from collegium.ties.models import Block
from collegium.workplaces.models import Proof

PEOPLE = 5
ORGANISATIONS = ("Acme", "Beta", "Gamma")  # The first two have records.
DOMAINS = ("acme.example", "mail.acme.example", "macme.example", "xn--mnchen-3ya.example")
NATIVE = {"xn--mnchen-3ya.example": "münchen.example"}


@dataclass
class Person:
    """One of the five, as plain values."""

    works: list[tuple[str, bool, bool]] = field(default_factory=list)  # organisation, linked to its record, over
    proofs: list[tuple[str, str, bool, bool]] = field(default_factory=list)  # domain, organisation, of_position, over
    address: str = "example.org"
    recruits: bool = False


worked = st.lists(st.tuples(st.sampled_from(ORGANISATIONS), st.booleans(), st.booleans()), max_size=2)
proving = st.lists(
    st.tuples(st.sampled_from(DOMAINS), st.sampled_from(ORGANISATIONS), st.booleans(), st.booleans()), max_size=1
)
addresses = st.sampled_from(["example.org", *DOMAINS[:3], "münchen.example"])
persons = st.builds(Person, works=worked, proofs=proving, address=addresses, recruits=st.booleans())
left_out = st.one_of(
    st.tuples(st.just("person"), st.integers(1, PEOPLE - 1)),
    st.tuples(st.just("organization"), st.sampled_from(ORGANISATIONS)),
    st.tuples(st.just("domain"), st.sampled_from(DOMAINS)),
)
ties = st.sets(
    st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)).filter(lambda t: t[0] < t[1]), max_size=4
)


@dataclass
class Community:
    """Five people; the first is open to work."""

    people: list[Person]
    tied: set[tuple[int, int]]
    blocked: set[tuple[int, int]]
    audience: Audience
    without: list[tuple[str, object]]
    visibility: Member.Visibility


communities = st.builds(
    Community,
    people=st.lists(persons, min_size=PEOPLE, max_size=PEOPLE),
    tied=ties,
    blocked=st.sets(
        st.tuples(st.integers(0, 1), st.integers(0, PEOPLE - 1)).filter(lambda t: t[0] != t[1]), max_size=1
    ),
    audience=st.sampled_from(list(Audience)),
    without=st.lists(left_out, max_size=2),
    visibility=st.sampled_from(list(Member.Visibility)),
)


def below(domain: str, parent: str) -> bool:
    own, other = domain.split("."), parent.split(".")
    return own[-len(other) :] == other


def proof_lives(person: Person, proof: tuple[str, str, bool, bool]) -> bool:
    """Made for a position with no record: one of that name, unlinked and not over, must be there."""
    _domain, name, of_position, over = proof
    return not over and (not of_position or any(w == (name, False, False) for w in person.works))


def is_left_out(it: Community, viewer: int | None) -> bool:
    if viewer is None:
        return bool(it.without)
    if viewer == 0:
        return False
    person = it.people[viewer]
    living = [proof for proof in person.proofs if proof_lives(person, proof)]
    at = [*(proof[0] for proof in living), person.address]
    for what, value in it.without:
        if what == "person" and value == viewer:
            return True
        if what == "organization" and any(name == value and not over for name, _linked, over in person.works):
            return True
        if what == "organization" and any(proof[1] == value for proof in living):
            return True
        if what == "domain" and any(below(one, value) or below(one, NATIVE.get(value, value)) for one in at):
            return True
    return False


def closeness(it: Community, viewer: int | None) -> int:
    if viewer is None:
        return 0 if it.visibility == Member.Visibility.PUBLIC else -1
    if viewer == 0:
        return 4
    if (0, viewer) in it.blocked or (viewer, 0) in it.blocked:
        return -1
    near = {number: {a + b - number for a, b in it.tied if number in (a, b)} for number in range(PEOPLE)}
    if viewer in near[0]:
        return 3
    return 2 if near[0] & near[viewer] else 1


def learns(it: Community, viewer: int | None) -> bool:
    near = closeness(it, viewer)
    if viewer == 0:
        return True
    if near < it.visibility or is_left_out(it, viewer):
        return False
    if it.audience == Audience.RECRUITERS:
        person = it.people[viewer] if viewer is not None else Person()
        return near >= 1 and person.recruits and any(proof_lives(person, proof) for proof in person.proofs)
    return near >= it.audience and it.audience != Audience.HIDDEN


def build(it: Community, rows: list[Member], records: dict[str, Organization]) -> None:
    for person, row in zip(it.people, rows, strict=True):
        EmailAddress.objects.create(user=row.user, email=f"x{row.pk}@{person.address}", verified=True, primary=False)
        for name, linked, over in person.works:
            works(row, name.upper(), record=records.get(name) if linked else None, ended="2001" if over else "")
        for domain, name, of_position, over in person.proofs:
            ends = clock.now() + timedelta(days=-1 if over else 9)
            proved(row, domain, name, of_position=of_position, expires_at=ends)
        if person.recruits:
            Recruiter.objects.create(member=row)
    for one, other in it.tied:
        connect(rows[one], rows[other])
    for one, other in it.blocked:
        Block.objects.create(blocker=rows[one], blocked=rows[other])
    Member.objects.filter(pk=rows[0].pk).update(visibility=it.visibility)
    now = clock.now()
    OpenToWork.objects.create(member=rows[0], audience=it.audience, since=now, until=now + timedelta(days=1))
    for what, value in dict.fromkeys(it.without):
        given = {"person": rows[value]} if what == "person" else {}
        given |= {"name": value, "organization": records.get(value)} if what == "organization" else {}
        given |= {"domain": value, "native_domain": NATIVE.get(value, value)} if what == "domain" else {}
        Exclusion.objects.create(member=rows[0], what=what, **given)


# A community takes a moment to build, so one that fails is shown as it was found, not made smaller first.
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    database=None,
)
@given(it=communities)
@pytest.mark.django_db
def test_the_rule_is_the_model(it: Community) -> None:
    # Ties are tied by the product, which forbids them after a block: those that never were are left out of the model.
    it.tied -= it.blocked | {(b, a) for a, b in it.blocked}
    with transaction.atomic():
        rows = [make_member(f"Person{number}") for number in range(PEOPLE)]
        records = {
            name: Organization.objects.create(handle=name.lower(), name=name, website="") for name in ORGANISATIONS[:2]
        }
        build(it, rows, records)
        seen = [OpenToWork.objects.visible_to(Viewer(row)).exists() for row in rows]
        assert seen == [learns(it, number) for number in range(PEOPLE)]
        assert OpenToWork.objects.visible_to(NOBODY).exists() == learns(it, None)
        # The same words from the other side, the owner known and the members gone through.
        members = Member.objects.filter(pk__in=[row.pk for row in rows]).order_by("id")
        excluded = members.annotate(out=Excluded(F("id"), rows[0].pk)).values_list("out", flat=True)
        assert list(excluded) == [is_left_out(it, number) for number in range(PEOPLE)]
        hire = members.annotate(out=Recruits(F("id"))).values_list("pk", "out")
        living = set(Proof.objects.living().values_list("member_id", flat=True))
        saying = set(Recruiter.objects.values_list("member_id", flat=True))
        assert dict(hire) == {row.pk: row.pk in living & saying for row in rows}
        transaction.set_rollback(True)
