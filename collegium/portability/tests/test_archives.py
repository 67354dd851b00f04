"""A zip is never trusted: each trick is refused in a sentence, quickly, and nothing is written anywhere."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from collegium.members.models import Member
from collegium.portability.load import BundleError, load_bundle
from collegium.portability.tests import bundles

pytestmark = pytest.mark.django_db


def archive_with(path: Path, *entries: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def a_bomb(path: Path) -> None:
    archive_with(path, ("members.csv", b"key,name\n" + b"a" * 50_000_000))


def too_many(path: Path) -> None:
    archive_with(path, *((f"{number}.csv", b"") for number in range(1_200)))


def a_way_out(path: Path) -> None:
    archive_with(path, ("../members.csv", b"key,name\n"))


def an_absolute_path(path: Path) -> None:
    archive_with(path, ("/etc/members.csv", b"key,name\n"))


def a_backslash(path: Path) -> None:
    archive_with(path, ("..\\members.csv", b"key,name\n"))


def a_drive(path: Path) -> None:
    archive_with(path, ("c:members.csv", b"key,name\n"))


def a_link(path: Path) -> None:
    info = zipfile.ZipInfo("members.csv")
    info.external_attr = 0o120777 << 16
    archive_with(path, (info, b"/etc/passwd"))


def twice(path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        archive_with(path, ("members.csv", b"key,name\n"), ("members.csv", b"key,name\n"))


def twice_by_case(path: Path) -> None:
    archive_with(path, ("members.csv", b"key,name\n"), ("Members.csv", b"key,name\n"))


def encrypted(path: Path) -> None:
    archive_with(path, ("members.csv", b"key,name\n"))
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)


def oddly_packed(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("members.csv", b"key,name\n")


def overlapping(path: Path) -> None:
    archive_with(path, ("members.csv", b"key,name\n"), ("posts.csv", b"key,author,body\n"))
    raw = bytearray(path.read_bytes())
    second = raw.index(b"PK\x01\x02", raw.index(b"PK\x01\x02") + 4)
    raw[second + 42 : second + 46] = struct.pack("<L", 0)
    path.write_bytes(raw)


def damaged(path: Path) -> None:
    archive_with(path, ("members.csv", bytes(bundles.GOOD["members.csv"] * 50, "utf-8")))
    raw = bytearray(path.read_bytes())
    raw[120:140] = b"\xff" * 20
    path.write_bytes(raw)


def lying_about_size(path: Path) -> None:
    archive_with(path, ("members.csv", b"key,name\n" + b"a,Ada\n" * 1000))
    raw = bytearray(path.read_bytes())
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<L", 20)
    path.write_bytes(raw)


def cut_off(path: Path) -> None:
    archive_with(path, ("members.csv", b"key,name\n" * 1000))
    path.write_bytes(path.read_bytes()[:-30])


def claiming_a_million(path: Path) -> None:
    archive_with(path, ("members.csv", b"key,name\n"))
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x05\x06")
    raw[at + 12 : at + 16] = struct.pack("<L", 60_000_000)
    path.write_bytes(raw)


def nothing_of_the_kind(path: Path) -> None:
    path.write_bytes(b"GIF89a" + b"\x00" * 200)


TRICKS: list[tuple[Callable[[Path], None], str]] = [
    (a_bomb, "unpacks to more than 200 times its size"),
    (too_many, "holds 1,200 entries; a bundle has at most 1,000"),
    (a_way_out, "leads out of its folder"),
    (an_absolute_path, "leads out of its folder"),
    (a_backslash, "leads out of its folder"),
    (a_drive, "leads out of its folder"),
    (a_link, "is a link or a device"),
    (twice, "holds members.csv twice"),
    (twice_by_case, "twice"),
    (encrypted, "is encrypted; a bundle has no password"),
    (oddly_packed, "is packed in a way that is not supported"),
    (overlapping, "lie on top of each other"),
    (damaged, "members.csv in bundle.zip (is damaged|cannot be read)"),
    (lying_about_size, "members.csv in bundle.zip is damaged"),
    (cut_off, "is neither a folder nor a zip"),
    (claiming_a_million, "a bundle has at most 1,000"),
    (nothing_of_the_kind, "is neither a folder nor a zip"),
]


@pytest.mark.parametrize(("trick", "said"), TRICKS, ids=[trick.__name__ for trick, _said in TRICKS])
def test_trick(tmp_path: Path, trick: Callable[[Path], None], said: str) -> None:
    path = tmp_path / "bundle.zip"
    trick(path)
    with pytest.raises(BundleError, match=said):
        load_bundle(path)
    assert not Member.objects.exists()
    assert list(tmp_path.iterdir()) == [path]


def test_an_honest_zip_with_a_folder_and_traces_of_a_mac(tmp_path: Path) -> None:
    folder = bundles.write(tmp_path / "folder")
    path = bundles.zipped(folder, tmp_path / "bundle.zip", prefix="Our community/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/Our community/._members.csv", b"\x00\x05")
    report = load_bundle(path)
    assert report.loaded
    assert report.added["members.csv"] == 3
    assert report.unknown == ["__MACOSX/Our community/._members.csv"]
