"""ISO 19139 and ISO 19115-3 records as a CSW returns them, one such record alone, or Dublin Core.

Both standards of ISO use the same words for most things, in other namespaces: things are found by local names.
"""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from challenges.catalogue.harvest.opening import Opened
from challenges.catalogue.harvest.readers import dublin_core
from challenges.catalogue.harvest.readers.guarding import each
from challenges.catalogue.harvest.record import RejectedRecord, Stated, Unreadable
from challenges.catalogue.harvest.values import first

RECORDS = {"MD_Metadata", "MI_Metadata"}
DATASETS = {"dataset", "series", "nonGeographicDataset", ""}
SIDES = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
DOWNLOADS = ("download", "wfs", "wms", "wmts", "atom", "esri", "ogc", "file")
# Where things stand, by local names.
SCOPE = ("metadataScope", "MD_MetadataScope", "resourceScope", "MD_ScopeCode")
LOCALE = ("defaultLocale", "PT_Locale", "language", "LanguageCode")
EXTENT = ("extent", "EX_Extent")
PLACE = (*EXTENT, "geographicElement", "EX_GeographicDescription", "geographicIdentifier", "MD_Identifier", "code")
PARTY = ("party", "CI_Organisation")
MAIL = ("contactInfo", "CI_Contact", "address", "CI_Address", "electronicMailAddress")
MAINTENANCE = ("resourceMaintenance", "MD_MaintenanceInformation")
FREQUENCY = (*MAINTENANCE, "maintenanceAndUpdateFrequency", "MD_MaintenanceFrequencyCode")
TRANSFER = ("distributionInfo", "MD_Distribution", "transferOptions", "MD_DigitalTransferOptions")
STAMPS = ("dateInfo", "CI_Date")
ONLINE = (*TRANSFER, "onLine", "CI_OnlineResource")
LINK = "{http://www.w3.org/1999/xlink}href"


def read(source: Opened) -> Iterator[Stated | RejectedRecord]:
    """Each record, one at a time. Raises Unreadable."""
    try:
        for _event, element in iterparse(str(source.path), forbid_dtd=True):
            name = _local(element)
            if name in RECORDS:
                yield from each([element], _record)
                element.clear()
            elif name in dublin_core.RECORDS and element.tag.startswith("{http://www.opengis.net/cat/csw/"):
                yield from each([element], dublin_core.stated)
                element.clear()
            elif name == "ExceptionText":
                raise Unreadable(f"The CSW answered with an error: {_own_text(element)[:200]}.")
    except DefusedXmlException as error:
        raise Unreadable(
            "This XML declares a document type or entities, which are never read. "
            "Ask the portal for it without, or for another format."
        ) from error
    except ParseError as error:
        raise Unreadable(f"The XML is cut short or broken ({error}). Nothing was imported. Fetch it again.") from error


def _record(record: Element) -> Stated | RejectedRecord:
    scope = first(_at(record, "hierarchyLevel", "MD_ScopeCode"), _at(record, *SCOPE))
    kind = _code(scope)
    identifier = _text(record, "fileIdentifier") or _text(record, "metadataIdentifier", "MD_Identifier", "code")
    if kind not in DATASETS:
        return RejectedRecord(identifier, "not-a-dataset")
    described = _at(record, "identificationInfo", "MD_DataIdentification")
    if described is None:
        described = _at(record, "identificationInfo", "SV_ServiceIdentification")
    return _stated(record, described if described is not None else record, identifier)


def _stated(record: Element, described: Element, identifier: str) -> Stated:
    language = first(
        _code(_at(record, "language", "LanguageCode")), _text(record, "language"), _code(_at(record, *LOCALE))
    )
    links = list(_all(record, *ONLINE))
    publisher = _publisher(record, described)
    return Stated(
        identifier=first(
            identifier, _text(described, "citation", "CI_Citation", "identifier", "MD_Identifier", "code")
        ),
        title=_spoken(_at(described, "citation", "CI_Citation", "title"), language),
        description=_spoken(_at(described, "abstract"), language),
        publisher=_name(publisher) if publisher is not None else None,
        licence=_licences(described),
        themes=_texts(described, "topicCategory", "MD_TopicCategoryCode"),
        keywords=_texts(described, "descriptiveKeywords", "MD_Keywords", "keyword"),
        coverage=_texts(described, *EXTENT, "description") + _texts(described, *PLACE),
        bounds=_box(described),
        start=_moment(described, "beginPosition", "begin"),
        end=_moment(described, "endPosition", "end"),
        frequency=_code(_at(described, *FREQUENCY)),
        issued=first(_dated(described, "publication"), _dated(described, "creation")),
        modified=first(_dated(described, "revision"), _text(record, "dateStamp"), _stamp(record)),
        landing_page=next((_url(link) for link in links if not _is_download(link)), None),
        contact=[_text(publisher, *MAIL) or _text(publisher, *PARTY, *MAIL)] if publisher is not None else [],
        language=language,
        resources=[_resource(link) for link in links if _is_download(link) or len(links) == 1],
    )


