"""A LinkedIn archive of 20 MB and 30,000 rows, from the upload to its review. Runs in `collegium shell`, prints JSON.

The rows are spread as in the archive of somebody who has been there for fifteen years: messages and reactions make
most of it, connections and endorsements a third, the career itself a few hundred lines.
"""

import csv
import io
import json
import random
import sys
import time
import zipfile
from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from collegium.members.models import Member
from collegium.portability.imports import tasks
from collegium.portability.imports.models import Import, ImportRow

SEED = 20
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
)
Table = tuple[str, str, Iterator[list[str]]]


def _tables(chance: random.Random) -> Iterator[Table]:
    """Name, header and rows of each file; thirty thousand rows together."""

    def words(count: int) -> str:
        """Text that packs about as badly as people's own."""
        return " ".join(f"{chance.getrandbits(30):x}" for _word in range(count))

    stamp = "2026-05-02 10:00:00"
    yield (
        "Positions",
        "Company Name,Title,Description,Location,Started On,Finished On",
        (
            [f"Company {n}", f"Engineer {n}", words(40), "Delft", f"Mar {1990 + n}", f"Feb {1991 + n}"]
            for n in range(30)
        ),
    )
    yield "Skills", "Name", ([f"Skill {n}"] for n in range(170))
    yield (
        "Connections",
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        (
            [
                "First",
                f"Last {n}",
                f"https://www.linkedin.com/in/person-{n}",
                f"p{n}@example.org",
                "",
                "",
                "12 Mar 2025",
            ]
            for n in range(8_000)
        ),
    )
    yield (
        "Endorsement_Received_Info",
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status",
        (
            [f"{stamp} UTC", f"Skill {n % 100}", "First", f"Last {n}", f"www.linkedin.com/in/person-{n}", "ACCEPTED"]
            for n in range(2_000)
        ),
    )
    yield (
        "messages",
        MESSAGES,
        ([f"c{n % 500}", "", "Me", "", "You", "", f"{stamp} UTC", "", words(400), "INBOX"] for n in range(11_800)),
    )
    yield (
        "Reactions",
        "Date,Type,Link",
        ([stamp, "LIKE", f"https://www.linkedin.com/feed/update/{chance.getrandbits(60)}"] for n in range(8_000)),
    )


def _archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, header, rows in _tables(random.Random(SEED)):  # noqa: S311 - filler, not a secret
            text = io.StringIO()
            text.write(header + "\r\n")
            csv.writer(text).writerows(rows)
            archive.writestr(f"{name}.csv", text.getvalue())
    return out.getvalue()


def main() -> None:
    """Upload, read, look; the seconds of each."""
    content = _archive()
    member = Member.objects.active().select_related("user").order_by("pk")[0]
    Import.objects.of(member).delete()
    client = Client()
    client.force_login(member.user)
    began = time.perf_counter()
    answer = client.post("/settings/import/upload/", {"archive": SimpleUploadedFile("archive.zip", content)})
    row = Import.objects.of(member).open().get()
    arrived = time.perf_counter()
    tasks.read(row.pk)
    read = time.perf_counter()
    page = client.get(row.path)
    shown = time.perf_counter()
    row.refresh_from_db()
    told = {
        "status": [answer.status_code, page.status_code, row.state],
        "megabytes": round(len(content) / 1e6, 1),
        "staged": ImportRow.objects.filter(of=row).count(),
        "upload": round(arrived - began, 2),
        "reading": round(read - arrived, 2),
        "page": round(shown - read, 2),
        "page kilobytes": round(len(page.content) / 1e3),
    }
    row.delete()
    json.dump(told, sys.stdout)
