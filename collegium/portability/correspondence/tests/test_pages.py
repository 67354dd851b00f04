"""Messages and invitations from elsewhere are read by whoever brought them, and by nobody else."""

import io
import random
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.career.models import Contact
from collegium.members.models import Findability
from collegium.portability.correspondence import models, people
from collegium.portability.correspondence.models import Letter, Thread, Waiting
from collegium.portability.correspondence.tests import archives
from collegium.portability.correspondence.tests.archives import (
    ANNA,
    BERT,
    DRAFTED,
    HERE,
    INVITATIONS,
    LETTERS,
    ME,
    agree,
    brought,
    choose,
    confirm,
    kept,
    long,
    sent,
    small,
)
from collegium.portability.imports.models import ImportFile, ImportRow, Met
from collegium.portability.imports.tests.archives import packed, reviewed, table
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries

Status = ImportRow.Status


def test_who_reads_it(cast: Cast, ada: Any) -> None:
    brought(ada)
    path = Thread.objects.get(folder="INBOX").path
    words = ("Shall we", "Anna", "at the mill")
    for name in ("bo", "cy", "di", "ed", "eve", "flo"):
        client = cast.client(name)
        assert client.get(path).status_code == 404
        assert client.post(f"{path}removal/").status_code == 404
        for address in (LETTERS, f"{LETTERS}?q=weave", INVITATIONS, HERE, "/settings/import/"):
            assert not any(word in client.get(address).text for word in words), (name, address)
        client.post(f"{LETTERS}removal/")
    for address in (path, LETTERS, INVITATIONS):
        assert cast.client("nobody").get(address).status_code == 302
    assert kept() == [2, 4, 2]
    assert ada.get(f"{path}removal/").status_code == 405
    ada.post(f"{path}removal/")
    assert kept() == [1, 1, 2]
    assert ada.get(path).status_code == 404
    ada.post(f"{LETTERS}removal/")
    assert kept() == [0, 0, 0]


def test_it_is_found_again(cast: Cast, ada: Any) -> None:
    brought(ada)
    assert "Gladly" in ada.get(f"{LETTERS}?q=GLÂDLY").text
    assert "Shall we" not in ada.get(f"{LETTERS}?q=gladly").text
    assert "Bert" in ada.get(f"{LETTERS}?q=bert+as").text
    assert "Nothing of it says this" in ada.get(f"{LETTERS}?q=zzz").text
    page = ada.get(f"{LETTERS}?q=tuesday").text
    address = page.split('class="kept-thread-row" href="')[-1].split('"')[0].replace("&amp;", "&")
    assert "Tuesday then" in ada.get(address).text


def test_a_long_conversation_is_read_in_stretches_both_ways(cast: Cast, ada: Any) -> None:
    brought(ada, small(long(150)))
    path = Thread.objects.get().path

    def there(page: str) -> list[int]:
        return [n for n in range(150) if f"word {n} of" in page]

    page = ada.get(path).text
    assert there(page) == list(range(90, 150))
    assert "?after=" not in page

    def go(page: str, way: str) -> str:
        return str(ada.get(f"{path}?{way}=" + page.split(f"?{way}=", 1)[1].split('"', 1)[0]).text)

    middle = go(page, "before")
    assert there(middle) == list(range(30, 90))
    assert there(go(middle, "after")) == list(range(90, 150))
    first = go(middle, "before")
    assert there(first) == list(range(30))
    assert "Older" not in first
    hit = ada.get(f"{LETTERS}?q=word+45+of").text
    address = hit.split('class="kept-thread-row" href="')[-1].split('"')[0].split("#")[0]
    assert there(ada.get(address).text)[-1] == 45


@pytest.mark.parametrize(
    "query",
    ["?before=x", "?after=" + "A" * 22, "?at=%00", "?before=" + "_" * 22, "?at=" + "f" * 21 + "w", "?q=%00%25_",
     "?q=" + "x" * 900, "?way=moon", "?at=" + "_" * 21 + "8", "?before=" + "A" * 22 + "&q=weave"],
)  # fmt: skip
def test_hostile_addresses(cast: Cast, ada: Any, query: str) -> None:
    brought(ada)
    for address in (LETTERS, INVITATIONS, Thread.objects.get(folder="INBOX").path):
        assert ada.get(address + query).status_code in (200, 404)
    for key in ("0", "9" * 18, "9" * 30):
        assert ada.get(f"{LETTERS}{key}/").status_code == 404


CELLS = (
    "", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "\u202eevil", "\\", '"', "a" * 6000, "Ã©tÃ©", "line\nline",
    "x\x0by", "javascript:alert(1)", "https://www.linkedin.com/in/anna-berg", "linkedin.com/in/%C3%A5s",
    "2021-02-30 25:61:00",
    "2021-02-03 10:11:12 UTC", "9999-12-31 23:59:59 UTC", "1969-01-01 10:00:00 UTC", "8/20/26, 8:13 AM", "INBOX", "Yes",
    "👩‍👩‍👧", "é" * 50, "LinkedIn Member", "INCOMING", "Lovelace, Ada", "a,b,c",
)  # fmt: skip


