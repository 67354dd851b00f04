"""A post as it stands on a page. The card's own HTML is in `feed/_card.html`; here its places are filled."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language, gettext
from markupsafe import Markup, escape

from collegium.feed.attachments import Hung
from collegium.feed.marks import verified
from collegium.feed.models import Comment, PlaceState, Post
from collegium.feed.places.cards import is_shown, placed
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.ui import marks
from collegium.ui.stencil import Stencil, kept, piece

if TYPE_CHECKING:
    from collegium.feed.cards import Cards

HOME = "feed/_card.html"
# Cannot occur in a rendered page: cleaned text has no control characters.
TOKEN = Markup("\x01")
FRAME = Stencil(
    HOME, "frame", "facet", "key", "face", "name", "meta", "menu", "above", "words", "below", "acts", "newest"
)
OWN_MENU = Stencil(HOME, "own_menu", "path", "key", "keeping", "csrf")
MENU = Stencil(HOME, "menu", "path", "name", "handle", "keeping", "csrf")
KEEPING = Stencil(HOME, "keeping", "path", "csrf")
STANDING = Stencil(HOME, "standing", "path", "group", "why")
PAGE_OWN_MENU = Stencil(HOME, "page_own_menu", "path", "key", "csrf")
PAGE_MENU = Stencil(HOME, "page_menu", "path", "name", "page", "csrf")
WRITTEN_BY = Stencil(HOME, "written_by", "name")
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
        face=marks.avatar(post.speaker, link=True),
        name=marks.name(post.speaker, cards.degree(post.author_id)) + verified(post),
        meta=cards.meta(post),
        menu=_menu(post, cards, me, token) if me else "",
        above=_standing(post) + _written_by(post, cards) + parts(post, cards, me, token, alone=alone, before=True),
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
    return Markup("").join(_drawn(each, around) for each in things)


def _drawn(each: Hung, around: dict[str, Any]) -> Markup:
    """One thing; what depends on little is drawn once for that, whoever reads."""
    still = each.kind.still(each.thing, around["post"], around["me"])
    if still is None or settings.DEBUG:
        return piece(each.template, around | {"thing": each.thing})
    place = kept(each.template, get_language(), still)
    if not place:
        place.append(piece(each.template, around | {"thing": each.thing, "csrf": TOKEN}))
    return Markup(str.replace(place[0], TOKEN, around["csrf"]))  # noqa: S704 - markup already, and Django's own field


def _written_by(post: Post, cards: "Cards") -> Markup:
    """Who wrote it for the page, for those who work on it."""
    if post.page_id is None or post.page_id not in cards.parts_of:
        return Markup()
    writer = cards.writers.get(post.written_by_id or 0)
    name = marks.name(writer) if writer is not None else gettext("somebody who has left")
    return WRITTEN_BY.draw({}, name=name)


def _menu(post: Post, cards: "Cards", me: Member, token: str) -> Markup:
    """What its author can do with it, or anybody else."""
    if post.page is not None:
        return _page_menu(post, post.page, cards, me, token)
    keeping = _keeping(post, token)
    if post.author is None or me.pk == post.author_id:
        how = {"stays": post.stays, "placed": post.group_id is not None, "shown": is_shown(post)}
        return OWN_MENU.draw(how, path=post.path, key=post.pk, keeping=keeping, csrf=token)
    author, around = post.author, {"path": post.path, "keeping": keeping, "csrf": token}
    return MENU.draw({"names_me": _names(me, post)}, name=author.name, handle=author.handle, **around)


def _standing(post: Post) -> Markup:
    """How a post stands in its group, above its words: it waits, is hidden, came back, stands first, is recommended."""
    there = placed(post)
    if there is None:
        return Markup()
    # Elsewhere it stands in another order.
    first = there.pinned and there.here and is_shown(post)
    if is_shown(post) and not (first or there.recommended):
        return Markup()
    how = {"state": post.place_state, "outcome": there.outcome, "worded": bool(there.words), "keeps": there.keeps}
    marks_there = {"pinned": first, "recommended": there.recommended and is_shown(post)}
    return STANDING.draw(how | marks_there, path=post.path, group=there.name, why=there.words)


def _keeping(post: Post, token: str) -> Markup:
    """What those who keep the group can do with a post there."""
    there = placed(post)
    if there is None or not there.keeps or post.place_state not in (PlaceState.SHOWN, PlaceState.HIDDEN):
        return Markup()
    how = {"pinned": there.pinned, "recommended": there.recommended, "shown": is_shown(post)}
    return KEEPING.draw(how, path=post.path, csrf=token)


def _page_menu(post: Post, page: Organization, cards: "Cards", me: Member, token: str) -> Markup:
    """What those who speak for a page can do with what it says, or anybody else."""
    if cards.speaks(page.pk):
        pinned = page.pk in cards.first_on_page and cards.first_on_page[page.pk] == post.pk
        return PAGE_OWN_MENU.draw({"pinned": pinned}, path=post.path, key=post.pk, csrf=token)
    around = {"path": post.path, "name": page.name, "page": page.path, "csrf": token}
    return PAGE_MENU.draw({"names_me": _names(me, post)}, **around)


def _names(me: Member, post: Post) -> bool:
    return f'class="mention" href="{escape(me.path)}"' in post.html


def _newest(said: Comment, cards: "Cards") -> Markup:
    """The newest comment of somebody connected."""
    return NEWEST.draw(
        {},
        face=marks.avatar(said.speaker, "xs"),
        name=marks.name(said.speaker, cards.degree(said.author_id)) + verified(said),
        path=said.path,
        time=marks.time(said.created_at),
        words=Markup(said.html),  # noqa: S704 - as above
    )
