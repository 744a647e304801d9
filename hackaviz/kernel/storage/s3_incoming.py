"""Parts that browsers put straight into a bucket."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from hackaviz.kernel.storage.blobs import BlobMissing
from hackaviz.kernel.storage.incoming import Multipart, Part, PartsMissing
from hackaviz.kernel.storage.s3_client import s3_errors

PART_BYTES = 5 * 1024 * 1024
ADDRESS_SECONDS = 3_600


class S3Incoming(Multipart):
    """Uploads in parts to objects named prefix + name."""

    part_bytes = PART_BYTES

    def __init__(self, bucket: str, prefix: str, client: Callable[[], Any]) -> None:
        self._bucket, self._prefix, self._open_client = bucket, prefix, client

    def begin(self, name: str) -> str:
        with s3_errors():
            return str(self._client.create_multipart_upload(**self._object(name))["UploadId"])

    def part_address(self, name: str, multipart_id: str, number: int, length: int) -> str:
        # The length is signed: nobody puts more into the bucket than was asked for.
        part = {"UploadId": multipart_id, "PartNumber": number, "ContentLength": length}
        return self._address("upload_part", name, part)

    def list_address(self, name: str, multipart_id: str) -> str:
        return self._address("list_parts", name, {"UploadId": multipart_id})

    def parts(self, name: str, multipart_id: str) -> Sequence[Part]:
        with s3_errors(name):
            pages = self._client.get_paginator("list_parts").paginate(**self._object(name), UploadId=multipart_id)
            found = [part for page in pages for part in page.get("Parts", ())]
        return [Part(part["PartNumber"], part["Size"], part["ETag"]) for part in found]

    def complete(self, name: str, multipart_id: str, length: int) -> None:
        try:
            parts = self.parts(name, multipart_id)
        except BlobMissing:
            if self._length(name) == length:
                return
            raise
        have = sum(part.bytes for part in parts)
        if have != length or [part.number for part in parts] != list(range(1, len(parts) + 1)):
            raise PartsMissing(have, length)
        listed = [{"PartNumber": part.number, "ETag": part.etag} for part in parts]
        with s3_errors(name):
            self._client.complete_multipart_upload(
                **self._object(name), UploadId=multipart_id, MultipartUpload={"Parts": listed}
            )

    @contextmanager
    def on_disk(self, name: str) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="incoming-") as folder:
            path = Path(folder, "file")
            with s3_errors(name):
                self._client.download_file(self._bucket, self._prefix + name, str(path))
            yield path

    def discard(self, name: str, multipart_id: str | None) -> None:
        if multipart_id is not None:
            with suppress(BlobMissing), s3_errors(name):
                self._client.abort_multipart_upload(**self._object(name), UploadId=multipart_id)
        with s3_errors():
            self._client.delete_object(**self._object(name))

    def untouched(self, *, since: datetime) -> Sequence[tuple[str, str | None]]:
        with s3_errors():
            uploads = self._listed("list_multipart_uploads", "Uploads")
            begun = [(each["Key"], each["UploadId"]) for each in uploads if each["Initiated"] < since]
            objects = self._listed("list_objects_v2", "Contents")
            whole = [(each["Key"], None) for each in objects if each["LastModified"] < since]
        return [(key.removeprefix(self._prefix), multipart_id) for key, multipart_id in (*begun, *whole)]

    def _listed(self, act: str, what: str) -> Iterator[dict[str, Any]]:
        for page in self._client.get_paginator(act).paginate(Bucket=self._bucket, Prefix=self._prefix):
            yield from page.get(what, ())

    def _length(self, name: str) -> int:
        with s3_errors(name):
            return int(self._client.head_object(**self._object(name))["ContentLength"])

    def _address(self, act: str, name: str, details: dict[str, Any]) -> str:
        with s3_errors():
            address: str = self._client.generate_presigned_url(
                act, Params=self._object(name) | details, ExpiresIn=ADDRESS_SECONDS
            )
        return address

    def _object(self, name: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": self._prefix + name}

    @property
    def _client(self) -> Any:
        return self._open_client()
