"""One's own account: password, address, sessions, the second step, language."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from collegium.accounts.models import User
from collegium.journal.models import Entry

pytestmark = pytest.mark.django_db
PASSWORD = "blue kettle sings at noon"
OTHER = "seven slow herons waiting"


def enter(email: str = "ada@example.org", password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def prove(client: Client) -> None:
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


class TestPassword:
    def test_reset_by_code(self, ada, signed_in, code_of):
        client = Client()
        answer = client.post("/accounts/password/reset/", {"email": "Ada@example.org"})
        assert answer["Location"] == "/accounts/password/reset/confirm/"
        assert (
            "not the code" in client.post("/accounts/password/reset/confirm/", {"code": "1111-1111"}).content.decode()
        )
        answer = client.post("/accounts/password/reset/confirm/", {"code": code_of(-1)})
        assert answer["Location"] == "/accounts/password/reset/complete/"
        assert "at least eight" in client.post(answer["Location"], {"password1": "short"}).content.decode()
        assert client.post(answer["Location"], {"password1": OTHER}).status_code == 302
        assert is_in(client)
        assert not is_in(signed_in), "a new password signs out everywhere else"
        assert not is_in(enter())
        assert is_in(enter(password=OTHER))
        assert mail.outbox[-1].subject == "Your password was changed"
        assert "127.0.0.1" in mail.outbox[-1].body
        assert client.get("/accounts/password/reset/complete/").status_code == 302, "the code counts once"

    def test_a_code_of_another_browser_is_worth_nothing(self, ada, code_of):
        first, second = Client(), Client()
        first.post("/accounts/password/reset/", {"email": "ada@example.org"})
        assert second.post("/accounts/password/reset/confirm/", {"code": code_of(-1)}).status_code == 302
        assert second.get("/accounts/password/reset/complete/")["Location"] == "/accounts/password/reset/"

    def test_five_wrong_codes_and_an_old_one(self, ada, code_of, settings):
        client = Client()
        client.post("/accounts/password/reset/", {"email": "ada@example.org"})
        for _try in range(5):
            client.post("/accounts/password/reset/confirm/", {"code": "1111-1111"})
        client.post("/accounts/password/reset/confirm/", {"code": code_of(-1)})
        assert client.get("/accounts/password/reset/complete/").status_code == 302
        client.post("/accounts/password/reset/", {"email": "ada@example.org"})
        settings.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = -1
        assert client.post("/accounts/password/reset/confirm/", {"code": code_of(-1)})["Location"] == "/accounts/login/"

    def test_an_account_without_password_gets_one_by_reset(self, founded, code_of):
        user = User.objects.create_user("loaded@example.org")
        from collegium.members.actions import join

        join(user, "Loaded Person")
        client = Client()
        client.post("/accounts/password/reset/", {"email": "loaded@example.org"})
        client.post("/accounts/password/reset/confirm/", {"code": code_of(-1)})
        client.post("/accounts/password/reset/complete/", {"password1": OTHER})
        assert is_in(client)

    def test_change(self, ada, signed_in):
        elsewhere = enter()
        wrong = signed_in.post("/accounts/password/change/", {"oldpassword": "no", "password1": OTHER})
        assert "not your current password" in wrong.content.decode()
        assert (
            signed_in.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": OTHER}).status_code
            == 302
        )
        assert is_in(signed_in)
        assert not is_in(elsewhere)
        assert Entry.objects.filter(kind="accounts.signed_out", subject=ada.member.pk).exists()

    def test_guessing_is_slowed_down(self, ada):
        for _try in range(5):
            enter(password="wrong")
        answer = Client().post("/accounts/login/", {"login": "ada@example.org", "password": PASSWORD})
        assert "tried too often" in answer.content.decode()

    def test_many_sign_ins_from_one_address_are_refused_kindly(self, ada):
        answers = [
            Client().post("/accounts/login/", {"login": f"x{n}@example.org", "password": "y"}) for n in range(31)
        ]
        assert answers[-1].status_code == 429
        assert "a lot in a short time" in answers[-1].content.decode()


class TestAddress:
    def test_change_counts_once_confirmed(self, ada, signed_in, code_of):
        assert signed_in.post("/accounts/email/", {"action_add": "1", "email": "new@example.org"})[
            "Location"
        ].startswith("/accounts/reauthenticate/")
        prove(signed_in)
        answer = signed_in.post("/accounts/email/", {"action_add": "1", "email": "New@example.org"})
        assert answer["Location"] == "/accounts/confirm-email/"
        assert mail.outbox[-1].to == ["new@example.org"]
        assert is_in(enter()), "until then the old address counts"
        assert signed_in.post("/accounts/confirm-email/", {"action": "verify", "code": code_of(-1)}).status_code == 302
        ada.refresh_from_db()
        assert ada.email == "new@example.org"
        assert list(EmailAddress.objects.filter(user=ada).values_list("email", "verified", "primary")) == [
            ("new@example.org", True, True)
        ]
        notice = mail.outbox[-1]
        assert (notice.to, notice.subject) == (["ada@example.org"], "Your e-mail address was changed")
        assert "new@example.org" in notice.body
        assert not is_in(enter())
        assert is_in(enter("new@example.org"))

    def test_a_taken_address_cannot_be_confirmed(self, ada, signed_in, code_of):
        prove(signed_in)
        signed_in.post("/accounts/email/", {"action_add": "1", "email": "owner@example.org"})
        answer = signed_in.post("/accounts/confirm-email/", {"action": "verify", "code": code_of(-1)})
        assert "cannot be used here" in answer.content.decode()
        ada.refresh_from_db()
        assert ada.email == "ada@example.org"

    def test_bad_addresses(self, ada, signed_in):
        prove(signed_in)
        for email in ("", "nothing", "a\x00@example.org", "x" * 250 + "@example.org", "ada@example.org"):
            answer = signed_in.post("/accounts/email/", {"action_add": "1", "email": email})
            assert answer.status_code == 200, email
            assert "field-error" in answer.content.decode(), email


class TestSessions:
    def test_one_and_all_others(self, ada, signed_in):
        phone, tablet = enter(), enter()
        page = signed_in.get("/accounts/sessions/").content.decode()
        assert page.count("<li>") >= 3
        assert "This device" in page
        row = UserSession.objects.get(session_key=phone.session.session_key)
        assert signed_in.post(f"/accounts/sessions/{row.pk}/ending/").status_code == 302
        assert not is_in(phone)
        assert is_in(tablet)
        signed_in.post("/accounts/sessions/")
        assert not is_in(tablet)
        assert is_in(signed_in)
        assert Entry.objects.filter(kind="accounts.signed_out", subject=ada.member.pk).count() == 2

    def test_those_of_others_do_not_exist(self, ada, signed_in, owner):
        row = UserSession.objects.get(session_key=owner.session.session_key)
        assert signed_in.post(f"/accounts/sessions/{row.pk}/ending/").status_code == 404
        assert is_in(owner)

    def test_ending_this_one(self, signed_in):
        row = UserSession.objects.get(session_key=signed_in.session.session_key)
        assert signed_in.post(f"/accounts/sessions/{row.pk}/ending/")["Location"] == "/"
        assert not is_in(signed_in)


class TestSecondStep:
    def secret(self, page: str) -> str:
        return re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")

    def now(self, secret: str) -> str:
        return format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    def test_the_whole_cycle(self, ada, signed_in, django_capture_on_commit_callbacks):
        assert signed_in.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")
        prove(signed_in)
        page = signed_in.get("/accounts/2fa/totp/activate/").content.decode()
        assert 'class="scan"' in page
        secret = self.secret(page)
        wrong = signed_in.post("/accounts/2fa/totp/activate/", {"code": "000000"})
        assert "not the right code" in wrong.content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            answer = signed_in.post("/accounts/2fa/totp/activate/", {"code": self.now(secret)})
        assert answer["Location"] == "/accounts/2fa/recovery-codes/"
        assert secret not in str(Authenticator.objects.get(type="totp").data), "the secret is not stored readable"
        codes = re.findall(r"<li>(\d{4} \d{4})</li>", signed_in.get(answer["Location"]).content.decode())
        assert len(codes) == 10
        text = signed_in.get("/accounts/2fa/recovery-codes/download/").content.decode()
        assert codes[0].replace(" ", "") in text

        fresh = enter()
        assert not is_in(fresh), "the password alone is not enough now"
        assert "One more step" in fresh.get("/accounts/2fa/authenticate/").content.decode()
        assert fresh.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
        assert fresh.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == 302
        assert is_in(fresh)
        again = enter()
        again.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert not is_in(again), "a recovery code works once"

        signed_in.post("/accounts/2fa/recovery-codes/generate/")
        again.post("/accounts/2fa/authenticate/", {"code": codes[1]})
        assert not is_in(again), "new codes end the old ones"
        assert signed_in.post("/accounts/2fa/totp/deactivate/").status_code == 302
        assert is_in(enter())
        subjects = [message.subject for message in mail.outbox]
        assert "An authenticator app was set up" in subjects
        assert "The authenticator app was turned off" in subjects

    def test_a_code_cannot_be_used_twice(self, ada, signed_in):
        prove(signed_in)
        secret = self.secret(signed_in.get("/accounts/2fa/totp/activate/").content.decode())
        code = self.now(secret)
        signed_in.post("/accounts/2fa/totp/activate/", {"code": code})
        one, two = enter(), enter()
        one.post("/accounts/2fa/authenticate/", {"code": code})
        two.post("/accounts/2fa/authenticate/", {"code": code})
        assert not (is_in(one) and is_in(two))

    @pytest.mark.parametrize(
        "credential",
        [
            "",
            "[]",
            "null",
            "7",
            "{}",
            "{",
            '"x"',
            '{"id": 1}',
            '{"response": []}',
            "x" * 30_000,
            '{"id":"a","rawId":"a","type":"public-key","response":{}}',
            '{"id":"\\u0000","rawId":"a","type":"public-key","response":{"clientDataJSON":"e30"}}',
            '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","userHandle":"enp6enp6enp6enp6"}}',
            '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"!!","attestationObject":"oA"}}',
            '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}',
            "[" * 9_000,
        ],
    )
    def test_made_up_passkeys_are_refused(self, ada, signed_in, credential):
        stranger = Client()
        stranger.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
        answer = stranger.post("/accounts/2fa/webauthn/login/", {"credential": credential})
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
        prove(signed_in)
        signed_in.get("/accounts/2fa/webauthn/add/")
        answer = signed_in.post("/accounts/2fa/webauthn/add/", {"name": "x", "credential": credential})
        assert answer.status_code == 200
        assert not Authenticator.objects.exists()


def test_language(ada, signed_in, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    answer = signed_in.post("/settings/language/", {"language": "de"})
    assert answer.status_code == 302
    ada.refresh_from_db()
    assert ada.locale == "de"
    assert signed_in.post("/settings/language/", {"language": "xx"}).status_code == 404
    assert 'lang="de"' in signed_in.get("/settings/").content.decode()
    assert 'lang="de"' in enter().get("/settings/").content.decode(), "it comes along to a new device"


def test_an_account_without_a_person_does_not_break_pages(founded):
    User.objects.create_user("bare@example.org", PASSWORD)
    EmailAddress.objects.create(
        user=User.objects.get(email="bare@example.org"), email="bare@example.org", verified=True
    )
    client = enter("bare@example.org")
    assert is_in(client)
    for path in ("/", "/accounts/sessions/", "/accounts/email/", "/accounts/2fa/"):
        assert client.get(path).status_code == 200, path
    assert client.post("/accounts/logout/").status_code == 302


def test_a_session_costs_one_query_beside_its_own(ada, signed_in, django_assert_num_queries):
    from collegium.accounts.backends import AccountBackend

    with django_assert_num_queries(1):
        assert AccountBackend().get_user(ada.pk).member.handle == "ada-lovelace"
