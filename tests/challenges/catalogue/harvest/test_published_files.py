"""Every catalogue file that portals published and that we keep for tests, with its exact counts."""

import json
from itertools import islice

import pytest

from challenges.catalogue.harvest.opening import Opened
from challenges.catalogue.harvest.readers.dcat import read as read_dcat
from challenges.catalogue.harvest.reading import records_of
from challenges.catalogue.harvest.recognise import FORMATS, recognise
from challenges.catalogue.harvest.record import HarvestedDataset, RejectedRecord, Unreadable
from challenges.catalogue.harvest.shape import dataset_from
from tests.conftest import SHARED_DATA

CATALOGUES = SHARED_DATA / "catalogues"
pytestmark = pytest.mark.skipif(
    not CATALOGUES.is_dir(), reason="the published catalogues (../shared/data) are not here"
)

# file: format, datasets, links to files, licences that are known
EXPECTED = {
    "ckan_package_search_datasud_2025.json": ("ckan", 7, 21, 7),
    "ckan_package_show_datagouv_2016_1.json": ("ckan", 1, 1, 1),
    "ckanext_ckan_ckan_full_dataset_croissant.json": ("ckan", 1, 1, 1),
    "ckanext_dcat_catalog_pod.jsonld": ("dcat", 1, 4, 1),
    "dcat_jsonld_evian.json": ("datajson", 8, 34, 3),
    "dcat_rdfxml_opendatasoft_capatlantique_2025.rdf": ("dcat", 1, 2, 1),
    "frictionless_datapackage_vega.json": ("datapackage", 1, 0, 1),
    "ods_catalog_export_public_2015.csv": ("ods", 186, 0, 124),
    "ods_catalog_public_2015.ttl": ("dcat", 186, 186, 110),
    "pod_datajson_arcgis_apur_2017.json": ("datajson", 71, 418, 0),
    "udata_datagouv_page_2025.json": ("udata", 8, 34, 0),
    "udata_dcat_catalog.xml": ("dcat", 4, 6, 4),
    "udata_dcat_paged-collection-1.jsonld": ("dcat", 3, 3, 0),
    "udata_dcat_paged-collection-2.jsonld": ("dcat", 1, 1, 0),
}


def read(name: str) -> list[HarvestedDataset]:
    source = Opened(CATALOGUES / name)
    records = list(records_of(source, recognise(source)))
    assert all(isinstance(record, HarvestedDataset) for record in records)
    return records  # type: ignore[return-value]


def one(name: str, identifier: str) -> HarvestedDataset:
    return next(record for record in read(name) if record.identifier == identifier)


