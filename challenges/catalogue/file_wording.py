"""What somebody must know before they read a file, in the page's language."""

from flask_babel import lazy_gettext as _l

from challenges.catalogue.models import Resource

# What an inspection found, by code. Doubts about positions are said beside the map.
FINDING_WORDS = {
    "no-header": _l("It begins with values, without names of columns: they are numbered here."),
    "blank-headers": _l("Some of its columns have no name: they are numbered here."),
    "duplicate-headers": _l("Some of its columns share a name: they are numbered here."),
    "ragged-rows": _l("Some of its rows are longer or shorter than its header."),
    "title-rows": _l("Titles and notes stand above its table: leave them out when you load it."),
    "more-sheets": _l("It has several sheets: the first that holds something is shown here."),
    "several-layers": _l("It has several layers: the first is shown here."),
    "several-tables": _l("It is an archive of several tables: unpack it to look into each."),
    "no-table": _l("It is an archive without any table."),
    "no-records": _l("Its JSON is no list of records."),
    "topojson": _l("It is TopoJSON: convert it to GeoJSON to see its rows and its map."),
    "web-page": _l("It is a web page, not the file that its name promises. Tell its publisher."),
    "packed": _l("It is packed with gzip: unpack it first."),
    "empty": _l("It holds nothing."),
    "unreadable": _l("It could not be read and may be damaged. Download it again, or tell its publisher."),
}


def notes_on(resource: Resource) -> list[str]:
    """What was found in a file, one sentence each."""
    findings = (resource.inspection or {}).get("findings", [])
    return [str(FINDING_WORDS[each["code"]]) for each in findings if each["code"] in FINDING_WORDS]
