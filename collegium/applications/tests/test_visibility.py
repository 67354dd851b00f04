"""Who reads an application: its applicant here, those who hire in `hiring`, and nobody else."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client

from collegium.applications import actions
from collegium.applications.models import Application, Cv
from collegium.applications.tests import scene
from collegium.audience.viewer import NOBODY, Viewer
from collegium.career.models import Item
from collegium.members.models import Member
from collegium.openings.models import Hidden, Opening, Part, Seat
from collegium.openings.tests import scene as openings
from collegium.referrals.models import Referral
from collegium.testing.cast import Cast, client_of, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def play(cast: Cast) -> SimpleNamespace:
    """Di applies to an opening of a page, with everybody around whom it might reach."""
    made = openings.hiring_page(cast)
    row = made.opening
    own = openings.acme()
    openings.works_at(cast.di, own)
    colleague, rival, exteam, hidden, referrer = map(
        make_member, ("Colleague Coy", "Rival Roe", "Ex Team", "Hidden Hugo", "Referrer Rae")
    )
    openings.works_at(colleague, own)
    openings.works_at(referrer, made.page)
    Seat.objects.create(opening=row, member=exteam, part=Part.INTERVIEWER)
    Seat.objects.filter(member=exteam).delete()
    Hidden.objects.create(opening=row, what="person", person=hidden)
    Opening.objects.filter(pk=row.pk).update(members_only=True)
    Referral.objects.create(opening=row, asker=cast.di, referrer=referrer, state=0)
    made.application = scene.application(row, cast.di, cv=scene.cv(cast.di))
    made.rivals = scene.application(row, rival)
    made.people = {name: getattr(cast, name) for name in cast.names if name != "nobody"} | {
        "colleague": colleague,
        "rival": rival,
        "exteam": exteam,
        "hidden": hidden,
        "referrer": referrer,
        "recruiter": made.recruiter,
        "interviewer": made.interviewer,
        "observer": made.observer,
    }
    return made


def _status(member: Member | None, path: str) -> int:
    return client_of(member).get(path).status_code


def test_the_rule(play: SimpleNamespace) -> None:
    readers = {
        name
        for name, person in play.people.items()
        if Application.objects.visible_to(Viewer(person)).filter(pk=play.application.pk).exists()
    }
    assert readers >= {"di", "recruiter", "interviewer", "observer"}
    assert not readers & {
        "bo",
        "cy",
        "ed",
        "eve",
        "flo",
        "hal",
        "gus",
        "colleague",
        "rival",
        "exteam",
        "hidden",
        "referrer",
    }
    assert not Application.objects.visible_to(NOBODY).exists()


def test_the_pages_are_the_applicant_s_alone(play: SimpleNamespace) -> None:
    row = play.application
    cv = Cv.objects.get(member=row.applicant)
    paths = [row.path, f"{row.path}cv/", f"{row.path}withdrawal/", f"{row.path}erasure/", f"/applications/cvs/{cv.pk}/"]
    for name, person in play.people.items():
        found = {_status(person, path) for path in paths}
        assert found == ({200} if name == "di" else {302} if name == "gus" else {404}), name
    assert {_status(None, path) for path in paths} == {302}


def test_the_file_is_only_ever_kept(play: SimpleNamespace) -> None:
    client = client_of(play.application.applicant)
    path = f"{play.application.path}cv/"
    answer = client.get(path)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    part = client.get(path, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"%PDF")


def test_others_do_not_learn_that_she_applied(play: SimpleNamespace) -> None:
    """Pages of others say the same while she has applied and when she has not."""
    places = ["/", play.opening.path, f"/in/{play.application.applicant.handle}/", "/notifications/", "/applications/"]
    watchers = [play.people[name] for name in ("cy", "flo", "colleague", "rival", "referrer")]

    def seen() -> list[bytes]:
        return [_still(client_of(person).get(path)) for person in watchers for path in places]

    before = seen()
    Application.objects.filter(pk=play.application.pk).delete()
    after = seen()
    for one, other in zip(before, after, strict=True):
        assert one.splitlines() == other.splitlines()


FRESH = re.compile(rb'(csrfmiddlewaretoken" value=|X-CSRFToken": |nonce=|data-session=|form_key" value=)"[^"]*"')


def _still(answer: object) -> bytes:
    """A page without what differs each time."""
    content: bytes = getattr(answer, "content", b"")
    return re.sub(rb"\d{4}-\d\d-\d\dT[\d:.+]+", b"", FRESH.sub(b"", content))


def test_who_applied_may_not_apply_again_and_the_team_may_not_at_all(play: SimpleNamespace) -> None:
    path = f"{play.opening.path}apply/"
    wanted = {"di": 302, "rival": 302, "recruiter": 403, "observer": 403, "interviewer": 403, "hidden": 404, "bo": 200}
    assert {name: _status(play.people[name], path) for name in wanted} == wanted
    assert _status(None, path) == 302


def test_what_is_erased_is_nobody_s(play: SimpleNamespace) -> None:
    row = actions.withdraw(play.application, by=play.application.applicant)
    owner = row.applicant
    assert owner is not None
    actions.erase(row, by=owner)
    assert _status(owner, row.path) == 404


def test_a_suspension_ends_access_at_once(play: SimpleNamespace) -> None:
    owner = play.application.applicant
    client: Client = client_of(owner)
    Member.objects.filter(pk=owner.pk).update(standing="suspended")
    assert client.get(play.application.path).status_code == 302
    assert Item.objects.filter(member=owner).exists()
