"""The page: one form, people left out, the end and its undo, what the clock asks."""

from datetime import timedelta

import pytest

from collegium.audience.viewer import Viewer
from collegium.career.models import Item
from collegium.lib import clock
from collegium.lib.refusal import Refusal
from collegium.notifications.models import Notification
from collegium.openness import actions, models, reading, tasks
from collegium.openness.models import Audience, Exclusion, OpenToWork, Recruiter
from collegium.openness.tests.scene import open_up, proved, works
from collegium.organizations.models import Organization
from collegium.testing.cast import Cast, make_member

HERE = "/settings/open-to-work/"
WISHES = {
    "audience": "3",
    "roles": "Curator\n  Archivist \n\nCurator",
    "places": "Delft",
    "ways": ["remote", "on-site"],
    "kinds": ["part-time"],
    "starts": "2031-02",
    "note": "Something with old maps.",
}


def test_it_is_opened_shown_changed_and_ended(cast: Cast) -> None:
    ada, bo = cast.client("ada"), cast.viewer("bo")
    assert "not open to work" in ada.get(HERE).content.decode()
    assert ada.post(HERE, WISHES).status_code == 302
    row = reading.shown_to(bo, cast.ada)
    assert row is not None
    assert (row.roles, row.ways, row.starts) == (["Curator", "Archivist"], ["on-site", "remote"], "2031-02")
    page = ada.get(HERE).content.decode()
    assert "1 member can see it." in page
    assert "Curator\nArchivist" in page
    since = row.since
    ada.post(HERE, WISHES | {"note": "Or new ones."})
    row = OpenToWork.objects.get()
    assert (row.note, row.since) == ("Or new ones.", since)
    page = ada.post(HERE + "end/", follow=True).content.decode()
    assert "reopening" in page
    assert reading.shown_to(bo, cast.ada) is None
    assert "Curator" in page
    ada.post(HERE + "reopening/")
    assert reading.shown_to(bo, cast.ada) is not None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("audience", "7"),
        ("audience", ""),
        ("roles", "\n".join(f"role {n}" for n in range(6))),
        ("roles", "x" * 101),
        ("places", "a\x00b"),
        ("ways", ["on the moon"]),
        ("kinds", ["slavery"]),
        ("starts", "soon"),
        ("starts", "2031-13"),
        ("note", "x" * 301),
    ],
)
def test_nonsense_is_refused_and_kept(cast: Cast, field: str, value: object) -> None:
    page = cast.client("ada").post(HERE, WISHES | {field: value})
    assert page.status_code == 422
    assert "Something with old maps." in page.content.decode() or field == "note"
    assert not OpenToWork.objects.exists()


def test_leaving_out_and_taking_back(cast: Cast) -> None:
    ada = cast.client("ada")
    Organization.objects.create(handle="acme", name="Acme Works", website="https://acme.example/")
    Organization.objects.create(handle="post", name="Post", website="https://gmail.com/")
    for what, value in (
        ("person", "bo okafor"),
        ("person", "@cy-tanaka"),
        ("person", "http://testserver/in/di-varga/"),
        ("organization", "acme works"),
        ("organization", "Post"),
        ("domain", "someone@MÜNCHEN.example"),
    ):
        assert ada.post(HERE + "exclusions/", {"what": what, "value": value}).status_code == 302, value
        assert ada.post(HERE + "exclusions/", {"what": what, "value": value}).status_code == 302, value
    rows = list(Exclusion.objects.order_by("id"))
    assert [row.person_id for row in rows[:3]] == [cast.bo.pk, cast.cy.pk, cast.di.pk]
    assert [row.domain for row in rows[3:]] == ["acme.example", "", "xn--mnchen-3ya.example"]
    page = ada.post(f"{HERE}exclusions/{rows[0].pk}/removal/", follow=True).content.decode()
    undo = f"{HERE}exclusions/?what=person&amp;value=%40bo-okafor"
    assert undo in page
    ada.post(undo.replace("&amp;", "&"))
    assert Exclusion.objects.filter(person=cast.bo).exists()
    assert cast.client("bo").post(f"{HERE}exclusions/{rows[1].pk}/removal/").status_code == 404


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("person", "Ada Lindqvist"),
        ("person", "Eve Marchetti"),
        ("person", "Gus Petrov"),
        ("person", "nobody of this name"),
        ("person", "@"),
        ("domain", "acme"),
        ("domain", "acme.example\r\nBcc: x@y.example"),
        ("domain", "-acme.example"),
        ("domain", "10.0.0.1"),
        ("domain", "x" * 64 + ".example"),
        ("organization", " "),
        ("organization", "x" * 201),
        ("moon", "acme"),
    ],
)
def test_whom_one_cannot_leave_out(cast: Cast, what: str, value: str) -> None:
    assert cast.client("ada").post(HERE + "exclusions/", {"what": what, "value": value}).status_code == 422
    assert not Exclusion.objects.exists()


