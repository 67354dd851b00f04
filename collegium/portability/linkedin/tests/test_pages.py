"""An article's page as Markdown: what it says comes through, and nothing but words, links and forms does."""

import random

import pytest

from collegium.lib.text.markdown import render
from collegium.portability.linkedin.pages import Page


def read(body: str, most: int = 100_000) -> Page:
    page = Page(most)
    page.feed(f"<html><head><title>T</title></head><body><h1>T</h1>{body}</body></html>")
    page.close()
    return page


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One</p><p>two  three</p>", "One\n\ntwo three"),
        ("<h2>Head</h2><h3>Lower</h3><h6>Low</h6>", "## Head\n\n### Lower\n\n#### Low"),
        ("<p>a <strong>b </strong>c <em>d</em></p>", "a **b** c *d*"),
        ("<p><b></b>x</p>", "x"),
        ("<p>a<br>b</p>", "a\\\nb"),
        ('<p><a href="https://a.example/x_(1)">go</a></p>', "[go](<https://a.example/x_(1)>)"),
        ('<p><a href="javascript:alert(1)">go</a></p>', "go"),
        ('<p><a href="data:text/html,x">go</a> <a href="//a.example">there</a></p>', "go [there](<https://a.example>)"),
        ("<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>", "- one\n- two\n  - deep"),
        ("<ol><li>a</li><li><p>b</p><p>c</p></li></ol>", "1. a\n2. b\n\n   c"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre><code>x = 1\n  y</code></pre>", "```\nx = 1\n  y\n```"),
        ("<pre>```</pre>", "````\n```\n````"),
        ("<p><code>a*b</code></p>", "`a*b`"),
        ("<p># a</p><p>1. b</p><p>- c</p><p>&gt; d</p>", "\\# a\n\n1\\. b\n\n\\- c\n\n\\> d"),
        ("<p>&lt;script&gt; [x](y) *z* `w` &amp;copy;</p>", "\\<script\\> \\[x\\](y) \\*z\\* \\`w\\` \\&copy;"),
        ('<img src="https://m.example/x.jpg" alt="A cat">', "[A cat](<https://m.example/x.jpg>)"),
        ('<img src="data:image/png;base64,xx" alt="A cat">', ""),
        ("<script>alert(1)</script><style>p{}</style><p>x</p>", "x"),
        ("<p>open <b>never <i>closed", "open **never *closed***"),
    ],
)
def test_forms(html: str, markdown: str) -> None:
    assert read(html).source == markdown


def test_the_day_is_read_and_is_no_word_of_the_text() -> None:
    created = '<p class="created">Created on 2021-05-06 16:12</p>'
    page = read(f'{created}<p class="published">Published on 2021-05-07 08:00</p><p>x</p>')
    assert (page.at, page.source, page.title) == ("2021-05-07T08:00:00Z", "x", "T")
    assert read('<p class="published">yesterday</p>').at == ""


PIECES = (
    "<p>",
    "</p>",
    "<ul>",
    "<ol>",
    "<li>",
    "</ul>",
    "<b>",
    "</b>",
    "<i>",
    "<a href='https://a.example/'>",
    "</a>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<code>",
    "<h2>",
    "</h2>",
    "<br>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "</svg>",
    "words ",
    "*_`[]()<>#&",
    "&lt;img src=x onerror=alert(1)&gt;",
    "[x](javascript:alert(1))",
    "\x01",
    "```",
    "\n",
    "<a href='javascript:alert(1)'>",
    "<!--",
    "-->",
    "<![CDATA[",
)


def test_whatever_comes_is_read_and_says_no_more_than_its_forms() -> None:
    chance = random.Random(5)
    for _time in range(600):
        page = read("".join(chance.choices(PIECES, k=chance.randrange(1, 60))))
        drawn = str(render(page.source).html)
        assert "<img" not in drawn
        assert "<svg" not in drawn
        assert 'href="javascript' not in drawn


def test_depth_and_length_are_bounded() -> None:
    page = read("<ul><li>" * 5000 + "<b>" * 5000 + "x" + "<blockquote>" * 5000 + "y" * 5000, most=1000)
    assert len(page.source) < 20_000
