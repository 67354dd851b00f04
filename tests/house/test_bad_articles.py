"""Whatever arrives at the addresses of articles, the answer is a page, a redirect or a clear refusal, and soon."""

import time

import pytest

from collegium.articles import actions
from collegium.articles.models import SOURCE_LIMIT, Article, Sheet
from collegium.articles.tests.helping import CHOSEN, draft, published
from collegium.articles.views import sheets
from collegium.lib.limits import Rate
from collegium.lib.text import markdown
from collegium.testing.cast import Cast
from tests.house.strict import walk
from tests.house.test_bad_input import HOSTILE

pytestmark = pytest.mark.django_db


def filled(pattern: str) -> str:
    return (pattern * (SOURCE_LIMIT // len(pattern) + 1))[:SOURCE_LIMIT]


# What makes writers of Markdown slow, deep or large; each as long as an article may be.
HEAVY = {
    "quotations in quotations": ">" * 10_000 + "x",
    "spaced quotations": filled("> "),
    "brackets": filled("["),
    "pictures": filled("!["),
    "closing brackets": filled("]"),
    "brackets in brackets": "[" * 50_000 + "]" * 50_000,
    "links in links": "[" * 30_000 + "a" + "](x)" * 17_000,
    "half links": filled("[a]("),
    "half links with titles": filled('[a](b "'),
    "stars": filled("*"),
    "stars and lines": filled("*a _b "),
    "stars in stars": filled("**a *"),
    "strokes": filled("~~a"),
    "back ticks": "".join("`" * length + " " for length in range(1, 440)),
    "half tags": filled("<a "),
    "comments": filled("<!--"),
    "instructions": filled("<?"),
    "addresses": filled("<a@a."),
    "entities": filled("&#x"),
    "backslashes": filled("\\"),
    "lists in lists": "\n".join("  " * depth + "* a" for depth in range(300)),
    "lists on a line": filled("- "),
    "items": filled("- a\n"),
    "rules": filled("---\n"),
    "headings": filled("# a\n"),
    "underlined headings": filled("a\n-\n"),
    "blank lines": "a" + filled("\n") + "b",
    "a table": "|a|\n|-|\n" + filled("|b|\n"),
    "a wide table": "|" * 20_000 + "\n" + "|-" * 19_999 + "|\n" + filled("|")[:40_000],
    "a table of nothing": "a|" * 5_000 + "\n" + "-|" * 5_000 + "\n" + ("|" * 5_000 + "\n") * 15,
    "definitions": "".join(f"[a{number}]: /u{number}\n" for number in range(7_000)),
    "one long address by a short name": "[a]: /" + "u" * 2_000 + "\n\n" + filled("[a]"),
    "a very long address": "[a]: https://x.example/" + "u" * 50_000 + "\n\n" + filled("[a]")[:49_000],
    "half definitions": filled('[a]: /u "\n'),
    "notes": "".join(f"[^{number}]: x[^{number + 1}]\n" for number in range(6_000)),
    "one note called often": "[^1]: a\n\n" + filled("[^1]"),
    "a note that calls itself": "[^a]\n\n[^a]: [^a] " + filled("[^a]"),
    "fences": filled("```\n"),
    "code": filled("    a\n\n"),
    "tags": filled("<div>\n"),
    "quoted lists": filled("> - a\n"),
    "everything in everything": filled(">- 1. *a* [b](c) `d`\n"),
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_texts_are_written_soon_and_safely(name: str) -> None:
    source = HEAVY[name][:SOURCE_LIMIT]
    began = time.process_time()
    try:
        made = str(markdown.render(source).html)
    except markdown.TooMuch:
        made = ""
    # Half a second on an idle machine; what takes the square of the length would take minutes.
    assert time.process_time() - began < 10
    assert len(made) <= markdown.MOST_HTML
    walk(made)


def test_deep_and_heavy_texts_can_be_saved_seen_and_published(cast: Cast) -> None:
    ada, article = cast.client("ada"), draft(cast.ada)
    number = 1
    for name in ("quotations in quotations", "brackets", "a table of nothing", "one long address by a short name"):
        form = {"title": "T", "lead": "", "source": HEAVY[name][:SOURCE_LIMIT], "number": number}
        assert ada.post(f"{article.here}edit/", form).status_code == 302, name
        number += 1
        assert ada.get(f"{article.here}preview/").status_code == 200, name
        article.refresh_from_db()
        answer = ada.post(f"{article.here}publish/", {"note": name} if article.is_published else CHOSEN)
        assert answer.status_code in (302, 409, 422), name
    article.refresh_from_db()
    if article.is_published:
        assert cast.client("bo").get(article.path).status_code == 200
        assert cast.client("bo").get(f"{article.here}history/").status_code == 200


def test_a_text_that_grows_beyond_a_page_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MOST_HTML", 1_000)
    article = draft(cast.ada, source="word " * 400)
    answer = cast.client("ada").post(f"{article.here}publish/", CHOSEN)
    assert answer.status_code == 422
    assert "larger than a page can be" in answer.content.decode()
    assert cast.client("ada").get(f"{article.here}preview/").status_code == 200


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_values_in_every_field(cast: Cast, kind: str) -> None:
    ada, bad = cast.client("ada"), HOSTILE[kind]
    begun, shown = draft(cast.ada), published(cast.ada)
    sheet = {"title": "T", "lead": "L", "source": "Words.", "number": "1", "form_key": "x", "then": "", "quiet": "1"}
    forms = {
        "/articles/new/": sheet,
        f"{begun.here}edit/": sheet,
        f"{begun.here}publish/": CHOSEN
        | {"form_key": "x", "circles": "1", "named": "@bo", "left_out": "", "lasting": ""},
        f"{shown.here}publish/": {"note": "x"},
        f"{begun.here}cover/": {"alt": "x", "picture": "x"},
    }
    for address, good in forms.items():
        for field in good:
            assert ada.post(address, good | {field: bad}).status_code < 500, (address, field)
    for address in ("/articles/", "/articles/of/ada-lindqvist/", f"{shown.here}history/"):
        assert ada.get(address, {"before": bad}).status_code < 500, address


def test_keys_that_no_database_holds(cast: Cast) -> None:
    ada = cast.client("ada")
    for key in (0, 1, 2**63 - 1, 2**63, 2**64, 10**30):
        for rest in ("", "edit/", "preview/", "publish/", "history/", "x/", "cover/" + "a" * 64 + "-480.webp"):
            assert ada.get(f"/articles/{key}/{rest}").status_code == 404, (key, rest)
        for rest in ("edit/", "publish/", "removal/", "restoration/", "cover/", "cover/removal/"):
            assert ada.post(f"/articles/{key}/{rest}").status_code == 404, (key, rest)


def test_there_is_an_end_to_how_many(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 1)
    draft(cast.ada)
    answer = cast.client("ada").post(
        "/articles/new/", {"title": "Another", "source": "x", "form_key": "7d444840-9dc0-11d1-b245-5ffdce74fad2"}
    )
    assert answer.status_code == 409
    assert Article.objects.count() == Sheet.objects.count() == 1


def test_saving_is_limited(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sheets.SAVES == "3000/h"
    monkeypatch.setattr("collegium.lib.limits.parse", lambda rate: Rate(2, 0.001))
    article, ada = draft(cast.ada), cast.client("ada")
    said = [ada.post(f"{article.here}edit/", {"source": str(number), "number": 1 + number}) for number in range(4)]
    assert [each.status_code for each in said] == [302, 302, 429, 429]
