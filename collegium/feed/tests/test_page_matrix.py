"""Every part tries everything that concerns what a page says; what happens stands in page_matrix.toml."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from collegium.feed import actions
from collegium.lib import clock
from collegium.organizations.models import Organization
from collegium.pages.models import Part, Role
from collegium.testing.cast import client_of, make_member

pytestmark = pytest.mark.django_db
MATRIX = tomllib.loads((Path(__file__).parent / "page_matrix.toml").read_text())
FORM = {"facet": "professional", "audience": "3", "commenting": "anyone"}


@pytest.fixture
def at():
    page = Organization.objects.create(handle="dam-works", name="Dam Works", page_since=clock.now())
    people = {part: make_member(f"{part.title()} Person") for part in Part.values}
    for part, member in people.items():
        Role.objects.create(member=member, organization=page, part=part)
    people |= {"former": make_member("Former Person"), "stranger": make_member("Strange Person"), "nobody": None}
    Role.objects.create(member=people["former"], organization=page, part=Part.SUPER)
    made = SimpleNamespace(page=page, people=people, somebody=make_member("Some Body"))
    said_by(made, people["former"])
    Role.objects.filter(member=people["former"]).delete()
    return made


def said_by(at, member):
    """Words of the page, fresh for whoever tries next."""
    at.post = actions.post(member, "Of the page.", page=at.page)
    at.said = actions.comment(at.post, "By the page.", by=member, page=at.page)
    at.theirs = actions.comment(at.post, "By somebody.", by=at.somebody)


ACTIONS = {
    "read the posts of the page": lambda browser, at: browser.get(f"{at.page.path}posts/"),
    "read its people": lambda browser, at: browser.get(f"{at.page.path}people/"),
    "post as the page": lambda browser, at: browser.post("/posts/", FORM | {"body": "x", "speaker": at.page.pk}),
    "edit a post of the page": lambda browser, at: browser.post(
        f"{at.post.path}edit/", {"body": "Otherwise.", "commenting": "anyone"}
    ),
    "delete a post of the page": lambda browser, at: browser.post(f"{at.post.path}removal/"),
    "put a post first": lambda browser, at: browser.post(f"{at.post.path}page-pin/"),
    "comment as the page": lambda browser, at: browser.post(
        f"{at.post.path}comments/", {"body": "x", "speaker": at.page.pk}
    ),
    "comment as oneself": lambda browser, at: browser.post(f"{at.post.path}comments/", {"body": "x"}),
    "edit a comment of the page": lambda browser, at: browser.post(f"{at.said.path}edit/", {"body": "Else."}),
    "hide a comment under its post": lambda browser, at: browser.post(f"{at.theirs.path}hiding/"),
    "arrange its conversation": lambda browser, at: browser.post(
        f"{at.post.path}conversation/", {"commenting": "nobody", "slow_seconds": "0", "closing": "never"}
    ),
    "forbid reposts of it": lambda browser, at: browser.post(f"/posts/reposts/{at.post.pk}/forbidding/"),
    "read the figures": lambda browser, at: browser.get(f"{at.page.path}figures/"),
    "take the figures along": lambda browser, at: browser.get(f"{at.page.path}figures/visits.csv?days=90"),
}


def outcome(answer):
    if answer.status_code == 302 and "/accounts/login/" in answer["Location"]:
        return "sign in"
    return {200: "yes", 302: "yes", 403: "no", 422: "no"}.get(answer.status_code, answer.status_code)


def test_every_action_has_its_lines():
    assert set(MATRIX) == set(ACTIONS)


@pytest.mark.parametrize("action", ACTIONS)
def test_what_each_may(at, action):
    found = {}
    for name, member in at.people.items():
        said_by(at, at.people["super"])
        found[name] = outcome(ACTIONS[action](client_of(member), at))
    assert found == MATRIX[action]
