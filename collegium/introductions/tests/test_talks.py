"""The conversation: who reads what, who is told, who leaves."""

from collegium.introductions import actions, tasks
from collegium.introductions.models import Introduction
from collegium.introductions.tests import scene
from collegium.network import actions as network
from collegium.network.tests.reading import read
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, client_of
from collegium.testing.fixtures import assert_same_queries

ROOT = "/network/introductions/"


def said(cast: Cast, row: Introduction) -> None:
    for name in ("ada", "bo", "cy"):
        actions.write(row, by=getattr(cast, name), text=f"Line of {name}.")


def lines(cast: Cast, name: str, row: Introduction) -> set[str] | None:
    response = cast.client(name).get(row.path)
    if response.status_code == 404:
        return None
    words = read(response)
    return {each for each in ("ada", "bo", "cy") if f"Line of {each}." in words}


def test_a_block_ends_sight_both_ways_at_once(cast: Cast, hear) -> None:
    row = scene.accepted(cast)
    said(cast, row)
    network.block(cast.cy, cast.ada)
    for _ in range(2):
        assert lines(cast, "ada", row) is None
        assert lines(cast, "cy", row) is None
        assert lines(cast, "bo", row) == {"ada", "bo", "cy"}
        assert cast.client("bo").post(f"{row.path}messages/", {"text": "Hello?"}).status_code == 409
        hear()
    network.unblock(cast.cy, cast.ada)
    assert lines(cast, "ada", row) is None


def test_who_introduced_them_can_be_blocked_out_of_it(cast: Cast) -> None:
    row = scene.accepted(cast)
    said(cast, row)
    network.block(cast.ada, cast.bo)
    assert lines(cast, "ada", row) == {"ada", "cy"}
    assert "Bo Okafor" not in read(cast.client("ada").get(row.path))
    assert "Bo Okafor" not in read(cast.client("ada").get(f"{ROOT}talks/"))
    assert lines(cast, "cy", row) == {"ada", "bo", "cy"}
    assert lines(cast, "bo", row) == {"bo", "cy"}


def test_a_notice_names_nobody_whom_a_block_parts_from_its_reader(cast: Cast, hear) -> None:
    scene.accepted(cast)
    hear()
    assert "Bo Okafor" in read(cast.client("ada").get("/notifications/"))
    network.block(cast.bo, cast.ada)
    hear()
    told = read(cast.client("ada").get("/notifications/"))
    assert "would like to meet you, introduced by somebody" in told
    assert "Bo Okafor" not in told


def test_leaving_and_blocking_look_the_same_to_the_one_between(cast: Cast) -> None:
    row = scene.accepted(cast)
    said(cast, row)
    actions.leave(row, by=cast.cy)
    assert lines(cast, "cy", row) is None
    assert lines(cast, "ada", row) == {"ada", "bo", "cy"}
    page = cast.client("ada").get(row.path).text
    assert "somebody has left it" in page
    assert 'name="text"' not in page
    assert cast.client("ada").post(f"{row.path}messages/", {"text": "Hello?"}).status_code == 409
    assert "somebody has left it" in cast.client("bo").get(row.path).text
    assert cast.client("cy").post(f"{row.path}messages/", {"text": "Hello?"}).status_code == 404


def test_the_two_go_on_without_the_one_between(cast: Cast) -> None:
    row = scene.accepted(cast)
    actions.leave(row, by=cast.bo)
    said_by = cast.client("ada").post(f"{row.path}messages/", {"text": "Only us now."})
    assert said_by.status_code == 302
    assert "Only us now." in read(cast.client("cy").get(row.path))
    assert cast.client("bo").get(row.path).status_code == 404


def test_once_told_until_one_has_looked(cast: Cast, hear) -> None:
    row = scene.accepted(cast)
    said(cast, row)
    hear()
    told = Notification.objects.filter(kind="introductions.wrote", subject=row.pk)
    assert sorted(told.values_list("recipient", flat=True)) == sorted([cast.ada.pk, cast.bo.pk, cast.cy.pk])
    actions.write(row, by=cast.ada, text="More.")
    hear()
    assert told.count() == 3
    told.filter(recipient=cast.cy).update(read_at=row.created_at)
    actions.write(row, by=cast.ada, text="Still more.")
    hear()
    assert told.filter(recipient=cast.cy).count() == 2


