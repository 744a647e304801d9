"""Small files of each format, with the oddities that portals emit."""

import json
from pathlib import Path

import pytest

from challenges.catalogue.harvest.opening import Opened
from challenges.catalogue.harvest.paging import next_page
from challenges.catalogue.harvest.reading import Record, records_of
from challenges.catalogue.harvest.recognise import recognise
from challenges.catalogue.harvest.record import HarvestedDataset, RejectedRecord, Unreadable

PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
"""
ISO = """<?xml version="1.0"?><csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"
 xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gmi="http://www.isotc211.org/2005/gmi"
 xmlns:gco="http://www.isotc211.org/2005/gco" xmlns:gmx="http://www.isotc211.org/2005/gmx"
 xmlns:gml="http://www.opengis.net/gml" xmlns:xlink="http://www.w3.org/1999/xlink">
<csw:SearchResults numberOfRecordsMatched="30" numberOfRecordsReturned="2" nextRecord="11">
<gmd:MD_Metadata><gmd:fileIdentifier><gco:CharacterString>iso-1</gco:CharacterString></gmd:fileIdentifier>
<gmd:language><gmd:LanguageCode codeListValue="fre"/></gmd:language>
<gmd:hierarchyLevel><gmd:MD_ScopeCode codeListValue="dataset"/></gmd:hierarchyLevel>
<gmd:dateStamp><gco:Date>2024-05-06</gco:Date></gmd:dateStamp>
<gmd:identificationInfo><gmd:MD_DataIdentification>
<gmd:citation><gmd:CI_Citation><gmd:title><gco:CharacterString>Trait de côte</gco:CharacterString>
<gmd:PT_FreeText><gmd:textGroup><gmd:LocalisedCharacterString locale="#EN">Coast line</gmd:LocalisedCharacterString>
</gmd:textGroup></gmd:PT_FreeText></gmd:title><gmd:date><gmd:CI_Date><gmd:date><gco:Date>2020-01-02</gco:Date></gmd:date>
<gmd:dateType><gmd:CI_DateTypeCode codeListValue="publication"/></gmd:dateType></gmd:CI_Date></gmd:date>
</gmd:CI_Citation></gmd:citation><gmd:abstract><gco:CharacterString>Le littoral.</gco:CharacterString></gmd:abstract>
<gmd:pointOfContact><gmd:CI_ResponsibleParty><gmd:organisationName><gmx:Anchor xlink:href="https://shom.example">Shom
</gmx:Anchor></gmd:organisationName><gmd:contactInfo><gmd:CI_Contact><gmd:address><gmd:CI_Address>
<gmd:electronicMailAddress><gco:CharacterString>data@shom.example</gco:CharacterString></gmd:electronicMailAddress>
</gmd:CI_Address></gmd:address></gmd:CI_Contact></gmd:contactInfo>
<gmd:role><gmd:CI_RoleCode codeListValue="owner"/></gmd:role></gmd:CI_ResponsibleParty></gmd:pointOfContact>
<gmd:descriptiveKeywords><gmd:MD_Keywords><gmd:keyword><gmx:Anchor xlink:href="https://x.example/k">littoral</gmx:Anchor>
</gmd:keyword></gmd:MD_Keywords></gmd:descriptiveKeywords>
<gmd:resourceConstraints><gmd:MD_LegalConstraints><gmd:otherConstraints><gmx:Anchor
 xlink:href="https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf">LO 2.0</gmx:Anchor>
