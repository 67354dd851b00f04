"""Writing an opening: drafts, what hinders posting, promises to readers, sweeps, merging."""

from datetime import timedelta
from decimal import Decimal

import pytest

from collegium.career.models import Item
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.openings import actions, details, posting, reading, tasks
from collegium.openings.details import Asked, Details
from collegium.openings.figures import laid
from collegium.openings.forms.fields import amount
from collegium.openings.models import Ended, Hidden, Opening, Part, Question, Seat, State
from collegium.openings.tests import scene
from collegium.organizations.merging import move
from collegium.organizations.models import Organization
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db

WHOLE = Details(
    title="Dam engineer",
    text="You build **dams**.",
    place="Uppsala",
    country="SE",
    pay_low=Decimal(50_000),
    pay_high=Decimal(60_000),
    currency="EUR",
    vacancy=True,
    machine=False,
    required=("Python", "Welding of dams"),
    nice=("python", "Swedish"),
    questions=(Asked("May you work in Sweden?", must=True, passing=("yes",)), Asked("Why?", "text", required=False)),
)


@pytest.fixture
def ada(cast):
    scene.works_at(cast.ada, scene.acme())
    return Member.objects.select_related("user").get(pk=cast.ada.pk)


def changed(base=WHOLE, **values):
    return details.replace(base, **values)


def test_a_draft_may_lack_everything_and_is_made_once(ada):
    key = "8a5f2cb6-6c0e-4d3a-9c58-0d9a3f3d6a11"
    row = actions.draft(ada, scene.acme(), Details(), form_key=key)
    assert actions.draft(ada, scene.acme(), Details(), form_key=key) == row
    assert Seat.objects.get(opening=row).part == Part.LEAD
    with pytest.raises(Conflict):
        actions.post(row, by=ada)


def test_everything_said_is_kept(ada, cast):
    said = changed(people=(cast.di.pk,), organizations=("Rivals",), domains=("rivals.example",))
    row = Opening.objects.get(pk=actions.draft(ada, scene.acme(), said).pk)
    assert row.members_only
    assert row.html == "<p>You build <strong>dams</strong>.</p>\n"
    again = details.of(row)
    # One that is needed is not nice to have besides, and a name is the one of the vocabulary.
    assert [name.casefold() for name in again.nice] == ["swedish"]
    assert len(again.required) == 2
    skills = {"required": said.required, "nice": said.nice}
    assert details.replace(again, **skills, members_only=False) == said


def test_what_is_posted_stands(ada):
    row = actions.post(actions.draft(ada, scene.acme(), WHOLE), by=ada, days=20)
    assert row.stands
    assert row.expires_at - row.posted_at == timedelta(days=20)
    assert row.yearly_euros == 60_000
    with pytest.raises(Conflict):
        actions.post(row, by=ada)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"text": ""}, "text"),
        ({"place": ""}, "place"),
        ({"country": ""}, "country"),
        ({"pay_low": None}, "pay_low"),
        ({"pay_low": Decimal(0)}, "pay_low"),
        ({"pay_high": None}, "pay_high"),
        ({"pay_high": Decimal(49_000)}, "pay_high"),
        ({"pay_high": Decimal("75000.01")}, "pay_high"),
        ({"currency": ""}, "currency"),
        ({"vacancy": None}, "vacancy"),
        ({"machine": None}, "machine"),
        ({"machine": True}, "machine_words"),
    ],
)
def test_what_hinders(ada, values, field):
    found = posting.problems(actions.draft(ada, scene.acme(), changed(**values)))
    assert field in [each.field for each in found]


def test_remote_work_needs_no_place(ada):
    row = actions.draft(ada, scene.acme(), changed(way="remote", place="", country="", countries=("DE", "FR")))
    assert actions.post(row, by=ada).stands


