"""Every file the archive is known to have: recognised by its header under any name, and read."""

import pytest

from collegium.career.document import Draft, Header, Reach
from collegium.career.sections import Section
from collegium.portability.linkedin import sentences
from collegium.portability.linkedin.catalogue import KINDS, classify
from collegium.portability.linkedin.mapping import READERS, unpack
from collegium.portability.linkedin.tests.archives import MESSAGES, rows, taken, zipped
from collegium.portability.linkedin.things import (
    Article,
    Event,
    FileReport,
    Following,
    JobApplication,
    Message,
    Problem,
    Reaction,
    Saved,
    SavedJob,
)

# As they stand in real archives; a name only where two kinds share a header.
HEADERS = """
profile|First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers
profile|First Name,Last Name,Maiden Name,Address,Birth Date,Contact Instructions,Headline,Summary,Industry,Country,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers
profile|First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers,Public Profile URL
summary|Profile Summary
positions|Company Name,Title,Description,Location,Started On,Finished On
education|School Name,Start Date,End Date,Notes,Degree Name,Activities
education|School Name,Start Date,End Date,Notes,Degree Name,Activities,Field Of Study,Grade
skills|Name
interests|Name|Interests.csv
languages|Name,Proficiency
certificates|Name,Url,Authority,Started On,Finished On,License Number
projects|Title,Description,Url,Started On,Finished On
publications|Name,Published On,Description,Publisher,Url
honours|Title,Description,Issued On
courses|Name,Number
volunteering|Company Name,Role,Cause,Started On,Finished On,Description
causes|Supported Cause
memberships|Name,Position,Description,Started On,Finished On
patents|Title,Number,Status,Date,Description,Url
scores|Tested On,Name,Description,Score
scores|Name,Score,Date,Description
emails|Email Address,Confirmed,Primary,Updated On
phones|Extension,Number,Type
whatsapp|Number,Extension,Is_WhatsApp_Number
registration|Registered At,Registration Ip,Subscription Types
verifications|First name,Middle name,Last name,Verification type,Organization name,Email address,Country,State,City,Year of birth,Issuing authority,Document type,Verification service provider,Verified date,Expiry date
resume_texts|Private Identity Asset Name,Private Identity Asset Raw Text
rich_media|Date/Time,Media Description,Media Link
rich_media|Type,Link
connections|First Name,Last Name,URL,Email Address,Company,Position,Connected On
connections|First Name,Last Name,Email Address,Company,Position,Connected On
invitations|From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl
endorsements_received|Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status
endorsements_given|Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsee Public Url,Endorsement Status
recommendations_received|First Name,Last Name,Company,Job Title,Text,Creation Date,Status|Recommendations_Received.csv
recommendations_given|First Name,Last Name,Company,Job Title,Text,Creation Date,Status|Recommendations_Given.csv
company_follows|Organization,Followed On
member_follows|Date,Status,FullName
member_follows|Date,Status,Full Name
topic_follows|HashTag,CreatedTime,LastModifiedTime,State
address_book|FirstName,MiddleName,LastName,Title,Emails,PhoneNumbers,Location,CreatedAt,UpdatedAt
groups|Group Name,Group URL
shares|Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility
shares|Date,ShareLink,ShareCommentary,SharedURL,MediaURL,Visibility
comments|Date,Link,Message
reactions|Date,Type,Link
reposts|Date,Link
votes|Date,Link,OptionText
saved_items|savedItem,CreatedTime
events|Event Name,Event Time,Status,External Url
messages|CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER
messages|CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT
messages|CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS CONVERSATION ARCHIVED
assistant|CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER|guide_messages.csv
assistant|CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER|learning_role_play_messages.csv
learning|Content Title,Content Description,Content Type,Content Last Watched Date (if viewed),Content Completed At (if completed),Content Saved,Notes taken on videos (if taken),
reviews|Reviewee,Review Type,Review Section,Creation Date,Rating,Review Text,Reviewer,Review Tags
searches|Time,Search Query
job_applications|Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,Question And Answers
job_applications|Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,Question And Answers,Status,Withdraw Date
saved_jobs|Saved Date,Job Url,Job Title,Company Name
job_preferences|Locations,Industries,Company Employee Count,Preferred Job Types,Job Titles,Open To Recruiters,Dream Companies,Profile Shared With Job Poster,Job Title For Searching Fast Growing Companies,Introduction Statement,Phone Number,Job Seeker Activity Level,Preferred Start Time Range,Commute Preference Starting Address,Commute Preference Starting Time,Mode Of Transportation,Maximum Commute Duration,Open Candidate Visibility,Job Seeking Urgency Level,Semantic Preferences
saved_answers|Question,Answer
job_alerts|ALERT_PARAMETERS,QUERY_CONTEXT,SAVED_SEARCH_ID
services|Creation Time,Marketplace Type,ProFinder Service Category,Media
services|Creation Time,Marketplace Type,Body,Currency Code,Currency Amount,Billing Time Unit,Free Consultation included
services|Creation Time,Marketplace Type,Service Category,Location,Questions and Answers,Preferred Providers,Status
ad_targeting|Member Age,Buyer Groups,Company Names,Company Names,Company Follower of,Company Names,Company Category,Company Size,Degrees,degreeClass,Recent Device OS,Member Schools,Company Growth Rate,Fields of Study,Company Connections,Function By Size,Job Functions,Member Gender,Graduation Year,Member Groups,Company Industries,Member Interests,Interface Locales,interfaceLocale,Member Traits,High Value Audience Segments,Profile Locations,Company Revenue,Job Seniorities,Member Skills,Standard Audience Segments,Job Titles,Job Titles,Job Titles,Years of Experience
ads_clicked|Ad clicked Date,Ad Title/Id
ads_engagement|Action,Date,Ad Title/Id,Page/App
inferences|Category,Type of inference,Description,Inference
logins|Login Date,IP Address,User Agent,Login Type
security_challenges|Challenge Date,IP Address,User Agent,Country,Challenge Type
receipts|First Name,Last Name,Billing Country,Postal Code,Transaction Made At,Payment Method Type,Invoice Number,Description,Tax Amount,Sub Total,Total Amount,Currency Code
"""  # noqa: E501 - headers are one line each
KNOWN = [[*line.split("|"), "Datei_17529409.csv"][:3] for line in HEADERS.strip().splitlines()]


