"""The PDF: looked at as a screen reader and as a reader of pages would."""

import io
import re
import subprocess
import sys
import threading
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings

from collegium.career.document import Document, Header
from collegium.resumes import child, pdf
from collegium.resumes.tests import careers


def text_of(made):
    with pypdfium2.PdfDocument(made) as opened:
        return [flat(page.get_textpage().get_text_range()) for page in opened]


def flat(text):
    """One line, without the hyphens of broken words and the places where addresses may break."""
    return " ".join(text.replace("\ufffe", "").replace("\u200b", "").replace("\u00ad", "").split())


def tags(made):
    found = []

    def walk(node):
        node = node.get_object()
        for each in [each.get_object() for each in (node if isinstance(node, list) else [node])]:
            if isinstance(each, dict):
                if "/S" in each:
                    found.append(each["/S"])
                if "/K" in each:
                    walk(each["/K"])

    walk(pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


@pytest.mark.parametrize("template", ["letter", "ledger"])
def test_tagged_titled_and_whole(template):
    made = pdf.pdf(careers.typical(), template=template)
    reader = pypdf.PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata["/Title"] == "CV of Zoë Lindqvist"
    assert reader.metadata["/Author"] == "Zoë Lindqvist"
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode().replace(" ", "")
    found = tags(made)
    assert (found.count("/H1"), found.count("/LI")) == (1, 2)
    assert found.count("/H2") == 16  # every part but the contacts
    words = " ".join(text_of(made))
    for word in (
        "Lead engineer",
        "Deltares",
        "March 2019 – present",
        "Ελληνικά",
        "Limited working",
        "CT2091",
        "Bo Okafor",
    ):
        assert word in words, word
    assert reader.pages[0].mediabox.width == pytest.approx(595.28, abs=0.1)


def test_paper_and_language():
    made = pdf.pdf(replace_language(careers.typical(), "sv"), paper="us-letter")
    reader = pypdf.PdfReader(io.BytesIO(made))
    assert reader.pages[0].mediabox.width == pytest.approx(612)
    assert reader.trailer["/Root"]["/Lang"] == "sv"


def replace_language(document, language):
    document.language = language
    return document


@pytest.mark.parametrize("template", ["letter", "ledger"])
def test_words_are_never_markup(template):
    made = pdf.pdf(careers.evil(), template=template)
    words = " ".join(text_of(made))
    assert words.count('#read("/etc/passwd") *x* $y$') >= 4
    assert "= Heading" in words
    assert "#pagebreak()" in words
    assert "root:" not in words
    links = [
        note.get_object()["/A"]["/URI"]
        for page in pypdf.PdfReader(io.BytesIO(made)).pages
        for note in page.get("/Annots", [])
    ]
    assert not [link for link in links if link.startswith("javascript")]


@pytest.mark.parametrize("template", ["letter", "ledger"])
def test_no_heading_is_left_alone_at_the_foot(template):
    made = pdf.pdf(careers.long(), template=template)
    pages = text_of(made)
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        foot = f"Zoë Lindqvist Page {number} / {len(pages)}"
        assert page.endswith(foot)
        body = page.removesuffix(foot).strip()
        assert not body.endswith(
            ("Experience", "Education", "Skills", "Languages", "Certificates", "Interests", "Projects")
        )
        # A position stands with its first words, never its title alone.
        assert not re.search(r"Engineer number \d+$", body)


def test_one_page_has_no_number():
    made = pdf.pdf(Document(header=Header("Zoë Ångström-Nguyễn"), language="vi"))
    assert text_of(made) == ["Zoë Ångström-Nguyễn"]


@pytest.mark.parametrize("template", ["letter", "ledger"])
def test_other_scripts(template):
    name, about = "Марія Коваленко", "Εργάζομαι εκεί. Працюю там. हाइड्रोलिक วิศวกร đặng ﬁ"
    document = Document(header=Header(name, headline="ᚠᚢ 🚀 x", about=f"{about}\n\nمهندسة\n\nמהנדסת"), language="uk")
    assert pdf.unprintable(document) == ["ᚠ", "ᚢ", "🚀"]
    made = pdf.pdf(document, template=template)
    words = " ".join(text_of(made))
    assert name in words
    assert "Εργάζομαι εκεί. Працюю там." in words
    assert "\ufffd\ufffd x" in words
    reader = pypdf.PdfReader(io.BytesIO(made))
    assert (
        "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    )  # which no missing letter is allowed in


def test_written_from_the_right():
    made = pdf.pdf(Document(header=Header("ليلى", about="أعمل هنا."), language="ar"), template="ledger")
    assert pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]["/Lang"] == "ar"


def test_the_lists_of_letters_are_those_of_the_fonts():
    for name, paths in (("coverage", pdf.FONTS.glob("*-Regular.ttf")), ("coverage-cjk", child.CJK.glob("*.otf"))):
        have = set()
        for path in paths:
            have |= set(TTFont(path).getBestCmap())
        assert all(pdf._has(chr(point), name) for point in have)
        bounds = pdf._coverage(name)
        assert sum(last - first for first, last in zip(bounds[::2], bounds[1::2], strict=True)) == len(have)


def test_chinese_japanese_korean():
    document = Document(header=Header("陳美玲", headline="建築師 · デザイン · 서울"), language="zh-Hant")
    assert pdf.unprintable(document) == []
    made = pdf.pdf(document)
    words = " ".join(text_of(made))
    for each in ("陳美玲", "建築師", "デザイン", "서울"):
        assert each in words
    assert "pdfuaid" in pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]["/Metadata"].get_data().decode()
    assert len(made) < 200_000


