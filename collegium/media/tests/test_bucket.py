"""Pictures and documents behave alike on a disk and in a bucket; and what is special about the bucket."""

import subprocess
import sys

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.http import Http404
from django.test import RequestFactory

from collegium.config.options import Options
from collegium.media import keeping, serving
from collegium.media.bucket import BucketStorage
from collegium.media.documents import discard_document, hand_out_document, store_document
from collegium.media.storage import DurableStorage, discard, name_of, store
from collegium.testing.storages import BUCKET, KINDS, lying_in

IMAGES = {512: b"RIFF....WEBP large", 192: b"RIFF....WEBP middle", 96: b"RIFF....WEBP small"}


@pytest.fixture(params=KINDS)
def storage(request, settings, tmp_path):
    with lying_in(request.param, settings, tmp_path / "media"):
        yield request.param


@pytest.fixture
def bucket(settings, tmp_path):
    with lying_in("bucket", settings, tmp_path / "media"):
        yield storages["default"]


def there(key):
    return [default_storage.exists(name_of(key, width)) for width in IMAGES]


def test_the_fixture_is_what_it_says(storage):
    assert isinstance(storages["default"], BucketStorage if storage == "bucket" else DurableStorage)


def test_pictures_are_kept_read_and_discarded(storage):
    first, second = store(IMAGES), store(IMAGES)
    assert first != second
    for width, content in IMAGES.items():
        with default_storage.open(name_of(first, width)) as file:
            assert file.read() == content
    discard(first)
    discard(first)
    discard("0" * 64)
    discard("../../etc/passwd")
    assert (there(first), there(second)) == ([False] * 3, [True] * 3)


def test_what_lies_there_already_is_written_again_and_not_beside(storage):
    for content in (b"one", b"two"):
        assert default_storage.save("ab/cd/x.webp", ContentFile(content)) == "ab/cd/x.webp"
    with default_storage.open("ab/cd/x.webp") as file:
        assert file.read() == b"two"


def test_documents(storage):
    key = store_document(b"%PDF-1.7 words")
    assert hand_out_document(key, "a.pdf").content == b"%PDF-1.7 words"
    discard_document(key)
    discard_document(key)
    with pytest.raises(Http404):
        hand_out_document(key, "a.pdf")


def test_pieces(storage):
    name = keeping.keep(bytes(1000) + b"end", ".bin")
    assert b"".join(default_storage.pieces(name, 1000, 3)) == b"end"
    assert b"".join(default_storage.pieces(name, 1000, 99)) == b"end"
    assert b"".join(default_storage.pieces(name, 5, 0)) == b""
    for ask in (
        lambda: default_storage.size("aa/bb/no.bin"),
        lambda: list(default_storage.pieces("aa/bb/no.bin", 0, 9)),
    ):
        with pytest.raises(FileNotFoundError):
            ask()


def test_no_more_is_fetched_than_is_asked_for(bucket, monkeypatch):
    """A film of a gigabyte is not fetched for its first second."""
    name = keeping.keep(bytes(100_000), ".mp4")
    asked = []
    client = bucket.connection.meta.client
    real = client.get_object
    monkeypatch.setattr(client, "get_object", lambda **given: (asked.append(given["Range"]), real(**given))[1])
    request = RequestFactory(headers={"Range": "bytes=7-16"}).get("/x")
    serving.send(request, name, content_type="video/mp4", tag="t", filename="x.mp4")
    assert asked == ["bytes=7-16"]


def test_nothing_in_the_bucket_has_an_address(bucket):
    name = keeping.keep(b"words", ".pdf")
    with pytest.raises(NotImplementedError):
        bucket.url(name)
    client = bucket.connection.meta.client
    grants = client.get_object_acl(Bucket=BUCKET, Key=name)["Grants"]
    assert [each["Permission"] for each in grants] == ["FULL_CONTROL"]
    assert "URI" not in grants[0]["Grantee"]
    assert client.head_object(Bucket=BUCKET, Key=name)["CacheControl"] == "private, no-store"


def test_other_errors_are_not_taken_for_missing_files(bucket):
    bucket.bucket_name = "somebody-elses"
    with pytest.raises(OSError, match="bucket") as no:
        list(bucket.pieces("aa/bb/x.bin", 0, 1))
    assert not isinstance(no.value, FileNotFoundError)


def test_the_operator_chooses():
    assert Options().storage == {"BACKEND": "collegium.media.storage.DurableStorage"}
    chosen = Options(
        s3_bucket="b", s3_endpoint="https://s3.example.org", s3_region="x", s3_access_key="a", s3_secret_key="s"
    )
    assert chosen.storage == {
        "BACKEND": "collegium.media.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": "b",
            "endpoint_url": "https://s3.example.org",
            "region_name": "x",
            "access_key": "a",
            "secret_key": "s",
        },
    }


def test_nobody_pays_for_a_bucket_who_has_none():
    """The library for buckets takes a second and 30 MB to load."""
    code = "import django; django.setup(); import collegium.config.asgi, sys; sys.exit('boto3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
