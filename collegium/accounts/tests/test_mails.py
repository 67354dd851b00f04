"""Mails kept on the machine: durable, few, read by owners only."""

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client

from collegium.lib import mail

BACKEND = "collegium.lib.mail.KeptMail"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def keep(subject: str = "Hello", body: str = "Look: http://localhost:8000/join/x/ <b>now</b>") -> None:
    EmailMessage(subject, body, to=["kim@example.org"], connection=get_connection(BACKEND)).send()


def test_kept_for_its_owner_only():
    keep()
    (name,) = mail.names(10)
    message = mail.read(name)
    assert message["Subject"] == "Hello"
    assert oct((mail.folder() / f"{name}.eml").stat().st_mode & 0o777) == "0o600"


def test_only_the_newest_stay(monkeypatch):
    monkeypatch.setattr(mail, "KEPT", 3)
    for number in range(5):
        keep(f"Number {number}")
    assert [mail.read(name)["Subject"] for name in mail.names(10)] == ["Number 4", "Number 3", "Number 2"]


@pytest.mark.parametrize("name", ["../secret", "x", "20260101T000000000000-zzzzzzzz", "", "/etc/passwd"])
def test_strange_names_open_nothing(name):
    assert mail.read(name) is None


@pytest.mark.django_db
def test_owners_read_them_and_nobody_else(founded, owner, signed_in):
    keep()
    (name,) = mail.names(10)
    page = owner.get("/_mail/").content.decode()
    assert "Hello" in page
    one = owner.get(f"/_mail/{name}/").content.decode()
    assert 'href="http://localhost:8000/join/x/"' in one
    assert "&lt;b&gt;now" in one
    for client in (signed_in, Client()):
        for path in ("/_mail/", f"/_mail/{name}/"):
            assert client.get(path).status_code == 404
    assert owner.get("/_mail/20260101T000000000000-00000000/").status_code == 404
    assert owner.get("/_mail/..%2Fx/").status_code == 404


@pytest.mark.django_db
def test_before_there_is_an_owner_nobody_reads_them(client):
    keep()
    assert client.get("/_mail/").status_code == 404


@pytest.mark.django_db
def test_many_are_paged(owner, founded):
    for number in range(60):
        keep(f"Number {number:02}")
    first = owner.get("/_mail/").content.decode()
    assert "Number 59" in first
    assert "Number 09" not in first
    older = owner.get(f"/_mail/?before={mail.names(50)[-1]}").content.decode()
    assert "Number 09" in older
