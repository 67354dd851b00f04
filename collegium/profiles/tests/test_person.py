"""A person's page: what stands on it."""

import pytest

from collegium.members.models import Member
from collegium.testing.cast import client_of as browser_of
from collegium.testing.cast import connect
from collegium.testing.fixtures import assert_same_queries
from collegium.ties.models import Connection

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script> "quoted" & {{ 7*7 }} javascript:alert(1)'


def test_page_shows_what_the_person_wrote(cast):
    Member.objects.filter(pk=cast.ada.pk).update(
        headline="Rivers & dams",
        about="First line.\n\nSee https://example.org for more.",
        place="Uppsala",
        pronouns="she/her",
    )
    page = cast.client("bo").get(cast.ada.path).content.decode()
    for words in ("Ada Lindqvist", "Rivers &amp; dams", '<p dir="auto">First line.</p>', "Uppsala", "she/her"):
        assert words in page
    assert 'href="https://example.org"' in page


def test_words_are_only_ever_words(cast):
    Member.objects.filter(pk=cast.ada.pk).update(
        name=HOSTILE, headline=HOSTILE, about=HOSTILE, place=HOSTILE, pronouns=HOSTILE[:40], visibility=0
    )
    for path in (cast.ada.path, "/in/cy-tanaka/", "/in/bo-okafor/connections/"):
        page = cast.client("bo").get(path).content.decode()
        assert "<script>alert" not in page
    assert "<script>alert" not in browser_of(None).get(cast.ada.path).content.decode()


def test_degree_is_shown_to_members(cast):
    ada = cast.client("ada")
    assert "connected with you" in ada.get("/in/bo-okafor/").content.decode()
    assert "knows someone you know" in ada.get("/in/cy-tanaka/").content.decode()
    main = ada.get("/in/di-varga/").content.decode()
    assert "knows someone you know" not in main


def test_buttons_and_posts_are_borrowed_by_address(cast):
    page = cast.client("ada").get("/in/bo-okafor/").content.decode()
    assert 'hx-get="/network/with/bo-okafor/"' in page
    assert 'hx-get="/in/bo-okafor/posts/"' in page
    own = cast.client("ada").get(cast.ada.path).content.decode()
    assert "/network/with/" not in own
    assert "/settings/profile/" in own


def test_what_cannot_be_a_handle_is_nobody(make_member, client_of):
    kim = client_of(make_member("Kim Lund"))
    for handle in ["%00", "Ada-Lindqvist", "ada%0alindqvist", "x" * 400, "..%2f", "%ff%fe", "ada lindqvist", "💧"]:
        for tail in ("", "connections/", "mutual/"):
            assert kim.get(f"/in/{handle}/{tail}").status_code == 404, handle


def test_a_broken_cursor_is_a_list_that_does_not_exist(make_member, client_of):
    kim = client_of(make_member("Kim Lund"))
    for cursor in ["x", "%00", "AAAA", "A" * 5000, "AAAAAAAAAAE", "💧", "///"]:
        assert kim.get("/in/kim-lund/connections/", {"after": cursor}).status_code == 404, cursor


def test_list_pages_by_name_without_gaps(make_member, client_of):
    names = [f"Person {n:03}" for n in range(65)]
    kim = make_member("Kim Lund")
    for name in names:
        Connection.tie(kim, make_member(name))
    bo, seen, path = client_of(kim), [], "/in/kim-lund/connections/"
    while path:
        page = bo.get(path).content.decode()
        body = page[page.index("<main") : page.index("</main")]
        seen += [name for name in names if f"<bdi>{name}</bdi>" in body]
        path = "/in/kim-lund/connections/?after=" + body.split("?after=")[1].split('"')[0] if "?after=" in body else ""
    assert seen == names


def test_queries_do_not_grow_with_the_list(cast, make_member):
    def more(least=1, most=12):
        for n in range(least, most):
            friend = make_member(f"Friend {n}")
            connect(friend, cast.bo)
            connect(friend, cast.ada)

    more(0, 1)
    ada = cast.client("ada")
    pages = ["/in/bo-okafor/", "/in/bo-okafor/connections/", "/in/bo-okafor/mutual/"]
    assert_same_queries(lambda: [ada.get(page) for page in pages], more, lambda: [ada.get(page) for page in pages])
