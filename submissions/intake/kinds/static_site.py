"""Static sites in a ZIP: every file read once, to the end, before any is believed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from submissions.intake.archive.contents import chunks
from submissions.intake.archive.directory import END_SIGNATURE, LOCAL_SIGNATURE, Member, read_members
from submissions.intake.archive.nested import is_archive, unpacked_size
from submissions.intake.charset import decode
from submissions.intake.entry_point import find_entry_point
from submissions.intake.external import external_hosts, loads_something
from submissions.intake.kinds import bundle
from submissions.intake.kinds.format import Format, begins_with
from submissions.intake.limits import MEGABYTE
from submissions.intake.media_types import type_of_name
from submissions.intake.metadata import tells, traces_in
from submissions.intake.report import Finding, Told, refusal
from submissions.intake.traces.trace import Label
from submissions.intake.upload import Upload

KIND = "static-site"
# A longer text is data: what loads other files is a page, a sheet or a script.
SCANNED_BYTES = 32 * MEGABYTE
MOST_TOLD = 100


@dataclass
class _Reading:
    """What was found so far in the files of an archive."""

    upload: Upload
    unpacked: int
    hosts: set[str] = field(default_factory=set)
    told: list[Told] = field(default_factory=list)

    def read(self, file: BinaryIO, member: Member) -> None:
        """One file, once. Raises Refused when it is damaged or hides too much."""
        media_type = type_of_name(member.path)
        loads = loads_something(member.path)
        if (loads or tells(media_type)) and member.size <= SCANNED_BYTES:
            content = b"".join(chunks(file, member))
            self.hosts |= external_hosts(member.path, decode(content)) if loads else set()
            self._tell(member.path, content, media_type)
        else:
            self._count(file, member)
        if self.unpacked > self.upload.limits.unpacked_bytes:
            raise refusal("zip-bomb.nested", item=member.path)

    def _tell(self, path: str, content: bytes, media_type: str) -> None:
        if len(self.told) < MOST_TOLD:
            self.told += [Told(path, str(each.label), each.value) for each in traces_in(content, media_type)]

    def _count(self, file: BinaryIO, member: Member) -> None:
        """Read the file to its end; when it is an archive, count what it would unpack to."""
        content = chunks(file, member)
        if is_archive(next(content, b"")):
            self.unpacked += unpacked_size(member, chunks(file, member), self.upload.limits)
        for _ in content:
            pass


def inspect(upload: Upload) -> Finding:
    """Read the list of files, then each file, and find what opens first."""
    with upload.path.open("rb") as file:
        every = read_members(file, upload.name, upload.limits)
        members = [member for member in every if member.is_published]
        if not members:
            raise refusal("empty.archive", item=upload.name)
        reading = _Reading(upload, sum(member.size for member in members))
        reading.told += _leftovers(every)
        for member in members:
            reading.read(file, member)
        finding = _finding(file, members, upload)
    hosts = reading.hosts | set(finding.external_hosts)
    return replace(finding, external_hosts=tuple(sorted(hosts)), told=tuple(reading.told))


def _finding(file: BinaryIO, members: Sequence[Member], upload: Upload) -> Finding:
    if main := bundle.find_main(file, members, upload):
        return bundle.inspect_main(file, main, members, upload)
    by_path = {member.path: member for member in members}
    entry_point = find_entry_point(by_path, lambda path: _text(file, by_path[path]), upload.name)
    if not _text(file, by_path[entry_point]).strip():
        raise refusal("empty.page", item=entry_point)
    return Finding(entry_point, len(members))


def _leftovers(members: Sequence[Member]) -> list[Told]:
    """What systems and tools left in the folder, each kind once: it is never published."""
    names = {member.path.rpartition("/")[2]: member for member in members if not member.is_published}
    return [Told(member.path, Label.LEFTOVER.value) for member in list(names.values())[:20]]


def _text(file: BinaryIO, member: Member) -> str:
    return decode(b"".join(chunks(file, member)))


FORMATS = (Format("ZIP", KIND, (".zip",), begins_with(LOCAL_SIGNATURE, END_SIGNATURE), inspect),)
