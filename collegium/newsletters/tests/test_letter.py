"""What the mail holds: the article, and nothing that a mail program fetches, runs or follows inside."""

import re

import pytest
from django.core import mail as outbox
from django.test import Client

from collegium.newsletters import letter
from collegium.newsletters.tests.scene import reads, sent, series
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_mail_holds_the_article_and_nothing_that_tells_on_its_reader(cast: Cast) -> None:
    row = series(cast.ada)
    mine = reads(cast.bo, row)
    sent(row)
    [made] = outbox.outbox
    html = made.alternatives[0][0]
    assert made.subject == "Weir letter: On weirs"
    assert "<em>holds</em>" in html
    assert re.search(r'href="https?://[^"/]+/in/bo-okafor/"', html)
    assert 'href="https://example.org/a?b=1&amp;c=2"' in html
    assert "The weir *holds*." in made.body
    for gone in ("<img", "<script", "<iframe", "src=", "url(", 'href="/', 'href="#'):
        assert gone not in html
    where = re.search(r"/unsubscribe/[^>]+", made.extra_headers["List-Unsubscribe"])
    assert where
    Client(enforce_csrf_checks=True).post(where[0], {"List-Unsubscribe": "One-Click"})
    mine.refresh_from_db()
    assert not mine.by_mail
    sent(row)
    assert len(outbox.outbox) == 1
    assert Notification.objects.filter(recipient=cast.bo, kind="newsletters.issued").count() == 2


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script> x",
        "<img src=https://evil.example/p.gif> x",
        "![pixel](https://evil.example/p.gif) x",
        "[x](javascript:alert(1)) y",
        "[x](//evil.example/) y",
        "[x](data:text/html,<script>) y",
        '<a href="https://a.example" onclick="x" style="background:url(//b)">x</a>',
        "<style>*{background:url(https://evil.example)}</style> x",
        "[ref]: <javascript:alert(1)>\n\n[ref] words",
        "| a |\n|---|\n| <svg onload=alert(1)> |",
    ],
)
def test_hostile_articles_stay_words_in_the_mail(cast: Cast, source: str) -> None:
    row = series(cast.ada, "<b>Evil</b>\u202e")
    reads(cast.bo, row)
    sent(row, source=source, title="<i>T</i>")
    [made] = outbox.outbox
    html = made.alternatives[0][0]
    body = html[html.index("<body") :]
    assert not re.search(r"<(script|img|svg|style|iframe|object|form|link|meta|b>|i>)", body, re.IGNORECASE)
    assert not re.search(r"""href=["'](?!https?:|mailto:)""", body)
    assert not re.search(r"<[^>]*\son\w+=", body)
    assert "\n" not in made.subject


def test_an_article_longer_than_mails_may_be_is_read_there(cast: Cast) -> None:
    row = series(cast.ada)
    reads(cast.bo, row)
    sent(row, source="Long words. " * 8_000)
    [made] = outbox.outbox
    assert len(made.alternatives[0][0]) < letter.MOST_HTML
    assert "too long for a mail" in made.body
