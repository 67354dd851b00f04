"""The files of what the member wrote and did: posts, comments, reactions, messages, articles, events."""

import re
from collections.abc import Iterator

from collegium.portability.linkedin import dates, links
from collegium.portability.linkedin.mapping import LeaveError, Row, make, reads
from collegium.portability.linkedin.pages import Page
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

_DRESSED = re.compile(r'(?="\n")')


@reads("shares")
def share(row: Row) -> Iterator[Thing]:
    """A post; one without words, link and picture is a bare repost and has nothing to show."""
    text = _undressed(row.text("ShareCommentary"))
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


def _undressed(text: str) -> str:
    """Some archives dress every line of a post in quotation marks of its own, so that `"` stands around each break."""
    breaks = text.count("\n")
    if not breaks or len(_DRESSED.findall(text)) != breaks:
        return text
    first, *middle, last = text.split("\n")
    return "\n".join([first[:-1], *(line[1:-1] for line in middle), last[1:]])


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
        folder=_folder(row),
        draft=row.yes("IS MESSAGE DRAFT") or row.yes("IS CONVERSATION DRAFT"),
    )


def _folder(row: Row) -> str:
    """Where it lay; newer archives say in a column of its own what was put away."""
    folder = row.text("FOLDER").upper()
    return "ARCHIVE" if row.yes("IS CONVERSATION ARCHIVED") and folder in ("", "INBOX") else folder


def article(row: Row, page: str) -> Article:
    """An article from its page.

    Args:
        row: of the file, for its problems.
        page: the HTML.
    """
    parser = Page(2 * LETTER)
    parser.feed(page)
    parser.close()
    return make(
        row, Article, title=parser.title.strip(), link=links.web(parser.link) or "", text=parser.source, at=parser.at
    )
