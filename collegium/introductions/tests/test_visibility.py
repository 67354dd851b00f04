"""Who sees what of an introduction, at every stage: the three, each his part; everybody else nothing."""

import pytest

from collegium.introductions.tests import scene
from collegium.network import actions as network
from collegium.network.tests.reading import read
from collegium.testing.cast import Cast

ROOT = "/network/introductions/"
LISTS = ("", "about/", "mine/")
MOVED = ("messages", "departure")
OUTSIDERS = ("di", "ed", "eve", "flo", "hal", "gus", "nobody")
WORDS = {
    "to bo": scene.TO_BO,
    "to cy": scene.TO_CY,
    "edited": scene.EDITED,
    "cover": scene.COVER,
    "line": "Not this year, I am sorry.",
}
# stage: what Ada, Bo and Cy read at the address of the letter, which leads to the conversation once there is one; None
# where there is nothing for them.
TABLE: dict[str, tuple[set[str] | None, set[str] | None, set[str] | None]] = {
    "asked": ({"to bo", "to cy"}, {"to bo", "to cy"}, None),
    "kept": ({"to bo", "to cy"}, None, None),
    "forwarded": ({"to bo", "to cy"}, {"to bo", "edited", "cover"}, {"edited", "cover"}),
    "declined": ({"to bo", "to cy"}, {"to bo", "edited", "cover"}, None),
    "answered": ({"to bo", "to cy"}, {"to bo", "edited", "cover", "line"}, None),
    "accepted": ({"edited"}, {"edited", "cover"}, {"edited", "cover"}),
    "withdrawn": (None, None, None),
    "withdrawn late": (None, None, None),
    "run out": ({"to bo", "to cy"}, None, None),
}


def seen(cast: Cast, name: str, path: str) -> set[str] | None:
    """Which of the words this person reads there; None where there is no page for her."""
    response = cast.client(name).get(path)
    if response.status_code == 302 and "/login/" in response["Location"]:
        return None
    if response.status_code == 302:
        response = cast.client(name).get(response["Location"])
    if response.status_code == 404:
        return None
    assert response.status_code == 200, (name, path)
    return {key for key, text in WORDS.items() if text in read(response)}


@pytest.mark.parametrize("stage", scene.STAGES)
def test_each_reads_her_part(cast: Cast, stage: str) -> None:
    row = scene.stage(cast, stage)
    expected = dict(zip(("ada", "bo", "cy"), TABLE[stage], strict=True)) | dict.fromkeys(OUTSIDERS)
    for name in cast.names:
        assert seen(cast, name, row.path) == expected[name], name
        listed = set().union(*(seen(cast, name, f"{ROOT}{each}") or set() for each in LISTS))
        assert listed == (set() if stage == "accepted" else expected[name] or set()), name


@pytest.mark.parametrize("stage", scene.STAGES)
def test_nobody_else_can_touch_it(cast: Cast, stage: str) -> None:
    row = type(made := scene.stage(cast, stage)).objects.get(pk=made.pk)
    for name in OUTSIDERS:
        for verb in (
            "forward",
            "acceptance",
            "decline",
            "answer",
            "restoration",
            "withdrawal",
            "messages",
            "departure",
        ):
            response = cast.client(name).post(f"{row.path}{verb}/", {"words": "x", "answer": "x", "text": "x"})
            # Where the conversation once stood nothing can be posted by anybody.
            closed = 405 if verb in MOVED else 302 if name in ("nobody", "gus") else 404
            assert response.status_code == closed, (name, verb)
    fresh = type(row).objects.get(pk=row.pk)
    assert (fresh.state, fresh.answer) == (row.state, row.answer)


def test_the_target_cannot_answer_what_was_not_passed_on(cast: Cast) -> None:
    row = scene.asked(cast)
    cy = cast.client("cy")
    for verb in ("acceptance", "decline", "answer", "forward", "withdrawal"):
        assert cy.post(f"{row.path}{verb}/", {"words": "x", "answer": "x"}).status_code == 404


ENDINGS = {
    "Bo removes Ada": lambda cast: network.disconnect(cast.bo, cast.ada),
    "Cy removes Bo": lambda cast: network.disconnect(cast.cy, cast.bo),
    "Bo blocks Ada": lambda cast: network.block(cast.bo, cast.ada),
    "Cy blocks Ada": lambda cast: network.block(cast.cy, cast.ada),
    "Cy blocks Bo": lambda cast: network.block(cast.cy, cast.bo),
    "Ada blocks Cy": lambda cast: network.block(cast.ada, cast.cy),
}


@pytest.mark.parametrize("stage", ["asked", "forwarded"])
@pytest.mark.parametrize("ending", list(ENDINGS))
def test_what_it_stood_on_is_gone(cast: Cast, hear, stage: str, ending: str) -> None:
    row = scene.stage(cast, stage)
    hear()
    ENDINGS[ending](cast)
    for told in (False, True):
        if told:
            hear()
        for name in ("ada", "bo", "cy"):
            assert seen(cast, name, row.path) is None, (name, told)
            assert "introduc" not in read(cast.client(name).get("/notifications/")).lower().replace("introductions", "")


def test_hidden_lists_take_the_letter_from_the_asker_alone(cast: Cast) -> None:
    row = scene.forwarded(cast)
    for hidden in (cast.bo, cast.cy):
        hidden.connections_audience = 4
        hidden.save(update_fields=["connections_audience"])
    assert seen(cast, "ada", row.path) is None
    assert seen(cast, "ada", f"{row.path}withdrawal/") is None
    assert seen(cast, "bo", row.path) == {"to bo", "edited", "cover"}
    assert seen(cast, "cy", row.path) == {"edited", "cover"}


def test_whom_one_does_not_know_cannot_be_introduced(cast: Cast) -> None:
    asks = network.invite(cast.ada, cast.cy, note="I read your book.")
    network.disclaim(asks, by=cast.cy)
    row = scene.forwarded(cast)
    assert seen(cast, "bo", row.path) == {"to bo", "edited", "cover"}
    assert seen(cast, "cy", row.path) is None
    assert seen(cast, "cy", f"{ROOT}about/") == set()
