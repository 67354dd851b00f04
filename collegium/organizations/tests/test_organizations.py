"""Records of organisations: founded by those who keep the register, read by everybody, found by name."""

import pytest
from django.db import IntegrityError, transaction

from collegium.accounts.models import User
from collegium.journal.models import Entry
from collegium.lib.refusal import Refusal
from collegium.organizations import actions
from collegium.organizations.domains import domain_of
from collegium.organizations.models import Organization
from collegium.organizations.naming import find
from collegium.organizations.suggesting import suggest
from collegium.testing.racing import race

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script> "quoted" & {{ 7*7 }}'


def test_owners_and_the_command_line_found_and_others_do_not(cast):
    made = actions.found("Nordic Dam Works", "company", "https://dams.example", "Uppsala", "We dam.", by=None)
    assert (made.handle, made.path) == ("nordic-dam-works", "/organizations/nordic-dam-works/")
    assert Entry.objects.get(kind="organizations.founded").subject == made.pk
    with pytest.raises(Refusal):
        actions.found("Mine", by=cast.ada)
    User.objects.filter(pk=cast.ada.user_id).update(role=User.Role.OWNER)
    cast.ada.user.refresh_from_db()
    assert actions.found("Mine", by=cast.ada).kind == "other"


def test_handles_are_made_from_any_name_and_differ():
    names = [
        "Nordic Dam Works",
        "Nordic Dam Works",
        "水利",
        "北京",
        "ab",
        "Admin",
        "x" * 200,
        "École — d'Été",
        "100",
        "-",
    ]
    handles = [actions.found(name, by=None).handle for name in names]
    assert len(set(handles)) == len(names)
    assert handles[:2] == ["nordic-dam-works", "nordic-dam-works-2"]
    assert all(len(handle) <= 40 for handle in handles)


@pytest.mark.django_db(transaction=True)
def test_two_of_one_name_founded_at_once_are_two():
    outcomes = race(*[lambda: actions.found("Bridge Works", by=None)] * 3)
    assert {row.handle for row in outcomes} == {"bridge-works", "bridge-works-2", "bridge-works-3"}


@pytest.mark.parametrize("wrong", [{"name": ""}, {"website": "javascript:alert(1)"}, {"handle": "Not A Handle"}])
def test_the_database_holds_the_form(wrong):
    fine = {"handle": "fine", "name": "Fine", "website": "https://fine.example"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.create(**fine | wrong)
    assert Organization.objects.create(**fine).pk


def test_found_by_name_only_when_it_is_certain():
    one = actions.found("Zürich Works", by=None)
    actions.found("Twin", by=None)
    actions.found("twin", by=None)
    assert find(["zurich works", "ZÜRICH WORKS", "Twin", "Nobody", ""]) == {"zurich works": one, "ZÜRICH WORKS": one}
    assert find([]) == {}


def test_options_are_for_members(cast, client_of):
    actions.found("Nordic Dam Works", "company", place="Uppsala", by=None)
    actions.found("Works of the North", by=None)
    ada = cast.client("ada")
    offered = ada.get("/organizations/options/?q=nordic").content.decode()
    assert '<option hidden value="Nordic Dam Works">Uppsala</option>' in offered
    assert '<li role="option" class="option" data-insert="Nordic Dam Works">' in offered
    assert [row.name for row in suggest("works")] == ["Works of the North", "Nordic Dam Works"]
    assert [row.name for row in suggest("nordik dam works")] == ["Nordic Dam Works"]
    stranger = client_of(None).get("/organizations/options/?q=nordic")
    assert stranger.status_code == 302
    assert "Nordic" not in stranger.content.decode()
    assert "option" not in ada.get("/organizations/options/").content.decode()
    assert ada.post("/organizations/options/").status_code == 405


def test_nothing_that_is_typed_is_an_error(cast):
    ada = cast.client("ada")
    for typed in ("", "%", "_", "\\", "\x00", "' --", "x" * 5000, "½" * 400, "💧", HOSTILE, "\u202e", "+++", "漢"):
        assert ada.get("/organizations/options/", {"q": typed}).status_code == 200, typed
    assert ada.get("/organizations/options/?q=%ff%fe").status_code == 200
    for handle in ("%00", "Ada", "x" * 400, "..%2f", "%ff", "💧"):
        assert ada.get(f"/organizations/{handle}/").status_code == 404, handle


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.Dams.example/en?x#y", "dams.example"),
        ("http://dams.example:8080", "dams.example"),
        ("https://user:pw@dams.example", "dams.example"),
        ("https://research.dams.example.", "research.dams.example"),
        ("https://bücher.example", "xn--bcher-kva.example"),
        ("https://XN--BCHER-KVA.example", "xn--bcher-kva.example"),
        ("https://github.com/dams", ""),
        ("https://dams.github.io", ""),
        ("https://notgithub.com", "notgithub.com"),
        ("https://127.0.0.1", ""),
        ("https://[::1]/", ""),
        ("https://[broken", ""),
        ("https://localhost", ""),
        ("https://com", ""),
        ("https://a..b", ""),
        ("", ""),
        ("nonsense", ""),
        ("https://" + "a" * 400 + ".example", ""),
    ],
)
def test_the_domain_of_a_website(website, domain):
    assert domain_of(website) == domain
