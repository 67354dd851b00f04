"""Both places where files may lie: a folder, and a bucket that a library plays in memory, without any network."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BUCKET = "collegium-test"
KINDS = ("disk", "bucket")


@contextmanager
def lying_in(kind: str, settings: Any, folder: Path) -> Iterator[None]:
    """Within, the default storage is of this kind and empty.

    Args:
        kind: one of `KINDS`.
        settings: pytest-django's fixture.
        folder: for files on a disk.
    """
    settings.MEDIA_ROOT = folder
    if kind == "disk":
        yield
        return
    import boto3  # only where a bucket is tested, as in operation
    from moto import mock_aws

    given = {"access_key": "test", "secret_key": "test", "region_name": "eu-central-1"}  # nobody's
    with mock_aws():
        known = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "eu-central-1"}
        place = {"LocationConstraint": "eu-central-1"}
        boto3.client("s3", **known).create_bucket(Bucket=BUCKET, CreateBucketConfiguration=place)
        bucket = {"BACKEND": "collegium.media.bucket.BucketStorage", "OPTIONS": {"bucket_name": BUCKET, **given}}
        settings.STORAGES = {**settings.STORAGES, "default": bucket}
        yield
