"""Which format a catalogue is in, by what it holds."""

import re

from challenges.catalogue.harvest.opening import Opened, Outline, outline, start_of
from challenges.catalogue.harvest.record import Unreadable

FORMATS = ("udata", "ckan", "ods", "dcat", "datapackage", "datajson", "schemaorg", "csw", "socrata", "csv")
_PACKAGE_KEYS = {"notes", "license_id", "metadata_modified", "num_resources", "owner_org", "license_title"}
_UDATA_KEYS = {
    "temporal_coverage",
    "frequency",
    "last_modified",
    "created_at",
    "metrics",
    "badges",
    "organization",
    "slug",
}
_SCHEMA = re.compile(r"schema\.org|mlcommons\.org/croissant", re.IGNORECASE)
_TURTLE = re.compile(
    r"(?:\s*#[^\n]*\n)*\s*(?:@(?:prefix|base)\b|(?:PREFIX|BASE)\s|<[^<>\s]*>\s|_:\w+\s)", re.IGNORECASE
)


def recognise(source: Opened) -> str:
    """One of FORMATS. Raises Unreadable with what it seems to be instead."""
    start = start_of(source.path)
    if not start:
        raise Unreadable("The file is empty. Fetch it again, or give another.")
    if start[0] in "{[" and not _TURTLE.match(start):
        return _of_json(outline(source.path))
    if re.match(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", start, re.IGNORECASE | re.DOTALL):
        return "schemaorg"
    if _TURTLE.match(start):
        return "dcat"
    if start.startswith("<"):
        return _of_xml(start)
    return "ods" if re.match(r'"?(?:datasetid|dataset_id|dataset\.dataset_id)"?\s*[,;\t]', start) else "csv"


def _of_xml(start: str) -> str:
    if "www.w3.org/1999/02/22-rdf-syntax-ns#" in start:
        return "dcat"
    if re.search(r"isotc211\.org|standards\.iso\.org/iso/19115|opengis\.net/cat/csw", start):
        return "csw"
    if said := re.search(r"ExceptionReport\b.*?ExceptionText>\s*(?:<!\[CDATA\[)?([^<\]]{1,300})", start, re.DOTALL):
        raise Unreadable(f"The portal answered with an error instead of datasets: {' '.join(said.group(1).split())}.")
    name = re.search(r"<([A-Za-z_][\w.:-]*)", re.sub(r"<[?!][^>]*>", "", start))
    raise Unreadable(
        f"This XML ({name.group(1) if name else 'without a root'}) is no catalogue that we read: "
        "RDF (DCAT) or the answer of a CSW is needed."
    )


def _of_json(found: Outline) -> str:
    top = found.top
    if top & {"@context", "@graph", "@type", "@id"}:
        return _of_linked_data(found)
    for name, holds in (
        ("socrata", _is_socrata),
        ("ckan", _is_ckan),
        ("ods", _is_ods),
        ("udata", _is_udata),
        ("datajson", _is_data_json),
        ("datapackage", _is_package),
    ):
        if holds(found):
            return name
    keys = ", ".join(sorted(top)[:8])
    raise Unreadable(
        f"This JSON (with {keys or 'no keys'}) is no catalogue that we read. "
        f"If you know its format, name it: --format {'|'.join(FORMATS)}."
    )


def _of_linked_data(found: Outline) -> str:
    words = " ".join([*found.in_context, *(text for at, text in found.texts.items() if at.endswith("@type"))])
    names_dcat = any("dcat#" in text or "dcat:" in text for text in (*found.in_context, words))
    if _SCHEMA.search(words) and not names_dcat:
        return "schemaorg"
    context_is_an_address = "@context" in found.texts and "@context" not in found.keys
    if "dataset" in found.keys.get("", ()) and (context_is_an_address or "@context" not in found.top):
        return "datajson"
    return "dcat"


def _is_socrata(found: Outline) -> bool:
    record = found.keys.get("results.item", set())
    return "resultSetSize" in found.top or {"resource", "classification"} <= record


def _is_ckan(found: Outline) -> bool:
    if "result" in found.top or {"help", "success"} <= found.top or {"success", "error"} <= found.top:
        return True
    records = [found.keys.get(prefix, set()) for prefix in ("", "item", "results.item", "item.item")]
    return any(len(keys & _PACKAGE_KEYS) >= 1 and keys & {"name", "id"} for keys in records)


def _is_ods(found: Outline) -> bool:
    records = [
        found.keys.get(prefix, set())
        for prefix in ("datasets.item", "results.item", "item", "", "datasets.item.dataset")
    ]
    is_page = bool(found.top & {"nhits", "total_count"}) and bool(found.top & {"datasets", "results"})
    return is_page or any({"datasetid", "dataset_id"} & keys for keys in records)


def _is_udata(found: Outline) -> bool:
    if "data" in found.top and found.top & {"page", "page_size", "total", "next_page"}:
        return True
    records = [found.keys.get(prefix, set()) for prefix in ("", "item", "data.item")]
    return any("resources" in keys and len(keys & _UDATA_KEYS) >= 2 for keys in records)


def _is_data_json(found: Outline) -> bool:
    bare = found.keys.get("item", set())
    return "dataset" in found.keys.get("", ()) or {"title", "identifier", "accessLevel"} <= bare


def _is_package(found: Outline) -> bool:
    for prefix in ("", "item", "packages.item"):
        inside = found.keys.get(f"{prefix}.resources.item".lstrip("."), set())
        if "resources" in found.keys.get(prefix, ()) and (inside & {"path", "data"} or "profile" in found.keys[prefix]):
            return True
    return False
