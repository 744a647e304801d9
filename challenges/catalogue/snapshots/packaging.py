"""The data package of an edition with its frozen copies in place of the files that may change."""

from collections.abc import Sequence
from typing import Any

from challenges.catalogue.rules import media_type
from challenges.catalogue.snapshots.models import DatasetSnapshot

# What a package says of a file's content: of a copy that differs from the file of today it would be wrong.
OF_THE_CONTENT = ("schema", "encoding")


def with_frozen_copies(package: dict[str, Any], copies: Sequence[DatasetSnapshot], base: str) -> dict[str, Any]:
    """The package, each file that has a copy at the address of the copy; copies without their file at the end."""
    waiting = {_path_of_file(copy, base): copy for copy in copies}
    resources = [_frozen(each, waiting.pop(each["path"], None), base) for each in package["resources"]]
    return package | {"resources": resources + [_alone(copy, base) for copy in waiting.values()]}


def _path_of_file(copy: DatasetSnapshot, base: str) -> str:
    return copy.url or f"{base}/catalogue/{copy.dataset.slug}/files/{copy.resource_id}"


def _frozen(described: dict[str, Any], copy: DatasetSnapshot | None, base: str) -> dict[str, Any]:
    if copy is None:
        return described
    is_same = described.get("hash") == f"sha256:{copy.sha256}"
    kept = {name: value for name, value in described.items() if is_same or name not in OF_THE_CONTENT}
    return kept | _content(copy, base)


def _alone(copy: DatasetSnapshot, base: str) -> dict[str, Any]:
    """A copy whose file is no longer attached."""
    title = copy.title.in_language("fr")
    origin = {"sources": [{"title": copy.dataset.title.in_language("fr"), "path": _page(copy, base)}]}
    return {"name": f"{copy.dataset.slug}-{copy.public_id}", "title": title, **origin} | _content(copy, base)


def _content(copy: DatasetSnapshot, base: str) -> dict[str, Any]:
    assert copy.taken_at is not None
    return {
        "path": f"{_page(copy, base)}/snapshots/{copy.public_id}",
        "format": copy.format,
        "mediatype": media_type(copy.format),
        "bytes": copy.bytes,
        "hash": f"sha256:{copy.sha256}",
        "frozen_at": copy.taken_at.isoformat(),
    }


def _page(copy: DatasetSnapshot, base: str) -> str:
    return f"{base}/catalogue/{copy.dataset.slug}"