def test_whatever_stands_in_the_cells(cast: Cast, ada: Any) -> None:
    chance = random.Random(7)
    rows = [chance.choices(CELLS, k=13) for _row in range(300)]
    asked = [chance.choices(CELLS, k=7) for _row in range(300)]
    files = {"m.csv": table(DRAFTED, rows), "i.csv": table(archives.ASKS, asked)}
    row = reviewed(ada, packed(files))
    assert ada.get(row.path).status_code == 200
    for place in ImportFile.objects.filter(of=row, fate="taken").values_list("place", flat=True):
        assert ada.get(f"{row.path}files/{place}/").status_code == 200
    choose(ada, row)
    confirm(ada, row)
    assert all(kept())
    for thread in Thread.objects.order_by("pk")[:40]:
        page = ada.get(thread.path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
    assert "<script>alert" not in ada.get(f"{LETTERS}?q=script").text
    assert ada.get(f"{INVITATIONS}?way=sent").status_code == 200
    years = {each.at.year for each in Letter.objects.all() if each.at is not None}
    assert years == {2021, 2026}
    again = reviewed(ada, packed(files))
    assert not ImportRow.objects.filter(of=again, status=Status.NEW).exists()


def test_encodings_and_a_cell_of_ten_megabytes(cast: Cast, ada: Any) -> None:
    huge = [sent("one", ANNA, ME, "2024-05-02 10:00:00 UTC", "x" * 10_000_000), *archives.SAID[1:]]
    old = table(archives.OLD, [sent("w", BERT, ME, "2020-01-09 10:00:00 UTC", "Grüße")]).decode().encode("cp1252")
    row = reviewed(ada, packed({"a.csv": table(archives.OLD, huge), "b.csv": old}))
    choose(ada, row)
    confirm(ada, row)
    assert max(len(each) for each in Letter.objects.values_list("text", flat=True)) <= models.TEXT
    assert Letter.objects.filter(text="Grüße", name="Bert Ås").exists()


def test_statements_stay_the_same(cast: Cast, ada: Any) -> None:
    rows = [each for n in range(20) for each in long(70, f"talk {n}")]
    brought(ada, small([*rows, *archives.SAID]))
    path = Thread.objects.order_by("-last", "-pk")[0].path
    for address in (LETTERS, path, INVITATIONS, f"{LETTERS}?q=word"):
        with CaptureQueriesContext(connection) as many:
            ada.get(address)
        assert len(many) < 25, address
    left = int(path.rstrip("/").rsplit("/", 1)[1])

    def read() -> None:
        for address in (LETTERS, path, INVITATIONS, f"{LETTERS}?q=word"):
            assert ada.get(address).status_code == 200

    def fewer() -> None:
        Letter.objects.exclude(thread=left).delete()
        Thread.objects.exclude(pk=left).delete()

    assert_same_queries(read, fewer, read)


def test_who_of_them_is_here(cast: Cast) -> None:
    """Only whom she sees, knows already, and who agreed to be found by that address."""
    names = ("bo", "cy", "di", "ed", "eve", "flo")
    for name in names:
        agree(getattr(cast, name), f"{name}-there")

    def here(viewer: str) -> set[str]:
        found = people.here(cast.viewer(viewer), [*(f"{name}-there" for name in names), "", "nobody"])
        return {slug.removesuffix("-there") for slug in found}

    # A stranger is not told, nor whoever is near but not connected: guessed addresses must tell nothing.
    assert here("ada") == {"bo"}
    assert here("di") == set()
    for name in ("di", "ed", "eve"):
        Met.objects.create(member=cast.ada, person=getattr(cast, name))
    assert here("ada") == {"bo", "di"}
    Findability.objects.filter(member=cast.bo).update(profile=False)
    assert here("ada") == {"di"}
    Contact.objects.filter(member=cast.di).delete()
    assert here("ada") == set()


def test_a_name_leads_to_a_connection(cast: Cast, ada: Any) -> None:
    agree(cast.bo, "anna-berg")
    brought(ada)
    assert f'href="{cast.bo.path}"' in ada.get(Thread.objects.get(folder="INBOX").path).text
    assert cast.bo.path in ada.get(INVITATIONS).text
    assert f'<a class="link" href="{cast.bo.path}"' not in ada.get(Thread.objects.get(folder="SPAM").path).text


def test_it_goes_with_the_import_and_with_the_account(cast: Cast, ada: Any) -> None:
    row = reviewed(ada, small())
    assert Waiting.objects.exists()
    ada.post(f"{row.path}cancellation/")
    assert not Waiting.objects.exists()
    brought(ada)
    cast.ada.delete()
    assert kept() == [0, 0, 0]


def test_it_is_in_the_archive_she_takes_away(cast: Cast, ada: Any) -> None:
    brought(ada)

    def taken(client: Any) -> dict[str, str]:
        with zipfile.ZipFile(io.BytesIO(client.get("/settings/take-along/archive/").content)) as archive:
            return {name: archive.read(name).decode() for name in archive.namelist() if name.startswith("elsewhere")}

    found = taken(ada)
    assert "2024-05-02T10:05:00.000Z,Ada Lindqvist,yes,," in found["elsewhere_messages.csv"]
    assert "Anna Berg,https://www.linkedin.com/in/anna-berg,We met at the mill." in found["elsewhere_invitations.csv"]
    assert taken(cast.client("bo")) == {}
    ada.post(f"{LETTERS}removal/")
    assert taken(ada) == {}
