"""Every part tries every action; what happens stands in matrix.toml."""

import tomllib
from pathlib import Path

import pytest

from collegium.career import actions as career
from collegium.career.sections import Section
from collegium.pages import rules
from collegium.pages.models import Offer, Part
from collegium.pages.tests import scene
from collegium.testing.cast import client_of, make_member

pytestmark = pytest.mark.django_db
MATRIX = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())
ROLES = ("super", "content", "recruiter", "analyst", "former", "owner", "stranger", "nobody")


def edit(browser, at):
    said = {"name": at.page.name, "kind": "company", "about": "Otherwise.", "website": at.page.website}
    return browser.post(f"{at.page.path}edit/", said)


def asked(browser, at):
    return browser.post(f"{at.page.path}roles/", {"person": make_member("New Hand").handle, "part": "analyst"})


def retracted(browser, at):
    hand = make_member("Asked Hand")
    Offer.objects.create(member=hand, organization=at.page, part=Part.ANALYST)
    return browser.post(f"{at.page.path}roles/retraction/", {"member": hand.handle, "part": "analyst"})


def taken(browser, at):
    hand = make_member("Old Hand")
    scene.give(at.page, hand, Part.ANALYST, at.super)
    return browser.post(f"{at.page.path}roles/removal/", {"member": hand.handle, "part": "analyst"})


def contested(browser, at):
    hand = make_member("Claimed Hand")
    item = career.add(hand, Section.POSITIONS, title="Diver", organization_name=at.page.name)
    return browser.post(f"{at.page.path}disputes/new/?item={item.pk}", {"words": "Never here."})


def other(browser, at):
    return browser.post(f"{at.page.path}same/", {"other": scene.plain("Dam Works Nordic").path})


ACTIONS = {
    "see the page": lambda browser, at: browser.get(at.page.path),
    "change what it says": edit,
    "take the logo away": lambda browser, at: browser.post(f"{at.page.path}logo/removal/"),
    "see what one does there": lambda browser, at: browser.get(f"{at.page.path}manage/"),
    "see who works there": lambda browser, at: browser.get(f"{at.page.path}roles/"),
    "ask somebody to take a part": asked,
    "take a part away": taken,
    "take back what was asked": retracted,
    "be named as a recruiter": lambda browser, at: browser.post(f"{at.page.path}roles/naming/", {"named": "1"}),
    "read the log": lambda browser, at: browser.get(f"{at.page.path}log/"),
    "see the followers": lambda browser, at: browser.get(f"{at.page.path}followers/"),
    "see what is contested": lambda browser, at: browser.get(f"{at.page.path}disputes/"),
    "contest a position": contested,
    "look at merging": lambda browser, at: browser.get(f"{at.page.path}merge/"),
    "end the page": lambda browser, at: browser.post(f"{at.page.path}closing/", {"words": "A mistake."}),
    "follow": lambda browser, at: browser.post(f"{at.page.path}follow/"),
    "say that it is another record": other,
    "see what waits for owners": lambda browser, at: browser.get("/organizations/register/disputes/"),
}


def heard(response):
    if response.status_code == 302 and response["Location"].startswith("/login"):
        return "sign in"
    if response.status_code == 302 and "login" in response["Location"].partition("?")[0]:
        return "sign in"
    return {200: "yes", 302: "yes", 403: "no"}.get(response.status_code, str(response.status_code))


def test_every_action_is_in_the_matrix():
    assert set(ACTIONS) == set(MATRIX)
    assert all(tuple(row) == ROLES for row in MATRIX.values())


@pytest.mark.parametrize("action", MATRIX)
def test_what_each_part_may(cast, action):
    at = scene.staffed(cast)
    found = {}
    for role in ROLES:
        browser = client_of(None if role == "nobody" else getattr(at, role))
        found[role] = heard(ACTIONS[action](browser, at))
        if action == "end the page" and found[role] == "yes":
            break
    assert found == {role: MATRIX[action][role] for role in found}


def test_what_the_rules_say_to_other_rooms(cast):
    at = scene.staffed(cast)
    table = {
        role: (
            rules.may_speak(getattr(at, role), at.page),
            rules.may_manage(getattr(at, role), at.page),
            rules.may_count(getattr(at, role), at.page),
            [row.pk for row in rules.spoken_for(getattr(at, role))] == [at.page.pk],
        )
        for role in ROLES
        if role != "nobody"
    }
    nothing = (False, False, False, False)
    assert table == {
        "super": (True, True, True, True),
        "content": (True, False, True, True),
        "recruiter": nothing,
        "analyst": (False, False, True, False),
        "former": nothing,
        "owner": nothing,
        "stranger": nothing,
    }
    assert rules.spoken_for(None) == []


def test_parts_mean_nothing_on_what_is_no_page_and_out_of_standing(cast):
    at = scene.staffed(cast)
    at.super.standing = "suspended"
    assert rules.parts(at.super, at.page) == set()
    at.page.page_since = None
    at.page.save()
    assert rules.parts(at.content, at.page) == set()
    assert rules.spoken_for(at.content) == []
