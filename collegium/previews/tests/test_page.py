"""What is read off a page, whoever wrote it."""

import time

import pytest

from collegium.lib.fetch import Fetched
from collegium.previews.page import read


def said(text, *, charset="", url="https://www.example.net/a/b"):
    body = text if isinstance(text, bytes) else text.encode()
    return read(Fetched(url, "text/html", charset, body))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("<title>Bees</title>", "Bees"),
        ("<TITLE lang=en>\n  Bees \n vote\n</TITLE>", "Bees vote"),
        ("<title>Bees</title><meta property=og:title content='Hive'>", "Hive"),
        ('<meta content="Hive" name="twitter:title"/><title>Bees</title>', "Hive"),
        ('<meta property="og:title" content=""><title>Bees</title>', "Bees"),
        ("<meta property=og:title content=One><meta property=og:title content=Two>", "One"),
        ("<!-- <title>Old</title> --><title>New</title>", "New"),
        ("<script>'<title>Code</title>'</script><title>Words</title>", "Words"),
        ("<svg><title>Icon</title></svg><title>Words</title>", "Words"),
        ("<div data-x='<title>Trick</title>'><title>Words</title>", "Words"),
        ("<body><title>Comment</title><meta property=og:title content=Comment>", ""),
        ("</head><meta property=og:title content=Comment>", ""),
        ("<title>&lt;img src=x onerror=alert(1)&gt;</title>", "<img src=x onerror=alert(1)>"),
        ("<title>a\u202eb\u0000c\u200b</title>", "ab c"),
        ("<title></title>", ""),
        ("<title>never ends", ""),
        ("", ""),
        ("<", ""),
        ("<meta", ""),
    ],
)
def test_titles(text, title):
    assert said(text).title == title


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("<title>Größe – 尺寸</title>".encode(), ""),
        ("<title>Größe – 尺寸</title>".encode("utf-16"), "utf-8"),
        ("<meta charset=gb18030><title>Größe – 尺寸</title>".encode("gb18030"), ""),
        ("<title>Größe – 尺寸</title>".encode("gb18030"), "gb18030"),
        ("<title>Größe – 尺寸</title>".encode(), "punycode"),
        ("<title>Größe – 尺寸</title>".encode(), "unicode_escape"),
        ("<title>Größe – 尺寸</title>".encode(), "no-such-charset"),
    ],
)
def test_charsets(body, charset):
    assert said(body, charset=charset).title == "Größe – 尺寸"


def test_bounds():
    long = "wörter " * 3000
    found = said(
        f"<title>{long}</title><meta name=description content='{long}'><meta property=og:site_name content='{long}'>"
    )
    assert 200 < len(found.title) <= 300
    assert 400 < len(found.description) <= 500
    assert len(found.site) <= 100


@pytest.mark.parametrize("mark", ["\u0301", "\u1e9b\u0323", "&#x1F469;&#x200D;", "&amp;", "&#0;", "&#xD800;", "\ufdfa"])
def test_odd_letters_stay_within_the_bounds(mark):
    found = said(f"<title>a {mark * 2000}</title>")
    assert len(found.title) <= 300
    found.title.encode()


@pytest.mark.parametrize(
    ("address", "image"),
    [
        ("/i.png", "https://www.example.net/i.png"),
        ("i.png?a=1&amp;b=2", "https://www.example.net/a/i.png?a=1&b=2"),
        ("//cdn.example.net/i", "https://cdn.example.net/i"),
        ("http://[::1]/i", ""),
        ("http://localhost/i", ""),
        ("data:image/png;base64,AAAA", ""),
        ("javascript:alert(1)", ""),
        ("http://[/", ""),
        (" ", ""),
    ],
)
def test_pictures(address, image):
    assert said(f'<title>x</title><meta property="og:image" content="{address}">').image == image


def test_a_page_without_a_name_of_its_site_has_its_host():
    assert said("<title>x</title>").site == "www.example.net"


@pytest.mark.parametrize(
    "piece",
    [
        "<", "<!--", "<!-- -->", "<meta ", "<meta a='", '<meta a="', "<meta a=", "<meta/a=", "<title>", "<script>",
        "</", "<a b c d e f ", "<meta" + " " * 5000, "<meta " + "a=b " * 500, "<title " + "=" * 50, "&amp", "<svg><",
        "<meta content=" + "x" * 5000, "<meta content='" + "&" * 5000 + "'>", "<meta charset", "\u0301",
    ],
)  # fmt: skip
def test_hostile_pages_are_read_in_no_time(piece):
    text = piece * (1_000_000 // len(piece.encode()))
    for words in (text, "<title>x</title>" + text, "<html " + text):
        began = time.perf_counter()
        said(words)
        assert time.perf_counter() - began < 1.0
