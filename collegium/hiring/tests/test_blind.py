"""Blind review: no byte of the name, whatever one opens, until an interview; afterwards it is there."""

import json
from dataclasses import asdict

import pytest

from collegium.applications.models import Given, Sent, Standing
from collegium.applications.tests.scene import cv
from collegium.career.document import Document, Draft, Header, Reach, Reference
from collegium.career.sections import Section
from collegium.hiring.actions import moving, noting
from collegium.hiring.blind import Veil
from collegium.hiring.models import Stage
from collegium.hiring.stages import columns
from collegium.hiring.tests.scene import Scene, applied, make_scene
from collegium.openings.tests.scene import led
from collegium.testing.cast import Cast, client_of, make_member

pytestmark = pytest.mark.django_db

# Pieces that stand nowhere else on a page; the last is how her name looks without its accents.
CANARIES = ("qvistgård", "zebulonia", "quixby", "qvistgard", "xylomail", "+49 151 2345678", "secretfile")


def make_blind(cast: Cast, **values: object) -> Scene:
    """Somebody who says her name in every place she can."""
    scene = make_scene(cast, blind=True, **values)
    person = make_member("Zebulonia Qvistgård", handle="zebulonia-quixby")
    row = applied(scene.opening, person, cv=cv(person, "Secretfile Zebulonia.pdf"))
    said = "I am Zebulonia Qvistgård (Qvistgard), zebulonia.q@xylomail.example, +49 151 2345678, www.quixby.example/me."
    item = Draft(
        Section.POSITIONS,
        title=f"Smith. {said}",
        organization_name="Forge of Qvistgård",
        url="https://quixby.example",
        started="2019-01",
        ended="2021-03",
        skills=("Zebulonia",),
    )
    document = Document(
        Header(name="Zebulonia Qvistgård", pronunciation="zebulonia", headline=said, about=said, place="Qvistgård"),
        [item],
        ["Welding", "Qvistgård"],
        [Reach("email", "z@xylomail.example")],
        [Reference("Ann", said)],
    )
    Sent.objects.filter(application=row).update(
        headline=said,
        letter=said,
        email="zebulonia@xylomail.example",
        phone="+49 151 2345678",
        profile=json.loads(json.dumps(asdict(document))),
    )
    Given.objects.filter(application=row).update(answer=said)
    scene.applicant, scene.application = person, row
    moving.answer(row, "Dear Zebulonia, thank you.", by=scene.lead)
    return scene


def pages(scene: Scene) -> dict[str, str]:
    """Everything the team can open, as text: bodies, headers and addresses."""
    client = client_of(scene.lead)
    other = scene.opening.applications.exclude(pk=scene.application.pk).first()
    assert other is not None
    addresses = [
        "",
        "applications.csv",
        "applications.json",
        f"compare/?who={other.pk}&who={scene.application.pk}",
        "interviews/",
    ]
    addresses += ["?q=smith", f"{scene.application.pk}/"]
    addresses += [f"{scene.application.pk}/{part}/" for part in ("move", "answer", "cv", "photo")]
    found = {}
    for address in addresses:
        response = client.get(scene.root + address)
        found[address] = f"{response.content.decode()} {dict(response.items())}"
    known = {"act": "answer", "who": [str(scene.application.pk)], "words": "Dear {name}"}
    found["many"] = client.post(f"{scene.root}many/", known).content.decode()
    return found


def test_no_byte_of_the_name_is_anywhere(cast: Cast) -> None:
    for address, text in pages(make_blind(cast)).items():
        low = text.casefold()
        assert [canary for canary in CANARIES if canary in low] == [], address


def test_what_is_not_the_name_is_still_there(cast: Cast) -> None:
    scene = make_blind(cast)
    page = client_of(scene.lead).get(scene.page).content.decode()
    assert "Applicant 2" in page
    assert "Smith" in page
    assert "Welding" in page
    assert "Forge" in page


def test_files_do_not_open(cast: Cast) -> None:
    scene = make_blind(cast)
    client = client_of(scene.lead)
    assert client.get(f"{scene.page}cv/").status_code == 404
    assert client.get(f"{scene.page}photo/").status_code == 404
    moving.move(scene.application, _stage(scene, Standing.INTERVIEW), by=scene.lead)
    assert client.get(f"{scene.page}cv/").status_code == 200


def test_looking_for_a_name_does_not_find_its_owner(cast: Cast) -> None:
    scene = make_blind(cast)
    client = client_of(scene.lead)
    for words in ("zebulonia", "qvistgard", "xylomail", "quixby"):
        assert f"/{scene.application.pk}/" not in client.get(f"{scene.root}?q={words}").content.decode(), words
        assert client.get(f"{scene.root}applications.json?q={words}").json()["applications"] == []
    assert f"/{scene.application.pk}/" in client.get(f"{scene.root}?q=smith+forge").content.decode()


def test_from_an_interview_on_she_is_named_for_good(cast: Cast) -> None:
    scene = make_blind(cast)
    moving.move(scene.application, _stage(scene, Standing.INTERVIEW), by=scene.lead)
    page = client_of(scene.lead).get(scene.page).content.decode()
    assert "Zebulonia Qvistgård" in page
    moving.move(scene.application, _stage(scene, Standing.LISTED), by=scene.lead)
    assert "Zebulonia Qvistgård" in client_of(scene.lead).get(scene.page).content.decode()
    page = client_of(scene.lead).get(scene.root).content.decode()
    assert "Zebulonia Qvistgård" in page, page.partition("hire-board")[2][:3000]


def test_whoever_is_declined_before_stays_without_a_name(cast: Cast) -> None:
    scene = make_blind(cast)
    moving.end(scene.application, Standing.DECLINED, by=scene.lead)
    for address, text in pages(scene).items():
        assert [canary for canary in CANARIES if canary in text.casefold()] == [], address


def test_an_open_application_elsewhere_does_not_give_her_away(cast: Cast) -> None:
    scene = make_blind(cast)
    other = applied(led(scene.lead, title="Clerk"), scene.applicant)
    client = client_of(scene.lead)
    assert "Clerk" not in client.get(scene.page).content.decode()
    assert (
        "Engineer"
        not in client.get(f"{other.opening.path}hiring/{other.pk}/").content.decode().partition("Also applied")[2]
    )
    moving.move(scene.application, _stage(scene, Standing.INTERVIEW), by=scene.lead)
    assert "Clerk" in client.get(scene.page).content.decode()


def test_what_the_team_writes_itself_is_left_alone(cast: Cast) -> None:
    scene = make_blind(cast)
    noting.note(scene.application, "Asks about nights.", by=scene.lead)
    assert "Asks about nights." in client_of(scene.lead).get(scene.page).content.decode()


@pytest.mark.parametrize(
    ("name", "words", "left"),
    [
        ("Ada Lindqvist", "Ada wrote this, ADA LINDQVIST, adalindqvist", "[…] wrote this, […], […]"),
        ("Li Wu", "Li Wu likes Lisbon and wuthering", "[…] likes Lisbon and wuthering"),
        ("José Núñez", "Jose Nunez, NÚÑEZ", "[…], […]"),
        ("王小明", "我是王小明。", "我是[…]。"),
        ("Ada Lindqvist", "2019 - 2021, 12 people", "2019 - 2021, 12 people"),
        ("Ada Lindqvist", "call +46 70 123 45 67 or a@b.example", "call […] or […]"),
    ],
)
def test_veil(name: str, words: str, left: str) -> None:
    assert Veil((name,)).text(words) == left


def _stage(scene: Scene, standing: Standing) -> Stage:
    return columns(scene.opening).home(standing)
