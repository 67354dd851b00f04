"""What the asker must not be able to tell: it waits, was declined, was passed on, was declined by the other."""

import re
from datetime import timedelta

import pytest

from collegium.introductions import actions
from collegium.introductions.models import Introduction
from collegium.introductions.tests import scene
from collegium.lib import clock
from collegium.network.tests.reading import bare, read
from collegium.realtime.models import Line, Poke
from collegium.testing.cast import Cast
from collegium.ties.models import Disclaimer

STAGES = ("asked", "kept", "forwarded", "declined", "answered", "disclaimed", "reopened", "reopened late")
ROOT = "/network/introductions/"
HX = {"HX-Request": "true"}


def brought_to(cast: Cast, stage: str) -> Introduction:
    if stage == "disclaimed":
        Disclaimer.objects.create(member=cast.cy, stranger=cast.ada)
        return scene.forwarded(cast)
    if stage == "reopened":
        return actions.reopen(scene.stage(cast, "kept"), by=cast.bo)
    if stage == "reopened late":
        return actions.reopen(scene.stage(cast, "declined"), by=cast.cy)
    return scene.stage(cast, stage)


def seen_by_the_asker(cast: Cast, hear, stage: str, age: int) -> list[tuple[int, str, bytes]]:
    """Everything Ada can ask about her letter, once the two others did something with it."""
    row = brought_to(cast, stage)
    hear()
    if age:
        row = scene.made_ago(row, timedelta(days=age))
    ada = cast.client("ada")
    again = {"through": "bo-okafor", "to_target": "Once more.", "to_introducer": ""}
    steps = [
        ("get", f"{ROOT}mine/", {}, {}),
        ("get", f"{ROOT}mine/", HX, {}),
        ("get", row.path, {}, {}),
        ("get", f"{ROOT}ask/cy-tanaka/", {}, {}),
        ("get", f"{ROOT}ask/cy-tanaka/?through=bo-okafor", {}, {}),
        ("get", "/in/cy-tanaka/", {}, {}),
        ("get", "/network/with/cy-tanaka/ways/", {}, {}),
        ("get", "/network/with/cy-tanaka/invitation/", {}, {}),
        ("get", f"{row.path}forward/", {}, {}),
        ("get", f"{row.path}messages/", HX, {}),
        ("post", f"{row.path}acceptance/", {}, {}),
        ("post", f"{row.path}restoration/", {}, {}),
        ("post", f"{row.path}messages/", {}, {"text": "Hello?"}),
        ("post", f"{ROOT}ask/cy-tanaka/", {}, again),
        ("get", "/notifications/", {}, {}),
        ("get", "/messages/", {}, {}),
        ("get", "/messages/badge/", HX, {}),
        ("get", f"{ROOT}badge/", HX, {}),
        ("get", f"{row.path}withdrawal/", {}, {}),
        ("post", f"{row.path}withdrawal/", {}, {}),
        ("post", f"{ROOT}ask/cy-tanaka/", {}, again),
        ("get", f"{ROOT}mine/", {}, {}),
    ]
    answers = []
    for method, address, headers, data in steps:
        response = getattr(ada, method)(address, data, headers=headers)
        answers.append((response.status_code, response.headers.get("Location", ""), bare(response)))
    key = str(row.pk).encode()
    Introduction.objects.all().delete()
    Disclaimer.objects.all().delete()
    return [
        (status, place.replace(key.decode(), "KEY"), re.sub(rb'datetime="[^"]*"', b"", body.replace(key, b"KEY")))
        for status, place, body in answers
    ]


@pytest.mark.parametrize("age", [0, 29, 31, 45])
def test_silence_is_silent(cast: Cast, hear, monkeypatch: pytest.MonkeyPatch, age: int) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    waiting = seen_by_the_asker(cast, hear, "asked", age)
    assert {status for status, _place, _body in waiting} >= {200, 404, 409}
    for stage in STAGES[1:]:
        other = seen_by_the_asker(cast, hear, stage, age)
        for step, (expected, got) in enumerate(zip(waiting, other, strict=True)):
            assert got == expected, (stage, step)


def test_no_open_page_of_the_asker_is_told_to_look_again(cast: Cast, hear) -> None:
    row = scene.asked(cast)
    hear()
    Line.objects.create(member=cast.ada, since=clock.now(), seen_at=clock.now())
    Poke.objects.all().delete()
    for step in (
        lambda: actions.decline(row, by=cast.bo),
        lambda: actions.reopen(row, by=cast.bo),
        lambda: actions.pass_on(row, by=cast.bo, words=scene.TO_CY),
        lambda: actions.decline(row, by=cast.cy),
        lambda: actions.reopen(row, by=cast.cy),
        lambda: actions.decline(row, by=cast.cy, answer="No, sorry."),
    ):
        row.refresh_from_db()
        step()
        hear()
    assert not Poke.objects.filter(member=cast.ada).exists()


def test_a_yes_is_not_silent(cast: Cast, hear) -> None:
    """The control."""
    scene.accepted(cast)
    hear()
    assert "Cy Tanaka would like to meet you, introduced by Bo Okafor" in read(
        cast.client("ada").get("/notifications/")
    )


def test_the_introducer_does_not_learn_of_a_silent_no(cast: Cast, hear, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    row = scene.forwarded(cast)
    hear()
    bo = cast.client("bo")
    paths = (row.path, ROOT, "/notifications/", "/messages/")
    before = [bare(bo.get(path)) for path in paths]
    actions.decline(row, by=cast.cy)
    hear()
    assert [bare(bo.get(path)) for path in paths] == before
