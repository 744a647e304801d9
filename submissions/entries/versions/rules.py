"""What differs between two manifests. Pure: what was handed in, in; what changed, out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# What is said of a version itself, of its file, or shown elsewhere: no text that a team writes.
NOT_TEXTS = frozenset(
    "format receipt version handed_in_at handed_in_by edition challenge team entry code citations kind entry_point "
    "upload files annex rules ambitions objectives".split()
)


@dataclass(frozen=True)
class ChangedFile:
    """A file by its path; `before` or `after` is None where it is not in that version. Sizes in bytes."""

    path: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class ChangedText:
    """A text, or the way in which a dataset is used; empty where it was not there."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class ChangedAnnex:
    """The sources kept beside the work, as manifests name them; None where there were none."""

    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class Difference:
    """What changed from one version to another. `unchanged_files` counts the others."""

    added: list[ChangedFile] = field(default_factory=list)
    removed: list[ChangedFile] = field(default_factory=list)
    changed: list[ChangedFile] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)
    unchanged_files: int = 0
    annex: ChangedAnnex | None = None
    texts: list[ChangedText] = field(default_factory=list)
    citations: list[ChangedText] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the two say and hold the same."""
        files = self.added or self.removed or self.changed or self.moved or self.annex
        return not (files or self.texts or self.citations)


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    """What changed from one manifest to another: files by path and content, texts by field, citations by dataset."""
    old, new = _files(before), _files(after)
    gone = {path: file for path, file in old.items() if path not in new}
    come = {path: file for path, file in new.items() if path not in old}
    moved = _moves(gone, come)
    departed, arrived = {path for path, _there in moved}, {path for _here, path in moved}
    both = old.keys() & new.keys()
    changed = sorted(path for path in both if old[path]["sha256"] != new[path]["sha256"])
    return Difference(
        added=[ChangedFile(path, None, come[path]["bytes"]) for path in sorted(come.keys() - arrived)],
        removed=[ChangedFile(path, gone[path]["bytes"], None) for path in sorted(gone.keys() - departed)],
        changed=[ChangedFile(path, old[path]["bytes"], new[path]["bytes"]) for path in changed],
        moved=moved,
        unchanged_files=len(both) - len(changed),
        annex=_changed_annex(before.get("annex"), after.get("annex")),
        texts=_changes(_texts(before), _texts(after)),
        citations=_changes(_usages(before), _usages(after)),
    )


def _files(manifest: Mapping[str, Any]) -> dict[str, Any]:
    return {file["path"]: file for file in manifest.get("files", [])}


def _changed_annex(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> ChangedAnnex | None:
    return None if before == after else ChangedAnnex(before, after)


def _moves(gone: dict[str, Any], come: dict[str, Any]) -> list[tuple[str, str]]:
    """Pairs of paths with one content, where that is told by content alone."""
    here, there = _by_content(gone), _by_content(come)
    certain = [sha256 for sha256, paths in here.items() if len(paths) == len(there.get(sha256, ())) == 1]
    return sorted((here[sha256][0], there[sha256][0]) for sha256 in certain)


def _by_content(files: dict[str, Any]) -> dict[str, list[str]]:
    paths: dict[str, list[str]] = {}
    for path, file in files.items():
        paths.setdefault(file["sha256"], []).append(path)
    return paths


def _texts(manifest: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in manifest.items() if name not in NOT_TEXTS}


def _usages(manifest: Mapping[str, Any]) -> dict[str, str]:
    return {each["dataset"]: each["usage"] for each in manifest.get("citations", [])}


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[ChangedText]:
    names = [*before, *(name for name in after if name not in before)]
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return [ChangedText(name, old, new) for name, old, new in pairs if old != new]
