"""Who looked: noted in memory, written together, shown as far as both show themselves."""

from datetime import timedelta

import pytest

from collegium.audience.viewer import NOBODY, Viewer
from collegium.lib import clock
from collegium.lib.refusal import Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.testing.cast import make_member
from collegium.testing.fixtures import assert_same_queries
from collegium.visits import actions, log, reading
from collegium.visits.models import Mode, Showing, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_waits():
    log._waiting.clear()
    yield
    log._waiting.clear()


def visit(visitor: Member, owner: Member, days_ago: int = 0) -> None:
    """Look at a profile, some days ago; written at once."""
    log.saw(Viewer(visitor), owner)
    if days_ago:
        past = clock.now() - timedelta(days=days_ago)
        log._waiting.clear()
        log._waiting[owner.pk, visitor.pk, past.date()] = past
    log.write()


def choose(member: Member, mode: Mode, days_ago: int = 0) -> None:
    actions.choose(member, mode)
    Showing.objects.filter(member=member).update(since=clock.now() - timedelta(days=days_ago))


def seen(cast, owner: str = "ada") -> tuple[list[str], int]:
    """The names the owner reads, and the number of people."""
    found = reading.visitors(cast.viewer(owner))
    return [person.name for person, _standing, _day in found.named], found.total


def test_opening_a_profile_writes_nothing(cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        log.saw(Viewer(cast.bo), cast.ada)
    assert not Visit.objects.exists()
    log.saw(Viewer(cast.bo), cast.ada)
    with django_assert_num_queries(1):
        assert log.write() == 1
    assert log.write() == 0


def test_oneself_and_nobody_are_not_noted(cast) -> None:
    log.saw(Viewer(cast.ada), cast.ada)
    log.saw(NOBODY, cast.ada)
    assert log.write() == 0


def test_one_row_a_day_however_often(cast) -> None:
    for _time in range(3):
        visit(cast.bo, cast.ada)
    assert Visit.objects.count() == 1


# (Ada's mode, Bo's mode) → (is Bo named, is somebody counted)
MODES = {
    (Mode.NAMED, Mode.NAMED): (True, 1),
    (Mode.NAMED, Mode.SEMI): (False, 1),
    (Mode.NAMED, Mode.PRIVATE): (False, 0),
    (Mode.SEMI, Mode.NAMED): (False, 1),
    (Mode.SEMI, Mode.SEMI): (False, 1),
    (Mode.SEMI, Mode.PRIVATE): (False, 0),
    (Mode.PRIVATE, Mode.NAMED): (False, 0),
    (Mode.PRIVATE, Mode.SEMI): (False, 0),
    (Mode.PRIVATE, Mode.PRIVATE): (False, 0),
}


@pytest.mark.parametrize(("mine", "theirs"), MODES)
def test_each_sees_at_most_what_she_shows(cast, mine, theirs) -> None:
    choose(cast.ada, mine, days_ago=10)
    choose(cast.bo, theirs, days_ago=10)
    visit(cast.bo, cast.ada)
    named, total = MODES[mine, theirs]
    assert seen(cast) == (["Bo Okafor"] if named else [], total)


def test_a_private_visit_leaves_no_row_and_no_later_choice_makes_one(cast) -> None:
    choose(cast.ada, Mode.NAMED, days_ago=10)
    actions.choose(cast.bo, Mode.PRIVATE)
    visit(cast.bo, cast.ada)
    assert not Visit.objects.exists()
    actions.choose(cast.bo, Mode.NAMED)
    assert seen(cast) == ([], 0)


def test_showing_less_holds_for_earlier_visits_at_once(cast) -> None:
    for member in (cast.ada, cast.bo):
        choose(member, Mode.NAMED, days_ago=10)
    visit(cast.bo, cast.ada)
    assert seen(cast) == (["Bo Okafor"], 1)
    actions.choose(cast.bo, Mode.SEMI)
    assert seen(cast) == ([], 1)
    actions.choose(cast.bo, Mode.PRIVATE)
    assert seen(cast) == ([], 0)
    actions.choose(cast.bo, Mode.NAMED)
    assert seen(cast) == ([], 0)


def test_showing_more_opens_nothing_that_was_closed(cast) -> None:
    choose(cast.bo, Mode.NAMED, days_ago=30)
    choose(cast.ada, Mode.SEMI, days_ago=20)
    visit(cast.bo, cast.ada, days_ago=1)
    actions.choose(cast.ada, Mode.NAMED)
    assert seen(cast) == ([], 1)
    visit(cast.bo, cast.ada)
    assert seen(cast) == (["Bo Okafor"], 1)


def test_a_mode_chosen_between_the_visit_and_its_writing_counts_when_it_shows_less(cast) -> None:
    choose(cast.ada, Mode.NAMED, days_ago=10)
    choose(cast.bo, Mode.PRIVATE, days_ago=10)
    log.saw(Viewer(cast.bo), cast.ada)
    actions.choose(cast.bo, Mode.NAMED)
    assert log.write() == 0


def test_the_blocked_the_suspended_and_the_gone_were_never_there(cast) -> None:
    choose(cast.ada, Mode.NAMED, days_ago=10)
    for name in ("bo", "ed", "eve", "gus", "di"):
        if name != "gus":
            choose(getattr(cast, name), Mode.NAMED, days_ago=10)
        visit(getattr(cast, name), cast.ada)
    assert sorted(seen(cast)[0]) == ["Bo Okafor", "Di Varga"]
    assert seen(cast)[1] == 2
    network.block(cast.di, cast.ada)
    assert seen(cast) == (["Bo Okafor"], 1)
    log.saw(Viewer(cast.cy), cast.ada)
    Member.objects.filter(pk=cast.cy.pk).delete()
    assert log.write() == 0


def test_somebody_whose_page_the_owner_may_not_open_is_not_named(cast) -> None:
    choose(cast.ada, Mode.NAMED, days_ago=10)
    choose(cast.di, Mode.NAMED, days_ago=10)
    Member.objects.filter(pk=cast.di.pk).update(visibility=Member.Visibility.HIDDEN)
    visit(cast.di, cast.ada)
    assert seen(cast) == ([], 1)


def test_nobody_reads_the_visits_of_others(cast) -> None:
    visit(cast.bo, cast.ada)
    for name in cast.names:
        assert Visit.objects.visible_to(cast.viewer(name)).exists() == (name == "ada")


def test_the_page_tells_by_name_or_by_week(cast) -> None:
    choose(cast.ada, Mode.NAMED, days_ago=10)
    choose(cast.bo, Mode.NAMED, days_ago=10)
    for visitor in (cast.bo, cast.cy, cast.di):
        visit(visitor, cast.ada)
    page = cast.client("ada").get("/visitors/").content.decode()
    assert "Bo Okafor" in page
    assert "Cy Tanaka" not in page
    assert "1 in your network · 1 further away" in page
    assert cast.client("nobody").get("/visitors/").status_code == 302
    assert "Bo Okafor" not in cast.client("cy").get("/visitors/").content.decode()


def test_choosing_on_the_page(cast) -> None:
    browser = cast.client("ada")
    assert browser.post("/visitors/mode/", {"mode": "0"}).status_code == 302
    assert actions.mode_of(cast.ada) == Mode.PRIVATE
    assert "You leave no trace" in browser.get("/visitors/").content.decode()
    assert browser.post("/visitors/mode/", {"mode": "7"}).status_code == 422
    assert browser.post("/visitors/mode/", {"mode": "٢"}).status_code == 422
    assert actions.mode_of(cast.ada) == Mode.PRIVATE
    with pytest.raises(Refusal):
        actions.choose(cast.gus, Mode.NAMED)


def test_old_visits_are_swept(cast) -> None:
    visit(cast.bo, cast.ada, days_ago=91)
    visit(cast.cy, cast.ada, days_ago=89)
    assert reading.sweep() == 1
    assert Visit.objects.get().visitor == cast.cy


def test_the_page_asks_as_often_for_many_as_for_few(cast) -> None:
    choose(cast.ada, Mode.NAMED, days_ago=10)

    def page() -> None:
        assert cast.client("ada").get("/visitors/").status_code == 200

    def more() -> None:
        for number in range(12):
            member = make_member(f"Visitor {number}")
            choose(member, Mode.NAMED, days_ago=10)
            visit(member, cast.ada)

    choose(cast.bo, Mode.NAMED, days_ago=10)
    visit(cast.bo, cast.ada)
    assert_same_queries(page, more, page)


def test_no_more_visits_are_read_than_anybody_could_read(cast, monkeypatch) -> None:
    monkeypatch.setattr(reading, "MOST_VISITS", 2)
    for visitor in (cast.bo, cast.cy, cast.di):
        visit(visitor, cast.ada)
    assert reading.visitors(cast.viewer("ada")).total == 2
