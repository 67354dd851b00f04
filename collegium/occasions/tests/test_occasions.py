"""Celebrations: what each kind asks for, what the card says, who sees it, hostile words."""

import html
import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from collegium.audience.level import Level
from collegium.career.models import Item
from collegium.feed.models import Post
from collegium.lib.refusal import Refusal
from collegium.occasions import actions
from collegium.occasions.models import Occasion
from collegium.organizations import actions as organizations
from collegium.organizations.models import Organization
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries


def typed(
    kind: Any = "", what: Any = "", name: Any = "", years: Any = "", body: str = "", **more: Any
) -> dict[str, Any]:
    """What a browser sends."""
    common = {"facet": "professional", "audience": str(Level.CONNECTIONS.value), "commenting": "anyone"}
    fields = {"occasion-kind": kind, "occasion-what": what, "occasion-name": name, "occasion-years": years}
    return {"body": body, **common, **fields, **more}


GOOD = [
    (typed("role", "Head of monitoring", "Delta", "9"), ("role", "Head of monitoring", "Delta", None)),
    (typed("anniversary", "left over", "Delta", "7"), ("anniversary", "", "Delta", 7)),
    (typed("founding", "left over", "Delta", "x"), ("founding", "", "Delta", None)),
    (typed("volunteering", "Teaching", "Delta"), ("volunteering", "Teaching", "Delta", None)),
    (typed("learned", "Welding", ""), ("learned", "Welding", "", None)),
    (typed("learned", "Welding", "Delta"), ("learned", "Welding", "Delta", None)),
    (typed("founding", "x" * 500, "Delta", "-4"), ("founding", "", "Delta", None)),
]
BAD = [
    (typed("role", "", "Delta"), "Which role"),
    (typed("role", "Head", ""), "Where is the new role"),
    (typed("anniversary", "", "Delta", ""), "How many years"),
    (typed("anniversary", "", "Delta", "0"), "greater than or equal to 1"),
    (typed("anniversary", "", "Delta", "71"), "less than or equal to 70"),
    (typed("anniversary", "", "Delta", "seven"), "whole number"),
    (typed("founding", "", "  "), "What is the company called"),
    (typed("volunteering", "", "Delta"), "What do you do there"),
    (typed("learned", "", "Delta"), "What did you learn"),
    (typed("role", "x" * 121, "Delta"), "120"),
    (typed("role", "Head", "x" * 201), "200"),
    (typed("marriage", "x", "y"), "Select a valid choice"),
    (typed("", "x", "y", "7"), "nothing to post"),
    (typed("", "x" * 500, "y" * 500, "no"), "nothing to post"),
]


@pytest.mark.parametrize(("sent", "row"), GOOD, ids=str)
def test_what_a_kind_keeps(cast: Cast, sent: dict[str, Any], row: tuple[Any, ...]) -> None:
    assert cast.client("ada").post("/posts/", sent).status_code == 302
    assert Occasion.objects.values_list("kind", "what", "name", "years").get() == row
    page = cast.client("bo").get(Post.objects.get().path).content.decode()
    assert f'data-occasion="{row[0]}"' in page
    assert all(str(words) in page for words in row[1:] if words)


@pytest.mark.parametrize(("sent", "wrong"), BAD, ids=lambda each: str(each)[:60])
def test_what_a_kind_needs(cast: Cast, sent: dict[str, Any], wrong: str) -> None:
    answer = cast.client("ada").post("/posts/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert wrong in page
    assert sent["occasion-what"][:100] in page
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '" onmouseover="x', "{{ 7*7 }}", "\u202eevil", "%(n)s %s"]
)
def test_hostile_words(cast: Cast, words: str) -> None:
    answer = cast.client("ada").post("/posts/", typed("role", words, words))
    assert answer.status_code in (302, 422)
    for post in Post.objects.all():
        page = cast.client("bo").get(post.path).content.decode()
        assert "<script>alert" not in page
        assert 'onmouseover="x' not in page
        assert ">49<" not in page


def test_the_record_is_linked_where_the_name_means_one(cast: Cast) -> None:
    one = organizations.found("Delta Waterworks", by=None)
    cast.client("ada").post("/posts/", typed("role", "Head", "delta waterworks"))
    page = cast.client("bo").get(Post.objects.get().path).content.decode()
    assert f'href="{one.path}"' in page
    organizations.found("Delta Waterworks", by=None)
    cast.client("ada").post("/posts/", typed("role", "Other", "Delta Waterworks"))
    assert Occasion.objects.get(what="Other").organization is None
    Organization.objects.filter(pk=one.pk).delete()
    assert Occasion.objects.get(what="Head").organization is None
    assert "delta waterworks" in cast.client("bo").get(Post.objects.order_by("pk")[0].path).content.decode()


