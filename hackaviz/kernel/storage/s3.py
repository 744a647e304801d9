"""Blobs in a bucket of S3 or a server that speaks it."""

import io
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from typing_extensions import Buffer

from hackaviz.kernel.storage.blobs import (
    BlobMissing,
    Readable,
    Storage,
    StorageUnavailable,
    StoredBlob,
    copy_hashed,
    is_key,
)
from hackaviz.kernel.storage.s3_client import open_client, s3_errors
from hackaviz.kernel.storage.s3_incoming import S3Incoming

# The smallest part that S3 permits: one part at a time is what a write holds in memory.
PART_BYTES = 5 * 1024 * 1024


class S3Storage(Storage):
    """Objects named prefix + key. Credentials come from the usual AWS environment."""

    def __init__(
        self, *, bucket: str, prefix: str = "", endpoint: str | None = None, region: str | None = None
    ) -> None:
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/".lstrip("/")
        self._endpoint = endpoint
        self._region = region
        self.incoming: S3Incoming = S3Incoming(bucket, f"{self._prefix}incoming/", lambda: self._client)

    @cached_property
    def browsers_reach(self) -> str:
        # Only the client knows in which of its ways it names the bucket.
        parts = urlsplit(self.incoming.list_address("any", "any"))
        return f"{parts.scheme}://{parts.netloc}"

    def write(self, stream: Readable, *, limit: int | None = None) -> StoredBlob:
        # The name depends on the last byte and S3 cannot rename: hash into a nameless file, which a crash removes.
        with tempfile.TemporaryFile() as spool:
            blob = copy_hashed(stream, lambda chunk: _spool(spool, chunk), limit=limit)
            spool.seek(0)
            with s3_errors():
                self._client.upload_fileobj(
                    spool, self._bucket, self._prefix + blob.key, Config=self._one_part_at_a_time
                )
        return blob

    def open(self, key: str, *, start: int = 0, length: int | None = None) -> BinaryIO:
        if start == 0 and length is None:
            return self._get(key)
        # S3 has no empty range, and refuses one that starts at the end: cut it ourselves first.
        size = self.size(key)
        end = size if length is None else min(size, start + length)
        return self._get(key, Range=f"bytes={start}-{end - 1}") if start < end else io.BytesIO()

    def _get(self, key: str, **options: str) -> BinaryIO:
        with s3_errors(key):
            answer = self._client.get_object(**self._object(key), **options)
        return io.BufferedReader(_Body(answer["Body"]))

    def size(self, key: str) -> int:
        with s3_errors(key):
            return int(self._client.head_object(**self._object(key))["ContentLength"])

    def exists(self, key: str) -> bool:
        try:
            self.size(key)
        except BlobMissing:
            return False
        return True

    def delete(self, key: str, *, before: datetime | None = None) -> None:
        if is_key(key) and (before is None or self._written_at(key) < before):
            with s3_errors():
                self._client.delete_object(**self._object(key))

    def _written_at(self, key: str) -> datetime:
        try:
            with s3_errors(key):
                written: datetime = self._client.head_object(**self._object(key))["LastModified"]
        except BlobMissing:
            # Somebody has just forgotten it.
            return datetime.max.replace(tzinfo=UTC)
        return written

    def keys(self, *, before: datetime | None = None) -> Iterator[str]:
        with s3_errors():
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self._bucket, Prefix=f"{self._prefix}sha256/"):
                found = (each for each in page.get("Contents", ()) if before is None or each["LastModified"] < before)
                yield from filter(is_key, (each["Key"].removeprefix(self._prefix) for each in found))

    def discard_unfinished(self, *, before: datetime) -> int:
        with s3_errors():
            pages = self._client.get_paginator("list_multipart_uploads")
            left = [
                upload
                for page in pages.paginate(Bucket=self._bucket, Prefix=f"{self._prefix}sha256/")
                for upload in page.get("Uploads", ())
                if upload["Initiated"] < before
            ]
            for upload in left:
                self._client.abort_multipart_upload(Bucket=self._bucket, Key=upload["Key"], UploadId=upload["UploadId"])
        return len(left)

    def check(self) -> None:
        with s3_errors():
            self._client.head_bucket(Bucket=self._bucket)

    def _object(self, key: str) -> dict[str, str]:
        if not is_key(key):
            raise BlobMissing(key)
        return {"Bucket": self._bucket, "Key": self._prefix + key}

    @cached_property
    def _client(self) -> Any:
        return open_client(self._endpoint, self._region)

    @cached_property
    def _one_part_at_a_time(self) -> Any:
        from boto3.s3.transfer import TransferConfig

        return TransferConfig(multipart_threshold=PART_BYTES, multipart_chunksize=PART_BYTES, use_threads=False)


class _Body(io.RawIOBase):
    """The body of an answer as a stream whose failures are ours."""

    def __init__(self, body: Any) -> None:
        super().__init__()
        self._body = body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer)
        with s3_errors():
            chunk: bytes = self._body.read(len(view))
        view[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._body.close()
        super().close()


def _spool(spool: Any, chunk: bytes) -> None:
    try:
        spool.write(chunk)
    except OSError as error:
        raise StorageUnavailable(f"The folder for temporary files cannot be used: {error.strerror}.") from error