@pytest.mark.parametrize(("kind", "header", "name"), KNOWN)
def test_every_header_is_recognised(kind, header, name):
    columns = header.split(",")
    for seen in (
        columns,
        [column.upper() for column in columns],
        [*columns, ""],
        [f" {column} " for column in columns],
    ):
        found, doubtful = classify(seen, name)
        assert (found and found.key, doubtful) == (kind, False)


def test_every_kind_has_a_header_here_and_its_words():
    assert {kind for kind, _header, _name in KNOWN} == KINDS.keys() - {"articles"}
    assert sentences.LABELS.keys() == KINDS.keys()
    assert sentences.REASONS.keys() == {kind.key for kind in KINDS.values() if kind.decision == "left out"}


def test_what_is_taken_now_or_later_has_a_reader():
    assert {kind.key for kind in KINDS.values() if kind.decision != "left out"} - {"articles"} == READERS.keys()


def test_a_few_new_columns_are_borne_a_strange_table_is_not():
    positions = ["Company Name", "Title", "Description", "Location", "Started On", "Finished On"]
    assert classify([*positions, "Employment Type"])[0].key == "positions"
    assert classify([*positions, "a", "b", "c"]) == (None, False)
    assert classify(["Name", "Colour"]) == (None, False)
    assert classify([]) == (None, False)
    assert classify(["Nom", "Prénom"]) == (None, False)


