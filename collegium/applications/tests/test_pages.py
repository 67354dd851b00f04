"""Applying as a browser without JavaScript does it."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from collegium.applications import actions
from collegium.applications.models import Application, Begun, Cv, Standing
from collegium.applications.tests import scene
from collegium.lib import clock
from collegium.openings.models import Opening
from collegium.openings.tests import scene as openings
from collegium.testing.cast import Cast, make_member
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db


def _fields(**changes: Any) -> dict[str, Any]:
    given = {
        "say": "send",
        "form_key": str(uuid.uuid4()),
        "days": "180",
        "email": "di@example.org",
        "letter": "Dams are what I know.",
        "cv": "none",
        "consent": "on",
        "parts": ["about"],
    }
    return {key: value for key, value in (given | changes).items() if value is not None}


@pytest.fixture
def opening(cast: Cast) -> Opening:
    return openings.led(cast.ada)


@pytest.fixture
def client(cast: Cast) -> Client:
    cast.di.about = "I build dams in cold water."
    cast.di.save()
    return cast.client("di")


def test_sent_twice_is_sent_once(client: Client, opening: Opening) -> None:
    fields = _fields()
    answers = [client.post(f"{opening.path}apply/", fields) for _each in range(2)]
    row = Application.objects.get()
    assert [answer["Location"] for answer in answers] == [row.path, row.path]
    assert row.sent.letter == "Dams are what I know."


def test_what_is_wrong_is_said_and_what_was_typed_stays(client: Client, opening: Opening) -> None:
    for change, words in (
        ({"consent": None}, "Without your agreement"),
        ({"email": "nobody"}, "no mail address"),
        ({"letter": "x" * 5001}, "5000"),
        ({"cv": "new"}, "choose a file"),
        ({"cv": "99"}, "Select a valid choice"),
        ({"parts": ["nothing"]}, "Select a valid choice"),
        ({"form_key": "x"}, "valid UUID"),
    ):
        answer = client.post(f"{opening.path}apply/", _fields(**change))
        assert answer.status_code == 422, change
        assert words in answer.content.decode().replace("’", "'"), change
    assert not Application.objects.exists()


def test_changed_days_are_read_again(client: Client, opening: Opening) -> None:
    answer = client.post(f"{opening.path}apply/", _fields(days="30"))
    assert answer.status_code == 409
    assert 'name="days" value="180"' in answer.content.decode()


def test_what_ends_it_is_said_before_and_may_be_sent_all_the_same(client: Client, opening: Opening) -> None:
    asked = scene.question(opening)
    fields = _fields(**{f"q{asked.pk}": "no"})
    page = client.get(f"{opening.path}apply/").content.decode()
    assert "With any other answer your application ends at once" in page
    answer = client.post(f"{opening.path}apply/", fields)
    assert answer.status_code == 422
    assert "Send it all the same" in answer.content.decode()
    client.post(f"{opening.path}apply/", fields | {"anyway": "on"})
    row = Application.objects.get()
    assert row.standing == Standing.UNFIT
    assert asked.words in client.get(row.path).content.decode()


def test_a_file_comes_along_and_is_kept(client: Client, opening: Opening, cast: Cast) -> None:
    file = SimpleUploadedFile("My CV.pdf", b"%PDF-1.7 whatever", "application/pdf")
    answer = client.post(f"{opening.path}apply/", _fields(cv="new", **{"upload-file": file}))
    assert answer.status_code == 302
    row = Application.objects.get()
    assert (row.sent.cv_name, Cv.objects.get(member=cast.di).name) == ("My CV.pdf", "My CV.pdf")
    assert client.get(f"{row.path}cv/").content == b"%PDF-1.7 whatever"


def test_a_draft_is_kept_while_typing_and_gone_when_sent(client: Client, opening: Opening, cast: Cast) -> None:
    path = f"{opening.path}apply/"
    answer = client.post(f"{path}draft/", _fields(letter="Half a\0 thought", consent=None, email="no mail"))
    assert answer["Content-Type"].startswith("text/plain")
    assert "Half a thought" in client.get(path).content.decode()
    assert cast.client("ada").get(path).status_code == 403
    assert opening.title in client.get("/applications/").content.decode()
    client.post(path, _fields())
    assert not Begun.objects.exists()


def test_the_preview_shows_what_they_will_read(client: Client, opening: Opening, cast: Cast) -> None:
    path = f"{opening.path}apply/preview/"
    assert b"cold water" in client.post(path, _fields(), headers={"HX-Request": "true"}).content
    assert b"cold water" not in client.post(path, _fields(parts=[]), headers={"HX-Request": "true"}).content
    client.post(f"{opening.path}apply/", _fields(parts=[]))
    assert b"cold water" not in client.get(Application.objects.get().path).content


def test_withdrawing_and_erasing_ask_first(client: Client, opening: Opening, cast: Cast) -> None:
    row = scene.application(opening, cast.di)
    assert b"cannot be undone" in client.get(f"{row.path}withdrawal/").content
    client.post(f"{row.path}withdrawal/")
    assert Application.objects.get().standing == Standing.WITHDRAWN
    assert client.post(f"{row.path}withdrawal/").status_code == 302
    assert b"cannot be undone" in client.get(f"{row.path}erasure/").content
    client.post(f"{row.path}erasure/")
    assert client.get(row.path).status_code == 404
    assert client.post(f"{row.path}erasure/").status_code == 404


def test_cvs_are_kept_named_and_removed(client: Client, cast: Cast) -> None:
    def bring(name: str, body: bytes) -> int:
        return client.post("/applications/cvs/new/", {"file-file": SimpleUploadedFile(name, body)}).status_code

    assert bring("a.pdf", b"%PDF-1.4 a") == 302
    assert bring("a.pdf", b"%PDF-1.4 b") == 302
    assert bring("b.docx", b"PK\x03\x04 b") == 302
    assert [bring("c.pdf", b"MZ\x90 no"), bring("c.exe", b"%PDF-"), bring("c.pdf", b"")] == [422, 422, 422]
    assert sorted(Cv.objects.values_list("name", flat=True)) == ["a (2).pdf", "a.pdf", "b.docx"]
    row = Cv.objects.get(name="a.pdf")
    client.post(f"/applications/cvs/{row.pk}/name/", {"name": "For dams.pdf"})
    row.refresh_from_db()
    assert row.name == "For dams.pdf"
    assert cast.client("bo").post(f"/applications/cvs/{row.pk}/removal/").status_code == 404
    client.post(f"/applications/cvs/{row.pk}/removal/")
    assert Cv.objects.count() == 2
    for _each in range(6):
        scene.cv(cast.di, f"{uuid.uuid4()}.pdf")
    assert bring("ninth.pdf", b"%PDF-1.4") == 409


def test_a_cv_is_made_of_the_profile(client: Client, cast: Cast) -> None:
    assert client.post("/applications/cvs/making/", {"template": "letter", "paper": "a4"}).status_code == 302
    row = Cv.objects.get(member=cast.di)
    assert client.get(f"/applications/cvs/{row.pk}/").content.startswith(b"%PDF-")
    assert client.post("/applications/cvs/making/", {"template": "x", "paper": "a4"}).status_code == 422


def test_lists_cost_the_same_with_more(client: Client, cast: Cast) -> None:
    def apply(some: range) -> None:
        for each in some:
            row = scene.application(openings.led(cast.ada, title=f"Post {each}"), cast.di)
            actions.move(row, Standing.LISTED, by=cast.ada, words="Yes.")

    apply(range(2))
    assert_same_queries(
        lambda: client.get("/applications/"), lambda: apply(range(2, 8)), lambda: client.get("/applications/")
    )


def test_one_costs_the_same_with_more_answers_and_steps(client: Client, cast: Cast) -> None:
    def made(count: int) -> Application:
        opening = openings.led(cast.ada, title=f"Post {count}")
        asked = [scene.question(opening, f"Question {each}?") for each in range(count)]
        row = scene.application(opening, cast.di, answers={each.pk: "yes" for each in asked})
        for _each in range(count):
            actions.answer(row, "Soon.", by=cast.ada)
        return row

    few, many = made(1), made(6)
    assert_same_queries(lambda: client.get(few.path), lambda: None, lambda: client.get(many.path))


def test_bad_numbers_are_no_errors(client: Client, opening: Opening) -> None:
    for pk in ("0", "9223372036854775808", "99999999999999999999999"):
        for path in (f"/jobs/{pk}/apply/", f"/applications/{pk}/", f"/applications/cvs/{pk}/"):
            assert client.get(path).status_code == 404
            assert client.post(path).status_code in (404, 405)
    assert client.get("/applications/?before=xx").status_code == 404
    assert client.get("/applications/?shelf=x").status_code == 200


def test_the_figures_page_says_how(cast: Cast, client: Client) -> None:
    path = "/organizations/acme/jobs/figures/"
    opening = openings.led(cast.ada)
    assert "Too few to tell" in client.get(path).content.decode()
    long_ago = clock.now() - timedelta(days=20)
    for each in range(6):
        row = scene.application(opening, make_member(f"Person {each}"))
        Application.objects.filter(pk=row.pk).update(sent_at=long_ago, answered_at=long_ago if each else None)
    page = cast.client("nobody").get(path).content.decode()
    assert "83 of 100" in page
    assert "Not answered" in page
