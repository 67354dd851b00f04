"""Who sees which page of newsletters, who reads what of readers, and what forms make of bad input."""

import csv
import io
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from collegium.articles.publishing import extras
from collegium.audience.level import Level
from collegium.lib.cells import safe
from collegium.lib.refusal import Conflict, Refusal
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.newsletters import actions
from collegium.newsletters.models import MOST, Issue, Newsletter, Subscription
from collegium.newsletters.publishing import SeriesExtra
from collegium.newsletters.tests.scene import article, issued, reads, series
from collegium.testing.cast import Cast, make_member
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db

ALL = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "gus", "nobody")
# Who has the page, by what Ada's own page is open to; whoever is suspended is nobody.
SEES: dict[int, str] = {
    Member.Visibility.PUBLIC: "2222442222",
    Member.Visibility.MEMBERS: "2222442244",
    Member.Visibility.HIDDEN: "2244444444",
}


@pytest.mark.parametrize("visibility", list(SEES))
def test_who_sees_a_newsletter_is_who_sees_its_owner(cast: Cast, visibility: int) -> None:
    row = series(cast.ada)
    Member.objects.filter(pk=cast.ada.pk).update(visibility=visibility)
    for name, cell in zip(ALL, SEES[visibility], strict=True):
        status = cast.client(name).get(row.path).status_code
        assert (status == 200, status == 404) == (cell == "2", cell == "4"), (name, status)


@pytest.mark.parametrize("name", ALL)
def test_what_belongs_to_the_owner_alone(cast: Cast, name: str) -> None:
    row, browser = series(cast.ada), cast.client(name)
    reads(cast.cy, row, shares=True)
    gets = {"edit/", "subscribers/", "subscribers.csv"}
    for place in ("edit/", "end/", "beginning/", "subscribers/", "subscribers.csv"):
        answer = browser.get(row.here + place) if place in gets else browser.post(row.here + place)
        if name == "ada":
            assert answer.status_code in (200, 302), place
        elif name in ("gus", "nobody"):
            assert answer.status_code == 302, place
            assert "/accounts/login" in answer.headers["Location"]
        else:
            assert answer.status_code == (404 if name in ("ed", "eve") else 403), place
        assert (b"cytanaka@example.org" in answer.content) == (name == "ada" and place.startswith("subscribers")), place


# Which issues stand on the page of each viewer, by the audience of their articles.
def test_issues_are_listed_for_whom_they_are(cast: Cast) -> None:
    row = series(cast.ada)
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    for level in Level:
        issued(row, title=f"Level {level.name}.", audience=level)
    shown = {"ada": 5, "bo": 4, "cy": 3, "di": 2, "flo": 2, "hal": 2, "nobody": 1}
    for name, count in shown.items():
        page = cast.client(name).get(row.path).content.decode()
        assert page.count('class="series-issue"') == count, name
    for made in Issue.objects.select_related("article__post"):
        line = cast.client("di").get(f"/newsletters/of/{made.article_id}/")
        assert (line.status_code == 200) == (made.article.post.audience <= Level.MEMBERS)
        assert (cast.client("di").get(f"/newsletters/issues/{made.pk}/").status_code == 302) == (
            line.status_code == 200
        )


def test_readers_do_not_see_each_other(cast: Cast) -> None:
    row = series(cast.ada)
    for reader in (cast.bo, cast.cy, cast.di):
        reads(reader, row, shares=True)
    page = cast.client("bo").get(row.path).content.decode()
    assert "3 readers" in page
    for hidden in ("Cy Tanaka", "Di Varga", "example.org"):
        assert hidden not in page


def test_the_number_of_readers_tells_nothing_of_the_blocked(cast: Cast) -> None:
    row = series(cast.bo)
    for reader in (cast.ada, cast.eve, cast.ed, cast.di):
        reads(reader, row)
    assert "2 readers" in cast.client("ada").get(row.path).content.decode()
    assert "4 readers" in cast.client("di").get(row.path).content.decode()
    members.suspend(cast.di, by=None)
    assert "3 people read it" in cast.client("bo").get(row.path).content.decode()


