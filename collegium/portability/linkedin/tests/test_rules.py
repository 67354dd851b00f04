"""The twelve rules of the importer, one after the other, as far as the reader goes; the pages go the rest."""

import datetime as dt

import pytest

from collegium.career import sections
from collegium.career.document import Document, Draft, Header, Reach
from collegium.career.models import CONTACT_LIMIT, LABEL_LIMIT
from collegium.members.models import Member
from collegium.portability.linkedin import links, things
from collegium.portability.linkedin.catalogue import KINDS, TAKEN
from collegium.portability.linkedin.tests.archives import (
    CONNECTIONS,
    MESSAGES,
    NOTES,
    POSITIONS,
    RECEIVED,
    RECOMMENDS,
    codes,
    rows,
    taken,
    zipped,
)
from collegium.portability.linkedin.things import Endorsement, Person, Recommendation, Share, SkillName
from collegium.resumes import spreadsheet
from collegium.skills.models import NAME_LIMIT

INVITES = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
SHARES = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility"
BO = "Bo,Lind,https://www.linkedin.com/in/bo-lind,bo@example.org,Acme,Engineer,12 Mar 2025\r\n"
FOUND = Person("Bo", "Lind", "bo-lind", "bo@example.org", "Acme", "Engineer", "2025-03-12")


@pytest.mark.parametrize(
    "text",
    [
        NOTES + CONNECTIONS + "\r\n" + BO,
        NOTES.replace("missing. You", "missing.\r\nYou") + CONNECTIONS + "\r\n" + BO,
        NOTES.replace("missing. You", 'missing." You') + CONNECTIONS + "\r\n" + BO,
        NOTES.replace('"', "") + CONNECTIONS + "\r\n" + BO,
        CONNECTIONS + "\r\n" + NOTES + BO,
        CONNECTIONS + "\r\n" + NOTES.replace('"', "") + BO,
        CONNECTIONS + "\r\n" + BO,
    ],
    ids=["usual", "broken line", "stray mark", "bare", "after", "after, bare", "none"],
)
def test_rule_01_the_header_is_found_behind_a_preamble_and_before_one(text):
    found, report = rows("Connections.csv", text)
    assert found == [FOUND]
    assert (report.rows, report.taken, report.problem_count) == (1, 1, 0)


def test_rule_01_an_old_archive_has_no_addresses():
    header = CONNECTIONS.replace(",URL", "")
    (bo,), _report = rows(
        "Connections.csv", NOTES + header + "\r\n" + BO.replace("https://www.linkedin.com/in/bo-lind,", "")
    )
    assert bo == Person("Bo", "Lind", "", "bo@example.org", "Acme", "Engineer", "2025-03-12")


@pytest.mark.parametrize(
    ("name", "header", "kind"),
    [
        ("Shares_17529409.csv", "Date,ShareLink,ShareCommentary,SharedURL,MediaURL,Visibility", "shares"),
        ("Kontakte.csv", CONNECTIONS, "connections"),
        ("POSITIONS_2.CSV", POSITIONS.upper(), "positions"),
        ("Basic_LinkedInDataExport_07-28-2026/Positions.csv", POSITIONS, "positions"),
        ("Profile.csv", CONNECTIONS, "connections"),
        ("Berufserfahrung.txt", POSITIONS, "positions"),
        ("Connaissances reçues.csv", RECOMMENDS, "recommendations_received"),
        ("Recommendations_Given.csv", RECOMMENDS, "recommendations_given"),
        ("Interests.csv", "Name", "interests"),
        ("Kenntnisse.csv", "Name", "skills"),
    ],
)
def test_rule_02_the_header_says_what_a_file_is(name, header, kind):
    _found, report = rows(name, header + "\n")
    assert report.kind == kind


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("Positions.csv", "Nom de l'entreprise,Intitulé,Début\nAcme,Chef,2021\n", "columns"),
        ("New thing.csv", "Colour,Taste\nred,sweet\n", "columns"),
        ("Recommandations.csv", RECOMMENDS + "\n", "doubtful"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "binary"),
        ("Positions.csv", "", "empty"),
    ],
)
def test_rule_02_an_unknown_file_is_listed_with_the_reason(name, text, reason):
    found, report = rows(name, text)
    assert (found, report.decision, codes(report)) == ([], "unknown", [reason])
    assert report.name == name


