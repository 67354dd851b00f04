"""Who hears of what, who does not, and that hearing twice is hearing once."""

from collections.abc import Callable

import pytest

from collegium.audience.viewer import Viewer
from collegium.career import actions as career
from collegium.journal.models import Entry
from collegium.journal.tasks import tell
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications import actions as news
from collegium.notifications import kinds, reading
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast
from collegium.vouching import actions
from collegium.vouching.tests.scene import befriend_everybody, job, recommend, skill
from collegium.vouching.together import places

Hear = Callable[[], None]


def said(member: Member) -> list[str]:
    """What of this room stands in somebody's news, as she reads it."""
    rows = reading.page(Viewer(member)).rows
    told = [kinds.of(row.kind).phrase(row) for row in rows if row.kind.startswith("vouching.")]
    return [each.replace('<b class="name"><bdi>', "").replace("</bdi></b>", "") for each in told]


def twice() -> None:
    """Everything is heard once more."""
    for key in Entry.objects.filter(kind__startswith="vouching.").order_by("pk").values_list("pk", flat=True):
        tell(entry=key)


def test_endorsements_fold(cast: Cast, hear: Hear) -> None:
    befriend_everybody(cast)
    holding = skill(cast.ada)
    for giver in (cast.bo, cast.cy, cast.di):
        actions.endorse(holding, by=giver)
        hear()
    assert said(cast.ada) == ["Di Varga and 2 others endorsed your Python"]
    before = list(Notification.objects.values_list("pk", flat=True))
    twice()
    assert said(cast.ada) == ["Di Varga and 2 others endorsed your Python"]
    assert list(Notification.objects.values_list("pk", flat=True)) == before
    actions.take_back(holding, by=cast.di)
    hear()
    assert said(cast.ada) == ["Cy Tanaka and 1 other endorsed your Python"]
    network.disconnect(cast.ada, cast.cy)
    hear()
    assert said(cast.ada) == ["Bo Okafor endorsed your Python"]
    network.block(cast.ada, cast.bo)
    hear()
    assert said(cast.ada) == []
    assert not Notification.objects.filter(kind="vouching.endorsed").exists()


def test_what_was_read_is_not_told_again(cast: Cast, hear: Hear) -> None:
    befriend_everybody(cast)
    holding = skill(cast.ada)
    actions.endorse(holding, by=cast.bo)
    hear()
    news.read_all(cast.ada, until=2**62)
    actions.endorse(holding, by=cast.cy)
    hear()
    assert said(cast.ada) == ["Cy Tanaka endorsed your Python"]
    news.read_all(cast.ada, until=2**62)
    actions.take_back(holding, by=cast.cy)
    hear()
    assert said(cast.ada) == []


def test_a_hidden_endorsement_or_a_removed_skill_is_not_told(cast: Cast, hear: Hear) -> None:
    holding = skill(cast.ada)
    row = actions.endorse(holding, by=cast.bo)
    hear()
    actions.hide(row, by=cast.ada)
    assert said(cast.ada) == []
    actions.show(row, by=cast.ada)
    assert said(cast.ada) == ["Bo Okafor endorsed your Python"]
    career.remove_skill(holding, by=cast.ada)
    assert said(cast.ada) == []
    twice()
    assert not Notification.objects.filter(kind="vouching.endorsed").exists()