def test_subscribing_changing_leaving(cast: Cast) -> None:
    row, browser = series(cast.ada), cast.client("bo")
    assert browser.post(f"{row.here}subscription/", {"by_mail": "on"}).status_code == 302
    mine = Subscription.objects.get()
    assert (mine.by_mail, mine.shares_address) == (True, False)
    browser.post(f"{row.here}subscription/", {"shares_address": "on"})
    mine.refresh_from_db()
    assert (mine.by_mail, mine.shares_address, Subscription.objects.count()) == (False, True, 1)
    assert "You subscribed on" in browser.get(row.path).content.decode()
    assert row.name in browser.get("/newsletters/").content.decode()
    fragment = browser.post(f"{row.here}subscription/removal/", headers={"HX-Request": "true"})
    assert 'id="asking"' in fragment.content.decode()
    assert not Subscription.objects.exists()
    assert browser.post(f"{row.here}subscription/removal/").status_code == 302


def test_one_can_leave_what_one_no_longer_sees(cast: Cast) -> None:
    row = series(cast.ada)
    reads(cast.di, row)
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.HIDDEN)
    assert cast.client("di").post(f"{row.here}subscription/removal/").status_code == 302
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("name", ["ada", "ed", "eve", "gus"])
def test_who_cannot_subscribe(cast: Cast, name: str) -> None:
    with pytest.raises(Refusal):
        actions.subscribe(series(cast.ada), by=getattr(cast, name), by_mail=True, shares_address=False)


def test_an_ended_newsletter_takes_neither_readers_nor_issues(cast: Cast) -> None:
    row = series(cast.ada)
    mine = reads(cast.bo, row)
    text = article(cast.ada)
    cast.client("ada").post(f"{row.here}end/")
    with pytest.raises(Conflict):
        actions.subscribe(row, by=cast.cy, by_mail=True, shares_address=False)
    with pytest.raises(Conflict):
        actions.issue(row, text, by=cast.ada)
    assert cast.client("cy").post(f"{row.here}subscription/").status_code == 409
    assert reads(cast.bo, row, mail=False).pk == mine.pk
    cast.client("ada").post(f"{row.here}beginning/")
    assert actions.issue(row, text, by=cast.ada).number == 1


def test_only_ones_own_published_article_becomes_an_issue(cast: Cast) -> None:
    row, theirs = series(cast.ada), article(cast.bo)
    with pytest.raises(Refusal):
        actions.issue(row, theirs, by=cast.ada)
    with pytest.raises(Refusal):
        actions.issue(row, theirs, by=cast.bo)
    made = issued(row)
    with pytest.raises(Conflict):
        actions.issue(series(cast.ada, "Another"), made.article, by=cast.ada)


def test_the_sheet_offers_what_goes_on_and_is_hers(cast: Cast, rf: Any) -> None:
    assert any(isinstance(extra, SeriesExtra) for extra in extras)
    extra, text = SeriesExtra(), article(cast.ada)
    assert extra.form(None, cast.ada, text) is None
    row, over, bos = series(cast.ada), series(cast.ada, "Over"), series(cast.bo, "Bo’s")
    actions.end(over, by=cast.ada)
    form = extra.form(None, cast.ada, text)
    assert form is not None
    assert [key for key, _name in form.fields["of"].choices] == ["", str(row.pk)]
    for bad in (str(over.pk), str(bos.pk), "x", "-1", "9" * 30):
        assert not extra.form(rf.post("/", {"newsletters-of": bad}), cast.ada, text).is_valid()
    for sent, count in (("", 0), (str(row.pk), 1)):
        chosen = extra.form(rf.post("/", {"newsletters-of": sent}), cast.ada, text)
        assert chosen.is_valid()
        extra.published(text, chosen, cast.ada)
        assert Issue.objects.count() == count
    assert extra.form(None, cast.ada, text) is None, "it is an issue already"


