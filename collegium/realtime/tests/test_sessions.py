"""Who has a line is who has pages: both judge the same sessions alike."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.lib import clock
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.realtime.sessions import holders


def key_of(client):
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def change(client, **content):
    """Write into the session as if it had been made otherwise; None removes."""
    session = client.session
    for name, value in content.items():
        session.pop(name, None) if value is None else session.update({name: value})
    session.save()


def standing(value):
    return lambda client, ada: Member.objects.filter(pk=ada.pk).update(standing=value)


def new_password(client, ada):
    ada.user.set_password("another one entirely")
    ada.user.save()


CASES = {
    "as it was": lambda client, ada: None,
    "signed out": lambda client, ada: client.logout(),
    "session deleted": lambda client, ada: Session.objects.all().delete(),
    "session ran out": lambda client, ada: Session.objects.update(expire_date=clock.now() - timedelta(seconds=1)),
    "session unreadable": lambda client, ada: Session.objects.update(session_data="nonsense"),
    "session of nobody": lambda client, ada: change(client, **{SESSION_KEY: None}),
    "session of a stranger to the database": lambda client, ada: change(client, **{SESSION_KEY: "12"}),
    "way in that we do not have": lambda client, ada: change(client, **{BACKEND_SESSION_KEY: "some.other.Backend"}),
    "no proof of the password": lambda client, ada: change(client, **{HASH_SESSION_KEY: None}),
    "wrong proof of the password": lambda client, ada: change(client, **{HASH_SESSION_KEY: "0" * 64}),
    "new password": new_password,
    "suspended": lambda client, ada: members.suspend(ada, by=None),
    "standing alone suspended": standing(Member.Standing.SUSPENDED),
    "awaiting": standing(Member.Standing.AWAITING),
    "account closed": lambda client, ada: type(ada.user).objects.filter(pk=ada.user.pk).update(is_active=False),
}
STANDS = {"as it was"}


@pytest.mark.parametrize("name", CASES)
def test_the_line_judges_as_the_pages_do(name, make_member, client_of):
    ada = make_member("Ada Lindqvist")
    client = client_of(ada)
    key = key_of(client)
    CASES[name](client, ada)
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    line = holders([key])
    page = client.get("/notifications/").status_code == 200
    assert page == (name in STANDS)
    assert line == ({key: ada.pk} if page else {})


def test_keys_that_are_none(db):
    assert holders(["", "x" * 5000, "ä", "'; DROP", "\x00", "a b"]) == {}


def test_many_sessions_cost_as_much_as_one(make_member, client_of):
    keys = {key_of(client_of(make_member(f"Member {number}"))): number for number in range(20)}
    with CaptureQueriesContext(connection) as one:
        assert len(holders(list(keys)[:1])) == 1
    with CaptureQueriesContext(connection) as many:
        assert len(set(holders(keys).values())) == 20
    assert len(many) == len(one) == 2