@settings(max_examples=8, deadline=None)
@given(careers.documents())
def test_made_up_careers_print(document):
    assert pdf.pdf(document, template="ledger").startswith(b"%PDF-")


def test_too_many_at_once_are_told_so(monkeypatch):
    monkeypatch.setattr(pdf, "_places", threading.BoundedSemaphore(1))
    monkeypatch.setattr(pdf, "PATIENCE", 0.05)
    with pdf._place(), pytest.raises(pdf.NotPrintedError) as busy:
        pdf.pdf(careers.typical())
    assert busy.value.busy
    assert "try again" in str(busy.value)
    assert pdf.pdf(careers.typical())


def test_a_child_that_hangs_or_dies_is_ended(monkeypatch):
    for command in ("import time; time.sleep(60)", "raise SystemExit(3)", "print('no pdf')"):
        monkeypatch.setattr(pdf, "_COMMAND", [sys.executable, "-c", command])
        monkeypatch.setattr(pdf, "SECONDS", 0.5)
        with pytest.raises(pdf.NotPrintedError) as failed:
            pdf.pdf(careers.typical())
        assert not failed.value.busy


def test_the_child_reads_no_file_and_reaches_no_network():
    probe = """
import sys, socket
from collegium.media import sandbox
import collegium.resumes.child as child
real = sandbox.lock_up
def locked():
    real()
    for name, attempt in (("file", lambda: open("/etc/hostname")), ("socket", lambda: socket.socket())):
        try:
            attempt()
            sys.stderr.write(name + " open;")
        except OSError:
            sys.stderr.write(name + " closed;")
sandbox.lock_up = locked
child.main()
"""
    done = subprocess.run(
        [sys.executable, "-c", probe], input=b"{}", capture_output=True, check=False, cwd=child.ROOM.parents[1]
    )
    said = done.stderr.decode()
    if sys.platform == "linux":
        assert "file closed;socket closed;" in said, said


def test_skills_of_items_go_with_the_skills():
    from collegium.resumes import printed

    document = careers.typical()
    assert printed.filled(document) == [str(part) for part in printed.ORDER]
    some = printed.chosen(document, ["positions", "about"])
    assert [item.skills for item in some.items] == [(), ()]
    assert (some.skills, some.contacts, some.references) == ([], [], [])
    assert some.header == document.header
    assert printed.chosen(document, []).header == replace(document.header, about="")
