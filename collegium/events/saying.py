"""What is told of events, in which words, and to whom it may still be shown."""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.audience.viewer import Viewer
from collegium.events.models import Event
from collegium.feed.models import Post
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification

INVITED, ASKED, ACCEPTED, REFUSED = "events.invited", "events.asked", "events.accepted", "events.refused"
MOVED_UP, FEWER, CHANGED, CANCELLED = "events.moved_up", "events.fewer", "events.changed", "events.cancelled"
DATES, ON_AGAIN, GONE = "events.dates_cancelled", "events.on_again", "events.gone"
HOST_ASKED, HOST_ACCEPTED = "events.host_asked", "events.host_accepted"
TIME, PLACE = "time", "place"


def _seen(viewer: Viewer, keys: Collection[int]) -> dict[int, Event]:
    """The events this viewer sees now."""
    rows = Event.objects.filter(pk__in=list(keys), post__in=Post.objects.visible_to(viewer))
    return {row.pk: row for row in rows.defer("about", "html").select_related("post__page")}


def _any(_viewer: Viewer, keys: Collection[int]) -> Collection[int]:
    """What is gone nobody sees; who is told of it saw it."""
    return keys


def _title(told: Notification) -> SafeString:
    return format_html(
        "<q><bdi>{}</bdi></q>", told.about.title if told.about is not None else told.data.get("title", "")
    )


def _phrase(sentence: Callable[[Notification], str]) -> Callable[[Notification], SafeString]:
    def phrase(told: Notification) -> SafeString:
        return format_html(sentence(told), name=who(told), title=_title(told), words=_words(told))

    return phrase


def _words(told: Notification) -> SafeString:
    """What a host said with it."""
    said = told.data.get("words", "")
    return format_html(" <q><bdi>{}</bdi></q>", said) if said else SafeString("")


def _changed(told: Notification) -> str:
    match set(told.data.get("what", [])):
        case what if what == {TIME, PLACE}:
            return _("{title} is at another time and another place now")
        case what if what == {PLACE}:
            return _("{title} is at another place now")
        case _:
            return _("{title} is at another time now")


def _fewer(told: Notification) -> str:
    seats = int(told.data.get("seats", 1))
    words = ngettext(
        "There is %(n)s seat for you at {title}; you asked for more. Come with fewer people, or wait on",
        "There are %(n)s seats for you at {title}; you asked for more. Come with fewer people, or wait on",
        seats,
    )
    return words % {"n": seats}


def _accepted(told: Notification) -> str:
    if told.data.get("waits"):
        return _("You may come to {title}, and are on the waiting list until a seat is free")
    return _("You may come to {title}")


def _path(told: Notification) -> str:
    on = told.data.get("on")
    return f"/events/{told.subject}/?on={on}" if on else f"/events/{told.subject}/"


def _ticket_path(told: Notification) -> str:
    """To the ticket of whoever has a seat now, where there is a door."""
    if told.data.get("waits") or (isinstance(told.about, Event) and not told.about.is_somewhere):
        return _path(told)
    return f"/events/{told.subject}/ticket/?on={told.data.get('on', '')}"


def _list_path(told: Notification) -> str:
    return f"/events/{told.subject}/people/?on={told.data.get('on', '')}"


def _kind(name: str, icon: str, sentence: Callable[[Notification], str], topic: str = "events", **more: Any) -> Kind:
    return Kind(name, icon, _phrase(sentence), more.pop("path", _path), more.pop("visible", _seen), topic=topic)


KINDS = [
    _kind(INVITED, "calendar", lambda _t: _("{name} invites you to {title}"), "invitations"),
    _kind(HOST_ASKED, "calendar", lambda _t: _("{name} asks you to host {title} together"), "invitations"),
    _kind(HOST_ACCEPTED, "calendar-check", lambda _t: _("{name} hosts {title} with you")),
    _kind(ASKED, "calendar", lambda _t: _("{name} asks to come to {title}"), path=_list_path),
    _kind(ACCEPTED, "calendar-check", _accepted, path=_ticket_path),
    _kind(REFUSED, "calendar", lambda _t: _("You cannot come to {title} this time")),
    _kind(MOVED_UP, "calendar-check", lambda _t: _("A seat came free for you: you come to {title}"), path=_ticket_path),
    _kind(FEWER, "calendar", _fewer),
    _kind(CHANGED, "calendar", _changed),
    _kind(DATES, "calendar", lambda _t: _("A date of {title} was cancelled{words}")),
    _kind(CANCELLED, "calendar", lambda _t: _("{title} was cancelled{words}")),
    _kind(ON_AGAIN, "calendar-check", lambda _t: _("{title} happens after all")),
    _kind(
        GONE, "calendar", lambda _t: _("{title} was taken away by its host"), path=lambda _t: "/events/", visible=_any
    ),
]
