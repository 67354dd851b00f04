"""The file of what one keeps: all of it that she may see, and the same again after it has come back."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from collegium.contacts import book
from collegium.contacts.actions import book as verbs
from collegium.contacts.actions import notes, reminders, shelves
from collegium.contacts.models import PersonNote, Reminder, SavedFilter, Tag, Tagging
from collegium.contacts.tests.reading import read
from collegium.contacts.tests.scene import people, tied_at_once
from collegium.testing.cast import Cast
from collegium.testing.fixtures import queries
from collegium.ties.models import Circle, Circling

PAGE, FILE = "/network/people/book/", "/network/people/people.json"


def keep(cast: Cast) -> str:
    """Ada keeps something of every kind; the file it makes."""
    tag, circle = shelves.found(Tag, cast.ada, "Delft"), shelves.found(Circle, cast.ada, "Close")
    shelves.found(Tag, cast.ada, "On nobody yet")
    shelves.put_on(tag, [cast.bo.pk, cast.di.pk], by=cast.ada)
    shelves.put_on(circle, [cast.bo.pk], by=cast.ada)
    notes.note(cast.ada, cast.bo, "Met in Delft.\n\nTalks of seals.")
    reminders.remind(cast.ada, cast.di, date(2027, 3, 1), "Drawings")
    notes.save_filter(cast.ada, "Silent in Delft", f"last=not-18m&tag={tag.pk}&circle={circle.pk}")
    return book.written(cast.viewer("ada"))


def forget() -> None:
    for model in (Tagging, Circling, Tag, Circle, PersonNote, Reminder, SavedFilter):
        model.objects.all().delete()


def bring(cast: Cast, text: str | bytes, name: str = "ada") -> HttpResponse:
    content = text.encode() if isinstance(text, str) else text
    answer: HttpResponse = cast.client(name).post(  # type: ignore[assignment]
        PAGE, {"file": SimpleUploadedFile("people.json", content)}, follow=True
    )
    return answer


def test_what_is_taken_along_comes_back_the_same(cast: Cast) -> None:
    text = keep(cast)
    assert cast.client("ada").get(FILE).text == text
    forget()
    assert "Brought back, for 2 people. What was here already stayed." in read(bring(cast, text))
    assert book.written(cast.viewer("ada")) == text
    bring(cast, text)
    assert book.written(cast.viewer("ada")) == text, "twice is once"
    assert SavedFilter.objects.get().query.startswith("last=not-18m&tag=")


def test_it_is_nobody_elses(cast: Cast) -> None:
    keep(cast)
    assert json.loads(cast.client("bo").get(FILE).text)["people"] == []
    assert cast.client("nobody").get(FILE).status_code == 302
    assert "Download people.json" in read(cast.client("ada").get(PAGE))


def test_who_may_not_be_seen_is_not_in_it_and_is_not_found(cast: Cast) -> None:
    """Blocked, blocking, suspended and never there: one answer, and nothing is kept."""
    Tag.objects.create(owner=cast.ada, name="Old")
    for person in (cast.ed, cast.eve, cast.gus, cast.bo):
        PersonNote.objects.create(owner=cast.ada, person=person, body="Old words.")
    found = json.loads(book.written(cast.viewer("ada")))
    assert [each["handle"] for each in found["people"]] == ["bo-okafor"]
    forget()
    said = set()
    for handle in ("ed-novak", "eve-marchetti", "gus-petrov", "nobody-here", "ada-lindqvist"):
        found["people"] = [{"handle": handle, "note": "Old words.", "tags": ["Old"]}]
        said.add(read(bring(cast, json.dumps(found))).split("Your network")[0][-200:])
        assert not PersonNote.objects.exists(), handle
        assert not Tagging.objects.exists(), handle
    assert len(said) == 1


def test_what_is_there_stays_and_a_circle_takes_connections_alone(cast: Cast) -> None:
    text = keep(cast)
    forget()
    notes.note(cast.ada, cast.bo, "Newer.")
    given = json.loads(text)
    for each in given["people"]:
        each["circles"] = ["Close"]
    bring(cast, json.dumps(given))
    assert PersonNote.objects.get().body == "Newer."
    assert list(Circling.objects.values_list("person", flat=True)) == [cast.bo.pk]


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", "[" * 100_000, "NaN", b"\xff\xfe", '{"format": "collegium-people", "version": 2}',
        *(
            json.dumps({"format": "collegium-people", "version": 1, **more})
            for more in (
                {"people": {}}, {"people": [1]}, {"people": [{"handle": 1}]}, {"people": [{"note": 1}]},
                {"people": [{"reminders": [{"due": "soon"}]}]}, {"tags": ["x" * 41]}, {"tags": [None]},
                {"filters": [{"asks": 1}]}, {"filters": [{"asks": {"last": 1}}]}, {"circles": ["\0"]},
                {"tags": ["x"] * 201},
            )
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_none(cast: Cast, text: str | bytes) -> None:
    assert bring(cast, text).status_code == 422
    assert not Tag.objects.exists()


def test_without_a_file_or_with_too_large_a_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Choose a file first." in read(cast.client("ada").post(PAGE))
    monkeypatch.setattr(book, "MOST_BYTES", 10)
    assert "too large" in read(bring(cast, "x" * 11))


def test_too_much_is_refused_whole(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    text = keep(cast)
    forget()
    monkeypatch.setattr(verbs, "MOST_REMINDERS", 0)
    assert bring(cast, text).status_code == 409
    assert not Tag.objects.exists()
    assert not PersonNote.objects.exists()


def test_many_people_cost_as_many_statements_as_few(cast: Cast) -> None:
    around = people(30)
    tied_at_once(cast.ada, around)

    def cost(count: int) -> int:
        entries = [book.Entry(each.handle, note=f"Note {count}.", tags=[f"T{count}"]) for each in around[:count]]
        return len(queries(lambda: verbs.take_in(cast.ada, book.Book(entries))))

    assert cost(3) == cost(30)
    viewer = cast.viewer("ada")
    few = len(queries(lambda: book.written(viewer)))
    forget()
    assert len(queries(lambda: book.written(viewer))) <= few
