"""The quality of a dataset on its page: the score with its reasons, and what nobody could know."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from challenges.catalogue.harvest.models import HarvestedRecord, HarvestSource
from challenges.catalogue.models import Availability, Dataset, Resource
from challenges.catalogue.quality import Aspect, quality_of
from challenges.catalogue.quality_wording import facts_of
from hackaviz.kernel.bilingual import Bilingual
from tests.factories import make_dataset
from tests.support.client import SiteClient

MOMENT = datetime(2026, 3, 2, tzinfo=UTC)


def harvest(session: Session, dataset: Dataset) -> None:
    source = HarvestSource(address="x", name="data.example", format="ckan", created_at=MOMENT, harvested_at=MOMENT)
    record = HarvestedRecord(source=source, identifier="1", dataset=dataset, digest="", said={}, seen_at=MOMENT)
    session.add(record)
    session.commit()


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["Quality: 100 out of 100", "Open licence: 20 of 20", "Freshness: not known", "60 of 100 points"]),
        (
            "fr",
            ["Qualité\u00a0: 100 sur 100", "ouverte\u00a0: 20 sur 20", "on ne sait pas", "60 points sur 100"],
        ),
    ],
)
def test_the_page_says_the_score_its_reasons_and_what_is_not_known(
    session: Session, client: SiteClient, language: str, shown: list[str]
):
    facts = {"description": Bilingual(fr="d" * 200), "period": "2024", "availability": Availability.REACHABLE}
    dataset = make_dataset(session, **facts, link_seen_on=date(2026, 2, 1))
    session.commit()
    page = client.get(f"/catalogue/{dataset.slug}?lang={language}").text
    assert [words for words in shown if words not in page] == []


def test_what_a_harvested_source_does_not_say_counts_and_is_what_would_raise_the_score(
    session: Session, client: SiteClient
):
    dataset = make_dataset(session)
    session.commit()
    address = f"/catalogue/{dataset.slug}?lang=en"
    assert "Quality: too little is known for a score" in client.get(address).text
    harvest(session, dataset)
    page = client.get(address).text
    for words in (
        "Quality: 27 out of 100",
        "Access to the data: 0 of 20",
        "Saying which time it covers would raise it.",
    ):
        assert words in page


def test_a_licence_that_we_do_not_recognise_is_our_lack(session: Session, client: SiteClient):
    dataset = make_dataset(session, licence="unknown", licence_as_stated="Conditions de la rade")
    harvest(session, dataset)
    page = client.get(f"/catalogue/{dataset.slug}?lang=en").text
    assert "Open licence: not known" in page
    assert "We do not recognise the licence as it is stated." in page


def marks(dataset: Dataset, *, is_harvested: bool) -> dict[Aspect, int | None]:
    quality = quality_of(facts_of(dataset, is_harvested=is_harvested), MOMENT.date())
    return {mark.aspect: mark.share for mark in quality.marks}


def test_a_link_that_nobody_checked_is_not_held_against_its_publisher(session: Session):
    dataset = make_dataset(session, landing_page="https://p.example")
    assert marks(dataset, is_harvested=True)[Aspect.ANSWERS] is None
    dataset.landing_page = ""
    assert [marks(dataset, is_harvested=known)[Aspect.ANSWERS] for known in (True, False)] == [0, None]


def test_the_columns_of_all_files_count_and_a_box_is_a_place(session: Session):
    dataset = make_dataset(session, bounds=[4.0, 43.0, 5.0, 44.0])
    for position, names in enumerate((["quai", "column_2"], ["navire", "pavillon"])):
        holds = {"columns": [{"name": name, "type": "string"} for name in names]}
        link = {"title": Bilingual(fr="Table"), "format": "csv", "url": f"https://p.example/{position}"}
        dataset.resources.append(Resource(position=position, inspection=holds, **link))
    found = marks(dataset, is_harvested=False)
    assert (found[Aspect.COLUMNS], found[Aspect.PLACE]) == (75, 100)
