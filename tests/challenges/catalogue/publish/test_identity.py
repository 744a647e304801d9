"""Export then import is the identity: random catalogues in each syntax, as a table, and as data packages."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from challenges.catalogue.harvest.details import details_of
from challenges.catalogue.harvest.links import facts_of_link
from challenges.catalogue.harvest.opening import Opened
from challenges.catalogue.harvest.reading import records_of
from challenges.catalogue.harvest.recognise import recognise
from challenges.catalogue.harvest.record import HarvestedDataset
from challenges.catalogue.harvest.vocabularies import FREQUENCIES
from challenges.catalogue.licences import LICENCES
from challenges.catalogue.models import Dataset, DatasetFormat, Publisher, Resource
from challenges.catalogue.publish.dcat import catalogue_node, dataset_node
from challenges.catalogue.publish.packages import data_package
from challenges.catalogue.publish.syntaxes import SYNTAXES, document
from challenges.catalogue.publish.table import table
from challenges.catalogue.rules import THEMES, clean_formats
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.identifiers import slugify

BASE = "https://data.example"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
KINDS = (*SYNTAXES, "csv", "datapackage")
SIZE = 120
# Signs that Markdown, HTML, RDF, CSV or a spreadsheet could trip over, and letters of several scripts.
SIGNS = "=+-@'\"\\<>&#%{}[]()|^`~_*:!?./;\t  €éœΩ海𝔸aB0123"
IN_ADDRESSES = "abé/?&=%[]|{}~#+;:'\"é海"
PERIODS = ("", "2019", "2019–2023", "2024-01-15–", "–2020", "2020-02-01–2020-03-31", "2019-2020", "2020–2020")


class Catalogue:
    """Random datasets: every fact that the model holds, there or missing, in one language or two."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def text(self, signs: str = SIGNS) -> str:
        return f"x{''.join(self.random.choices(signs, k=self.random.randrange(30)))}y"

    def maybe(self, make: Callable[[], Any], missing: Any = "") -> Any:
        return make() if self.random.random() < 0.7 else missing

    def pair(self, make: Callable[[], str] | None = None) -> Bilingual:
        one, other = (make or self.text)(), (make or self.text)()
        return self.random.choice([Bilingual(one, other), Bilingual(one, one), Bilingual(fr=one), Bilingual(en=one)])

    def paragraphs(self) -> str:
        return "\n\n".join(self.text() for _number in range(self.random.randrange(1, 4)))

    def address(self) -> str:
        return f"https://p.example/{self.text(IN_ADDRESSES)}"

    def day(self) -> date:
        return date(1000, 1, 1) + timedelta(days=self.random.randrange(700_000))

    def format(self) -> str:
        code = self.random.choice(["csv", "geojson", "shapefile", "other", self.text("ab.+-/ é%")[:30]])
        return clean_formats([" ".join(code.split())])[0]

    def box(self) -> list[float]:
        across, up = (sorted(round(self.random.uniform(-80, 80), 6) for _side in range(2)) for _axis in range(2))
        return [across[0], up[0], across[1], up[1]]

    def file(self, position: int) -> Resource:
        return Resource(
            position=position,
            title=self.pair(),
            format=self.format(),
            url=f"https://p.example/{position}/{self.text(IN_ADDRESSES)}",
            bytes=self.maybe(lambda: self.random.randrange(10**12) * self.random.randrange(2), None),
            sha256=self.maybe(lambda: f"{self.random.randrange(16**64):064x}", None),
        )

    def dataset(self, number: int) -> Dataset:
        files = [self.file(position) for position in range(self.random.choice([0, 1, 2, 12]))]
        formats = clean_formats([*(each.format for each in files), *self.maybe(lambda: [self.format()], [])])
        house = f"{self.text()} {number}"
        return Dataset(
            slug=f"jeu-{number}",
            title=self.pair(),
            description=self.maybe(lambda: self.pair(self.paragraphs), Bilingual()),
            publisher=Publisher(slug=slugify(house), name=house, website=self.maybe(self.address)),
            theme=self.random.choice(list(THEMES)),
            licence=self.random.choice(list(LICENCES)),
            licence_as_stated=self.maybe(self.text),
            landing_page=self.maybe(self.address),
            coverage=self.maybe(self.pair, None),
            period=self.random.choice([*PERIODS, self.text()]),
            keywords=[f"{self.text()} {place}" for place in range(self.random.randrange(6))],
            frequency=self.random.choice(["", *FREQUENCIES]),
            contact=self.maybe(lambda: self.text() + self.maybe(lambda: " · a.b@p.example")),
            bounds=self.maybe(self.box, None),
            issued_on=self.maybe(self.day, None),
            modified_on=self.maybe(self.day, None),
            resources=files,
            format_rows=[DatasetFormat(format=code) for code in formats],
        )


