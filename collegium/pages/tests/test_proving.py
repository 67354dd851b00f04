"""From a plain record to a page: claims, proofs, what becomes of a page whose domain shows nothing any more."""

from datetime import timedelta

import pytest
from django.db import connection

from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.notifications.models import Notification
from collegium.organizations.models import Organization
from collegium.pages import lapsing, rules, tasks
from collegium.pages.actions import claiming, working
from collegium.pages.models import Claim, Part, Role
from collegium.pages.proving import looking
from collegium.pages.tests import scene
from collegium.testing.cast import make_member
from collegium.testing.racing import race

pytestmark = pytest.mark.django_db


def test_a_record_becomes_a_page_by_its_form(cast, monkeypatch, hear):
    row, ada = scene.plain(website="https://www.dams.example/en"), cast.client("ada")
    owner = scene.owner(make_member("Olga Owner"))
    shown = ada.get(f"{row.path}claim/").content.decode()
    assert 'value="dams.example"' in shown
    assert ada.post(f"{row.path}claim/", {"domain": "https://www.dams.example/"}).status_code == 302
    claim = Claim.objects.get()
    assert (claim.domain, claim.member_id, len(claim.token)) == ("dams.example", cast.ada.pk, 32)
    page = ada.get(f"{row.path}claim/").content.decode()
    assert "_collegium-challenge.dams.example" in page
    assert "https://dams.example/.well-known/collegium-challenge" in page
    assert page.count(claim.token) == 2
    missed = ada.post(f"{row.path}claim/check/", {"claim": claim.pk})
    assert missed.status_code == 422
    assert "There is no text at that name yet." in missed.content.decode()
    texts = scene.says("something else", claim.token)
    monkeypatch.setattr(looking, "texts", texts)
    assert ada.post(f"{row.path}claim/check/", {"claim": claim.pk})["Location"] == f"{row.path}manage/"
    row.refresh_from_db()
    assert row.is_page
    assert rules.parts(cast.ada, row) == {"super"}
    claim.refresh_from_db()
    assert (claim.way, claim.holds) == ("dns", True)
    hear()
    assert [told.recipient_id for told in Notification.objects.filter(kind="pages.proved")] == [owner.pk]
    assert "dams.example" in ada.get(row.path).content.decode()


def test_without_a_proof_there_is_no_page(cast):
    row = scene.plain()
    claim = claiming.claim(row, "dams.example", by=cast.ada)
    assert not looking.look(claim.domain, claim.token).way
    row.refresh_from_db()
    assert not row.is_page
    assert rules.parts(cast.ada, row) == set()


@pytest.mark.parametrize(
    "domain",
    ["", "github.com", "dams.github.io", "127.0.0.1", "localhost", "com", "x" * 300, "a b.example", "\x00", "💧"],
)
def test_a_domain_of_many_or_none_proves_nothing(cast, domain):
    row = scene.plain()
    assert cast.client("ada").post(f"{row.path}claim/", {"domain": domain}).status_code == 422
    assert not Claim.objects.exists()


def test_the_domain_is_that_of_the_website(cast):
    row = scene.plain(website="https://www.dams.example")
    for wrong in ("evil.example", "sub.dams.example", "notdams.example", "example"):
        with pytest.raises(Conflict):
            claiming.claim(row, wrong, by=cast.ada)
    assert claiming.claim(row, "dams.example", by=cast.ada)


def test_the_token_of_another_proves_nothing_for_me(cast, monkeypatch):
    """Who reads the text in the zone cannot use it: each has her own."""
    row = scene.plain()
    hers, mine = (claiming.claim(row, "dams.example", by=who) for who in (cast.bo, cast.ada))
    assert hers.token != mine.token
    monkeypatch.setattr(looking, "texts", scene.says(hers.token))
    assert cast.client("ada").post(f"{row.path}claim/check/", {"claim": mine.pk}).status_code == 422
    assert cast.client("ada").post(f"{row.path}claim/check/", {"claim": hers.pk}).status_code == 404
    with pytest.raises(Refusal):
        claiming.prove(hers, "dns", by=cast.ada)


