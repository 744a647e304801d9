"""Every accepted upload as a list of files to store and serve, whatever its kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from submissions.intake.archive.contents import CHUNK, MemberStream, chunks
from submissions.intake.archive.directory import Member, read_members
from submissions.intake.kinds import bundle, static_site
from submissions.intake.limits import Limits
from submissions.intake.media_types import media_type
from submissions.intake.upload import Upload

IN_MEMORY = 1 << 20
ARCHIVES = tuple(suffix for each in static_site.FORMATS for suffix in each.suffixes)


@dataclass(frozen=True)
class PublicFile:
    """A file to publish. `path` is relative, with "/" and composed accents; `stream` is open until the next file."""

    path: str
    media_type: str
    stream: BinaryIO
    bytes: int


def public_files(path: Path, kind: str, name: str, limits: Limits = Limits()) -> Iterator[PublicFile]:
    """The files of an upload of this kind, for a report that accepted it; the paths hold its entry point."""
    upload = Upload(path, name, limits)
    if upload.suffix in ARCHIVES:
        yield from unpack(path, name, limits, is_bundle=kind != static_site.KIND)
        return
    public_name = upload.public_name
    with path.open("rb") as file:
        yield PublicFile(public_name, media_type(public_name, lambda: _chunks(path)), file, path.stat().st_size)


def unpack(path: Path, name: str, limits: Limits = Limits(), *, is_bundle: bool = False) -> Iterator[PublicFile]:
    """The files of a site, streamed and counted as they are read; leftovers of systems are left out.

    Of a bundle come the files beside its chart or film, under the paths by which that one names them. Raises Refused,
    here or while a stream is read, when the archive is not what a check accepts.
    """
    with path.open("rb") as archive:
        members = [member for member in read_members(archive, name, limits) if member.is_published]
        named = [(member.path, member) for member in members]
        if is_bundle and (main := bundle.find_main(archive, members, Upload(path, name, limits))):
            named = bundle.files_beside(main, members)
        for public_path, member in named:
            yield _member_file(archive, public_path, member)


def _member_file(archive: BinaryIO, public_path: str, member: Member) -> PublicFile:
    """A file of an archive; a small one is unpacked once, a large one again for those who read its character set."""
    if member.size <= IN_MEMORY:
        content = b"".join(chunks(archive, member))
        return PublicFile(public_path, media_type(member.path, lambda: [content]), BytesIO(content), member.size)
    kind = media_type(member.path, lambda: chunks(archive, member))
    return PublicFile(public_path, kind, cast(BinaryIO, MemberStream(archive, member)), member.size)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
