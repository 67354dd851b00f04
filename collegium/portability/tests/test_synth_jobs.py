"""The made-up labour market keeps every rule of openings and applications, and is the same for the same size."""

from datetime import timedelta

import pytest
from django.db.models import Count, F, Max, Q

from collegium.applications import erasing
from collegium.applications.models import Application, Given, Sent, Standing, Step
from collegium.applications.models.applications import FIRST_END
from collegium.applications.snapshot import load
from collegium.audience.viewer import NOBODY, Viewer
from collegium.finding.models.documents import Document
from collegium.hiring.models import Card, Stage
from collegium.lib import clock
from collegium.openings import posting, rules
from collegium.openings.models import LONGEST, STALE_AFTER, Opening, OpeningSkill, State
from collegium.openings.pay import yearly_euros
from collegium.portability.synth import synthesize
from collegium.portability.synth.jobs import trades

WAITED = timedelta(days=45)


def test_what_is_known_of_work_is_told_in_full() -> None:
    """Sixty occupations and more, every title once, at least two of most skills."""
    known = trades.trades()
    assert len({trade.tasks for trade in known}) >= 60
    assert len({trade.title for trade in known}) == len(known)
    assert all(trade.seniority in trades.SENIORITIES and len(trade.needed) >= 2 and trade.nice for trade in known)


@pytest.mark.django_db
def test_it_keeps_every_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collegium.portability.bulk.WORTHWHILE", 1)
    synthesize(400, openings=240)
    standing = Opening.objects.standing()
    assert (standing.count(), Opening.objects.count()) == (240, 300)
    assert standing.count() == Opening.objects.filter(state=State.LIVE).count()
    they_are_honest()
    they_are_found()
    everybody_has_an_end()
    what_was_sent_is_there()


def they_are_honest() -> None:
    """Days, pay, no repetition, and somebody who may post."""
    assert not Opening.objects.filter(expires_at__gt=F("posted_at") + LONGEST).exists()
    assert not Opening.objects.filter(closed_at__gt=F("reviewed_at") + STALE_AFTER + timedelta(minutes=1)).exists()
    assert not Opening.objects.filter(reviewed_at__gt=clock.now()).exists()
    assert not Opening.objects.filter(pay_high__gt=F("pay_low") * posting.WIDEST).exists()
    same = Opening.objects.values("organization", "folded_title", "place").annotate(n=Count("pk")).filter(n__gt=1)
    assert not same.exists()
    ways = set(Opening.objects.values_list("way", flat=True))
    assert ways == {"on-site", "hybrid", "remote"}
    assert Opening.objects.values("currency").distinct().count() > 5
    for row in Opening.objects.select_related("organization", "poster")[:60]:
        assert posting.same_of(row) is None
        assert row.poster is not None
        assert rules.may_post_for(row.poster, row.organization)
        assert rules.may_lead(row.poster, row)
        euros = yearly_euros(row.pay_high, row.currency, row.period)
        assert euros is not None
        assert abs((row.yearly_euros or 0) - euros) <= euros * 0.01


def they_are_found() -> None:
    """Signed out, by the words of the search; skills of each, those that are needed first."""
    reader = Viewer(Opening.objects.exclude(poster=None)[0].poster)
    assert Opening.objects.visible_to(reader).count() >= 240
    assert 200 < Opening.objects.visible_to(NOBODY).count() < 240
    assert Document.objects.count() >= 240
    least = OpeningSkill.objects.values("opening").annotate(
        n=Count("skill"), needed=Count("pk", filter=Q(required=True))
    )
    assert all(row["n"] > row["needed"] >= 2 for row in least)


def everybody_has_an_end() -> None:
    """What is over has ended for all; times stand in their order; the way to each standing is in the steps."""
    rows = Application.objects.select_related("opening")
    assert 1_200 < rows.count() < 3_000
    assert not rows.living().filter(opening__state=State.CLOSED).exists()
    assert not rows.living().filter(interviewed_at__lt=clock.now() - WAITED).exists()
    assert not rows.filter(Q(sent_at__lt=F("opening__posted_at")) | Q(sent_at__gt=clock.now())).exists()
    assert not rows.filter(standing__gte=FIRST_END, ended_at__lt=F("sent_at")).exists()
    assert not rows.filter(erasing.due()).exists()
    assert set(rows.values_list("standing", flat=True)) == set(Standing.values)
    for row in rows.annotate(last=Max("steps__at"), way=Max("steps__standing"), n=Count("steps"))[:300]:
        assert row.way == row.standing
        assert row.ended_at in (None, row.last)
        assert row.last <= clock.now()
    assert not Step.objects.filter(by__isnull=False, at__gt=F("application__opening__reviewed_at")).exists()
    largest = rows.values("opening").annotate(n=Count("pk")).order_by("-n")[0]
    assert largest["n"] >= 190


def what_was_sent_is_there() -> None:
    """As the snapshot would have it; answers of those who were asked; columns for a crowd."""
    assert Sent.objects.count() == Application.objects.count()
    document = load(Sent.objects.all()[0].profile)
    assert (len(document.skills), bool(document.header.name), len(document.items) >= 2) == (5, True, True)
    unfit = Application.objects.filter(standing=Standing.UNFIT)
    assert unfit.count() == Given.objects.filter(passed=False).count() > 0
    assert Stage.objects.exists()
    assert not Card.objects.exclude(application__standing=F("stage__standing")).exists()


@pytest.mark.django_db
def test_without_openings_there_are_none() -> None:
    synthesize(30, openings=0)
    assert not Opening.objects.exists()
