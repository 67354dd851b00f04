"""A post as it stands on a page. The card's own HTML is in `feed/_card.html`; here its places are filled."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from collegium.feed.attachments import Hung
from collegium.feed.models import Comment, Post
from collegium.members.models import Member
from collegium.ui import marks
from collegium.ui.stencil import Stencil, piece

if TYPE_CHECKING:
    from collegium.feed.cards import Cards

HOME = "feed/_card.html"
FRAME = Stencil(
    HOME, "frame", "facet", "key", "face", "name", "meta", "menu", "above", "words", "below", "acts", "newest"
)
OWN_MENU = Stencil(HOME, "own_menu", "path", "key", "csrf")
MENU = Stencil(HOME, "menu", "path", "name", "handle", "csrf")
LATE = Stencil(HOME, "late", "path", "key")
NEWEST = Stencil(HOME, "newest", "face", "name", "path", "time", "words")


def card(
    post: Post, cards: "Cards", me: Member | None, token: str, *, alone: bool = False, thread_there: bool = False
) -> Markup:
    """The whole card.

    Args:
        post: the post.
        cards: what the reader may know around it.
        me: who reads; None for somebody signed out.
        token: the hidden CSRF field.
        alone: the post is what the page is about.
        thread_there: the conversation stands below by itself.
    """
    said = None if thread_there else cards.latest.get(post.pk)
    return FRAME.draw(
        {"alone": alone, "worded": bool(post.html), "thread": not thread_there},
        facet=post.facet,
        key=post.pk,
        face=marks.avatar(post.author, link=True),
        name=marks.name(post.author, cards.degree(post.author_id)),
        meta=cards.meta(post),
        menu=_menu(post, me, token) if me else "",
        above=parts(post, cards, me, token, alone=alone, before=True),
        words=Markup(post.html),  # noqa: S704 - made of plain text by `lib.text`
        below=parts(post, cards, me, token, alone=alone),
        acts=cards.acts(post, me, token),
        newest=_newest(said, cards) if said else "",
    )


def parts(
    post: Post, cards: "Cards", me: Member | None, token: str, *, alone: bool = False, before: bool = False
) -> Markup:
    """What hangs on the post, above its words or below them, where a preview may still come."""
    around = {"post": post, "cards": cards, "me": me, "csrf": token, "alone": alone}
    made = _hung((each for each in cards.hung.get(post.pk, ()) if each.before == before), around)
    late = me is not None and not before and cards.awaits(post)
    return made + LATE.draw({}, path=post.path, key=post.pk) if late else made


def _hung(things: Iterable[Hung], around: dict[str, Any]) -> Markup:
    return Markup("").join(piece(each.template, around | {"thing": each.thing}) for each in things)


def _menu(post: Post, me: Member, token: str) -> Markup:
    """What its author can do with it, or anybody else."""
    if me.pk == post.author_id:
        return OWN_MENU.draw({"stays": post.stays}, path=post.path, key=post.pk, csrf=token)
    names_me = f'class="mention" href="{escape(me.path)}"' in post.html
    author = post.author
    return MENU.draw({"names_me": names_me}, path=post.path, name=author.name, handle=author.handle, csrf=token)


def _newest(said: Comment, cards: "Cards") -> Markup:
    """The newest comment of somebody connected."""
    return NEWEST.draw(
        {},
        face=marks.avatar(said.author, "xs"),
        name=marks.name(said.author, cards.degree(said.author_id)),
        path=said.path,
        time=marks.time(said.created_at),
        words=Markup(said.html),  # noqa: S704 - as above
    )
