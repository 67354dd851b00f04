"""What the sender of a first message must not be able to tell: it waits, was read, was declined, was judged.

Everything she can read or do is compared letter by letter, and what her pages hear of.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.messaging import rules
from collegium.messaging.actions import approaching, keeping, talking
from collegium.messaging.models import Conversation, Message, Participant, Request
from collegium.messaging.reading import inbox, presence, receipts, search, talk, typing
from collegium.messaging.tasks import sweep
from collegium.messaging.tests import scene
from collegium.messaging.tests.test_deltas import patched, whole
from collegium.notifications.models import Notification
from collegium.realtime.lines import touch
from collegium.realtime.models import Poke
from collegium.testing.cast import Cast

STAGES: dict[str, Callable[[Cast, Request], Any]] = {
    "waiting": lambda cast, request: None,
    "read": lambda cast, request: keeping.read(request.conversation, by=cast.ada, number=1),
    "typing": lambda cast, request: keeping.typing(request.conversation, by=cast.ada),
    "declined": lambda cast, request: approaching.decline(request, by=cast.ada),
    "a pitch": lambda cast, request: approaching.decline(request, by=cast.ada, verdict="pitch"),
    "spam": lambda cast, request: (
        approaching.decline(request, by=cast.ada, verdict="spam"),
        keeping.put(request.conversation, by=cast.ada, box="spam"),
    ),
    "judged": lambda cast, request: approaching.judge(request, by=cast.ada, verdict="misdeclared"),
    "taken back": lambda cast, request: (
        approaching.decline(request, by=cast.ada, verdict="pitch"),
        approaching.undecline(request, by=cast.ada),
    ),
    "archived": lambda cast, request: keeping.archive(request.conversation, by=cast.ada),
}


def tried(verb: Callable[[], Any]) -> str:
    """What comes of trying."""
    try:
        return repr(verb())
    except (Conflict, Refusal) as refused:
        return f"{type(refused).__name__}: {refused.reason}"


def seen_by_the_sender(cast: Cast, hear: Callable[[], None], stage: str, age: int) -> list[str]:
    """Everything Di can ask about what she wrote to Ada, once Ada did something with it."""
    touch([cast.di.pk, cast.ada.pk])
    request = scene.asked(cast.di, cast.ada)
    hear()
    row, di = request.conversation, cast.viewer("di")
    before = whole(di, row.pk)
    Poke.objects.all().delete()
    told = Notification.objects.filter(recipient=cast.di).count()
    STAGES[stage](cast, request)
    hear()
    if age:
        request = scene.made_ago(request, timedelta(days=age))
    found = [repr(Poke.objects.filter(member=cast.di).count()), repr(patched(di, row.pk, before)), *_read(cast, row.pk)]
    found += [repr(Notification.objects.filter(recipient=cast.di).count() - told)]
    found += _do(cast, Request.objects.get(), row)
    hear()
    found += _read(cast, row.pk)
    Conversation.objects.all().delete()
    keys = [str(row.pk), *(str(key) for key in Message.objects.values_list("pk", flat=True))]
    return [re.sub(r"\d{15,}|" + "|".join(keys), "KEY", each) for each in found]


def _read(cast: Cast, pk: int) -> list[str]:
    di = cast.viewer("di")
    here = talk.one(di, pk)
    assert here is not None
    boxes = [inbox.page(di, box) for box in inbox.BOXES]
    rows = [
        (row.title, row.words, row.reasons, row.place.box, row.place.unread, _fields(row.request))
        for page in boxes
        for row in page.rows
    ]
    return [
        repr(whole(di, pk)),
        repr(rows),
        repr([page.counts for page in boxes]),
        repr((inbox.unread(di), here.way, here.reasons, here.asked_me)),
        repr(_fields(here.request)),
        repr(receipts.of(di, here)),
        repr(typing.of(di, here)),
        repr(presence.of(di, [cast.ada])),
        repr([hit.excerpt for hit in search.find(di, "tides").hits]),
        repr(rules.way(cast.di, cast.ada)),
        repr(Request.objects.visible_to(di).waiting().count()),
    ]


def _fields(request: Request | None) -> dict[str, Any]:
    """All that a template could print of it."""
    return {} if request is None else {f.attname: getattr(request, f.attname) for f in Request._meta.concrete_fields}


def _do(cast: Cast, request: Request, row: Conversation) -> list[str]:
    verbs: list[Callable[[], Any]] = [
        lambda: talking.write(row, by=cast.di, text="Hello?"),
        lambda: scene.asked(cast.di, cast.ada, "Hello?"),
        lambda: scene.asked(cast.di, cast.ada) == request,
        lambda: approaching.accept(request, by=cast.di),
        lambda: approaching.undecline(request, by=cast.di),
        lambda: talking.edit(request.message, by=cast.di, text="Other words"),
        lambda: talking.react(request.message, by=cast.di, sign="👍"),
        lambda: keeping.typing(row, by=cast.di),
        lambda: keeping.read(row, by=cast.di, number=1),
        lambda: keeping.archive(row, by=cast.di),
        lambda: talking.delete(request.message, by=cast.di).is_deleted,
        lambda: scene.asked(cast.di, cast.ada, "Once more"),
    ]
    return [tried(verb) for verb in verbs]


@pytest.mark.parametrize("age", [0, 61])
def test_silence_is_silent(cast: Cast, hear: Callable[[], None], monkeypatch: pytest.MonkeyPatch, age: int) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    hear()
    waiting = seen_by_the_sender(cast, hear, "waiting", age)
    assert len(waiting) > 30
    for stage in STAGES:
        assert seen_by_the_sender(cast, hear, stage, age) == waiting, stage


def test_the_table_would_notice(cast: Cast, hear: Callable[[], None]) -> None:
    hear()
    waiting = seen_by_the_sender(cast, hear, "waiting", 0)
    STAGES["accepted"] = lambda cast, request: approaching.accept(request, by=cast.ada)
    try:
        assert seen_by_the_sender(cast, hear, "accepted", 0) != waiting
    finally:
        del STAGES["accepted"]


def test_the_sweep_ends_both_alike(cast: Cast) -> None:
    one, other = scene.asked(cast.di, cast.ada), scene.asked(cast.cy, cast.ada)
    approaching.decline(one, by=cast.ada)
    for each in (one, other):
        scene.made_ago(each, timedelta(days=61))
    sweep()
    assert set(Request.objects.values_list("state", flat=True)) == {"over"}
    assert Participant.objects.filter(member__in=[cast.di, cast.cy], box="focused").count() == 2