</gmd:otherConstraints></gmd:MD_LegalConstraints></gmd:resourceConstraints>
<gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox>
<gmd:westBoundLongitude><gco:Decimal>4.2</gco:Decimal></gmd:westBoundLongitude>
<gmd:eastBoundLongitude><gco:Decimal>5.8</gco:Decimal></gmd:eastBoundLongitude>
<gmd:southBoundLatitude><gco:Decimal>43.1</gco:Decimal></gmd:southBoundLatitude>
<gmd:northBoundLatitude><gco:Decimal>43.9</gco:Decimal></gmd:northBoundLatitude>
</gmd:EX_GeographicBoundingBox></gmd:geographicElement><gmd:temporalElement><gmd:EX_TemporalExtent><gmd:extent>
<gml:TimePeriod><gml:beginPosition>2018-01-01</gml:beginPosition><gml:endPosition>2019-12-31</gml:endPosition>
</gml:TimePeriod></gmd:extent></gmd:EX_TemporalExtent></gmd:temporalElement></gmd:EX_Extent></gmd:extent>
</gmd:MD_DataIdentification></gmd:identificationInfo>
<gmd:distributionInfo><gmd:MD_Distribution><gmd:transferOptions><gmd:MD_DigitalTransferOptions>
<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>https://shom.example/page</gmd:URL></gmd:linkage>
<gmd:protocol><gco:CharacterString>WWW:LINK</gco:CharacterString></gmd:protocol></gmd:CI_OnlineResource></gmd:onLine>
<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>https://shom.example/wfs?x=1</gmd:URL></gmd:linkage>
<gmd:protocol><gco:CharacterString>OGC:WFS</gco:CharacterString></gmd:protocol>
<gmd:name><gco:CharacterString>tcn</gco:CharacterString></gmd:name></gmd:CI_OnlineResource></gmd:onLine>
</gmd:MD_DigitalTransferOptions></gmd:transferOptions></gmd:MD_Distribution></gmd:distributionInfo></gmd:MD_Metadata>
<gmi:MI_Metadata><gmd:fileIdentifier><gco:CharacterString>iso-2</gco:CharacterString></gmd:fileIdentifier>
<gmd:hierarchyLevel><gmd:MD_ScopeCode codeListValue="service"/></gmd:hierarchyLevel></gmi:MI_Metadata>
</csw:SearchResults></csw:GetRecordsResponse>"""
CROISSANT = {
    "@context": {"@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/"},
    "@type": "sc:Dataset",
    "conformsTo": "http://mlcommons.org/croissant/1.0",
    "name": "titanic",
    "url": "https://ml.example/titanic",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "distribution": [
        {
            "@type": "cr:FileObject",
            "@id": "passengers",
            "name": "passengers.csv",
            "contentUrl": "data/passengers.csv",
            "encodingFormat": "text/csv",
            "contentSize": "117743 B",
            "sha256": "c" * 64,
        },
        {"@type": "cr:FileSet", "name": "all", "includes": "*.csv", "encodingFormat": "text/csv"},
    ],
}


def read(folder: Path, content: str | bytes | object, *, wanted: str = "auto", address: str = "") -> list[Record]:
    path = folder / "catalogue"
    if not isinstance(content, str | bytes):
        content = json.dumps(content)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    source = Opened(path, address)
    return list(records_of(source, recognise(source) if wanted == "auto" else wanted))


def only(folder: Path, content: object, **options: str) -> HarvestedDataset:
    (record,) = read(folder, content, **options)
    assert isinstance(record, HarvestedDataset)
    return record


def turtle(folder: Path, statements: str) -> HarvestedDataset:
    return only(folder, PREFIXES + statements)


FOUND = {
    "udata page": ("udata", {"data": [], "page": 1, "page_size": 20, "total": 0, "next_page": None}),
    "udata list": ("udata", [{"id": "a", "title": "A", "frequency": "daily", "resources": [], "slug": "a"}]),
    "udata single": ("udata", {"id": "a", "title": "A", "last_modified": "2024", "metrics": {}, "resources": []}),
    "package_search": ("ckan", {"help": "", "success": True, "result": {"count": 0, "results": []}}),
    "packages without frame": ("ckan", [{"id": "a", "name": "a", "notes": "", "license_id": "odbl"}]),
    "explore 1": ("ods", {"nhits": 0, "parameters": {}, "datasets": []}),
    "explore 2.0": ("ods", {"total_count": 0, "links": [], "datasets": []}),
    "explore 2.1": ("ods", {"total_count": 0, "results": []}),
    "data.json": ("datajson", {"dataset": []}),
    "package": ("datapackage", {"name": "a", "resources": [{"path": "a.csv"}]}),
    "schema.org": ("schemaorg", {"@context": "https://schema.org/", "@type": "Dataset", "name": "A"}),
    "croissant": ("schemaorg", CROISSANT),
    "csw": ("csw", ISO),
    "turtle": ("dcat", PREFIXES + "<http://x.example/> a dcat:Catalog ."),
    "sparql turtle": ("dcat", "PREFIX dcat: <http://www.w3.org/ns/dcat#> <http://x.example/> a dcat:Catalog ."),
    "socrata": ("socrata", {"results": [], "resultSetSize": 0, "timings": {}}),
    "csv": ("csv", "titre;licence\nA;ODbL\n"),
    "table of ods": ("ods", "datasetid,title\na,A\n"),
}


@pytest.mark.parametrize("case", FOUND)
def test_each_format_is_recognised(tmp_path, case):
    expected, content = FOUND[case]
    path = tmp_path / "catalogue"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    assert recognise(Opened(path)) == expected


EMPTY = ("udata page", "package_search", "explore 1", "explore 2.0", "explore 2.1", "data.json", "turtle", "socrata")


@pytest.mark.parametrize("case", EMPTY)
def test_an_empty_catalogue_is_no_fault(tmp_path, case):
    assert read(tmp_path, FOUND[case][1]) == []


BROKEN = {
    "nothing": ("", "empty"),
    "cut JSON": ('{"page": 1, "data": [{"id": "a", "title": "A"}, {"id": ', "cut short"),
    "cut data.json": ('{"dataset": [{"identifier": "a", "title": "A"}, {"title"', "cut short"),
    "cut RDF": (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><a',
        "cut short",
    ),
    "cut CSW": (ISO[:2000], "cut short"),
    "cut Turtle": (PREFIXES + "<http://x.example/> a dcat:Dataset ; dct:title ", "does not parse"),
    "error page": ("<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>", "502 Bad Gateway"),
    "portal error": ({"success": False, "error": {"message": "Not authorised"}}, "Not authorised"),
    "names only": ({"help": "", "success": True, "result": ["a", "b"]}, "list of names"),
    "GeoJSON": ({"type": "FeatureCollection", "features": []}, "no catalogue"),
    "other XML": ('<?xml version="1.0"?><rss><channel/></rss>', "rss"),
    "no title column": ("code;valeur\n1;2\n", "titre"),
    "unknown context": ({"@context": "https://terms.example/all", "@type": "dcat:Catalog"}, "terms.example"),
    "other RDF": ("@prefix s: <http://x.example/> . s:a s:b s:c .", "no dcat:Dataset"),
    "entities in RDF": (
        (
            '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rdf:RDF '
            'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&a;</rdf:RDF>'
        ),
        "entities",
    ),
    "entities in CSW": (
        ISO.replace("<csw:Get", '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><csw:Get', 1),
        "entities",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_is_explained(tmp_path, case):
    content, words = BROKEN[case]
    with pytest.raises(Unreadable, match=words):
        read(tmp_path, content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
def test_json_in_any_encoding(tmp_path, encoding):
    text = json.dumps(
        {"dataset": [{"identifier": "é", "title": "Été à la mer", "publisher": "Côte"}]}, ensure_ascii=False
    )
    record = only(tmp_path, text.encode(encoding))
    assert (record.identifier, record.titles[""], record.publisher) == ("é", "Été à la mer", "Côte")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_in_any_encoding(tmp_path, encoding, delimiter):
    rows = [
        ["Identifiant", "Titre", "Description", "Producteur", "Licence", "URL", "Mots-clés", "Fréquence"],
        [
            "port-1",
            "Trafic portuaire",
            "<p>Été</p>",
            "Métropole",
            "Licence Ouvert",
            "https://x.example/a.csv",
            '"a; b"',
            "annuelle",
        ],
    ]
    record = only(tmp_path, "\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    assert (record.identifier, record.titles[""], record.publisher) == ("port-1", "Trafic portuaire", "Métropole")
    assert (record.licence, record.licence_as_stated, record.frequency) == ("lo", "Licence Ouvert", "yearly")
    assert (record.descriptions[""], record.keywords) == ("Été", ("a", "b"))
    assert (record.resources[0].url, record.resources[0].format) == ("https://x.example/a.csv", "csv")


def test_commas_in_the_texts_of_a_table_do_not_divide_it(tmp_path):
    rows = "".join(f"{number};Quai {number};un, deux, trois, quatre\n" for number in range(20))
    records = read(tmp_path, "id;titre;description\n" + rows, wanted="csv")
    assert len(records) == 20 and records[0].descriptions == {"": "un, deux, trois, quatre"}  # type: ignore[union-attr]


def test_a_table_without_identifiers_uses_addresses_then_titles(tmp_path):
    records = read(tmp_path, "title,url\nA,https://x.example/a\nB b,\n,https://x.example/c\n")
    assert [record.identifier for record in records] == ["https://x.example/a", "title:b-b", "https://x.example/c"]
    assert records[2] == RejectedRecord("https://x.example/c", "no-title")


def test_a_record_without_title_or_in_private_is_rejected_alone(tmp_path):
    records = read(
        tmp_path,
        {
            "success": True,
            "result": [
                {"id": "1", "title": None, "name": None, "notes": ""},
                {"id": "2", "title": "Draft", "state": "draft"},
                {"id": "3", "title": "Private", "private": True},
                {"id": "4", "type": "harvest", "name": "other", "title": "A source"},
                {"id": "5", "title": "Good", "extras": None, "resources": None, "tags": None, "organization": None},
            ],
        },
    )
    assert [(each.identifier, each.reason) for each in records[:4]] == [  # type: ignore[union-attr]
        ("1", "no-title"),
        ("2", "not-public"),
        ("3", "not-public"),
        ("other", "not-a-dataset"),
    ]
    assert isinstance(records[4], HarvestedDataset)


def test_ckan_extras_in_their_three_ways(tmp_path):
    package = {"id": "1", "title": "A", "license_id": "cc-by", "notes": "x"}
    shape = '{"type": "Polygon", "coordinates": [[[4, 43], [6, 43], [6, 44], [4, 43]]]}'
    for extras in (
        [{"key": "spatial", "value": shape}, {"key": "frequency", "value": '"mensuelle"'}],
        {"spatial": shape, "frequency": "monthly"},
    ):
        record = only(tmp_path, {"success": True, "result": package | {"extras": extras}})
        assert (record.bounds, record.frequency, record.licence) == ((4, 43, 6, 44), "monthly", "cc-by")
    beside = only(tmp_path, {"success": True, "result": package | {"spatial": shape, "frequency": "monthly"}})
    assert beside.bounds == (4, 43, 6, 44)


def test_ckan_lists_with_resources_old_and_new(tmp_path):
    package = {"id": "1", "title": "A", "resources": [{"url": "https://x.example/a.csv"}]}
    for result in ([package], [[package]]):
        assert only(tmp_path, {"help": "", "success": True, "result": result}).resources[0].format == "csv"


def test_translated_fields_of_ckan(tmp_path):
    package = {"id": "1", "title": "T", "title_translated": {"fr": "Ports", "en": "Harbours", "de": ""}, "notes": "x"}
    assert only(tmp_path, {"success": True, "result": package}).titles == {"fr": "Ports", "en": "Harbours"}


@pytest.mark.parametrize("version", ["1", "2.0", "2.1", "export"])
def test_opendatasoft_old_and_new(tmp_path, version):
    metas = {"title": "Quais", "license": "ODbL", "keyword": ["port"], "publisher": "GPMM", "language": "fr"}
    old = {"datasetid": "quais", "metas": metas | {"modified": "2015-01-02T03:04:05+00:00"}}
    new = {"dataset_id": "quais", "metas": {"default": metas | {"modified": "2015-01-02"}, "dcat": {"spatial": "Fos"}}}
    content = {
        "1": {"nhits": 1, "datasets": [old]},
        "2.0": {"total_count": 1, "links": [], "datasets": [{"links": [], "dataset": new}]},
        "2.1": {"total_count": 1, "results": [new]},
        "export": [new],
    }[version]
    record = only(tmp_path, content, address="https://data.example/api/explore")
    assert (record.identifier, record.titles, record.licence) == ("quais", {"fr": "Quais"}, "odbl")
    assert (record.publisher, record.modified_on) == ("GPMM", "2015-01-02")
    assert record.landing_page == "https://data.example/explore/dataset/quais/"
    assert [resource.format for resource in record.resources] == ["csv", "json"]


def test_dcat_with_blank_nodes_languages_and_a_nested_publisher(tmp_path):
    record = turtle(
        tmp_path,
        """[] a dcat:Dataset ; dct:identifier "q" ; dct:title "Quais"@fr, "Quays"@en-GB ;
        dct:publisher [ a foaf:Agent ; foaf:name "GPMM" ; foaf:homepage <https://port.example/> ] ;
        dct:license <http://publications.europa.eu/resource/authority/licence/CC_BY_4_0> ;
        dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/MONTHLY> ;
        dct:temporal [ a dct:PeriodOfTime ; dcat:startDate "2020-01-01" ; dcat:endDate "2020-12-31" ] ;
        dct:spatial [ a dct:Location ; dcat:bbox "POLYGON((4 43,6 43,6 44,4 43))" ] ;
        dcat:contactPoint [ vcard:fn "Capitainerie" ; vcard:hasEmail <mailto:port@example.org> ] ;
        dcat:distribution [ dcat:downloadURL <https://port.example/a b.csv> ; dcat:mediaType "text/csv" ] .""",
    )
    assert record.titles == {"fr": "Quais", "en": "Quays"}
    assert (record.publisher, record.publisher_website) == ("GPMM", "https://port.example/")
    assert (record.licence, record.frequency, record.period) == ("cc-by-4.0", "monthly", "2020")
    assert (record.bounds, record.contact) == ((4, 43, 6, 44), "Capitainerie · port@example.org")
    assert (record.resources[0].url, record.resources[0].format) == ("https://port.example/a%20b.csv", "csv")


def test_a_blank_dataset_without_identifier_is_known_by_its_title(tmp_path):
    assert turtle(tmp_path, '[] a dcat:Dataset ; dct:title "Quais du port" .').identifier == "title:quais-du-port"


@pytest.mark.parametrize("has_graph", [True, False])
def test_json_ld_with_and_without_graph(tmp_path, has_graph):
    context = {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"}
    node = {"@id": "https://x.example/1", "@type": "dcat:Dataset", "dct:title": {"@value": "Quais", "@language": "fr"}}
    content = {"@context": context, "@graph": [node]} if has_graph else {"@context": context, **node}
    record = only(tmp_path, content)
    assert (record.identifier, record.titles) == ("https://x.example/1", {"fr": "Quais"})


def test_schema_org_in_a_page_with_a_catalogue(tmp_path):
    document = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "DataCatalog", "dataset": [{"@id": "#d"}]},
            {"@id": "#d", "@type": "Dataset", "name": "Quays", "publisher": {"@id": "#p"}, "url": "/quays",
             "inLanguage": "en",
             "temporalCoverage": "2019-01-01/..", "spatialCoverage": {"geo": {"box": "43 4 44 6"}, "name": "Fos"}},
            {"@id": "#p", "@type": "Organization", "name": "Port", "email": "port@example.org"},
        ],
    }  # fmt: skip
    page = f'<!doctype html><title>Quays</title><script type="application/ld+json">{json.dumps(document)}</script>'
    record = only(tmp_path, page, address="https://x.example/page")
    assert (record.titles, record.publisher, record.contact) == ({"en": "Quays"}, "Port", "port@example.org")
    assert (record.period, record.bounds, record.coverage) == ("2019–", (4, 43, 6, 44), {"": "Fos"})
    assert record.landing_page == "https://x.example/quays"


