"""Archives as LinkedIn makes them, small: real headers, made-up people."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping

from django.core.files.uploadedfile import SimpleUploadedFile

from collegium.portability.imports import tasks
from collegium.portability.imports.models import Import

PROFILE = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
    "Twitter Handles,Websites,Instant Messengers"
)
POSITIONS = "Company Name,Title,Description,Location,Started On,Finished On"
EDUCATION = "School Name,Start Date,End Date,Notes,Degree Name,Activities"
SKILLS = "Name"
LANGUAGES = "Name,Proficiency"
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
ENDORSED = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status"
RECOMMENDED = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
SHARES = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility"
LOGINS = "Login Date,IP Address,User Agent,Login Type"

LOOM = ["Northlight Looms", "Weaver", "Wove shawls.", "Delft", "Mar 2019", ""]
MILL = ["Harbour Mill", "Apprentice", "", "Rotterdam", "2015", "Feb 2019"]


def table(header: str, rows: Iterable[list[str]], *, before: str = "") -> bytes:
    out = io.StringIO()
    out.write(before + header + "\r\n")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def archive(**more: bytes) -> bytes:
    """A whole small career; `more` replaces or adds files (without `.csv`)."""
    files = {
        "Profile": table(
            PROFILE,
            [["Ada", "Lindqvist", "", "", "", "Weaver of light", "I weave.", "", "", "Delft", "", "", ""]],
        ),
        "Positions": table(POSITIONS, [LOOM, MILL]),
        "Education": table(EDUCATION, [["School of Cloth", "2012", "2015", "", "Diploma", ""]]),
        "Skills": table(SKILLS, [["Weaving"], ["Dyeing"], ["Teaching"]]),
        "Languages": table(LANGUAGES, [["Dutch", "Native or bilingual proficiency"]]),
        "Connections": table(
            CONNECTIONS,
            [
                ["Di", "Varga", "https://www.linkedin.com/in/di-varga-42", "", "Mill", "Dyer", "12 Mar 2025"],
                [
                    "Someone",
                    "Else",
                    "https://www.linkedin.com/in/someone-else",
                    "else@example.org",
                    "",
                    "",
                    "2 Jan 2020",
                ],
            ],
            before='Notes:\r\n"When exporting your connection data, you may notice that some are missing."\r\n\r\n',
        ),
        "Endorsement_Received_Info": table(
            ENDORSED,
            [["2024/07/28 13:20:49 UTC", "Weaving", "Di", "Varga", "www.linkedin.com/in/di-varga-42", "ACCEPTED"]],
        ),
        "Recommendations_Received": table(
            RECOMMENDED,
            [["Di", "Varga", "Mill", "Dyer", "Nobody weaves like Ada.", "01/19/13, 12:10 AM", "VISIBLE"]],
        ),
        "Shares_17529409": table(SHARES, [["2026-05-07 16:41:18", "https://www.linkedin.com/x", "Hello", "", "", ""]]),
        "Logins": table(LOGINS, [["Sat Sep 05 08:12:14 UTC 2026", "192.0.2.1", "Firefox", "CHALLENGE"]]),
        "Mystery": table("Moon,Phase", [["full", "1"]]),
    }
    return packed({f"{name}.csv": content for name, content in (files | more).items()})


def bring(client, content: bytes, name: str = "Complete_LinkedInDataExport.zip", **kwargs):
    """Upload over HTTP, as the page's form does."""
    return client.post("/settings/import/upload/", {"archive": SimpleUploadedFile(name, content)}, **kwargs)


def read_all() -> None:
    """What the worker would do now."""
    for key in Import.objects.filter(state=Import.State.READING).values_list("pk", flat=True):
        tasks.read(key)


def reviewed(client, content: bytes, name: str = "archive.zip") -> Import:
    """Upload and read; the review that stands then."""
    answer = bring(client, content, name)
    assert answer.status_code == 302, answer.content[:2000]
    read_all()
    row = Import.objects.order_by("-pk")[0]
    assert row.state == Import.State.REVIEW, row.reason
    return row
