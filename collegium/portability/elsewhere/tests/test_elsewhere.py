"""What was said elsewhere comes in: with its date and its mark, seen by whom its author chose, told to nobody, once."""

import random
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from collegium.articles.models import Article, Sheet
from collegium.audience.level import Level
from collegium.feed import actions as feed
from collegium.feed.models import Comment, Mention, Origin, Post, PostTopic
from collegium.journal.models import Entry
from collegium.notifications.models import Notification
from collegium.portability.elsewhere import drafts
from collegium.portability.elsewhere.models import Brought, Remark
from collegium.portability.imports import gathering, saying
from collegium.portability.imports.models import Import, ImportFile, ImportRow
from collegium.portability.imports.tests.archives import SHARES, archive, packed, reviewed, table
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries

HERE = "/settings/import/linkedin/"
COMMENTS = "Date,Link,Message"
REACTIONS = "Date,Type,Link"
FIRST, SECOND, STRANGE = 7190000000000000000, 7200000000000000000, 7000000000000000000
PAGE = b"""<html><head><title>Soup and I</title></head><body>
<h1><a href="https://www.linkedin.com/pulse/soup-i">Soup and I</a></h1>
<p class="created">Created on 2021-05-06 16:12</p><p class="published">Published on 2021-05-06 16:16</p>
<p>First <b>words</b>.</p></body></html>"""


def day_of(number: int) -> datetime:
    return datetime.fromtimestamp((number >> 22) / 1000, UTC)


def written(number: int) -> str:
    return day_of(number).strftime("%Y-%m-%d %H:%M:%S")


def link(number: int, kind: str = "activity") -> str:
    return f"https://www.linkedin.com/feed/update/urn%3Ali%3A{kind}%3A{number}"


def share(number: int, text: str, shared: str = "", media: str = "", audience: str = "PUBLIC") -> list[str]:
    return [written(number), link(number, "share"), text, shared, media, audience]


def said(number: int, below: int, text: str) -> list[str]:
    return [written(number), f"{link(below)}?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A{below}%2C{number}%29", text]


def small(**more: bytes) -> bytes:
    files = {
        "Shares_17529409.csv": table(
            SHARES,
            [
                share(FIRST, "Hello @bo, all about #weaving", "https://example.org/looms"),
                share(SECOND, "Second", media="https://media.example/x.jpg"),
                ["2022-01-01 10:00:00", link(5 << 60, "share"), "", "", "", "PUBLIC"],
            ],
        ),
        "Kommentare.csv": table(
            COMMENTS,
            [
                # The number of an activity is not that of the share, and seconds apart.
                said(FIRST + (60_000 << 22), FIRST + (900 << 22), "Thank you"),
                said(STRANGE + (60_000 << 22), STRANGE, "Well said, =SUM(A1)"),
            ],
        ),
        "Reactions.csv": table(REACTIONS, [[written(STRANGE), "PRAISE", link(STRANGE)]]),
        "Articles/Articles/soup.html": PAGE,
    }
    return packed(files | {f"{name}.csv": content for name, content in more.items()})


def confirm(client, row: Import, audience: Level | None = None) -> str:  # type: ignore[no-untyped-def]
    if audience is not None:
        client.post(f"{row.path}audience/", {"audience": str(audience.value)})
    answer = client.post(f"{row.path}confirmation/", follow=True)
    assert answer.status_code == 200
    return str(answer.text)


