"""Two records become one: everything moves, nothing is lost, names and addresses lead on."""

from datetime import timedelta

import pytest
from django.apps import apps

from collegium.career import actions as career
from collegium.career.models import Disowned, Item
from collegium.career.sections import Section
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.notifications.models import Notification
from collegium.organizations.merging import parties, preview
from collegium.organizations.models import Organization
from collegium.organizations.naming import find
from collegium.organizations.suggesting import suggest
from collegium.pages import rules, tasks
from collegium.pages.actions import disputing, editing, following, merging
from collegium.pages.models import Claim, Dispute, Follow, Likeness, Offer, Part, Role
from collegium.pages.tests import scene
from collegium.testing.cast import client_of, make_member
from collegium.testing.racing import race
from collegium.workplaces.models import Proof

pytestmark = pytest.mark.django_db


def pointing():
    """Every column of every table that points at an organisation."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "related_model", None) is Organization and field.concrete
    }


def test_every_column_that_points_at_an_organisation_has_its_party():
    named = [field for party in parties for field in party.fields]
    assert len(named) == len(set(named))
    # The sign from a merged record to the one that stands is set by the merging itself.
    assert pointing() - set(named) == {"organizations.Organization.merged_into"}
    assert set(named) <= pointing()


@pytest.fixture
def two(cast):
    """A page of Ada's, and a second record of the same works that others have named."""
    page = scene.proved(cast.ada)
    double = scene.plain("Nordic Dams")
    return page, double, scene.owner(make_member("Olga Owner"))


def left(key):
    """What still points at a record."""
    found = {}
    for name in pointing() - {"organizations.Organization.merged_into"}:
        label, _dot, field = name.rpartition(".")
        if count := apps.get_model(label)._base_manager.filter(**{f"{field}_id": key}).count():
            found[name] = count
    return found


def filled(cast, page, double):
    """Rows of every table of these rooms at both records, some of the same person."""
    career.add(cast.bo, Section.POSITIONS, title="Diver", organization_name=double.name)
    career.add(cast.di, Section.POSITIONS, title="Cook", organization_name=page.name)
    for row, people in ((page, (cast.bo, cast.di)), (double, (cast.di, cast.cy))):
        Organization.objects.filter(pk=row.pk).update(page_since=clock.now())
        row.refresh_from_db()
        for member in people:
            following.follow(row, by=member)
    Organization.objects.filter(pk=double.pk).update(page_since=None)
    for row in (page, double):
        Role.objects.get_or_create(member=cast.bo, organization=row, part=Part.CONTENT)
        Offer.objects.create(member=cast.cy, organization=row, part=Part.ANALYST)
        Disowned.objects.create(member=cast.flo, organization=row, until=clock.now() + timedelta(days=9))
        Claim.objects.create(organization=row, member=cast.di, domain="other.example", token=f"{row.pk:032x}")
        Proof.objects.create(
            member=cast.bo,
            organization=row,
            organization_name=row.name,
            of_position=True,
            domain=scene.DOMAIN,
            address_hash=f"{row.pk}",
            proved_at=clock.now(),
            expires_at=clock.now() + timedelta(days=9),
        )
    Dispute.objects.create(
        organization=double,
        member=cast.bo,
        item=Item.objects.get(member=cast.bo),
        by=cast.ada,
        words="No.",
        answer_by=clock.now() + timedelta(days=9),
    )
    third = scene.plain("Third Works")
    Likeness.objects.create(one=page, other=double, by=cast.bo)
    Likeness.objects.create(one=double, other=third, by=cast.bo)


def test_everything_moves(cast, two):
    page, double, olga = two
    filled(cast, page, double)
    said = dict(preview(double))
    merging.merge(double, page, by=olga)
    assert left(double.pk) in ({}, {"pages.Likeness.other": 1})
    double.refresh_from_db()
    page.refresh_from_db()
    assert (double.merged_into, double.is_page, double.follower_count) == (page, False, 0)
    assert page.follower_count == Follow.objects.filter(organization=page).count() == 3
    assert set(Item.objects.values_list("organization_id", flat=True)) == {page.pk}
    assert Proof.objects.filter(organization=page).count() == 2
    assert Dispute.objects.get().organization == page
    assert Role.objects.filter(member=cast.bo, organization=page).count() == 1
    assert not Claim.objects.waiting().exists()
    assert Claim.objects.proved().get().organization == page
    assert Likeness.objects.filter(one=page, state="open").count() == 1
    assert said["entries in careers"] == 1
    assert said["followers"] == 2