def test_the_same_post_waits_unless_somebody_was_hired(ada):
    first = actions.post(actions.draft(ada, scene.acme(), WHOLE), by=ada)
    second = actions.draft(ada, scene.acme(), changed(title="DAM engineer"))
    with pytest.raises(Conflict):
        actions.post(second, by=ada)
    actions.close(first, Ended.CALLED_OFF, by=ada)
    with pytest.raises(Conflict):
        actions.post(second, by=ada)
    Opening.objects.filter(pk=first.pk).update(ended=Ended.FILLED)
    assert actions.post(second, by=ada).stands
    elsewhere = actions.draft(ada, scene.acme(), changed(place="Lund"))
    assert actions.post(elsewhere, by=ada).stands


def test_what_hinders_from_above_is_asked(ada, monkeypatch):
    monkeypatch.setattr(posting, "hindrances", [lambda _row: [posting.Problem("Not today.", "title")]])
    row = actions.draft(ada, scene.acme(), WHOLE)
    with pytest.raises(Conflict, match="Not today"):
        actions.post(row, by=ada)


def test_promises_to_readers(ada, monkeypatch):
    row = actions.post(actions.draft(ada, scene.acme(), WHOLE), by=ada)
    for broken in (
        {"pay_low": Decimal(49_999)},
        {"pay_high": Decimal(59_999)},
        {"currency": "SEK"},
        {"period": "month"},
        {"pay_high": Decimal(90_000)},
        {"title": ""},
    ):
        with pytest.raises(Conflict):
            actions.edit(row, changed(**broken), by=ada)
    kept = actions.edit(row, changed(pay_high=Decimal(70_000)), by=ada)
    assert kept.pay_high == 70_000
    assert kept.edited_at is not None
    assert kept.posted_at == row.posted_at
    monkeypatch.setattr(laid, "_applied", lambda keys: dict.fromkeys(keys, 1))
    with pytest.raises(Conflict):
        actions.edit(kept, changed(pay_high=Decimal(70_000), questions=()), by=ada)
    assert Question.objects.filter(opening=row).count() == 2


def test_what_readers_do_not_learn_marks_nothing(ada):
    row = actions.post(actions.draft(ada, scene.acme(), WHOLE), by=ada)
    quiet = details.replace(details.of(row), kept_days=90)
    assert actions.edit(row, quiet, by=ada).edited_at is None


def test_only_who_works_there_openly_posts(cast, ada):
    with pytest.raises(Refusal):
        actions.draft(cast.bo, scene.acme(), WHOLE)
    row = actions.draft(ada, scene.acme(), WHOLE)
    ada.part_audiences.create(part="positions", audience=3)
    with pytest.raises(Refusal):
        actions.post(row, by=ada)


def test_a_clone_is_a_draft_of_its_own(ada, cast):
    row = actions.post(actions.draft(ada, scene.acme(), changed(people=(cast.di.pk,))), by=ada)
    copy = actions.clone(row, by=ada)
    assert (copy.state, copy.vacancy, copy.posted_at) == (State.DRAFT, None, None)
    assert Hidden.objects.filter(opening=copy).count() == 1
    assert copy.questions.count() == 2
    actions.discard(copy, by=ada)
    with pytest.raises(Conflict):
        actions.discard(row, by=ada)


def test_seats(ada, cast):
    row = actions.draft(ada, scene.acme(), WHOLE)
    actions.seat(row, cast.bo, Part.INTERVIEWER, by=ada)
    with pytest.raises(Refusal):
        actions.seat(row, cast.cy, Part.OBSERVER, by=cast.bo)
    for other in (cast.ed, cast.eve, cast.gus):
        with pytest.raises(Conflict):
            actions.seat(row, other, Part.OBSERVER, by=ada)
    with pytest.raises(Conflict):
        actions.unseat(row, ada, by=ada)
    with pytest.raises(Conflict):
        actions.seat(row, ada, Part.OBSERVER, by=ada)
    with pytest.raises(Conflict):
        actions.hand_over(row, cast.bo, by=ada)
    scene.works_at(cast.bo, scene.acme())
    assert actions.hand_over(row, cast.bo, by=ada).poster == cast.bo
    actions.unseat(row, ada, by=ada)
    assert list(row.seats.values_list("member", flat=True)) == [cast.bo.pk]


