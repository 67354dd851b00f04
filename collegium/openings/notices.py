"""Who of a team hears what, in which words. Readers and applicants are told by the rooms that know them."""

from collections.abc import Callable, Collection, Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.journal.models import Entry
from collegium.members.models import Member
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.openings.models import Ended, Opening, Part, Seat

SEATED, HANDED, CLOSED, OVER, FADING = (
    "openings.seated",
    "openings.handed_over",
    "openings.closed",
    "openings.over",
    "openings.fading",
)


def seated(entry: Entry) -> None:
    """Whoever is to hire with them."""
    member = entry.data["member"]
    if entry.data["fresh"] and Seat.objects.filter(opening=entry.subject or 0, member=member).exists():
        cause = _seat_cause(entry.subject, member)
        _tell(entry, [member], SEATED, cause, part=entry.data["part"])


def unseated(entry: Entry) -> None:
    """What was told of the seat is taken back."""
    retract(cause=_seat_cause(entry.subject, entry.data["member"]))


def handed_over(entry: Entry) -> None:
    """Whose it is now."""
    _tell(entry, [entry.data["member"]], HANDED, f"{HANDED}:{entry.pk}")


def closed(entry: Entry) -> None:
    """Everybody else of the team: by a person with her name, by the clock with the reason."""
    opening = Opening.objects.select_related("organization").filter(pk=entry.subject or 0).first()
    if opening is None:
        return
    retract(kind=FADING, subject=opening.pk)
    told = team_of(opening) - {entry.actor or 0}
    _tell(entry, told, CLOSED if entry.actor else OVER, f"{CLOSED}:{entry.pk}", why=entry.data["why"])


def discarded(entry: Entry) -> None:
    """A draft that is gone asks nobody to hire."""
    retract(kind=SEATED, subject=entry.subject)


def fades(opening: Opening, day: str) -> None:
    """Whoever posted it, a few days before it closes because nobody looks at applications; once for each such time.

    Args:
        opening: one that stands.
        day: the day on which it would close, as a date.
    """
    if opening.poster_id is not None:
        cause = f"{FADING}:{opening.pk}:{day}"
        notify([opening.poster_id], kind=FADING, actor=None, cause=cause, subject=opening.pk, day=day)


def team_of(opening: Opening) -> set[int]:
    """Whoever has a seat, and whoever posted it; the others of a page see it in the list of what they hire for."""
    seats = set(Seat.objects.filter(opening=opening).values_list("member_id", flat=True))
    return seats | ({opening.poster_id} if opening.poster_id else set())


def _seat_cause(opening: int | None, member: int) -> str:
    return f"{SEATED}:{opening}:{member}"


def _tell(entry: Entry, members: Iterable[int], kind: str, cause: str, **about: object) -> None:
    actor = entry.actor if Member.objects.filter(pk=entry.actor or 0).exists() else None
    notify(members, kind=kind, actor=actor, cause=cause, subject=entry.subject, **about)


def _hired(viewer: Viewer, keys: Collection[int]) -> dict[int, Opening]:
    """Those for which the viewer still hires."""
    rows = Opening.objects.filter(pk__in=list(keys)).hired_for_by(viewer)
    return {row.pk: row for row in rows.defer("text", "html")}


def _title(told: Notification) -> SafeString:
    opening = told.about
    return format_html("<q><bdi>{}</bdi></q>", opening.title if opening is not None else "")


def _phrase(sentence: Callable[[Notification], str]) -> Callable[[Notification], SafeString]:
    def phrase(told: Notification) -> SafeString:
        return format_html(sentence(told), name=who(told), title=_title(told))

    return phrase


def _seat_words(told: Notification) -> str:
    match int(told.data.get("part", 0)):
        case Part.OBSERVER:
            return _("{name} asks you to read applications to {title}")
        case Part.INTERVIEWER:
            return _("{name} asks you to help to choose for {title}")
        case _:
            return _("{name} asks you to hire for {title} together")


def _over_words(told: Notification) -> str:
    match told.data.get("why"):
        case Ended.STALE:
            return _("{title} closed: nobody looked at its applications for three weeks")
        case Ended.LEFT:
            return _("{title} closed: nobody is left who hires for it")
        case Ended.EXPIRED:
            return _("{title} closed: its day came. Whoever applied has an answer coming within two weeks")
        case _:
            return _("{title} was closed by those who run this network")


def _fading_words(told: Notification) -> str:
    day = str(told.data.get("day", "")).replace("{", "").replace("}", "")
    return _("{title} closes on %(day)s unless somebody looks at its applications") % {"day": day}


def _path(told: Notification) -> str:
    return f"/jobs/{told.subject}/"


def _kind(name: str, sentence: Callable[[Notification], str]) -> Kind:
    return Kind(name, "briefcase", _phrase(sentence), _path, _hired, topic="jobs")


KINDS = [
    _kind(SEATED, _seat_words),
    _kind(HANDED, lambda _t: _("{name} handed {title} over to you")),
    _kind(CLOSED, lambda _t: _("{name} closed {title}")),
    _kind(OVER, _over_words),
    _kind(FADING, _fading_words),
]