def test_addresses_and_names_lead_on(cast, two):
    page, double, olga = two
    third = scene.plain("Dams of the North")
    merging.merge(third, double, by=olga)
    merging.merge(double, page, by=olga)
    third.refresh_from_db()
    assert third.merged_into == page
    for row in (double, third):
        for tail in ("", "people/", "people/?who=former&x=%C3%A9", "claim/"):
            answer = cast.client("bo").get(f"{row.path}{tail}")
            assert (answer.status_code, answer["Location"]) == (301, f"{page.path}{tail}"), tail
        assert cast.client("bo").post(f"{row.path}follow/").status_code == 404
        assert find([row.name]) == {row.name: page}
        assert [found.pk for found in suggest(row.name)] == [page.pk]
    assert client_of(None).get(double.path).status_code == 301
    assert find(["Nordic Dam Works"]) == {"Nordic Dam Works": page}
    made = career.add(cast.bo, Section.POSITIONS, title="Diver", organization_name=third.name)
    assert made.organization == page


def test_two_of_one_name_that_are_one_are_found_again(cast):
    one, other = scene.plain("Twin Works"), scene.plain("twin works")
    assert find(["Twin Works"]) == {}
    merging.merge(other, one, by=scene.owner(cast.di))
    assert find(["Twin Works"]) == {"Twin Works": one}


def test_what_the_page_lacks_is_taken_from_the_other(two, monkeypatch):
    page, double, olga = two
    dropped = []
    monkeypatch.setattr(merging, "discard", dropped.append)
    Organization.objects.filter(pk=page.pk).update(about="", photo="a" * 64)
    Organization.objects.filter(pk=double.pk).update(industry="energy", photo="b" * 64, cover="c" * 64, about="Old.")
    merging.merge(double, page, by=olga)
    page.refresh_from_db()
    double.refresh_from_db()
    assert (page.about, page.industry, page.photo, page.cover) == ("Old.", "energy", "a" * 64, "c" * 64)
    assert (double.photo, double.cover) == ("", "")


def test_the_page_stays_whichever_way_one_asks(two, cast):
    page, double, olga = two
    with pytest.raises(Conflict):
        merging.merge(page, double, by=olga)
    answer = client_of(olga).get(f"{double.path}merge/", {"other": page.path})
    assert "pages stay" in answer.content.decode()


@pytest.mark.parametrize("who", ["bo", "ada"])
def test_only_owners_and_whoever_administers_both(cast, two, who):
    page, double, _olga = two
    with pytest.raises(Refusal):
        merging.merge(double, page, by=getattr(cast, who))
    assert rules.may_merge(cast.ada, page, double) is False
    second = scene.proved(cast.ada, "Second Works", "second.example")
    assert merging.merge(second, page, by=cast.ada).pk == page.pk
    assert Claim.objects.proved().filter(organization=page).count() == 2


def test_a_merge_is_looked_at_before_it_is_done(cast, two, hear):
    page, double, olga = two
    career.add(cast.bo, Section.POSITIONS, title="Diver", organization_name=double.name)
    browser = client_of(olga)
    shown = browser.get(f"{page.path}merge/", {"other": "Nordic Dams"}).content.decode()
    assert "<b>1</b> entries in careers" in shown
    assert "cannot be taken back" in shown
    assert browser.post(f"{page.path}merge/", {"other": double.path}).status_code == 200
    double.refresh_from_db()
    assert double.merged_into is None
    assert browser.post(f"{page.path}merge/", {"other": double.path, "sure": "1"}).status_code == 302
    hear()
    assert Notification.objects.get(kind="pages.merged").recipient_id == cast.ada.pk
    assert "Nordic Dams" in cast.client("ada").get(f"{page.path}log/").content.decode()
    assert browser.post(f"{page.path}merge/", {"other": double.path, "sure": "1"}).status_code == 422


