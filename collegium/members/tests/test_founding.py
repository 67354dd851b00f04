"""The first owner's link, and the links of accounts made by the operator: each opens once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client

from collegium.accounts.models import Community, Pass, User
from collegium.accounts.setup import setup_link
from collegium.lib import clock
from collegium.lib.refusal import Conflict
from collegium.members import users
from collegium.members.models import Member

BASE = "http://localhost:8000"
PASSWORD = "blue kettle sings at noon"
FORM = {
    "network": "Harbour Guild",
    "sign_up": "approval",
    "name": "Olga Petrova",
    "email": "Olga@Example.org",
    "password1": PASSWORD,
}


@pytest.fixture(autouse=True)
def _fresh_counts(db):
    cache.clear()


def path_of(link: str) -> str:
    return link.removeprefix(BASE)


@pytest.mark.django_db
class TestFirstOwner:
    def test_names_the_network_and_is_in(self, client):
        assert "waits for its first person" in client.get("/").content.decode()
        assert "Not open yet" in client.get("/accounts/signup/").content.decode()
        path = path_of(setup_link(BASE))
        assert "A network of your own" in client.get(path).content.decode()
        wrong = client.post(path, FORM | {"password1": "olga1234"})
        assert wrong.status_code == 422
        assert "Harbour Guild" in wrong.content.decode(), "what was typed stays"
        assert client.post(path, FORM)["Location"] == "/"
        user = User.objects.get()
        assert (user.email, user.is_owner, user.member.handle) == ("olga@example.org", True, "olga-petrova")
        assert Community.objects.get().sign_up == "approval"
        page = client.get("/settings/").content.decode()
        assert "Harbour Guild" in page
        assert client.get("/accounts/2fa/webauthn/add/").status_code == 200, (
            "a passkey can be added next, without more ado"
        )
        assert Client().get(path).status_code == 404
        assert Client().post(path, FORM | {"email": "late@example.org"}).status_code == 404
        assert User.objects.count() == 1
        assert setup_link(BASE) is None
        assert "waits for its first person" not in Client().get("/").content.decode()

    def test_only_the_newest_link_opens(self, client):
        old, new = path_of(setup_link(BASE)), path_of(setup_link(BASE))
        assert client.get(old).status_code == 404
        assert client.get(new).status_code == 200
        Pass.objects.update(expires_at=clock.now() - timedelta(seconds=1))
        assert client.get(new).status_code == 404

    @pytest.mark.parametrize("token", ["x", "a" * 500, "%00", "..", "%F0%9F%8E%84"])
    def test_guessed_tokens_open_nothing(self, client, token):
        setup_link(BASE)
        for door in ("welcome", "claim", "join"):
            assert client.get(f"/{door}/{token}/").status_code == 404

    def test_a_key_fits_one_kind_of_door(self, client):
        token = path_of(setup_link(BASE)).split("/")[2]
        assert client.get(f"/claim/{token}/").status_code == 404
        assert client.get(f"/join/{token}/").status_code == 404


def at_once(calls):
    """Run the calls in threads that start together; what each returned or raised."""
    barrier = Barrier(len(calls))

    def run(call):
        try:
            barrier.wait()
            return call()
        except Exception as error:  # noqa: BLE001 - the test looks at whatever it was
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_two_at_the_first_door(self):
        path = path_of(setup_link(BASE))
        answers = at_once([lambda n=n: Client().post(path, FORM | {"email": f"o{n}@example.org"}) for n in range(4)])
        assert sorted(answer.status_code for answer in answers) == [302, 404, 404, 404]
        assert User.objects.filter(role="owner").count() == 1
        assert Member.objects.count() == 1

    def test_one_address_claimed_by_many_at_once(self):
        users.create("owner@example.org", "Olga Owner", PASSWORD, owner=True)
        form = {"name": "Kim Lund", "email": "kim@example.org", "password1": PASSWORD}
        answers = at_once([lambda: Client().post("/accounts/signup/", form)] * 4)
        # Everybody is told the same, or (two mails to one address within ten seconds) to wait; nobody sees an error.
        assert {answer.status_code for answer in answers} <= {302, 429}
        assert User.objects.filter(email="kim@example.org").count() == 1
        assert Member.objects.filter(name="Kim Lund").count() == 1

    def test_one_name_claimed_by_many_at_once(self):
        users.create("owner@example.org", "Olga Owner", PASSWORD, owner=True)

        def join(n):
            return Client().post(
                "/accounts/signup/", {"name": "Kim Lund", "email": f"kim{n}@example.org", "password1": PASSWORD}
            )

        answers = at_once([lambda n=n: join(n) for n in range(5)])
        assert [answer.status_code for answer in answers] == [302] * 5
        handles = sorted(Member.objects.filter(name="Kim Lund").values_list("handle", flat=True))
        assert handles == ["kim-lund", "kim-lund-2", "kim-lund-3", "kim-lund-4", "kim-lund-5"]

    def test_one_invitation_used_by_many_at_once(self):
        users.create("owner@example.org", "Olga Owner", PASSWORD, owner=True)
        Community.objects.create(name="Harbour Guild", sign_up="invitation")
        _, token = Pass.make(Pass.Kind.INVITATION, days=1)

        def join(n):
            client = Client()
            client.get(f"/join/{token}/")
            return client.post(
                "/accounts/signup/", {"name": f"P{n}", "email": f"p{n}@example.org", "password1": PASSWORD}
            )

        answers = at_once([lambda n=n: join(n) for n in range(4)])
        assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 302]
        assert User.objects.exclude(role="owner").count() == 1
        over = next(answer for answer in answers if answer.status_code == 200).content.decode()
        assert "has been used" in over or "needs an invitation" in over

    def test_one_handle_wished_by_two(self):
        from collegium.members import actions

        people = [users.create(f"p{n}@example.org", f"Person {n}") for n in range(2)]
        results = at_once([lambda one=one: actions.edit(one, handle="the-harbour") for one in people])
        assert sorted(type(result).__name__ for result in results) == ["Conflict", "Member"]
        assert Member.objects.filter(handle="the-harbour").count() == 1

    def test_one_account_joined_twice_at_once(self):
        from collegium.members import actions

        user = User.objects.create_user("kim@example.org")
        results = at_once([lambda: actions.join(user, "Kim Lund")] * 3)
        assert sorted(type(result).__name__ for result in results) == ["Conflict", "Conflict", "Member"]

    def test_approved_and_refused_at_once(self):
        from collegium.members import actions

        user = User.objects.create_user("kim@example.org")
        member = actions.join(user, "Kim Lund", standing=Member.Standing.AWAITING)
        results = at_once(
            [
                lambda: actions.approve(Member.objects.get(pk=member.pk), by=None),
                lambda: actions.refuse(Member.objects.get(pk=member.pk), by=None),
            ]
        )
        assert sum(result is None for result in results) == 1
        assert all(result is None or isinstance(result, (Conflict, Member.DoesNotExist)) for result in results)

    def test_a_claim_used_twice_at_once(self):
        users.create("kim@example.org", "Kim Lund")
        path = path_of(users.link("kim@example.org", BASE))
        answers = at_once([lambda n=n: Client().post(path, {"password1": f"{PASSWORD} {n}"}) for n in range(3)])
        assert sorted(answer.status_code for answer in answers) == [302, 404, 404]


@pytest.mark.django_db
class TestOperator:
    def test_create_link_claim(self, client):
        member = users.create("Kim@Example.org", "Kim Lund")
        assert member.is_active
        with pytest.raises(Conflict):
            users.create("kim@example.org", "Kim Again")
        old, new = path_of(users.link("kim@example.org", BASE)), path_of(users.link("KIM@example.org", BASE))
        assert client.get(old).status_code == 404
        assert "kim@example.org" in client.get(new).content.decode()
        assert client.post(new, {"password1": "kim"}).status_code == 422
        assert client.post(new, {"password1": PASSWORD})["Location"] == "/"
        assert client.get("/settings/").status_code == 200
        assert Client().get(new).status_code == 404
        answer = Client().post("/accounts/login/", {"login": "kim@example.org", "password": PASSWORD})
        assert answer.status_code == 302

    def test_a_claim_lasts_seven_days(self, client):
        users.create("kim@example.org", "Kim Lund")
        path = path_of(users.link("kim@example.org", BASE))
        Pass.objects.update(expires_at=clock.now() - timedelta(seconds=1))
        assert client.get(path).status_code == 404

    def test_nobody_and_suspended(self, client):
        with pytest.raises(User.DoesNotExist):
            users.link("nobody@example.org", BASE)
        users.create("kim@example.org", "Kim Lund")
        path = path_of(users.link("kim@example.org", BASE))
        users.suspend("kim@example.org")
        assert client.get(path).status_code == 404
        with pytest.raises(User.DoesNotExist):
            users.link("kim@example.org", BASE)
        with pytest.raises(Conflict):
            users.suspend("kim@example.org")
        with pytest.raises(Member.DoesNotExist):
            users.suspend("nobody@example.org")