def test_no_file_is_left_out_of_the_table():
    assert {path.name for path in CATALOGUES.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_file_gives_exactly_its_datasets(name):
    expected, datasets, links, licensed = EXPECTED[name]
    records = read(name)
    assert recognise(Opened(CATALOGUES / name)) == expected
    assert len({record.identifier for record in records}) == len(records) == datasets
    assert sum(bool(resource.url) for record in records for resource in record.resources) == links
    assert sum(record.licence != "unknown" for record in records) == licensed


@pytest.mark.parametrize("name", EXPECTED)
def test_nothing_unsafe_comes_through(name):
    written = json.dumps([record.as_dict() for record in read(name)]).lower()
    for unsafe in ("javascript:", "<script", "<span", "<div", "style=", "&nbsp;", "relative.invalid"):
        assert unsafe not in written, unsafe


def test_opendatasoft_csv_says_all_that_its_columns_say():
    garden = one("ods_catalog_export_public_2015.csv", "concessions_dans_les_jardins")
    assert garden.titles == {"fr": "Concessions dans les jardins"}
    assert garden.publisher == "Ville de Paris"
    assert (garden.licence, garden.licence_as_stated) == ("odbl", "ODbL Paris")
    assert (garden.themes, garden.coverage, garden.period) == (("Environnement",), {"": "Paris"}, "2011")
    assert (garden.issued_on, garden.modified_on) == ("2011-01-26", "2013-05-30")
    assert garden.keywords[:2] == ("jardin", "parc") and len(garden.keywords) == 7
    assert "fr" in garden.descriptions and garden.descriptions["fr"].startswith("Liste des concessions (manèges")


def test_the_languages_and_the_unlicensed_of_opendatasoft_are_counted():
    records = read("ods_catalog_export_public_2015.csv")
    assert sum("fr" in record.titles for record in records) == 144
    assert sum(not record.licence_as_stated for record in records) == 25


def test_resources_of_opendatasoft_stand_in_the_turtle():
    record = one("ods_catalog_public_2015.ttl", "frenchcheese")
    assert record.resources[0].url.startswith("http://public.opendatasoft.com/explore/dataset/frenchcheese/download/")
    assert record.resources[0].format == "json"


def test_ckan_of_datasud():
    record = one("ckan_package_search_datasud_2025.json", "cfa98601-185f-4194-bc0f-119fc23a194b")
    assert record.publisher == "Communauté d'Agglomération de Gap-Tallard-Durance"
    assert (record.licence, record.contact) == ("lov2", "Ville de Gap · voirie@ville-gap.fr")
    assert [resource.format for resource in record.resources] == ["shapefile", "wms", "wfs"]
    assert (record.resources[0].bytes, record.resources[0].media_type) == (1955, "application/zip")


def test_old_ckan_has_its_licence_and_file():
    (record,) = read("ckan_package_show_datagouv_2016_1.json")
    assert (record.titles, record.licence) == ({"": "Dataset 1"}, "lo")
    assert (record.resources[0].format, record.resources[0].bytes) == ("csv", 1375)


def test_udata_of_data_gouv_says_frequency_and_period():
    record = one("udata_datagouv_page_2025.json", "5c4ae55a634f4117716d5656")
    assert (record.frequency, record.period, record.licence) == ("twice-a-year", "2019–2023", "unknown")
    assert {resource.format for resource in record.resources} == {"pdf", "txt"}


def test_paris_states_its_licence_by_an_address_that_nobody_knows():
    record = read("pod_datajson_arcgis_apur_2017.json")[0]
    assert record.licence == "unknown" and record.licence_as_stated.endswith("/license.json")
    assert record.bounds == (1.9515, 48.6827, 2.598, 49.0496)
    assert record.contact == "Emmanuel FAURE"


def test_dcat_of_udata_follows_its_links():
    first, second, third, _fourth = read("udata_dcat_catalog.xml")
    assert (first.publisher, first.contact) == ("An Organization", "Organization contact · hello@its.me")
    assert first.descriptions == {"": "h1 title\n\nh2 title\n\nand bold text"}
    assert (first.licence, second.licence, third.frequency) == ("lov1", "lov2", "daily")
    assert [resource.title for resource in first.resources] == ["Resource 1-1", "Resource 1-2", "Resource 1-4"]
    assert third.resources[0].url == "http://data.test.org/datasets/3/resources/1/file.json"


def test_dcat_of_cap_atlantique_in_its_language():
    (record,) = read("dcat_rdfxml_opendatasoft_capatlantique_2025.rdf")
    assert record.titles == {"fr": "Arrêtés du CCAS de Guérande"}
    assert (record.publisher, record.licence) == ("CCAS Guérande", "lov2")
    assert {resource.format for resource in record.resources} == {"csv", "json"}


def test_a_remote_context_is_replaced_by_our_own_when_the_format_is_named():
    records = [dataset_from(stated) for stated in read_dcat(Opened(CATALOGUES / "dcat_jsonld_evian.json"))]
    assert len(records) == 8
    assert {record.titles.get("") for record in records} >= {"stationnement velos", "poubelles"}
    assert sum(bool(resource.url) for record in records for resource in record.resources) == 34


def test_a_package_is_one_dataset_with_its_files():
    (record,) = read("frictionless_datapackage_vega.json")
    assert (len(record.resources), record.licence, record.publisher) == (73, "bsd-3", "Vega")
    assert {resource.format for resource in record.resources} >= {"csv", "json", "parquet", "arrow", "png"}


def outcome(source: Opened, wanted: str) -> list[object]:
    """The first records, or the sentence that explains why there are none."""
    try:
        return list(islice(records_of(source, recognise(source) if wanted == "auto" else wanted), 20))
    except Unreadable as explained:
        return [str(explained)]


def test_no_hostile_file_and_no_dataset_breaks_a_reader_of_any_format():
    files = [path for folder in ("hostile", "datasets") for path in (SHARED_DATA / folder).rglob("*") if path.is_file()]
    for path in files:
        for wanted in FORMATS if path.stat().st_size < 50_000 else ("auto",):
            for each in outcome(Opened(path), wanted):
                is_sentence = isinstance(each, str) and each.endswith(".")
                assert is_sentence or isinstance(each, HarvestedDataset | RejectedRecord), path.name