def written(kind: str, all_of_them: Iterable[Dataset]) -> str:
    if kind == "csv":
        return "".join(table(all_of_them, BASE))
    if kind == "datapackage":
        return json.dumps({"packages": [data_package(each, BASE) for each in all_of_them]})
    return "".join(document(kind, catalogue_node(BASE), (dataset_node(each, BASE) for each in all_of_them)))


def facts_before(dataset: Dataset) -> dict[str, Any]:
    names = (
        "title description theme licence licence_as_stated landing_page coverage period keywords frequency contact "
        "bounds issued_on modified_on formats"
    ).split()
    links = [(each.url, each.title, each.format, each.bytes, each.sha256) for each in dataset.resources]
    house = {"publisher_name": dataset.publisher.name, "publisher_website": dataset.publisher.website}
    return {name: getattr(dataset, name) for name in names} | house | {"links": links}


def facts_after(record: HarvestedDataset) -> dict[str, Any]:
    details = details_of(record, seen_in="")
    links = [(each.url, *facts_of_link(each).values()) for each in record.resources if each.url]
    return {
        **vars(details),
        "keywords": list(details.keywords),
        "bounds": list(details.bounds) if details.bounds else None,
        "formats": list(details.formats),
        "links": links,
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [1, 2])
def test_export_then_import_is_the_identity(tmp_path: Path, kind: str, seed: int):
    chance = Catalogue(seed)
    every = [chance.dataset(number) for number in range(SIZE)]
    path = tmp_path / "catalogue"
    path.write_bytes(written(kind, every).encode())
    source = Opened(path)
    assert recognise(source) == {"csv": "csv", "datapackage": "datapackage"}.get(kind, "dcat")
    found = {record.identifier: record for record in records_of(source, recognise(source))}
    assert found.keys() == {each.slug for each in every}
    for each in every:
        before, after = facts_before(each), facts_after(found[each.slug])  # type: ignore[arg-type]
        assert {name: after[name] for name in before} == before


DCT, DCAT, FOAF = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#", "http://xmlns.com/foaf/0.1/"
# What DCAT-AP 3 makes mandatory, by class.
MANDATORY = {
    f"{DCAT}Catalog": {f"{DCT}title", f"{DCT}description", f"{DCT}publisher", f"{DCAT}dataset"},
    f"{DCAT}Dataset": {f"{DCT}title", f"{DCT}description"},
    f"{DCAT}Distribution": {f"{DCAT}accessURL"},
    f"{FOAF}Agent": {f"{FOAF}name"},
    "http://spdx.org/rdf/terms#Checksum": {
        "http://spdx.org/rdf/terms#algorithm",
        "http://spdx.org/rdf/terms#checksumValue",
    },
}
# Of which only one may be said, and what is a thing and never a text.
SINGLE = {f"{DCT}publisher", f"{DCT}issued", f"{DCT}modified", f"{DCT}accrualPeriodicity", f"{DCAT}byteSize"}
THINGS = {
    f"{DCT}{name}" for name in ("publisher", "license", "rights", "spatial", "temporal", "format", "accrualPeriodicity")
} | {f"{DCAT}{name}" for name in ("accessURL", "downloadURL", "landingPage", "theme", "contactPoint", "distribution")}


@pytest.mark.parametrize("kind", SYNTAXES)
def test_what_dcat_ap_makes_mandatory_is_there(kind: str):
    chance = Catalogue(3)
    syntax = {"jsonld": RdfFormat.JSON_LD, "ttl": RdfFormat.TURTLE, "rdf": RdfFormat.RDF_XML}[kind]
    said: dict[Any, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for quad in parse(written(kind, [chance.dataset(number) for number in range(30)]), format=syntax):
        said[quad.subject][quad.predicate.value].add(quad.object)
    for node, properties in said.items():
        for each in properties[f"{RDF}type"]:
            assert not MANDATORY.get(each.value, set()) - properties.keys(), (node, each)
        assert not {name for name in SINGLE if len(properties.get(name, ())) > 1}, node
        assert not {name for name in THINGS for value in properties.get(name, ()) if isinstance(value, Literal)}, node
    assert len(said[NamedNode(f"{BASE}/catalogue")][f"{DCAT}dataset"]) == 30


def test_a_data_package_keeps_to_the_schema_of_frictionless():
    chance = Catalogue(4)
    for number in range(40):
        package = data_package(chance.dataset(number), BASE)
        assert re.fullmatch(r"[-a-z0-9._/]+", package["name"]) and package["resources"]
        assert all(each["title"] for each in package["contributors"])
        assert all({"name", "path"} & each.keys() for each in package.get("licenses", ()))
        names = [each["name"] for each in package["resources"]]
        assert len(set(names)) == len(names)
        for each in package["resources"]:
            assert re.fullmatch(r"[-a-z0-9._/]+", each["name"]) and each["path"].startswith("https://")
            assert re.fullmatch(r"sha256:[0-9a-f]{64}", each.get("hash", f"sha256:{'0' * 64}"))
            assert isinstance(each.get("bytes", 0), int)