def test_rule_02_files_of_one_kind_are_one():
    header = "Extension,Number,Type\n"
    found, files = taken(
        zipped(
            {
                "PhoneNumbers.csv": header + ",+49 1,Mobile\n,+49 1,Mobile\n",
                "PhoneNumbers_1.csv": header + ",+49 1,Mobile\n,+49 2,\n",
            }
        )
    )
    assert [each.thing for each in found] == [Reach("phone", "+49 1", "Mobile"), Reach("phone", "+49 2")]
    assert [(report.rows, report.taken, report.repeated) for report in files] == [(2, 2, 1), (2, 2, 1)]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_rule_03_encodings_and_line_ends(encoding, end):
    text = f'{POSITIONS}{end}Café Zürich,Köchin,"Zwei{end}Zeilen",Zürich,Mar 2021,{end}'
    (item,), report = rows("Positions.csv", text.encode(encoding))
    assert (item.organization_name, item.description) == ("Café Zürich", "Zwei\nZeilen")
    assert report.encoding == encoding


def test_rule_03_mojibake_is_flagged_and_kept():
    (item,), report = rows("Positions.csv", f"{POSITIONS}\nCaf\u00c3\u00a9,Cook,,,,\n")
    assert item.organization_name == "Caf\u00c3\u00a9"
    assert report.notes == ("mojibake",)


def test_rule_03_both_ways_of_quoting_and_blank_dates():
    link = "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7000000000000000000"
    words = '"She said ""yes"", and\nhe said \\"no\\""'
    text = f'Date,Link,Message\n2026-05-07 16:41:18,{link},{words}\n,,"No date"\n'
    first, second = rows("Comments.csv", text)[0]
    assert first.text == 'She said "yes", and\nhe said "no"'
    assert (second.text, second.at) == ("No date", "")


def test_rule_03_semicolons_after_a_spreadsheet():
    (item,), report = rows("Positions.csv", POSITIONS.replace(",", ";") + "\r\nAcme;Cook;a, b;;Mar 2021;\r\n")
    assert (item.title, item.description) == ("Cook", "a, b")
    assert report.notes == ("semicolons",)


def test_rule_04_dates_of_every_file():
    """The forms themselves are in test_dates; here each stands in its file."""
    found, files = taken(
        zipped(
            {
                "Positions.csv": f"{POSITIONS}\nAcme,Cook,,,Mar 2021,2022\n",
                "Connections.csv": f"{CONNECTIONS}\n{BO}",
                "Shares.csv": f"{SHARES}\n2026-05-07 16:41:18,,Hello,,,PUBLIC\n",
                "messages.csv": f'{MESSAGES}\n"c","","Bo","","Ada","","2026-05-02 10:00:00 UTC","","Hi","INBOX"\n',
                "Endorsement_Received_Info.csv": f"{RECEIVED}\n2026/07/28 13:20:49 UTC,Welding,Bo,Lind,,ACCEPTED\n",
                "Invitations.csv": f'{INVITES}\nBo,Ada,"8/20/26, 8:13 AM",,INCOMING\nBo,Ada,07/22/2026 04:02,,SENT\n',
                "Recommendations_Received.csv": f'{RECOMMENDS}\nBo,Lind,Acme,Cook,Good,"01/19/13, 12:10 AM",VISIBLE\n',
                "Company Follows.csv": "Organization,Followed On\nAcme,Sat Sep 05 08:12:14 UTC 2026\n",
            }
        )
    )
    said = [
        getattr(each.thing, "at", "") or getattr(each.thing, "started", "") or each.thing.connected_on for each in found
    ]
    assert said == [
        "2021-03",
        "2025-03-12",
        "2026-05-07T16:41:18Z",
        "2026-05-02T10:00:00Z",
        "2026-07-28T13:20:49Z",
        "2026-08-20T08:13:00Z",
        "2026-07-22T04:02:00Z",
        "2013-01-19T00:10:00Z",
        "2026-09-05T08:12:14Z",
    ]
    assert found[0].thing.ended == "2022"
    assert not any(report.problem_count for report in files)


def test_rule_04_an_unknown_date_is_left_out_with_a_sentence():
    (item,), report = rows("Positions.csv", f"{POSITIONS}\nAcme,Cook,,,the spring of 2021,\n")
    assert (item.title, item.started) == ("Cook", "")
    (problem,) = report.problems
    assert (problem.code, problem.row, problem.column, problem.value) == ("date", 1, "Started On", "the spring of 2021")


def test_rule_05_packed_cells():
    header = (
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
        "Twitter Handles,Websites,Instant Messengers"
    )
    websites = "[PORTFOLIO:https://a.example/x,y?q=1,OTHER:b.example,COMPANY:javascript:alert(1)]"
    cells = (
        'Ada,Lovelace,King,,"Dec 10, 1990",Counts,About,Computing,1,London,"[ada, countess]",'
        f'"{websites}",[SKYPE:ada.l]'
    )
    found, report = rows("Profile.csv", f"{header}\n{cells}\n")
    assert found == [
        Header(name="Ada Lovelace", headline="Counts", about="About", place="London"),
        Reach("website", "https://a.example/x,y?q=1", "Portfolio"),
        Reach("website", "https://b.example", ""),
        Reach("network", "ada", "Twitter"),
        Reach("network", "countess", "Twitter"),
        Reach("messenger", "ada.l", "Skype"),
        Reach("birthday", "1990-12-10"),
    ]
    assert codes(report) == ["link"]
    assert report.unused == ("Maiden Name", "Industry", "Zip Code")


