"""What kinds in JSON share: a member of the document, and a limit on how deep it is nested."""

from collections.abc import Iterator
from typing import Any

from submissions.intake.report import refusal
from submissions.intake.upload import Upload

SUFFIXES = (".json", ".ipynb", ".vl", ".vg")


def member(upload: Upload, name: str) -> Any:
    """A member of the JSON object in the file, None when it is no such thing."""
    document = upload.document if upload.suffix in SUFFIXES else None
    return document.get(name) if isinstance(document, dict) else None


def refuse_deep(upload: Upload) -> None:
    """Raise Refused for a document of more levels than a page can draw."""
    level = [upload.document]
    for _ in range(upload.limits.json_depth):
        level = [value for container in level for value in _values(container) if isinstance(value, dict | list)]
        if not level:
            return
    raise refusal("malformed.depth", item=upload.name, limit=upload.limits.json_depth)


def members_named(document: Any, name: str) -> Iterator[Any]:
    """Every value of this name, wherever it stands. For documents that `refuse_deep` let pass."""
    for value in _values(document) if isinstance(document, dict | list) else ():
        yield from members_named(value, name)
    if isinstance(document, dict) and name in document:
        yield document[name]


def _values(container: Any) -> Any:
    return container.values() if isinstance(container, dict) else container
