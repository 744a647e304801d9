"""Socrata's catalogue: which of its records are datasets, what they say, where their data is, and how pages follow."""

import json
from pathlib import Path
from typing import Any

import pytest

from challenges.catalogue.harvest.opening import Opened
from challenges.catalogue.harvest.paging import next_page
from challenges.catalogue.harvest.reading import records_of
from challenges.catalogue.harvest.recognise import recognise
from challenges.catalogue.harvest.record import HarvestedDataset, RejectedRecord

ADDRESS = "https://api.eu.socrata.example/api/catalog/v1?domains=data.example&limit=2"
RESOURCE = {
    "name": "Bike counts",
    "id": "ab12-cd34",
    "description": "Each <b>hour</b>.",
    "attribution": "City of Fos",
    "attribution_link": "https://fos.example",
    "contact_email": "data@fos.example",
    "type": "dataset",
    "createdAt": "2019-01-02T00:00:00.000Z",
    "updatedAt": "2024-05-06T10:00:00.000Z",
    "data_updated_at": "2024-05-04T10:00:00.000Z",
    "columns_name": ["Hour", "Count"],
    "download_count": 7,
}
RECORD = {
    "resource": RESOURCE,
    "classification": {"categories": [], "domain_category": "Transport", "domain_tags": ["bike"]},
    "metadata": {"domain": "data.example", "license": "Open Database License"},
    "permalink": "https://data.example/d/ab12-cd34",
    "link": "https://data.example/Transport/Bike-counts/ab12-cd34",
    "owner": {"id": "own1-own2", "display_name": "Ada"},
}  # fmt: skip


def read(folder: Path, *records: Any, total: int = 0) -> tuple[Opened, list[HarvestedDataset | RejectedRecord]]:
    path = folder / "catalogue"
    path.write_text(json.dumps({"results": records, "resultSetSize": total or len(records), "timings": {}}))
    source = Opened(path, ADDRESS)
    assert recognise(source) == "socrata"
    return source, list(records_of(source, "socrata"))


def of_type(kind: str) -> dict[str, Any]:
    return RECORD | {"resource": RESOURCE | {"type": kind}}


def test_a_record_says_what_it_says(tmp_path: Path):
    _source, (found,) = read(tmp_path, RECORD)
    assert isinstance(found, HarvestedDataset)
    facts = {
        "identifier": "ab12-cd34",
        "titles": {"": "Bike counts"},
        "publisher": "City of Fos",
        "licence": "odbl",
        "contact": "data@fos.example",
        "issued_on": "2019-01-02",
        "modified_on": "2024-05-04",
        "landing_page": "https://data.example/d/ab12-cd34",
        "keywords": ("bike",),
    }
    assert {name: getattr(found, name) for name in facts} == facts


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("dataset", "https://data.example/api/views/ab12-cd34/rows.csv?accessType=DOWNLOAD"),
        ("map", "https://data.example/api/geospatial/ab12-cd34?method=export&format=GeoJSON"),
        ("file", "https://data.example/download/ab12-cd34"),
    ],
)
def test_data_is_where_such_portals_keep_it(tmp_path: Path, kind: str, address: str):
    _source, (found,) = read(tmp_path, of_type(kind))
    assert isinstance(found, HarvestedDataset)
    assert [each.url for each in found.resources] == [address]


def test_what_shows_the_data_of_others_or_is_odd_is_left_out_alone(tmp_path: Path):
    _source, found = read(tmp_path, of_type("chart"), {"classification": {}}, RECORD)
    assert found[:2] == [RejectedRecord("ab12-cd34", "not-a-dataset"), RejectedRecord("", "odd")]
    assert isinstance(found[2], HarvestedDataset)


def test_pages_follow_until_all_are_read(tmp_path: Path):
    source, _found = read(tmp_path, RECORD, of_type("map"), total=3)
    assert next_page(source, "socrata") == f"{ADDRESS}&offset=2"
    source, _found = read(tmp_path, RECORD, of_type("map"), total=2)
    assert next_page(source, "socrata") == ""
