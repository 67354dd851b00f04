"""The order of suggestions that is kept: when it is drawn again, and that nothing is ever said from it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.career import actions as career
from collegium.career.models import PartAudience
from collegium.career.sections import Part, Section
from collegium.graph.tests import networks
from collegium.lib import clock
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions
from collegium.network.models import Ranked
from collegium.network.suggestions import actions as verbs
from collegium.network.suggestions import kept, ranking, suggesting
from collegium.network.suggestions.suggesting import Suggestion, suggest
from collegium.testing.cast import Cast, connect, make_member
from collegium.ties.models import Connection, Distance

often = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Whose order was drawn, a key for each time."""
    times: list[int] = []
    draw = ranking.draw

    def counted(viewer: Viewer, view: Any) -> ranking.Ranking:
        times.append(viewer.id)
        return draw(viewer, view)

    monkeypatch.setattr(ranking, "draw", counted)
    return times


def ask(cast: Cast) -> list[Suggestion]:
    """What Ada's page shows."""
    return suggesting.page(Viewer(Member.objects.get(pk=cast.ada.pk))).suggestions


def told(found: list[Suggestion]) -> list[tuple[str, float, list[str]]]:
    return [(each.person.name, each.score, [reason.words for reason in each.reasons]) for each in found]


@pytest.mark.django_db
@often
@given(networks.networks)
def test_a_page_says_what_an_answer_worked_out_anew_says(network: dict[str, Any]) -> None:
    with transaction.atomic():
        keys = networks.make(network)
        for member in Member.objects.active().filter(pk__in=keys):
            viewer = Viewer(member)
            anew = told(suggest(viewer))
            assert told(suggesting.page(viewer).suggestions) == anew
            assert told(suggesting.page(viewer).suggestions) == anew, "and once more from what is kept"
        transaction.set_rollback(True)


def test_it_is_drawn_once(cast: Cast, drawn: list[int]) -> None:
    assert told(ask(cast)) == told(ask(cast)) == told(suggest(cast.viewer("ada")))
    assert drawn == [cast.ada.pk] * 2, "once for the pages, once for the answer worked out anew"


def _career(cast: Cast) -> None:
    career.add(cast.ada, Section.INTERESTS, title="Tides")


def _place(cast: Cast) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(place="Delft")


def _tie(cast: Cast) -> None:
    connect(cast.ada, cast.di)


def _follow(cast: Cast) -> None:
    actions.follow(cast.ada, cast.di)


def _wait(cast: Cast) -> None:
    Ranked.objects.update(drawn_at=clock.now() - kept.KEPT_FOR - timedelta(seconds=1))


@pytest.mark.parametrize("change", [_career, _place, _tie, _follow, _wait])
def test_it_is_drawn_again_after(cast: Cast, drawn: list[int], change: Callable[[Cast], None]) -> None:
    ask(cast)
    ask(cast)
    assert len(drawn) == 1
    change(cast)
    ask(cast)
    ask(cast)
    assert len(drawn) == 2


def test_what_others_do_does_not_draw_it_again(cast: Cast, drawn: list[int]) -> None:
    ask(cast)
    career.add(cast.di, Section.INTERESTS, title="Tides")
    connect(cast.di, cast.bo)
    ask(cast)
    assert len(drawn) == 1


def _hides(cast: Cast) -> None:
    Member.objects.filter(pk=cast.cy.pk).update(visibility=Level.CONNECTIONS)


def _blocks(cast: Cast) -> None:
    actions.block(cast.cy, cast.ada)


def _suspended(cast: Cast) -> None:
    members.suspend(cast.cy, by=None)


def _shut(cast: Cast) -> None:
    Member.objects.filter(pk__in=[cast.bo.pk, cast.cy.pk]).update(connections_audience=Level.ONLY_ME)


def _part(cast: Cast) -> None:
    Connection.objects.between(cast.bo, cast.cy).delete()


def _dismissed(cast: Cast) -> None:
    verbs.dismiss(cast.ada, cast.cy)


def _kept_away(cast: Cast) -> None:
    Distance.objects.create(member=cast.ada, other=cast.cy, rung=Distance.Rung.MUTED)


@pytest.mark.parametrize("change", [_hides, _blocks, _suspended, _shut, _part, _dismissed, _kept_away])
def test_a_right_that_ends_ends_on_the_next_page(cast: Cast, change: Callable[[Cast], None]) -> None:
    assert [each.person for each in ask(cast)] == [cast.cy]
    order = Ranked.objects.get().keys
    change(cast)
    Ranked.objects.update(connection_count=Member.objects.get(pk=cast.ada.pk).connection_count)
    assert ask(cast) == []
    assert Ranked.objects.get().keys == order, "the order was not drawn again: it was judged"


def _reasons(cast: Cast) -> list[str]:
    return [reason.words for each in ask(cast) if each.person == cast.cy for reason in each.reasons]


def test_where_somebody_leads_is_read_again(cast: Cast, drawn: list[int]) -> None:
    Member.objects.filter(pk=cast.cy.pk).update(place="Lisbon")
    assert "Lives in Lisbon, where you know nobody yet" in _reasons(cast)
    Member.objects.filter(pk=cast.cy.pk).update(place="Porto")
    assert _reasons(cast) == ["You both know Bo Okafor"]
    assert len(drawn) == 1


def test_through_whom_somebody_leads_is_read_again(cast: Cast, drawn: list[int]) -> None:
    friends = [make_member(f"Friend {number}", place="Porto") for number in range(3)]
    for friend in friends:
        connect(friend, cast.cy)
    there = "Knows people in Porto, where you know nobody yet"
    assert there in _reasons(cast)
    Member.objects.filter(pk=friends[0].pk).update(visibility=Level.ONLY_ME)
    assert there in _reasons(cast), "two are left"
    Connection.objects.between(friends[1], cast.cy).delete()
    assert there not in _reasons(cast)
    assert len(drawn) == 1


def test_at_which_body_somebody_works_is_read_again(cast: Cast, drawn: list[int]) -> None:
    career.add(cast.cy, Section.POSITIONS, organization_name="Hooli", title="Engineer", started="2020")
    assert "Works at Hooli, where you know nobody yet" in _reasons(cast)
    PartAudience.objects.create(member=cast.cy, part=Part.POSITIONS, audience=Level.CONNECTIONS)
    assert _reasons(cast) == ["You both know Bo Okafor"]
    assert len(drawn) == 1


def test_the_pages_go_on_though_people_leave(cast: Cast) -> None:
    people = [make_member(f"Person {number}") for number in range(12)]
    for person in people:
        connect(person, cast.bo)
    viewer = cast.viewer("ada")
    first = suggesting.page(viewer, "", 5)
    whole = [each.person.pk for each in suggest(viewer, 99)]
    Member.objects.filter(pk__in=whole[5:9]).update(visibility=Level.ONLY_ME)
    second = suggesting.page(viewer, first.older, 5)
    assert [each.person.pk for each in second.suggestions] == whole[9:]
    assert second.older == ""