def test_it_is_corrected_by_its_author_alone(cast: Cast) -> None:
    ada = cast.client("ada")
    ada.post("/posts/", typed("role", "Haed", "Delta"))
    post = Post.objects.get()
    assert "Haed" in ada.get(f"{post.path}edit/").content.decode()
    assert ada.post(f"{post.path}edit/", typed("role", "Head", "Delta")).status_code == 302
    assert Occasion.objects.get().what == "Head"
    assert ada.post(f"{post.path}edit/", typed("", "Head", "Delta")).status_code == 422
    with pytest.raises(Refusal):
        actions.celebrate(post, by=cast.bo, kind="role", what="x", name="y")
    ada.post("/posts/", typed(body="plain"))
    plain = Post.objects.exclude(pk=post.pk).get()
    assert "occasion-kind" not in ada.get(f"{plain.path}edit/").content.decode()


#                  ada bo cy di ed eve flo hal gus nobody
SEEN = dict(zip(("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "gus", "nobody"), "1100000000", strict=True))


@pytest.mark.parametrize(("name", "sees"), SEEN.items())
def test_it_is_seen_with_its_post(cast: Cast, name: str, sees: str) -> None:
    cast.client("ada").post("/posts/", typed("role", "canary-role", "Delta"))
    browser = cast.client(name)
    post = Post.objects.get()
    assert browser.get(post.path).status_code == (200 if sees == "1" else 404)
    for path in ("/", post.path, f"/in/{cast.ada.handle}/posts/"):
        page = browser.get(path).content.decode()
        assert "canary-role" not in page if sees == "0" else "canary-role" in page, path


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "role", "what": "", "name": "x"},
        {"kind": "role", "what": "x", "name": ""},
        {"kind": "role", "what": "x", "name": "y", "years": 3},
        {"kind": "anniversary", "name": "y"},
        {"kind": "anniversary", "name": "y", "years": 71},
        {"kind": "other", "what": "x", "name": "y"},
    ],
)
def test_the_database_refuses_what_makes_no_sense(cast: Cast, row: dict[str, Any]) -> None:
    cast.client("ada").post("/posts/", typed(body="plain"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Occasion.objects.create(post=Post.objects.get(), **row)


def test_constant_statements(cast: Cast) -> None:
    ada, bo = cast.client("ada"), cast.client("bo")
    bo.post("/posts/", typed("role", "Head", "Delta"))

    def grow() -> None:
        for number in range(6):
            organizations.found(f"Delta {number}", by=None)
            bo.post("/posts/", typed("anniversary", "", f"Delta {number}", "3"))
        ada.get("/")

    assert_same_queries(lambda: ada.get("/"), grow, lambda: ada.get("/"))


OFFERED = [
    ("occasion=role&what=Head+of+monitoring&name=Delta", ["role", "Head of monitoring", "Delta", ""]),
    ("occasion=anniversary&name=Delta&years=7", ["anniversary", "", "Delta", "7"]),
    ("occasion=learned&what=" + "x" * 121 + "&years=900&name=%00", ["learned", "", "", ""]),
    ("occasion=role&what=%22%3E%3Cscript%3E", ["role", "&#34;&gt;&lt;script&gt;", "", ""]),
    ("occasion=nonsense&what=Words", None),
    ("what=Words", None),
    ("occasion=", None),
]


@pytest.mark.parametrize(("asked", "stands"), OFFERED)
def test_a_link_to_the_composer_begins_the_celebration(cast: Cast, asked: str, stands: list[str] | None) -> None:
    page = cast.client("ada").get(f"/posts/?{asked}").content.decode()
    assert ('<details class="part occasion-part" open>' in page) == (stands is not None)
    said = [re.findall(rf'name="occasion-{name}" value="([^"]*)"', page) for name in ("what", "name", "years")]
    assert [each[0] for each in said] == (stands[1:] if stands else ["", "", ""])
    chosen = re.findall(r'name="occasion-kind" value="(\w*)"[^>]* checked', page)
    assert chosen == ([stands[0]] if stands else [""])
    assert not Post.objects.exists()


def test_from_the_career_to_the_card(cast: Cast) -> None:
    browser = cast.client("ada")
    typed_there = {"title": "Keeper of locks", "organization_name": "Delta", "started_year": "2024", "goes_on": "on"}
    page = browser.post("/career/positions/new/", typed_there, follow=True).content.decode()
    link = re.search(r'class="toast-button" href="(/posts/\?occasion=role[^"]*)"', page)
    assert link is not None
    begun = browser.get(html.unescape(link[1])).content.decode()
    fields = dict(re.findall(r'name="(occasion-(?:what|name))" value="([^"]*)"', begun))
    assert fields == {"occasion-what": "Keeper of locks", "occasion-name": "Delta"}
    assert browser.post("/posts/", typed("role", *fields.values())).status_code == 302
    assert Occasion.objects.values_list("kind", "what", "name").get() == ("role", "Keeper of locks", "Delta")
    item = Item.objects.get()
    assert link[1] in browser.get(f"/career/items/{item.pk}/").content.decode()
    browser.post(f"/career/items/{item.pk}/", typed_there | {"goes_on": "", "ended_year": "2025"})
    assert "/posts/?occasion" not in browser.get(f"/career/items/{item.pk}/").content.decode(), "it is over"
