"""A career may hold far more than a CV can: what would take minutes is answered with a sentence, at once."""

import time

import pytest

from collegium.career import actions
from collegium.career.document import Document, Draft, Header
from collegium.career.models import Item
from collegium.career.sections import DESCRIPTION_LIMIT, MOST_ITEMS, Section
from collegium.lib import ids
from collegium.resumes import jsonresume
from collegium.resumes.pdf import unprintable
from collegium.resumes.printed import TooLongError
from collegium.resumes.word import word

POINTS = ("- a\n" * (DESCRIPTION_LIMIT // 4)).strip()


def points(items: int) -> Document:
    return Document(Header("Ada"), [Draft(Section.POSITIONS, title="T", description=POINTS) for _each in range(items)])


def test_a_paragraph_more_does_not_look_through_all_before() -> None:
    def took(items: int) -> float:
        begun = time.process_time()
        word(points(items))
        return time.process_time() - begun

    took(1)
    assert took(9) < 30 * took(1)


def test_letters_are_looked_up_once() -> None:
    text = "漢字" * (DESCRIPTION_LIMIT // 2)
    items = [Draft(section, title="T", description=text) for section in Section for _each in range(MOST_ITEMS)]
    begun = time.process_time()
    assert unprintable(Document(Header("Ada"), items)) == []
    assert time.process_time() - begun < 2


def test_a_book_is_refused() -> None:
    with pytest.raises(TooLongError, match="10,000 lines"):
        word(points(11))


@pytest.mark.django_db
def test_and_the_page_says_so(cast) -> None:
    keys = ids.fresh(20)
    rows = [Item(id=key, member=cast.ada, section="projects", title="T", description=POINTS) for key in keys]
    Item.objects.bulk_create(rows)
    actions.add(cast.ada, Section.POSITIONS, title="Engineer")
    browser = cast.client("bo")
    for name in ("resume.pdf", "resume.docx"):
        answer = browser.get(f"{cast.ada.path}cv/{name}")
        assert answer.status_code == 422
        assert "more than 10,000 lines" in answer.text
        assert browser.get(f"{cast.ada.path}cv/{name}?part=positions").status_code == 200
    assert browser.get(f"{cast.ada.path}cv/resume.json").status_code == 200


def test_names_that_stand_there_twice_are_counted_once() -> None:
    table = "{" + ",".join(f'"{number % 998}":1' for number in range(999)) + "}"
    raw = ('{"basics":{"name":"A"},"work":[' + ",".join([table] * 250) + "]}").encode()
    begun = time.process_time()
    document, _problems = jsonresume.load(raw)
    assert document.header.name == "A"
    assert time.process_time() - begun < 5
