"""What the tests of getting in share: a founded network, a person, the codes in mails."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from collegium.accounts.models import Community, User
from collegium.members.users import create

PASSWORD = "blue kettle sings at noon"


@pytest.fixture
def password() -> str:
    return PASSWORD


@pytest.fixture
def founded(db) -> Community:
    """A network with an owner, open to all."""
    create("owner@example.org", "Olga Owner", PASSWORD, owner=True)
    return Community.objects.create(name="Harbour Guild")


@pytest.fixture
def ada(founded) -> User:
    """A member with a password and a confirmed address."""
    return create("ada@example.org", "Ada Lovelace", PASSWORD).user


@pytest.fixture
def signed_in(ada) -> Client:
    """Ada's browser, by way of the form."""
    return enter(Client(), "ada@example.org")


@pytest.fixture
def owner(founded) -> Client:
    """The owner's browser."""
    return enter(Client(), "owner@example.org")


def enter(client: Client, email: str, password: str = PASSWORD) -> Client:
    answer = client.post("/accounts/login/", {"login": email, "password": password})
    assert answer.status_code == 302, answer.content.decode()
    return client


@pytest.fixture
def code_of() -> Callable[[int], str]:
    """The code in a mail: `code_of(-1)`."""
    return lambda index: re.search(r"\b(\d{4}-\d{4})\b", mail.outbox[index].body)[1]


@pytest.fixture(autouse=True)
def _fresh_counts(request) -> None:
    """Attempts counted in one test do not count in the next."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        cache.clear()
