"""Where uploaded bytes live: one streaming interface over local files and S3, addressed by content.

A key is derived from the SHA-256 of the content, so the same bytes are stored once, a name typed by a person never
reaches the storage, and whoever reads a blob can check it. Write the blob first, then the row that names it.
"""

from urllib.parse import parse_qs, unquote, urlsplit

from hackaviz.kernel.storage.blobs import BlobMissing, Storage, StorageUnavailable, StoredBlob
from hackaviz.kernel.storage.disk import DiskStorage
from hackaviz.kernel.storage.incoming import Appending, Multipart, PartsMissing, WrongOffset
from hackaviz.kernel.storage.s3 import S3Storage

__all__ = [
    "Appending",
    "BlobMissing",
    "Multipart",
    "PartsMissing",
    "Storage",
    "StorageUnavailable",
    "StoredBlob",
    "WrongOffset",
    "open_storage",
]


def open_storage(url: str) -> Storage:
    """The storage behind `file:///absolute/path` or `s3://bucket/prefix?endpoint=…&region=…`.

    Nothing is contacted yet: `check()` does. ValueError on any other address. S3 credentials come from the usual
    AWS environment.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return DiskStorage(unquote(parts.path))
    if parts.scheme == "s3" and parts.netloc:
        options = {name: values[-1] for name, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()}
        return S3Storage(bucket=parts.netloc, prefix=unquote(parts.path), **options)
    raise ValueError(f"a storage address is file:///absolute/path or s3://bucket/prefix, not {url!r}")
