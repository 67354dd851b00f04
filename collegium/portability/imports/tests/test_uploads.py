"""What comes through the door at the one address for large files: looked at, bounded, refused with a sentence."""

import io
import json
import struct
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from collegium.career.models import Contact, Item
from collegium.lib.serving.wide import Refused
from collegium.members.models import Member
from collegium.portability.imports import arriving
from collegium.portability.imports.models import Import, ImportRow
from collegium.portability.imports.tests.archives import SKILLS, archive, bring, packed, read_all, reviewed, table


def files() -> list[str]:
    return sorted(path.name for path in arriving.folder().iterdir())


def refused(client, content: bytes, name: str = "archive.zip") -> str:
    """The page that says why a file which got in was not taken."""
    assert bring(client, content, name).status_code == 302
    read_all()
    row = Import.objects.get()
    assert (row.state, files(), ImportRow.objects.count()) == ("refused", [], 0)
    page = client.get(row.path).text
    assert row.reason
    assert "Nothing was changed" in page
    assert row.reason.split("(")[0][:20] in client.get("/settings/import/").text.replace("&#39;", "'")
    return row.reason


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("nothing.zip", b"", "empty"),
        ("cv.pdf", b"%PDF-1.7 something", "neither"),
        ("blanks.json", b" " * 5000, "neither"),
        ("list.json", b"[1, 2, 3]", "neither"),
        ("large.json", b'{"basics": "' + b"x" * (2 << 20) + b'"}', "at most 2 MB"),
    ],
)
def test_what_is_neither_is_refused_at_once(cast, ada, name, content, words):
    answer = bring(ada, content, name)
    assert answer.status_code == 422
    assert words in answer.text
    told = bring(ada, content, name, headers={"X-Upload": "1"})
    assert (told.status_code, words in told.json()["say"]) == (422, True)
    assert (Import.objects.count(), files()) == (0, [])


def test_without_a_file_there_is_nothing_to_look_through(cast, ada):
    for sent in ({}, {"archive": "words"}, {"other": SimpleUploadedFile("a.zip", archive())}):
        answer = ada.post("/settings/import/upload/", sent)
        assert answer.status_code == 422
        assert "choose a file" in answer.text
    assert files() == []


def test_a_file_over_the_limit_is_not_kept(cast, ada, monkeypatch):
    monkeypatch.setattr(arriving, "MOST_ARCHIVE", 10_000)
    answer = bring(ada, b"PK" + bytes(200_000))
    assert (answer.status_code, "larger than 100 MB" in answer.text, files()) == (422, True, [])
    monkeypatch.setattr(arriving, "MOST_IN_ALL", 10_000)
    assert bring(ada, b"PK" + bytes(200_000)).status_code == 400
    assert files() == []


def test_only_from_a_page_of_ours_by_somebody_signed_in(cast):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.ada.user)
    assert bring(strict, archive()).status_code == 403
    strict.get("/settings/import/")
    token = strict.cookies["csrftoken"].value
    elsewhere = bring(strict, archive(), headers={"X-CSRFToken": token, "Origin": "https://evil.example"})
    assert elsewhere.status_code == 403
    assert (Import.objects.count(), files()) == (0, [])
    assert bring(strict, archive(), headers={"X-CSRFToken": token}).status_code == 302
    assert bring(cast.client("nobody"), archive()).status_code == 302
    assert Import.objects.count() == 1
    assert strict.get("/settings/import/upload/").status_code == 405


def test_a_script_is_told_where_to_go(cast, ada):
    answer = bring(ada, archive(), headers={"X-Upload": "1"})
    assert answer.json() == {"go": Import.objects.get().path}


def _link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        info = zipfile.ZipInfo("Skills.csv")
        info.external_attr = 0o120777 << 16
        made.writestr(info, "/etc/passwd")
    return out.getvalue()


def _lying() -> bytes:
    """An entry that says it holds ten bytes and unpacks to fifty million."""
    whole = bytearray(packed({"Skills.csv": b"Name\r\n" + b"a" * 50_000_000}))
    at = whole.rfind(b"PK\x01\x02")
    struct.pack_into("<L", whole, at + 24, 10)
    return bytes(whole)


