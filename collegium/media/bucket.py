"""Files in a bucket (S3 and what speaks like it). Imported only where the operator chose one.

Nothing in it is ever addressed by a browser: objects are private, no addresses are signed, and every byte passes by the
rule of sight like those on a disk.
"""

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError
from django.utils.deconstruct import deconstructible
from storages.backends.s3 import S3Storage

from collegium.media.storage import PIECE

_GONE = frozenset({"404", "NoSuchKey", "NotFound"})


@deconstructible(path="collegium.media.bucket.BucketStorage")
class BucketStorage(S3Storage):
    """django-storages', private, with ranges, and with the errors that files on a disk have."""

    def get_default_settings(self) -> dict[str, Any]:
        """What is never a matter of choice."""
        defaults: dict[str, Any] = super().get_default_settings()
        return defaults | {
            # An object is its owner's alone unless somebody says otherwise; many buckets refuse to be told so.
            "default_acl": None,
            "querystring_auth": False,
            "file_overwrite": True,
            "object_parameters": {"CacheControl": "private, no-store"},
        }

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """There is none: what has an address of its own could be handed on."""
        raise NotImplementedError("files in the bucket have no address of their own")

    def size(self, name: str) -> int:
        """Bytes of a file.

        Raises:
            FileNotFoundError: it is not there.
        """
        try:
            head = self._client.head_object(Bucket=self.bucket_name, Key=self._key(name))
        except ClientError as error:
            raise _plain(error, name) from error
        return int(head["ContentLength"])

    def pieces(self, name: str, start: int, length: int) -> Iterator[bytes]:
        """Some of a file's bytes; no more than those are fetched."""
        if length <= 0:
            return
        asked = f"bytes={start}-{start + length - 1}"
        try:
            found = self._client.get_object(Bucket=self.bucket_name, Key=self._key(name), Range=asked)
        except ClientError as error:
            raise _plain(error, name) from error
        with found["Body"] as body:
            while piece := body.read(PIECE):
                yield piece

    def _key(self, name: str) -> str:
        return str(self._normalize_name(name))

    @property
    def _client(self) -> Any:
        return self.connection.meta.client


def _plain(error: ClientError, name: str) -> Exception:
    """What a file on a disk would have said."""
    return FileNotFoundError(name) if error.response["Error"]["Code"] in _GONE else OSError(str(error))
