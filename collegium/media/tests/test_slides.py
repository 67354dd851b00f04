"""PDFs of strangers: good ones become pictures and text, hostile ones a sentence, and the worker stays as it was."""

import io
import json
import sys
import zlib
from pathlib import Path

import pytest
from pypdf import PdfWriter

from collegium.media import sandbox, slides, slides_child
from collegium.media.decode import size_of
from collegium.media.slides import SIDES, UnusableSlides, clean, draw, look
from collegium.media.tests.pdfs import document, parts, stream, written


@pytest.fixture
def lying(tmp_path: Path):
    """Puts bytes where a child can be given them."""

    def lay(data: bytes) -> Path:
        place = tmp_path / "x.pdf"
        place.write_bytes(data)
        return place

    return lay


def test_pages_become_pictures_in_two_sizes_and_their_text(lying) -> None:
    place = lying(document("Beavers at work", "A second page", box="0 0 720 405"))
    assert look(place) == 2
    first, second = draw(place, 0, 6)
    assert (first.text, second.text) == ("Beavers at work", "A second page")
    assert {side: size_of(file) for side, file in first.files.items()} == {1600: (1600, 900), 800: (800, 450)}
    assert (first.width, first.height) == (1600, 900)
    assert all(file.startswith(b"RIFF") and b"Beavers" not in file for file in first.files.values())


def test_a_few_are_drawn_at_a_time(lying) -> None:
    place = lying(document("one", "two", "three"))
    assert [page.text for page in draw(place, 1, 1)] == ["two"]
    assert [page.text for page in draw(place, 2, 6)] == ["three"]
    assert draw(place, 3, 6) == []


def test_upright_and_turned_pages_keep_their_proportions(lying) -> None:
    assert draw(lying(document("tall", box="0 0 400 800")), 0, 1)[0].width == 800
    turned = draw(lying(document("turned", box="0 0 800 400", page="/Rotate 90")), 0, 1)[0]
    assert (turned.width, turned.height) == (800, 1600)


@pytest.mark.parametrize("box", ["0 0 1e12 1e12", "0 0 200000 100000", "0 0 nan inf", "0 0 0 0", "9 9 -9 -9"])
def test_the_size_of_a_page_never_makes_a_large_picture(lying, box: str) -> None:
    (page,) = draw(lying(document("giant", box=box)), 0, 6)
    assert max(page.width, page.height) <= SIDES[0]


def locked() -> bytes:
    writer, out = PdfWriter(clone_from=io.BytesIO(document("secret"))), io.BytesIO()
    writer.encrypt("pass", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def without_pages() -> bytes:
    return written({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Count 0 /Kids [] >>"})


def with_tree(tree: bytes) -> bytes:
    objects = parts(["a", "b"])
    objects[2] = b"<< /Type /Pages %s >>" % tree
    return written(objects)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown"),
        (b"%PDF-1.7 and nothing more", "broken"),
        (document("One", "Two")[:300], "broken"),
        (locked(), "locked"),
        (without_pages(), "bare"),
        (document(*["x"] * 301), "long"),
        (document(*["x"] * 10_000), "long"),
        (with_tree(b"/Count 2 /Kids [2 0 R 10 0 R]"), "page"),
        (with_tree(b"/Count 300 /Kids [10 0 R]"), "page"),
        (document("strip", box="0 0 10 5000"), "strip"),
    ],
    ids=["empty", "png", "svg", "junk", "cut", "locked", "bare", "301", "10000", "loop", "lie", "strip"],
)
def test_what_cannot_become_slides_is_refused_before_anything_is_drawn(lying, data: bytes, problem: str) -> None:
    with pytest.raises(UnusableSlides) as refused:
        look(lying(data))
    assert refused.value.problem == problem
    assert str(refused.value).endswith(".")


def test_three_hundred_pages_and_a_broken_table_pass(lying) -> None:
    assert look(lying(document(*["x"] * 300))) == 300
    assert draw(lying(written(parts(["found again"]), startxref=99_999_999)), 0, 1)[0].text == "found again"


def test_a_loop_that_the_reader_finds_its_way_out_of_gives_as_many_pages_as_are_told(lying) -> None:
    objects = parts(["a", "b"])
    objects[2] = b"<< /Type /Pages /Count 2 /Kids [10 0 R 5 0 R] >>"
    objects[5] = b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"
    place = lying(written(objects))
    assert look(place) == 2
    assert len(draw(place, 0, 6)) == 2


def deflated(body: bytes) -> bytes:
    objects = parts(["x"])
    objects[11] = stream(zlib.compress(body, 9), b"/Filter /FlateDecode")
    return written(objects)


def laughing() -> bytes:
    """Forms that draw forms that draw forms."""
    objects = parts(["x"])
    objects[10] = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 720 405] /Contents 11 0 R"
        b" /Resources << /XObject << /I 12 0 R >> >> >>"
    )
    objects[11] = stream(b"/I Do")
    for at in range(12, 42):
        more = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /I %d 0 R >> >>" % (at + 1)
        objects[at] = stream(b"/I Do " * 10, more)
    objects[42] = stream(
        b"/I Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /I 12 0 R >> >>"
    )
    return written(objects)


