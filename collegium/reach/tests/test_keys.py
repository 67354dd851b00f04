"""The life of a contact key: made, handed out, used, used up, revoked, put back."""

import re
from datetime import timedelta

import pytest

from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network.tests.reading import read
from collegium.reach import actions, keys, reading, rules
from collegium.reach.models import Key, KeyUse
from collegium.reach.tests.scene import DAY
from collegium.testing.cast import Cast, make_member
from collegium.testing.fixtures import assert_same_queries
from collegium.testing.racing import race
from collegium.ties.models import Block

PAGE = "/settings/contact/"


def made(owner: Member, most: int = 1, days: int | None = None, label: str = "Evening class") -> Key:
    ends_at = clock.now() + timedelta(days=days) if days else None
    return actions.make_key(owner, label=label, most=most, ends_at=ends_at)


def opens(key: Key, of: Member, by: Member) -> bool:
    """Whether it would open, by both ways of asking."""
    would = keys.opens(key.code, of=of, by=by)
    try:
        keys.use(key.code, of=of, by=by)
    except Conflict:
        assert not would
        return False
    assert would
    return True


@pytest.mark.django_db
def test_who_is_let_in(cast: Cast) -> None:
    """It counts people, not messages; and opens its owner's door alone."""
    key = made(cast.ada, most=2)
    assert not opens(key, cast.bo, cast.di)
    for name, opened in (("di", True), ("cy", True), ("di", True), ("hal", False), ("cy", True)):
        assert opens(key, cast.ada, getattr(cast, name)) == opened, name
    key.refresh_from_db()
    assert key.uses == KeyUse.objects.filter(key=key).count() == 2


def test_it_ends_and_is_revoked_and_put_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    key = made(cast.ada, most=5, days=7)
    assert opens(key, cast.ada, cast.di)
    actions.revoke_key(key, by=cast.ada)
    actions.revoke_key(key, by=cast.ada)
    assert not opens(key, cast.ada, cast.di), "also for whoever used it before"
    actions.restore_key(key, by=cast.ada)
    assert opens(key, cast.ada, cast.di)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + 8 * DAY)
    assert not opens(key, cast.ada, cast.di)
    for verb in (actions.revoke_key, actions.restore_key):
        with pytest.raises(Refusal):
            verb(key, by=cast.bo)


def test_every_reason_says_the_same(cast: Cast) -> None:
    """Whoever holds a code that does not open learns nothing about its owner or its life."""
    used_up, revoked = made(cast.ada), made(cast.ada)
    keys.use(used_up.code, of=cast.ada, by=cast.cy)
    actions.revoke_key(revoked, by=cast.ada)
    codes = [used_up.code, revoked.code, made(cast.bo).code, "NOSUCHCODE22", "", "'; --", "\x00", "Ω" * 5000]
    said = set()
    for code in codes:
        with pytest.raises(Conflict) as refused:
            keys.use(code, of=cast.ada, by=cast.di)
        said.add(refused.value.reason)
    assert len(said) == 1


def test_codes_are_typed_as_people_type() -> None:
    code = keys.draw()
    assert re.fullmatch(f"[{keys.ALPHABET}]{{12}}", code)
    assert len({keys.draw() for _each in range(100)}) == 100
    for written in (code, code.lower(), keys.spoken(code), f"  {keys.spoken(code).replace('-', ' ')}. "):
        assert keys.typed(written) == code


def test_the_page_makes_lists_and_revokes(cast: Cast) -> None:
    ada = cast.client("ada")
    answer = ada.post(f"{PAGE}keys/", {"label": "Printers’ fair", "most": 3, "lasts": "30"})
    assert answer.status_code == 302
    key = Key.objects.get()
    assert abs(key.ends_at - clock.now() - 30 * DAY) < timedelta(minutes=5)  # type: ignore[operator]
    page = ada.get(PAGE).text
    for words in (keys.spoken(key.code), "Printers’ fair", "For 3 people", "not used yet"):
        assert words in page
    assert f"/messages/with/ada-lindqvist/?key={keys.spoken(key.code)}" in page
    for other in (cast.di, cast.ed):
        keys.use(key.code, of=cast.ada, by=other)
    page = read(ada.get(PAGE))
    assert "used by 2" in page
    assert "Di Varga" in page
    assert "Ed Novak" not in page, "whom she blocked is a number"
    assert "and 1 more" in page
    assert keys.spoken(key.code) not in cast.client("bo").get(PAGE).text
    assert cast.client("bo").post(f"{PAGE}keys/{key.pk}/revocation/").status_code == 404
    assert ada.post(f"{PAGE}keys/{key.pk}/revocation/").status_code == 302
    page = ada.get(PAGE).text
    assert f"{PAGE}keys/{key.pk}/restoration/" in page, "the way back is offered"
    assert keys.spoken(key.code) not in ada.get(PAGE).text
    assert ada.post(f"{PAGE}keys/{key.pk}/restoration/").status_code == 302
    assert keys.spoken(key.code) in ada.get(PAGE).text


