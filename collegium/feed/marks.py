"""What stands above and below the words of every post of a page, drawn by Python.

Most of it depends on the language alone and is kept; addresses, counts and the CSRF field are put into their places. As
macros these lines were half of a home page's time.
"""

from functools import lru_cache

from django.utils.translation import get_language, gettext, ngettext
from markupsafe import Markup, escape

from collegium.audience.level import Level
from collegium.feed.models import Comment, Post, Selection
from collegium.feed.places.cards import is_shown, placed
from collegium.ui import faces, marks, text

# Cannot occur in a rendered page: cleaned text has no control characters.
PATH, TOKEN = Markup("\x01"), Markup("\x02")
FORM = Markup(
    '<form class="{}" method="post" action="{}" hx-post="{}" hx-target="closest {}" hx-swap="outerHTML">{}{}</form>'
)


def meta(post: Post) -> Markup:
    """Who the author is, when, for whom, and which side of the author spoke."""
    author = _beside(post)
    edited = _edited(post) if post.edited_at else ""
    if post.origin:
        edited += f" · {_brought(get_language() or '')}"
    if post.ends_at:
        edited += f' · <span title="{text.moment(post.ends_at)}">{gettext("until")} {text.day(post.ends_at)}</span>'
    when, whom, side = marks.time(post.created_at, post.path), marks.audience(post.audience), _side(post)
    if post.page is not None:
        # A page speaks to everybody, and has no sides.
        return Markup(f"{author}{when}{edited} · {marks.audience(Level.EVERYONE)}{_by_machine(post)}")  # noqa: S704 - as below
    if post.group_id is not None:
        return Markup(f"{author}{when}{edited}{_in_group(post)}{_by_machine(post)}")  # noqa: S704 - as below
    if post.selection == Selection.ONLY:
        whom = marks.audience(Level.CONNECTIONS, gettext("Chosen people"))
    return Markup(f"{author}{when}{edited} · {whom} · {side}{_by_machine(post)}")  # noqa: S704 - the headline is escaped, the rest is ours


def _beside(post: Post) -> str:
    """The headline of its author, or how many follow the page."""
    if post.page is not None:
        count = post.page.follower_count
        words = ngettext("%(n)s follower", "%(n)s followers", count) % {"n": text.number(count)}
        return f"{words} · " if count else f"{escape(post.page.get_kind_display())} · "
    author = post.author
    return f"<bdi>{escape(author.headline)}</bdi> · " if author is not None and author.headline else ""


def _in_group(post: Post) -> Markup:
    """In which group, with who reads there as a picture; what is said there is no matter of sides."""
    there = placed(post)
    if there is None or there.here:
        return Markup()
    link = Markup('<a href="{}"><bdi>{}</bdi></a>').format(there.path, there.name)
    words = escape(gettext("in %(group)s")) % {"group": link}
    return Markup(' · <span class="audience post-in">{}<span>{}</span></span>').format(marks.icon(there.picture), words)


def _by_machine(post: Post) -> str:
    return f" · {gettext('Written by a machine, its author says')}" if post.machine else ""


def verified(thing: Post | Comment) -> Markup:
    """Behind the name of a page: that its domain is proved; nothing behind the name of a person."""
    return _verified(get_language() or "") if thing.page_id is not None else Markup()


@lru_cache(maxsize=50)
def _verified(language: str) -> Markup:
    return Markup(' <span class="page-mark">{}</span>').format(
        marks.icon("badge-check", gettext("A page whose domain is proved"))
    )


@lru_cache(maxsize=50)
def _brought(language: str) -> Markup:
    """That it was first said elsewhere, on the day that stands there."""
    words = gettext("It was posted there on that day, and brought here by its author.")
    return Markup('<span title="{}">{}</span>').format(words, gettext("from LinkedIn"))


def _side(post: Post) -> Markup:
    """The side that speaks, and the facet of the author's own within it."""
    side = marks.facet(post.facet)
    if post.side is None:
        return side
    return Markup('<span class="facet facet-{}">{} · <bdi>{}</bdi></span>').format(post.facet, side, post.side.name)


def _edited(post: Post) -> str:
    """That it was edited, and the way to how it read before."""
    when = text.moment(post.edited_at) if post.edited_at else ""
    return f' · <a href="{post.path}history/" title="{when}">{gettext("edited")}</a>'


