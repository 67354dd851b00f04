"""A PDF in the composer: looked through before the post goes out; a bad one loses nothing of it."""

import pytest

from collegium.audience.viewer import Viewer
from collegium.decks import forms, places
from collegium.decks.models import TITLE_LIMIT, Deck
from collegium.decks.tests.helping import chosen, drawn, send, upload_of
from collegium.feed.models import Draft, Post, Saved
from collegium.feed.reading import saved
from collegium.media.tests.pdfs import document
from collegium.media.tests.test_slides import locked, without_pages
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries
from collegium.uploads.models import Upload


def test_a_file_sent_ahead_is_posted(cast: Cast) -> None:
    upload = upload_of(cast.ada, document("one", "two"), "The_river in spring.pdf")
    assert send(cast.client("ada"), **{"deck-file": upload.key}).status_code == 302
    deck = Post.objects.get(author=cast.ada).deck
    assert (deck.title, deck.pages, deck.done, deck.state) == ("The river in spring", 2, 0, Deck.State.DRAWING)
    assert places.place_of(deck.pk).read_bytes().startswith(b"%PDF")
    assert oct(places.place_of(deck.pk).stat().st_mode)[-3:] == "600"
    assert not Upload.objects.exists()


def test_a_file_in_a_plain_form_is_posted_without_words_and_with_a_title(cast: Cast) -> None:
    sent = send(cast.client("ada"), body="", **{"deck-file-file": chosen(), "deck-title": "  Dams, 2026 "})
    assert sent.status_code == 302
    assert Post.objects.get(author=cast.ada).deck.title == "Dams, 2026"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "not a PDF"),
        (b"<svg onload=alert(1)>", "not a PDF"),
        (document("x")[:200], "damaged or incomplete"),
        (locked(), "locked with a password"),
        (without_pages(), "no pages"),
        (document(*["x"] * 301), "more than 300 pages"),
    ],
    ids=["png", "svg", "cut", "locked", "bare", "long"],
)
def test_a_bad_file_is_refused_with_a_sentence_and_the_draft_is_kept(cast: Cast, data: bytes, words: str) -> None:
    refused = send(
        cast.client("ada"), body="Kept words", **{"deck-file-file": chosen(data), "deck-title": "Kept title"}
    )
    page = refused.content.decode()
    assert refused.status_code == 422
    assert words in page
    assert "Kept words" in page
    assert "Kept title" in page
    assert not Post.objects.filter(author=cast.ada).exists()


@pytest.mark.parametrize("name", ["slides.exe", "slides.html", "slides", "slides.pdf.svg"])
def test_other_endings_are_not_taken(cast: Cast, name: str) -> None:
    assert send(cast.client("ada"), **{"deck-file-file": chosen(name=name)}).status_code == 422


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "f" * 32, "x" * 32, "\0", "F" * 32])
def test_keys_of_nothing(cast: Cast, key: str) -> None:
    sent = send(cast.client("ada"), **{"deck-file": key})
    assert sent.status_code == (422 if key else 302)
    assert not Deck.objects.exists()


def test_somebody_elses_file_is_not_there(cast: Cast) -> None:
    key = upload_of(cast.bo).key
    assert send(cast.client("ada"), **{"deck-file": key}).status_code == 422
    assert Upload.objects.get().key == key


def test_a_mistake_elsewhere_keeps_the_file(cast: Cast) -> None:
    refused = send(cast.client("ada"), audience="9", **{"deck-file-file": chosen()})
    upload = Upload.objects.get()
    assert refused.status_code == 422
    assert f'value="{upload.key}"' in refused.content.decode()
    assert send(cast.client("ada"), **{"deck-file": upload.key}).status_code == 302
    assert Deck.objects.count() == 1


