"""Every role tries every action; what happens stands in matrix.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from collegium.events.models import Attendance, Invitation
from collegium.events.tests.around import Around, gather
from collegium.events.tests.scene import over, tomorrow
from collegium.testing.cast import Cast, connect, make_member

MATRIX = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())
ROLES = MATRIX["roles"]
SAID = {
    "title": "Otherwise",
    "form": "person",
    "place": "Lock 5",
    "guests_allowed": "0",
    "answer_until": "0",
    "list_for": "attendees",
    "approving": "on",
    "attendees_invite": "on",
}
CALLED = {200: "yes", 302: "yes", 403: "no", 404: "unseen", 409: "late"}


def hours() -> dict[str, str]:
    return {"day": f"{tomorrow(days=9).date()}", "hour": "19:00", "end_hour": "20:00", "zone": "Europe/Berlin"}


def said(word: str) -> Any:
    return lambda browser, at, _name: browser.post(f"{at.row.here}answer/", {"say": word})


def invited(browser: Client, at: Around, name: str) -> Any:
    who = at.who(name)
    friend = make_member("New Friend")
    if who is not None:
        connect(friend, who)
    return browser.post(f"{at.event.path}invite/", {"who": [friend.pk]})


def decided(what: str) -> Any:
    def decide(browser: Client, at: Around, _name: str) -> Any:
        key = Attendance.objects.get(occurrence=at.row, member=at.waiting).pk
        return browser.post(f"{at.event.path}people/{key}/{what}/", {"words": "Sorry."})

    return decide


def asked(browser: Client, at: Around, _name: str) -> Any:
    return browser.post(f"{at.event.path}hosts/", {"handle": at.bystander.handle})


def uninvited(browser: Client, at: Around, _name: str) -> Any:
    return browser.post(f"{at.event.path}invite/{Invitation.objects.get().pk}/removal/")


def met(browser: Client, at: Around, _name: str) -> Any:
    over(at.event)
    return browser.get(f"{at.event.path}met/")


def to(path: str, data: dict[str, Any] | None = None) -> Any:
    return lambda browser, at, _name: browser.post(f"{at.event.path}{path}", data or {})


def get(path: str) -> Any:
    return lambda browser, at, _name: browser.get(f"{at.event.path}{path}")


ACTIONS = {
    "see the page": get(""),
    "see all dates": get("dates/"),
    "read who comes": get("people/"),
    "come": said("come"),
    "be interested": said("wonder"),
    "say that one cannot": said("decline"),
    "invite": invited,
    "change what is said": to("edit/", SAID),
    "change the hours": lambda browser, at, _name: browser.post(f"{at.event.path}hours/", hours()),
    "move one date": lambda browser, at, _name: browser.post(at.row.here, hours()),
    "cancel one date": lambda browser, at, _name: browser.post(f"{at.row.here}cancellation/", {"words": "Ice."}),
    "cancel the event": to("cancellation/", {"words": "Ice."}),
    "let it happen again": to("cancellation/undo/"),
    "say yes to somebody": decided("acceptance"),
    "say no to somebody": decided("refusal"),
    "see who hosts": get("hosts/"),
    "ask somebody to host": asked,
    "take a host off": lambda browser, at, _name: browser.post(f"{at.event.path}hosts/{at.helper.handle}/removal/"),
    "take the picture off": to("cover/removal/"),
    "accept hosting": to("hosting/"),
    "take an invitation back": uninvited,
    "see who was there": met,
}


def test_every_action_has_a_line() -> None:
    assert ACTIONS.keys() == MATRIX["actions"].keys()
    assert all(len(line) == len(ROLES) for line in MATRIX["actions"].values())


@pytest.mark.parametrize("action", ACTIONS)
def test_the_matrix(cast: Cast, action: str) -> None:
    from django.db import transaction

    at = gather(cast, approving=False, attendees_invite=True, list_for="attendees")
    at.event.__class__.objects.filter(pk=at.event.pk).update(approving=True)
    found = []
    for name in ROLES:
        with transaction.atomic():
            answer = ACTIONS[action](at.client(name), at, name)
            transaction.set_rollback(True)
        signing_in = answer.status_code == 302 and "/accounts/login/" in answer["Location"]
        found.append("sign in" if signing_in else CALLED.get(answer.status_code, str(answer.status_code)))
    told = {name: (was, so) for name, was, so in zip(ROLES, MATRIX["actions"][action], found, strict=True) if was != so}
    assert not told, told