BAD = [
    {"label": "", "most": 1, "lasts": ""},
    {"label": "A", "most": 0, "lasts": ""},
    {"label": "A", "most": 1001, "lasts": ""},
    {"label": "A", "most": "x", "lasts": ""},
    {"label": "A" * 81, "most": 1, "lasts": ""},
    {"label": "A", "most": 1, "lasts": "9999999999"},
    {},
]


@pytest.mark.parametrize("given", BAD)
def test_a_wrong_form_makes_nothing(cast: Cast, given: dict[str, object]) -> None:
    assert cast.client("ada").post(f"{PAGE}keys/", given).status_code == 422
    assert not Key.objects.exists()


def test_there_is_a_most(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_KEYS", 2)
    first = made(cast.ada)
    actions.revoke_key(first, by=cast.ada)
    made(cast.ada)
    made(cast.ada)
    ada = cast.client("ada")
    assert ada.post(f"{PAGE}keys/", {"label": "A", "most": 1, "lasts": ""}).status_code == 409
    assert ada.post(f"{PAGE}keys/{first.pk}/restoration/").status_code == 409
    assert Key.objects.usable().filter(owner=cast.ada).count() == 2


def test_names_are_judged_when_read(cast: Cast) -> None:
    key = made(cast.ada, most=9)
    keys.use(key.code, of=cast.ada, by=cast.di)
    (given,) = reading.keys(cast.viewer("ada"))
    assert [person.name for person in given.people] == ["Di Varga"]
    Block.objects.create(blocker=cast.di, blocked=cast.ada)
    (given,) = reading.keys(cast.viewer("ada"))
    assert (given.people, given.others) == ([], 1)


def test_the_page_costs_the_same_however_many_there_are(cast: Cast) -> None:
    ada = cast.client("ada")
    keys.use(made(cast.ada, most=9).code, of=cast.ada, by=cast.di)

    def grow() -> None:
        for n in range(6):
            key = made(cast.ada, most=20, label=f"Key {n}")
            for m in range(7):
                keys.use(key.code, of=cast.ada, by=make_member(f"Guest {n} {m}"))

    assert_same_queries(lambda: ada.get(PAGE), grow, lambda: ada.get(PAGE))
    assert all(len(given.people) <= reading.NAMES for given in reading.keys(cast.viewer("ada")))


def test_revoked_keys_are_forgotten(cast: Cast) -> None:
    old, new = made(cast.ada), made(cast.ada)
    Key.objects.filter(pk=old.pk).update(revoked_at=clock.now() - 31 * DAY)
    Key.objects.filter(pk=new.pk).update(revoked_at=clock.now() - DAY)
    keys.forget()
    assert list(Key.objects.values_list("pk", flat=True)) == [new.pk]


@pytest.mark.django_db(transaction=True)
def test_the_last_use_is_used_once() -> None:
    """Four people come with it at the same moment, and it was made for two."""
    owner = make_member("Jo Berg")
    guests = [make_member(f"Guest {n}") for n in range(4)]
    for _round in range(3):
        key = made(owner, most=2)
        outcomes = race(*(lambda guest=guest, key=key: using(key, owner, guest) for guest in guests))
        assert sum(isinstance(each, Key) for each in outcomes) == 2
        assert sum(isinstance(each, Conflict) for each in outcomes) == 2
        key.refresh_from_db()
        assert key.uses == KeyUse.objects.filter(key=key).count() == 2


def using(key: Key, owner: Member, guest: Member) -> Key:
    from django.db import transaction

    with transaction.atomic():
        return keys.use(key.code, of=owner, by=guest)