def test_a_recommendation_and_its_answers(cast: Cast, hear: Hear) -> None:
    wish = actions.ask(cast.ada, cast.bo, note="About the launch?")
    hear()
    assert said(cast.bo) == ["Ada Lindqvist asks you for a recommendation: <q><bdi>About the launch?</bdi></q>"]
    words = recommend(cast.bo, cast.ada, body="Good work.")
    hear()
    assert said(cast.bo) == []
    assert said(cast.ada) == ["Bo Okafor wrote a recommendation for you: <q><bdi>Good work.</bdi></q>"]
    actions.send_back(words, by=cast.ada, remark="Which work?", version=1)
    hear()
    assert said(cast.bo) == ["Ada Lindqvist asks for a change of your recommendation: <q><bdi>Which work?</bdi></q>"]
    actions.edit(words, by=cast.bo, body="The launch.", relationship=words.relationship)
    hear()
    assert said(cast.ada)[0] == "Bo Okafor changed the recommendation for you: <q><bdi>The launch.</bdi></q>"
    actions.approve(words, by=cast.ada, version=2)
    hear()
    assert said(cast.bo)[0].strip() == "Ada Lindqvist shows your recommendation"
    counts = (len(said(cast.ada)), len(said(cast.bo)))
    twice()
    assert (len(said(cast.ada)), len(said(cast.bo))) == counts
    actions.retract(words, by=cast.bo)
    hear()
    assert (said(cast.ada), said(cast.bo)) == ([], [])
    assert not Notification.objects.filter(kind__startswith="vouching.").exclude(subject=wish.pk).exists()


SILENT: dict[str, Callable[[Cast], object]] = {
    "declined": lambda cast: actions.decline(actions.ask(cast.ada, cast.bo), by=cast.bo),
    "hidden": lambda cast: actions.put_away(recommend(cast.bo, cast.ada), by=cast.ada),
    "edited while hidden": lambda cast: actions.edit(
        actions.put_away(recommend(cast.bo, cast.ada), by=cast.ada), by=cast.bo, body="More.", relationship="team"
    ),
    "withdrawn": lambda cast: actions.withdraw(actions.ask(cast.ada, cast.bo), by=cast.ada),
    "ended": lambda cast: actions.end(proposed(cast), by=cast.ada),
    "an endorsement hidden": lambda cast: actions.hide(actions.endorse(skill(cast.ada), by=cast.bo), by=cast.ada),
}


def proposed(cast: Cast):  # type: ignore[no-untyped-def]
    job(cast.ada)
    job(cast.bo)
    (where,) = places(cast.viewer("ada"), cast.bo.pk)
    return actions.propose(cast.ada, cast.bo, where, since="2019", until="")


@pytest.mark.parametrize("name", SILENT)
def test_these_are_told_to_nobody(cast: Cast, name: str, hear: Hear) -> None:
    """Where a quiet thing follows at once, neither it nor what it undid is told."""
    SILENT[name](cast)
    hear()
    assert (said(cast.ada), said(cast.bo)) == ([], [])


def test_a_reminder_of_what_was_declined_does_not_arrive(
    cast: Cast, hear: Hear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collegium.vouching.rules.hindrance_to_reminding", lambda wish: None)
    wish = actions.ask(cast.ada, cast.bo)
    actions.remind(wish, by=cast.ada)
    hear()
    assert said(cast.bo)[0].strip() == "Ada Lindqvist reminds you of a recommendation"
    actions.decline(wish, by=cast.bo)
    actions.remind(wish, by=cast.ada)
    hear()
    assert said(cast.bo) == []


def test_worked_together(cast: Cast, hear: Hear) -> None:
    row = proposed(cast)
    hear()
    assert said(cast.bo) == ["Ada Lindqvist asks you to confirm that you worked together at <bdi>Initech</bdi>"]
    actions.confirm(row, by=cast.bo)
    hear()
    assert said(cast.bo) == []
    assert said(cast.ada) == ["Bo Okafor confirms that you worked together at <bdi>Initech</bdi>"]
    actions.end(row, by=cast.bo)
    hear()
    assert said(cast.ada) == []


def test_opening_leads_to_a_page(cast: Cast, hear: Hear) -> None:
    actions.endorse(skill(cast.ada), by=cast.bo)
    recommend(cast.bo, cast.ada)
    actions.ask(cast.bo, cast.ada)
    hear()
    browser = cast.client("ada")
    rows = Notification.objects.filter(recipient=cast.ada, kind__startswith="vouching.")
    assert len(rows) == 3
    for row in rows:
        opened = browser.get(row.path, follow=True)
        assert opened.status_code == 200
        assert opened.redirect_chain[-1][0].startswith("/vouching/")
