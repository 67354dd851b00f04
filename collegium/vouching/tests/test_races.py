"""What happens at the same moment ends as if one had been first."""

from typing import Any

import pytest

from collegium.audience.viewer import Viewer
from collegium.career import actions as career
from collegium.career.models import Holding
from collegium.journal.models import Entry
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.testing.cast import connect, make_member
from collegium.testing.racing import race
from collegium.vouching import actions
from collegium.vouching.models import Confirmation, Endorsement, Recommendation, RecommendationRequest
from collegium.vouching.tests.scene import job, recommend, shown, skill
from collegium.vouching.together import places

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


@pytest.fixture
def two() -> tuple[Member, Member]:
    """Ada and Bo, connected."""
    ada, bo = make_member("Ada Lindqvist"), make_member("Bo Okafor")
    connect(ada, bo)
    return ada, bo


def settled(outcomes: list[Any]) -> None:
    """Each was done, or answered with a sentence."""
    for each in outcomes:
        assert not isinstance(each, Exception) or isinstance(each, Conflict), repr(each)


def test_endorsing_twice_is_once(two: tuple[Member, Member]) -> None:
    ada, bo = two
    for number in range(ROUNDS):
        holding = skill(ada, f"Skill {number}")
        outcomes = race(*[lambda: actions.endorse(holding, by=bo)] * 3)
        settled(outcomes)
        assert len({row.pk for row in outcomes}) == 1
    assert Endorsement.objects.count() == ROUNDS
    assert Entry.objects.filter(kind="vouching.endorsed").count() == ROUNDS


def test_endorse_and_take_back(two: tuple[Member, Member]) -> None:
    ada, bo = two
    holding = skill(ada)
    for _round in range(ROUNDS):
        settled(race(lambda: actions.endorse(holding, by=bo), lambda: actions.take_back(holding, by=bo)))
        assert Endorsement.objects.count() <= 1
        actions.take_back(holding, by=bo)


def test_approve_and_retract(two: tuple[Member, Member]) -> None:
    ada, bo = two
    for _round in range(ROUNDS):
        words = recommend(bo, ada)
        settled(race(lambda: actions.approve(words, by=ada, version=1), lambda: actions.retract(words, by=bo)))
        assert not Recommendation.objects.exists()


def test_approve_and_edit(two: tuple[Member, Member]) -> None:
    """Nobody approves words she has not read."""
    ada, bo = two
    for _round in range(ROUNDS):
        words = recommend(bo, ada, body="As read.")
        outcomes = race(
            lambda: actions.approve(words, by=ada, version=1),
            lambda: actions.edit(words, by=bo, body="Other.", relationship=words.relationship),
        )
        settled(outcomes)
        left = Recommendation.objects.get()
        first = not isinstance(outcomes[0], Exception)
        assert (left.state, left.body, left.draft) == (
            ("shown", "As read.", "Other.") if first else ("waiting", "Other.", "")
        )
        actions.retract(words, by=bo)


def test_hide_and_edit_of_what_is_shown(two: tuple[Member, Member]) -> None:
    ada, bo = two
    for _round in range(ROUNDS):
        words = shown(bo, ada)
        settled(
            race(
                lambda: actions.put_away(words, by=ada),
                lambda: actions.edit(words, by=bo, body="Other.", relationship=words.relationship),
            )
        )
        left = Recommendation.objects.get()
        assert (left.state, left.body, left.draft) == ("hidden", "Other.", "")
        actions.retract(words, by=bo)


def test_asking_and_writing_twice(two: tuple[Member, Member]) -> None:
    ada, bo = two
    settled(race(*[lambda: actions.ask(ada, bo, note="Please")] * 3))
    assert RecommendationRequest.objects.count() == 1
    settled(race(*[lambda: recommend(bo, ada)] * 3))
    assert Recommendation.objects.count() == 1
    assert RecommendationRequest.objects.get().state == "written"


def test_decline_and_withdraw(two: tuple[Member, Member]) -> None:
    ada, bo = two
    for _round in range(ROUNDS):
        wish = actions.ask(ada, bo)
        settled(race(lambda: actions.decline(wish, by=bo), lambda: actions.withdraw(wish, by=ada)))
        assert RecommendationRequest.objects.get(pk=wish.pk).state == "withdrawn"


def test_both_propose_and_one_ends(two: tuple[Member, Member]) -> None:
    ada, bo = two
    job(ada)
    job(bo)
    (mine,), (his,) = places(Viewer(ada), bo.pk), places(Viewer(bo), ada.pk)
    for _round in range(ROUNDS):
        settled(
            race(
                lambda: actions.propose(ada, bo, mine, since="2019", until=""),
                lambda: actions.propose(bo, ada, his, since="2019", until=""),
            )
        )
        row = Confirmation.objects.with_people().get()
        assert row.confirmed_at is not None
        settled(race(lambda: actions.end(row, by=ada), lambda: actions.end(row, by=bo)))
        assert not Confirmation.objects.exists()


def test_endorse_and_remove_the_skill(two: tuple[Member, Member]) -> None:
    ada, bo = two
    for number in range(ROUNDS):
        holding = skill(ada, f"Skill {number}")
        settled(race(lambda: actions.endorse(holding, by=bo), lambda: career.remove_skill(holding, by=ada)))
        assert not Holding.objects.kept().exists()
        assert not Endorsement.objects.visible_to(Viewer(ada)).exists()


def test_renewing_twice_is_once(two: tuple[Member, Member]) -> None:
    ada, bo = two
    holding = skill(ada)
    for number in range(1, ROUNDS + 1):
        row = actions.endorse(holding, by=bo)
        Endorsement.objects.filter(pk=row.pk).update(said=0)
        settled(race(*[lambda: actions.endorse(holding, by=bo)] * 3))
        assert Entry.objects.filter(kind="vouching.renewed").count() == number
    assert Entry.objects.filter(kind="vouching.endorsed").count() == 1