def test_sweeps_close_what_is_over(ada):
    now = clock.now()
    long_ago = now - timedelta(days=22)
    fresh = scene.led(ada)
    expired = scene.led(ada, expires_at=now)
    stale = scene.led(ada, posted_at=long_ago, reviewed_at=long_ago)
    tasks.expire()
    tasks.expire()
    ended = dict(Opening.objects.values_list("pk", "ended"))
    assert ended == {fresh.pk: "", expired.pk: "expired", stale.pk: "stale"}


def test_nobody_is_left(ada, cast):
    row, page = scene.led(ada), scene.hiring_page(cast)
    tasks.leave()
    assert not Opening.objects.filter(state=State.CLOSED).exists()
    Item.objects.filter(member=ada).update(ended="2024")
    tasks.leave()
    assert list(Opening.objects.filter(ended="left")) == [row]
    Member.objects.filter(page_roles__organization=page.page).update(standing="suspended")
    tasks.leave()
    assert Opening.objects.filter(ended="left").count() == 2


def test_who_posted_is_told_before_it_closes_unread(ada):
    long_ago = clock.now() - timedelta(days=17)
    row = scene.led(ada, posted_at=long_ago, reviewed_at=long_ago)
    scene.led(ada)
    tasks.remind()
    tasks.remind()
    told = ada.notifications.filter(kind="openings.fading")
    assert list(told.values_list("subject", flat=True)) == [row.pk]
    assert "unless you look" in reading.days_words(row)


def test_the_team_hears(ada, cast, hear):
    row = actions.post(actions.draft(ada, scene.acme(), WHOLE), by=ada)
    actions.seat(row, cast.bo, Part.OBSERVER, by=ada)
    hear()
    assert cast.bo.notifications.filter(kind="openings.seated").count() == 1
    actions.close(row, Ended.FILLED, by=ada)
    hear()
    assert cast.bo.notifications.filter(kind="openings.closed").count() == 1
    assert not ada.notifications.filter(kind="openings.closed").exists()


def test_openings_move_with_their_organization(ada):
    row = scene.led(ada)
    other = Organization.objects.create(handle="acme-works", name="Acme Works")
    Hidden.objects.create(opening=row, what="organization", organization=scene.acme(), name="Acme")
    move(scene.acme(), other)
    row.refresh_from_db()
    assert row.organization == other
    assert Hidden.objects.get().organization == other


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("50000", 50_000),
        ("50 000", 50_000),
        ("50,000", 50_000),
        ("50.000", 50_000),
        ("1'200.50", Decimal("1200.50")),
        ("1.200,50", Decimal("1200.50")),
        ("17,5", Decimal("17.50")),
        ("0.99", Decimal("0.99")),
    ],
)
def test_amounts_as_people_write_them(typed, meant):
    assert amount(typed) == meant


@pytest.mark.parametrize("typed", ["", "many", "-5", "1e9", "5..0,", "1,2,3", "٣"])
def test_what_is_no_amount(typed):
    with pytest.raises(ValueError, match="no amount"):
        amount(typed)


def test_lists_cost_the_same_however_long(ada, client_of):
    browser = client_of(ada)
    for path in ("/jobs/mine/", "/organizations/acme/jobs/"):
        rows = iter(range(100))

        def grow(rows=rows, path=path):
            for _each in range(4):
                row = scene.led(ada, title=f"Post {next(rows)} {path}")
                details.keep_skills(row, ["Python"], ["Swedish"])

        grow()
        assert_same_queries(lambda path=path: browser.get(path), grow, lambda path=path: browser.get(path))
