"""The tests of pictures and slides bite: with a fault planted into what they guard, they see something wrong."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import pyvips

from collegium.audience.level import Level
from collegium.decks.models import Deck, SlideQuerySet
from collegium.decks.tests.helping import drawn
from collegium.media import child, decode, slides, slides_child
from collegium.media.decode import process_image
from collegium.media.tests.pdfs import document
from collegium.media.tests.pictures import file_of, speckled
from collegium.pictures.models import Picture, PictureQuerySet
from collegium.pictures.tests.helping import album, picture_of
from collegium.testing.cast import Cast
from tests.house.planting import anew  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("anew")
PLACE = b"59 deg 54' N"


@pytest.fixture(autouse=True)
def places_of_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR = tmp_path / "data"


def strangers_see_no_picture(cast: Cast, folder: Path) -> bool:
    picture = album(cast.ada, 1, audience=Level.CONNECTIONS).pictures.get()
    return [cast.client("di").get(each).status_code for each in (picture.small, picture.path)] == [404, 404]


def waiting_pictures_are_their_owners(cast: Cast, folder: Path) -> bool:
    picture = picture_of(cast.ada)
    seen = [cast.client(name).get(picture.small).status_code for name in ("ada", "bo")]
    return seen == [200, 404]


def nothing_is_told_of_the_camera(cast: Cast, folder: Path) -> bool:
    image = speckled(300, 200).copy()
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd0-ImageDescription", PLACE.decode())
    data = file_of(image, ".jpg")
    assert PLACE in data
    return not any(PLACE in file or b"EXIF" in file for file in process_image(data, None, "posted").values())


def strangers_see_no_slide(cast: Cast, folder: Path) -> bool:
    slide = drawn(cast.ada, audience=Level.CONNECTIONS).deck.slides.get(number=1)
    addresses = (slide.small, slide.path, f"{slide.path}text/")
    return [cast.client("di").get(each).status_code for each in addresses] == [404] * 3


def half_drawn_slides_are_nobodys(cast: Cast, folder: Path) -> bool:
    slide = drawn(cast.ada).deck.slides.get(number=1)
    Deck.objects.filter(pk=slide.deck_id).update(state=Deck.State.DRAWING)
    return cast.client("bo").get(slide.small).status_code == 404


def long_documents_are_refused(cast: Cast, folder: Path) -> bool:
    place = folder / "x.pdf"
    place.write_bytes(document(*["x"] * 301))
    with pytest.raises(slides.UnusableSlides) as refused:
        slides.look(place)
    return refused.value.problem == "long"


Plant = Callable[[pytest.MonkeyPatch], None]


def in_child(module: object, parent: object, right: str, planted: str) -> Plant:
    """A fault in the text of a process that opens files."""

    def plant(monkeypatch: pytest.MonkeyPatch) -> None:
        source = Path(str(module.__file__)).read_text()  # type: ignore[attr-defined]
        assert right in source, "the fault has no place to be planted in any more"
        monkeypatch.setattr(parent, "_COMMAND", [sys.executable, "-c", source.replace(right, planted)])

    return plant


def in_rows(kind: type, name: str, planted: Callable[..., object]) -> Plant:
    """Another answer to who sees what."""
    return lambda monkeypatch: monkeypatch.setattr(kind, name, planted)


def waiting_for_all(rows: PictureQuerySet, viewer: object) -> PictureQuerySet:
    return rows.filter(post=None)


CASES = {
    "sight of files": (strangers_see_no_picture, in_rows(PictureQuerySet, "visible_to", lambda rows, viewer: rows)),
    "owners of what waits": (
        waiting_pictures_are_their_owners,
        in_rows(PictureQuerySet, "visible_to", waiting_for_all),
    ),
    "what a file says of its camera": (
        nothing_is_told_of_the_camera,
        in_child(child, decode, 'keep="none"', 'keep="all"'),
    ),
    "sight of slides": (strangers_see_no_slide, in_rows(SlideQuerySet, "visible_to", lambda rows, viewer: rows)),
    "only whole decks": (
        half_drawn_slides_are_nobodys,
        in_rows(SlideQuerySet, "visible_to", lambda rows, viewer: rows.filter(deck__post__author__isnull=False)),
    ),
    "length of documents": (long_documents_are_refused, in_child(slides_child, slides, 'asked["most"]:', "10**6:")),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_guarded_is_right(cast: Cast, tmp_path: Path, name: str) -> None:
    assert CASES[name][0](cast, tmp_path)


@pytest.mark.parametrize("name", CASES)
def test_a_planted_fault_is_seen(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    looks, plant = CASES[name]
    plant(monkeypatch)
    try:
        right = looks(cast, tmp_path)
    except (AssertionError, pytest.fail.Exception):
        right = False
    assert not right


def test_the_tables_know_the_rows_they_speak_of() -> None:
    assert isinstance(Picture.objects.all(), PictureQuerySet)
