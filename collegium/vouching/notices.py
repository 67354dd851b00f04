"""Who hears of what people say for each other, and in which words.

A listener runs a moment after the fact and may run twice, so each asks first whether what it tells is still so.
Declining, hiding, taking back and ending are told to nobody.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.journal.models import Entry
from collegium.lib.text import excerpt
from collegium.notifications.kinds import Kind, Seen, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.vouching import folding
from collegium.vouching.models import Confirmation, Recommendation, RecommendationRequest
from collegium.vouching.parting import sweep

EXCERPT = 90
OF_RECOMMENDATIONS = ("vouching.written", "vouching.edited", "vouching.returned", "vouching.approved")
OF_REQUESTS = ("vouching.asked", "vouching.reminded")
OF_CONFIRMATIONS = ("vouching.proposed", "vouching.confirmed")


def endorsed(entry: Entry) -> None:
    """The owner hears, once for all who endorsed the skill since she last looked."""
    folding.fold(entry.subject or 0, fresh=entry.actor)


def unendorsed(entry: Entry) -> None:
    """It is as if it had never been said."""
    folding.fold(entry.subject or 0)


def asked(entry: Entry) -> None:
    """The one who was asked reads the note."""
    _ask(entry, "vouching.asked", f"recommendation-request:{entry.subject}")


def reminded(entry: Entry) -> None:
    """The one who was asked is told once more; of what she declined she hears no more."""
    _ask(entry, "vouching.reminded", f"recommendation-reminder:{entry.subject}")


def _ask(entry: Entry, kind: str, cause: str) -> None:
    wish = RecommendationRequest.objects.filter(pk=entry.subject or 0, state=RecommendationRequest.State.OPEN).first()
    if wish is not None:
        notify([wish.writer_id], kind=kind, actor=entry.actor, cause=cause, subject=wish.pk)


def request_over(entry: Entry) -> None:
    """Declined or withdrawn: the question is not asked any more."""
    _forget(OF_REQUESTS, entry.subject)


def recommended(entry: Entry) -> None:
    """The one it was written for hears of it; what she had asked is answered."""
    for key in entry.data["answered"]:
        _forget(OF_REQUESTS, key)
    _tell_recipient(entry, "vouching.written", f"recommendation:{entry.subject}")


def edited(entry: Entry) -> None:
    """The one it was written for reads it again, unless she has put it away."""
    retract(cause=_edit(entry, before=1))
    _tell_recipient(entry, "vouching.edited", _edit(entry))


def _edit(entry: Entry, before: int = 0) -> str:
    return f"recommendation-edit:{entry.subject}:{entry.data['version'] - before}"


def _tell_recipient(entry: Entry, kind: str, cause: str) -> None:
    words = Recommendation.objects.filter(pk=entry.subject or 0).first()
    if words is not None and words.asks:
        notify([words.recipient_id], kind=kind, actor=words.author_id, cause=cause, subject=words.pk)


def approved(entry: Entry) -> None:
    """The author hears that it is on the profile."""
    words = Recommendation.objects.filter(pk=entry.subject or 0, state=Recommendation.State.SHOWN).first()
    if words is not None and words.version == entry.data["version"]:
        _tell_author(words, "vouching.approved", f"recommendation-approved:{words.pk}:{words.version}")


def returned(entry: Entry) -> None:
    """The author reads the remark."""
    words = Recommendation.objects.filter(pk=entry.subject or 0).first()
    if words is not None and words.is_returned and words.version == entry.data["version"]:
        _tell_author(words, "vouching.returned", f"recommendation-returned:{words.pk}:{words.version}")


def _tell_author(words: Recommendation, kind: str, cause: str) -> None:
    notify([words.author_id], kind=kind, actor=words.recipient_id, cause=cause, subject=words.pk)


def retracted(entry: Entry) -> None:
    """Nobody is told of what is gone."""
    _forget(OF_RECOMMENDATIONS, entry.subject)


def proposed(entry: Entry) -> None:
    """The other is asked to say it too."""
    row = Confirmation.objects.filter(pk=entry.subject or 0, confirmed_at=None).first()
    if row is not None:
        _confirming(entry.data["other"], "vouching.proposed", row, entry)


def confirmed(entry: Entry) -> None:
    """The one who asked hears that both said it."""
    row = Confirmation.objects.filter(pk=entry.subject or 0).exclude(confirmed_at=None).first()
    if row is not None:
        _forget(("vouching.proposed",), row.pk)
        _confirming(entry.data["asked_by"], "vouching.confirmed", row, entry)


def _confirming(member: int, kind: str, row: Confirmation, entry: Entry) -> None:
    notify([member], kind=kind, actor=entry.actor, cause=f"{kind}:{row.pk}", subject=row.pk)


def ended(entry: Entry) -> None:
    """Nobody is told of what is gone."""
    _forget(OF_CONFIRMATIONS, entry.subject)


def parted(entry: Entry) -> None:
    """People are no longer connected, or are again: what was told of endorsements between them is put right."""
    folding.refold(entry.actor or 0, entry.data["others"])


def blocked(entry: Entry) -> None:
    """A block ends for good whatever the two said for each other."""
    swept = sweep(entry.actor or 0, entry.subject or 0)
    for key in swept.skills:
        folding.fold(key)
    for kinds, keys in (
        (OF_RECOMMENDATIONS, swept.words),
        (OF_REQUESTS, swept.requests),
        (OF_CONFIRMATIONS, swept.confirmations),
    ):
        for key in keys:
            _forget(kinds, key)


def _forget(kinds: Collection[str], subject: int | None) -> None:
    for kind in kinds:
        retract(kind=kind, subject=subject)


def _requests_seen(viewer: Viewer, keys: Collection[int]) -> dict[int, RecommendationRequest]:
    return {row.pk: row for row in RecommendationRequest.objects.to(viewer).filter(pk__in=keys)}


def _received(viewer: Viewer, keys: Collection[int]) -> dict[int, Recommendation]:
    return {row.pk: row for row in Recommendation.objects.received(viewer).filter(pk__in=keys)}


def _given(viewer: Viewer, keys: Collection[int]) -> dict[int, Recommendation]:
    return {row.pk: row for row in Recommendation.objects.given(viewer).filter(pk__in=keys)}


def _given_and_shown(viewer: Viewer, keys: Collection[int]) -> set[int]:
    rows = Recommendation.objects.given(viewer).filter(pk__in=keys, state=Recommendation.State.SHOWN)
    return set(rows.values_list("pk", flat=True))


def _confirmations_seen(viewer: Viewer, keys: Collection[int]) -> dict[int, Confirmation]:
    rows = Confirmation.objects.visible_to(viewer).select_related("organization").filter(pk__in=keys)
    return {row.pk: row for row in rows if viewer.id in (row.low_id, row.high_id)}


def _phrase(
    sentence: Callable[[], str], words: Callable[[Any], str] = lambda row: "", *, quoted: bool = True
) -> Callable[[Notification], SafeString]:
    """The sentence with the actor's name, and what it is about as it reads now: after a colon, or as a name in it."""
    frame = ": <q><bdi>{}</bdi></q>" if quoted else "<bdi>{}</bdi>"

    def phrase(told: Notification) -> SafeString:
        said = format_html(frame, excerpt(words(told.about), EXCERPT)) if words(told.about) else ""
        return format_html(sentence(), name=who(told), words=said)

    return phrase


