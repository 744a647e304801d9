"""Vega and Vega-Lite specifications in JSON: data inside, in files beside them in a ZIP, or at an address."""

from functools import partial
from typing import Any
from urllib.parse import urlsplit

from submissions.intake.kinds.format import Format
from submissions.intake.kinds.json_document import member, members_named, refuse_deep
from submissions.intake.report import Finding, refusal
from submissions.intake.upload import Upload

LITE, FULL = "vega-lite", "vega"
VIEWS = ("mark", "layer", "facet", "hconcat", "vconcat", "concat", "repeat", "spec")


def inspect(kind: str, upload: Upload) -> Finding:
    """Check the shape of the specification."""
    refuse_deep(upload)
    specification = upload.document
    if kind == LITE and not any(specification.get(name) for name in VIEWS):
        raise refusal("empty.specification", item=upload.name)
    if kind == FULL and not _are_marks(specification.get("marks", [])):
        raise refusal("malformed.specification", item=upload.name)
    if kind == FULL and not specification.get("marks") and not specification.get("layout"):
        raise refusal("empty.specification", item=upload.name)
    hosts = {host for url in members_named(specification, "url") if (host := _host(url))}
    return Finding(upload.public_name, external_hosts=tuple(sorted(hosts)))


def is_vega_lite(upload: Upload) -> bool:
    """Whether it says so, or draws with a mark or views put together."""
    schema = str(member(upload, "$schema"))
    if "/schema/vega" in schema:
        return "/schema/vega-lite/" in schema
    return any(member(upload, name) is not None for name in VIEWS if name != "spec")


def is_vega(upload: Upload) -> bool:
    """Whether it says so, or lists marks."""
    return "/schema/vega/" in str(member(upload, "$schema")) or isinstance(member(upload, "marks"), list)


def _are_marks(marks: Any) -> bool:
    return isinstance(marks, list) and all(isinstance(mark, dict) for mark in marks)


def _host(url: Any) -> str | None:
    try:
        parts = urlsplit(url.strip() if isinstance(url, str) else "")
        host = parts.hostname
    except ValueError:
        return None
    return host if parts.scheme in ("", "http", "https") else None


FORMATS = (
    Format("Vega-Lite", LITE, (".json", ".vl"), is_vega_lite, partial(inspect, LITE)),
    Format("Vega", FULL, (".json", ".vg"), is_vega, partial(inspect, FULL)),
)