# One row of every file of the profile, and the item it becomes.
ITEMS = [
    (
        "Company Name,Title,Description,Location,Started On,Finished On\nAcme,Cook,Soups,Bern,Mar 2021,Apr 2022\n",
        Draft(Section.POSITIONS, "Cook", "Acme", "Bern", description="Soups", started="2021-03", ended="2022-04"),
    ),
    (
        (
            "School Name,Start Date,End Date,Notes,Degree Name,Activities,Field Of Study,Grade\n"
            "ETH,2010,2014,With honours,MSc,Choir,Physics,5.5\n"
        ),
        Draft(
            Section.EDUCATION,
            "MSc",
            "ETH",
            detail="Physics",
            number="5.5",
            description="With honours\n\nChoir",
            started="2010",
            ended="2014",
        ),
    ),
    (
        "Name,Url,Authority,Started On,Finished On,License Number\nWelder,https://w.example/1,TÜV,Jan 2020,,A-1\n",
        Draft(Section.CERTIFICATES, "Welder", "TÜV", number="A-1", url="https://w.example/1", started="2020-01"),
    ),
    (
        "Title,Description,Url,Started On,Finished On\nBridge,Long,b.example,2020,2021\n",
        Draft(Section.PROJECTS, "Bridge", url="https://b.example", description="Long", started="2020", ended="2021"),
    ),
    (
        'Name,Published On,Description,Publisher,Url\nOn soup,"Mar 3, 2020",Hot,Press,\n',
        Draft(Section.PUBLICATIONS, "On soup", "Press", description="Hot", started="2020-03-03"),
    ),
    (
        "Title,Description,Issued On\nMedal,Gold,Mar 2020\n",
        Draft(Section.HONOURS, "Medal", description="Gold", started="2020-03"),
    ),
    ("Name,Number\nSoups,S1\n", Draft(Section.COURSES, "Soups", number="S1")),
    (
        "Company Name,Role,Cause,Started On,Finished On,Description\nRed Cross,Driver,HEALTH,Mar 2020,,Nights\n",
        Draft(Section.VOLUNTEERING, "Driver", "Red Cross", detail="HEALTH", description="Nights", started="2020-03"),
    ),
    (
        "Name,Position,Description,Started On,Finished On\nGuild,Member,,2020,\n",
        Draft(Section.MEMBERSHIPS, "Member", "Guild", started="2020"),
    ),
    (
        "Title,Number,Status,Date,Description,Url\nPot,EP1,Issued,2020,,\n",
        Draft(Section.PATENTS, "Pot", detail="Issued", number="EP1", started="2020"),
    ),
    (
        "Tested On,Name,Description,Score\n2020,TOEFL,,110\n",
        Draft(Section.SCORES, "TOEFL", number="110", started="2020"),
    ),
    (
        "Name,Proficiency\nGerman,Native or bilingual proficiency\n",
        Draft(Section.LANGUAGES, "German", kind="native"),
    ),
    ("Name,Proficiency\nLatin,\n", Draft(Section.LANGUAGES, "Latin")),
    ("Profile Summary\nI cook.\n", Header(about="I cook.")),
    ("Email Address,Confirmed,Primary,Updated On\na@example.org,Yes,Yes,\n", Reach("email", "a@example.org")),
    ("Extension,Number,Type\n12,+49 1,Mobile\n", Reach("phone", "+49 1 ext. 12", "Mobile")),
    ("Number,Extension,Is_WhatsApp_Number\n+49 1,,Yes\n", Reach("messenger", "+49 1", "WhatsApp")),
    (
        "Organization,Followed On\nAcme,Sat Sep 05 08:12:14 UTC 2026\n",
        Following("company", "Acme", "2026-09-05T08:12:14Z"),
    ),
    (
        "Date,Status,FullName\n2026-05-02 10:00:00 UTC,Unfollow,Bo\n",
        Following("member", "Bo", "2026-05-02T10:00:00Z", active=False),
    ),
    ("HashTag,CreatedTime,LastModifiedTime,State\n#soup,,,FOLLOWED\n", Following("topic", "soup")),
    ("Date,Type,Link\n2026-05-07 16:41:18,PRAISE,\n", Reaction("2026-05-07T16:41:18Z", "PRAISE")),
    (
        "savedItem,CreatedTime\nhttps://x.example/1,2026-05-07 16:41:18\n",
        Saved("2026-05-07T16:41:18Z", "https://x.example/1"),
    ),
    (
        'Event Name,Event Time,Status,External Url\nFair,"2026-05-07 16:00:00 - 2026-05-07 18:00:00",APPROVED,\n',
        Event("Fair", "2026-05-07T16:00:00Z", "2026-05-07T18:00:00Z", "APPROVED"),
    ),
    (
        (
            "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,"
            'Question And Answers\n"8/20/26, 8:13 AM",a@example.org,,Acme,Cook,,cv.pdf,\n'
        ),
        JobApplication("2026-08-20T08:13:00Z", "Acme", "Cook", email="a@example.org", resume="cv.pdf"),
    ),
    ("Saved Date,Job Url,Job Title,Company Name\n,,Cook,Acme\n", SavedJob(company="Acme", title="Cook")),
    (
        MESSAGES + '\n"c1","","Bo Lind","https://www.linkedin.com/in/bo-lind","Ada L,Cy N",'
        '"https://www.linkedin.com/in/ada,https://www.linkedin.com/in/cy","2026-05-02 10:00:00 UTC","","Hi","INBOX"\n',
        Message(
            "c1",
            sender="Bo Lind",
            sender_slug="bo-lind",
            recipients=("Ada L", "Cy N"),
            slugs=("ada", "cy"),
            at="2026-05-02T10:00:00Z",
            text="Hi",
            folder="INBOX",
        ),
    ),
]