def test_croissant_has_files_sizes_and_hashes(tmp_path):
    record = only(tmp_path, CROISSANT, address="https://ml.example/titanic/croissant.json")
    assert (record.licence, record.titles) == ("cc-by-4.0", {"": "titanic"})
    first, second = record.resources
    assert (first.url, first.bytes, first.sha256) == (
        "https://ml.example/titanic/data/passengers.csv",
        117743,
        "c" * 64,
    )
    assert (second.url, second.format) == ("", "csv")


def test_iso_records_with_anchors_and_translations(tmp_path):
    record, service = read(tmp_path, ISO)
    assert isinstance(record, HarvestedDataset)
    assert service == RejectedRecord("iso-2", "not-a-dataset")
    assert record.titles == {"fr": "Trait de côte", "en": "Coast line"}
    assert (record.publisher, record.contact, record.licence) == ("Shom", "data@shom.example", "lov2")
    assert (record.bounds, record.period, record.keywords) == ((4.2, 43.1, 5.8, 43.9), "2018–2019", ("littoral",))
    assert (record.landing_page, record.resources[0].format) == ("https://shom.example/page", "wfs")
    assert (record.issued_on, record.modified_on) == ("2020-01-02", "2024-05-06")


def test_scripts_and_odd_schemes_are_refused(tmp_path):
    record = only(
        tmp_path,
        {
            "dataset": [
                {
                    "identifier": "x",
                    "title": "A <script>alert(1)</script>B",
                    "description": '<p onclick="x()">See <a href="javascript:x()">it</a>, [that](javascript:x(1))</p>',
                    "landingPage": "javascript:alert(1)",
                    "distribution": [
                        {"downloadURL": address, "format": "CSV"}
                        for address in (
                            "data:text/csv,a",
                            "file:///etc/passwd",
                            "ftp://x.example/a",
                            "https://x.example/a",
                        )
                    ],
                }
            ]
        },
    )
    assert record.titles == {"": "A B"}
    assert record.descriptions == {"": "See it, that"}
    assert record.landing_page == ""
    assert [resource.url for resource in record.resources if resource.url] == ["https://x.example/a"]