def test_a_proved_page_is_not_proved_again(cast):
    page = scene.proved(cast.ada)
    with pytest.raises(Conflict):
        claiming.claim(page, scene.DOMAIN, by=cast.bo)
    with pytest.raises(Conflict):
        claiming.claim(page, "other.example", by=cast.bo)
    shown = cast.client("bo").get(f"{page.path}claim/").content.decode()
    assert "Ada" in shown
    assert "Get the text to put there" not in shown


def test_a_claim_begun_before_anothers_proof_comes_too_late(cast):
    row = scene.plain()
    late = claiming.claim(row, "dams.example", by=cast.bo)
    claiming.prove(claiming.claim(row, "dams.example", by=cast.ada), "file", by=cast.ada)
    with pytest.raises(Conflict):
        claiming.prove(late, "file", by=cast.bo)
    assert list(Role.objects.values_list("member_id", "part")) == [(cast.ada.pk, "super")]


def test_one_domain_is_one_page(cast):
    scene.proved(cast.ada)
    with pytest.raises(Conflict):
        claiming.claim(scene.plain("Second Works"), scene.DOMAIN, by=cast.bo)


@pytest.mark.django_db(transaction=True)
def test_two_who_prove_at_once_are_not_both_the_first(cast):
    row = scene.plain()
    claims = [claiming.claim(row, "dams.example", by=who) for who in (cast.ada, cast.bo)]
    people = (scene.again(cast.ada), scene.again(cast.bo))
    outcomes = race(
        lambda: claiming.prove(claims[0], "dns", by=people[0]), lambda: claiming.prove(claims[1], "dns", by=people[1])
    )
    assert sorted(str(type(each).__name__) for each in outcomes) == ["Conflict", "bool"]
    assert Role.objects.filter(organization=row, part="super").count() == 1
    assert Claim.objects.proved().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_records_and_one_domain(cast):
    rows = [scene.plain("One Works"), scene.plain("Two Works")]
    claims = [claiming.claim(row, "dams.example", by=cast.ada) for row in rows]
    ada = scene.again(cast.ada)
    outcomes = race(*(lambda claim=claim: claiming.prove(claim, "dns", by=ada) for claim in claims))
    assert sorted(str(type(each).__name__) for each in outcomes) == ["Conflict", "bool"]
    assert Organization.objects.filter(page_since__isnull=False).count() == 1


def test_five_claims_wait_and_no_more(cast):
    for number in range(5):
        claiming.claim(scene.plain(f"Works {number}"), f"works{number}.example", by=cast.ada)
    with pytest.raises(Conflict):
        claiming.claim(scene.plain("Works 6"), "works6.example", by=cast.ada)
    first = Claim.objects.filter(member=cast.ada).earliest("pk")
    assert claiming.claim(first.organization, first.domain, by=cast.ada) == first
    claiming.withdraw(first, by=cast.ada)
    assert claiming.claim(scene.plain("Works 6"), "works6.example", by=cast.ada)


def test_the_clock_looks_too(cast, monkeypatch):
    row = scene.plain()
    claim = claiming.claim(row, "dams.example", by=cast.ada)
    assert lapsing.due() == [claim]
    tasks.look_at(claim.pk)
    assert lapsing.due() == []
    Claim.objects.update(checked_at=clock.now() - timedelta(hours=2))
    monkeypatch.setattr(looking, "texts", scene.says(claim.token))
    assert lapsing.due() == [claim]
    tasks.look_at(claim.pk)
    row.refresh_from_db()
    assert row.is_page
    assert lapsing.due() == []


def test_what_nobody_shows_in_two_weeks_ends(cast):
    claim = claiming.claim(scene.plain(), "dams.example", by=cast.ada)
    lapsing.forget()
    assert Claim.objects.waiting().exists()
    older = clock.now() - timedelta(days=15)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pages_claim SET id = (%s)::bigint", [(int(older.timestamp() * 1000) << 21)])
    lapsing.forget()
    assert not Claim.objects.waiting().exists()
    assert Entry.objects.filter(kind="pages.claim_ended", actor=None, data__domain=claim.domain).exists()


def aged(claim, **since):
    """As if the last look, and the warning, were so long ago."""
    moment = clock.now() - timedelta(**since)
    Claim.objects.filter(pk=claim.pk).update(checked_at=moment)
    Claim.objects.filter(pk=claim.pk, warned_at__isnull=False).update(warned_at=moment)


