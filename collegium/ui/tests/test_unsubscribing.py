"""Ending mails by their signed address: looking changes nothing, pressing ends, and nobody learns what there was."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signing import Signer
from django.test import Client

from collegium.lib import unsubscribe
from collegium.lib.unsubscribe import Purpose


@pytest.fixture
def ended() -> Iterator[list[int]]:
    before, rows = dict(unsubscribe.purposes), []
    unsubscribe.purposes.lay([Purpose("letters", lambda: "The letters", rows.append, "/settings/")])
    yield rows
    unsubscribe.purposes.clear()
    unsubscribe.purposes.update(before)


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


@pytest.mark.django_db
def test_looking_changes_nothing_and_pressing_ends_at_once(ended: list[int]) -> None:
    here, browser = path(unsubscribe.address("letters", 42)), Client(enforce_csrf_checks=True)
    looked = browser.get(here)
    assert looked.status_code == 200
    assert b'<form method="post"' in looked.content
    assert browser.head(here).status_code == 200
    assert ended == []
    pressed = browser.post(here, {"List-Unsubscribe": "One-Click"})
    assert (pressed.status_code, ended) == (200, [42])
    assert "sessionid" not in pressed.cookies
    browser.post(here)
    assert ended == [42, 42]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "token",
    [
        "letters.42",
        "letters.42.bm9wZQ",
        "letters..",
        "x",
        "letters.42." + "a" * 43,
        "other.42." + "a" * 43,
        "a" * 500,
        "%00",
        "letters.-1." + "a" * 43,
        "letters.４２." + "a" * 43,
    ],
)
def test_what_was_not_signed_here_ends_nothing(ended: list[int], token: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    for answer in (browser.get(f"/unsubscribe/{token}/"), browser.post(f"/unsubscribe/{token}/")):
        assert answer.status_code in (200, 404)
    assert ended == []


@pytest.mark.django_db
def test_a_signature_for_something_else_does_not_pass(ended: list[int]) -> None:
    browser = Client()
    for signed in (
        Signer(sep=".").sign("letters.42"),
        Signer(salt="collegium.lib.unsubscribe", sep=".").sign("letters"),
        Signer(salt="collegium.lib.unsubscribe", sep=".").sign("letters.x"),
        Signer(salt="collegium.lib.unsubscribe", sep=".").sign(f"letters.{2**63}"),
        Signer(salt="collegium.lib.unsubscribe", sep=".").sign("nothing.42"),
    ):
        assert browser.post(f"/unsubscribe/{signed}/").status_code == 200
    assert ended == []


@pytest.mark.django_db
def test_the_answer_is_the_same_for_a_row_that_is_there_and_one_that_is_not(ended: list[int]) -> None:
    browser = Client()
    good = path(unsubscribe.address("letters", 42))
    bad = good[:-5] + ("aaaa" if good[-5:-1] != "aaaa" else "bbbb") + "/"

    def plain(answer: Any, here: str) -> list[str]:
        lines = answer.content.decode().replace(here, "HERE").splitlines()
        return [line for line in lines if "nonce=" not in line and "csrf" not in line.lower()]

    for method in (browser.get, browser.post):
        assert plain(method(good), good) == plain(method(bad), bad)
    assert ended == [42]


def test_the_header_promises_one_click_only_where_it_is_safe(settings) -> None:  # type: ignore[no-untyped-def]
    settings.BASE_URL = "https://people.example.org"
    made = unsubscribe.headers("letters", 42)
    assert made["List-Unsubscribe"].startswith("<https://people.example.org/unsubscribe/letters.42.")
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    settings.BASE_URL = "http://localhost:8000"
    assert "List-Unsubscribe-Post" not in unsubscribe.headers("letters", 42)