PAGES = {
    "udata": ({"data": [{"id": "1", "title": "A"}], "next_page": "/api/1/datasets/?page=2"}, "https://x.example/api/1/datasets/?page=2"),
    "ckan": ({"success": True, "result": {"count": 3, "results": [{"id": "1"}]}}, "https://x.example/api?start=1"),
    "ods": ({"total_count": 3, "results": [{"dataset_id": "1"}, {"dataset_id": "2"}]}, "https://x.example/api?offset=2"),
    "csw": (ISO, "https://x.example/api?startPosition=11"),
    "dcat": (
        PREFIXES + '<?page=1> a <http://www.w3.org/ns/hydra/core#PagedCollection> ; '
        '<http://www.w3.org/ns/hydra/core#nextPage> "https://x.example/api?page=2" .',
        "https://x.example/api?page=2",
    ),
}  # fmt: skip


@pytest.mark.parametrize("found", PAGES)
def test_the_next_page_is_found(tmp_path, found):
    content, following = PAGES[found]
    path = tmp_path / "page"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    assert next_page(Opened(path, "https://x.example/api"), found) == following
    assert next_page(Opened(path, following), found) in {"", "https://x.example/api?start=2"}


DUBLIN_CORE = """<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/" xmlns:ows="http://www.opengis.net/ows">
<csw:SearchResults numberOfRecordsMatched="2" nextRecord="0"><csw:Record><dc:identifier>r1</dc:identifier>
<dc:title>Zones de mouillage</dc:title><dct:abstract>Où ancrer.</dct:abstract><dc:type>dataset</dc:type>
<dc:subject>mer</dc:subject><dct:modified>2024-02-01</dct:modified><dc:rights>Licence Ouverte 2.0</dc:rights>
<dct:references scheme="OGC:WMS">https://g.example/wms</dct:references>
<ows:BoundingBox><ows:LowerCorner>4 43</ows:LowerCorner><ows:UpperCorner>5 44</ows:UpperCorner></ows:BoundingBox>
</csw:Record><csw:SummaryRecord><dc:identifier>s1</dc:identifier><dc:title>WMS</dc:title><dc:type>service</dc:type>
</csw:SummaryRecord></csw:SearchResults></csw:GetRecordsResponse>"""


