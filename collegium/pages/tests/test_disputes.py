"""A page contests a position: the person is heard, and each way it can end."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction

from collegium.career import actions as career
from collegium.career import records
from collegium.career.models import Disowned, Item, PartAudience
from collegium.career.sections import Section
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.notifications.models import Notification
from collegium.pages import settling
from collegium.pages.actions import disputing
from collegium.pages.models import Dispute
from collegium.pages.tests import scene
from collegium.testing.cast import client_of, make_member
from collegium.workplaces.models import Proof

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(cast):
    """Di says that she works for the page that Ada keeps; an owner of the community is not part of it."""
    page = scene.proved(cast.ada)
    item = career.add(cast.di, Section.POSITIONS, title="Chief diver", organization_name=page.name)
    assert item.organization == page
    return SimpleNamespace(page=page, item=item, owner=scene.owner(make_member("Olga Owner")), cast=cast)


def contest(at, **more):
    return disputing.contest(at.page, more.get("item", at.item), "She never dived here.", by=at.cast.ada)


def state(dispute):
    dispute.refresh_from_db()
    return dispute.state


def linked(at):
    return Item.objects.filter(pk=at.item.pk, organization=at.page).exists()


def test_the_whole_way_to_an_owner(at, hear):
    ada, di, olga = at.cast.client("ada"), at.cast.client("di"), client_of(at.owner)
    sheet = ada.get(f"{at.page.path}disputes/new/?item={at.item.pk}").content.decode()
    assert "Chief diver" in sheet
    assert ada.post(f"{at.page.path}disputes/new/?item={at.item.pk}", {"words": "Never here."}).status_code == 302
    row = Dispute.objects.get()
    hear()
    told = Notification.objects.get(kind="pages.dispute_opened")
    assert (told.recipient_id, told.actor_id) == (at.cast.di.pk, None)
    assert olga.get(row.path).status_code == 404
    page = di.get(row.path).content.decode()
    assert "Never here." in page
    assert "Ada" not in page.partition("<main")[2].partition("</main")[0]
    assert di.post(f"{row.path}answer/", {"words": "For three summers."}).status_code == 302
    assert di.post(f"{row.path}answer/", {"words": "Again."}).status_code == 409
    hear()
    assert Notification.objects.get(kind="pages.dispute_answered").recipient_id == at.owner.pk
    assert "For three summers." in olga.get(row.path).content.decode()
    assert ada.post(f"{row.path}decision/", {"upheld": "page"}).status_code == 403
    assert olga.post(f"{row.path}decision/", {"upheld": "page", "words": "As they say."}).status_code == 302
    assert state(row) == "upheld"
    at.item.refresh_from_db()
    assert (at.item.organization, at.item.organization_name) == (None, at.page.name)
    hear()
    kinds = {each.recipient_id for each in Notification.objects.filter(kind="pages.dispute_settled")}
    assert kinds == {at.cast.ada.pk, at.cast.di.pk}
    assert not Notification.objects.filter(kind__in=["pages.dispute_opened", "pages.dispute_answered"]).exists()
    assert "Settled" in ada.get(f"{at.page.path}disputes/").content.decode()


def test_upheld_it_is_not_linked_again_for_half_a_year(at):
    row = contest(at)
    Dispute.objects.update(answer_by=clock.now() - timedelta(minutes=1))
    settling.expire()
    assert state(row) == "upheld"
    assert not linked(at)
    career.edit(at.item, by=at.cast.di, organization_name=at.page.name)
    other = career.add(at.cast.di, Section.VOLUNTEERING, organization_name=at.page.name)
    records.sweep()
    assert not Item.objects.filter(member=at.cast.di, organization=at.page).exists()
    Disowned.objects.update(until=clock.now() - timedelta(minutes=1))
    career.edit(other, by=at.cast.di, organization_name=at.page.name)
    assert Item.objects.filter(member=at.cast.di, organization=at.page).get() == other


def test_in_time_nothing_is_believed(at):
    row = contest(at)
    settling.expire()
    assert state(row) == "open"
    assert linked(at)
    disputing.answer(row, "I did.", by=at.cast.di)
    Dispute.objects.update(answer_by=clock.now() - timedelta(days=99))
    settling.expire()
    assert state(row) == "answered"


@pytest.mark.parametrize("how", ["removed", "renamed"])
def test_whoever_takes_the_claim_back_has_yielded(at, hear, how):
    row = contest(at)
    if how == "removed":
        career.remove(at.item, by=at.cast.di)
    else:
        career.edit(at.item, by=at.cast.di, organization_name="Elsewhere")
    hear()
    assert state(row) == "yielded"
    assert not Disowned.objects.exists()


def test_put_back_it_is_contested_again(at, hear):
    row = contest(at)
    career.remove(at.item, by=at.cast.di)
    hear()
    career.restore(at.item, by=at.cast.di)
    hear()
    assert state(row) == "open"


def test_an_edit_that_keeps_the_claim_changes_nothing(at, hear):
    row = contest(at)
    career.edit(at.item, by=at.cast.di, title="Diver")
    hear()
    assert state(row) == "open"


def proof(at, **changes):
    now = clock.now()
    fields = {
        "member": at.cast.di,
        "organization": at.page,
        "organization_name": at.page.name,
        "of_position": True,
        "domain": scene.DOMAIN,
        "address_hash": "x" * 64,
        "proved_at": now,
        "expires_at": now + timedelta(days=100),
    }
    return Proof.objects.create(**(fields | changes))


def test_a_proved_workplace_ends_it_in_her_favour(at, hear):
    row = contest(at)
    disputing.answer(row, "I do.", by=at.cast.di)
    with transaction.atomic():
        record("workplaces.proved", actor=at.cast.di, subject=proof(at))
    hear()
    assert state(row) == "dismissed"
    assert linked(at)
    with pytest.raises(Conflict):
        contest(at)


def test_what_was_settled_for_her_is_left_in_peace(at):
    row = contest(at)
    disputing.answer(row, "I do.", by=at.cast.di)
    disputing.decide(row, upheld=False, words="", by=at.owner)
    assert linked(at)
    again = career.add(at.cast.di, Section.POSITIONS, title="Other", organization_name=at.page.name)
    for item in (at.item, again):
        with pytest.raises(Conflict):
            contest(at, item=item)
    Dispute.objects.update(settled_at=clock.now() - timedelta(days=181))
    assert contest(at).pk


def test_one_at_a_time_and_twenty_at_most(at, monkeypatch):
    contest(at)
    with pytest.raises(Conflict):
        contest(at)
    monkeypatch.setattr(disputing, "MOST_OPEN", 1)
    person = make_member("Kim Lund")
    item = career.add(person, Section.POSITIONS, title="Cook", organization_name=at.page.name)
    with pytest.raises(Conflict):
        contest(at, item=item)


def test_only_what_she_reads_and_what_names_the_page(at):
    elsewhere = career.add(at.cast.di, Section.POSITIONS, title="Cook", organization_name="Elsewhere")
    PartAudience.objects.create(member=at.cast.cy, part="positions", audience=4)
    hidden = career.add(at.cast.cy, Section.POSITIONS, title="Cook", organization_name=at.page.name)
    mine = career.add(at.cast.ada, Section.POSITIONS, title="Chief", organization_name=at.page.name)
    blocked = career.add(at.cast.eve, Section.POSITIONS, title="Cook", organization_name=at.page.name)
    assert hidden.organization == blocked.organization == at.page
    browser = at.cast.client("ada")
    for item in (elsewhere, hidden, mine, blocked):
        assert browser.get(f"{at.page.path}disputes/new/?item={item.pk}").status_code == 404
        with pytest.raises(Conflict):
            contest(at, item=item)
    for wrong in ("", "x", "-1", "9" * 30, "%00"):
        assert browser.get(f"{at.page.path}disputes/new/?item={wrong}").status_code == 404


def test_nobody_decides_her_own(at):
    row = contest(at)
    with pytest.raises(Conflict):
        disputing.decide(row, upheld=True, words="", by=at.owner)
    disputing.answer(row, "I do.", by=at.cast.di)
    with pytest.raises(Refusal):
        disputing.decide(row, upheld=False, words="", by=scene.owner(at.cast.di))
    with pytest.raises(Refusal):
        disputing.decide(row, upheld=True, words="", by=scene.owner(at.cast.ada))
    disputing.decide(row, upheld=True, words="", by=at.owner)


def test_the_page_takes_it_back(at, hear):
    row = contest(at)
    with pytest.raises(Refusal):
        disputing.withdraw(row, by=at.cast.di)
    disputing.withdraw(row, by=at.cast.ada)
    assert state(row) == "withdrawn"
    assert linked(at)
    hear()
    assert Notification.objects.get(kind="pages.dispute_settled").recipient_id == at.cast.di.pk


SEES = {
    # who, before an answer, after it
    "ada": (200, 200),
    "di": (200, 200),
    "owner": (404, 200),
    "bo": (404, 404),
    "cy": (404, 404),
    "ed": (404, 404),
    "eve": (404, 404),
    "hal": (404, 404),
    "nobody": (302, 302),
}


def test_who_sees_it(at):
    row = contest(at)

    def seen():
        found = {}
        for name in SEES:
            browser = client_of(at.owner) if name == "owner" else at.cast.client(name)
            found[name] = browser.get(row.path).status_code
        return found

    before = seen()
    disputing.answer(row, "I do.", by=at.cast.di)
    assert {name: (before[name], after) for name, after in seen().items()} == SEES