def _texts(element: Element, *path: str) -> list[str]:
    return [_own_text(found) for found in _all(element, *path)]


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(element: Element, *path: str) -> Iterator[Element]:
    """Every descendant along a path of local names: the same words stand in several namespaces."""
    if not path:
        yield element
        return
    for child in element:
        if _local(child) == path[0]:
            yield from _all(child, *path[1:])


def _at(element: Element, *path: str) -> Element | None:
    return next(_all(element, *path), None)


def _own_text(element: Element | None) -> str:
    """The text of an element: a character string, an anchor, a code or a date inside it; only the main language."""
    if element is None:
        return ""
    for child in element:
        if _local(child) != "PT_FreeText" and (text := _own_text(child)):
            return text
    return " ".join((element.text or "").split()) or _code(element)


def _text(element: Element, *path: str) -> str:
    return next((text for found in _all(element, *path) if (text := _own_text(found))), "")


def _code(element: Element | None) -> str:
    return element.get("codeListValue", "") if element is not None else ""


def _spoken(element: Element | None, language: Any) -> Any:
    """A text with its translations, as a list of JSON-LD values."""
    if element is None:
        return None
    found = [{"@value": _paragraphs(element), "@language": language or ""}]
    for text in _all(element, "PT_FreeText", "textGroup", "LocalisedCharacterString"):
        code = text.get("locale", "").removeprefix("#locale-").removeprefix("#")
        found.append({"@value": (text.text or "").strip(), "@language": code})
    return [said for said in found if said["@value"]]


def _paragraphs(element: Element) -> str:
    inner = next((child for child in element if _local(child) in {"CharacterString", "Anchor"}), element)
    return (inner.text or "").strip()


def _publisher(record: Element, described: Element) -> Element | None:
    """Who publishes or owns it, else whoever is named first."""
    parties = [
        party
        for element, name in ((described, "pointOfContact"), (record, "contact"))
        for kind in ("CI_ResponsibleParty", "CI_Responsibility")
        for party in _all(element, name, kind)
    ]
    for role in ("publisher", "owner", "custodian", "author"):
        for party in parties:
            if _code(_at(party, "role", "CI_RoleCode")) == role and _name(party):
                return party
    return next((party for party in parties if _name(party)), None)


def _name(party: Element) -> str:
    return _text(party, "organisationName") or _text(party, *PARTY, "name")


def _licences(described: Element) -> list[str]:
    """Limitations and other constraints, with the address behind each anchor."""
    found = []
    for constraints in _all(described, "resourceConstraints"):
        for inner in constraints:
            for name in ("otherConstraints", "useLimitation"):
                for said in _all(inner, name):
                    found += [_own_text(said), *(child.get(LINK, "") for child in said)]
    return [text for text in found if text and "inspire" not in text.lower()]


def _box(described: Element) -> list[str] | None:
    box = _at(described, "extent", "EX_Extent", "geographicElement", "EX_GeographicBoundingBox")
    found = [_text(box, side) for side in SIDES] if box is not None else []
    return found if found and all(found) else None


def _moment(described: Element, *names: str) -> str:
    for extent in _all(described, "extent", "EX_Extent", "temporalElement", "EX_TemporalExtent", "extent"):
        for inner in extent.iter():
            if _local(inner) in names and (text := _own_text(inner)):
                return text
    return ""


def _dated(described: Element, kind: str) -> str:
    for dated in _all(described, "citation", "CI_Citation", "date", "CI_Date"):
        if _code(_at(dated, "dateType", "CI_DateTypeCode")) == kind:
            return _text(dated, "date")
    return ""


def _stamp(record: Element) -> str:
    """When the record was last changed, else when it was made."""
    dates = {_code(_at(said, "dateType", "CI_DateTypeCode")): _text(said, "date") for said in _all(record, *STAMPS)}
    return first(dates.get("revision"), dates.get("creation")) or ""


def _url(link: Element) -> str:
    return _text(link, "linkage", "URL") or _text(link, "linkage")


def _is_download(link: Element) -> bool:
    protocol = _text(link, "protocol").lower()
    said = f"{protocol} {_code(_at(link, 'function', 'CI_OnLineFunctionCode'))}".lower()
    return any(word in said for word in DOWNLOADS)


def _resource(link: Element) -> dict[str, Any]:
    protocol = _text(link, "protocol")
    return {
        "url": _url(link),
        "title": first(_text(link, "name"), _text(link, "description")),
        "format": protocol if "ogc" in protocol.lower() or "/" in protocol else "",
    }
