"""Proving a workplace, as a person does it: the page, the mail, the code, the badge, its end."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from collegium.audience.level import Level
from collegium.audience.viewer import NOBODY, Viewer
from collegium.career import records as career_records
from collegium.career.models import Item, PartAudience
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.lib.limits import Bucket
from collegium.members.models import Member
from collegium.notifications.models import Notification
from collegium.organizations.models import Organization
from collegium.testing.cast import Cast
from collegium.testing.fixtures import queries
from collegium.workplaces import records, tasks
from collegium.workplaces.models import Code, Proof
from collegium.workplaces.reading import beside, proofs

HERE = "/settings/workplace/"


def position(member: Member, name: str = "Acme", record: Organization | None = None, title: str = "Engineer") -> Item:
    return Item.objects.create(
        member=member, section="positions", title=title, organization_name=name, organization=record
    )


def ask(browser: Client, address: str, item: Item | None = None, name: str = "") -> int:
    given = {"position": str(item.pk) if item else "other", "organization": name, "address": address}
    return browser.post(HERE, given).status_code


def code_in_mail() -> str:
    found = re.search(r"\b(\d{3}) (\d{3})\b", str(mail.outbox[-1].body))
    assert found is not None
    return found[1] + found[2]


def answer(browser: Client, code: str) -> int:
    return browser.post(HERE + "code/", {"code": code}).status_code


def prove(browser: Client, address: str, item: Item | None = None, name: str = "") -> Proof:
    assert ask(browser, address, item, name) == 302
    assert answer(browser, code_in_mail()) == 302
    return Proof.objects.order_by("-id")[0]


def test_from_the_address_to_the_badge(cast: Cast) -> None:
    item, ada = position(cast.ada), cast.client("ada")
    assert ask(ada, "Ada.L@Mail.ACME.example", item) == 302
    sent = mail.outbox[-1]
    assert sent.to == ["Ada.L@mail.acme.example"]
    assert sent.extra_headers == {"Auto-Submitted": "auto-generated"}
    text, html = str(sent.body), str(sent.alternatives[0][0])
    assert "nothing else" in text
    assert all(word not in text + html for word in ("Ada Lindqvist", "Acme"))
    waiting = ada.get(HERE).content.decode()
    assert "Ada.L@mail.acme.example" in waiting
    code = code_in_mail()
    row = Code.objects.get()
    assert code not in repr(vars(row))
    assert answer(ada, f" {code[:3]}-{code[3:]} ") == 302
    proof = proofs(cast.viewer("bo"), cast.ada)[item.pk]
    assert re.fullmatch(r"Address at mail\.acme\.example proved, [A-Z][a-z]+ 20\d\d", proof.words)
    stored = repr([vars(row) for row in (*Code.objects.all(), *Proof.objects.all())])
    assert "ada.l" not in stored.lower()
    assert "ada.l" not in repr(list(Entry.objects.values())).lower()
    assert proof.expires_at - proof.proved_at == timedelta(days=365)
    assert proof.words in ada.get(HERE).content.decode()


def test_it_is_seen_with_the_position_and_with_nothing_else(cast: Cast) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    item = position(cast.ada)
    prove(cast.client("ada"), "ada@acme.example", item)
    table = {
        Level.EVERYONE: {"ada", "bo", "cy", "di", "flo", "hal", "nobody"},
        Level.MEMBERS: {"ada", "bo", "cy", "di", "flo", "hal"},
        Level.NETWORK: {"ada", "bo", "cy"},
        Level.CONNECTIONS: {"ada", "bo"},
        Level.ONLY_ME: {"ada"},
    }
    for level, seeing in table.items():
        PartAudience.objects.update_or_create(member=cast.ada, part="positions", defaults={"audience": level.value})
        eyes = {name: NOBODY if name == "gus" else cast.viewer(name) for name in cast.names}
        del eyes["gus"]
        found = {name for name, viewer in eyes.items() if proofs(viewer, cast.ada)}
        assert found == seeing, level
        for viewer in eyes.values():
            shown = Item.objects.visible_to(viewer).filter(member=cast.ada)
            assert beside(cast.ada, shown) == proofs(viewer, cast.ada)
    assert len(queries(lambda: proofs(cast.viewer("bo"), cast.ada))) <= 2, "one beside finding who looks"


@pytest.mark.parametrize("change", ["ended", "removed", "elsewhere", "linked", "expired", "taken away"])
def test_it_ends_with_what_it_was_of(cast: Cast, change: str) -> None:
    item, me = position(cast.ada), Viewer(cast.ada)
    proof = prove(cast.client("ada"), "ada@acme.example", item)
    assert proofs(me, cast.ada)
    rows = Item.objects.filter(pk=item.pk)
    if change == "ended":
        rows.update(ended="2024-01")
    elif change == "removed":
        rows.update(removed_at=clock.now())
    elif change == "elsewhere":
        rows.update(organization_name="Globex")
    elif change == "linked":
        rows.update(organization=Organization.objects.create(handle="acme", name="Acme"))
    elif change == "expired":
        Proof.objects.update(expires_at=clock.now())
    else:
        cast.client("ada").post(f"{proof.path}removal/")
    assert not proofs(me, cast.ada)
    assert not beside(cast.ada, Item.objects.visible_to(me).filter(member=cast.ada))
    assert not Proof.objects.living().exists()


def test_it_goes_on_with_the_next_position_there(cast: Cast) -> None:
    item = position(cast.ada)
    prove(cast.client("ada"), "ada@acme.example", item)
    Item.objects.filter(pk=item.pk).update(ended="2024-01")
    promoted = position(cast.ada, "ACME", title="Lead")
    assert list(proofs(Viewer(cast.ada), cast.ada)) == [promoted.pk]


def test_the_address_must_belong_to_the_record(cast: Cast) -> None:
    acme = Organization.objects.create(handle="acme", name="Acme", website="https://www.acme.example")
    linked, named = position(cast.ada, record=acme), position(cast.ada, "ACME")
    for item, name in ((linked, ""), (named, ""), (None, "acme")):
        for address in ("ada@evil-acme.example", "ada@gmail.com", "ada@acme.example.evil.example"):
            assert ask(cast.client("ada"), address, item, name) == 422
    assert not mail.outbox
    assert prove(cast.client("ada"), "ada@eu.acme.example", linked).organization == acme


def test_without_a_position_only_oneself_sees_it(cast: Cast) -> None:
    proof = prove(cast.client("ada"), "ada@acme.example", name="Acme")
    assert Proof.objects.living().contains(proof)
    assert not proofs(Viewer(cast.ada), cast.ada)
    item = position(cast.ada)
    assert list(proofs(cast.viewer("bo"), cast.ada)) == [item.pk]


def test_five_tries(cast: Cast) -> None:
    ada = cast.client("ada")
    ask(ada, "ada@acme.example", name="Acme")
    right = code_in_mail()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    said = [ada.post(HERE + "code/", {"code": wrong}).content.decode() for _ in range(5)]
    assert "4 more times" in said[0]
    assert "the last try" in said[4]
    assert answer(ada, right) == 409
    assert not Proof.objects.exists()


def test_a_code_lives_for_a_quarter_of_an_hour(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = cast.client("ada")
    ask(ada, "ada@acme.example", name="Acme")
    now = clock.now()
    monkeypatch.setattr("collegium.lib.clock.now", lambda: now + timedelta(minutes=15, seconds=1))
    assert answer(ada, code_in_mail()) == 409
    assert "ada@acme.example" not in ada.get(HERE).content.decode()
    tasks.sweep()
    assert not Code.objects.exists()


def test_a_code_is_for_one_member_and_the_newest_counts(cast: Cast) -> None:
    ask(cast.client("ada"), "ada@acme.example", name="Acme")
    first = code_in_mail()
    assert answer(cast.client("bo"), first) == 409
    ask(cast.client("bo"), "bo@acme.example", name="Acme")
    assert code_in_mail() == first or answer(cast.client("bo"), first) == 422
    ask(cast.client("ada"), "ada@other.example", name="Other")
    assert code_in_mail() == first or answer(cast.client("ada"), first) == 422
    assert answer(cast.client("ada"), code_in_mail()) == 302
    assert Proof.objects.get().domain == "other.example"


def test_the_same_form_twice_is_one_proof(cast: Cast) -> None:
    ada = cast.client("ada")
    ask(ada, "ada@acme.example", name="Acme")
    code = code_in_mail()
    assert (answer(ada, code), answer(ada, code)) == (302, 302)
    assert Proof.objects.count() == 1
    assert Entry.objects.filter(kind="workplaces.proved").count() == 1


def test_one_address_proves_one_member_at_a_time(cast: Cast) -> None:
    proof = prove(cast.client("ada"), "info@acme.example", name="Acme")
    ask(cast.client("bo"), "Info+bo@acme.example", name="Acme")
    refused = cast.client("bo").post(HERE + "code/", {"code": code_in_mail()})
    assert refused.status_code == 409
    assert "another member" in refused.content.decode()
    assert "Ada" not in refused.content.decode()
    cast.client("ada").post(f"{proof.path}removal/")
    assert answer(cast.client("bo"), code_in_mail()) == 302
    assert Proof.objects.get().member_id == cast.bo.pk
    assert cast.client("ada").post(f"{proof.path}restoration/").status_code == 404


def test_renewing_replaces_the_old_one(cast: Cast) -> None:
    item, ada = position(cast.ada), cast.client("ada")
    first = prove(ada, "ada@acme.example", item)
    second = prove(ada, "ada@mail.acme.example", item)
    assert list(Proof.objects.all()) == [second]
    assert first.pk != second.pk


def test_taking_away_and_back(cast: Cast) -> None:
    item, ada = position(cast.ada), cast.client("ada")
    proof = prove(ada, "ada@acme.example", item)
    assert cast.client("bo").post(f"{proof.path}removal/").status_code == 404
    page = ada.post(f"{proof.path}removal/", follow=True).content.decode()
    assert f"{proof.path}restoration/" in page
    ada.post(f"{proof.path}restoration/")
    assert proofs(Viewer(cast.ada), cast.ada)
    ada.post(f"{proof.path}removal/")
    Proof.objects.update(removed_at=clock.now() - timedelta(days=1, minutes=1))
    assert ada.post(f"{proof.path}restoration/").status_code == 403
    tasks.sweep()
    assert not Proof.objects.exists()


def test_it_is_asked_to_be_renewed_once_and_quietly(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    proof = prove(cast.client("ada"), "ada@acme.example", position(cast.ada))
    sent = len(mail.outbox)
    Proof.objects.update(expires_at=clock.now() + timedelta(days=20))
    for _ in range(2):
        tasks.sweep()
        hear()
    assert Notification.objects.filter(kind="workplaces.ending", recipient=cast.ada).count() == 1
    assert "acme.example" in cast.client("ada").get("/notifications/").content.decode()
    assert len(mail.outbox) == sent
    assert "to keep it" in cast.client("ada").get(HERE).content.decode()
    Proof.objects.filter(pk=proof.pk).update(expires_at=clock.now())
    assert "no longer shown" in cast.client("ada").get(HERE).content.decode()


def test_limits_for_the_one_who_asks_for_the_mailbox_and_for_the_house(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = cast.client("ada")
    statuses = [ask(ada, f"a{n}@acme.example", name="Acme") for n in range(6)]
    assert statuses == [302] * 5 + [429]
    page = ada.post(HERE, {"position": "other", "organization": "Acme", "address": "a9@acme.example"})
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 0
    assert "a9@acme.example" in page.content.decode()
    assert len(mail.outbox) == 5
    Bucket.objects.all().delete()
    names = ["bo", "cy", "di", "flo", "hal"]
    assert [ask(cast.client(name), "boss+x@acme.example", name="Acme") for name in names] == [302] * 4 + [429]
    Bucket.objects.all().delete()
    monkeypatch.setattr("collegium.workplaces.views.BY_DOMAIN", "3/h")
    assert [ask(cast.client(name), f"{name}@acme.example", name="Acme") for name in names[:4]] == [302] * 3 + [429]


def test_a_mail_server_that_is_away_is_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("collegium.lib.mail.send", away)
    page = cast.client("ada").post(HERE, {"position": "other", "organization": "Acme", "address": "a@acme.example"})
    assert page.status_code == 503
    assert "could not be sent" in page.content.decode()
    assert 'value="a@acme.example"' in page.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"position": "other", "organization": "", "address": "a@acme.example"},
        {"position": "other", "organization": "x" * 201, "address": "a@acme.example"},
        {"position": "1", "organization": "Acme", "address": "a@acme.example"},
        {"position": "", "organization": "Acme", "address": "a@acme.example"},
        {"position": "other", "organization": "Acme", "address": "x" * 300 + "@acme.example"},
        {"position": "other", "organization": "Acme", "address": "a@acme.example\nBcc: b@evil.example"},
        {"position": "other", "organization": "Ac\x00me", "address": "a@acme.example"},
        {"position": "other", "organization": "Acme", "address": ""},
    ],
)
def test_hostile_input(cast: Cast, given: dict[str, str]) -> None:
    assert cast.client("ada").post(HERE, given).status_code == 422
    assert not mail.outbox
    assert not Code.objects.exists()


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "1" * 300, "12 34\x0056"])
def test_hostile_codes(cast: Cast, code: str) -> None:
    ask(cast.client("ada"), "ada@acme.example", name="Acme")
    assert answer(cast.client("ada"), code) == 422
    assert Code.objects.get().tries == 0


def test_a_position_of_somebody_else_is_none_to_choose(cast: Cast) -> None:
    theirs = position(cast.bo)
    assert ask(cast.client("ada"), "ada@acme.example", theirs) == 422


@pytest.mark.parametrize(
    ("website", "holds"), [("", True), ("https://acme.example", True), ("https://other.example", False)]
)
def test_a_proof_comes_along_when_its_name_means_a_record_at_last(cast: Cast, website: str, holds: bool) -> None:
    item = position(cast.ada)
    proof = prove(cast.client("ada"), "ada@acme.example", item)
    record = Organization.objects.create(handle="acme", name="Acme", website=website)
    for _twice in range(2):
        career_records.sweep()
        records.sweep()
        item.refresh_from_db()
        assert item.organization == record
        assert Proof.objects.living().filter(pk=proof.pk).exists() is holds
        assert (item.pk in proofs(cast.viewer("bo"), cast.ada)) is holds
