"""What the platform says of an uploaded file, without storing it."""

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hackaviz.kernel.confined import Caps, Crashed, OutOfMemory, TimedOut, run_confined
from submissions.intake.kinds import claimed_kind, identify, inspect
from submissions.intake.limits import MEGABYTE, Limits
from submissions.intake.media_types import type_of_name
from submissions.intake.metadata import traces_in_file
from submissions.intake.report import CheckReport, Refused, Told, refusal
from submissions.intake.upload import Upload

CAPS = Caps(seconds=30, memory_bytes=1536 << 20, file_bytes=512 << 20)


def check_file_confined(path: Path, name: str, limits: Limits = Limits(), caps: Caps = CAPS) -> CheckReport:
    """`check_file` in a subprocess with limits: the way for every file that a stranger sent.

    Raises OSError when the file cannot be read.
    """
    size = path.stat().st_size
    try:
        arguments = (str(path.resolve()), name, asdict(limits))
        return CheckReport.from_data(run_confined("submissions.intake.check:check_for_confined", *arguments, caps=caps))
    except (TimedOut, OutOfMemory, Crashed):
        too_large = size > limits.bytes
        sha256 = None if too_large else _sha256(path)
        verdict = _too_large(name, limits) if too_large else refusal("malformed.gave-up", item=name)
        kind = claimed_kind(Upload(path, name, limits))
        return CheckReport(kind, None, 0, size, sha256, reasons=verdict.reasons)


def check_for_confined(path: str, name: str, limits: dict[str, int]) -> dict[str, Any]:
    """`check_file` with arguments and an answer that travel as JSON."""
    return check_file(Path(path), name, Limits(**limits)).as_data()


def check_file(path: Path, name: str, limits: Limits = Limits()) -> CheckReport:
    """Identify and check the file whose name was `name`: any bytes give a report. Parses in this very process.

    Raises OSError when the file cannot be read.
    """
    upload = Upload(path, name, limits)
    size, sha256, kind = path.stat().st_size, _sha256(path), claimed_kind(upload)
    try:
        _refuse_size(upload, size)
        file_format = identify(upload)
        kind = file_format.kind
        finding = inspect(upload, file_format)
    except Refused as refused:
        return CheckReport(kind, None, 0, size, sha256, reasons=refused.reasons[:20])
    return CheckReport(
        finding.kind or kind,
        finding.entry_point,
        finding.files,
        size,
        sha256,
        finding.external_hosts,
        metadata=finding.told or _told(upload),
        facts=finding.facts,
    )


def _told(upload: Upload) -> tuple[Told, ...]:
    """What a single file tells of people; archives have been read file by file."""
    with upload.path.open("rb") as file:
        traces = traces_in_file(file, type_of_name(upload.public_name))
    return tuple(Told(upload.public_name, str(each.label), each.value) for each in traces)


def _refuse_size(upload: Upload, size: int) -> None:
    if size == 0:
        raise refusal("empty", item=upload.name)
    if size > upload.limits.bytes:
        raise _too_large(upload.name, upload.limits)


def _too_large(name: str, limits: Limits) -> Refused:
    return refusal("too-large", item=name, limit=limits.bytes // MEGABYTE)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
