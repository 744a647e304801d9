"""Links are asked politely, again and again, and their dataset says what was found."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from challenges.catalogue.links.jobs import LinkChecker
from challenges.catalogue.links.models import LinkCheck, PageCheck
from challenges.catalogue.links.queries import due_links, due_pages
from challenges.catalogue.links.rules import MOST_OF_A_HOST, REST, Link, answers, host_of, next_check, to_ask
from challenges.catalogue.links.service import choose_links, note_check, note_page
from challenges.catalogue.models import Availability, Dataset, Resource
from challenges.catalogue.queries import Search, facet_counts
from hackaviz.kernel.fetch.fetching import Fetcher, FetchLimits
from hackaviz.kernel.jobs import transactions
from tests.factories import both, make_dataset
from tests.support.client import SiteClient
from tests.support.other_host import other_host, page

NOW = datetime.fromisoformat("2026-03-02T09:00+00:00")


@pytest.mark.parametrize(("failures", "days"), [(0, 30), (1, 1), (2, 3), (3, 7), (4, 30), (9, 30)])
def test_a_link_that_fails_is_asked_again_soon_and_then_less(failures: int, days: int):
    assert next_check(NOW, failures) == NOW + timedelta(days=days)


def test_a_visit_asks_few_of_each_host_and_none_that_rests():
    links = [Link(number, f"https://A.example/{number}") for number in range(9)]
    links += [Link(10, "http://b.example/"), Link(11, "::")]
    assert to_ask(links, {"b.example"}) == [*links[:MOST_OF_A_HOST], Link(11, "::")]
    assert (host_of("https://A.example:8443/x"), host_of("http://[")) == ("a.example", "")


@pytest.mark.parametrize(
    ("failures", "found"),
    [({}, None), ({"a": 0, "b": 9}, True), ({"a": 3, "b": 4}, False), ({"a": 2, "b": 3}, None)],
)
def test_a_dataset_answers_while_one_link_does_and_is_lost_when_all_are(failures: dict[str, int], found: bool | None):
    assert answers(failures) is found


@pytest.fixture
def dataset(session: Session) -> Dataset:
    dataset = make_dataset(session, slug="linked")
    for position in range(2):
        url = f"https://x.example/{position}.csv"
        dataset.resources.append(Resource(position=position, title=both("A file"), format="csv", url=url))
    session.commit()
    return dataset


def note(session: Session, resource: Resource, code: str, moment: datetime = NOW) -> None:
    note_check(session, resource_id=resource.id, url=resource.url, code=code, now=moment)
    session.commit()


def test_a_dataset_becomes_reachable_and_after_three_failures_of_all_links_is_only_described(
    session: Session, client: SiteClient, dataset: Dataset
):
    first, second = dataset.resources
    note(session, first, "")
    note(session, second, "host-unknown")
    assert (dataset.availability, dataset.link_seen_on) == (Availability.REACHABLE, NOW.date())
    assert facet_counts(session, Search())["availability"] == {"reachable": 1}
    text = client.get("/catalogue/linked?lang=en").text
    assert "answers, checked on 2 March 2026" in text
    assert "did not answer on 2 March 2026: its host has no address any more; asked again soon" in text
    for day in range(1, 4):
        for link in (first, second):
            note(session, link, "unreachable", NOW + timedelta(days=day))
        lost = Availability.DESCRIBED if day == 3 else Availability.REACHABLE
        assert dataset.availability is lost
    assert dataset.link_seen_on == NOW.date()
    assert "does not answer, last checked on 5 March 2026" in client.get("/catalogue/linked?lang=en").text


def test_links_are_due_when_new_when_changed_and_when_their_day_has_come(session: Session, dataset: Dataset):
    first, second = dataset.resources
    assert len(due_links(session, NOW)) == 2
    note(session, first, "")
    assert due_links(session, NOW) == [Link(second.id, second.url)]
    note(session, second, "")
    assert due_links(session, NOW + timedelta(days=29)) == []
    assert len(due_links(session, NOW + timedelta(days=30))) == 2
    first.url = "https://x.example/new.csv"
    session.commit()
    assert due_links(session, NOW) == [Link(first.id, first.url)]
    note_check(session, resource_id=first.id, url="https://x.example/0.csv", code="", now=NOW)
    assert session.get_one(LinkCheck, first.id).url == "https://x.example/0.csv"


def test_of_a_dataset_without_files_the_page_of_its_publisher_is_asked(
    session: Session, client: SiteClient, dataset: Dataset
):
    described = make_dataset(session, slug="described", landing_page="https://p.example/1")
    session.commit()
    page_of = Link(described.id, "https://p.example/1", is_page=True)
    assert page_of in due_pages(session, NOW) and page_of in choose_links(session, NOW)
    assert dataset.id not in {link.number for link in due_pages(session, NOW)}
    note_page(session, dataset_id=described.id, url=described.landing_page, code="", now=NOW)
    session.commit()
    assert (described.availability, described.link_seen_on) == (Availability.REACHABLE, NOW.date())
    assert "answers, checked on 2 March 2026" in client.get("/catalogue/described?lang=en").text
    assert due_pages(session, NOW + timedelta(days=29)) == []
    for day in range(30, 33):
        now = NOW + timedelta(days=day)
        note_page(session, dataset_id=described.id, url=described.landing_page, code="unreachable", now=now)
    session.commit()
    assert described.availability is Availability.DESCRIBED
    note_page(session, dataset_id=described.id, url="https://p.example/former", code="", now=NOW)
    assert session.get_one(PageCheck, described.id).failures == 3


@pytest.mark.database("sqlite")
def test_a_host_rests_after_a_visit(session: Session, dataset: Dataset):
    assert len(choose_links(session, NOW)) == 2
    assert choose_links(session, NOW + timedelta(seconds=30)) == []
    assert len(choose_links(session, NOW + REST)) == 2


@pytest.mark.database("sqlite")
def test_the_job_asks_for_one_byte_and_never_inside(session: Session, engine: Any, dataset: Dataset):
    with other_host({"/0.csv": page(b"a,b\n"), "/1.csv": page(b"", status=410)}) as host:
        for resource, path in zip(dataset.resources, ("/0.csv", "/1.csv"), strict=True):
            resource.url = host.url(path)
        session.commit()
        factory = lambda: Session(engine, expire_on_commit=False)  # noqa: E731
        LinkChecker(Fetcher(allow=frozenset({host.place}))).step(transactions(factory), NOW)
        assert host.asked == ["/0.csv", "/1.csv"]
        LinkChecker(Fetcher(limits=FetchLimits(seconds=5))).step(transactions(factory), NOW + timedelta(days=40))
    session.expire_all()
    checks = [session.get_one(LinkCheck, resource.id) for resource in dataset.resources]
    assert [(each.code, each.failures) for each in checks] == [("address-refused", 1), ("address-refused", 2)]
    assert checks[0].answered_at == NOW
