"""Following datasets: the letters, how often they come, and how they end."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.catalogue.following import service
from challenges.catalogue.following.models import DatasetFollower, FollowedDataset
from challenges.catalogue.harvest.models import HarvestedRecord, HarvestSource
from challenges.catalogue.models import Dataset, Resource
from hackaviz.accounts.privacy import close_account
from hackaviz.kernel.jobs import transactions
from hackaviz.kernel.mail import OutgoingMail
from hackaviz.web.database import Sessions
from tests.factories import both, make_dataset, make_person, sign_in
from tests.support.client import SiteClient
from tests.support.queries import count_queries

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def follow(session: Session, dataset: Dataset, person, now: datetime = NOW) -> None:
    service.follow(session, dataset=dataset, actor=person, now=now)


def look(app: Flask, session: Session, now: datetime) -> bool:
    session.commit()
    opened: Sessions = app.extensions["hackaviz.sessions"]
    with app.app_context():
        found = service.tell_changes(transactions(opened.writing), now)
    session.expire_all()
    return found


def letters(session: Session) -> list[OutgoingMail]:
    return list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def attach(session: Session, dataset: Dataset, name: str) -> Resource:
    position = len(dataset.resources)
    kept = {"storage_key": f"sha256/00/{position}", "sha256": name.ljust(64, "0"), "bytes": 9}
    resource = Resource(dataset=dataset, position=position, title=both(name), format="csv", file_name=name, **kept)
    session.add(resource)
    session.flush()
    return resource


def test_followers_are_told_of_changes_together_once_a_day_and_never_twice(app: Flask, session: Session):
    dataset, person = make_dataset(session), make_person(session, language="fr")
    file = attach(session, dataset, "ports.csv")
    follow(session, dataset, person)
    follow(session, dataset, person)
    assert not look(app, session, NOW)
    assert look(app, session, NOW + HOUR)
    assert letters(session) == []
    attach(session, dataset, "quays.csv")
    file.sha256, dataset.licence = "f" * 64, "odbl"
    look(app, session, NOW + 2 * HOUR)
    (letter,) = letters(session)
    assert letter.recipient == person.email
    assert all(word in letter.body for word in ("quays.csv", "ports.csv", "ODbL"))
    dataset.licence = "lov2"
    assert not look(app, session, NOW + 3 * HOUR)
    look(app, session, NOW + 2 * HOUR + DAY)
    look(app, session, NOW + 2 * HOUR + 2 * DAY)
    assert len(letters(session)) == 2


@pytest.mark.database("sqlite")
def test_what_happened_before_is_not_told_and_who_left_is_told_nothing(app: Flask, session: Session):
    dataset, stays, leaves, closes = make_dataset(session), *(make_person(session) for _each in range(3))
    source = HarvestSource(address="x", name="data.example", format="ckan", created_at=NOW, harvested_at=NOW)
    record = HarvestedRecord(source=source, identifier="1", dataset=dataset, digest="", said={}, seen_at=NOW)
    record.vanished_at = NOW - DAY
    session.add(record)
    session.flush()
    for person in (stays, leaves, closes):
        follow(session, dataset, person)
    service.stop_following(session, dataset=dataset, person_id=leaves.id)
    with app.test_request_context():
        close_account(session, person=closes, now=NOW)
    look(app, session, NOW + HOUR)
    assert letters(session) == []
    record.vanished_at = None
    look(app, session, NOW + 2 * HOUR)
    record.vanished_at = NOW
    elsewhere = HarvestSource(address="y", name="other.example", format="ckan", created_at=NOW, harvested_at=NOW)
    told = {"identifier": "1", "digest": "", "said": {}, "seen_at": NOW}
    still = HarvestedRecord(source=elsewhere, dataset=dataset, **told)
    session.add(still)
    look(app, session, NOW + 2 * HOUR + DAY)
    assert len(letters(session)) == 1
    session.delete(session.merge(still))
    look(app, session, NOW + 3 * HOUR + DAY)
    assert {letter.recipient for letter in letters(session)} == {stays.email}
    assert "no longer lists it" in letters(session)[1].body


@pytest.mark.database("sqlite")
def test_what_nobody_follows_is_looked_at_no_more(app: Flask, session: Session):
    dataset, person = make_dataset(session), make_person(session)
    follow(session, dataset, person)
    service.stop_following(session, dataset=dataset, person_id=person.id)
    look(app, session, NOW + HOUR)
    assert session.scalars(select(FollowedDataset)).all() == []


@pytest.mark.database("sqlite")
def test_the_link_of_a_letter_asks_then_ends_the_letters_without_signing_in(
    app: Flask, session: Session, client: SiteClient
):
    dataset, person = make_dataset(session), make_person(session)
    follow(session, dataset, person)
    dataset.licence = "odbl"
    look(app, session, NOW + HOUR)
    path = re.search(r"/followed-datasets/stop/\S+", letters(session)[0].body).group()
    assert client.get(path).status_code == 200
    assert session.get(DatasetFollower, (dataset.id, person.id)) is not None
    # Of the last character alone some bits mean nothing.
    assert client.post(f"{path[:-4]}AAAA").status_code == 404
    assert client.post(path).status_code == 200
    assert session.get(DatasetFollower, (dataset.id, person.id)) is None
    assert client.post(path).status_code == 200


@pytest.mark.database("sqlite")
def test_following_in_pages(session: Session, client: SiteClient):
    dataset, person = make_dataset(session), make_person(session)
    page = f"/catalogue/{dataset.slug}?lang=en"
    assert "Sign in to follow it" in client.get(page).text
    sign_in(client, person)
    assert "Follow it" in client.get(page).text
    assert client.post(f"/catalogue/{dataset.slug}/follow").status_code == 302
    assert "Follow it no longer" in client.get(page).text
    assert dataset.slug in client.get("/followed-datasets").text
    assert client.post(f"/catalogue/{dataset.slug}/unfollow").status_code == 302
    assert "You follow no dataset" in client.get("/followed-datasets?lang=en").text


@pytest.mark.database("sqlite")
def test_the_list_costs_the_same_at_any_size(session: Session, client: SiteClient):
    person, counts = make_person(session), []
    sign_in(client, person)
    for number in (3, 40):
        for _each in range(number):
            follow(session, make_dataset(session), person)
        session.commit()
        with count_queries() as statements:
            assert client.get("/followed-datasets").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
