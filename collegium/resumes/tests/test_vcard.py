"""The vCard, read again by the rules of RFC 6350."""

import re
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.career.document import Document, Header, Reach
from collegium.resumes.tests import careers
from collegium.resumes.vcard import vcard

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def lines(made):
    """The content lines, unfolded: (name without group, parameters, value)."""
    physical = made.decode().split("\r\n")
    assert physical.pop() == ""
    assert all(len(line.encode()) <= 75 for line in physical)
    whole = re.sub(r"\n ", "", "\n".join(physical)).split("\n")
    found = []
    for line in whole:
        match = re.fullmatch(r'(?:item\d+\.)?([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', line)
        assert match, line
        found.append((match[1], match[2], match[3]))
    return found


def plain(value):
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)


def test_a_whole_card():
    card = lines(vcard(careers.typical(), source="https://example.org/in/zoe/", now=NOW))
    assert card[:2] == [("BEGIN", "", "VCARD"), ("VERSION", "", "4.0")]
    assert card[-1] == ("END", "", "VCARD")
    said = {name: value for name, _parameters, value in reversed(card)}
    assert said["FN"] == "Zoë Lindqvist"
    assert said["N"] == "Lindqvist;Zoë;;;"
    assert (said["TITLE"], said["ORG"], said["PRONOUNS"]) == ("Lead engineer", "Deltares", "she/her")
    assert (said["EMAIL"], said["TEL"]) == ("zoe@example.org", "+31 6 1234 5678")
    assert (said["BDAY"], said["REV"]) == ("19900401", "20261122T100000Z")
    assert ("ADR", ';LABEL="Delft, Netherlands"', r";;;Delft\, Netherlands;;;") in card
    assert ("SOCIALPROFILE", ';VALUE=text;SERVICE-TYPE="Matrix"', "zoe:example.org") in card
    assert [value for name, _parameters, value in card if name == "X-ABLABEL"] == ["Work", "Mobile", "GitHub"]
    assert sum(name == "URL" for name, _parameters, _value in card) == 3


def test_names_of_one_word_and_parts_of_dates():
    card = {name: value for name, _p, value in lines(vcard(Document(header=Header("Björk")), now=NOW))}
    assert card["N"] == ";Björk;;;"
    for date, expected in {"1990": "1990", "1990-04": "1990-04", "in spring": "in spring"}.items():
        made = vcard(Document(header=Header("X"), contacts=[Reach("birthday", date)]), now=NOW)
        assert [value for name, _p, value in lines(made) if name == "BDAY"] == [expected]


@settings(max_examples=60, deadline=None)
@given(careers.heads)
def test_made_up_careers(document):
    card = lines(vcard(document, now=NOW))
    said = {name: value for name, _parameters, value in reversed(card)}
    assert plain(said["FN"]) == document.header.name
    emails = [plain(value) for name, _p, value in card if name == "EMAIL"]
    assert emails == [each.value for each in document.contacts if each.kind == "email"]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1), st.text(max_size=90))
def test_nothing_breaks_out_of_its_line(name, label):
    label = "".join(letter for letter in label if letter.isprintable())
    contacts = [Reach("address", f"Street 1\nTown\r\n{name}", label), Reach("messenger", name, label)]
    made = vcard(Document(header=Header(f'{name}"\n;END:VCARD'), contacts=contacts), now=NOW).replace(b"\r\n ", b"")
    assert made.count(b"\r\nEND:VCARD") == 1
    assert b"\n" not in made.replace(b"\r\n", b"")