def test_a_page_falls_back_only_after_three_misses_and_a_warning(cast, hear):
    page = scene.proved(cast.ada)
    claim = Claim.objects.get()
    assert lapsing.due() == []
    aged(claim, days=31)
    for misses in (1, 2):
        assert lapsing.due() == [claim]
        tasks.look_at(claim.pk)
        claim.refresh_from_db()
        assert (claim.missed, claim.warned_at) == (misses, None)
        assert lapsing.due() == []
        aged(claim, days=2)
    tasks.look_at(claim.pk)
    claim.refresh_from_db()
    assert claim.warned_at is not None
    hear()
    assert Notification.objects.get(kind="pages.warned").recipient_id == cast.ada.pk
    aged(claim, days=13)
    tasks.look_at(claim.pk)
    page.refresh_from_db()
    assert page.is_page
    aged(claim, days=15)
    tasks.look_at(claim.pk)
    page.refresh_from_db()
    assert not page.is_page
    assert rules.parts(cast.ada, page) == set()
    hear()
    assert Notification.objects.get(kind="pages.fell_back").recipient_id == cast.ada.pk
    assert cast.client("ada").get(f"{page.path}manage/").status_code == 403


def test_found_again_in_time_nothing_happens(cast, monkeypatch):
    page = scene.proved(cast.ada)
    claim = Claim.objects.get()
    for _miss in range(4):
        tasks.look_at(claim.pk)
    monkeypatch.setattr(looking, "texts", scene.says(claim.token))
    aged(claim, days=15)
    tasks.look_at(claim.pk)
    page.refresh_from_db()
    claim.refresh_from_db()
    assert page.is_page
    assert (claim.missed, claim.warned_at) == (0, None)


def fallen(page):
    Claim.objects.filter(organization=page).update(ended_at=clock.now())
    Organization.objects.filter(pk=page.pk).update(page_since=None)
    page.refresh_from_db()


def test_parts_are_kept_for_thirty_days_for_those_who_had_them(cast):
    page = scene.proved(cast.ada)
    scene.give(page, cast.bo, Part.CONTENT, cast.ada)
    fallen(page)
    lapsing.forget()
    assert Role.objects.count() == 2
    claiming.prove(claiming.claim(page, scene.DOMAIN, by=cast.ada), "dns", by=cast.ada)
    assert rules.parts(cast.bo, Organization.objects.get()) == {"content"}
    fallen(page)
    Claim.objects.update(ended_at=clock.now() - timedelta(days=31))
    lapsing.forget()
    assert Role.objects.count() == 0


def test_whoever_has_the_domain_now_does_not_get_the_people_of_before(cast):
    page = scene.proved(cast.ada)
    scene.give(page, cast.bo, Part.SUPER, cast.ada)
    fallen(page)
    claiming.prove(claiming.claim(page, scene.DOMAIN, by=cast.di), "dns", by=cast.di)
    assert list(Role.objects.values_list("member_id", "part")) == [(cast.di.pk, "super")]


def test_a_page_without_administrator_goes_to_whoever_proves_its_domain(cast):
    page = scene.proved(cast.ada)
    cast.ada.standing = "suspended"
    cast.ada.save()
    with pytest.raises(Conflict):
        claiming.claim(page, "other.example", by=cast.di)
    claiming.prove(claiming.claim(page, scene.DOMAIN, by=cast.di), "file", by=cast.di)
    assert rules.parts(cast.di, page) == {"super"}
    assert Claim.objects.proved().get().member_id == cast.di.pk


def test_owners_end_what_should_not_be_a_page(cast, hear):
    page, owner = scene.proved(cast.ada), scene.owner(cast.di)
    with pytest.raises(Refusal):
        claiming.close(page, "Mine.", by=cast.ada)
    claiming.close(page, "Not theirs.", by=owner)
    page.refresh_from_db()
    assert not page.is_page
    assert Role.objects.count() == 0
    hear()
    assert Notification.objects.get(kind="pages.closed").recipient_id == cast.ada.pk
    assert claiming.claim(page, scene.DOMAIN, by=cast.ada)


