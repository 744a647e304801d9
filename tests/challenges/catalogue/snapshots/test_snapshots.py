"""Frozen copies: pinned once, fetched by a job within its guards, kept whatever becomes of the file."""

import hashlib
import io
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, object_session

from challenges.catalogue import service as catalogue
from challenges.catalogue.models import Dataset, Resource
from challenges.catalogue.snapshots import service
from challenges.catalogue.snapshots.freezing import LIMITS, Freezer
from challenges.catalogue.snapshots.models import DatasetSnapshot
from challenges.catalogue.snapshots.rules import MOST_ATTEMPTS, SnapshotState, name_of_link, next_try
from challenges.editions.models import Edition, Visibility
from challenges.editions.rules import Phase
from hackaviz.accounts.models import Person, Role
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.errors import NotAllowed
from hackaviz.kernel.fetch.fetching import Fetcher
from hackaviz.kernel.jobs import transactions
from hackaviz.web.leftovers import named_keys
from tests.factories import both, grant, make_challenge, make_dataset, make_edition, make_person, sign_in
from tests.support.client import SiteClient
from tests.support.other_host import other_host, page

OLD, NEW = b"port,ships\nFos,1\n", b"port,ships\nFos,2\n"
pytestmark = pytest.mark.database("sqlite")


@pytest.fixture
def edition(session: Session) -> Edition:
    """One that takes entries."""
    return make_edition(session, Phase.SUBMISSION)


@pytest.fixture
def steward(session: Session) -> Person:
    """Who keeps the catalogue."""
    return make_person(session, is_steward=True)


def attach(app: Flask, session: Session, dataset: Dataset, content: bytes) -> Resource:
    facts = {"file_name": "ports.csv", "title": both("Ports"), "actor": None, "now": utc_now()}
    storage = app.extensions["hackaviz.storage"]
    return catalogue.attach_file(session, dataset=dataset, stream=io.BytesIO(content), storage=storage, **facts)


def link(session: Session, dataset: Dataset, url: str) -> Resource:
    facts = {"title": both("Elsewhere"), "file_format": "csv", "actor": None, "now": utc_now()}
    return catalogue.attach_link(session, dataset=dataset, url=url, **facts)


def pin(app: Flask, edition: Edition, resource: Resource, actor: Person, now: datetime | None = None):
    session = object_session(edition)
    with app.test_request_context():
        facts = {"edition": edition, "resource": resource, "actor": actor, "now": now or utc_now()}
        return service.pin(session, **facts)


def freeze(app: Flask, session: Session, fetcher: Fetcher, now: datetime | None = None) -> bool:
    session.commit()
    work = Freezer(app.extensions["hackaviz.storage"], fetcher)
    done = work.freeze_due(transactions(app.extensions["hackaviz.sessions"].writing), now or utc_now())
    session.expire_all()
    return done


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://port.example/data/ports.csv?x=1", "ports.csv"),
        ("https://port.example/data/42/", "42.csv"),
        ("https://port.example", "data.csv"),
        ("https://port.example/%C3%A9t%C3%A9.json", "été.json"),
    ],
)
def test_a_link_gives_its_copy_a_name(url, name):
    assert name_of_link(url, "csv") == name


def test_a_host_that_is_away_is_asked_again_later_and_later(now: datetime):
    waits = [(next_try(attempts, now) - now).total_seconds() / 60 for attempts in range(1, 5)]
    assert waits == [5, 10, 20, 40]


def test_a_copy_stays_when_its_file_is_replaced_and_removed(
    app: Flask, session: Session, client: SiteClient, edition: Edition, steward: Person
):
    dataset = make_dataset(session)
    resource = attach(app, session, dataset, OLD)
    copy = pin(app, edition, resource, steward)
    assert pin(app, edition, resource, steward) is copy
    attach(app, session, dataset, NEW)
    with pytest.raises(service.AlreadyPinned):
        pin(app, edition, resource, steward)
    catalogue.remove_resource(session, resource=resource, actor=None, now=utc_now())
    session.commit()
    session.expire_all()
    assert copy.resource_id is None
    assert copy.storage_key in named_keys(session)
    address = f"/catalogue/{dataset.slug}/snapshots/{copy.public_id}"
    answer = client.get(address)
    assert answer.data == OLD
    assert hashlib.sha256(answer.data).hexdigest() == copy.sha256
    for shown in (f"/catalogue/{dataset.slug}", f"/editions/{edition.slug}"):
        text = client.get(shown).text
        assert copy.sha256 in text
        assert address in text
    packed = client.get(f"/editions/{edition.slug}/datapackage.json").get_json()["resources"]
    assert [(each["path"].endswith(address), each["hash"]) for each in packed] == [(True, f"sha256:{copy.sha256}")]