def test_a_fragment_for_whoever_reads_along(cast: Cast) -> None:
    row = scene.accepted(cast)
    said(cast, row)
    part = cast.client("bo").get(f"{row.path}messages/", headers={"HX-Request": "true"}).text
    assert part.count("talk-said") == 3
    assert "<html" not in part
    answer = cast.client("bo").post(f"{row.path}messages/", {"text": "Again."}, headers={"HX-Request": "true"}).text
    assert "Again." in answer
    assert "hx-partial" in answer
    wrong = cast.client("bo").post(f"{row.path}messages/", {"text": ""}, headers={"HX-Request": "true"})
    assert wrong.status_code == 422


def test_long_conversations_are_read_page_by_page(cast: Cast) -> None:
    row = scene.accepted(cast)
    bo = cast.client("bo")

    def more() -> None:
        for number in range(50):
            actions.write(row, by=cast.ada, text=f"Number {number}.")

    actions.write(row, by=cast.bo, text="The very first.")
    assert_same_queries(lambda: bo.get(row.path), more, lambda: bo.get(row.path))
    page = bo.get(row.path).text
    assert "The very first." not in page
    before = page.split("messages/?before=")[1].split('"')[0]
    assert "The very first." in bo.get(f"{row.path}messages/?before={before}", headers={"HX-Request": "true"}).text
    assert bo.get(f"{row.path}messages/?before=nonsense").status_code == 404


def test_what_led_nowhere_is_forgotten_after_half_a_year(cast: Cast) -> None:
    from datetime import timedelta

    row = scene.made_ago(scene.asked(cast), timedelta(days=200))
    tasks.sweep()
    assert not Introduction.objects.filter(pk=row.pk).exists()
    kept = scene.made_ago(scene.accepted(cast), timedelta(days=200))
    tasks.sweep()
    assert client_of(cast.ada).get(kept.path).status_code == 200


def test_a_line_with_a_no_is_for_the_one_between(cast: Cast, hear) -> None:
    row = scene.forwarded(cast)
    cast.client("cy").post(f"{row.path}answer/", {"answer": "Not this year, I am sorry."})
    hear()
    assert "Not this year" in read(cast.client("bo").get("/notifications/"))
    assert "Not this year" not in read(cast.client("ada").get("/notifications/"))
    assert "Not this year" not in read(cast.client("ada").get(row.path))


def test_a_silent_no_can_be_taken_back(cast: Cast) -> None:
    row, bo, cy = scene.asked(cast), cast.client("bo"), cast.client("cy")
    hx = {"HX-Request": "true"}
    part = bo.post(f"{row.path}decline/", headers=hx).text
    assert "Nobody is told" in part
    assert f"{row.path}restoration/" in part
    assert "Read over and pass on" in bo.post(f"{row.path}restoration/", headers=hx).text
    bo.post(f"{row.path}forward/", {"words": scene.TO_CY})
    assert cy.post(f"{row.path}decline/").status_code == 302
    assert cy.get(row.path).status_code == 404
    assert cy.post(f"{row.path}restoration/")["Location"] == row.path
    assert "Yes, let us talk" in read(cy.get(row.path))


def test_removing_says_what_letters_end(cast: Cast) -> None:
    scene.asked(cast)
    for name, other in (("ada", "bo-okafor"), ("bo", "ada-lindqvist")):
        words = read(cast.client(name).get(f"/network/with/{other}/removal/"))
        assert "1 letter of introduction that waits between you" in words
    assert "letter of introduction" not in read(cast.client("cy").get("/network/with/bo-okafor/removal/"))


def test_letters_are_only_ever_words(cast: Cast) -> None:
    hostile = '<script>alert(1)</script> "quoted" & {{ 7*7 }} %(name)s {who}'
    row = scene.forwarded(cast, words=hostile, cover=hostile)
    assert "<script>alert" not in cast.client("cy").get(row.path).text
    actions.accept(row, by=cast.cy)
    actions.write(row, by=cast.ada, text=hostile)
    for name in ("ada", "bo", "cy"):
        page = cast.client(name).get(row.path).text
        assert "<script>alert" not in page
        assert "%(name)s {who}" in page
