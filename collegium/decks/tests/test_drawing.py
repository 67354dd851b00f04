"""Slides are drawn in the background: pages come one after the other, failures are told, and nothing is left lying."""

from datetime import timedelta

import pytest

from collegium.decks import actions, drawing, files, notices, places, tasks
from collegium.decks.models import Deck, Gone, Slide
from collegium.decks.tests.helping import drawn, there, upload_of, waiting
from collegium.feed import actions as feed
from collegium.lib import clock, ids
from collegium.media import slides
from collegium.media.slides import Page, UnusableSlides
from collegium.media.tests.pdfs import document
from collegium.media.tests.pictures import file_of, speckled
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Pages without a process; what was asked for."""
    asked: list[tuple[int, int]] = []
    file = file_of(speckled(160, 90), ".webp", keep="none")

    def draw(path, first: int, count: int) -> list[Page]:
        asked.append((first, count))
        path.read_bytes()
        return [Page(dict.fromkeys(slides.SIDES, file), 160, 90, f"text {first + n + 1}") for n in range(count)]

    monkeypatch.setattr(slides, "draw", draw)
    monkeypatch.setattr(drawing, "CHUNK", 2)
    return asked


def test_a_pdf_becomes_slides(cast: Cast) -> None:
    post = feed.post(cast.ada, "words")
    deck = actions.hang(post, upload_of(cast.ada, document("First", "Second")), "T", 2, by=cast.ada)
    drawing.draw(deck.pk)
    deck.refresh_from_db()
    assert (deck.state, deck.done) == (Deck.State.READY, 2)
    assert [(slide.number, slide.text) for slide in deck.slides.order_by("number")] == [(1, "First"), (2, "Second")]
    assert all(all(there(slide.key)) for slide in deck.slides.all())
    assert not places.place_of(deck.pk).exists()


def test_pages_come_a_few_at_a_time_and_the_author_sees_how_far_it_is(cast: Cast, quick, monkeypatch) -> None:
    poked = []
    monkeypatch.setattr(drawing, "poke", lambda members, topic: poked.append((members, topic)))
    deck = waiting(cast.ada, pages=4).deck
    drawing.draw(deck.pk)
    assert quick == [(0, 2), (2, 2)]
    assert poked == [([cast.ada.pk], deck.topic)] * 3


def test_a_second_hand_goes_on_where_the_first_was_killed(cast: Cast, quick) -> None:
    deck = waiting(cast.ada, pages=4).deck
    drawing._draw_some(deck, places.place_of(deck.pk), float("inf"))
    drawing.draw(deck.pk)
    assert quick == [(0, 2), (2, 2)]
    assert list(deck.slides.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]


def test_of_two_hands_at_once_one_goes_on(cast: Cast, quick) -> None:
    deck = waiting(cast.ada, pages=4).deck
    late = Deck.objects.select_related("post").get(pk=deck.pk)
    drawing._draw_some(deck, places.place_of(deck.pk), float("inf"))
    kept = set(Slide.objects.values_list("key", flat=True))
    with pytest.raises(drawing.GoneError):
        drawing._draw_some(late, places.place_of(deck.pk), float("inf"))
    assert set(Slide.objects.values_list("key", flat=True)) == kept
    assert places.place_of(deck.pk).exists()


@pytest.mark.parametrize("how", ["page", "slow", "lost", "late"])
def test_what_cannot_be_drawn_is_told_to_its_author_alone(cast: Cast, quick, monkeypatch, hear, how: str) -> None:
    post = waiting(cast.ada, pages=4)
    deck = post.deck
    if how == "lost":
        places.remove(deck.pk)
    elif how == "late":
        monkeypatch.setattr(drawing, "SECONDS", -1)
    else:

        def fail(path, first: int, count: int) -> list[Page]:
            raise UnusableSlides(how, 3 if how == "page" else 0)

        monkeypatch.setattr(slides, "draw", fail)
    hear()
    drawing.draw(deck.pk)
    hear()
    deck.refresh_from_db()
    assert deck.state == Deck.State.REFUSED
    assert deck.reason.endswith(".")
    assert not Slide.objects.exists()
    assert not places.place_of(deck.pk).exists()
    told = Notification.objects.filter(kind=notices.KIND)
    assert [row.recipient_id for row in told] == [cast.ada.pk]
    page = cast.client("ada").get("/notifications/").content.decode()
    assert "could not be prepared" in page
    assert notices.KINDS[0].path(told.get()) == f"{post.path}edit/"
    actions.take_off(post, by=cast.ada)
    assert "could not be prepared" not in cast.client("ada").get("/notifications/").content.decode()


def test_pages_drawn_before_a_failure_are_not_kept(cast: Cast, quick, monkeypatch) -> None:
    deck = waiting(cast.ada, pages=4).deck
    drawing._draw_some(deck, places.place_of(deck.pk), float("inf"))
    keys = list(Slide.objects.values_list("key", flat=True))
    drawing.refuse(deck.pk, "No.")
    files.clear()
    assert [there(key) for key in keys] == [[False, False]] * 2


def test_slides_taken_off_meanwhile_leave_nothing(cast: Cast, quick) -> None:
    post = waiting(cast.ada, pages=4)
    deck = post.deck
    actions.take_off(post, by=cast.ada)
    with pytest.raises(drawing.GoneError):
        drawing._draw_some(deck, places.place_of(deck.pk), float("inf"))
    drawing.draw(deck.pk)
    assert not Slide.objects.exists()
    assert not places.place_of(deck.pk).exists()


def test_files_go_with_the_post(cast: Cast, hear) -> None:
    post = drawn(cast.ada)
    keys = list(Slide.objects.values_list("key", flat=True))
    feed.delete_post(post, by=cast.ada)
    hear()
    assert [there(key) for key in keys] == [[False, False]] * 2
    assert not Gone.objects.exists()


def test_what_was_lost_is_swept(cast: Cast) -> None:
    old, young = waiting(cast.ada).deck, waiting(cast.bo).deck
    long_ago = ids.floor_at(clock.now() - timedelta(hours=7))
    Deck.objects.filter(pk=old.pk).update(id=long_ago)
    places.place_of(old.pk).rename(places.place_of(long_ago))
    tasks.sweep()
    assert Deck.objects.get(pk=long_ago).state == Deck.State.REFUSED
    assert Deck.objects.get(pk=young.pk).is_drawing
    assert not places.place_of(long_ago).exists()


def test_files_of_nothing_are_swept_after_a_while(cast: Cast, monkeypatch) -> None:
    deck = waiting(cast.ada).deck
    places.place_of(5).write_bytes(b"left")
    tasks.sweep()
    assert places.place_of(5).exists()
    monkeypatch.setattr(places, "LONELY", -60)
    tasks.sweep()
    assert not places.place_of(5).exists()
    assert places.place_of(deck.pk).exists()
    assert [path.name for path in places.folder().iterdir()] == [f"{deck.pk}.pdf"]


def test_a_post_that_was_taken_back_leaves_the_file_where_it_was(cast: Cast) -> None:
    from django.db import transaction

    upload = upload_of(cast.ada)
    with transaction.atomic():
        post = feed.post(cast.ada, "words")
        actions.hang(post, upload, "T", 1, by=cast.ada)
        transaction.set_rollback(True)
    assert upload.path.exists()
    assert not Deck.objects.exists()
