"""The records that a CSW returns unless it is asked for ISO 19139: Dublin Core, with a box around the place."""

from collections import defaultdict
from typing import Any
from xml.etree.ElementTree import Element

from challenges.catalogue.harvest.record import RejectedRecord, Stated
from challenges.catalogue.harvest.values import first

RECORDS = {"Record", "SummaryRecord", "BriefRecord"}
DATASETS = {"dataset", "series", "nongeographicdataset", ""}


def stated(record: Element) -> Stated | RejectedRecord:
    """What one record says."""
    said: dict[str, list[str]] = defaultdict(list)
    for each in record:
        if text := " ".join((each.text or "").split()):
            said[_local(each)].append(text)
    identifier = first(*said["identifier"])
    if first(*said["type"], "").rpartition("/")[2].lower() not in DATASETS:
        return RejectedRecord(str(identifier or ""), "not-a-dataset")
    links = [each for each in record if _local(each) in {"references", "URI"} and (each.text or "").strip()]
    return Stated(
        identifier=identifier,
        title=first(*said["title"]),
        description=first(*said["abstract"], *said["description"]),
        publisher=first(*said["publisher"], *said["creator"], *said["contributor"]),
        licence=said["license"] + said["rights"] + said["accessRights"],
        keywords=said["subject"],
        coverage=said["spatial"] + said["coverage"],
        bounds=_box(record),
        period=first(*said["temporal"]),
        issued=first(*said["issued"], *said["created"], *said["date"]),
        modified=first(*said["modified"]),
        language=first(*said["language"]),
        resources=[_resource(each) for each in links],
    )


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _box(record: Element) -> list[str] | None:
    """The corners are longitude and latitude, in the order of the older standard."""
    for box in record:
        corners = {_local(corner): (corner.text or "").split() for corner in box}
        lower, upper = corners.get("LowerCorner", []), corners.get("UpperCorner", [])
        if len(lower) == len(upper) == 2:
            return [*lower, *upper]
    return None


def _resource(link: Element) -> dict[str, Any]:
    protocol = link.get("scheme") or link.get("protocol") or ""
    return {"url": link.text, "title": link.get("name") or link.get("description"), "format": protocol}
