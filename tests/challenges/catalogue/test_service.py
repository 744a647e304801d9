"""Adding datasets, attaching files and links, on both databases."""

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from challenges.catalogue import files, service
from challenges.catalogue.details import DatasetDetails
from challenges.catalogue.models import Availability, Dataset, Publisher, Resource
from challenges.catalogue.queries import dataset_by_slug
from hackaviz.kernel.audit import Action
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.storage import Storage
from tests.factories import make_person

TITLE = Bilingual(fr="Ports du monde", en="World ports")
PORTS = b"unlocode,sea,links\nFRFOS,mediterranean,79\nFRMRS,mediterranean,40\nNLRTM,,60\n"

# The storage matters little here: one is enough.
pytestmark = pytest.mark.storage("disk")


def details(**values: Any) -> DatasetDetails:
    """A dataset that is only described."""
    facts = {
        "title": TITLE,
        "description": Bilingual(fr="Les ports.", en="The ports."),
        "publisher_name": "Capitainerie",
        "theme": "ports",
        "licence": "lov2",
        "formats": (" CSV", "csv", ".GeoJSON"),
    }
    return DatasetDetails(**facts | values)


def add(session: Session, now: datetime, **values: Any) -> Dataset:
    return service.add_dataset(session, details=details(**values), actor=None, now=now)


def attach(session: Session, storage: Storage, dataset: Dataset, now: datetime, **values: Any) -> Resource:
    facts = {"stream": io.BytesIO(PORTS), "file_name": "ports.csv", "title": TITLE}
    return service.attach_file(session, dataset=dataset, storage=storage, actor=None, now=now, **facts | values)


def verbs(session: Session) -> list[str]:
    return list(session.scalars(select(Action.verb).order_by(Action.id)))


def test_a_new_dataset_can_be_found_by_all_it_says(session: Session, now: datetime):
    steward = make_person(session)
    dataset = service.add_dataset(session, details=details(), actor=steward, now=now)
    assert (dataset.slug, dataset.formats) == ("world-ports", ["csv", "geojson"])
    for word in ("ports", "monde", "world", "capitainerie", "navigation", "shipping", "licence ouverte", "geojson"):
        assert word in dataset.folded
    action = session.scalar(select(Action))
    assert (action.verb, action.actor_id, action.subject_id) == ("dataset.add", steward.id, dataset.id)


def test_two_spellings_of_a_publisher_are_one(session: Session, now: datetime):
    add(session, now)
    add(session, now, slug="other", publisher_name="capitainerie", publisher_website="https://port.example")
    publisher = session.scalars(select(Publisher)).one()
    assert (publisher.name, publisher.website) == ("Capitainerie", "https://port.example")


def test_an_address_is_taken_once(session: Session, now: datetime):
    add(session, now)
    with pytest.raises(service.SlugTaken) as refusal:
        add(session, now)
    assert refusal.value.field == "slug"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title_fr", {"title": Bilingual()}),
        ("publisher_name", {"publisher_name": "…"}),
        ("theme", {"theme": "weather"}),
        ("licence", {"licence": "gpl"}),
        ("landing_page", {"landing_page": "javascript:alert(1)"}),
        ("publisher_website", {"publisher_website": "ftp://x"}),
        ("slug", {"slug": "new"}),
        ("link_seen_on", {"availability": Availability.REACHABLE}),
    ],
)
def test_a_refusal_names_its_field_and_leaves_nothing(
    session: Session, now: datetime, field: str, values: dict[str, Any]
):
    with pytest.raises(Invalid) as refusal:
        add(session, now, **values)
    assert refusal.value.field == field
    assert session.scalar(select(func.count()).select_from(Dataset)) == 0


def test_putting_the_same_dataset_twice_changes_nothing(session: Session, now: datetime, storage: Storage):
    facts = details(slug="world-ports", availability=Availability.HERE)
    for later in range(2):
        moment = now + timedelta(days=later)
        dataset = service.put_dataset(session, details=facts, actor=None, now=moment)
        attach(session, storage, dataset, moment)
    assert verbs(session) == ["dataset.add", "dataset.attach_file"]
    assert dataset.updated_at == now