def test_a_csw_that_answers_in_dublin_core_is_read(tmp_path: Path):
    found = read(tmp_path, DUBLIN_CORE)
    mooring, service = found
    assert isinstance(mooring, HarvestedDataset)
    assert (mooring.identifier, mooring.titles, mooring.licence) == ("r1", {"": "Zones de mouillage"}, "lov2")
    assert (mooring.bounds, mooring.modified_on) == ((4.0, 43.0, 5.0, 44.0), "2024-02-01")
    assert [(link.url, link.format) for link in mooring.resources] == [("https://g.example/wms", "wms")]
    assert service == RejectedRecord("s1", "not-a-dataset")


def test_data_json_of_version_1_0_is_a_bare_list(tmp_path: Path):
    old = {"title": "A", "identifier": "1", "accessLevel": "public", "accessURL": "https://x.example/a.csv"}
    (dataset,) = read(tmp_path, json.dumps([old]))
    assert isinstance(dataset, HarvestedDataset)
    assert [link.url for link in dataset.resources] == ["https://x.example/a.csv"]


@pytest.mark.parametrize("before", ["sep=;\r\n", "\n\n", "\ufeffsep=;\n"])
def test_what_spreadsheets_write_before_the_header_is_skipped(tmp_path: Path, before: str):
    (dataset,) = read(tmp_path, f"{before}id;titre\n7;Quais\n")
    assert isinstance(dataset, HarvestedDataset)
    assert (dataset.identifier, dataset.titles) == ("7", {"": "Quais"})


def test_the_box_of_opendatasoft_is_a_feature(tmp_path: Path):
    ring = [[5.3, 43.2], [5.4, 43.2], [5.4, 43.3], [5.3, 43.2]]
    box = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": {}}
    metas = {"default": {"title": "Stations", "bbox": box}}
    (dataset,) = read(tmp_path, json.dumps({"total_count": 1, "results": [{"dataset_id": "s", "metas": metas}]}))
    assert isinstance(dataset, HarvestedDataset) and dataset.bounds == (5.3, 43.2, 5.4, 43.3)


def test_signs_that_turn_the_direction_of_a_page_are_taken_out(tmp_path: Path):
    (dataset,) = read(tmp_path, json.dumps({"dataset": [{"identifier": "1", "title": "\u202eport\u2066"}]}))
    assert isinstance(dataset, HarvestedDataset) and dataset.titles == {"": "port"}