def test_rule_05_lists_with_semicolons_and_strokes():
    found, _report = rows("Causes You Care About.csv", "Supported Cause\nEducation; Health|Environment\n")
    assert [item.title for item in found] == ["Education", "Health", "Environment"]
    (wish,), _report = rows(
        "Job Seeker Preferences.csv", "Job Titles,Open To Recruiters,Locations\nCook | Baker,Yes,Bern; Graz\n"
    )
    assert (wish.titles, wish.places, wish.open) == (("Cook", "Baker"), ("Bern", "Graz"), True)


def test_rule_06_empty_shells():
    lines = [
        ",,,,,,02 Feb 2022",
        "LinkedIn,Member,,,,,02 Feb 2022",
        "Cy,Ng,,,,,02 Feb 2022",
        "Di,Oh,https://www.linkedin.com/company/acme,,,,02 Feb 2022",
        "Ed,Ric,https://www.linkedin.com/in/ed-ricp%C2%AE-9,,,,02 Feb 2022",
        "Flo,Su,de.linkedin.com/in/Fl%C3%B6-s/?trk=x,,,,",
    ]
    found, report = rows("Connections.csv", CONNECTIONS + "\n" + "\n".join(lines) + "\n")
    assert [(person.first, person.slug) for person in found] == [
        ("Cy", ""),
        ("Di", ""),
        ("Ed", "ed-ricp®-9"),
        ("Flo", "flö-s"),
    ]
    assert codes(report) == ["nobody", "nobody", "no_profile"]


@pytest.mark.parametrize("formula", ["=1+1", "+49", "-x", "@SUM(A1)", '=HYPERLINK("https://x.example")'])
def test_rule_06_a_formula_is_text(formula):
    quoted = '"' + formula.replace('"', '""') + '"'
    (person,), _report = rows("Connections.csv", f"{CONNECTIONS}\n{quoted},Ng,,,{quoted},{quoted},\n")
    assert (person.first, person.company, person.position) == (formula, formula, formula)
    (skill,), _report = rows("Skills.csv", f"Name\n{quoted}\n")
    assert skill == SkillName(formula)


def test_rule_06_a_formula_that_was_defused_for_spreadsheets_is_what_it_was():
    career = Document(items=[Draft(sections.Section.POSITIONS, "=Cook", "@Acme", description="- soups\n- bread")])
    found, _files = taken(spreadsheet.archive(career))
    assert [each.thing for each in found if each.kind == "positions"] == career.items
    assert rows("Skills.csv", "Name\n'n Sync\n")[0] == [SkillName("'n Sync")]


def test_rule_07_only_the_accepted_and_visible_are_shown():
    text = (
        RECEIVED
        + "\n"
        + "".join(
            f"2026/07/28 13:20:49 UTC,Welding,B{status},Lind,,{status}\n"
            for status in ("ACCEPTED", "PENDING", "REJECTED", "")
        )
    )
    assert [each.shown for each in rows("x.csv", text)[0]] == [True, False, False, False]
    text = RECOMMENDS + "\n" + "".join(f"B{status},Lind,,,Good,,{status}\n" for status in ("VISIBLE", "HIDDEN", ""))
    assert [each.shown for each in rows("Received.csv", text)[0]] == [True, False, False]


def test_rule_08_is_held_against_every_archive_of_test_hostile():
    """What is refused, and that nothing is unpacked, stands there; here, that a sound archive passes."""
    found, _files = taken(zipped({"Skills.csv": "Name\nWelding\n"}))
    assert [each.thing for each in found] == [SkillName("Welding")]


def test_rule_09_rows_of_other_people_are_marked_and_kept_back_unless_asked_for():
    others = {kind.key for kind in KINDS.values() if kind.others}
    assert others >= {
        "connections",
        "messages",
        "invitations",
        "endorsements_received",
        "endorsements_given",
        "recommendations_received",
        "recommendations_given",
        "address_book",
        "member_follows",
    }
    archive = zipped({"Connections.csv": f"{CONNECTIONS}\n{BO}", "Skills.csv": "Name\nWelding\n"})
    found, files = taken(archive, kinds=TAKEN - others)
    assert [each.kind for each in found] == ["skills"]
    assert files[0].taken == 1
    assert KINDS["address_book"].decision == "left out"


