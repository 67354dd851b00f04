"""The spreadsheets: LinkedIn's names, headers and dates, and no formula."""

import csv
import io
import zipfile
from dataclasses import replace

from collegium.career.document import Document, Draft, Header, Reach
from collegium.career.sections import Section
from collegium.resumes.spreadsheet import archive, day, defused
from collegium.resumes.tests import careers
from collegium.resumes.vcard import vcard

HEADERS = {
    "Profile.csv": "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
    "Geo Location,Twitter Handles,Websites,Instant Messengers",
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On",
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities",
    "Skills.csv": "Name",
    "Languages.csv": "Name,Proficiency",
    "Certifications.csv": "Name,Url,Authority,Started On,Finished On,License Number",
    "Projects.csv": "Title,Description,Url,Started On,Finished On",
    "Publications.csv": "Name,Published On,Description,Publisher,Url",
    "Honors.csv": "Title,Description,Issued On",
    "Courses.csv": "Name,Number",
    "Volunteering.csv": "Company Name,Role,Cause,Started On,Finished On,Description",
    "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On",
    "PhoneNumbers.csv": "Extension,Number,Type",
}


def tables(document):
    with zipfile.ZipFile(io.BytesIO(archive(document))) as packed:
        assert packed.testzip() is None
        return {
            name: list(csv.reader(io.StringIO(packed.read(name).decode(), newline=""))) for name in packed.namelist()
        }


def test_names_headers_and_dates():
    found = tables(careers.typical())
    assert {name: ",".join(rows[0]) for name, rows in found.items()} == HEADERS
    assert found["Positions.csv"][1][4:] == ["Mar 2019", ""]
    assert found["Positions.csv"][2] == ["Rijkswaterstaat", "Engineer", "", "", "2014", "Feb 2019"]
    assert found["Languages.csv"][1] == ["Swedish", "Native or bilingual proficiency"]
    assert found["Certifications.csv"][1][3:] == ["02 May 2017", "2027", "N1"]
    assert found["Email Addresses.csv"][1:] == [["zoe@example.org", "", "Yes", ""], ["work@example.org", "", "No", ""]]
    assert found["PhoneNumbers.csv"][1] == ["", "+31 6 1234 5678", "Mobile"]
    assert found["Profile.csv"][1][:5] == ["Zoë", "Lindqvist", "", "", "Apr 1, 1990"]
    assert found["Profile.csv"][1][11] == "[OTHER:https://example.org/zoe]"
    assert (day("2021"), day("2021-12"), day("2021-12-09"), day("")) == ("2021", "Dec 2021", "09 Dec 2021", "")


def test_the_same_career_is_the_same_file():
    assert archive(careers.typical()) == archive(careers.typical())
    assert list(tables(Document(header=Header("A")))) == ["Profile.csv"]


def test_no_cell_computes():
    bad = ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "+31-20;=1"]
    items = [Draft(Section.POSITIONS, title=text, organization_name=text, description=text) for text in bad]
    document = replace(
        careers.typical(), items=items, skills=bad, contacts=[Reach("phone", text, text) for text in bad]
    )
    for rows in tables(document).values():
        for cell in (cell for row in rows for cell in row):
            assert not cell.startswith(("=", "+", "-", "@", "\t")), cell
    assert (defused("+31 6 (0)1"), defused("a=1"), defused("")) == ("+31 6 (0)1", "a=1", "")


# What the columns of the archive have no place for, by section.
LOST = {
    Section.POSITIONS: ("kind", "url", "skills"),
    Section.EDUCATION: ("url", "number", "detail", "title", "skills"),
    Section.PROJECTS: ("organization_name", "skills"),
    Section.HONOURS: ("organization_name", "skills"),
    Section.COURSES: ("organization_name", "skills"),
    Section.VOLUNTEERING: ("url", "place", "skills"),
    Section.CERTIFICATES: ("description", "skills"),
    Section.PUBLICATIONS: ("skills",),
    Section.LANGUAGES: (),
}


def test_the_reader_of_archives_reads_it_back():
    from collegium.portability.linkedin.read import read
    from collegium.portability.linkedin.things import SkillName

    document = careers.typical()
    with read(io.BytesIO(archive(document))) as opened:
        things = [found.thing for found in opened]
        assert {report.decision for report in opened.files} == {"taken"}
        assert sum(report.problem_count for report in opened.files) == 0
    drafts = [thing for thing in things if isinstance(thing, Draft)]
    for section, lost in LOST.items():
        bare = [
            replace(item, **{name: () if name == "skills" else "" for name in lost}) for item in document.of(section)
        ]
        back = [item for item in drafts if item.section == section]
        if section == Section.EDUCATION:
            assert [item.title for item in back] == ["MSc, Hydraulics"]
            back = [replace(item, title="") for item in back]
        assert back == bare, section
    assert [thing.name for thing in things if isinstance(thing, SkillName)] == document.skills
    reached = {(thing.kind, thing.value) for thing in things if isinstance(thing, Reach)}
    assert reached == {(each.kind, each.value) for each in document.contacts if each.kind != "network"}
    (head,) = (thing for thing in things if isinstance(thing, Header))
    assert (head.name, head.headline, head.about, head.place) == (
        document.header.name,
        document.header.headline,
        document.header.about,
        document.header.place,
    )


def test_a_birthday_that_is_none_is_written_as_it_stands():
    for text in ("2019-13", "2019-99-99", "99999", "--05-17", "in May"):
        contacts = [Reach("birthday", text)]
        with zipfile.ZipFile(io.BytesIO(archive(Document(Header("Ada"), contacts=contacts)))) as packed:
            assert defused(text) in packed.read("Profile.csv").decode()
        assert f"BDAY;VALUE=text:{text}" in vcard(Document(Header("Ada"), contacts=contacts)).decode()
