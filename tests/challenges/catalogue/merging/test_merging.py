"""Duplicates: which are suggested, what passes on, and where the old address leads."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.catalogue.following.models import DatasetFollower
from challenges.catalogue.following.service import follow
from challenges.catalogue.harvest.models import HarvestedRecord, HarvestSource
from challenges.catalogue.impact.models import DatasetUse
from challenges.catalogue.merging import service
from challenges.catalogue.merging.models import FormerAddress
from challenges.catalogue.merging.queries import suggested_pairs
from challenges.catalogue.merging.rules import Alike, free_positions, in_order, joined_usage
from challenges.catalogue.models import Dataset, Resource
from challenges.catalogue.placing import catalogue_changed
from challenges.catalogue.queries import dataset_count
from challenges.catalogue.registry import catalogue_registry
from hackaviz.accounts.models import Person
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Invalid
from hackaviz.tables import metadata
from submissions.entries.models import Citation
from tests.factories import both, make_challenge, make_dataset, make_edition, make_entry, make_person, make_team
from tests.factories import sign_in as sign_in_as
from tests.support.client import SiteClient
from tests.support.queries import count_queries

# Each is moved, goes with its dataset, or is derived from it.
TABLES_THAT_NAME_DATASETS = {
    "challenge_datasets",
    "citations",
    "dataset_followers",
    "dataset_formats",
    "dataset_places",
    "dataset_questions",
    "dataset_snapshots",
    "dataset_uses",
    "distinct_pairs",
    "followed_datasets",
    "former_addresses",
    "harvested_records",
    "page_checks",
    "resources",
}


def test_every_table_that_names_datasets_is_thought_of():
    named = {
        table.name
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "datasets"
    }
    assert named == TABLES_THAT_NAME_DATASETS


def test_pairs_are_in_order_and_files_find_free_positions():
    assert (in_order(3, 2), in_order(2, 3)) == ((2, 3), (2, 3))
    assert (list(free_positions([0, 4], 2)), list(free_positions([], 1))) == ([5, 6], [0])


@pytest.mark.parametrize(
    ("kept", "other", "longest", "both_said"),
    [("A.", "B.", 500, "A. B."), ("A.", "A.", 500, "A."), ("A.", "", 500, "A."), ("AAAA", "BBBB", 5, "AAAA")],
)
def test_what_was_said_of_two_citations_is_said_of_one(kept: str, other: str, longest: int, both_said: str):
    assert joined_usage(kept, other, longest) == both_said


def link(dataset: Dataset, url: str, position: int = 0) -> Resource:
    resource = Resource(position=position, title=both("A file"), format="csv", url=url)
    dataset.resources.append(resource)
    return resource


def placed(session: Session, **values: Any) -> Dataset:
    dataset = make_dataset(session, **values)
    dataset.folded_title_fr = dataset.title.fr.lower()
    catalogue_changed(session, dataset)
    return dataset


def harvested(session: Session, dataset: Dataset, name: str, now: datetime) -> None:
    source = HarvestSource(address=name, name=name, format="csv", created_at=now, harvested_at=now)
    session.add(HarvestedRecord(source=source, identifier="1", dataset=dataset, digest="", said={}, seen_at=now))


def test_pairs_share_a_title_and_publisher_a_page_or_a_file(session: Session, now: datetime):
    title = Bilingual(fr="Trafic", en="Traffic")
    first = placed(session, title=title, landing_page="https://x.example/a")
    same_title = placed(session, title=title, publisher=first.publisher)
    same_page = placed(session, landing_page="https://x.example/a")
    harvested(session, same_page, "elsewhere", now)
    for _ in range(2):
        placed(session, landing_page="https://x.example/b")
    link(same_title, "https://x.example/1.csv")
    link(same_page, "https://x.example/1.csv")
    placed(session, title=title)
    for _ in range(6):
        placed(session, landing_page="https://portal.example/")
    session.flush()
    found = {(pair.first.id, pair.second.id): list(pair.alike) for pair in suggested_pairs(session, 1).rows}
    assert found == {
        (first.id, same_title.id): [Alike.TITLE],
        (first.id, same_page.id): [Alike.PAGE],
        (same_title.id, same_page.id): [Alike.FILE],
    }
    steward = make_person(session)
    for _ in range(2):
        service.keep_apart(session, first=same_page, second=first, actor=steward, now=now)
    assert suggested_pairs(session, 1).total == 2


@pytest.fixture
def steward(session: Session) -> Person:
    return make_person(session, is_steward=True)


Merge = Callable[[Dataset, Dataset], None]


@pytest.fixture
def merge(app: Flask, session: Session, steward: Person, now: datetime) -> Merge:
    """Merges the second dataset into the first."""

    def merge_into(kept: Dataset, gone: Dataset) -> None:
        facts: dict[str, Any] = {"holders": catalogue_registry(app).holders, "actor": steward, "now": now}
        service.merge_datasets(session, kept=kept, gone=gone, **facts)
        session.commit()

    return merge_into


def rows_that_name(session: Session, dataset_id: int) -> int:
    number = 0
    for name in TABLES_THAT_NAME_DATASETS - {"distinct_pairs"}:
        column = metadata.tables[name].c.dataset_id
        number += session.scalar(select(func.count()).where(column == dataset_id)) or 0
    return number


def test_all_that_names_the_one_passes_to_the_other(session: Session, steward: Person, merge: Merge, now: datetime):
    kept, gone = make_dataset(session), make_dataset(session)
    link(kept, "https://x.example/1.csv"), link(gone, "https://x.example/1.csv")
    passed = link(gone, "https://x.example/2.csv", position=1)
    first, second = (make_challenge(session, make_edition(session)) for _ in range(2))
    first.datasets, second.datasets = [kept, gone], [gone]
    entry = make_entry(session, make_team(session, first.edition), first)
    other = make_entry(session, make_team(session, second.edition), second)
    entry.citations = [Citation(dataset=kept, usage="Bars."), Citation(dataset=gone, usage="A map.")]
    other.citations = [Citation(dataset=gone, usage="Points.")]
    for each in (kept, gone):
        harvested(session, each, each.slug, now)
        session.add(DatasetUse(dataset_id=each.id, day=now.date(), views=2, downloads=1))
        follow(session, dataset=each, actor=steward, now=now)
    follow(session, dataset=gone, actor=make_person(session), now=now)
    session.flush()
    number, slug, resource_id, before = gone.id, gone.slug, passed.id, dataset_count(session)
    merge(kept, gone)
    session.expire_all()
    assert rows_that_name(session, number) == 0 and session.get(Dataset, number) is None
    assert [resource.url[-5:] for resource in kept.resources] == ["1.csv", "2.csv"]
    assert kept.resources[1].id == resource_id
    assert [list(each.datasets) for each in session.scalars(select(Challenge).order_by(Challenge.id))] == [[kept]] * 2
    assert {each.usage for each in session.scalars(select(Citation))} == {"Bars. A map.", "Points."}
    uses = session.scalars(select(DatasetUse)).one()
    assert (uses.dataset_id, uses.views, uses.downloads) == (kept.id, 4, 2)
    assert session.scalar(select(func.count()).select_from(DatasetFollower)) == 2
    assert session.scalar(select(func.count()).select_from(HarvestedRecord)) == 2
    assert (session.get(FormerAddress, slug).dataset_id, dataset_count(session)) == (kept.id, before - 1)


@pytest.mark.database("sqlite")
def test_an_address_leads_on_after_two_merges_and_is_not_given_again(
    session: Session, client: SiteClient, steward: Person, merge: Merge
):
    oldest, older, kept = (make_dataset(session, slug=slug) for slug in ("oldest", "older", "kept"))
    link(oldest, "https://x.example/1.csv")
    merge(older, oldest)
    merge(kept, older)
    for slug in ("oldest", "older"):
        answer = client.get(f"/catalogue/{slug}?lang=en")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/catalogue/kept?lang=en")
    package = client.get("/catalogue/oldest/datapackage.json")
    assert (package.status_code, package.headers["Location"]) == (301, "/catalogue/kept/datapackage.json")
    sign_in_as(client, steward)
    taken = client.post("/catalogue/older/feature", data={"featured": "yes"})
    assert (taken.status_code, kept.is_featured) == (404, False)


@pytest.mark.database("sqlite")
def test_a_dataset_is_not_merged_with_itself(session: Session, merge: Merge):
    dataset = make_dataset(session)
    with pytest.raises(Invalid):
        merge(dataset, dataset)


@pytest.mark.database("sqlite")
def test_a_steward_compares_two_and_chooses_which_stays(session: Session, client: SiteClient, steward: Person):
    publisher = make_dataset(session, slug="apart").publisher
    title = Bilingual(fr="Trafic <b>", en="Traffic <b>")
    for slug in ("one", "two"):
        placed(session, slug=slug, title=title, publisher=publisher)
    session.commit()
    sign_in_as(client, steward)
    listed = client.get("/catalogue/duplicates?lang=en")
    assert "same title and publisher" in listed.text and "Traffic <b>" not in listed.text
    page = "/catalogue/duplicates/one/two"
    compared = client.get(f"{page}?lang=en").text
    assert "Which one stays?" in compared
    assert compared.count('role="columnheader">Traffic &lt;b&gt;</th>') == 2
    assert 'data-label="Traffic &lt;b&gt; (/catalogue/one)"' in compared
    assert client.post(page, data={}).status_code == 422
    assert client.post(page, data={"kept": "two"}).headers["Location"] == "/catalogue/two"
    assert client.get("/catalogue/one").headers["Location"] == "/catalogue/two"
    assert client.get(page).status_code == 404


@pytest.mark.database("sqlite")
def test_the_list_of_pairs_costs_the_same_at_any_size(session: Session, client: SiteClient, steward: Person):
    counts = []
    sign_in_as(client, steward)
    for number in (3, 30):
        for each in range(number):
            same, other = make_dataset(session), make_dataset(session)
            for dataset in (same, other):
                link(dataset, f"https://x.example/{number}/{each}.csv")
        session.commit()
        with count_queries() as queries:
            assert client.get("/catalogue/duplicates").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
