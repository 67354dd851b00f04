"""The Word file, opened again and looked at as Word would."""

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from lxml import etree

from collegium.career.document import Document, Header
from collegium.resumes.tests import careers
from collegium.resumes.word import word


def test_headings_lists_and_whose_it_is():
    made = docx.Document(io.BytesIO(word(careers.typical())))
    styles = {(line.style.name, line.text) for line in made.paragraphs}
    for each in (
        ("Title", "Zoë Lindqvist"),
        ("Heading 1", "Experience"),
        ("Heading 2", "Lead engineer\tMarch 2019 – present"),
        ("List Bullet", "Cut false alarms"),
    ):
        assert each in styles, each
    said = made.core_properties
    assert (said.title, said.author, said.language, said.comments) == ("CV of Zoë Lindqvist", "Zoë Lindqvist", "en", "")
    assert made.sections[0].page_width.mm == pytest.approx(210, abs=0.1)
    assert docx.Document(io.BytesIO(word(careers.typical(), paper="us-letter"))).sections[0].page_width.inches == 8.5


def test_nothing_of_the_librarys_own_is_left():
    with zipfile.ZipFile(io.BytesIO(word(careers.typical()))) as packed:
        assert not [name for name in packed.namelist() if "thumbnail" in name]
        for name in packed.namelist():
            body = packed.read(name)
            assert b"python-docx" not in body
            if name.endswith((".xml", ".rels")):
                etree.fromstring(body)


def test_words_that_look_like_markup_stay_words():
    made = docx.Document(io.BytesIO(word(careers.evil())))
    assert made.paragraphs[0].text == careers.EVIL
    links = [each.target_ref for each in made.part.rels.values() if each.is_external]
    assert links
    assert not [link for link in links if link.startswith("javascript")]


def test_from_the_right():
    made = docx.Document(io.BytesIO(word(Document(header=Header("ليلى"), language="ar"))))
    normal = made.styles["Normal"].element
    assert normal.xpath("w:pPr/w:bidi")
    assert normal.xpath("w:rPr/w:rtl")


@settings(max_examples=8, deadline=None)
@given(careers.documents())
def test_made_up_careers_open(document):
    made = docx.Document(io.BytesIO(word(document)))
    assert made.paragraphs[0].text == document.header.name