def test_every_file_becomes_what_it_says():
    """All in one archive, under names that say nothing."""
    found, files = taken(zipped({f"{number}.csv": text for number, (text, _thing) in enumerate(ITEMS)}))
    assert [each.thing for each in found] == [thing for _text, thing in ITEMS]
    assert [report.problem_count for report in files] == [0] * len(ITEMS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Name,Proficiency\n,Elementary proficiency\n", "missing"),
        ("Name,Proficiency\nLatin,Somewhat\n", "choice"),
        ("Email Address,Confirmed,Primary,Updated On\na@example.org,No,No,\n", "unconfirmed"),
        ("Extension,Number,Type\n,none,\n", "missing"),
        ("Company Name,Title,Description,Location,Started On,Finished On\nAcme,Cook,,,2022,2021\n", "backwards"),
        ("Title,Description,Url,Started On,Finished On\nBridge,,javascript:alert(1),,\n", "link"),
        ("Name,Number\nSoups,S1,and,more\n", "wide"),
        ("Name\n" + "x" * 101 + "\n", "long"),
        ("Date,Link,Message\n2026-05-07 16:41:18,,\n", "missing"),
    ],
)
def test_what_is_left_out_of_a_row_is_said(text, code):
    _found, report = rows("x.csv", text)
    (problem,) = report.problems
    assert (problem.code, problem.row, problem.file) == (code, 1, "x.csv")
    assert "x.csv, row 1" in sentences.say(problem)


def test_problems_are_counted_and_the_first_kept():
    _found, report = rows("x.csv", "Name,Number\n" + ",x\n" * 500)
    assert (report.problem_count, len(report.problems), report.rows) == (500, 20, 500)


def test_columns_without_a_place_are_named():
    text = "Company Name,Title,Started On,Finished On,Description,Location,Employment Type\nAcme,Cook,,,,,Full-time\n"
    _found, report = rows("x.csv", text)
    assert report.unused == ("Employment Type",)
    assert "“Employment Type”" in sentences.notes(report)[0]


def test_every_sentence_can_be_said():
    for code in sentences.CODES:
        sentence = sentences.say(Problem(code, "a.csv", 3, "Title", "x", 5))
        assert sentence.endswith(".")
        assert "%(" not in sentence
        assert "a.csv, row 3" in sentence
    report = FileReport("a.csv", "skills", "taken", 3, 3, 2, encoding="cp1252", notes=("mojibake", "preamble"))
    assert len(sentences.notes(report)) == 3


def test_duplicate_headers_lose_nothing():
    text = "Company Name,Title,Title,Description,Location,Started On,Finished On\nAcme,,Cook,,,2021,\n"
    (item,), _report = rows("x.csv", text)
    assert item.title == "Cook"


def test_no_conversations_found_is_an_empty_file():
    found, report = rows("LearningCoachMessages.csv", "No conversations found")
    assert (found, report.kind, report.decision, report.problem_count) == ([], "assistant", "left out", 0)


PAGE = """<html><head><title>Soup &amp; I</title><style>p { color: red }</style></head><body>
<h1><a href="https://www.linkedin.com/pulse/soup-i">Soup &amp; I</a></h1>
<p>First  words.</p><div><p>Second <b>bold</b>.</p></div>
<script>alert(1)</script></body></html>"""


def test_an_article_is_its_title_address_and_words():
    (article,), report = rows("Articles/Articles/soupe-é.html", PAGE)
    assert article == Article("Soup & I", "https://www.linkedin.com/pulse/soup-i", "First words.\n\nSecond **bold**.")
    assert (report.kind, report.decision) == ("articles", "taken")


def test_any_other_page_is_unknown():
    _found, report = rows("page.html", "<!DOCTYPE html><html><p>Hello</p></html>")
    assert (report.decision, report.problems[0].code) == ("unknown", "page")


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("", []),
        ("[]", []),
        ("[ada]", [("", "ada")]),
        ("[ada,bo]", [("", "ada"), ("", "bo")]),
        (
            "[PORTFOLIO:https://a.example,OTHER:https://b.example]",
            [("PORTFOLIO", "https://a.example"), ("OTHER", "https://b.example")],
        ),
        ("[https://a.example]", [("", "https://a.example")]),
        ("a; b|c", [("", "a"), ("", "b"), ("", "c")]),
        ("https://a.example/x,y", [("", "https://a.example/x,y")]),
    ],
)
def test_packed_cells(cell, parts):
    assert unpack(cell) == parts
