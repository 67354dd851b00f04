"""What the sender must not be able to tell: pending, silently declined, disclaimed, never arrived."""

import re
from datetime import timedelta

import pytest

from collegium.lib import clock
from collegium.network import actions
from collegium.network.tests.reading import bare, made_ago
from collegium.testing.cast import Cast
from collegium.ties.models import Disclaimer, Invitation

HX = {"HX-Request": "true"}
EIGHT_DAYS = timedelta(days=8)


def seen_by_the_sender(cast: Cast, answer: str) -> list[tuple[int, bytes]]:
    """Everything Ada can ask about her invitation to Di, after Di answered in some way."""
    if answer == "never arrived":
        Disclaimer.objects.create(member=cast.di, stranger=cast.ada)
    invitation = actions.invite(cast.ada, cast.di, note="Tides.")
    if answer == "declined":
        actions.decline(invitation, by=cast.di)
    elif answer == "unknown":
        actions.disclaim(invitation, by=cast.di)
    elif answer == "taken back":
        actions.reopen(actions.decline(invitation, by=cast.di), by=cast.di)
    invitation = made_ago(invitation, EIGHT_DAYS)
    ada = cast.client("ada")
    path = invitation.path
    steps = [
        ("get", "/network/sent/", {}),
        ("get", "/network/with/di-varga/", HX),
        ("get", "/network/with/di-varga/invitation/", {}),
        ("get", "/network/with/di-varga/block/", {}),
        ("get", path, {}),
        ("get", f"{path}withdrawal/", {}),
        ("get", "/in/di-varga/", {}),
        ("post", "/network/with/di-varga/invitation/", {}),
        ("post", "/network/with/di-varga/invitation/", HX),
        ("post", f"{path}acceptance/", {}),
        ("post", f"{path}reminder/", HX),
        ("post", f"{path}reminder/", {}),
        ("get", "/network/sent/", HX),
        ("get", "/notifications/", {}),
        ("post", f"{path}withdrawal/", HX),
        ("post", f"{path}withdrawal/", {}),
        ("post", f"{path}reminder/", {}),
        ("post", "/network/with/di-varga/invitation/", {}),
        ("get", "/network/sent/", {}),
    ]
    answers = []
    for method, address, headers in steps:
        response = getattr(ada, method)(address, {"note": "Again."}, headers=headers)
        answers.append((response.status_code, response.headers.get("Location", ""), bare(response)))
    key = str(invitation.pk).encode()
    Invitation.objects.filter(sender=cast.ada).delete()
    Disclaimer.objects.all().delete()
    return [
        (status, place.replace(key.decode(), "KEY"), re.sub(rb'datetime="[^"]*"', b"", body.replace(key, b"KEY")))
        for status, place, body in answers
    ]


def test_silence_is_silent(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    pending = seen_by_the_sender(cast, "pending")
    assert {status for status, _place, _body in pending} >= {200, 302, 404, 409}
    for answer in ("declined", "unknown", "never arrived", "taken back"):
        other = seen_by_the_sender(cast, answer)
        for step, (expected, got) in enumerate(zip(pending, other, strict=True)):
            assert got == expected, (answer, step)


def test_an_answer_in_words_is_not(cast: Cast) -> None:
    """The control: what the sender is told does show."""
    invitation = actions.invite(cast.ada, cast.di, note="Tides.")
    ada = cast.client("ada")
    pending = bare(ada.get("/network/sent/"))
    actions.decline(invitation, by=cast.di, reply="No, thank you.")
    assert bare(ada.get("/network/sent/")) != pending
