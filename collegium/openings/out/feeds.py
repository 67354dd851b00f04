"""Openings as RSS 2.0, Atom and JSON Feed 1.1, of an organisation or a search. Who may read, the caller has asked."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import format_html
from django.utils.translation import get_language

from collegium.openings.models import Opening
from collegium.openings.out import structured, words
from collegium.openings.out.public import address, changed

# The moment of a feed in which nothing stands: it may not be the one at which it is read, or it would always be new.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


class _Rss(Rss201rev2Feed):
    def latest_post_date(self) -> datetime:
        """The newest change in it."""
        return _latest(self)


class _Atom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """The newest change in it."""
        return _latest(self)


def rss(title: str, path: str, openings: Iterable[Opening], *, own: str = "") -> str:
    """As RSS 2.0.

    Args:
        title: what the feed is called.
        path: of the page for people that shows the same.
        openings: with their faces, newest first.
        own: the address of the feed itself, as a path.
    """
    return _written(_Rss, title, path, openings, own)


def atom(title: str, path: str, openings: Iterable[Opening], *, own: str = "") -> str:
    """As Atom (RFC 4287); the arguments are those of `rss`."""
    return _written(_Atom, title, path, openings, own)


def json_feed(title: str, path: str, openings: Iterable[Opening], *, own: str = "") -> str:
    """As JSON Feed 1.1; the arguments are those of `rss`. `_job` is each opening in the words of schema.org."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": address(path),
        "language": get_language() or "en",
        "items": [_item(each) for each in openings],
    }
    if own:
        feed["feed_url"] = address(own)
    return json.dumps(feed, ensure_ascii=False, separators=(",", ":"))


# By what stands behind the last dot of an address.
MAKERS = {"rss": rss, "atom": atom, "json": json_feed}


def modified(openings: Iterable[Opening]) -> datetime | None:
    """When something in a feed of these last changed; what was taken away leaves no trace in it."""
    return max((when for each in openings if (when := changed(each)) is not None), default=None)


def content(opening: Opening) -> str:
    """The facts in one line, and the text."""
    return str(format_html("<p>{}</p>", words.line(opening))) + opening.html


def _written(kind: type[SyndicationFeed], title: str, path: str, openings: Iterable[Opening], own: str) -> str:
    feed = kind(
        title=_plain(title),
        link=address(path),
        description=_plain(title),
        language=get_language() or "en",
        feed_url=address(own) if own else None,
    )
    for each in openings:
        link = address(each.path)
        feed.add_item(
            title=_plain(each.title),
            link=link,
            description=_plain(content(each)),
            unique_id=link,
            unique_id_is_permalink=True,
            pubdate=each.posted_at,
            updateddate=changed(each),
            author_name=_plain(each.organization.name),
        )
    return str(feed.writeString("utf-8"))


def _item(opening: Opening) -> dict[str, Any]:
    """One opening of a JSON feed."""
    link, when = address(opening.path), changed(opening)
    return {
        "id": link,
        "url": link,
        "title": opening.title,
        "content_html": content(opening),
        "summary": words.line(opening),
        "date_published": opening.posted_at.isoformat() if opening.posted_at else None,
        "date_modified": when.isoformat() if when else None,
        "authors": [{"name": opening.organization.name, "url": address(opening.organization.path)}],
        "_job": {name: value for name, value in structured.posting(opening).items() if name != "description"},
    }


def _latest(feed: SyndicationFeed) -> datetime:
    return max((item["updateddate"] or item["pubdate"] or LONG_AGO for item in feed.items), default=LONG_AGO)


def _plain(text: str) -> str:
    """Without what no XML can hold: such characters are refused on their way in, old rows may have them."""
    return "".join(char for char in text if char >= " " or char in "\n\t")