def acts(
    post: Post, *, said: int, felt: int, mine: str | None, member: bool, token: str, saved: bool = False
) -> Markup:
    """What one can do with a post, and how much was done.

    Args:
        post: the post.
        said: how many comments the reader can see.
        felt: how many reactions the reader may know of.
        mine: the reader's own reaction, if there is one.
        member: False for someone signed out, who only reads.
        token: the hidden CSRF field.
        saved: whether the reader keeps it.
    """
    path, key, language = post.path, post.pk, get_language() or ""
    talk = f"{marks.icon('message-circle')}{_comments(said, language)}"
    many = _reactions(felt, language) if felt else ""
    if not member:
        total = f'<span class="act push">{many}</span>' if felt else ""
        return Markup(f'<div class="post-acts"><a class="act" href="{path}">{talk}</a>{total}</div>')  # noqa: S704 - as below
    keep = _keep(saved, language).replace(PATH, escape(path)).replace(TOKEN, Markup(token))  # noqa: S704 - Django's own field
    total = (
        f'<a class="act push" href="{path}reactions/" hx-get="{path}reactions/" hx-target="#dialog-body"'
        f' aria-haspopup="dialog">{many}</a>'
    )
    return Markup(  # noqa: S704 - addresses are made of digits, words come escaped
        f'<div class="post-acts" hx-get="{path}?part=acts" hx-trigger="poke:post-{key} from:body delay:150ms"'
        f' hx-swap="outerHTML">{react(path, mine, token, ".post-acts")}'
        f'<a class="act" href="{path}" hx-get="{path}?part=thread" hx-target="#thread-{key}" hx-swap="outerHTML">'
        f"{talk}</a>{_pass_on(post, language)}{keep}{total if felt else ''}</div>"
    )


def _pass_on(post: Post, language: str) -> str:
    """The link to what reposts it, in a room above; nothing where nobody else sees it."""
    if post.audience == Level.ONLY_ME or not is_shown(post):
        return ""
    path = f"/posts/reposts/{post.pk}/"
    opens = f'hx-get="{path}" hx-target="#dialog-body" aria-haspopup="dialog"'
    return f'<a class="act" href="{path}" {opens}>{_repost(language)}</a>'


@lru_cache(maxsize=50)
def _repost(language: str) -> Markup:
    return Markup('{}<span class="act-word">{}</span>').format(marks.icon("repeat-2"), gettext("Repost"))


@lru_cache(maxsize=100)
def _keep(saved: bool, language: str) -> Markup:
    """The button that keeps a post for later, or no longer; everything but the address and the token."""
    word = gettext("Saved") if saved else gettext("Save")
    button = Markup(
        '<button class="act" aria-pressed="{}" title="{}">{}<span class="visually-hidden">{}</span></button>'
    ).format("true" if saved else "false", word, marks.icon("bookmark"), word)
    address = PATH + ("saving/removal/" if saved else "saving/")
    return FORM.format("react", address, address, ".post-acts", TOKEN, button)


@lru_cache(maxsize=2_000)
def _comments(count: int, language: str) -> Markup:
    if not count:
        return escape(gettext("Comment"))
    return Markup("<b>{}</b> {}").format(text.number(count), ngettext("comment", "comments", count))


@lru_cache(maxsize=2_000)
def _reactions(count: int, language: str) -> Markup:
    return Markup("<b>{}</b> {}").format(text.number(count), ngettext("reaction", "reactions", count))


def react(path: str, mine: str | None, token: str, scope: str) -> Markup:
    """The button that reacts (or takes back), and the six to choose from.

    Args:
        path: of the post or comment.
        mine: the reader's own reaction, if there is one.
        token: the hidden CSRF field.
        scope: the selector of what htmx replaces with the answer.
    """
    drawn = _drawn(mine or "", scope, get_language() or "")
    return drawn.replace(PATH, escape(path)).replace(TOKEN, Markup(token))  # noqa: S704 - Django's own field


@lru_cache(maxsize=500)
def _drawn(mine: str, scope: str, language: str) -> Markup:
    """Everything but the address and the token."""
    back = Markup(' title="{}"').format(gettext("Take back")) if mine else ""
    button = Markup('<button class="act" name="kind" value="like" aria-pressed="{}"{}>{}</button>').format(
        "true" if mine else "false", back, marks.reaction(mine or "like")
    )
    address = PATH + "reaction/"
    first = address + "removal/" if mine else address
    choose = gettext("Choose a reaction")
    picker = FORM.format("reactions", address, address, scope, TOKEN, _choices(mine))
    opener = Markup('<summary class="act react-open" aria-label="{0}" title="{0}">{1}</summary>').format(
        choose, marks.icon("smile-plus")
    )
    plain = FORM.format("react", first, first, scope, TOKEN, button)
    return plain + Markup('<details class="menu react-more">{}{}</details>').format(opener, picker)


def _choices(mine: str) -> Markup:
    """The six, each named aloud."""
    one = Markup(
        '<button class="icon-button" name="kind" value="{0}" aria-label="{1}" title="{1}" aria-pressed="{2}">'
        "{3}</button>"
    )
    return Markup("").join(
        one.format(kind, word, "true" if mine == kind else "false", marks.reaction_icon(kind))
        for kind, (_picture, word) in faces.REACTIONS.items()
    )