@pytest.mark.parametrize(
    "data",
    [deflated(b"q " * 40_000_000), deflated(b"0 0 9 9 re f " * 6_000_000), laughing()],
    ids=["q", "rectangles", "laughs"],
)
def test_bombs_end_with_their_process(lying, data: bytes) -> None:
    """What is drawn at all is small; what falls over takes nobody along."""
    place = lying(data)
    assert look(place) == 1
    with pytest.raises(UnusableSlides) as refused:
        draw(place, 0, 6)
    assert refused.value.problem in ("broken", "slow", "page")
    assert draw(lying(document("still here")), 0, 1)[0].text == "still here"


def test_an_image_of_many_gigabytes_is_drawn_small_or_not_at_all(lying) -> None:
    objects = parts(["x"])
    objects[10] = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 720 405] /Contents 11 0 R"
        b" /Resources << /XObject << /I 12 0 R >> >> >>"
    )
    objects[11] = stream(b"700 0 0 400 0 0 cm /I Do")
    more = (
        b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
        b" /Filter /FlateDecode"
    )
    objects[12] = stream(zlib.compress(b"\0" * 50_000_000, 9), more)
    (page,) = draw(lying(written(objects)), 0, 6)
    assert (page.width, page.height) == (1600, 900)


ACTIVE = (
    r"/OpenAction << /S /JavaScript /JS (app.alert\(1\); this.submitForm\('http://127.0.0.1:9/'\)) >>"
    " /AA << /WC << /S /Launch /F (/bin/sh) >> >>"
    " /Names << /EmbeddedFiles << /Names [(evil.exe) << /Type /Filespec /F (evil.exe) /EF << /F 11 0 R >> >>] >> >>"
)


def test_what_a_document_would_do_is_not_in_what_is_kept(lying) -> None:
    (page,) = draw(lying(document("Harmless", catalog=ACTIVE)), 0, 6)
    assert page.text == "Harmless"
    assert all(word not in b"".join(page.files.values()) for word in (b"alert", b"/bin/sh", b"evil"))


def test_the_process_is_locked_up_before_it_opens_the_file() -> None:
    """The walls stand before the first byte is read; the reader is not even loaded anew afterwards."""
    source = Path(slides_child.__file__).read_text()
    body = source[source.index("def main") :]
    assert body.index("limit_resources") < body.index("lock_up") < body.index("answer(")
    assert sandbox.lock_up.__doc__


def say(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    script = f"import sys; sys.stdout.buffer.write({words})"
    monkeypatch.setattr(slides, "_COMMAND", [sys.executable, "-c", script])


FILE = "b'RIFF' + bytes(4) + b'WEBPVP8 ' + bytes(10) + bytes([200, 0, 100, 0])"
FORGED = [
    "b''",
    "b'no json'",
    "b'[]\\n'",
    "b'{}\\n'",
    "b'{\"pages\": 1}\\n'",
    'b\'{"pages": 9999, "slides": []}\\n\'',
    'b\'{"pages": "1", "slides": []}\\n\'',
    'b\'{"problem": ["x"]}\\n\'',
    'b\'{"problem": "page", "page": 1e9}\\n\'',
    'b\'{"pages": 1, "slides": [{"text": 5, "files": [1, 1]}]}\\nxx\'',
    'b\'{"pages": 1, "slides": [{"text": "", "files": [-1, 1]}]}\\nxx\'',
    'b\'{"pages": 1, "slides": [{"text": "", "files": [6, 6]}]}\\n<html><html>\'',
    'b\'{"pages": 1, "slides": [{"text": "", "files": [30]}]}\\n\' + ' + FILE,
    'b\'{"pages": 1, "slides": [{"text": "", "files": [30, 30]}]}\\n\' + ' + FILE + " + " + FILE + " + b'more'",
]


@pytest.mark.parametrize("words", FORGED, ids=range(len(FORGED)))
def test_nothing_is_believed_of_what_the_process_says(lying, monkeypatch, words: str) -> None:
    say(monkeypatch, words)
    with pytest.raises(UnusableSlides):
        draw(lying(document()), 0, 1)


def test_the_forged_answers_fail_for_what_is_wrong_with_them(lying, monkeypatch) -> None:
    said = json.dumps({"pages": 1, "slides": [{"text": "x\0y", "files": [30, 30]}]})
    say(monkeypatch, f"b'''{said}''' + b'\\n' + {FILE} + {FILE}")
    (page,) = draw(lying(document()), 0, 1)
    assert (page.width, page.height, page.text) == (200, 100, "x y")


def test_a_process_that_never_ends_is_killed(lying, monkeypatch) -> None:
    monkeypatch.setattr(slides, "_COMMAND", [sys.executable, "-c", "import time; time.sleep(600)"])
    monkeypatch.setattr(slides, "SECONDS_TO_LOOK", 1)
    with pytest.raises(UnusableSlides) as slow:
        look(lying(document()))
    assert slow.value.is_passing


def test_a_file_over_the_limit_is_not_opened_at_all(lying, monkeypatch) -> None:
    monkeypatch.setattr(slides, "MOST_BYTES", 10)
    monkeypatch.setattr(slides, "_COMMAND", ["false"])
    with pytest.raises(UnusableSlides, match="100 MB"):
        look(lying(document()))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("exam\x02\r\nple", "example"),
        ("exam\ufffeple", "example"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\x00b\ud800c", "a bc"),
        ("much     space\u00a0here", "much space here"),
        ("\u202eevil", "evil"),
        ("x" * 9000, "x" * 4000),
        ("e\u0301" * 10, "é" * 10),
    ],
)
def test_text_is_such_as_the_database_holds(given: str, kept: str) -> None:
    assert clean(given) == kept