@pytest.mark.parametrize("wrong", ["", "nobody-here", "Nordic Dam Works", "/organizations/", "\x00", "x" * 400, "💧"])
def test_nothing_that_is_typed_is_an_error(two, wrong):
    page, _double, olga = two
    assert client_of(olga).get(f"{page.path}merge/", {"other": wrong}).status_code in (200, 422)


def test_a_word_to_the_owners(cast, two, hear):
    page, double, olga = two
    said = {"other": double.path, "words": "The same dam."}
    assert cast.client("bo").post(f"{page.path}same/", said).status_code == 302
    assert cast.client("di").post(f"{double.path}same/", {"other": page.path}).status_code == 302
    assert Likeness.objects.count() == 1
    hear()
    assert Notification.objects.get(kind="pages.likeness_told").recipient_id == olga.pk
    browser = client_of(olga)
    assert "The same dam." in browser.get("/organizations/register/same/").content.decode()
    row = Likeness.objects.get()
    assert cast.client("bo").post(f"/organizations/register/same/{row.pk}/parting/").status_code == 403
    assert browser.post(f"/organizations/register/same/{row.pk}/parting/").status_code == 302
    assert cast.client("di").post(f"{double.path}same/", {"other": page.path}).status_code == 422
    assert cast.client("di").post(f"{page.path}same/", {"other": page.path}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_once_and_an_edit(cast):
    page, double = scene.proved(cast.ada), scene.plain("Nordic Dams")
    olga = scene.owner(make_member("Olga Owner"))
    ada = scene.again(cast.ada)
    outcomes = race(
        lambda: merging.merge(double, page, by=olga),
        lambda: merging.merge(double, page, by=olga),
        lambda: editing.edit(page, by=ada, about="Said meanwhile."),
        lambda: editing.edit(double, by=olga, about="Corrected meanwhile."),
    )
    assert sum(isinstance(each, Conflict) for each in outcomes[:2]) == 1
    assert isinstance(outcomes[2], Organization)
    page.refresh_from_db()
    double.refresh_from_db()
    assert page.about == "Said meanwhile."
    assert double.merged_into == page
    assert isinstance(outcomes[3], Organization | Conflict)


@pytest.mark.django_db(transaction=True)
def test_a_follow_during_a_merge_is_not_lost(cast):
    page, double = scene.proved(cast.ada), scene.proved(cast.ada, "Second Works", "second.example")
    olga, bo = scene.owner(make_member("Olga Owner")), scene.again(cast.bo)
    outcomes = race(lambda: merging.merge(double, page, by=olga), lambda: following.follow(double, by=bo))
    page.refresh_from_db()
    assert isinstance(outcomes[0], Organization)
    assert page.follower_count == Follow.objects.filter(organization=page).count()
    assert not Follow.objects.filter(organization=double).exists()


def test_a_contested_position_moves_with_its_page(cast, two):
    page, _double, olga = two
    second = scene.proved(cast.ada, "Second Works", "second.example")
    item = career.add(cast.di, Section.POSITIONS, title="Cook", organization_name=second.name)
    row = disputing.contest(second, item, "No.", by=cast.ada)
    merging.merge(second, page, by=olga)
    row = Dispute.objects.select_related("organization").get(pk=row.pk)
    disputing.answer(row, "Yes.", by=cast.di)
    disputing.decide(row, upheld=True, words="", by=olga)
    item.refresh_from_db()
    assert item.organization is None


def test_what_was_written_down_during_a_merge_follows(cast, two):
    page, double, olga = two
    item = career.add(cast.bo, Section.POSITIONS, title="Diver", organization_name=double.name)
    merging.merge(double, page, by=olga)
    Item.objects.filter(pk=item.pk).update(organization=double)
    tasks.settle()
    item.refresh_from_db()
    assert item.organization == page
