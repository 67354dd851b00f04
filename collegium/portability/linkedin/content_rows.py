"""The files of what the member wrote and did: posts, comments, reactions, messages, articles, events."""

from collections.abc import Iterator
from html.parser import HTMLParser

from collegium.portability.linkedin import dates, links
from collegium.portability.linkedin.mapping import LeaveError, Row, make, reads
from collegium.portability.linkedin.things import (
    LETTER,
    Article,
    Comment,
    Event,
    Message,
    Reaction,
    Saved,
    Share,
    Thing,
)

_BLOCKS = frozenset(("p", "h1", "h2", "h3", "h4", "li", "blockquote", "div", "br", "figcaption"))


@reads("shares")
def share(row: Row) -> Iterator[Thing]:
    """A post; one without words, link and picture is a bare repost and has nothing to show."""
    text = row.text("ShareCommentary")
    shared, media = row.link("SharedUrl"), row.link("MediaUrl")
    if not (text or shared or media):
        raise LeaveError("bare")
    address = row.link("ShareLink")
    yield make(
        row,
        Share,
        at=row.instant("Date"),
        link=address,
        text=text,
        shared=shared,
        media=media,
        audience=row.text("Visibility").upper(),
        activity=links.activity(address),
    )


@reads("comments")
def comment(row: Row) -> Iterator[Thing]:
    """A comment, with the number of the post it stands under."""
    address = row.link("Link")
    if not (text := row.text("Message")):
        raise LeaveError("missing", "Message")
    yield make(row, Comment, at=row.instant("Date"), link=address, text=text, activity=links.activity(address))


@reads("reactions")
def reaction(row: Row) -> Iterator[Thing]:
    """A reaction."""
    address = row.link("Link")
    kind = row.text("Type").upper()
    yield make(row, Reaction, at=row.instant("Date"), kind=kind, link=address, activity=links.activity(address))


@reads("saved_items")
def saved(row: Row) -> Iterator[Thing]:
    """Something put aside."""
    if not (address := row.link("savedItem")):
        raise LeaveError("missing", "savedItem")
    yield make(row, Saved, at=row.instant("CreatedTime"), link=address)


@reads("events")
def event(row: Row) -> Iterator[Thing]:
    """An event; its time is "start - end"."""
    if not (name := row.text("Event Name")):
        raise LeaveError("missing", "Event Name")
    told = row.text("Event Time")
    begin, _dash, end = told.partition(" - ")
    starts, ends = dates.instant(begin) or "", dates.instant(end) or ""
    if told and not starts:
        row.say("date", "Event Time", told)
    status = row.text("Status").upper()
    yield make(row, Event, name=name, starts=starts, ends=ends, status=status, link=row.link("External Url"))


@reads("messages")
def message(row: Row) -> Iterator[Thing]:
    """One message; older archives do not say what was a draft."""
    slugs = [links.slug(part) for part in row.text("RECIPIENT PROFILE URLS").replace(";", ",").split(",")]
    names = row.text("TO")
    yield make(
        row,
        Message,
        conversation=row.text("CONVERSATION ID"),
        topic=row.text("CONVERSATION TITLE"),
        sender=row.text("FROM"),
        sender_slug=links.slug(row.text("SENDER PROFILE URL")),
        # With one recipient a comma belongs to the name: "Lovelace, Ada".
        recipients=tuple(names.split(",")) if len(slugs) > 1 else (names,),
        slugs=tuple(slugs),
        at=row.instant("DATE"),
        subject=row.text("SUBJECT"),
        text=row.text("CONTENT"),
        folder=row.text("FOLDER").upper(),
        draft=row.yes("IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"),
    )


class _Page(HTMLParser):
    """Title, address and words of an article's page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = self.link = ""
        self.parts: list[str] = []
        self.length = 0
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where we are, and the first address within the headline."""
        if tag in ("title", "h1", "style", "script"):
            self._inside.append(tag)
        elif tag == "a" and "h1" in self._inside and not self.link:
            self.link = dict(attrs).get("href") or ""
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Leave what we were in."""
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Words: the title's, or the text's; a style sheet's are none."""
        if "style" in self._inside or "script" in self._inside:
            return
        if "title" in self._inside or "h1" in self._inside:
            self.title = self.title if self.title and "title" not in self._inside else (self.title + data)[:1000]
        elif self.length <= 2 * LETTER:
            self.parts.append(data)
            self.length += len(data)


def article(row: Row, page: str) -> Article:
    """An article from its page.

    Args:
        row: of the file, for its problems.
        page: the HTML.
    """
    parser = _Page()
    parser.feed(page)
    parser.close()
    paragraphs = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    text = "\n\n".join(line for line in paragraphs if line)
    return make(row, Article, title=parser.title.strip(), link=links.web(parser.link) or "", text=text)