def test_it_comes_in_with_its_dates_and_tells_nobody(cast: Cast, ada, hear) -> None:  # type: ignore[no-untyped-def]
    row = reviewed(ada, small())
    page = ada.get(row.path).text
    for words in ("Who sees these posts here", "below your post “Hello @bo", "kept for your eyes alone", "Soup and I"):
        assert words in page
    assert not Post.objects.exists()
    hear()
    before, told = Notification.objects.count(), Entry.objects.count()
    page = confirm(ada, row)
    hear()
    assert "2 posts, 1 comment, 1 draft of an article, 2 private remarks added" in page
    second, first = Post.objects.filter(author=cast.ada).order_by("-pk")
    assert first.created_at.replace(microsecond=0) == day_of(FIRST).replace(microsecond=0)
    assert (first.body, second.body) == (
        "Hello @bo, all about #weaving\n\nhttps://example.org/looms",
        "Second\n\nhttps://media.example/x.jpg",
    )
    assert {(each.origin, each.audience, each.facet) for each in (first, second)} == {("linkedin", 4, "professional")}
    assert (
        first.comment_count == Comment.objects.filter(post=first, author=cast.ada, origin=Origin.LINKEDIN).count() == 1
    )
    assert PostTopic.objects.get(post=first).topic.slug == "weaving"
    assert not Mention.objects.exists()
    assert Notification.objects.count() == before
    assert set(Entry.objects.order_by("pk").values_list("kind", flat=True)[told:]) == {"portability.imported"}
    assert "from LinkedIn" in ada.get(first.path).text
    kept = Remark.objects.get(kind="comment")
    assert (kept.text, kept.at and kept.at.replace(microsecond=0)) == (
        "Well said, =SUM(A1)",
        day_of(STRANGE + (60_000 << 22)).replace(microsecond=0),
    )
    sheet = Sheet.objects.get(article__author=cast.ada)
    assert sheet.title == "Soup and I"
    assert sheet.source.startswith("*First published on [LinkedIn](<https://www.linkedin.com/pulse/soup-i>) on ")
    assert sheet.source.endswith("First **words**.")
    assert not sheet.article.is_published
    assert sheet.article.begun_at.year == 2021
    assert "Soup and I" in ada.get("/articles/").text


def test_twice_is_once_and_what_was_deleted_stays_deleted_unless_she_asks(cast: Cast, ada) -> None:  # type: ignore[no-untyped-def]
    confirm(ada, reviewed(ada, small()))
    once = [model.objects.count() for model in (Post, Comment, Remark, Brought, Article)]
    row = reviewed(ada, small())
    assert set(ImportRow.objects.filter(of=row).values_list("status", flat=True)) == {ImportRow.Status.HERE}
    assert "There is nothing to do" in ada.get(row.path).text
    confirm(ada, row)
    assert [model.objects.count() for model in (Post, Comment, Remark, Brought, Article)] == once
    feed.delete_post(Post.objects.get(body__startswith="Hello"), by=cast.ada)
    row = reviewed(ada, small())
    found = {each.what: (each.status, each.chosen) for each in ImportRow.objects.filter(status=ImportRow.Status.NEW)}
    assert found == {"post": (ImportRow.Status.NEW, False), "comment": (ImportRow.Status.NEW, False)}
    ImportRow.objects.update(chosen=True)
    confirm(ada, row)
    assert [model.objects.count() for model in (Post, Comment, Remark, Brought, Article)] == once
    assert Post.objects.get(body__startswith="Hello").comment_count == 1


def test_a_comment_without_its_post_is_kept_and_comes_below_it_later(cast: Cast, ada) -> None:  # type: ignore[no-untyped-def]
    row = reviewed(ada, small())
    ImportRow.objects.filter(what="post").update(chosen=False)
    confirm(ada, row)
    assert (Post.objects.count(), Comment.objects.count()) == (0, 0)
    assert Remark.objects.filter(kind="comment").count() == 2
    confirm(ada, reviewed(ada, small()))
    assert (Post.objects.count(), Comment.objects.count()) == (2, 1)
    assert list(Remark.objects.filter(kind="comment").values_list("text", flat=True)) == ["Well said, =SUM(A1)"]


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        (["", "", "No date at all", "", "", ""], "No date at all"),
        (["2099-01-01 10:00:00", "", "From tomorrow", "", "", ""], "From tomorrow"),
        (["1969-01-01 10:00:00", "", "From long ago", "", "", ""], "From long ago"),
        (["2021-01-01 10:00:00", "", "x" * 5001, "", "", ""], "x" * 5001),
    ],
)
def test_what_can_be_no_post_is_kept_whole(cast: Cast, ada, row: list[str], kept: str) -> None:  # type: ignore[no-untyped-def]
    confirm(ada, reviewed(ada, packed({"Shares.csv": table(SHARES, [row])})), Level.EVERYONE)
    assert not Post.objects.exists()
    assert Remark.objects.get().text == kept
    assert ada.get(HERE).status_code == 200


