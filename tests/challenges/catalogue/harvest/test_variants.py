"""The same formats as other portals write them: each case is a small file in the way of one kind of portal."""

import json
from pathlib import Path
from typing import Any

import pytest

from challenges.catalogue.harvest.opening import Opened
from challenges.catalogue.harvest.reading import Record, records_of
from challenges.catalogue.harvest.recognise import recognise
from challenges.catalogue.harvest.record import HarvestedDataset, RejectedRecord, Unreadable

FLUENT = {
    "success": True,
    "result": {
        "count": 1,
        "results": [
            {
                "id": "7",
                "name": "laerm",
                "title": {"de": "Lärm", "fr": "Bruit", "en": "Noise"},
                "description": {"fr": "Le bruit.", "en": "The noise."},
                "keywords": {"fr": ["bruit", "route"], "en": ["noise"]},
                "publisher": {"name": "Office fédéral", "url": "https://office.example"},
                "groups": [{"name": "mobi", "display_name": {"fr": "Mobilité", "en": "Mobility"}}],
                "issued": "2020-05-06T00:00:00",
                "resources": [
                    {
                        "download_url": "https://x.example/a.csv",
                        "title": {"fr": "Table", "en": "Sheet"},
                        "format": "CSV",
                    }
                ],
            }
        ],
    },
}
DKAN = {
    "help": "",
    "success": True,
    "result": [
        [
            {
                "id": "9",
                "name": "budget",
                "title": "Budget",
                "state": "Active",
                "type": "Dataset",
                "private": "false",
                "license_title": "Creative Commons Attribution",
                "metadata_created": "Tue, 05/06/2014 - 10:20",
                "tags": [{"id": "1", "vocabulary_id": "2", "name": "finance"}],
                "resources": [{"url": "https://x.example/b.xls", "name": "b", "size": "1.2 MB", "mimetype": None}],
                "extras": None,
            }
        ]
    ],
}
SCDL = (
    "COLL_NOM;COLL_SIRET;ID;TITRE;DESCRIPTION;THEME;PRODUCTEUR_NOM;PRODUCTEUR_SIRET;COUV_SPAT_MAILLE;COUV_SPAT_NOM;"
    "COUV_TEMP_DEBUT;COUV_TEMP_FIN;DATE_PUBL;FREQ_MAJ;DATE_MAJ;MOTS_CLES;LICENCE;NOMBRE_RESSOURCES;FORMAT_RESSOURCES;"
    "VISIBILITE;URL\n"
    "Ville d’Arles;21130004000012;arles-1;Marchés;Les marchés.;Économie;Service commerce;1;Commune;Arles;2019-01-01;"
    "2020-12-31;2021-03-04;annuelle;2022-05-06;marché;Licence Ouverte 2.0;1;csv;publique;https://arles.example/m\n"
)
EXPORT_OF_UDATA = (
    "id;title;slug;acronym;url;organization;organization_id;owner;owner_id;description;frequency;license;"
    "temporal_coverage.start;temporal_coverage.end;spatial.granularity;created_at;last_modified;tags;archived\n"
    '"5a";"Qualité de l’air";"air";"";"https://www.data.gouv.fr/fr/datasets/air/";"AtmoSud";"1";"";"";"Mesures.";'
    '"daily";"Licence Ouverte / Open Licence version 2.0";"2019-01-01";"2019-12-31";"";"2018-02-03T10:00:00";'
    '"2024-05-06T07:08:09.123456";"air,pollution";"False"\n'
)
DATA_JSON_1_0 = [
    {
        "title": "Arbres",
        "description": "Les arbres.",
        "keyword": "arbre, parc",
        "modified": "2013-05-09",
        "publisher": "Jardins",
        "contactPoint": "Ada Lefèvre",
        "mbox": "ada@x.example",
        "identifier": "11",
        "accessLevel": "public",
        "temporal": "2010-01-15T00:45:00Z/2011-01-15T00:06:00Z",
        "accrualPeriodicity": "Annual",
        "distribution": [{"accessURL": "https://x.example/c.json", "format": "application/json"}],
    }
]
GRAPH = {
    "@context": {"@vocab": "https://schema.org/"},
    "@graph": [
        {
            "@id": "https://x.example/d",
            "@type": ["Dataset", "Thing"],
            "name": [{"@value": "Plages", "@language": "fr"}, {"@value": "Beaches", "@language": "en"}],
            "description": "<p>Les plages</p>",
            "creator": [{"@type": "Person", "name": "Ada Lefèvre"}],
            "license": {"@type": "CreativeWork", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
            "keywords": "plage; mer",
            "identifier": ["doi:10.1/x"],
            "spatialCoverage": {"@type": "Place", "geo": {"@type": "GeoCoordinates", "latitude": 43, "longitude": 5}},
            "temporalCoverage": "2019/2020",
            "distribution": {
                "@type": "DataDownload",
                "contentUrl": "https://x.example/p.zip",
                "encodingFormat": ["application/zip"],
            },
        }
    ],
}
ODS_CSV = (
    "datasetid;default.title;default.description;default.theme;default.keyword;default.license;default.publisher;"
    "default.modified;dcat.creator;dcat.temporal\n"
    "gares;Gares;<p>Les gares</p>;Transports, Mobilité;gare,train;Licence Ouverte v2.0 (Etalab);Région;"
    "2024-02-03T04:05:06+00:00;;\n"
)
NULLS: dict[str, Any] = {
    "data": [
        {
            "id": "n",
            "title": "Nul",
            "organization": None,
            "owner": {"first_name": "Ada", "last_name": "Lefèvre", "slug": "ada"},
            "spatial": {"zones": ["fr:commune:13055"], "geom": None},
            "temporal_coverage": None,
            "resources": None,
            "tags": None,
            "license": None,
            "frequency": None,
            "created_at": None,
        }
    ],
    "page": 1,
    "total": 1,
    "next_page": None,
}
PACKAGE = {
    "name": "ports",
    "title": "Ports",
    "license": {"type": "odc-by", "url": "https://opendatacommons.org/licenses/by/"},
    "author": {"name": "Ada Lefèvre", "email": "ada@x.example"},
    "sources": [{"name": "x"}],
    "resources": [{"name": "p", "path": ["data/p1.csv", "data/p2.csv"]}, {"name": "inline", "data": [[1]]}],
}
OLD_CKAN = {
    "id": "77",
    "name": "comptages",
    "license_id": "fr-lo",
    "metadata_created": "2012-06-01T10:00:00",
    "tags": ["route", "trafic"],
    "groups": ["transport"],
    "url": "http://roads.example/counts",
    "resources": [{"url": "//roads.example/c.xls", "format": "xls", "description": "2011"}],
    "extras": {
        "temporal_coverage-from": "2011-01-01",
        "temporal_coverage-to": "2011-12-31",
        "geographic_coverage": "Bouches-du-Rhône",
        "update_frequency": "mensuelle",
        "date_released": "2012-05-03",
    },
}
CONTACTS = {
    "data": [{"id": "1", "title": "A", "contact_points": [{"name": "Capitainerie", "email": "cap@port.example"}]}],
    "page": 1,
    "total": 1,
}
DOCUMENTS = {
    "nhits": 1,
    "datasets": [
        {
            "datasetid": "plans",
            "has_records": False,
            "metas": {"title": "Plans"},
            "attachments": [{"id": "p", "url": "https://x.example/p.pdf", "title": "p.pdf"}],
        }
    ],
}
# name: content, address, format, what the first record says
VARIANTS: dict[str, tuple[Any, str, str, dict[str, Any]]] = {
    "CKAN 1 with extras as an object": (
        OLD_CKAN,
        "",
        "ckan",
        {
            "licence": "lov1",
            "keywords": ("route", "trafic"),
            "themes": ("transport",),
            "coverage": {"": "Bouches-du-Rhône"},
            "period": "2011",
            "frequency": "monthly",
            "issued_on": "2012-05-03",
            "landing_page": "http://roads.example/counts",
        },
    ),
    "udata with contacts": (CONTACTS, "", "udata", {"contact": "Capitainerie · cap@port.example"}),
    "OpenDataSoft with documents alone": (
        DOCUMENTS,
        "https://data.example/api",
        "ods",
        {"titles": {"": "Plans"}, "landing_page": "https://data.example/explore/dataset/plans/"},
    ),
    "CKAN with fields in several languages": (
        FLUENT,
        "",
        "ckan",
        {
            "titles": {"de": "Lärm", "fr": "Bruit", "en": "Noise"},
            "descriptions": {"fr": "Le bruit.", "en": "The noise."},
            "publisher": "Office fédéral",
            "publisher_website": "https://office.example",
            "keywords": ("bruit", "route"),
            "issued_on": "2020-05-06",
        },
    ),
    "CKAN as DKAN answers": (
        DKAN,
        "",
        "ckan",
        {"titles": {"": "Budget"}, "licence": "cc-by", "keywords": ("finance",), "issued_on": "2014-05-06"},
    ),
    "CKAN dumped one package a line": (
        '{"id": "1", "name": "a", "notes": "x", "license_id": "odbl"}\n{"id": "2", "name": "b", "title": "B"}\n',
        "",
        "ckan",
        {"identifier": "1", "titles": {"": "a"}, "licence": "odbl"},
    ),
    "a table of the French standard for catalogues": (
        SCDL,
        "",
        "csv",
        {
            "identifier": "arles-1",
            "publisher": "Service commerce",
            "coverage": {"": "Arles"},
            "period": "2019–2020",
            "issued_on": "2021-03-04",
            "modified_on": "2022-05-06",
            "frequency": "yearly",
            "licence": "lov2",
            "keywords": ("marché",),
        },
    ),
    "the export of udata as a table": (
        EXPORT_OF_UDATA,
        "",
        "csv",
        {
            "identifier": "5a",
            "publisher": "AtmoSud",
            "landing_page": "https://www.data.gouv.fr/fr/datasets/air/",
            "period": "2019",
            "frequency": "daily",
            "licence": "lov2",
            "keywords": ("air", "pollution"),
            "modified_on": "2024-05-06",
            "resources": (),
        },
    ),
    "udata with nothing but nulls": (NULLS, "", "udata", {"publisher": "Ada Lefèvre", "coverage": {}, "resources": ()}),
    "data.json of version 1.0": (
        DATA_JSON_1_0,
        "",
        "datajson",
        {"keywords": ("arbre", "parc"), "contact": "Ada Lefèvre · ada@x.example", "frequency": "yearly"},
    ),
    "schema.org in a graph": (
        GRAPH,
        "",
        "schemaorg",
        {
            "titles": {"fr": "Plages", "en": "Beaches"},
            "publisher": "Ada Lefèvre",
            "licence": "cc0",
            "identifier": "doi:10.1/x",
            "bounds": (5, 43, 5, 43),
            "period": "2019–2020",
            "keywords": ("plage", "mer"),
        },
    ),
    "the export of OpenDataSoft as a table": (
        ODS_CSV,
        "https://data.example/api/explore/v2.1/catalog/exports/csv",
        "ods",
        {
            "titles": {"": "Gares"},
            "publisher": "Région",
            "licence": "lov2",
            "keywords": ("gare", "train"),
            "landing_page": "https://data.example/explore/dataset/gares/",
        },
    ),
    "an old data package": (
        PACKAGE,
        "https://x.example/ports/datapackage.json",
        "datapackage",
        {"publisher": "Ada Lefèvre", "licence": "odc-by", "contact": "ada@x.example"},
    ),
}


def read(folder: Path, content: Any, address: str = "") -> tuple[str, list[Record]]:
    path = folder / "catalogue"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    source = Opened(path, address)
    found = recognise(source)
    return found, list(records_of(source, found))


@pytest.mark.parametrize("case", VARIANTS)
def test_each_variant_says_what_it_says(tmp_path: Path, case: str):
    content, address, expected, facts = VARIANTS[case]
    found, records = read(tmp_path, content, address)
    assert found == expected
    first = records[0]
    assert isinstance(first, HarvestedDataset)
    assert {name: getattr(first, name) for name in facts} == facts


@pytest.mark.parametrize(("case", "links"), [
    ("CKAN with fields in several languages", [("https://x.example/a.csv", "Table", "Sheet", "csv")]),
    ("CKAN as DKAN answers", [("https://x.example/b.xls", "b", None, "xls")]),
    ("CKAN 1 with extras as an object", [("https://roads.example/c.xls", "2011", None, "xls")]),
    ("OpenDataSoft with documents alone", [("https://x.example/p.pdf", "p.pdf", None, "pdf")]),
    ("a table of the French standard for catalogues", [("https://arles.example/m", "", None, "csv")]),
    ("schema.org in a graph", [("https://x.example/p.zip", "", None, "zip")]),
    ("an old data package", [("https://x.example/ports/data/p1.csv", "p", None, "csv")]),
])  # fmt: skip
def test_each_variant_leads_to_its_files(tmp_path: Path, case: str, links: list[tuple[Any, ...]]):
    content, address, _expected, _facts = VARIANTS[case]
    _found, (first, *_others) = read(tmp_path, content, address)
    assert isinstance(first, HarvestedDataset)
    assert [(each.url, each.title, each.title_en, each.format) for each in first.resources if each.url] == links


MDB = """<?xml version="1.0"?><csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"
 xmlns:mdb="http://standards.iso.org/iso/19115/-3/mdb/2.0" xmlns:mcc="http://standards.iso.org/iso/19115/-3/mcc/1.0"
 xmlns:mri="http://standards.iso.org/iso/19115/-3/mri/1.0" xmlns:cit="http://standards.iso.org/iso/19115/-3/cit/2.0"
 xmlns:gex="http://standards.iso.org/iso/19115/-3/gex/1.0" xmlns:lan="http://standards.iso.org/iso/19115/-3/lan/1.0"
 xmlns:mco="http://standards.iso.org/iso/19115/-3/mco/1.0" xmlns:mrd="http://standards.iso.org/iso/19115/-3/mrd/1.0"
 xmlns:mmi="http://standards.iso.org/iso/19115/-3/mmi/1.0" xmlns:gco="http://standards.iso.org/iso/19115/-3/gco/1.0"
 xmlns:gml="http://www.opengis.net/gml/3.2"><csw:SearchResults nextRecord="0"><mdb:MD_Metadata>
<mdb:metadataIdentifier><mcc:MD_Identifier><mcc:code><gco:CharacterString>mdb-1</gco:CharacterString></mcc:code>
</mcc:MD_Identifier></mdb:metadataIdentifier>
<mdb:defaultLocale><lan:PT_Locale><lan:language><lan:LanguageCode codeListValue="fre"/></lan:language></lan:PT_Locale>
</mdb:defaultLocale><mdb:metadataScope><mdb:MD_MetadataScope><mdb:resourceScope><mcc:MD_ScopeCode
 codeListValue="{scope}"/></mdb:resourceScope></mdb:MD_MetadataScope></mdb:metadataScope>
<mdb:dateInfo><cit:CI_Date><cit:date><gco:DateTime>2023-04-05T06:07:08</gco:DateTime></cit:date><cit:dateType>
<cit:CI_DateTypeCode codeListValue="revision"/></cit:dateType></cit:CI_Date></mdb:dateInfo>
<mdb:identificationInfo><mri:MD_DataIdentification><mri:citation><cit:CI_Citation><cit:title>
<gco:CharacterString>Herbiers</gco:CharacterString><lan:PT_FreeText><lan:textGroup><lan:LocalisedCharacterString
 locale="#EN">Seagrass</lan:LocalisedCharacterString></lan:textGroup></lan:PT_FreeText></cit:title>
<cit:date><cit:CI_Date><cit:date><gco:Date>2021-02-03</gco:Date></cit:date><cit:dateType><cit:CI_DateTypeCode
 codeListValue="publication"/></cit:dateType></cit:CI_Date></cit:date></cit:CI_Citation></mri:citation>
<mri:abstract><gco:CharacterString>Les herbiers.</gco:CharacterString></mri:abstract>
<mri:pointOfContact><cit:CI_Responsibility><cit:role><cit:CI_RoleCode codeListValue="owner"/></cit:role><cit:party>
<cit:CI_Organisation><cit:name><gco:CharacterString>Ifremer</gco:CharacterString></cit:name><cit:contactInfo>
<cit:CI_Contact><cit:address><cit:CI_Address><cit:electronicMailAddress><gco:CharacterString>sea@x.example
</gco:CharacterString></cit:electronicMailAddress></cit:CI_Address></cit:address></cit:CI_Contact></cit:contactInfo>
</cit:CI_Organisation></cit:party></cit:CI_Responsibility></mri:pointOfContact>
<mri:extent><gex:EX_Extent><gex:geographicElement><gex:EX_GeographicBoundingBox>
<gex:westBoundLongitude><gco:Decimal>4</gco:Decimal></gex:westBoundLongitude>
<gex:eastBoundLongitude><gco:Decimal>6</gco:Decimal></gex:eastBoundLongitude>
<gex:southBoundLatitude><gco:Decimal>42</gco:Decimal></gex:southBoundLatitude>
<gex:northBoundLatitude><gco:Decimal>44</gco:Decimal></gex:northBoundLatitude>
</gex:EX_GeographicBoundingBox></gex:geographicElement></gex:EX_Extent></mri:extent>
<mri:resourceMaintenance><mmi:MD_MaintenanceInformation><mmi:maintenanceAndUpdateFrequency>
<mmi:MD_MaintenanceFrequencyCode codeListValue="monthly"/></mmi:maintenanceAndUpdateFrequency>
</mmi:MD_MaintenanceInformation></mri:resourceMaintenance>
<mri:descriptiveKeywords><mri:MD_Keywords><mri:keyword><gco:CharacterString>mer</gco:CharacterString></mri:keyword>
</mri:MD_Keywords></mri:descriptiveKeywords>
<mri:resourceConstraints><mco:MD_LegalConstraints><mco:otherConstraints><gco:CharacterString>Licence Ouverte 2.0
</gco:CharacterString></mco:otherConstraints></mco:MD_LegalConstraints></mri:resourceConstraints>
</mri:MD_DataIdentification></mdb:identificationInfo><mdb:distributionInfo><mrd:MD_Distribution><mrd:transferOptions>
<mrd:MD_DigitalTransferOptions><mrd:onLine><cit:CI_OnlineResource><cit:linkage><gco:CharacterString>https://x.example/wfs
</gco:CharacterString></cit:linkage><cit:protocol><gco:CharacterString>OGC:WFS</gco:CharacterString></cit:protocol>
</cit:CI_OnlineResource></mrd:onLine></mrd:MD_DigitalTransferOptions></mrd:transferOptions></mrd:MD_Distribution>
</mdb:distributionInfo></mdb:MD_Metadata></csw:SearchResults></csw:GetRecordsResponse>"""


def test_records_of_iso_19115_3_say_the_same_in_other_words(tmp_path: Path):
    found, (record,) = read(tmp_path, MDB.replace("{scope}", "dataset"))
    assert found == "csw" and isinstance(record, HarvestedDataset)
    assert (record.identifier, record.titles) == ("mdb-1", {"fr": "Herbiers", "en": "Seagrass"})
    assert (record.publisher, record.contact, record.licence) == ("Ifremer", "sea@x.example", "lov2")
    assert (record.bounds, record.frequency, record.keywords) == ((4, 42, 6, 44), "monthly", ("mer",))
    assert (record.issued_on, record.modified_on) == ("2021-02-03", "2023-04-05")
    assert [(each.url, each.format) for each in record.resources] == [("https://x.example/wfs", "wfs")]
    assert read(tmp_path, MDB.replace("{scope}", "service"))[1] == [RejectedRecord("mdb-1", "not-a-dataset")]


def test_a_box_may_have_decimal_commas(tmp_path: Path):
    sides = MDB.replace("{scope}", "dataset").replace("<gco:Decimal>4</gco:Decimal>", "<gco:Decimal>4,25</gco:Decimal>")
    _found, (record,) = read(tmp_path, sides)
    assert isinstance(record, HarvestedDataset) and record.bounds == (4.25, 42, 6, 44)


def test_rdf_may_declare_an_older_encoding(tmp_path: Path):
    text = """<?xml version="1.0" encoding="ISO-8859-1"?><rdf:RDF xmlns:dct="http://purl.org/dc/terms/"
    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#">
    <dcat:Dataset rdf:about="https://k.example/1"><dct:title xml:lang="fr">Marées</dct:title></dcat:Dataset>
    </rdf:RDF>"""
    path = tmp_path / "catalogue"
    path.write_text(text, encoding="latin-1")
    (record,) = records_of(Opened(path), recognise(Opened(path)))
    assert isinstance(record, HarvestedDataset) and record.titles == {"fr": "Marées"}


def test_the_reason_of_a_portal_is_told_in_its_words(tmp_path: Path):
    answer = """<?xml version="1.0"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"><ows:Exception>
    <ows:ExceptionText>Database down</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"""
    with pytest.raises(Unreadable, match="error instead of datasets: Database down"):
        read(tmp_path, answer)


def test_a_record_of_an_odd_shape_is_left_out_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    odd = {"id": "odd", "title": "A", "resources": [{"url": "https://x.example", "checksum": {"type": 5, "value": []}}]}
    _found, records = read(tmp_path, {"data": [odd, {"id": "2", "title": "B"}], "page": 1, "total": 2})
    assert [each.identifier for each in records] == ["odd", "2"]


def test_a_publisher_of_which_nothing_is_said_but_its_address_is_that_of_the_catalogue(tmp_path: Path):
    turtle = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
    @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
    <https://p.example/c> a dcat:Catalog ; dct:publisher [ foaf:name "Ville" ] .
    <https://p.example/1> a dcat:Dataset ; dct:title "A" ; dct:publisher <https://p.example/org> ;
      dcat:contactPoint [ vcard:organization-name "Service" ; vcard:hasEmail <mailto:a@p.example> ] .
    <https://p.example/2> a dcat:Dataset ; dct:title "B" ; dct:publisher "Port" ."""
    _found, (first, second) = read(tmp_path, turtle)
    assert isinstance(first, HarvestedDataset) and isinstance(second, HarvestedDataset)
    assert (first.publisher, second.publisher, first.contact) == ("Ville", "Port", "Service · a@p.example")


def test_attachments_of_opendatasoft_have_an_address_that_can_be_opened(tmp_path: Path):
    files = [{"id": "x_pdf", "url": "odsfile://x.pdf", "title": "x.pdf", "mimetype": "application/pdf"}]
    record = {"dataset_id": "gares", "attachments": files, "metas": {"default": {"title": "Gares"}}}
    _found, (one,) = read(tmp_path, {"total_count": 1, "results": [record]}, "https://data.example/api")
    assert isinstance(one, HarvestedDataset)
    assert one.resources[-1].url == "https://data.example/api/explore/v2.1/catalog/datasets/gares/attachments/x_pdf"
