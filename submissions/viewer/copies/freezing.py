"""Copy in what a work loads from well-known hosts and from our own catalogue, with what that loads in turn.

The originals stay as they are; texts that refer elsewhere are written anew to lead to the copies, byte for byte the
same but for addresses.
"""

import posixpath
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from submissions.viewer.copies.cdns import known_address
from submissions.viewer.copies.obtaining import Copied, NotCopied
from submissions.viewer.copies.reference import Edit, Place, Reference, apply, edits_for, relative
from submissions.viewer.copies.rooted import path_alone, rooted_target
from submissions.viewer.copies.scanning import is_read, read_text
from submissions.viewer.copies.stand_ins import stand_ins

MOST_COPIES = 300
MOST_BYTES = 60 << 20
MOST_SECONDS = 120.0
# [path on disk, media type] of texts, and whether they are libraries: what each refers to, by path on disk.
Scan = Callable[[list[list[str]], bool], dict[str, dict[str, Any]]]
Obtain = Callable[[str], Copied]
# The whole address of what may be copied in, None for all else.
Known = Callable[[str], str | None]


@dataclass(frozen=True)
class Text:
    """A text of the work: its path there, and on disk."""

    path: str
    disk: Path
    media_type: str


@dataclass
class Frozen:
    """What came of it: texts written anew by path, copies by address, and addresses that could not be copied.

    `counts_on_more` than a work has here: its pages get what stands in.
    """

    rewritten: dict[str, bytes] = field(default_factory=dict)
    copies: dict[str, Copied] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)
    known: Known = known_address
    counts_on_more: bool = False


def freeze(
    texts: list[Text],
    *,
    page: str,
    files: Collection[str] = (),
    scan: Scan,
    obtain: Obtain,
    known: Known = known_address,
) -> Frozen:
    """Freeze a work. `page` is the path of what opens first: strings in scripts are relative to it.

    `files` are the paths of all files of the work: addresses from the top of a host that mean one become relative.
    """
    frozen = Frozen(known=known)
    scanned = scan([[str(text.disk), text.media_type] for text in texts], False)
    found = {text.path: scanned[str(text.disk)] for text in texts}
    for facts in found.values():
        frozen.addresses.update(facts["addresses"])
        frozen.counts_on_more |= facts["counts_on_more"]
    _copy_all(_wanted(found, known), frozen, scan, obtain)
    for text in texts:
        edits = list(_edits(text.path, found[text.path], frozen, page, files))
        if edits:
            content = text.disk.read_bytes()
            frozen.rewritten[text.path] = apply(read_text(content), edits).encode("latin-1")
    return frozen


def _wanted(found: dict[str, dict[str, Any]], known: Known) -> list[str]:
    """The addresses that the work itself loads; of folders in import maps, the files that imports name."""
    addresses, folders, names = dict[str, None](), dict[str, str](), set[str]()
    for facts in found.values():
        folders |= {name: url for name, url in facts["imports"].items() if url.endswith("/") and known(url)}
        for reference in _read(facts):
            address = known(reference.url)
            if address is not None and not address.endswith("/"):
                addresses[address] = None
            elif reference.place is Place.MODULE:
                names.add(reference.url)
    for folder, url in folders.items():
        addresses |= {known(url + name.removeprefix(folder)): None for name in names if name.startswith(folder)}  # type: ignore[misc]
    return list(addresses)


def _copy_all(wanted: list[str], frozen: Frozen, scan: Scan, obtain: Obtain) -> None:
    """Copy addresses, then what those copies load, until nothing is missing or a limit is reached."""
    end, total = time.monotonic() + MOST_SECONDS, 0
    while wanted:
        arrived = []
        for url in wanted:
            if len(frozen.copies) >= MOST_COPIES or total > MOST_BYTES or time.monotonic() > end:
                frozen.failures[url] = "too-much"
                continue
            try:
                frozen.copies[url] = copied = obtain(url)
            except NotCopied as error:
                frozen.failures[url] = error.code
                continue
            total += copied.disk.stat().st_size
            arrived.append(copied)
        wanted = _nested(arrived, frozen, scan)