HOSTILE = {
    "no directory": b"PK\x03\x04" + bytes(200),
    "cut off": archive()[:-30],
    "a way out": packed({"../../Skills.csv": table(SKILLS, [["Weaving"]])}),
    "a link": _link(),
    "flat bomb": packed({"Skills.csv": b"Name\r\n" + b"\x00" * 300_000_000}),
    "lying": _lying(),
    "too many": packed({f"{n}.csv": b"" for n in range(3000)}),
    "nested braces": b'{"a":' + b"[" * 100_000,
    "no CV": b'{"hello": "world"}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_a_sentence(cast, ada, name):
    before = Member.objects.filter(pk=cast.ada.pk).values().get()
    refused(ada, HOSTILE[name], "x.json" if HOSTILE[name].startswith(b"{") else "x.zip")
    assert Member.objects.filter(pk=cast.ada.pk).values().get() == before
    assert reviewed(ada, archive()).state == "review"


RESUME = {
    "basics": {
        "name": "Ada Lindqvist",
        "label": "Weaver of light",
        "summary": "I weave.",
        "email": "ada@example.net",
        "phone": "+31 6 0000",
        "profiles": [{"network": "Mastodon", "url": "https://example.social/@ada"}],
    },
    "work": [
        {"name": "Northlight Looms", "position": "Weaver", "startDate": "2019-03", "summary": "Wove shawls."},
        {"name": "Harbour Mill", "position": "Apprentice", "startDate": "2015", "endDate": "2019-02"},
    ],
    "skills": [{"name": "Weaving"}, {"name": "Dyeing"}],
    "languages": [{"language": "Dutch", "fluency": "Native speaker"}],
    "references": [{"name": "Di Varga", "reference": "Nobody weaves like Ada."}],
}


def test_a_json_resume_comes_in_and_only_once(cast, ada):
    for time in range(2):
        row = reviewed(ada, json.dumps(RESUME).encode(), "resume.json")
        if time:
            new = ImportRow.objects.filter(status=ImportRow.Status.NEW)
            assert set(new.values_list("what", flat=True)) == {"recommendation"}
        ada.post(f"{row.path}confirmation/")
    assert set(Item.objects.values_list("section", "title")) == {
        ("positions", "Weaver"),
        ("positions", "Apprentice"),
        ("languages", "Dutch"),
    }
    audiences = dict(Contact.objects.values_list("kind", "audience"))
    assert (audiences["phone"], audiences["email"]) == (4, 3)
    assert "JSON Resume" in ada.get("/settings/import/").text


def test_a_json_resume_of_wrong_types_says_what_was_left(cast, ada):
    odd = RESUME | {"work": [*RESUME["work"], 7, {"name": ["x"], "position": {}}], "awards": "none", "skills": 3}
    row = reviewed(ada, json.dumps(odd).encode(), "resume.json")
    page = ada.get(row.path).text
    assert "work[2]" in page
    assert "Northlight Looms" in page
    assert ImportRow.objects.filter(what="positions").count() == 2


def test_tickets_are_ours_for_half_a_day_and_for_one_member(cast, monkeypatch):
    query = arriving.ticket(cast.ada).partition("?")[2].encode()
    assert arriving.sender(query) == cast.ada.pk
    for other in (
        b"",
        b"ticket=",
        b"ticket=1:2:3",
        query[:-2],
        query.replace(b"ticket", b"x"),
        b"&" * 400,
        b"\xff" * 9,
    ):
        assert arriving.sender(other) == 0
    monkeypatch.setattr(arriving, "TICKET_SECONDS", -1)
    assert arriving.sender(query) == 0


def test_two_at_once_and_one_a_member(cast, settings):
    wide = arriving.wide()

    def scope(name: str) -> dict:
        return {"query_string": arriving.ticket(getattr(cast, name)).partition("?")[2].encode(), "headers": []}

    def status(name: str) -> int:
        try:
            with wide.admitted(scope(name)):
                return 200
        except Refused as refusal:
            return refusal.status if refusal.unread else 0

    with wide.admitted(scope("ada")):
        assert status("ada") == 409
        with wide.admitted(scope("bo")):
            assert status("cy") == 503
        assert status("cy") == 200
    assert status("ada") == 200
    with pytest.raises(Refused) as without, wide.admitted({"query_string": b"", "headers": []}):
        pass
    assert without.value.status == 403
    huge = scope("ada") | {"headers": [(b"content-length", str(1 << 60).encode())]}
    with pytest.raises(Refused) as full, wide.admitted(huge):
        pass
    assert full.value.status == 507
