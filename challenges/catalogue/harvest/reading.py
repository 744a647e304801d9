"""Reading one file of a catalogue, in the confined process: it imports neither Flask nor the database."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from challenges.catalogue.harvest.opening import Opened
from challenges.catalogue.harvest.paging import next_page
from challenges.catalogue.harvest.readers import (
    ckan,
    csw,
    datajson,
    datapackage,
    dcat,
    ods,
    schemaorg,
    socrata,
    table,
    udata,
)
from challenges.catalogue.harvest.readers.guarding import ODD
from challenges.catalogue.harvest.recognise import recognise
from challenges.catalogue.harvest.record import HarvestedDataset, Rejected, RejectedRecord, Stated
from challenges.catalogue.harvest.shape import dataset_from, identifier_of
from challenges.catalogue.harvest.values import line

Record = HarvestedDataset | RejectedRecord
# Made once: `json.dumps` would make one for each record.
_ENCODER = json.JSONEncoder(ensure_ascii=False)
READERS: dict[str, Callable[[Opened], Iterator[Stated | RejectedRecord]]] = {
    "udata": udata.read,
    "ckan": ckan.read,
    "ods": ods.read,
    "dcat": dcat.read,
    "datapackage": datapackage.read,
    "datajson": datajson.read,
    "schemaorg": schemaorg.read,
    "csw": csw.read,
    "socrata": socrata.read,
    "csv": table.read,
}


def read_into(path: str, address: str, wanted: str, target: str) -> dict[str, Any]:
    """Write each record of a file as a line of JSON to `target`; answer its format and the address of the next page.

    Raises Unreadable.
    """
    source = Opened(Path(path), address)
    found = recognise(source) if wanted == "auto" else wanted
    with Path(target).open("w", encoding="utf-8") as lines:
        lines.writelines(_ENCODER.encode(_line(record)) + "\n" for record in records_of(source, found))
    return {"format": found, "next": next_page(source, found) if address else ""}


def records_of(source: Opened, found: str) -> Iterator[Record]:
    """Each record of a file in the one shape, or why it is left out. Raises Unreadable."""
    for stated in READERS[found](source):
        yield stated if isinstance(stated, RejectedRecord) else _record(stated)


def _record(stated: Stated) -> Record:
    try:
        return dataset_from(stated)
    except Rejected as rejected:
        return RejectedRecord(identifier_of(stated), rejected.reason)
    except ODD:
        return RejectedRecord(line(stated.identifier, 300), "odd")


def _line(record: Record) -> list[Any]:
    if isinstance(record, RejectedRecord):
        return [record.identifier, record.reason]
    return [record.as_dict()]


def record_of(line: str) -> Record:
    """What `read_into` wrote in a line."""
    parts = json.loads(line)
    return RejectedRecord(*parts) if len(parts) == 2 else HarvestedDataset.from_dict(parts[0])
