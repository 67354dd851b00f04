"""Joining, signing in and out, over HTTP, as a browser without JavaScript does it."""

import re

import pytest
from django.core import mail
from django.test import Client

from collegium.accounts.models import Community, Pass, User
from collegium.members.models import Member

pytestmark = pytest.mark.django_db
PASSWORD = "blue kettle sings at noon"


def sign_up(client: Client, email: str = "kim@example.org", name: str = "Kim Lund", password: str = PASSWORD):
    return client.post("/accounts/signup/", {"name": name, "email": email, "password1": password})


def confirm(client: Client, code: str):
    return client.post("/accounts/confirm-email/", {"action": "verify", "code": code})


def test_from_the_form_to_being_a_member(founded, client, code_of):
    assert "Join Harbour Guild" in client.get("/accounts/signup/").content.decode()
    answer = sign_up(client)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/confirm-email/")
    assert Member.objects.get(handle="kim-lund").standing == Member.Standing.AWAITING
    assert "Look into your mail" in client.get("/accounts/confirm-email/").content.decode()
    assert [message.to for message in mail.outbox] == [["kim@example.org"]]
    code = code_of(0)
    assert code in mail.outbox[0].subject
    html = mail.outbox[0].alternatives[0].content
    assert "<style" not in html
    assert code in html
    wrong = confirm(client, "0000-0000")
    assert "not the code" in wrong.content.decode()
    answer = confirm(client, code.replace("-", " "))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert Member.objects.get(handle="kim-lund").standing == Member.Standing.ACTIVE
    assert client.get("/settings/").status_code == 200
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert client.get("/settings/").status_code == 302
    answer = client.post("/accounts/login/", {"login": "Kim@Example.org", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/settings/").status_code == 200


def test_signing_out_needs_a_post(signed_in):
    assert "Sign out?" in signed_in.get("/accounts/logout/").content.decode()
    assert signed_in.get("/settings/").status_code == 200


def test_nobody_gets_in_before_the_address_is_confirmed(founded, client, code_of):
    sign_up(client)
    other = Client()
    answer = other.post("/accounts/login/", {"login": "kim@example.org", "password": PASSWORD})
    # The first code went out less than ten seconds ago; the second must wait, and the sign-in is refused until then.
    assert answer.status_code == 200
    assert other.get("/settings/").status_code == 302


def test_five_wrong_codes_end_it(founded, client, code_of):
    sign_up(client)
    code = code_of(0)
    for _try in range(5):
        last = confirm(client, "0000-0000")
    assert (last.status_code, last["Location"]) == (302, "/accounts/login/")
    assert confirm(client, code).status_code == 302
    assert Member.objects.get(handle="kim-lund").standing == Member.Standing.AWAITING


def test_a_code_grows_old(founded, client, code_of, settings):
    sign_up(client)
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = -1
    assert confirm(client, code_of(0)).status_code == 302
    assert Member.objects.get(handle="kim-lund").standing == Member.Standing.AWAITING


@pytest.mark.parametrize(
    ("password", "advice"),
    [
        ("short", "at least eight"),
        ("password", "Many people use this password"),
        ("qwertyuiop", "Many people use"),
        ("kimlund1", "your own name"),
        ("Summer2026!", "Many people use"),
        ("aaaaaaaaaaaa", "Repeating"),
        ("x" * 300, "At most 256"),
    ],
)
def test_a_weak_password_is_refused_with_advice(founded, client, password, advice):
    answer = sign_up(client, password=password)
    assert advice in answer.content.decode()
    assert not User.objects.filter(email="kim@example.org").exists()


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "Kim\x00Lund", "Kim\x1bLund", "\u202eKim" * 60, "\ud800"[:0]])
def test_a_bad_name_is_refused_and_what_was_typed_stays(founded, client, name):
    answer = sign_up(client, name=name)
    assert answer.status_code == 200
    assert "kim@example.org" in answer.content.decode()
    assert not User.objects.filter(email="kim@example.org").exists()


@pytest.mark.parametrize("email", ["", "no address", "a@b", "a\x00@example.org", "x" * 250 + "@example.org"])
def test_a_bad_address_is_refused(founded, client, email):
    assert sign_up(client, email=email).status_code == 200
    assert Member.objects.count() == 1


def test_a_form_without_its_token_is_refused_kindly(founded):
    strict = Client(enforce_csrf_checks=True)
    answer = sign_up(strict)
    assert answer.status_code == 403
    assert "open too long" in answer.content.decode()
    for path in ("/accounts/login/", "/accounts/password/reset/", "/accounts/logout/", "/settings/language/"):
        assert strict.post(path).status_code == 403, path


def test_two_people_of_one_name_get_two_handles(founded):
    sign_up(Client())
    sign_up(Client(), email="other@example.org")
    assert sorted(Member.objects.filter(name="Kim Lund").values_list("handle", flat=True)) == ["kim-lund", "kim-lund-2"]