def test_putting_a_changed_dataset_changes_it(session: Session, now: datetime):
    add(session, now, slug="world-ports")
    changed = details(slug="world-ports", licence="odbl", formats=("csv",))
    dataset = service.put_dataset(session, details=changed, actor=None, now=now)
    assert (dataset.licence, dataset.formats) == ("odbl", ["csv"])
    assert "geojson" not in dataset.folded


def test_a_file_makes_the_data_be_here_and_shows_what_it_holds(session: Session, now: datetime, storage: Storage):
    dataset = add(session, now, availability=Availability.HERE)
    assert dataset.availability is Availability.DESCRIBED
    chart = {"type": "bar-count", "x": "sea", "title": {"fr": "Par mer", "en": "By sea"}}
    resource = attach(session, storage, dataset, now, chart=chart)
    session.expire_all()
    dataset = dataset_by_slug(session, "world-ports")
    assert dataset.availability is Availability.HERE
    assert resource.inspection["rows"] == 3
    assert [column["type"] for column in resource.columns] == ["string", "string", "integer"]
    assert resource.inspection["preview"][0] == ["FRFOS", "mediterranean", "79"]
    assert resource.series["groups"][0] == {"name": None, "x": ["mediterranean"], "y": [2]}
    assert storage.read_range(resource.storage_key, 0, 1000) == PORTS


def test_a_file_of_the_same_name_replaces_the_other(session: Session, now: datetime, storage: Storage):
    dataset = add(session, now)
    first = attach(session, storage, dataset, now)
    second = attach(session, storage, dataset, now, stream=io.BytesIO(b"a,b\n1,2\n"))
    assert first is second
    assert (len(dataset.resources), second.inspection["rows"]) == (1, 1)


def test_taking_the_last_file_away_leaves_what_was_known(session: Session, now: datetime, storage: Storage):
    seen = {"landing_page": "https://port.example", "link_seen_on": date(2026, 1, 2)}
    dataset = add(session, now, availability=Availability.REACHABLE, **seen)
    resource = attach(session, storage, dataset, now)
    service.remove_resource(session, resource=resource, actor=None, now=now)
    assert (dataset.availability, dataset.resources) == (Availability.REACHABLE, [])


def test_an_empty_or_too_large_file_is_refused(
    session: Session, now: datetime, storage: Storage, monkeypatch: pytest.MonkeyPatch
):
    dataset = add(session, now)
    monkeypatch.setattr(files, "LARGEST_FILE", 10)
    for content in (b"", PORTS):
        with pytest.raises(Invalid) as refusal:
            attach(session, storage, dataset, now, stream=io.BytesIO(content))
        assert refusal.value.field == "file"
    assert (dataset.resources, list(storage.keys())[1:]) == ([], [])


@pytest.mark.parametrize("content", [b"\x00\xff" * 100, b"{" * 5000, b"PAR1" * 20, b'a,b\n"' + b"x" * 100])
def test_a_damaged_file_is_kept_without_preview(session: Session, now: datetime, storage: Storage, content: bytes):
    dataset = add(session, now)
    resource = attach(session, storage, dataset, now, stream=io.BytesIO(content), file_name="broken.parquet")
    assert resource.is_here
    assert resource.columns == []


def test_a_chart_that_does_not_fit_is_left_out(session: Session, now: datetime, storage: Storage):
    resource = attach(session, storage, add(session, now), now, chart={"type": "line", "x": "no", "y": "where"})
    assert resource.series is None
    assert resource.inspection["rows"] == 3


def test_a_link_is_attached_once(session: Session, now: datetime):
    dataset = add(session, now)
    for _twice in range(2):
        service.attach_link(
            session,
            dataset=dataset,
            url="https://x.example/p.xlsx",
            title=TITLE,
            file_format="XLSX",
            actor=None,
            now=now,
        )
    assert [resource.url for resource in dataset.resources] == ["https://x.example/p.xlsx"]
    assert dataset.availability is Availability.DESCRIBED
    assert dataset.formats == ["csv", "geojson", "xlsx"]


def test_a_link_that_is_a_script_is_refused(session: Session, now: datetime):
    dataset = add(session, now)
    with pytest.raises(Invalid) as refusal:
        service.attach_link(
            session, dataset=dataset, url="javascript:alert(1)", title=TITLE, file_format="csv", actor=None, now=now
        )
    assert refusal.value.field == "url"
