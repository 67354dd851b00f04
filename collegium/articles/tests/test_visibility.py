"""Who sees an article: those who see its post now. A draft is its author's alone; to everybody else there is none."""

import pytest

from collegium.articles import actions
from collegium.articles.models import WIDTHS
from collegium.articles.tests.helping import chosen, draft, published, put_cover, rewrite
from collegium.audience.level import Level
from collegium.feed import actions as feed
from collegium.feed.selecting import Choice
from collegium.feed.tests.test_visibility import CASES
from collegium.members.models import Member
from collegium.testing.cast import Cast

OTHERS = ["bo", "cy", "di", "ed", "eve", "flo", "hal", "gus", "nobody"]


@pytest.mark.parametrize(("level", "name", "sees"), CASES, ids=str)
def test_a_published_article(cast: Cast, level: Level, name: str, sees: bool) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    article = published(cast.ada, level, cover=True)
    browser = cast.client(name)
    addresses = [article.path, f"{article.here}history/", *(article.cover_url(width) for width in WIDTHS)]
    for address in addresses:
        assert browser.get(address).status_code == (200 if sees else 404), address
    assert browser.get(article.here).status_code == (302 if sees else 404)
    assert browser.get(f"{article.here}another-slug/").status_code == (302 if sees else 404)
    page = browser.get(article.path).content.decode()
    assert ("Canary-a17" in page) == sees
    assert ("canary-c3" in page) == sees
    for lists in ("/articles/of/ada-lindqvist/", "/in/ada-lindqvist/posts/"):
        assert (article.path in browser.get(lists).content.decode()) == sees, lists


@pytest.mark.parametrize("name", OTHERS)
def test_a_draft_is_its_authors_alone(cast: Cast, name: str) -> None:
    article = put_cover(draft(cast.ada))
    browser = cast.client(name)
    here = article.here
    for address in (here, f"{here}-/", article.cover_middle, f"{here}history/", f"/articles/{article.pk + 1}/"):
        assert browser.get(address).status_code == 404, address
    gone = 302 if name in ("nobody", "gus") else 404
    for address in ("edit", "preview", "publish"):
        assert browser.get(f"{here}{address}/").status_code == gone, address
    for address in ("edit", "publish", "cover", "cover/removal", "removal", "restoration"):
        assert browser.post(f"{here}{address}/", {"title": "mine"}).status_code == gone, address
    assert "How a weir works" not in browser.get("/articles/of/ada-lindqvist/").content.decode()
    article.refresh_from_db()
    assert article.sheet.title == "How a weir works"
    assert cast.client("ada").get(article.cover_middle).status_code == 200


@pytest.mark.parametrize("name", ["bo", "cy", "di"])
def test_what_one_may_read_one_may_not_change(cast: Cast, name: str) -> None:
    article = published(cast.ada)
    browser = cast.client(name)
    for address in ("edit", "preview", "publish"):
        assert browser.get(f"{article.here}{address}/").status_code == 403, address
    for address in ("edit", "publish", "cover", "cover/removal", "removal"):
        assert browser.post(f"{article.here}{address}/", {"title": "mine"}).status_code == 403, address
    assert browser.post(f"{article.here}restoration/").status_code == 404


def test_what_is_not_published_yet_is_not_shown_with_what_is(cast: Cast) -> None:
    article = published(cast.ada)
    sheet = article.sheet
    browser = cast.client("ada")
    browser.post(
        f"{article.here}edit/", {"title": "Secret title", "lead": "", "source": "canary-b9", "number": sheet.number}
    )
    for address in (article.path, f"{article.here}history/", "/articles/of/ada-lindqvist/", "/"):
        page = cast.client("bo").get(address).content.decode()
        assert "canary-b9" not in page
        assert "Secret title" not in page
    assert "canary-b9" in browser.get(f"{article.here}preview/").content.decode()


def test_narrowing_the_audience_acts_at_once(cast: Cast) -> None:
    article = published(cast.ada, cover=True)
    browser = cast.client("di")
    first = browser.get(article.cover_middle)
    assert first.status_code == 200
    assert first["Cache-Control"] == "private, no-cache"
    assert browser.get(article.cover_middle, headers={"If-None-Match": first["ETag"]}).status_code == 304
    feed.edit_post(article.post, by=cast.ada, choice=Choice(Level.CONNECTIONS))
    for address in (article.path, article.cover_middle, f"{article.here}history/"):
        assert browser.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 404
        assert cast.client("bo").get(address).status_code == 200


def test_named_people_alone(cast: Cast) -> None:
    article = draft(cast.ada)
    choice = Choice(Level.MEMBERS, only=True, people=(cast.di.pk,))
    article = actions.publish(article, chosen(choice=choice), by=cast.ada)
    assert cast.client("di").get(article.path).status_code == 200
    assert cast.client("bo").get(article.path).status_code == 404
    left_out = actions.publish(
        draft(cast.ada), chosen(choice=Choice(Level.MEMBERS, left_out=(cast.di.pk,))), by=cast.ada
    )
    assert cast.client("di").get(left_out.path).status_code == 404
    assert cast.client("bo").get(left_out.path).status_code == 200


def test_an_old_cover_is_nothing_any_more(cast: Cast) -> None:
    article = published(cast.ada, cover=True)
    old = article.cover_middle
    put_cover(article)
    assert cast.client("bo").get(old).status_code == 404
    assert cast.client("bo").get(article.cover_middle).status_code == 200


def test_the_history_of_what_was_taken_back_is_closed(cast: Cast) -> None:
    article = rewrite(published(cast.ada), "canary-r4")
    feed.delete_post(article.post, by=cast.ada)
    for name in ("bo", "ada"):
        assert cast.client(name).get(f"{article.here}history/").status_code == 404


def test_machines_are_told_only_what_everybody_sees(cast: Cast) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    open_to_all = cast.client("nobody").get(published(cast.ada, Level.EVERYONE).path).content.decode()
    assert '<meta property="og:title" content="How a weir works">' in open_to_all
    assert "noindex" not in open_to_all
    closed = cast.client("bo").get(published(cast.ada, Level.MEMBERS).path).content.decode()
    assert "og:title" not in closed
    assert '<meta name="robots" content="noindex">' in closed
    for page in (open_to_all, closed):
        assert '<link rel="canonical" href="http' in page