def test_two_of_one_name_are_shown_to_choose_from(cast: Cast) -> None:
    make_member("Bo Okafor")
    page = cast.client("ada").post(HERE + "exclusions/", {"what": "person", "value": "Bo Okafor"})
    assert page.status_code == 422
    assert page.content.decode().count("Which of them do you mean?") == 1
    assert not Exclusion.objects.exists()
    open_up(cast.ada)
    asked = cast.client("ada").get(HERE + "knowing/", {"who": "Bo Okafor"}).content.decode()
    assert asked.count("Which of them do you mean?") == 1


def test_the_list_has_an_end(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collegium.openness.rules.MOST_EXCLUSIONS", 1)
    ada = cast.client("ada")
    assert ada.post(HERE + "exclusions/", {"what": "domain", "value": "one.example"}).status_code == 302
    assert ada.post(HERE + "exclusions/", {"what": "domain", "value": "two.example"}).status_code == 409


def test_nobody_leaves_out_whom_she_cannot_see(cast: Cast) -> None:
    for other in (cast.eve, cast.gus, cast.ada):
        with pytest.raises(Refusal):
            actions.exclude_person(cast.ada, other)


def test_ones_own_employer_is_offered(cast: Cast) -> None:
    works(cast.ada, "Canary & Sons")
    ada = cast.client("ada")
    assert "Leave out Canary &amp; Sons, where you work" in ada.get(HERE).content.decode()
    ada.post(HERE + "exclusions/", {"what": "organization", "value": "Canary & Sons"})
    assert "Leave out Canary &amp; Sons, where you work" not in ada.get(HERE).content.decode()
    open_up(cast.ada)
    assert reading.shown_to(Viewer(cast.ada), cast.ada) is not None


def test_saying_that_one_hires(cast: Cast) -> None:
    ada = cast.client("ada")
    ada.post(HERE + "hiring/", {"hires": "on"})
    assert "does not count" in ada.get(HERE).content.decode()
    proved(cast.ada, "acme.example")
    assert "your workplace is proved" in ada.get(HERE).content.decode()
    ada.post(HERE + "hiring/")
    assert not Recruiter.objects.exists()


def test_it_is_asked_after_sixty_days_and_ends_after_ninety(cast: Cast, hear, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    open_up(cast.ada, Audience.MEMBERS)
    bo, begun = cast.viewer("bo"), clock.now()

    def after(days: float) -> None:
        monkeypatch.setattr("collegium.lib.clock.now", lambda: begun + timedelta(days=days))
        tasks.sweep()
        tasks.sweep()
        hear()

    after(59)
    assert not Notification.objects.filter(recipient=cast.ada, kind="openness.asked").exists()
    after(60.01)
    assert Notification.objects.filter(recipient=cast.ada, kind="openness.asked").count() == 1
    assert "It is still so" in cast.client("ada").get(HERE).content.decode()
    cast.client("ada").post(HERE + "confirmation/")
    after(149)
    assert reading.shown_to(bo, cast.ada) is not None
    monkeypatch.setattr("collegium.lib.clock.now", lambda: begun + timedelta(days=150.1))
    assert reading.shown_to(bo, cast.ada) is None, "it ends when its time is over, not when the clock comes by"
    after(150.2)
    assert Notification.objects.filter(recipient=cast.ada, kind="openness.ended").count() == 1
    cast.client("ada").post(HERE + "confirmation/")
    assert reading.shown_to(bo, cast.ada) is None
    assert OpenToWork.objects.get().ended_at is not None


def test_an_end_is_taken_back_for_a_day_only(cast: Cast) -> None:
    open_up(cast.ada)
    actions.end(cast.ada)
    OpenToWork.objects.update(ended_at=clock.now() - models.UNDO_WITHIN)
    assert cast.client("ada").post(HERE + "reopening/").status_code == 403


def test_signed_out_people_are_sent_to_sign_in(cast: Cast) -> None:
    for path in ("", "end/", "hiring/", "exclusions/", "knowing/"):
        for method in ("get", "post"):
            answer = getattr(cast.client("nobody"), method)(HERE + path)
            assert answer.status_code in {302, 405}, path


def test_a_person_who_goes_takes_it_along(cast: Cast) -> None:
    open_up(cast.ada)
    works(cast.ada, "Acme")
    actions.exclude_person(cast.ada, cast.bo)
    actions.hire(cast.ada, True)
    cast.bo.user.delete()
    assert not Exclusion.objects.exists()
    cast.ada.user.delete()
    assert not OpenToWork.objects.exists()
    assert not Recruiter.objects.exists()
    assert not Item.objects.exists()


def test_leaving_out_happens_in_place(cast: Cast) -> None:
    """The section alone comes back, so that what is typed in the form above it stays."""
    said = {"what": "person", "value": "@bo-okafor"}
    page = cast.client("ada").post(HERE + "exclusions/", said, headers={"HX-Request": "true"})
    words = page.content.decode()
    assert page.status_code == 200
    assert "Bo Okafor" in words
    assert 'id="left-out"' in words
    assert 'hx-target="#openness-now"' in words
    assert 'name="roles"' not in words
    wrong = cast.client("ada").post(HERE + "exclusions/", said | {"value": "@nobody"}, headers={"HX-Request": "true"})
    assert (wrong.status_code, b'name="roles"' in wrong.content) == (422, False)
