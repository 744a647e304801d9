"""Static sites in a ZIP: every file read once, to the end, before any is believed."""

from typing import BinaryIO

from submissions.intake.archive.contents import chunks
from submissions.intake.archive.directory import END_SIGNATURE, LOCAL_SIGNATURE, Member, read_members
from submissions.intake.archive.nested import is_archive, unpacked_size
from submissions.intake.charset import decode
from submissions.intake.entry_point import find_entry_point
from submissions.intake.external import external_hosts, loads_something
from submissions.intake.kinds.format import Format, begins_with
from submissions.intake.limits import MEGABYTE, Limits
from submissions.intake.report import Finding, refusal
from submissions.intake.upload import Upload

KIND = "static-site"
# A longer text is data: what loads other files is a page, a sheet or a script.
SCANNED_BYTES = 32 * MEGABYTE


def inspect(upload: Upload) -> Finding:
    """Read the list of files, then each file, and find the page that opens first."""
    with upload.path.open("rb") as file:
        members = [member for member in read_members(file, upload.name, upload.limits) if member.is_published]
        if not members:
            raise refusal("empty.archive", item=upload.name)
        hosts = _read_all(file, members, upload)
        by_path = {member.path: member for member in members}
        entry_point = find_entry_point(by_path, lambda path: _text(file, by_path[path]), upload.name)
        if not _text(file, by_path[entry_point]).strip():
            raise refusal("empty.page", item=entry_point)
    return Finding(entry_point, len(members), tuple(sorted(hosts)))


def _read_all(file: BinaryIO, members: list[Member], upload: Upload) -> set[str]:
    """The hosts that the files load from. Raises Refused for files that are damaged or hide too much."""
    hosts: set[str] = set()
    unpacked = sum(member.size for member in members)
    for member in members:
        if loads_something(member.path) and member.size <= SCANNED_BYTES:
            hosts |= external_hosts(member.path, _text(file, member))
        else:
            unpacked += _hidden_size(file, member, upload.limits)
        if unpacked > upload.limits.unpacked_bytes:
            raise refusal("zip-bomb.nested", item=member.path)
    return hosts


def _hidden_size(file: BinaryIO, member: Member, limits: Limits) -> int:
    """Read the file to its end; when it is an archive, say how much it would unpack to."""
    content = chunks(file, member)
    if is_archive(next(content, b"")):
        return unpacked_size(member, chunks(file, member), limits)
    for _ in content:
        pass
    return 0


def _text(file: BinaryIO, member: Member) -> str:
    return decode(b"".join(chunks(file, member)))


FORMATS = (Format("ZIP", KIND, (".zip",), begins_with(LOCAL_SIGNATURE, END_SIGNATURE), inspect),)
