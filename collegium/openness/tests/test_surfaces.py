"""Every surface: told where it may be, to whom it is meant for; no other page, list or record knows of it."""

import json

import pytest

from collegium.journal.models import Entry
from collegium.notifications.models import Notification
from collegium.openness import actions, reading
from collegium.openness.models import Audience
from collegium.openness.tests.scene import NAMES, eyes, open_up, set_scene
from collegium.testing.cast import Cast

CANARIES = ("canary-role-71c", "canary-note-5e2")
ELSEWHERE = (
    "/in/ada-lindqvist/cv/",
    "/in/ada-lindqvist/cv/resume.json",
    "/in/ada-lindqvist/card.vcf",
    "/organizations/acme/",
    "/settings/visibility/",
    "/visitors/",
    "/",
    "/search/?q=ada",
    "/search/?q=role-71c",
    "/search/suggestions/?q=ada",
    "/search/mentions/?q=ada",
    "/network/",
    "/network/people/",
    "/network/following/",
    "/notifications/",
    "/in/ada-lindqvist/connections/",
    "/in/ada-lindqvist/posts/",
    "/in/ada-lindqvist/mutual/",
    "/settings/open-to-work/",
    "/settings/workplace/",
)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "ada"])
def test_no_other_page_speaks_of_it(cast: Cast, name: str) -> None:
    set_scene(cast)
    open_up(cast.ada, Audience.EVERYONE)
    browser = cast.client(name)
    for path in ELSEWHERE:
        for head in ({}, {"HX-Request": "true"}):
            page = browser.get(path, headers=head).content.decode()
            assert not any(canary in page for canary in CANARIES), path


def test_the_page_of_the_person_tells_those_it_is_meant_for(cast: Cast) -> None:
    """And nobody else, in no part of it: head, JSON-LD, fragment."""
    set_scene(cast)
    open_up(cast.ada, Audience.EVERYONE)
    actions.exclude_domain(cast.ada, "acme.example")
    for name in NAMES:
        meant = reading.shown_to(eyes(cast, name), cast.ada) is not None
        for head in ({}, {"HX-Request": "true"}):
            page = cast.client(name).get(cast.ada.path, headers=head).content.decode()
            told = any(canary in page for canary in CANARIES)
            assert told == meant, name


def test_nobody_is_notified_and_the_journal_names_nobody(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    set_scene(cast)
    hear()
    before = Notification.objects.count()
    open_up(cast.ada, Audience.EVERYONE)
    made = [
        actions.exclude_person(cast.ada, cast.bo),
        actions.exclude_organization(cast.ada, "Acme Works"),
        actions.exclude_domain(cast.ada, "acme.example"),
    ]
    for row in made:
        actions.include(row, by=cast.ada)
    actions.end(cast.ada)
    actions.reopen(cast.ada)
    actions.hire(cast.ada, True)
    hear()
    assert Notification.objects.count() == before
    entries = Entry.objects.filter(kind__startswith="openness.")
    assert entries.exists()
    for entry in entries:
        assert (entry.actor, entry.subject, entry.data) == (cast.ada.pk, cast.ada.pk, {}), entry.kind
        told = json.dumps([entry.data, entry.subject])
        assert "acme" not in told.lower()
        assert str(cast.bo.pk) not in told
