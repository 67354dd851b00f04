"""Writing, publishing, changing, taking back: nothing typed is lost, and nothing is done twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from collegium.articles import actions
from collegium.articles.models import SOURCE_LIMIT, Article, Revision, Sheet
from collegium.articles.tasks import sweep
from collegium.articles.tests.helping import CHOSEN, chosen, draft, published, put_cover, rewrite
from collegium.articles.writing import slug_of
from collegium.feed import actions as feed
from collegium.feed.models import Post
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.media.storage import name_of
from collegium.media.tests.pictures import file_of, speckled
from collegium.pictures.files import clear
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries


def typed(**more):
    return {"title": "T", "lead": "", "source": "Words.", "number": 1, "form_key": str(uuid4())} | more


def test_from_the_first_words_to_readers_without_scripts(cast: Cast) -> None:
    ada = cast.client("ada")
    assert ada.get("/articles/new/").status_code == 200
    assert not Article.objects.exists()
    answer = ada.post("/articles/new/", typed(title="How a weir works", source="## One\n\nWords.", lead="In short."))
    article = Article.objects.get()
    assert answer["Location"] == f"{article.here}edit/"
    assert "How a weir works" in ada.get(answer["Location"]).content.decode()
    to_publish = ada.post(f"{article.here}edit/", typed(title="How weirs work", source="## Two", then="publish"))
    assert to_publish["Location"] == f"{article.here}publish/"
    sheet = ada.get(f"{article.here}publish/").content.decode()
    assert "Circles and people" in sheet
    answer = ada.post(f"{article.here}publish/", CHOSEN | {"form_key": str(uuid4())})
    article.refresh_from_db()
    assert answer["Location"] == article.path == f"/articles/{article.pk}/how-weirs-work/"
    assert article.post.has_parts
    assert article.post.audience == 1
    card = cast.client("bo").get("/").content.decode()
    assert "How weirs work" in card
    assert article.path in card


def test_begun_twice_is_begun_once_and_saved_twice_is_no_conflict(cast: Cast) -> None:
    ada, form = cast.client("ada"), typed(quiet="1")
    first, second = ada.post("/articles/new/", form), ada.post("/articles/new/", form)
    assert first.json() == second.json()
    article = Article.objects.get()
    for _ in range(2):
        assert ada.post(f"{article.here}edit/", typed(source="More.", quiet="1")).json()["number"] == 2


def test_two_tabs_keep_both_texts(cast: Cast) -> None:
    ada, article = cast.client("ada"), draft(cast.ada)
    assert ada.post(f"{article.here}edit/", typed(source="From tab one.")).status_code == 302
    quiet = ada.post(f"{article.here}edit/", typed(source="From tab two.", quiet="1"))
    assert (quiet.status_code, quiet.json()["differs"]) == (409, True)
    page = ada.post(f"{article.here}edit/", form := typed(source="From tab two."))
    text = page.content.decode()
    assert page.status_code == 409
    assert "From tab one." in text
    assert "From tab two." in text
    assert Sheet.objects.get(article=article).source == "From tab one."
    for _ in range(2):
        aside = ada.post("/articles/new/", form | {"fresh": "1", "number": 2})
        assert aside.status_code == 302
    assert sorted(Sheet.objects.values_list("source", flat=True)) == ["From tab one.", "From tab two."]
    assert ada.post(f"{article.here}edit/", form | {"number": 2}).status_code == 302
    assert Sheet.objects.get(article=article).source == "From tab two."


def test_empty_sheets_are_not_kept_and_refusals_keep_what_was_typed(cast: Cast) -> None:
    ada = cast.client("ada")
    assert ada.post("/articles/new/", typed(title=" ", source="\n")).status_code == 422
    long = ada.post("/articles/new/", typed(title="worth keeping", source="x" * (SOURCE_LIMIT + 1)))
    assert long.status_code == 422
    assert "worth keeping" in long.content.decode()
    assert ada.post("/articles/new/", typed(source="bell\x07", quiet="1")).status_code == 422
    assert not Article.objects.exists()
    article = draft(cast.ada, title="")
    assert ada.post(f"{article.here}publish/", CHOSEN).status_code == 422
    assert "It needs a title first." in ada.get(f"{article.here}publish/").content.decode()
    assert not Post.objects.exists()


def test_published_twice_is_published_once(cast: Cast) -> None:
    ada, article = cast.client("ada"), draft(cast.ada)
    form = CHOSEN | {"form_key": str(uuid4())}
    assert [ada.post(f"{article.here}publish/", form).status_code for _ in range(2)] == [302, 302]
    assert Post.objects.count() == Revision.objects.count() == 1
    assert ada.post(f"{article.here}publish/", CHOSEN | {"form_key": str(uuid4())}).status_code == 409
    article.refresh_from_db()
    with pytest.raises(Conflict):
        actions.publish(article, chosen(), by=cast.ada)


def test_changes_reach_readers_with_a_history(cast: Cast) -> None:
    article = published(cast.ada)
    bo = cast.client("bo")
    assert "edited" not in bo.get(article.path).content.decode()
    sheet = article.sheet
    cast.client("ada").post(f"{article.here}edit/", typed(title=sheet.title, source="Now <b>otherwise</b>."))
    assert cast.client("ada").post(f"{article.here}publish/", {"note": "Corrected the figures"}).status_code == 302
    assert "Now &lt;b&gt;otherwise&lt;/b&gt;." in bo.get(article.path).content.decode()
    history = bo.get(f"{article.here}history/").content.decode()
    assert "Corrected the figures" in history
    assert "<ins>" in history
    assert "<del>" in history
    assert "&lt;b&gt;otherwise&lt;/b&gt;" in history
    again = cast.client("ada").post(f"{article.here}publish/", {"note": "nothing"})
    assert again.status_code == 302
    assert Revision.objects.count() == 2


def test_a_long_history_is_paged(cast: Cast) -> None:
    article = published(cast.ada)
    for number in range(7):
        article = rewrite(article, f"Version {number}", f"note {number}")
    first = cast.client("bo").get(f"{article.here}history/").content.decode()
    assert first.count("reading-note") == 5
    older = first.split(f"{article.here}history/?before=")[1].split('"')[0]
    second = cast.client("bo").get(f"{article.here}history/?before={older}").content.decode()
    assert second.count("reading-note") == 2
    assert cast.client("bo").get(f"{article.here}history/?before=junk").status_code == 404


def test_taken_back_it_is_a_draft_again(cast: Cast) -> None:
    article = published(cast.ada)
    feed.delete_post(article.post, by=cast.ada)
    article.refresh_from_db()
    assert article.post is None
    assert cast.client("bo").get(article.path).status_code == 404
    assert "How a weir works" in cast.client("ada").get("/articles/").content.decode()
    actions.publish(article, chosen(), by=cast.ada)
    assert cast.client("bo").get(article.path).status_code == 200
    with pytest.raises(Conflict):
        actions.update(draft(cast.ada), "", by=cast.ada)


def test_deleted_drafts_come_back_for_a_day(cast: Cast) -> None:
    ada, article = cast.client("ada"), put_cover(draft(cast.ada))
    assert ada.post(f"{article.here}removal/").status_code == 302
    assert ada.get(f"{article.here}edit/").status_code == 404
    assert ada.post(f"{article.here}restoration/").status_code == 302
    assert ada.get(f"{article.here}edit/").status_code == 200
    assert ada.post(f"{article.here}restoration/").status_code == 404
    actions.remove(article, by=cast.ada)
    sweep()
    assert Article.objects.exists()
    Article.objects.update(removed_at=clock.now() - timedelta(days=2))
    sweep()
    clear()
    assert not Article.objects.exists()
    assert not default_storage.exists(name_of(article.cover, 480))
    with pytest.raises(Refusal):
        actions.remove(published(cast.ada), by=cast.ada)


def test_covers(cast: Cast) -> None:
    ada, article = cast.client("ada"), draft(cast.ada)
    picture = SimpleUploadedFile("weir.png", file_of(speckled()), "image/png")
    assert ada.post(f"{article.here}cover/", {"picture": picture, "alt": "A weir"}).status_code == 302
    article.refresh_from_db()
    first = article.cover
    assert (bool(first), article.cover_alt) == (True, "A weir")
    assert ada.post(f"{article.here}cover/", {"alt": "A weir in May"}).status_code == 302
    for bad in (b"", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"GIF89a"):
        refused = ada.post(f"{article.here}cover/", {"picture": SimpleUploadedFile("a.png", bad, "image/png")})
        assert refused.status_code == 422
    article.refresh_from_db()
    assert (article.cover, article.cover_alt) == (first, "A weir in May")
    assert ada.post(f"{article.here}cover/removal/").status_code == 302
    clear()
    assert not default_storage.exists(name_of(first, 480))
    assert ada.post(f"{article.here}cover/", {"alt": "nothing"}).status_code == 422


def test_fields_that_no_form_offers_are_not_taken(cast: Cast) -> None:
    ada, article, theirs = cast.client("ada"), draft(cast.ada), published(cast.bo)
    extra = {"author": cast.bo.pk, "post": theirs.post_id, "html": "<b>", "slug": "x", "id": 7, "cover": "ab" * 32}
    ada.post(f"{article.here}edit/", typed() | extra)
    ada.post(f"{article.here}publish/", CHOSEN | extra)
    article.refresh_from_db()
    assert (article.author, article.slug, article.cover) == (cast.ada, "t", "")
    assert article.html == "<p>Words.</p>\n"
    assert article.post_id != theirs.post_id


def test_slugs() -> None:
    assert slug_of("How a weir works: 3 lessons?") == "how-a-weir-works-3-lessons"
    assert slug_of("Straße & Übung") == "strasse-übung"
    assert slug_of("水門の話") == "水門の話"
    assert slug_of("…") == ""
    assert len(slug_of("word " * 40)) <= 80
    assert not slug_of("word " * 40).endswith("-")


@pytest.mark.parametrize("title", ["…", "水門の話", "a/b?c#d", "../../etc", "100% sure", "%2e%2e"])
def test_every_title_has_an_address_that_leads_to_it(cast: Cast, title: str) -> None:
    article = published(cast.ada, title=title)
    assert cast.client("bo").get(article.path).status_code == 200
    assert cast.client("bo").get(article.here)["Location"] == article.path


def test_a_page_of_posts_asks_once_for_all_articles(cast: Cast) -> None:
    published(cast.ada, cover=True)
    bo = cast.client("bo")

    def more() -> None:
        for _ in range(3):
            published(cast.ada, cover=True)
        bo.get("/")  # Remembers how far down has been read.

    assert_same_queries(lambda: bo.get("/"), more, lambda: bo.get("/"))
    of = "/articles/of/ada-lindqvist/"
    assert_same_queries(lambda: bo.get(of), more, lambda: bo.get(of))