def test_a_date_that_only_the_number_tells(cast: Cast, ada) -> None:  # type: ignore[no-untyped-def]
    one = ["", *share(FIRST, "Hello")[1:]]
    confirm(ada, reviewed(ada, packed({"Shares.csv": table(SHARES, [one])})))
    assert Post.objects.get().created_at == day_of(FIRST)


@pytest.mark.parametrize("level", list(Level))
def test_who_sees_it_and_changed_for_all(cast: Cast, ada, level: Level) -> None:  # type: ignore[no-untyped-def]
    confirm(ada, reviewed(ada, small()), level)
    near = {"ada": 4, "bo": 3, "cy": 2, "di": 1, "ed": -1, "eve": -1}
    for now in (level, Level.CONNECTIONS):
        for name, closeness in near.items():
            sees = Post.objects.visible_to(cast.viewer(name)).count()
            assert sees == (2 if closeness >= now else 0), name
            assert Comment.objects.visible_to(cast.viewer(name)).count() == (1 if sees else 0), name
        ada.post(f"{HERE}posts/", {"audience": str(Level.CONNECTIONS.value)})


def test_what_is_kept_is_hers_alone(cast: Cast, ada) -> None:  # type: ignore[no-untyped-def]
    confirm(ada, reviewed(ada, small()), Level.EVERYONE)
    assert "Well said" in ada.get(HERE).text
    assert "Well said" in ada.get(f"{HERE}?q=WÉLL+said&kind=comment").text
    assert "Well said" not in ada.get(f"{HERE}?q=badly").text
    assert "Well said" not in ada.get(f"{HERE}?kind=reaction").text
    bo = cast.client("bo")
    assert "Well said" not in bo.get(HERE).text
    assert cast.client("nobody").get(HERE).status_code == 302
    for address in ("posts/", "posts/removal/", "removal/"):
        assert bo.post(HERE + address, {"audience": "0"}).status_code == 302
        assert ada.get(HERE + address).status_code == 405
    assert (Remark.objects.count(), Post.objects.count()) == (2, 2)
    ada.post(f"{HERE}removal/")
    assert (Remark.objects.count(), Post.objects.count()) == (0, 2)
    ada.post(f"{HERE}posts/removal/")
    assert (Post.objects.count(), Comment.objects.count()) == (0, 0)
    assert "Nothing came from there yet" in ada.get(HERE).text


@pytest.mark.parametrize(
    "query",
    ["?before=x", "?before=" + "A" * 11, "?q=%00", "?q=" + "x" * 900, "?kind=moon", "?kind=%F0%9F%92%A9&q=%25_"],
)
def test_hostile_addresses(cast: Cast, ada, query: str) -> None:  # type: ignore[no-untyped-def]
    confirm(ada, reviewed(ada, small()))
    assert ada.get(HERE + query).status_code in (200, 404)


@pytest.mark.parametrize("audience", ["", "5", "-1", "x", "٣", "99999999999999999999"])
def test_hostile_audiences(cast: Cast, ada, audience: str) -> None:  # type: ignore[no-untyped-def]
    row = reviewed(ada, small())
    assert ada.post(f"{row.path}audience/", {"audience": audience}).status_code == 404
    assert cast.client("bo").post(f"{row.path}audience/", {"audience": "0"}).status_code == 404
    assert ada.post(f"{HERE}posts/", {"audience": audience}).status_code == 422
    row.refresh_from_db()
    assert row.audience == Level.ONLY_ME


CELLS = (
    "",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "\u202eevil",
    "@ada @bo @nobody",
    "\\",
    '"',
    "a" * 6000,
    "Ã©tÃ©",
    "line\nline",
    "x\x0by",
    "javascript:alert(1)",
    "https://a.example/?a=1&b=2",
    "https://www.linkedin.com/feed/update/urn:li:activity:99999999999999999999",
    "2021-02-30 25:61:00",
    "2021-02-03 10:11:12",
    "9999-12-31 23:59:59",
    "PUBLIC",
    "👩‍👩‍👧",
    "é" * 50,
)


