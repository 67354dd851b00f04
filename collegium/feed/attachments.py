"""What hangs on a post beside its words: pictures, a poll, the preview of a link. Rooms above add them.

A room lays one `Kind` (through `config/wiring.py`). The composer shows its part of the form, the verb that posts hands
it what was typed, a page of posts asks it once for all of them, and the card draws what it gave. Whoever sees the post
sees what hangs on it: a kind never judges sight of its own.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import get_language
from markupsafe import Markup

from collegium.audience.viewer import Viewer
from collegium.feed.models import Post
from collegium.members.models import Member


class Kind:
    """One kind of thing that can hang on a post.

    Attributes:
        name: unique; the fields of its form begin with it and a dash (a form's `prefix`).
        composer: template of its part of the composer, drawn with `part` (its form) and nothing else: an empty one is
            the same for everybody. Without JavaScript it must work too, so it is a `<details>` with inputs.
        manner: template of what in its form is a rule for the post and no thing; stands below the audience, likewise.
        card: template of it on a card, drawn with `thing` (from `load`), `post`, `cards`, `me`, `csrf`, `alone`.
        before: whether it stands above the words.
        alone: whether a post can consist of it, without a word.
        lasting: where its posts are kept when old posts delete themselves (`feed.expiry`): the relation from the post
            to it.
    """

    name = ""
    composer = ""
    manner = ""
    card = ""
    before = False
    alone = True
    lasting = ""

    def form(self, request: HttpRequest | None, post: Post | None = None) -> forms.Form | None:
        """Its part of the composer.

        Args:
            request: with what was sent; None for an empty one.
            post: the post that is edited; None for a new one. None is given back where nothing can be changed later.
        """
        raise NotImplementedError

    def offer(self, form: forms.Form, asked: Mapping[str, str]) -> None:
        """Begin its empty part of a new post with what the link to the composer says; most have nothing to begin."""

    def is_there(self, form: forms.Form) -> bool:
        """Whether a valid form holds something to hang on the post."""
        raise NotImplementedError

    def attach(self, post: Post, form: forms.Form, by: Member) -> None:
        """Hang it on the post, in the transaction that made or changed the post."""
        raise NotImplementedError

    def load(self, viewer: Viewer, posts: Sequence[Post]) -> Mapping[int, Any]:
        """What hangs on each of these posts, all of which the viewer sees; a constant number of statements."""
        raise NotImplementedError

    def still(self, thing: Any, post: Post, me: Member | None) -> Hashable | None:
        """All that the card's drawing of it depends on beside the language, so that it is drawn once for that.

        Rows are named by `columns`, never by themselves: those are equal when their keys are. `csrf` need not be named.

        Args:
            thing: from `load`.
            post: what it hangs on.
            me: who reads.

        Returns:
            None where it is drawn anew each time.
        """
        return None

    def asks(self, form: forms.Form) -> bool:
        """Whether a valid form wants something though it hangs nothing on the post; `attach` is called then too."""
        return False

    def silent(self, viewer: Viewer, keys: Collection[int]) -> Collection[int]:
        """Of these posts, those whose cards would say nothing to this viewer; lists leave them out. One statement."""
        return ()

    def words(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """What it says in words on each of these posts, as plain text, for whoever looks for words. One statement.

        The viewer sees these posts, and so reads what hangs on them; where she might not (`reposts`), the kind judges.
        """
        return {}

    def named(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """What a post without words is called that carries it: "3 pictures". The first line of its words, unless said.

        One statement.
        """
        return {key: first for key, text in self.words(viewer, keys).items() if (first := text.partition("\n")[0])}


def columns(row: Model) -> tuple[Hashable, ...]:
    """Everything that was read of a row, as something that tells it from what it was before it changed."""
    read = ((name, value) for name, value in vars(row).items() if not name.startswith("_"))
    return tuple(tuple(value) if isinstance(value, list) else value for _name, value in read)


@dataclass(frozen=True, slots=True)
class Hung:
    """One thing on a card: the template that draws it, what it draws, and the kind that hung it."""

    template: str
    thing: Any
    before: bool
    kind: Kind


class Kinds(list[Kind]):
    """All kinds, in the order in which they stand on a card; the roof lays them."""

    def lay(self, table: Iterable[Kind]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self[:] = table

    def carry(self, viewer: Viewer, post: Post) -> bool:
        """Whether something hangs on this post that can stand without words."""
        return any(post.pk in kind.load(viewer, [post]) for kind in self if kind.alone and post.has_parts)

    def load(self, viewer: Viewer, posts: Sequence[Post]) -> dict[int, list[Hung]]:
        """What hangs on these posts; of those that carry nothing nobody is asked."""
        carrying = [post for post in posts if post.has_parts]
        found: dict[int, list[Hung]] = {}
        for kind in self if carrying else ():
            for key, thing in kind.load(viewer, carrying).items():
                found.setdefault(key, []).append(Hung(kind.card, thing, kind.before, kind))
        return found

    def silent(self, viewer: Viewer, keys: Collection[int]) -> set[int]:
        """Of these posts, those that lists leave out for this viewer."""
        return {key for kind in self for key in kind.silent(viewer, keys)} if keys else set()

    def named(self, viewer: Viewer, keys: Collection[int]) -> dict[int, str]:
        """What these posts are called for what hangs on them, by the first kind that says anything."""
        found: dict[int, str] = {}
        for kind in self if keys else ():
            found = {**kind.named(viewer, keys), **found}
        return found

    def words(self, viewer: Viewer, keys: Collection[int]) -> dict[int, str]:
        """What hangs on these posts says, in one text each."""
        said: dict[int, list[str]] = {}
        for kind in self if keys else ():
            for key, text in kind.words(viewer, keys).items():
                said.setdefault(key, []).append(text)
        return {key: "\n".join(texts) for key, texts in said.items()}


kinds = Kinds()


class Parts:
    """The parts of one composer: each kind's form, asked together."""

    def __init__(self, request: HttpRequest | None = None, post: Post | None = None) -> None:
        self.request, self.post = request, post

    @cached_property
    def forms(self) -> list[tuple[Kind, forms.Form]]:
        """Each kind that has one, and its form."""
        made = ((kind, kind.form(self.request, self.post)) for kind in kinds)
        return [(kind, form) for kind, form in made if form is not None]

    def drawn(self, place: str) -> Markup:
        """What the kinds draw at one place of the composer: their `composer`, or their `manner`.

        Where nothing was sent, nothing is edited and nobody reached for the forms to put something into them, that
        depends on the language alone, and is drawn once.
        """
        untouched = self.request is None and self.post is None and "forms" not in vars(self)
        if untouched and not settings.DEBUG:
            return _empty(place, tuple(kinds), get_language())
        return _drawn(place, self.forms)

    def offer(self, asked: Mapping[str, str]) -> None:
        """Begin the parts with what the link to the composer says."""
        for kind, form in self.forms if asked else ():
            kind.offer(form, asked)

    def are_valid(self) -> bool:
        """Whether all of them are; every one is asked, so that all of its words stand on the page."""
        judged = [form.is_valid() for _kind, form in self.forms]
        return all(judged)

    @property
    def are_there(self) -> bool:
        """Whether any of these valid forms holds something."""
        return any(kind.is_there(form) for kind, form in self.forms)

    def attach(self, post: Post, by: Member) -> None:
        """Hang everything on the post."""
        for kind, form in self.forms:
            if kind.is_there(form) or kind.asks(form):
                kind.attach(post, form, by)


@lru_cache(maxsize=50)
def _empty(place: str, _kinds: tuple[Kind, ...], _language: str | None) -> Markup:
    return _drawn(place, Parts().forms)


def _drawn(place: str, forms: Iterable[tuple[Kind, forms.Form]]) -> Markup:
    named = ((getattr(kind, place), form) for kind, form in forms)
    made = (render_to_string(template, {"part": form}, using="jinja2") for template, form in named if template)
    return Markup("").join(map(Markup, made))
