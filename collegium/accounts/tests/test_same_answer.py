"""Whether an address is known can be learned from no page: the answers are the same, byte for byte."""

import re

import pytest
from django.core import mail
from django.test import Client

pytestmark = pytest.mark.django_db
PASSWORD = "blue kettle sings at noon"
KNOWN, UNKNOWN = "ada@example.org", "eve@example.org"


def bare(answer) -> tuple:
    """Everything a visitor gets, less tokens made new for each page, the nonce and the address he typed himself."""
    text = answer.content.decode()
    text = re.sub(r'(name="csrfmiddlewaretoken" value|nonce|data-session)="[^"]*"', r"\1", text)
    text = re.sub(r'"X-CSRFToken": "[^"]*"', "", text)
    text = text.replace(KNOWN, "IT").replace(UNKNOWN, "IT")
    cookies = sorted((name, len(morsel.value), morsel["max-age"]) for name, morsel in answer.cookies.items())
    headers = {
        name: value
        for name, value in answer.items()
        if name not in {"Content-Security-Policy", "Content-Length", "Expires"}
    }
    return answer.status_code, headers, cookies, text


def walk(email: str, steps: list[tuple[str, dict]]) -> list[tuple]:
    client, seen = Client(), []
    for path, data in steps:
        filled = {key: value.replace("ADDRESS", email) for key, value in data.items()}
        seen += [bare(client.post(path, filled)), bare(client.get(path))]
        where = seen[-2][1].get("Location")
        seen.append(bare(client.get(where)) if where else ())
    return seen


WALKS = {
    "sign-up": [
        ("/accounts/signup/", {"name": "Eve", "email": "ADDRESS", "password1": PASSWORD}),
        ("/accounts/confirm-email/", {"action": "verify", "code": "0000-0000"}),
        ("/accounts/confirm-email/", {"action": "change", "email": "x@example.org"}),
    ],
    "sign-up by passkey": [
        ("/accounts/signup/passkey/", {"name": "Eve", "email": "ADDRESS"}),
        ("/accounts/confirm-email/", {"action": "verify", "code": "0000-0000"}),
    ],
    "weak password": [("/accounts/signup/", {"name": "Eve", "email": "ADDRESS", "password1": "password"})],
    "sign-in": [("/accounts/login/", {"login": "ADDRESS", "password": "wrong password here"})],
    "reset": [
        ("/accounts/password/reset/", {"email": "ADDRESS"}),
        *[("/accounts/password/reset/confirm/", {"code": f"0000-000{number}"}) for number in range(5)],
        ("/accounts/password/reset/", {"email": "ADDRESS"}),
    ],
}


@pytest.mark.parametrize("kind", WALKS)
def test_known_and_unknown_look_alike(ada, kind):
    known, unknown = walk(KNOWN, WALKS[kind]), walk(UNKNOWN, WALKS[kind])
    assert known == unknown


def test_each_mailbox_gets_one_mail_either_way(ada):
    for email in (KNOWN, UNKNOWN):
        Client().post("/accounts/signup/", {"name": "Eve", "email": email, "password1": PASSWORD})
        Client().post("/accounts/password/reset/", {"email": email})
    assert sorted(message.to[0] for message in mail.outbox) == [KNOWN, KNOWN, UNKNOWN, UNKNOWN]
    first = next(message for message in mail.outbox if message.to == [KNOWN])
    assert first.subject == "You have an account at Harbour Guild already"


def test_changing_to_a_taken_address_looks_like_changing_to_a_free_one(ada, signed_in, owner):
    """Only whoever reads the taken mailbox can learn that it is taken."""
    seen = []
    for email in ("owner@example.org", "free@example.org"):
        client = Client()
        client.post("/accounts/login/", {"login": KNOWN, "password": PASSWORD})
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        answer = client.post("/accounts/email/", {"action_add": "1", "email": email})
        page = client.get("/accounts/confirm-email/")
        seen.append((answer.status_code, answer.get("Location"), bare(page)[3].replace(email, "IT")))
    assert seen[0] == seen[1]
    assert seen[0][1] == "/accounts/confirm-email/"


def test_suspended_and_wrong_password_look_alike(ada):
    from collegium.members.users import create, suspend

    create("gus@example.org", "Gus Petrov", PASSWORD)
    suspend("gus@example.org")
    answers = []
    for email in ("gus@example.org", UNKNOWN):
        answer = Client().post("/accounts/login/", {"login": email, "password": PASSWORD})
        answers.append(bare(answer)[3].replace(email, "IT"))
    assert answers[0] == answers[1]


def test_the_work_is_alike_too(ada, monkeypatch):
    """A password is hashed once in each case: what takes the time."""
    from django.contrib.auth.hashers import get_hasher

    counted = []
    hasher = type(get_hasher())
    original = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda self, *args: counted.append(1) or original(self, *args))

    def work(path, data):
        counted.clear()
        Client().post(path, data)
        return len(counted)

    for email in (KNOWN, UNKNOWN):
        assert work("/accounts/signup/", {"name": "Eve", "email": email, "password1": PASSWORD}) == 1, email
        assert work("/accounts/login/", {"login": f"x{email}", "password": "wrong"}) == 1, email
    assert work("/accounts/login/", {"login": KNOWN, "password": "wrong"}) == 1
