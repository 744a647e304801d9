"""The client of a bucket, and its failures as ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hackaviz.kernel.storage.blobs import BlobMissing, StorageUnavailable

MISSING = {"404", "NoSuchKey", "NotFound", "NoSuchUpload"}


def open_client(endpoint: str | None, region: str | None) -> Any:
    """A client of S3, or of the server at `endpoint` that speaks it. Credentials come from the usual environment."""
    import boto3
    from botocore.config import Config

    settings = Config(
        connect_timeout=5,
        read_timeout=60,
        retries={"mode": "standard", "total_max_attempts": 3},
        signature_version="s3v4",
        s3={"addressing_style": "path" if endpoint else "auto"},
        # Servers other than Amazon's often refuse the newer trailing checksums.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return boto3.client("s3", endpoint_url=endpoint, region_name=region, config=settings)


@contextmanager
def s3_errors(key: str | None = None) -> Iterator[None]:
    """Raise BlobMissing for what the bucket does not have under `key`, and StorageUnavailable for all else."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        if key is not None and error.response["Error"]["Code"] in MISSING:
            raise BlobMissing(key) from error
        raise StorageUnavailable(f"The bucket refuses us: {error}") from error
    except (Boto3Error, BotoCoreError) as error:
        raise StorageUnavailable(f"The bucket does not answer: {error}") from error