def test_a_draft_keeps_the_file_and_looks_it_through_once(cast: Cast, monkeypatch) -> None:
    looked = []
    monkeypatch.setattr(forms.slides, "look", lambda path: looked.append(path) or 1)
    upload = upload_of(cast.ada)
    form = {"facet": "professional", "audience": "1", "commenting": "anyone", "body": "", "deck-file": upload.key}
    client = cast.client("ada")
    for _again in range(3):
        client.post("/posts/drafts/", form | {"form_key": "7b1c1c52-6d5c-4a2e-9d0e-0f3f6d5f2b11", "deck-title": ""})
    draft = Draft.objects.get(author=cast.ada)
    assert draft.values["deck-file"] == [upload.key]
    assert upload.key in client.get(f"/posts/drafts/{draft.pk}/").content.decode()
    assert len(looked) == 1


def test_slides_are_renamed_replaced_and_taken_off_by_an_edit(cast: Cast) -> None:
    post = drawn(cast.ada)
    first, client = post.deck.pk, cast.client("ada")
    assert "Canary title" in client.get(f"{post.path}edit/").content.decode()
    send(client, f"{post.path}edit/", **{"deck-title": "Another title"})
    assert Deck.objects.get(post=post).title == "Another title"
    # A form without this part leaves it alone.
    client.post(f"{post.path}edit/", {"facet": "professional", "audience": "1", "commenting": "anyone", "body": "b"})
    assert Deck.objects.get(post=post).pk == first
    send(client, f"{post.path}edit/", **{"deck-file": upload_of(cast.ada, document(*"abc")).key, "deck-title": "New"})
    deck = Deck.objects.get(post=post)
    assert (deck.pk == first, deck.pages, deck.title, deck.is_drawing) == (False, 3, "New", True)
    send(client, f"{post.path}edit/", **{"deck-off": "on"})
    assert not Deck.objects.exists()


def test_the_last_thing_on_a_post_without_words_stays(cast: Cast) -> None:
    post = drawn(cast.ada)
    refused = send(cast.client("ada"), f"{post.path}edit/", body="", **{"deck-off": "on"})
    assert refused.status_code == 422
    assert "an empty post cannot stay" in refused.content.decode()
    assert Deck.objects.exists()


@pytest.mark.parametrize("name", ["bo", "di"])
def test_nobody_else_changes_them(cast: Cast, name: str) -> None:
    post = drawn(cast.ada)
    assert send(cast.client(name), f"{post.path}edit/", **{"deck-off": "on"}).status_code == 403
    assert Deck.objects.exists()


def test_a_title_has_an_end(cast: Cast) -> None:
    sent = send(cast.client("ada"), **{"deck-file": upload_of(cast.ada).key, "deck-title": "x" * (TITLE_LIMIT + 1)})
    assert sent.status_code == 422


def test_the_words_of_slides_are_found_among_saved_posts(cast: Cast) -> None:
    post = drawn(cast.ada, text="Überlaufrinne")
    Saved.objects.create(member=cast.bo, post=post)
    for query, found in (("uberlaufrinne", [post]), ("canary title", [post]), ("nothing such", [])):
        assert list(saved.of(Viewer(cast.bo), query)) == found, query


def test_cards_cost_the_same_however_many_slides_there_are(cast: Cast) -> None:
    drawn(cast.ada, 2)
    client = cast.client("bo")
    read = lambda: client.get("/")  # noqa: E731 - a name for what is asked twice
    # The first look at something new is remembered, which costs statements of its own.
    assert_same_queries(read, lambda: [*(drawn(cast.ada, 12) for _ in range(3)), read()], read)


def test_a_card_holds_the_first_pages_and_asks_for_the_others(cast: Cast) -> None:
    post = drawn(cast.ada, 12)
    page = cast.client("bo").get(post.path).content.decode()
    assert page.count('class="deck-slide"') == 8
    assert f"{post.deck.path}?after=8" in page
    rest = cast.client("bo").get(f"{post.deck.path}?after=8", headers={"HX-Request": "true"}).content.decode()
    assert rest.count('class="deck-slide"') == 4
    assert "canary-d17 12" in rest