def test_whatever_stands_in_the_cells(cast: Cast, ada) -> None:  # type: ignore[no-untyped-def]
    chance = random.Random(7)
    rows = [chance.choices(CELLS, k=6) for _row in range(250)]
    remarks = [chance.choices(CELLS, k=3) for _row in range(250)]
    files = {"a.csv": table(SHARES, rows), "b.csv": table(COMMENTS, remarks), "c.csv": table(REACTIONS, remarks)}
    row = reviewed(ada, packed(files))
    assert ada.get(row.path).status_code == 200
    for place in ImportFile.objects.filter(of=row, fate="taken").values_list("place", flat=True):
        assert ada.get(f"{row.path}files/{place}/").status_code == 200
    confirm(ada, row, Level.EVERYONE)
    assert Post.objects.exists()
    now = datetime.now(UTC)
    assert all(datetime(2003, 5, 1, tzinfo=UTC) <= post.created_at <= now for post in Post.objects.all())
    assert not any("<script" in post.html for post in Post.objects.all())
    assert not Mention.objects.exists()
    assert ada.get(HERE).status_code == 200
    again = reviewed(ada, packed(files))
    assert not ImportRow.objects.filter(of=again, status=ImportRow.Status.NEW).exists()


def test_lines_dressed_in_quotation_marks_are_undressed(cast: Cast, ada) -> None:  # type: ignore[no-untyped-def]
    dressed = 'One"\n""\n"He said ""so"" here"\n"three'
    backslashed = SHARES + "\r\n" + f'{written(SECOND)},{link(SECOND)},"say \\"hi\\", all",,,PUBLIC\r\n'
    files = {"a.csv": table(SHARES, [share(FIRST, dressed)]), "b.csv": b"\xef\xbb\xbf" + backslashed.encode()}
    confirm(ada, reviewed(ada, packed(files)))
    bodies = set(Post.objects.values_list("body", flat=True))
    assert bodies == {'One\n\nHe said ""so"" here\nthree', 'say "hi", all'}


def test_more_than_can_be_looked_through_is_counted(cast: Cast, ada, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(gathering, "MOST_SAID", 3)
    row = reviewed(ada, small())
    assert ImportRow.objects.filter(of=row).count() == 3
    notes = [note for each in ImportFile.objects.filter(of=row) for note in each.notes]
    assert notes.count("2 more rows are left out.") + 2 * notes.count("1 more row is left out.") >= 2


def test_articles_beyond_the_room_are_said_and_left_out(cast: Cast, ada, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    for module in (saying, drafts):
        monkeypatch.setattr(module, "MOST_ARTICLES", 2)
    Article.objects.create(author=cast.ada, form_key=uuid4())
    pages = {f"Articles/Articles/{number}.html": PAGE.replace(b"soup-i", b"soup-%d" % number) for number in range(3)}
    row = reviewed(ada, packed(pages))
    assert "There is room for 2 articles, and yours are as many." in ada.get(row.path).text
    assert ImportRow.objects.filter(of=row, status=ImportRow.Status.LEFT_OUT, what="article").count() == 2
    assert "1 draft of an article added" in confirm(ada, row)
    assert Article.objects.filter(author=cast.ada).count() == 2
    again = reviewed(ada, packed(pages))
    told = set(ImportRow.objects.filter(of=again).values_list("status", flat=True))
    assert told == {ImportRow.Status.HERE, ImportRow.Status.LEFT_OUT}


def test_fifty_thousand_reactions_and_a_constant_number_of_statements(cast: Cast, ada) -> None:  # type: ignore[no-untyped-def]
    rows = [[written(STRANGE), "LIKE", link(STRANGE + place)] for place in range(50_000)]
    row = reviewed(
        ada, packed({"Reactions.csv": table(REACTIONS, rows), "Shares.csv": table(SHARES, [share(FIRST, "x")])})
    )
    confirm(ada, row)
    assert Remark.objects.count() == 50_000
    assert_same_queries(
        lambda: ada.get(HERE),
        lambda: Remark.objects.filter(pk__in=Remark.objects.values("pk")[:49_990]).delete(),
        lambda: ada.get(HERE),
    )


def test_it_comes_beside_a_career(cast: Cast, ada) -> None:  # type: ignore[no-untyped-def]
    row = reviewed(ada, archive(Comments=table(COMMENTS, [said(SECOND, STRANGE, "Yes")])))
    page = confirm(ada, row)
    assert "2 positions" in page
    assert Post.objects.get().body == "Hello"
    assert Brought.objects.filter(member=cast.ada).count() == 1
