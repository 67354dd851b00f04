"""What nobody would type: every form and every address of introductions answers it with a clear page."""

import pytest

from collegium.introductions import actions
from collegium.introductions.tests import scene
from collegium.testing.cast import Cast

HOSTILE = ["", " ", "\x00", "\u202e\u200b", "<script>x</script>", "é" * 5000, "%s{}", "0", "9" * 30, "👩‍👩‍👧‍👦" * 400]
ROOT = "/network/introductions/"


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_words_and_addresses(cast: Cast, value: str) -> None:
    ada, bo, cy = (cast.client(name) for name in ("ada", "bo", "cy"))
    for path, field in (
        (ROOT, "after"),
        (f"{ROOT}about/", "after"),
        (f"{ROOT}mine/", "after"),
        (f"{ROOT}ask/cy-tanaka/", "through"),
    ):
        assert ada.get(path, {field: value}).status_code in (200, 404)
    good = {"through": "bo-okafor", "to_target": "May I?", "to_introducer": ""}
    for field in ("through", "to_target"):
        assert ada.post(f"{ROOT}ask/cy-tanaka/", good | {field: value}).status_code in (302, 409, 422)
    row = scene.asked(cast) if not cast.ada.introductions_asked.exists() else cast.ada.introductions_asked.get()
    for field in ("words", "cover"):
        assert bo.post(f"{row.path}forward/", {"words": "x", "cover": "x"} | {field: value}).status_code in (
            302,
            409,
            422,
        )
    row.refresh_from_db()
    if row.state == row.State.ASKED:
        row = actions.pass_on(row, by=cast.bo, words="x")
    for _ in range(2):
        assert cy.post(f"{row.path}answer/", {"answer": value}).status_code in (302, 409, 422)
    row.refresh_from_db()
    if row.state == row.State.DECLINED:
        return
    actions.accept(row, by=cast.cy)
    for name in ("ada", "bo", "cy"):
        page = cast.client(name).get(row.path, follow=True)
        assert page.status_code == 200
        assert "<script>x" not in page.text


@pytest.mark.parametrize("key", [0, 1, 2**63 - 1, 2**63, 10**30])
def test_numbers_that_are_no_letter(cast: Cast, key: int) -> None:
    for tail in ("", "forward/", "answer/", "withdrawal/", "messages/", "departure/"):
        assert cast.client("ada").get(f"{ROOT}{key}/{tail}").status_code == 404
