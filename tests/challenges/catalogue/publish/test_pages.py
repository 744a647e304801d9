"""The addresses for machines: what they send, to whom, at which cost."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from challenges.catalogue.harvest.opening import Opened
from challenges.catalogue.harvest.reading import records_of
from challenges.catalogue.harvest.recognise import recognise
from challenges.catalogue.harvest.record import HarvestedDataset
from challenges.catalogue.models import Dataset, Resource
from challenges.catalogue.publish.queries import BATCH
from challenges.editions.models import Visibility
from hackaviz.accounts.models import Role
from hackaviz.kernel.bilingual import Bilingual
from tests.factories import grant, make_challenge, make_dataset, make_edition, make_person, sign_in
from tests.support.client import SiteClient
from tests.support.queries import count_queries

KINDS = {"jsonld": "application/ld+json", "ttl": "text/turtle", "rdf": "application/rdf+xml", "csv": "text/csv"}


@pytest.mark.parametrize("syntax", KINDS)
def test_anybody_gets_the_whole_catalogue(session: Session, client: SiteClient, syntax: str):
    dataset = make_dataset(session)
    session.commit()
    answer = client.get(f"/catalogue.{syntax}")
    assert (answer.status_code, answer.mimetype) == (200, KINDS[syntax])
    assert dataset.slug in answer.text and dataset.title.fr in answer.text


def test_an_empty_catalogue_is_a_catalogue(client: SiteClient):
    (node,) = json.loads(client.get("/catalogue.jsonld").text)["@graph"]
    assert node["@type"] == "dcat:Catalog"
    assert client.get("/catalogue.csvw").status_code == 404


def test_the_pages_lead_to_what_is_published(session: Session, client: SiteClient):
    challenge = make_challenge(session, make_edition(session))
    page = f"/editions/{challenge.edition.slug}"
    assert "datapackage.json" not in client.get(page).text
    challenge.datasets.append(make_dataset(session))
    session.commit()
    assert f'href="{page}/datapackage.json"' in client.get(page).text
    assert 'href="/catalogue.csv"' in client.get("/catalogue").text


@pytest.mark.database("sqlite")
def test_the_export_reads_by_the_batch(session: Session, client: SiteClient):
    for _number in range(BATCH + 1):
        make_dataset(session)
    session.commit()
    with count_queries() as statements:
        graph = json.loads(client.get("/catalogue.jsonld").text)["@graph"]
    assert len(graph) == BATCH + 2
    # The editions in the navigation, then three reads for each of two batches, and one that finds nothing more.
    assert len(statements) <= 8


def test_a_dataset_is_a_data_package(session: Session, client: SiteClient):
    dataset = make_dataset(session)
    session.commit()
    package = client.get(f"/catalogue/{dataset.slug}/datapackage.json").get_json()
    # A package has one resource at least: here the page of the dataset.
    assert (package["name"], [each["name"] for each in package["resources"]]) == (dataset.slug, ["page"])
    assert package["licenses"][0]["name"] == "lov2"
    assert client.get("/catalogue/nothing/datapackage.json").status_code == 404


def add_link(session: Session, dataset: Dataset) -> None:
    title, url = Bilingual(fr="La table", en="The table"), f"https://p.example/{dataset.slug}.csv"
    dataset.resources.append(Resource(position=0, title=title, format="csv", url=url))
    session.commit()


def test_an_edition_is_a_data_package_of_what_its_public_challenges_suggest(session: Session, client: SiteClient):
    edition = make_edition(session)
    shown, other = make_challenge(session, edition), make_challenge(session, edition)
    draft = make_challenge(session, edition, visibility=Visibility.DRAFT, published_at=None)
    twice, hidden, bare = (make_dataset(session) for _number in range(3))
    shown.datasets, other.datasets, draft.datasets = [twice, bare], [twice], [hidden]
    for each in (twice, hidden):
        add_link(session, each)
    package = client.get(f"/editions/{edition.slug}/datapackage.json").get_json()
    (file,) = package["resources"]
    assert (file["name"], file["path"]) == (f"{twice.slug}-file-0", f"https://p.example/{twice.slug}.csv")
    assert (file["licenses"][0]["name"], file["sources"][0]["title"]) == ("lov2", twice.title.fr)
    assert [each["name"] for each in package["packages"]] == [twice.slug, bare.slug]


def test_the_package_of_an_edition_is_imported_as_its_datasets(session: Session, client: SiteClient, tmp_path: Path):
    challenge = make_challenge(session, make_edition(session))
    challenge.datasets = [make_dataset(session), make_dataset(session)]
    session.commit()
    path = tmp_path / "datapackage.json"
    path.write_bytes(client.get(f"/editions/{challenge.edition.slug}/datapackage.json").data)
    assert recognise(Opened(path)) == "datapackage"
    titles = [record.titles["fr"] for record in records_of(Opened(path), "datapackage")]
    assert titles == [each.title.fr for each in challenge.datasets]


def test_an_edition_in_preparation_gives_nobody_a_package(session: Session, client: SiteClient):
    edition = make_edition(session, visibility=Visibility.DRAFT, published_at=None)
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    session.commit()
    sign_in(client, organiser)
    assert client.get(f"/editions/{edition.slug}").status_code == 200
    assert client.get(f"/editions/{edition.slug}/datapackage.json").status_code == 404


@pytest.mark.database("sqlite")
def test_the_package_of_an_edition_costs_the_same_at_3_and_at_60_datasets(session: Session, client: SiteClient):
    challenge = make_challenge(session, make_edition(session))
    address, counts = f"/editions/{challenge.edition.slug}/datapackage.json", []
    for size in (3, 60):
        while len(challenge.datasets) < size:
            challenge.datasets.append(make_dataset(session))
        session.commit()
        with count_queries() as statements:
            assert client.get(address).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8


def test_the_page_of_a_dataset_tells_search_engines_what_it_holds(session: Session, client: SiteClient, tmp_path: Path):
    facts = {"period": "2019–", "bounds": [4.0, 43.0, 5.5, 44.0], "keywords": ["quai"], "issued_on": date(2020, 1, 2)}
    dataset = make_dataset(session, **facts)
    add_link(session, dataset)
    columns = [{"name": "km", "type": "number", "missing": 0, "distinct": 2, "min": 1.5, "max": 2.0}]
    dataset.resources[0].inspection = {"format": "csv", "rows": 2, "columns": columns, "preview": []}
    session.commit()
    page = client.get(f"/catalogue/{dataset.slug}?lang=fr")
    (described,) = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page.text, re.DOTALL)
    said = json.loads(described)
    assert said["variableMeasured"] == [{"@type": "PropertyValue", "name": "km", "minValue": 1.5, "maxValue": 2.0}]
    assert (said["temporalCoverage"], said["datePublished"]) == ("2019/..", "2020-01-02")
    assert said["includedInDataCatalog"]["url"].endswith("/catalogue")
    path = tmp_path / "page.html"
    path.write_bytes(page.data)
    (record,) = records_of(Opened(path), recognise(Opened(path)))
    assert isinstance(record, HarvestedDataset)
    assert (record.titles, record.identifier) == ({"fr": dataset.title.fr}, dataset.slug)
    assert (record.period, record.bounds, record.licence) == ("2019–", (4, 43, 5.5, 44), dataset.licence)
    assert [each.url for each in record.resources] == [f"https://p.example/{dataset.slug}.csv"]
