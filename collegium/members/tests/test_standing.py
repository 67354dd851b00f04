"""Standing: suspended at once and everywhere, restored whole; and what one may say about oneself."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from collegium.accounts.models import User
from collegium.journal.models import Entry
from collegium.lib.refusal import Conflict, Refusal
from collegium.members import actions, users
from collegium.members.models import Member

pytestmark = pytest.mark.django_db
PASSWORD = "blue kettle sings at noon"


@pytest.fixture
def kim() -> Member:
    return users.create("kim@example.org", "Kim Lund", PASSWORD)


@pytest.fixture
def olga() -> Member:
    return users.create("owner@example.org", "Olga Owner", PASSWORD, owner=True)


def enter(email: str = "kim@example.org") -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return client


def test_suspended_everywhere_at_once_and_restored(kim, olga):
    laptop, phone = enter(), enter()
    assert phone.get("/settings/").status_code == 200
    actions.suspend(kim, by=olga)
    for client in (laptop, phone, enter()):
        assert client.get("/settings/").status_code == 302
    assert Entry.objects.get(kind="members.suspended").subject == kim.pk
    owner = enter("owner@example.org")
    assert "Kim Lund" in owner.get("/settings/community/people/").content.decode()
    assert owner.post(f"/settings/community/people/{kim.pk}/restoration/").status_code == 302
    assert phone.get("/settings/").status_code == 302, "sessions that ended stay ended"
    assert enter().get("/settings/").status_code == 200
    with pytest.raises(Conflict):
        actions.restore(kim, by=olga)


def test_who_may(kim, olga):
    with pytest.raises(Refusal):
        actions.suspend(olga, by=kim)
    with pytest.raises(Refusal):
        actions.suspend(olga, by=olga)
    with pytest.raises(Refusal):
        actions.approve(kim, by=kim)
    with pytest.raises(Refusal):
        actions.refuse(kim, by=kim)
    actions.suspend(kim, by=olga)
    with pytest.raises(Refusal):
        actions.restore(kim, by=kim)
    with pytest.raises(Refusal):
        actions.edit(kim, name="Kim")


def test_joining_records_once(kim):
    assert Entry.objects.filter(kind="members.joined", subject=kim.pk).count() == 1
    with pytest.raises(Conflict):
        actions.join(kim.user, "Kim Again")


def test_a_wished_handle(kim):
    user = User.objects.create_user("other@example.org")
    with pytest.raises(Conflict):
        actions.join(user, "Other", handle="kim-lund")
    assert actions.join(user, "Other", handle="other-one").handle == "other-one"


@pytest.mark.parametrize(
    "name", ["Łukasz Żółć", "田中太郎", "محمد", "🙂", "admin", "O", "x" * 100, "-", "Ada-Lovelace"]
)
def test_every_name_gets_a_handle(name):
    member = users.create("someone@example.org", name)
    assert member.handle


def test_editing_changes_only_what_is_for_editing(kim):
    actions.edit(kim, name="Kim Olsen", headline="Harbour pilot")
    kim.refresh_from_db()
    assert (kim.name, kim.sort_name, kim.headline, kim.handle) == (
        "Kim Olsen",
        "kim olsen",
        "Harbour pilot",
        "kim-lund",
    )
    for field in ("standing", "user", "id", "connection_count"):
        with pytest.raises(TypeError):
            actions.edit(kim, **{field: 1})


def test_wishes_that_were_never_confirmed_end_after_a_week(kim, olga):
    from collegium.lib import clock, ids
    from collegium.members.sweep import sweep

    def asking(email: str, days: int) -> Member:
        member = actions.join(User.objects.create_user(email), "Some One", standing=Member.Standing.AWAITING)
        then = ids.key_at(clock.now() - timedelta(days=days))
        Member.objects.filter(pk=member.pk).update(id=then)
        return Member.objects.get(pk=then)

    old, young, confirmed = asking("a@example.org", 8), asking("b@example.org", 6), asking("c@example.org", 8)
    EmailAddress.objects.create(user=confirmed.user, email="c@example.org", verified=True)
    assert sweep() == 1
    assert not User.objects.filter(pk=old.user_id).exists()
    assert Member.objects.filter(pk__in=[young.pk, confirmed.pk, kim.pk, olga.pk]).count() == 4
    assert sweep() == 0
