"""The addresses for machines: what they send, to whom, at which cost."""

import json

import pytest
from sqlalchemy.orm import Session

from challenges.catalogue.publish.queries import BATCH
from tests.factories import make_dataset
from tests.support.client import SiteClient
from tests.support.queries import count_queries

KINDS = {"jsonld": "application/ld+json", "ttl": "text/turtle", "rdf": "application/rdf+xml"}


@pytest.mark.parametrize("syntax", KINDS)
def test_anybody_gets_the_whole_catalogue(session: Session, client: SiteClient, syntax: str):
    dataset = make_dataset(session)
    session.commit()
    answer = client.get(f"/catalogue.{syntax}")
    assert (answer.status_code, answer.mimetype) == (200, KINDS[syntax])
    assert f"/catalogue/{dataset.slug}" in answer.text and dataset.title.fr in answer.text


def test_an_empty_catalogue_is_a_catalogue(client: SiteClient):
    (node,) = json.loads(client.get("/catalogue.jsonld").text)["@graph"]
    assert node["@type"] == "dcat:Catalog"
    assert client.get("/catalogue.csvw").status_code == 404


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
    assert (package["name"], package["resources"]) == (dataset.slug, [])
    assert package["licenses"][0]["name"] == "lov2"
    assert client.get("/catalogue/nothing/datapackage.json").status_code == 404