def test_suspended_members_prove_nothing(cast):
    row = scene.plain()
    claim = claiming.claim(row, "dams.example", by=cast.ada)
    cast.ada.standing = "suspended"
    with pytest.raises(Refusal):
        claiming.prove(claim, "dns", by=cast.ada)
    with pytest.raises(Refusal):
        claiming.claim(row, "dams.example", by=cast.ada)


def test_the_last_administrator_stays(cast):
    page = scene.proved(cast.ada)
    with pytest.raises(Conflict):
        working.take_away(page, cast.ada, Part.SUPER, by=cast.ada)
    scene.give(page, cast.bo, Part.SUPER, cast.ada)
    working.take_away(page, cast.ada, Part.SUPER, by=cast.ada)
    assert rules.parts(cast.ada, page) == set()
    cast.di.standing = "active"
    scene.give(page, cast.di, Part.SUPER, cast.bo)
    cast.di.standing = "suspended"
    cast.di.save()
    with pytest.raises(Conflict):
        working.take_away(page, cast.bo, Part.SUPER, by=cast.bo)


@pytest.mark.django_db(transaction=True)
def test_two_last_administrators_do_not_both_leave(cast):
    page = scene.proved(cast.ada)
    scene.give(page, cast.bo, Part.SUPER, cast.ada)
    outcomes = race(
        lambda: working.take_away(page, cast.ada, Part.SUPER, by=cast.ada),
        lambda: working.take_away(page, cast.bo, Part.SUPER, by=cast.bo),
    )
    assert sorted(str(type(each).__name__) for each in outcomes) == ["Conflict", "NoneType"]
    assert Role.objects.filter(organization=page, part="super").count() == 1


def test_owners_name_an_administrator_where_none_is_left(cast):
    page, owner = scene.proved(cast.ada), scene.owner(cast.cy)
    with pytest.raises(Refusal):
        working.offer(page, cast.di, Part.SUPER, by=owner)
    cast.ada.standing = "suspended"
    cast.ada.save()
    with pytest.raises(Refusal):
        working.offer(page, cast.di, Part.CONTENT, by=owner)
    scene.give(page, cast.di, Part.SUPER, owner)
    assert rules.parts(cast.di, page) == {"super"}
    with pytest.raises(Refusal):
        working.offer(page, cast.bo, Part.SUPER, by=owner)


def test_a_part_is_hers_only_once_she_says_yes(cast, hear):
    page = scene.proved(cast.ada)
    working.offer(page, cast.bo, Part.CONTENT, by=cast.ada)
    assert not rules.may_speak(cast.bo, page)
    hear()
    assert Notification.objects.filter(kind="pages.part_offered", recipient=cast.bo).count() == 1
    bo = cast.client("bo")
    assert page.name in bo.get("/organizations/register/parts/").content.decode()
    assert bo.post(f"{page.path}roles/acceptance/", {"part": "super"}).status_code == 409
    assert bo.post(f"{page.path}roles/acceptance/", {"part": "content"}).status_code == 302
    assert rules.parts(cast.bo, page) == {"content"}
    hear()
    assert not Notification.objects.filter(kind="pages.part_offered").exists()
    assert Notification.objects.get(kind="pages.part_taken_up").recipient_id == cast.ada.pk


def test_what_was_taken_back_or_declined_cannot_be_accepted(cast):
    page = scene.proved(cast.ada)
    for end in (
        lambda: working.retract(page, cast.bo, Part.CONTENT, by=cast.ada),
        lambda: working.decline(page, Part.CONTENT, by=cast.bo),
    ):
        working.offer(page, cast.bo, Part.CONTENT, by=cast.ada)
        end()
        with pytest.raises(Conflict):
            working.accept(page, Part.CONTENT, by=cast.bo)
    assert rules.parts(cast.bo, page) == set()


@pytest.mark.parametrize("name", ["ed", "eve", "gus"])
def test_whom_one_cannot_see_one_cannot_ask(cast, name):
    page, person = scene.proved(cast.ada), getattr(cast, name)
    answer = cast.client("ada").post(f"{page.path}roles/", {"person": person.handle, "part": "content"})
    assert answer.status_code == 422
    with pytest.raises(Conflict):
        working.offer(page, person, Part.CONTENT, by=cast.ada)
