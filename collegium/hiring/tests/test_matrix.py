"""Role by action and role by page: everybody around one application, compared with `matrix.toml`."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collegium.applications.models import Standing
from collegium.applications.tests.scene import cv
from collegium.hiring.actions import keeping, many, moving, noting
from collegium.hiring.actions.keeping import Wanted
from collegium.hiring.actions.many import Act, Chosen
from collegium.hiring.models import Note, Reply
from collegium.hiring.stages import columns
from collegium.hiring.tests.scene import Scene, applied, make_scene
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.openings.models import Part, Seat
from collegium.openings.tests.scene import led
from collegium.testing.cast import Cast, client_of

pytestmark = pytest.mark.django_db

MATRIX = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())
ROLES: list[str] = MATRIX["roles"]


def who(scene: Scene, cast: Cast, role: str) -> Member:
    if role == "suspended":
        Seat.objects.get_or_create(opening=scene.opening, member=cast.gus, defaults={"part": Part.LEAD})
        return cast.gus
    if role == "rival":
        applied(scene.opening, cast.bo)
        return cast.bo
    return cast.di if role == "stranger" else getattr(scene, role)


def note_of(scene: Scene) -> Note:
    written = Note.objects.create(application=scene.application, author=scene.lead, words="Promising.")
    return Note.objects.select_related("application__opening__organization").get(pk=written.pk)


def reply_of(scene: Scene) -> Reply:
    return Reply.objects.create(organization=scene.opening.organization, name="Thanks", words="Thank you.")


ACTIONS: dict[str, Callable[[Scene, Member], Any]] = {
    "move": lambda s, by: moving.move(s.application, columns(s.opening).stages[1], by=by),
    "decline": lambda s, by: moving.end(s.application, Standing.DECLINED, by=by),
    "hire": lambda s, by: moving.end(s.application, Standing.HIRED, by=by),
    "answer": lambda s, by: moving.answer(s.application, "Thank you.", by=by),
    "act on many": lambda s, by: many.act(s.opening, [Chosen(s.application.pk, 0)], Act.DECLINE, by=by),
    "note": lambda s, by: noting.note(s.application, "Promising.", by=by),
    "change a note": lambda s, by: noting.edit_note(note_of(s), "Very.", by=by),
    "delete a note": lambda s, by: noting.drop_note(note_of(s), by=by),
    "rate": lambda s, by: noting.rate(s.application, 4, by=by),
    "set stages": lambda s, by: keeping.set_stages(s.opening, [Wanted(0, "One", Standing.SEEN)], by=by),
    "set the scorecard": lambda s, by: keeping.set_criteria(s.opening, [(0, "Care")], by=by),
    "keep a reply": lambda s, by: keeping.keep_reply(s.opening, "Yes", "Yes, {name}.", by=by),
    "delete a reply": lambda s, by: keeping.drop_reply(s.opening, reply_of(s), by=by),
}


def outcome(act: Callable[[], Any]) -> str:
    try:
        act()
    except Refusal:
        return "0"
    except Conflict:
        return "C"
    return "1"


@pytest.mark.parametrize("action", list(ACTIONS))
@pytest.mark.parametrize("place", range(len(ROLES)), ids=ROLES)
def test_role_by_action(cast: Cast, action: str, place: int) -> None:
    scene = make_scene(cast)
    by = who(scene, cast, ROLES[place])
    assert outcome(lambda: ACTIONS[action](scene, by)) == MATRIX["actions"][action].split()[place]


@pytest.mark.parametrize("place", range(len(ROLES)), ids=ROLES)
def test_role_by_page(cast: Cast, place: int) -> None:
    scene = make_scene(cast)
    elsewhere = applied(led(cast.bo, title="Clerk"), cast.di)
    scene.application = applied(scene.opening, cast.flo, cv=cv(cast.flo))
    by = who(scene, cast, ROLES[place])
    known = {"one": scene.application.pk, "note": note_of(scene).pk, "other": elsewhere.pk}
    client = client_of(by)
    found = {page: client.get(scene.root + page.format(**known)).status_code for page in MATRIX["pages"]}
    assert found == {page: int(cells.split()[place]) for page, cells in MATRIX["pages"].items()}


def test_nobody_of_the_team_reads_what_is_written_about_herself(cast: Cast) -> None:
    """Somebody who has applied is given a seat afterwards."""
    scene = make_scene(cast)
    Seat.objects.create(opening=scene.opening, member=cast.cy, part=Part.LEAD)
    note_of(scene)
    client = client_of(cast.cy)
    page = client.get(scene.root)
    assert page.status_code == 200
    assert b"Promising" not in page.content
    assert f"{scene.page}" not in page.content.decode()
    assert client.get(scene.page).status_code == 404
    assert client.get(f"{scene.root}applications.json").json()["applications"] == []
    assert outcome(lambda: moving.end(scene.application, Standing.HIRED, by=cast.cy)) == "0"
    assert outcome(lambda: noting.rate(scene.application, 5, by=cast.cy)) == "0"


def test_the_file_names_every_action() -> None:
    assert list(MATRIX["actions"]) == list(ACTIONS)
