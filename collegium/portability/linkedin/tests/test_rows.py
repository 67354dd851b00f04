"""From bytes to rows: encodings, quotation marks, line ends, cells of any size."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.portability.linkedin import rows, text
from collegium.portability.linkedin.rows import Rows


def cut(content, delimiter=",", size=7):
    """The rows of a text that comes in small pieces."""
    pieces = (content[at : at + size] for at in range(0, len(content), size))
    return [line.cells or line.problem for line in Rows(pieces).lines(delimiter)]


def read(data, size=5):
    """The text of bytes that come in small pieces, its encoding and what was noted."""
    sniffer, notes = text.Sniffer(), set()
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    for piece in pieces:
        sniffer.feed(piece)
    encoding = sniffer.encoding()
    return "".join(text.decode(pieces, encoding, notes)), encoding, notes


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
        ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
        ('"a","b"', [["a", "b"]]),
        ('"a,b",c\n', [["a,b", "c"]]),
        ('"a\nb",c\n', [["a\nb", "c"]]),
        ('"a ""b"" c",d\n', [['a "b" c', "d"]]),
        (r'"a \"b\" c",d' + "\n", [['a "b" c', "d"]]),
        (r'"a \"b\", c",d' + "\n", [['a "b", c', "d"]]),
        (r'"he said \"hi\"",d' + "\n", [['he said "hi"', "d"]]),
        (r'"C:\",d' + "\n", [["C:\\", "d"]]),
        (r'"C:\new",d' + "\n", [[r"C:\new", "d"]]),
        ('"a\\""",d\n', [['a\\"', "d"]]),
        ('5" pipe,d\n', [['5" pipe', "d"]]),
        ('"a"bc,d\n', [["abc", "d"]]),
        ('"",""\n', [["", ""]]),
        ('a,"b",\n', [["a", "b", ""]]),
        ('a,"b",', [["a", "b", ""]]),
        ("a,b,", [["a", "b", ""]]),
        ("\n\na\n", [[""], [""], ["a"]]),
        ('"a\nb\nc,d\n', ["unclosed", ["b"], ["c", "d"]]),
        ("", []),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_rows_as_programs_write_them(content, expected, size):
    assert cut(content, size=size) == expected


CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\x00\\"), max_size=30)


@settings(max_examples=150)
@given(st.lists(st.lists(CELL, min_size=1, max_size=5), max_size=8), st.integers(1, 40), st.sampled_from(",;\t"))
def test_what_csv_writes_comes_back(table, size, delimiter):
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(table)
    assert cut(held.getvalue(), delimiter, size) == table


@settings(max_examples=150)
@given(st.lists(st.lists(CELL, min_size=2, max_size=4), max_size=6), st.integers(1, 40))
def test_what_is_written_with_backslashes_comes_back(table, size):
    """Inner quotation marks come in pairs, as people write them."""
    table = [
        [cell.replace('"', "") + (f' "{cell[:3]}" x'.replace('""', "") if cell[:1].isalpha() else "") for cell in row]
        for row in table
    ]
    table = [[cell if cell.count('"') % 2 == 0 else cell.replace('"', "") for cell in row] for row in table]
    content = "".join(",".join('"' + cell.replace('"', '\\"') + '"' for cell in row) + "\n" for row in table)
    assert cut(content, size=size) == table


@settings(max_examples=300)
@given(st.text(st.sampled_from('a,"\\\n;é'), max_size=80), st.integers(1, 20))
def test_any_text_has_rows_however_it_comes(content, size):
    assert cut(content, size=size) == cut(content, size=10_000)


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\ufeff\x00"), max_size=200))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_comes_back(encoding, content):
    said, _name, _notes = read(content.encode(encoding))
    assert said == content


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Zoë".encode(), "utf-8"),
        ("Zoë".encode("utf-8-sig"), "utf-8-sig"),
        ("Zoë".encode("cp1252"), "cp1252"),
        ("Zoë “x”".encode("utf-16"), "utf-16"),
        ("Name,Zoe".encode("utf-16-le"), "utf-16-le"),
        ("Name,Zoe".encode("utf-16-be"), "utf-16-be"),
        (b"", "utf-8"),
    ],
)
def test_the_encoding_is_told_by_the_bytes(data, encoding):
    said, found, notes = read(data)
    assert (found, notes) == (encoding, set())
    assert "\ufeff" not in said
    assert "Zo" in said or not data


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_one(end):
    assert read(f"a{end}b{end}{end}c".encode())[0] == "a\nb\n\nc"


@pytest.mark.parametrize("words", ["caf\u00c3\u00a9", "it\u00e2\u20ac\u2122s", "M\u00c3\u00bcller"])
def test_mojibake_is_flagged_and_kept(words):
    said, _encoding, notes = read(words.encode(), size=2)
    assert said == words
    assert notes == {"mojibake"}


@pytest.mark.parametrize("words", ["café", "São Paulo", "Ânimo Âge", "€ 5 – “x”", "naïve Ñandú ÅÄÖ", "ÃO"])
def test_right_words_are_not_called_mojibake(words):
    assert read(words.encode())[2] == set()


def test_bytes_of_no_encoding_are_said():
    said, encoding, notes = read(b"a\x81b\xff")
    assert (encoding, notes) == ("cp1252", {"replaced"})
    assert said == "a\ufffdbÿ"


def test_a_long_cell_is_left_out_and_the_rest_is_read():
    content = 'a,b\n"' + "x" * (rows.MOST_CELL + 1) + '",c\nd,e\n'
    assert cut(content, size=65536) == [["a", "b"], "cell", ["d", "e"]]


@pytest.mark.parametrize("quoted", [True, False])
def test_a_row_too_long_to_hold_is_passed_over(quoted):
    mark = '"' if quoted else ""
    inner = "\nlooks,like,a,row\n" if quoted else ""
    content = f"a,b\n{mark}" + inner + "x" * (3 * rows.MOST_ROW) + inner + f"{mark},c\nd,e\n"
    assert cut(content, size=65536) == [["a", "b"], "row", ["d", "e"]]


def test_a_million_delimiters_are_no_million_cells():
    (cells,) = cut("," * 1_000_000 + "\n", size=65536)
    assert len(cells) < 300
    (cells,) = cut('"",' * 50_000 + '""\n', size=65536)
    assert len(cells) < 300


def test_marks_that_never_close_are_given_up():
    content = '"\n' + "".join(f'x{at},""\n"""{at}\n' for at in range(rows.MOST_UNCLOSED * 4))
    said = cut(content, size=65536)
    assert len(said) < 400