def test_a_link_is_fetched_and_looked_into_by_the_job(app: Flask, session: Session, edition: Edition, steward: Person):
    with other_host({"/ports.csv": page(OLD)}) as host:
        resource = link(session, make_dataset(session), host.url("/ports.csv"))
        copy = pin(app, edition, resource, steward)
        assert copy.state is SnapshotState.WAITING
        assert freeze(app, session, Fetcher(limits=LIMITS, allow=frozenset({host.place})))
    assert copy.state is SnapshotState.KEPT
    assert (copy.bytes, copy.sha256) == (len(OLD), hashlib.sha256(OLD).hexdigest())
    assert [column["name"] for column in copy.inspection["columns"]] == ["port", "ships"]
    assert not freeze(app, session, Fetcher())


def test_a_link_into_a_private_network_never_becomes_a_copy(
    app: Flask, session: Session, client: SiteClient, edition: Edition, steward: Person
):
    with other_host({"/ports.csv": page(OLD)}) as host:
        dataset = make_dataset(session)
        copy = pin(app, edition, link(session, dataset, host.url("/ports.csv")), steward)
        moment = utc_now()
        for _attempt in range(MOST_ATTEMPTS):
            assert freeze(app, session, Fetcher(limits=LIMITS), moment)
            moment += timedelta(hours=2)
        assert not freeze(app, session, Fetcher(limits=LIMITS), moment)
        assert host.asked == []
    assert (copy.state, copy.failure, copy.storage_key) == (SnapshotState.FAILED, "address-refused", None)
    assert client.get(f"/catalogue/{dataset.slug}/snapshots/{copy.public_id}").status_code == 404
    sign_in(client, steward)
    assert "inside a private network" in client.get(f"/catalogue/{dataset.slug}/snapshots?lang=en").text


def test_once_hand_in_has_closed_nothing_is_pinned_or_let_go(
    app: Flask, session: Session, edition: Edition, steward: Person
):
    resource = attach(app, session, make_dataset(session), OLD)
    copy = pin(app, edition, resource, steward)
    late = {"actor": steward, "now": edition.submission_closes_at + timedelta(seconds=1)}
    with pytest.raises(service.HandInClosed):
        service.let_go(session, copy=copy, **late)
    with pytest.raises(service.HandInClosed):
        pin(app, edition, resource, **late)
    service.let_go(session, copy=copy, actor=steward, now=edition.submission_closes_at)
    assert session.scalars(select(DatasetSnapshot)).all() == []


def test_an_organiser_pins_for_their_own_edition_only(app: Flask, session: Session, edition: Edition):
    organiser, other = make_person(session), make_edition(session, Phase.SUBMISSION)
    grant(session, organiser, Role.ORGANISER, edition)
    resource = attach(app, session, make_dataset(session), OLD)
    pin(app, edition, resource, organiser)
    with pytest.raises(NotAllowed):
        pin(app, other, resource, organiser)


def test_pinning_in_pages_and_the_copy_of_a_draft_edition(
    app: Flask, session: Session, client: SiteClient, edition: Edition, steward: Person
):
    dataset = make_dataset(session)
    resource = attach(app, session, dataset, OLD)
    address = f"/catalogue/{dataset.slug}/snapshots"
    sign_in(client, steward)
    assert client.get(address).status_code == 200
    answer = client.post(address, data={"edition": edition.slug, "resource": resource.id})
    assert answer.status_code == 302
    copy = session.scalars(select(DatasetSnapshot)).one()
    edition.visibility, edition.published_at = Visibility.DRAFT, None
    session.commit()
    visitor = client.application.test_client()
    assert visitor.get(f"{address}/{copy.public_id}", base_url=client.host).status_code == 404
    assert (
        copy.sha256 not in visitor.get(f"/catalogue/{dataset.slug}", base_url=client.host).text.partition("frozen")[2]
    )


def test_the_database_refuses_a_kept_copy_without_bytes(
    app: Flask, session: Session, edition: Edition, steward: Person
):
    copy = pin(app, edition, attach(app, session, make_dataset(session), OLD), steward)
    copy.sha256 = None
    with pytest.raises(IntegrityError, match="kept_with_its_bytes"):
        session.flush()


def test_a_challenge_shows_the_copies_of_its_own_edition(
    app: Flask, session: Session, client: SiteClient, edition: Edition, steward: Person
):
    challenge, other = make_challenge(session, edition), make_challenge(session, make_edition(session))
    resource = attach(app, session, make_dataset(session), OLD)
    for each in (challenge, other):
        each.datasets.append(resource.dataset)
    copy = pin(app, edition, resource, steward)
    for each in (challenge, other):
        text = client.get(f"/editions/{each.edition.slug}/challenges/{each.slug}").text
        assert (copy.public_id in text) == (each is challenge)
