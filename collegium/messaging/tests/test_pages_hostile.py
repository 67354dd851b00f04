"""Whatever arrives at the pages of conversations, the answer is a page, a redirect or a clear refusal."""

import uuid
from typing import Any

import pytest

from collegium.lib import limits
from collegium.messaging.models import Message
from collegium.messaging.tests import scene
from collegium.testing.cast import Cast

HX = {"HX-Request": "true"}
HOSTILE = {
    "empty": "",
    "spaces": "  \t\n ",
    "over-long": "a" * 20_000,
    "NUL": "before\x00after",
    "bidi override": "safe\u202egpj.exe",
    "lone surrogate, as a browser would send it": b"\xed\xa0\x80",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "emoji": "👩🏽‍🚀" * 50,
    "number": str(2**70),
    "negative": "-1",
    "odd digits": "²٣",
    "list": ["one", "two"],
}


def forms(cast: Cast) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every form of this room that Ada can send."""
    two = scene.two(cast.ada, cast.bo, "Good morning.", "Good evening.").path
    group = scene.group(cast.ada, cast.bo).path
    asked = scene.asked(cast.di, cast.ada).conversation.path
    page = {"since": "0", "from": "1", "to": "2", "tail": "1", "way": "talk", "head": "1"}
    return {
        "message": (f"{two}messages/", {"text": "x", "key": str(uuid.uuid4()), "reply_to": "1"}),
        "place": (f"{two}place/", {"do": "put", "box": "other", "number": "1", "text": "x", "in": "dialog"} | page),
        "read": (f"{two}place/", {"do": "read", "number": "1"}),
        "draft": (f"{two}place/", {"do": "draft", "text": "x"}),
        "typing": (f"{two}typing/", {"x": "y"}),
        "edit": (f"{two}messages/1/edit/", {"text": "x"} | page),
        "sign": (f"{two}messages/2/reactions/", {"sign": "👍", "remove": ""} | page),
        "star": (f"{two}messages/2/star/", {"do": "star", "back": "starred"} | page),
        "report": (f"{two}messages/2/report/", {"words": "x"}),
        "deletion": (f"{two}messages/1/deletion/", page),
        "people": (f"{group}people/", {"named": f"@{cast.bo.handle}", "people": [cast.bo.handle]}),
        "people removal": (f"{group}people/removal/", {"member": cast.bo.handle}),
        "hosts": (f"{group}hosts/", {"member": cast.bo.handle}),
        "hosts removal": (f"{group}hosts/removal/", {"member": cast.bo.handle}),
        "name": (f"{group}name/", {"name": "x"}),
        "verdict": (f"{asked}request/verdict/", {"verdict": "pitch"} | page),
        "decline": (f"{asked}request/decline/", {"verdict": "pitch"} | page),
        "new": ("/messages/new/", {"named": "@x", "people": ["x"], "text": "x", "name": "x"}),
        "first": (f"/messages/with/{cast.cy.handle}/", {"purpose": "advice", "text": "x", "code": "x", "key": "x"}),
        "manners": ("/messages/manners/", {"receipts": "on", "typing": "on", "presence": "on"}),
    }


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is slowed: otherwise most of what arrives would be turned away before it is read."""
    monkeypatch.setattr("collegium.lib.limits.spend", lambda *_key, **_rate: 0.0)


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("what", HOSTILE)
def test_no_form_falls_over(cast: Cast, what: str) -> None:
    client = cast.client("ada")
    client.raise_request_exception = True
    for name, (address, given) in forms(cast).items():
        for place, field in enumerate(given):
            response = client.post(address, given | {field: HOSTILE[what]}, headers=({}, HX)[place % 2])
            assert response.status_code < 500, (name, field)


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("what", HOSTILE)
def test_no_address_falls_over(cast: Cast, what: str) -> None:
    row = scene.two(cast.ada, cast.bo, "Good morning.", "Good evening.")
    client = cast.client("ada")
    asked = {
        row.path: ("before", "after", "at", "reply", "in", "part"),
        f"{row.path}since/0/": ("from", "to", "tail", "way", "head"),
        "/messages/": ("box", "only", "before", "part"),
        "/messages/search/": ("q", "in", "before"),
        "/messages/starred/": ("before",),
        "/messages/new/": ("to",),
        f"/messages/with/{cast.di.handle}/": ("key", "new"),
    }
    for address, fields in asked.items():
        for place, field in enumerate(fields):
            response = client.get(address, {field: HOSTILE[what]}, headers=({}, HX)[place % 2])
            assert response.status_code < 500, (address, field)


@pytest.mark.parametrize("number", [0, 2**31, 2**62, 2**63 - 1, 2**63, 2**70])
def test_no_number_falls_over(cast: Cast, number: int) -> None:
    row = scene.two(cast.ada, cast.bo, "Good morning.")
    client = cast.client("ada")
    for part in ("", "place/", "people/", "messages/1/", "since/0/"):
        assert client.get(f"/messages/{number}/{part}", headers=HX).status_code == 404, part
    assert client.post(f"/messages/{number}/messages/", {"text": "x"}).status_code == 404
    assert client.get(f"{row.path}messages/{number}/").status_code == 404
    assert client.get(f"{row.path}since/{number}/", headers=HX).status_code == 200
    assert client.get(f"{row.path}?at={number}").status_code == 200


def test_markup_stays_words(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "Good morning.")
    for text in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)"):
        cast.client("bo").post(f"{row.path}messages/", {"text": text})
    group = scene.group(cast.ada, cast.bo, name='<b onclick="x">Tides</b>')
    for address in (row.path, "/messages/", "/messages/search/?q=script", group.path, f"{group.path}people/"):
        page = cast.client("ada").get(address).text
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
        assert "<b onclick" not in page, address
    assert Message.objects.filter(conversation=row).count() == 4


def test_too_much_is_slowed(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "Good morning.")
    client = cast.client("ada")
    bucket, rate = f"messaging.write:m:{cast.ada.pk}", {"capacity": 60, "refill_per_second": 1}
    assert limits.spend(bucket, cost=30, **rate) == 0
    assert client.post(f"{row.path}messages/", {"text": "In time."}, headers=HX).status_code == 204
    # A slow machine gives a word back in the meantime, so the bucket is emptied anew until an answer was quick enough.
    answers = []
    while 429 not in answers and len(answers) < 60:
        while limits.spend(bucket, **rate) == 0:
            pass
        answers.append(client.post(f"{row.path}messages/", {"text": "Too much."}, headers=HX).status_code)
    assert 429 in answers
