"""Pages of impact: figures, works and prizes, none of them before it is public."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from challenges.catalogue.impact.models import DatasetUse
from challenges.catalogue.models import Dataset
from challenges.editions.models import Edition
from challenges.editions.rules import Phase
from hackaviz.kernel.clock import utc_now
from judging.prizes import service as prizes
from judging.results import service as results
from tests.factories import (
    both,
    make_challenge,
    make_dataset,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
    save,
)
from tests.support.client import SiteClient
from tests.support.queries import count_queries
from tests.support.results import CANARY

pytestmark = pytest.mark.database("sqlite")


@pytest.fixture
def edition(session: Session) -> Edition:
    """Judged and awarded; nothing published."""
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    challenge = make_challenge(session, edition, criteria=1)
    entry = make_handed_in_entry(session, challenge, title=CANARY)
    make_review(session, make_juror(session, edition), entry, [3])
    make_prize(session, edition, challenge, 50_000, title=both("Prize of the port"))
    make_pledge(session, make_sponsor(session, edition), 50_000)
    prizes.award_by_ranking(session, edition=edition, actor=None, now=datetime.now(UTC))
    session.refresh(edition)
    return edition


def dataset_of(session: Session) -> Dataset:
    """The only dataset: the one that the winner cites."""
    return session.query(Dataset).one()


def pages(client: SiteClient, dataset: Dataset) -> dict[str, str]:
    ends = (f"/catalogue/{dataset.slug}/impact", f"/publishers/{dataset.publisher.slug}")
    return {
        address: client.get(address).text
        for end in ends
        for address in (end, f"{end.removesuffix('/impact')}/impact.csv")
    }


def test_nothing_of_a_winner_is_told_before_the_results_are_public(
    session: Session, client: SiteClient, edition: Edition
):
    now = datetime.now(UTC)
    dataset = dataset_of(session)
    results.schedule(session, edition=edition, public_at=now + timedelta(hours=1), actor=None, now=now)
    for address, text in pages(client, dataset).items():
        assert CANARY not in text, address
        assert "Prize of the port" not in text, address
        assert ",1" not in text, address


def test_once_they_are_public_the_work_and_its_prize_are_counted(
    session: Session, client: SiteClient, edition: Edition
):
    dataset = dataset_of(session)
    now = datetime.now(UTC)
    results.schedule(session, edition=edition, public_at=now, actor=None, now=now)
    session.commit()
    shown = pages(client, dataset)
    for address, text in shown.items():
        if address.endswith(".csv"):
            lines = list(csv.reader(io.StringIO(text)))
            assert [sum(int(line[column]) for line in lines[1:]) for column in (3, 4)] == [1, 1]
        else:
            assert CANARY in text
            assert "Prize of the port" in text


def test_figures_by_month_of_a_dataset_and_of_its_publisher(session: Session, client: SiteClient):
    one = make_dataset(session)
    two = make_dataset(session, publisher=one.publisher)
    today = utc_now().date()
    for dataset, day, views in ((one, date(2026, 1, 31), 4), (one, today, 2), (two, today, 3)):
        save(session, DatasetUse(dataset_id=dataset.id, day=day, views=views, downloads=1))
    text = client.get(f"/catalogue/{one.slug}/impact.csv?lang=en").text
    lines = {line[0]: line[1:] for line in csv.reader(io.StringIO(text))}
    assert lines["2026-01"] == ["4", "1", "0", "0"]
    assert lines[f"{today:%Y-%m}"] == ["2", "1", "0", "0"]
    page = client.get(f"/publishers/{one.publisher.slug}?lang=en").text
    assert all(slug in page for slug in (one.slug, two.slug))
    assert ">9<" in page
    assert "2 datasets" in page


def test_a_publisher_that_nobody_knows(client: SiteClient):
    assert client.get("/publishers/nobody").status_code == 404


def test_pages_cost_the_same_at_any_size(session: Session, client: SiteClient):
    first = make_dataset(session)
    counts = []
    for number in (3, 30):
        for _each in range(number):
            dataset = make_dataset(session, publisher=first.publisher)
            save(session, DatasetUse(dataset_id=dataset.id, day=date(2026, 1, 1), views=1))
        session.commit()
        with count_queries() as statements:
            assert client.get(f"/publishers/{first.publisher.slug}").status_code == 200
            assert client.get(f"/catalogue/{first.slug}/impact").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