def lines(browser: Client, row: Newsletter) -> list[list[str]]:
    answer = browser.get(f"{row.here}subscribers.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_list_names_addresses_of_those_alone_who_share_them(cast: Cast) -> None:
    row = series(cast.ada)
    reads(cast.bo, row, shares=True)
    reads(cast.cy, row)
    reads(cast.di, row, shares=True)
    EmailAddress.objects.filter(user=cast.di.user).update(verified=False)
    evil = make_member("=HYPERLINK(1)")
    reads(evil, row, shares=True)
    network.block(cast.ada, cast.hal)
    Subscription.objects.create(newsletter=row, member=cast.hal, shares_address=True)
    table = {line[1]: line[4] for line in lines(cast.client("ada"), row)[1:]}
    assert table == {
        "Bo Okafor": cast.bo.user.email,
        "Cy Tanaka": "",
        "Di Varga": "",
        "'=HYPERLINK(1)": evil.user.email,
    }
    page = cast.client("ada").get(f"{row.here}subscribers/").content.decode()
    assert cast.bo.user.email in page
    assert cast.cy.user.email not in page
    assert cast.di.user.email not in page


@pytest.mark.parametrize("begin", list("=+-@\t\r\n＝＋－＠"))
def test_no_cell_is_a_formula(begin: str) -> None:
    assert safe([f"{begin}1+1", "plain", ""]) == [f"'{begin}1+1", "plain", ""]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("", 422),
        ("   ", 422),
        ("x" * 200, 422),
        ("Weir\u202eletter", 302),
        ("<script>alert(1)</script>", 302),
        ("edit", 302),
        ("日本の堰", 302),
        ("../..", 302),
        ("a\x00b", 422),
    ],
)
def test_names_of_every_kind(cast: Cast, name: str, status: int) -> None:
    browser = cast.client("ada")
    answer = browser.post("/newsletters/new/", {"name": name, "about": name, "rhythm": name[:40]})
    assert answer.status_code in (status, 422 if status == 302 else status)
    for row in Newsletter.objects.all():
        page = browser.get(row.path)
        assert page.status_code == 200
        assert b"<script>alert" not in page.content
        assert browser.get(row.here).headers["Location"] == row.path


def test_a_name_stands_once_and_there_is_an_end_of_them(cast: Cast) -> None:
    browser = cast.client("ada")
    for number in range(MOST):
        series(cast.ada, f"Letter {number}")
    assert browser.post("/newsletters/new/", {"name": "One more"}).status_code == 422
    actions.end(Newsletter.objects.filter(owner=cast.ada).earliest("pk"), by=cast.ada)
    assert browser.post("/newsletters/new/", {"name": "LETTER 3"}).status_code == 422
    assert browser.post("/newsletters/new/", {"name": "One more"}).status_code == 302
    series(cast.bo, "Letter 3")


@pytest.mark.parametrize("after", ["x", "AAAA", "////", "A" * 300, "AAAAAAAAAAAAAAAAAAAAAA"])
def test_odd_cursors(cast: Cast, after: str) -> None:
    row = series(cast.ada)
    for path in (row.path, "/newsletters/", f"{row.here}subscribers/"):
        assert cast.client("ada").get(path, {"after": after}).status_code in (200, 404)


def test_lists_cost_the_same_however_long(cast: Cast) -> None:
    row = series(cast.ada)
    issued(row)
    reads(cast.cy, row)
    series(cast.bo, "Bo’s first")
    browser = cast.client("ada")

    def grow() -> None:
        for number in range(5):
            issued(row, title=f"More {number}")
            series(cast.bo, f"Bo’s {number}")
            reads(make_member(f"Reader {number}"), row, shares=True)

    def look() -> None:
        for path in (row.path, "/newsletters/", f"{row.here}subscribers/", f"{row.here}subscribers.csv"):
            assert browser.get(path).status_code == 200

    assert_same_queries(look, grow, look)


def test_lists_go_on_where_they_stopped(cast: Cast) -> None:
    for number in range(23):
        owner = make_member(f"Writer {number}")
        for each in range(2):
            series(owner, f"Letter {number}-{each}")
    seen, path = [], "/newsletters/"
    browser = cast.client("ada")
    network.follow(cast.ada, Member.objects.get(name="Writer 3"))
    for _ in range(4):
        page = browser.get(path).content.decode()
        seen += [piece.split("</bdi>")[0] for piece in page.split('series-name"><a href="')[1:]]
        if 'class="older"' not in page:
            break
        path = page.split('class="older"')[1].split('href="')[1].split('"')[0]
    assert len(seen) == len(set(seen)) == 46
    assert "Letter 3-" in seen[0]
    assert "Letter 3-" in seen[1]