def test_rule_10_posts_keep_their_date_and_their_number():
    number = 7_190_000_000_000_000_000
    link = f"https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{number}"
    when = "2024-04-27 09:00:00"
    text = f"{SHARES}\n{when},{link},Hello,,,MEMBER_NETWORK\n{when},{link},,,,PUBLIC\n"
    (share,), report = rows("Shares.csv", text)
    assert share == Share("2024-04-27T09:00:00Z", link, "Hello", "", "", "MEMBER_NETWORK", str(number))
    assert codes(report) == ["bare"]
    written = links.written(share.activity)
    assert written == number >> 22
    assert dt.datetime.fromtimestamp(written / 1000, dt.UTC).year == 2024
    own = f"urn%3Ali%3Acomment%3A%28activity%3A{number}%2C{number + 5}%29"
    comment = f"https://www.linkedin.com/feed/update/urn:li:activity:{number}?commentUrn={own}"
    assert links.activity(comment) == str(number)


def test_rule_10_a_bare_repost_is_skipped():
    found, report = rows(
        "InstantReposts.csv",
        "Date,Link\n2026-05-07 16:41:18,https://www.linkedin.com/feed/update/urn:li:activity:7190000000000000000\n",
    )
    assert (found, report.decision, report.rows) == ([], "left out", 1)


def test_rule_11_every_file_has_its_fate_and_twice_read_is_the_same():
    archive = zipped(
        {
            "Positions.csv": f"{POSITIONS}\nAcme,Cook,,,Mar 2021,\nAcme,,,,,\n",
            "messages.csv": f'{MESSAGES}\n"c","","Bo","","Ada","","2026-05-02 10:00:00 UTC","","Hi","INBOX"\n',
            "Ads Clicked.csv": "Ad clicked Date,Ad Title/Id\n2026,x\n",
            "Strange.csv": "a,b\n",
            "../Skills.csv": "Name\nWelding\n",
        }
    )
    found, files = taken(archive)
    assert [(report.kind, report.decision) for report in files] == [
        ("positions", "taken"),
        ("messages", "taken"),
        ("ads_clicked", "left out"),
        ("", "unknown"),
        ("", "broken"),
    ]
    assert taken(archive) == (found, files)


def test_rule_11_nothing_of_a_career_is_longer_than_the_career_takes():
    assert (things.TITLE, things.PLACE, things.URL, things.DESCRIPTION) == (
        sections.TITLE_LIMIT,
        sections.PLACE_LIMIT,
        sections.URL_LIMIT,
        sections.DESCRIPTION_LIMIT,
    )
    assert (things.CONTACT, things.LABEL, things.SKILL) == (CONTACT_LIMIT, LABEL_LIMIT, NAME_LIMIT)
    limits = [Member._meta.get_field(name).max_length for name in ("name", "headline", "about")]
    assert limits == [things.NAME, things.HEADLINE, things.ABOUT]


def test_rule_11_too_long_texts_are_said():
    long, longer = "x" * 201, "y " * 2100
    text = f"{POSITIONS}\n{long},Cook,,,,\nAcme,Cook,{longer},,,\n"
    (item,), report = rows("Positions.csv", text)
    assert len(item.description) <= 4000
    assert item.description.startswith("y y y")
    assert [(problem.code, problem.row, problem.limit) for problem in report.problems] == [
        ("long", 1, 200),
        ("cut", 2, 4000),
    ]


def test_rule_12_is_in_test_snapshot():
    """Same mappers, second reader: a row of the interface and of the file make the same thing."""
    (item,), _report = rows("Positions.csv", f"{POSITIONS}\nAcme,Cook,,,Mar 2021,\n")
    assert item == Draft(sections.Section.POSITIONS, "Cook", "Acme", started="2021-03")


def test_endorsements_and_recommendations_name_who_and_which_way():
    given = RECEIVED.replace("Endorser", "Endorsee")
    row = "2026/07/28 13:20:49 UTC,Welding,Bo,Lind,https://www.linkedin.com/in/bo-lind,ACCEPTED\n"
    expected = Endorsement("Welding", "Bo", "Lind", "bo-lind", "ACCEPTED", "2026-07-28T13:20:49Z")
    assert rows("a.csv", f"{RECEIVED}\n{row}")[0] == [expected]
    (back,), _report = rows("a.csv", f"{given}\n{row}")
    assert (back.given, back.slug) == (True, "bo-lind")
    (said,), _report = rows(
        "Received.csv", f'{RECOMMENDS}\nBo,Lind,Acme,Cook,"Good\n\nwork","01/19/13, 12:10 AM",VISIBLE\n'
    )
    assert said == Recommendation("Bo", "Lind", "Acme", "Cook", "Good\n\nwork", "VISIBLE", "2013-01-19T00:10:00Z")