def test_signed_up_twice_in_one_browser(founded, client, code_of):
    """The half-done sign-up can be left, and another address used."""
    sign_up(client, email="wrong@example.org")
    assert client.get("/accounts/signup/")["Location"] == "/accounts/confirm-email/"
    client.post("/accounts/logout/", {"next": "/accounts/login/"})
    assert sign_up(client).status_code == 302
    assert confirm(client, code_of(-1))["Location"] == "/"


class TestByInvitation:
    @pytest.fixture(autouse=True)
    def _policy(self, founded):
        Community.objects.update(sign_up=Community.SignUp.INVITATION)

    def test_the_door_is_closed_without_one(self, client):
        assert "needs an invitation" in client.get("/accounts/signup/").content.decode()
        sign_up(client)
        client.post("/accounts/signup/passkey/", {"name": "Kim", "email": "kim@example.org"})
        assert not User.objects.filter(email="kim@example.org").exists()

    def test_a_link_lets_one_person_in(self, owner, client, code_of):
        page = owner.post("/settings/community/invitations/", {"email": ""}).content.decode()
        link = re.search(r"http://testserver(/join/[^<\s\"]+)", page)[1]
        assert client.get(link)["Location"] == "/accounts/signup/"
        late = Client()
        late.get(link)
        sign_up(client)
        assert confirm(client, code_of(-1))["Location"] == "/"
        assert Pass.objects.get(kind="invitation").user.email == "kim@example.org"
        assert late.get(link).status_code == 404
        assert sign_up(late, email="late@example.org", name="Late").status_code in (200, 302)
        assert not User.objects.filter(email="late@example.org").exists()

    def test_it_can_be_withdrawn_and_grows_old(self, owner, client):
        owner.post("/settings/community/invitations/", {"email": "kim@example.org"})
        link = re.search(r"http://testserver(/join/\S+)", mail.outbox[-1].body)[1]
        assert mail.outbox[-1].to == ["kim@example.org"]
        assert client.get(link)["Location"] == "/accounts/signup/?email=kim%40example.org"
        row = Pass.objects.get(kind="invitation")
        assert str(row.token_hash) not in link
        owner.post(f"/settings/community/invitations/{row.pk}/withdrawal/")
        assert "This invitation is over" in client.get(link).content.decode()
        sign_up(client)
        assert not User.objects.filter(email="kim@example.org").exists()


class TestByApproval:
    @pytest.fixture(autouse=True)
    def _policy(self, founded):
        Community.objects.update(sign_up=Community.SignUp.APPROVAL)

    @pytest.fixture
    def kim(self, client, code_of, django_capture_on_commit_callbacks) -> Client:
        sign_up(client)
        with django_capture_on_commit_callbacks(execute=True):
            assert confirm(client, code_of(-1)).status_code == 302
        return client

    def test_who_waits_sees_nothing_else(self, kim):
        assert mail.outbox[-1].to == ["owner@example.org"]
        assert "Your wish to join has arrived" in kim.get("/waiting/").content.decode()
        for path in ("/", "/settings/", "/search/?q=o", "/in/olga-owner/", "/accounts/email/", "/nowhere/"):
            assert (kim.get(path).status_code, kim.get(path)["Location"]) == (302, "/waiting/"), path
        assert kim.post("/settings/community/").status_code == 403
        assert kim.post("/accounts/logout/").status_code == 302

    def test_the_owner_lets_in(self, kim, owner):
        page = owner.get("/settings/community/people/").content.decode()
        assert "Kim Lund" in page
        member = Member.objects.get(handle="kim-lund")
        owner.post(f"/settings/community/people/{member.pk}/approval/")
        assert kim.get("/settings/").status_code == 200
        assert mail.outbox[-1].subject == "Welcome to Harbour Guild"
        assert owner.post(f"/settings/community/people/{member.pk}/approval/").status_code == 404

    def test_the_owner_refuses(self, kim, owner):
        member = Member.objects.get(handle="kim-lund")
        path = f"/settings/community/people/{member.pk}/refusal/"
        assert "Refuse Kim Lund?" in owner.get(path).content.decode()
        owner.post(path)
        assert not User.objects.filter(email="kim@example.org").exists()
        assert mail.outbox[-1].to == ["kim@example.org"]
        assert kim.get("/waiting/").status_code == 302

    def test_nobody_else_decides(self, kim, signed_in):
        member = Member.objects.get(handle="kim-lund")
        for path in ("people/", f"people/{member.pk}/approval/", f"people/{member.pk}/refusal/", "", "invitations/"):
            for client in (signed_in, Client()):
                assert client.get(f"/settings/community/{path}").status_code in (404, 405)
                assert client.post(f"/settings/community/{path}").status_code in (404, 405)
        member.refresh_from_db()
        assert member.standing == Member.Standing.AWAITING

    def test_who_has_not_confirmed_is_not_asked_about(self, owner):
        sign_up(Client(), name="Not Yet")
        assert "Not Yet" not in owner.get("/settings/community/people/").content.decode()
