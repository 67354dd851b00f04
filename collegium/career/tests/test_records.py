"""Organisations that people name: a plain record where every member may read the name, and never two of one name."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection

from collegium.audience.level import Level
from collegium.career import actions, records
from collegium.career.document import Draft
from collegium.career.models import Disowned, Item, PartAudience
from collegium.career.sections import Part, Section
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.members.models import Member
from collegium.organizations import actions as register
from collegium.organizations.founding import found_named
from collegium.organizations.models import Organization
from collegium.testing.fixtures import queries
from collegium.testing.racing import race
from collegium.workplaces.models import Proof

pytestmark = pytest.mark.django_db


def add(member, name, section=Section.POSITIONS, **more):
    return actions.add(member, section, organization_name=name, **{"title": "Diver"} | more)


def test_a_name_is_a_record_as_soon_as_somebody_says_it(cast):
    item = add(cast.ada, "Deep Works")
    row = Organization.objects.get()
    assert item.organization == row
    assert (row.name, row.kind, row.handle, row.is_page) == ("Deep Works", "company", "deep-works", False)
    entry = Entry.objects.get(kind="organizations.founded")
    assert (entry.actor, entry.subject) == (cast.ada.pk, row.pk)
    assert add(cast.bo, "DEEP wörks".replace("ö", "o")).organization == row
    assert Organization.objects.count() == 1


@pytest.mark.parametrize(
    ("section", "kind"),
    [
        (Section.POSITIONS, "company"),
        (Section.EDUCATION, "school"),
        (Section.VOLUNTEERING, "other"),
        (Section.CERTIFICATES, "other"),
        (Section.MEMBERSHIPS, "other"),
    ],
)
def test_the_section_says_what_it_is(cast, section, kind):
    assert add(cast.ada, "Deep Works", section).organization.kind == kind


def test_a_name_of_two_stays_words(cast):
    for _twice in range(2):
        register.found("Twin", by=None)
    assert add(cast.ada, "Twin").organization is None
    assert Organization.objects.count() == 2


def test_sections_without_an_organisation_make_none(cast):
    actions.add(cast.ada, Section.LANGUAGES, title="Swahili")
    assert not Organization.objects.exists()


CLOSED = {
    # what is closed: how
    "the section is for connections": lambda ada: PartAudience.objects.create(
        member=ada, part=Part.POSITIONS, audience=Level.CONNECTIONS
    ),
    "the section is for nobody": lambda ada: PartAudience.objects.create(
        member=ada, part=Part.POSITIONS, audience=Level.ONLY_ME
    ),
    "the profile is hidden": lambda ada: Member.objects.filter(pk=ada.pk).update(visibility=3),
}


@pytest.mark.parametrize("how", CLOSED)
def test_what_few_may_read_makes_no_record(cast, how):
    """Records are public: one that came to be from a closed entry would tell its name."""
    CLOSED[how](cast.ada)
    item = add(cast.ada, "Secret Works")
    assert item.organization is None
    records.sweep()
    assert not Organization.objects.exists()
    said = add(cast.bo, "Secret Works")
    item.refresh_from_db()
    assert item.organization == said.organization is not None


def test_a_closed_section_beside_an_open_one(cast):
    PartAudience.objects.create(member=cast.ada, part=Part.EDUCATION, audience=Level.ONLY_ME)
    assert add(cast.ada, "Secret School", Section.EDUCATION).organization is None
    assert add(cast.ada, "Open Works").organization is not None
    assert not Organization.objects.filter(name="Secret School").exists()


def test_a_section_for_members_is_open_enough(cast):
    PartAudience.objects.create(member=cast.ada, part=Part.POSITIONS, audience=Level.MEMBERS)
    assert add(cast.ada, "Deep Works").organization is not None


def test_once_it_is_opened_the_sweep_makes_the_record(cast):
    actions.set_audience(cast.ada, Part.POSITIONS, Level.ONLY_ME)
    item = add(cast.ada, "Late Works")
    actions.set_audience(cast.ada, Part.POSITIONS, Level.MEMBERS)
    records.sweep()
    records.sweep()
    item.refresh_from_db()
    assert item.organization == Organization.objects.get(name="Late Works")


def test_a_day_has_room_for_so_many(cast, monkeypatch):
    monkeypatch.setattr(records, "MOST_A_DAY", 2)
    made = [add(cast.ada, f"Works {number}").organization for number in range(4)]
    assert [each is not None for each in made] == [True, True, False, False]
    assert add(cast.bo, "Works 2").organization is not None
    assert add(cast.ada, "Works 0").organization is not None
    old = clock.now() - timedelta(days=2)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_entry SET id = (%s::bigint << 21) + (id & 1048575) WHERE kind = 'organizations.founded'",
            [int(old.timestamp() * 1000)],
        )
    assert add(cast.ada, "Works 9").organization is not None


def test_an_import_makes_them_in_sets(cast):
    drafts = [Draft(Section.POSITIONS, title="Diver", organization_name=f"Works {number}") for number in range(20)]
    drafts.append(Draft(Section.EDUCATION, organization_name="Works 3"))
    actions.take(cast.ada, drafts)
    assert Organization.objects.count() == 20
    assert not Item.objects.filter(organization=None).exists()
    assert Organization.objects.get(name="Works 3").kind == "company"


def test_sets_cost_no_statement_a_name(db):
    few = len(queries(lambda: found_named({f"Few {number}": "company" for number in range(2)})))
    assert few == len(queries(lambda: found_named({f"Many {number}": "company" for number in range(200)})))


def test_very_many_at_once(db):
    names = {f"Mass Works {number}": "other" for number in range(700)} | {"mass works 3": "other", "水利": "school"}
    made = found_named(names)
    assert (len(made.rows), len(made.born)) == (702, 701)
    assert made.rows["mass works 3"] == made.rows["Mass Works 3"]
    assert Organization.objects.count() == 701
    assert found_named(names) == (made.rows, [])


def test_editing_names_another(cast):
    item = add(cast.ada, "Deep Works")
    actions.edit(item, by=cast.ada, organization_name="Shallow Works")
    item.refresh_from_db()
    assert item.organization.name == "Shallow Works"


def test_what_was_disowned_is_not_led_back(cast):
    item = add(cast.ada, "Deep Works")
    Disowned.objects.create(member=cast.ada, organization=item.organization, until=clock.now() + timedelta(days=1))
    assert add(cast.ada, "Deep Works", Section.VOLUNTEERING).organization is None
    actions.take(cast.ada, [Draft(Section.PROJECTS, title="Dam", organization_name="Deep Works")])
    actions.edit(item, by=cast.ada, organization_name="Deep Works")
    records.sweep()
    assert not Item.objects.filter(member=cast.ada, organization__isnull=False).exists()
    assert add(cast.bo, "Deep Works").organization is not None


def test_a_proof_of_a_name_goes_with_the_position(cast):
    actions.set_audience(cast.ada, Part.POSITIONS, Level.ONLY_ME)
    item = add(cast.ada, "Proved Works")
    now = clock.now()
    proof = Proof.objects.create(
        member=cast.ada,
        organization_name="proved works",
        of_position=True,
        domain="works.example",
        address_hash="x",
        proved_at=now,
        expires_at=now + timedelta(days=9),
    )
    assert Proof.objects.living().exists()
    add(cast.bo, "Proved Works")
    item.refresh_from_db()
    proof.refresh_from_db()
    assert proof.organization == item.organization is not None
    assert Proof.objects.living().exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_name_it_at_once_make_one(cast):
    people = [cast.ada, cast.bo, cast.cy, cast.di]
    outcomes = race(*(lambda who=who: add(who, "Race Works") for who in people))
    assert {item.organization_id for item in outcomes} == {Organization.objects.get().pk}


def untied():
    """As careers stood before there were records for every name."""
    Item.objects.update(organization=None)
    Organization.objects.all().delete()


def test_the_migration_does_the_same_for_what_stands_there(cast):
    for person, name, section in (
        (cast.ada, "Old Works", Section.POSITIONS),
        (cast.bo, "old works", Section.VOLUNTEERING),
        (cast.di, "Old School", Section.EDUCATION),
        (cast.cy, "Secret Works", Section.POSITIONS),
        (cast.di, "Twin", Section.POSITIONS),
    ):
        add(person, name, section)
    untied()
    PartAudience.objects.create(member=cast.cy, part=Part.POSITIONS, audience=Level.ONLY_ME)
    for _twice in range(2):
        register.found("Twin", by=None)
    migration = import_module("collegium.career.migrations.0004_records_of_names")
    migration.BATCH = 2
    editor = type("Editor", (), {"connection": connection})
    for _twice in range(2):
        migration.found(None, editor)
        migration.tie(None, editor)
    assert sorted(Organization.objects.values_list("name", "kind")) == [
        ("Old School", "school"),
        ("Old Works", "company"),
        ("Twin", "other"),
        ("Twin", "other"),
    ]
    tied = dict(Item.objects.order_by("pk").values_list("organization_name", "organization__name"))
    assert tied == {
        "Old Works": "Old Works",
        "old works": "Old Works",
        "Old School": "Old School",
        "Secret Works": None,
        "Twin": None,
    }
