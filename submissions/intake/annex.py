"""Source code and other files that a team keeps with its work: judged, listed, kept, and never shown."""

import lzma
import re
import tarfile
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from hackaviz.kernel.confined import Caps, ConfinedError, run_confined
from submissions.intake.archive.directory import examine
from submissions.intake.limits import MEGABYTE, Limits
from submissions.intake.report import Code, Reason, Refused, reason, shown_name

CAPS = Caps(seconds=20, memory_bytes=1 << 30)
SIGNATURES = {
    ".zip": (b"PK\x03\x04", b"PK\x05\x06"),
    ".7z": (b"7z\xbc\xaf\x27\x1c",),
    ".gz": (b"\x1f\x8b",),
    ".tgz": (b"\x1f\x8b",),
    ".bz2": (b"BZh",),
    ".xz": (b"\xfd7zXZ\0",),
    ".tar": (),
}
SOURCES = frozenset(
    ".py .r .rmd .qmd .ipynb .js .mjs .ts .tsx .jsx .vue .svelte .html .css .scss .sql .jl .java .kt .c .h .cpp .cs "
    ".go .rs .rb .php .sh .md .txt .csv .tsv .json .geojson .yml .yaml .toml .xml .tex .do .sas .m .pbix .twb .twbx "
    ".qgz .qgs .pde .ai .svg .fig .xlsx .ods".split()
)
TAPE = re.compile(r"\.(?:tar|tgz|tar\.(?:gz|bz2|xz))$", re.IGNORECASE)
MOST_FILES, MOST_LISTED = 100_000, 200


@dataclass(frozen=True)
class AnnexReport:
    """What is said of an annex: accepted where nothing speaks against it; `names` are the first files in an archive."""

    bytes: int
    names: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether nothing speaks against the file."""
        return not self.reasons


def check_annex_confined(path: Path, name: str, limits: Limits = Limits()) -> AnnexReport:
    """`check_annex` in a subprocess with limits: the way for every file that a stranger sent."""
    arguments = (str(path.resolve()), name, asdict(limits))
    try:
        answer = run_confined("submissions.intake.annex:check_annex_for_confined", *arguments, caps=CAPS)
    except ConfinedError:
        return AnnexReport(path.stat().st_size, reasons=(reason("malformed.gave-up", item=name),))
    reasons = tuple(reason(sentence, **params) for sentence, params in answer["reasons"])
    return AnnexReport(answer["bytes"], tuple(answer["names"]), reasons)


def check_annex(path: Path, name: str, limits: Limits = Limits()) -> AnnexReport:
    """Judge a file by its name, size and signature. Archives are listed, never unpacked."""
    size, suffix = path.stat().st_size, Path(name.lower()).suffix
    if size == 0:
        return AnnexReport(size, reasons=(reason("empty", item=name),))
    if size > limits.bytes:
        return AnnexReport(size, reasons=(reason("too-large", item=name, limit=limits.bytes // MEGABYTE),))
    if suffix not in SIGNATURES and suffix not in SOURCES:
        return AnnexReport(size, reasons=(reason("not-allowed.annex", item=name),))
    with path.open("rb") as file:
        head = file.read(16)
    if SIGNATURES.get(suffix) and not head.startswith(SIGNATURES[suffix]):
        expected = suffix.removeprefix(".").upper()
        return AnnexReport(size, reasons=(reason("type-mismatch", item=name, expected=expected),))
    return _listed(path, name, size, suffix, limits)


def _listed(path: Path, name: str, size: int, suffix: str, limits: Limits) -> AnnexReport:
    """The names in an archive, where it can be read: one that cannot is kept all the same, unless it is locked."""
    if suffix == ".zip":
        return _listed_zip(path, name, size, limits)
    if not TAPE.search(name):
        return AnnexReport(size)
    try:
        with tarfile.open(path) as archive:
            return AnnexReport(size, _shown(member.name for member in archive))
    except (tarfile.TarError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
        return AnnexReport(size)


def _listed_zip(path: Path, name: str, size: int, limits: Limits) -> AnnexReport:
    try:
        with path.open("rb") as file:
            members, objections = examine(file, name, replace(limits, files=MOST_FILES))
    except Refused as refused:
        return AnnexReport(size, reasons=refused.reasons[:1])
    locked = tuple(each for each in objections if each.code is Code.ENCRYPTED)
    return AnnexReport(size, _shown(member.path for member in members), locked[:1])


def _shown(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(shown_name(name) for name in islice(names, MOST_LISTED))


def check_annex_for_confined(path: str, name: str, limits: dict[str, int]) -> dict[str, Any]:
    """`check_annex` with arguments and an answer that travel as JSON."""
    report = check_annex(Path(path), name, Limits(**limits))
    reasons = [[each.sentence, each.params] for each in report.reasons]
    return {"bytes": report.bytes, "names": list(report.names), "reasons": reasons}