def _place(row: Confirmation) -> str:
    return row.organization.name if row.organization else row.name


def _kind(
    name: str,
    icon: str,
    phrase: Callable[[Notification], SafeString],
    place: str,
    seen: Callable[[Viewer, Collection[int]], Seen],
) -> Kind:
    return Kind(f"vouching.{name}", icon, phrase, lambda told: place.format(told.subject), seen, topic="career")


WISH, WORDS, TOGETHER = "/vouching/requests/{}/", "/vouching/recommendations/{}/", "/vouching/confirmations/{}/"
KINDS = [
    _kind("endorsed", "award", folding.phrase, "/vouching/skills/{}/", folding.seen),
    _kind(
        "asked",
        "quote",
        _phrase(lambda: _("{name} asks you for a recommendation{words}"), lambda row: row.note),
        WISH,
        _requests_seen,
    ),
    _kind(
        "reminded",
        "clock",
        _phrase(lambda: _("{name} reminds you of a recommendation")),
        WISH,
        _requests_seen,
    ),
    _kind(
        "written",
        "quote",
        _phrase(lambda: _("{name} wrote a recommendation for you{words}"), lambda row: row.newest),
        WORDS,
        _received,
    ),
    _kind(
        "edited",
        "pen-line",
        _phrase(lambda: _("{name} changed the recommendation for you{words}"), lambda row: row.newest),
        WORDS,
        _received,
    ),
    _kind(
        "returned",
        "reply",
        _phrase(lambda: _("{name} asks for a change of your recommendation{words}"), lambda row: row.remark),
        WORDS,
        _given,
    ),
    _kind(
        "approved",
        "circle-check",
        _phrase(lambda: _("{name} shows your recommendation")),
        WORDS,
        _given_and_shown,
    ),
    _kind(
        "proposed",
        "handshake",
        _phrase(lambda: _("{name} asks you to confirm that you worked together at {words}"), _place, quoted=False),
        TOGETHER,
        _confirmations_seen,
    ),
    _kind(
        "confirmed",
        "handshake",
        _phrase(lambda: _("{name} confirms that you worked together at {words}"), _place, quoted=False),
        TOGETHER,
        _confirmations_seen,
    ),
]
