"""Whoever is removed reads what somebody reads who was never connected; so does whoever is muted, tagged or noted."""

from typing import Any

import pytest
from django.test import Client

from collegium.contacts.actions import changes, notes, shelves
from collegium.contacts.models import Tag
from collegium.contacts.tests.reading import read
from collegium.feed import actions as feed
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.network.models import Parting
from collegium.network.partings import part
from collegium.notifications.models import Notification
from collegium.testing.cast import client_of, connect, make_member
from collegium.ties.models import Circle

ABOUT = (
    "/in/{handle}/",
    "/in/{handle}/posts/",
    "/in/{handle}/connections/",
    "/in/{handle}/mutual/",
    "/network/with/{handle}/",
    "/network/with/{handle}/invitation/",
    "/search/?q={handle}",
    "/search/suggestions/?q={handle}",
)
OWN = (
    "/",
    "/network/",
    "/network/sent/",
    "/network/people/",
    "/network/people/changes/",
    "/network/partings/",
    "/network/following/",
    "/network/followers/",
    "/network/badge/",
    "/notifications/",
    "/visitors/",
)


def page(browser: Client, address: str, person: Member) -> str:
    """What is read there, the person's name and handle left out."""
    words = read(browser.get(address.format(handle=person.handle)))
    return words.replace(person.name, "NAME").replace(person.handle, "HANDLE").replace(person.name.split()[0], "FIRST")


def two(bo: Member) -> tuple[Member, Member]:
    """Two people alike, one of whom was connected with Bo and removed him."""
    removed, never = make_member("Kim Lund"), make_member("Kai Lohm")
    for person in (removed, never):
        friend = make_member(f"Friend {person.name}")
        connect(person, friend)
        for audience in (1, 2, 3, 4):
            feed.post(person, f"Audience {audience}.", audience=audience)
    connect(removed, bo)
    return removed, never


@pytest.mark.parametrize("wish", ["", "withdraw_words", "unfollow", "drop_followers"])
def test_removed_and_never_connected_read_alike(db: None, hear: Any, wish: str) -> None:
    bo = make_member("Bo Okafor")
    removed, never = two(bo)
    hear()
    browser = client_of(bo)
    assert "Audience 3." in browser.get(f"/in/{removed.handle}/posts/", headers={"HX-Request": "true"}).text
    assert part.part(removed, [bo], **({wish: True} if wish else {}))
    hear()
    for address in ABOUT:
        assert page(browser, address, removed) == page(browser, address, never), address
    for address in OWN:
        words = read(browser.get(address))
        assert removed.name not in words, address
        assert never.name not in words, address
    shown = browser.get("/notifications/").text
    assert removed.handle not in shown
    assert Notification.objects.filter(recipient=bo).exclude(kind="network.connected").count() == 0


def test_undoing_tells_nobody_either(db: None, hear: Any) -> None:
    bo = make_member("Bo Okafor")
    removed, _never = two(bo)
    hear()
    told = list(Notification.objects.filter(recipient=bo).order_by("pk").values("pk", "kind", "read_at"))
    parting = part.part(removed, [bo])
    assert isinstance(parting, Parting)
    hear()
    part.restore(parting, by=removed)
    hear()
    assert told == list(Notification.objects.filter(recipient=bo).order_by("pk").values("pk", "kind", "read_at"))


def test_what_is_kept_about_somebody_changes_nothing_they_read(db: None, hear: Any) -> None:
    bo, ada = make_member("Bo Okafor"), make_member("Ada Lindqvist")
    connect(bo, ada)
    network.follow(bo, ada)
    feed.post(ada, "Seals fail.", audience=3)
    hear()
    browser = client_of(bo)
    browser.get("/")  # the second time one has seen the posts
    before = [page(browser, address, ada) for address in (*ABOUT, *OWN)]
    shelves.put_on(shelves.found(Tag, ada, "Tedious"), [bo.pk], by=ada)
    shelves.put_on(shelves.found(Circle, ada, "Close"), [bo.pk], by=ada)
    notes.note(ada, bo, "Talks too much.")
    assert changes.keep_at(ada, [bo], 1)
    hear()
    assert before == [page(browser, address, ada) for address in (*ABOUT, *OWN)]
