"""The proofs of events bite: with a fault planted in a rule or a verb, what they hold is no longer so."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ObjectDoesNotExist

from collegium.events import rules, seating
from collegium.events.actions import answering, changing, deciding, inviting, laying
from collegium.events.after import context as shared
from collegium.events.after import there
from collegium.events.reading import page, people
from collegium.events.recurring import pairing
from collegium.events.recurring import pattern as patterns
from collegium.events.recurring import rules as recurring
from collegium.events.tests import claims
from collegium.lib.refusal import Conflict, Refusal
from collegium.testing.cast import Cast
from tests.house.planting import anew, rewritten

assert anew

F = tuple[Callable[[Cast], bool], Callable[[pytest.MonkeyPatch], None]]
FAULTS: dict[str, F] = {
    "seats without an end": (claims.last_seat, rewritten(seating, "fits", "seats <= free", "True")),
    "guests take no seat": (claims.last_seat, rewritten(answering, "_sit", '1 + wanted["guests"]', "0")),
    "whoever comes late passes those who wait": (
        claims.no_overtaking,
        rewritten(seating, "others_wait", ".exists()", ".exists() and False"),
    ),
    "smaller parties pass larger ones": (
        claims.no_overtaking,
        rewritten(seating, "move_up", "            break\n        enter", "            continue\n        enter"),
    ),
    "nobody moves up": (claims.moves_up, rewritten(answering, "decline", "seating.move_up(row)", "pass")),
    "the last comes first": (
        claims.moves_up,
        rewritten(
            seating, "move_up", "Attendance.objects.in_line()", 'Attendance.objects.in_line().order_by("-since", "-id")'
        ),
    ),
    "seats at what was cancelled": (
        claims.not_after_cancelling,
        rewritten(seating, "_takes", "event.cancelled_at is None", "True"),
    ),
    "answers to what was cancelled": (
        claims.not_after_cancelling,
        rewritten(answering, "_hindrance", "if event.cancelled_at or row.cancelled_at", "if row.cancelled_at"),
    ),
    "approval for nothing": (claims.asks_first, rewritten(answering, "come", "event.approving", "False")),
    "anybody says yes": (
        claims.asks_first,
        rewritten(deciding, "accept", "require(rules.may_host(by, event))", "pass"),
    ),
    "no is forgotten": (
        claims.no_means_no,
        rewritten(answering, "_hindrance", "if mine.state == State.REFUSED", "if False"),
    ),
    "guests without an end": (
        claims.few_guests,
        rewritten(answering, "_hindrance", "if not 0 <= guests <= event.guests_allowed", "if False"),
    ),
    "never too late": (
        claims.in_time,
        rewritten(rules, "closes", "left <= max(event.answer_until * 60, 0)", "left <= 0"),
    ),
    "the link for whoever is interested": (
        claims.link_for_guests,
        lambda patch: patch.setattr(
            page.Shown, "link", property(lambda shown: shown.event.link if shown.hosting or shown.state else "")
        ),
    ),
    "everybody is listed": (claims.names_by_consent, rewritten(people, "named", "listed=True, ", "")),
    "every face is shown": (claims.names_by_consent, rewritten(people, "_faces", "listed=True, ", "")),
    "known faces need no consent": (
        claims.names_by_consent,
        rewritten(people, "_known", "hosting=hosting", "hosting=True"),
    ),
    "the list for everybody": (
        claims.names_by_consent,
        rewritten(people, "may_list", "mine is not None and mine.state == State.GOING", "True"),
    ),
    "who was blocked is at it still": (
        claims.blocked_are_gone,
        rewritten(rules, "may_answer", "or is_parted(member, event)", ""),
    ),
    "blocked people are counted": (
        claims.blocked_are_gone,
        lambda patch: patch.setattr(people, "COUNT", people.COUNT.replace("WHERE blocked_id = %(me)s", "WHERE false")),
    ),
    "blocked people are named": (
        claims.blocked_are_gone,
        rewritten(people, "_present", "nearness__gte=PUBLIC", "nearness__isnull=False"),
    ),
    "left out and asked all the same": (
        claims.left_out_stays_out,
        rewritten(inviting, "askable", "left_out=True", "left_out=True, pk=0"),
    ),
    "whom the host blocked is asked": (
        claims.left_out_stays_out,
        rewritten(inviting, "askable", "seen.exclude(pk__in=away)", "seen"),
    ),
    "strangers are asked": (
        claims.only_connections,
        rewritten(
            inviting, "askable", 'pk__in=Connection.objects.filter(member=by).values("other")', "pk__isnull=False"
        ),
    ),
    "anybody invites": (
        claims.only_connections,
        rewritten(
            rules,
            "may_invite",
            "return event.attendees_invite and goes(member, event) and may_answer(member, event)",
            "return True",
        ),
    ),
    "asked to host is hosting": (claims.hosts_alone, rewritten(rules, "_hosting", ", accepted_at__isnull=False", "")),
    "a block frees nothing": (claims.seat_is_freed, rewritten(seating, "leave", "row.delete()", "pass")),
    "met before it began": (
        claims.met_by_consent,
        rewritten(there, "there", "occurrence__starts_at__lte=now or clock.now()", "occurrence__isnull=False"),
    ),
    "who said yes was there": (
        claims.met_by_consent,
        rewritten(there, "there", "Q(checked_in_at__isnull=False) | ~Exists(at_door)", "Q(pk__isnull=False)"),
    ),
    "met without consent": (
        claims.met_by_consent,
        rewritten(shared, "lines", "occurrence__in=mine, listed=True", "occurrence__in=mine"),
    ),
    "hours in UTC": (claims.stays_at_its_hour, rewritten(patterns, "instant", "tzinfo=ZoneInfo(zone)", "tzinfo=UTC")),
    "the second of two": (claims.stays_at_its_hour, rewritten(patterns, "instant", "fold=0", "fold=1")),
    "the last day is left out": (
        claims.last_day_counts,
        lambda patch: patch.setattr(recurring, "time", type("T", (), {"max": recurring.time.min})),
    ),
    "laid twice": (claims.laid_once, rewritten(laying, "lay", "if known is None or at > known", "if True")),
    "answers fall away": (claims.answers_are_kept, rewritten(changing, "_repair", "row.pk not in answered", "True")),
    "times by their place alone": (
        claims.answers_are_kept,
        rewritten(pairing, "_shape", "return () if rule is None", "return (object(),) if rule is not None"),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("check", sorted({check for check, _plant in FAULTS.values()}, key=lambda each: each.__name__))
def test_it_holds(cast: Cast, check: Callable[[Cast], bool]) -> None:
    assert check(cast), check.__doc__


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FAULTS)
def test_it_bites(cast: Cast, fault: str, monkeypatch: pytest.MonkeyPatch, anew: None) -> None:
    check, plant = FAULTS[fault]
    plant(monkeypatch)
    try:
        holds = check(cast)
    except (AssertionError, Conflict, Refusal, KeyError, IndexError, ObjectDoesNotExist):
        holds = False
    assert not holds, f"nobody noticed: {fault}"
