"""Whatever is thrown at the doors, the answer is a clear refusal, and the worker lives."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.django_db

DOORS = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/signup/passkey/",
    "/accounts/password/reset/",
    "/accounts/password/reset/confirm/",
    "/accounts/password/change/",
    "/accounts/password/set/",
    "/accounts/confirm-email/",
    "/accounts/email/",
    "/accounts/reauthenticate/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/authenticate/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/webauthn/login/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/webauthn/signup/",
    "/accounts/2fa/webauthn/keys/7/edit/",
    "/accounts/sessions/99999999999999999999/ending/",
    "/settings/language/",
    "/settings/community/",
    "/settings/community/invitations/",
    "/settings/community/people/99999999999999999999/refusal/",
    "/welcome/%00/",
    "/claim/%FF%FE/",
    "/waiting/",
]
FIELDS = (
    "login",
    "email",
    "name",
    "password",
    "password1",
    "oldpassword",
    "code",
    "credential",
    "action",
    "language",
    "next",
)
THROWN = [
    dict.fromkeys(FIELDS, "\x00"),
    dict.fromkeys(FIELDS, "A" * 20000),
    dict.fromkeys(FIELDS, "\u202e\ufeff\u200b"),
    {field: "\ud83d".encode("utf-16", "surrogatepass").decode("latin-1") for field in FIELDS},
    {field: ["a", "b"] for field in FIELDS},
    dict.fromkeys(FIELDS, "{}"),
]


@pytest.fixture(params=["nobody", "member", "owner"])
def visitor(request, founded) -> Client:
    if request.param == "nobody":
        return Client()
    return request.getfixturevalue("signed_in" if request.param == "member" else "owner")


def test_anything_at_any_door(visitor, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    for door in DOORS:
        assert visitor.get(door).status_code < 500, door
        for data in THROWN:
            assert visitor.post(door, data).status_code < 500, (door, data)
        broken = visitor.post(door, b"email=%ff%fe&name=\xff\x00&login=%00", "application/x-www-form-urlencoded")
        assert broken.status_code < 500, door
        assert visitor.post(door, b"{]", "application/json").status_code < 500, door
        assert visitor.post(door, b"x", "multipart/form-data; boundary=q").status_code < 500, door


def test_a_body_of_ten_megabytes_is_refused(client, founded):
    answer = client.post("/accounts/login/", {"login": "x" * 10_000_000})
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "next_", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example", "\x00"]
)
def test_signing_in_leads_nowhere_else(ada, client, next_):
    data = {"login": "ada@example.org", "password": "blue kettle sings at noon", "next": next_}
    assert client.post("/accounts/login/", data)["Location"] == "/"


def test_attempts_are_counted_where_all_processes_see_them(ada, client):
    client.post("/accounts/login/", {"login": "ada@example.org", "password": "wrong"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_cache WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone()[0] > 0
    cache.clear()


def test_nobody_says_where_he_comes_from_unless_trusted(ada, settings):
    from allauth.usersessions.models import UserSession

    form = {"login": "ada@example.org", "password": "blue kettle sings at noon"}
    Client(headers={"x-forwarded-for": "203.0.113.7"}).post("/accounts/login/", form)
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    Client(headers={"x-forwarded-for": "203.0.113.7"}).post("/accounts/login/", form)
    assert list(UserSession.objects.order_by("id").values_list("ip", flat=True)) == ["127.0.0.1", "203.0.113.7"]
