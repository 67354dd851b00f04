"""What can be told at all: each kind says how it reads, where it leads and who may still see what it is about."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.notifications.models import Notification

Seen = Mapping[int, object] | Collection[int]


def _nothing(_told: Notification) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Kind:
    """One kind of thing that members are told.

    Args:
        name: "room.past_participle", at most forty characters.
        icon: a picture in `ui/icons.svg`.
        phrase: the sentence, translated, with the name of the actor; asks the database nothing.
        path: where opening it leads; asks the database nothing.
        visible: which of these subjects the viewer may see now, in one query. A mapping from subject to row makes the
            row available as `notification.about`. Kinds that share the function are asked together.
        topic: which line of the settings it belongs to, a name of `topics.TOPICS`.
        listed: False: not in News and not in its number, only by push and by mail.
        said: what was written to the reader, oldest first, out of `notification.about`, for a push or a mail of whoever
            wants words there; asks the database nothing. Empty where the phrase says all.
    """

    name: str
    icon: str
    phrase: Callable[[Notification], SafeString]
    path: Callable[[Notification], str]
    visible: Callable[[Viewer, Collection[int]], Seen]
    topic: str = "other"
    listed: bool = True
    said: Callable[[Notification], Sequence[str]] = _nothing


_laid: dict[str, Kind] = {}


def lay(known: Iterable[Kind]) -> None:
    """Replace all kinds with these; called once by the roof."""
    _laid.clear()
    _laid.update({kind.name: kind for kind in known})


def of(name: str) -> Kind:
    """The kind with this name.

    Raises:
        ImproperlyConfigured: nobody laid it, so nobody could ever read it.
    """
    try:
        return _laid[name]
    except KeyError:
        raise ImproperlyConfigured(f"no room tells of {name!r}") from None


def names(topic: str = "") -> list[str]:
    """All kinds that can be read; with a topic, those of it that News lists."""
    return [name for name, kind in _laid.items() if not topic or (kind.topic == topic and kind.listed)]


def who(told: Notification) -> SafeString:
    """The actor's name for a phrase, safe from the directions of its letters; or of the page that acted instead."""
    name = told.actor.name if told.actor else told.data.get("speaker") or _("Someone")
    return format_html('<b class="name"><bdi>{}</bdi></b>', name)