def _nested(arrived: list[Copied], frozen: Frozen, scan: Scan) -> list[str]:
    """The addresses that new copies load and that are not known yet."""
    libraries = (copied for copied in arrived if not copied.is_data)
    texts = [copied for copied in libraries if is_read(copied.media_type, copied.disk.stat().st_size)]
    scanned = scan([[str(copied.disk), copied.media_type] for copied in texts], True) if texts else {}
    wanted = dict[str, None]()
    for copied in texts:
        copied.references = _read(scanned[str(copied.disk)])
        frozen.counts_on_more |= scanned[str(copied.disk)]["counts_on_more"]
        for reference in copied.references:
            address = _nested_address(copied, reference, frozen.known)
            if address and address not in frozen.copies and address not in frozen.failures:
                wanted[address] = None
    return list(wanted)


def _nested_address(copied: Copied, reference: Reference, known: Known) -> str | None:
    is_name = reference.place is Place.MODULE and not reference.url.startswith(("/", "./", "../", "http"))
    return None if is_name else known(urljoin(copied.answered, reference.url))


def _edits(path: str, facts: dict[str, Any], frozen: Frozen, page: str, files: Collection[str]) -> Iterator[Edit]:
    """How a text of the work is written anew. No edit is given twice: two attributes may drop the same third one."""
    edits = dict[Edit, None]()
    beside = _beside(path, facts["base"])
    for reference in _read(facts):
        address = frozen.known(reference.url)
        target = _target(address, frozen) if address else rooted_target(reference.url, files, page)
        if target is not None:
            is_string = reference.place is Place.STRING and not path.endswith((".html", ".htm"))
            start = page if is_string else beside
            spelt = reference if address else path_alone(reference)
            edits |= dict.fromkeys(edits_for(spelt, relative(target, start)))
    edits |= {Edit(start, end, ""): None for start, end in facts["warming"]}
    if frozen.counts_on_more and (place := facts["first_script"]) is not None:
        edits[Edit(place, place, stand_ins())] = None
    dropped = [(edit.start, edit.end) for edit in edits if not edit.words]
    yield from (edit for edit in edits if not edit.words or not any(a <= edit.start < b for a, b in dropped))


def _beside(path: str, base: str) -> str:
    """A path as its addresses are relative to: a page may say that it stands elsewhere in the work."""
    if not base or base.startswith("/") or urlsplit(base).scheme:
        return path
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), base, "x"))


def _target(address: str, frozen: Frozen) -> str | None:
    if address.endswith("/"):
        inside = next((url for url in frozen.copies if url.startswith(address)), None)
        return frozen.copies[inside].path[: -len(inside.removeprefix(address))] if inside else None
    return frozen.copies[address].path if address in frozen.copies else None


def write_copies(frozen: Frozen) -> Iterator[tuple[Copied, bytes]]:
    """Every copy with its content, in which addresses of other copies are relative paths."""
    for copied in frozen.copies.values():
        content = copied.disk.read_bytes()
        edits = dict[Edit, None]()
        for reference in copied.references:
            address = _nested_address(copied, reference, frozen.known)
            if address in frozen.copies:
                edits |= dict.fromkeys(edits_for(reference, relative(frozen.copies[address].path, copied.path)))
        yield copied, apply(read_text(content), edits).encode("latin-1") if edits else content


def _read(facts: dict[str, Any]) -> list[Reference]:
    return [Reference.from_data(data) for data in facts["references"]]


def still_asked(frozen: Frozen, hosts: Iterable[str]) -> list[str]:
    """Of the hosts that intake saw, those that no copy serves."""
    failed = {urlsplit(url).hostname for url in frozen.failures}
    served = {urlsplit(url).hostname for url in frozen.copies}
    return sorted(host for host in hosts if host in failed or host not in served)
