"""Every part tries every action; what happens stands in matrix.toml."""

import tomllib
from pathlib import Path

import pytest

from collegium.lib import clock
from collegium.openings.models import Ended, Opening, Part, State
from collegium.openings.tests import scene
from collegium.pages.models import Part as PagePart
from collegium.pages.tests import scene as pages
from collegium.testing.cast import client_of, make_member

pytestmark = pytest.mark.django_db
MATRIX = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())
ROLES = ("super", "content", "recruiter", "analyst", "former", "interviewer", "observer", "stranger", "nobody")


def drafted(at):
    blank = {"state": State.DRAFT, "posted_at": None, "expires_at": None, "reviewed_at": None}
    Opening.objects.filter(pk=at.opening.pk).update(**blank)
    return at.opening.path


def over(browser, at):
    Opening.objects.filter(pk=at.opening.pk).update(state=State.CLOSED, closed_at=clock.now(), ended=Ended.FILLED)
    return browser.get(at.opening.path)


def handed(browser, at):
    other = make_member("Other Recruiter")
    pages.give(at.page, other, PagePart.RECRUITER, at.super)
    return browser.post(f"{at.opening.path}team/{other.handle}/handing/")


def taken(browser, at):
    hand = scene.seated(at.opening, make_member("Old Hand"), Part.OBSERVER)
    return browser.post(f"{at.opening.path}team/{hand.handle}/removal/")


def asked(browser, at):
    hand = make_member("New Hand", visibility=1)
    return browser.post(f"{at.opening.path}team/", {"person": f"@{hand.handle}", "part": "1"})


SHEET = {"title": "Engineer", "source": "Dams.", "way": "on-site", "place": "Uppsala", "country": "SE"} | {
    "kind": "full-time",
    "seniority": "3",
    "pay_low": "50000",
    "pay_high": "60000",
    "currency": "EUR",
    "period": "year",
    "vacancy": "yes",
    "machine": "no",
    "kept_days": "180",
    "days": "30",
}

ACTIONS = {
    "read it": lambda browser, at: browser.get(at.opening.path),
    "read the draft": lambda browser, at: browser.get(drafted(at)),
    "read what is over": over,
    "begin one": lambda browser, at: browser.post(f"/jobs/new/?organization={at.page.handle}", SHEET),
    "open the sheet": lambda browser, at: browser.get(f"{at.opening.path}edit/"),
    "change it": lambda browser, at: browser.post(f"{at.opening.path}edit/", SHEET),
    "preview it": lambda browser, at: browser.get(f"{at.opening.path}preview/"),
    "post the draft": lambda browser, at: browser.post(f"{drafted(at)}posting/"),
    "copy it": lambda browser, at: browser.post(f"{at.opening.path}copy/"),
    "throw the draft away": lambda browser, at: browser.post(f"{drafted(at)}removal/"),
    "close it": lambda browser, at: browser.post(f"{at.opening.path}closing/", {"why": "filled"}),
    "see who hires": lambda browser, at: browser.get(f"{at.opening.path}team/"),
    "give a seat": asked,
    "take a seat": taken,
    "hand it over": handed,
    "see what one hires for": lambda browser, at: browser.get("/jobs/mine/"),
}


def heard(response):
    if response.status_code == 302 and "login" in response["Location"].partition("?")[0]:
        return "sign in"
    return {200: "yes", 302: "yes", 403: "no", 404: "unseen", 410: "gone"}.get(
        response.status_code, str(response.status_code)
    )


def test_every_action_has_its_row():
    assert set(MATRIX) == set(ACTIONS)
    assert all(set(row) == set(ROLES) for row in MATRIX.values())


@pytest.mark.parametrize("action", ACTIONS)
def test_what_each_part_may(cast, action):
    at = scene.hiring_page(cast)
    found = {}
    for role in ROLES:
        browser = client_of(None if role == "nobody" else getattr(at, role))
        Opening.objects.filter(pk=at.opening.pk).delete()
        at.opening = scene.opening(at.recruiter, at.page, title=f"Engineer for {role}")
        scene.seated(at.opening, at.interviewer, Part.INTERVIEWER)
        scene.seated(at.opening, at.observer, Part.OBSERVER)
        found[role] = heard(ACTIONS[action](browser, at))
    assert found == MATRIX[action]
