"""The catalogue in pages: both languages, downloads, what stewards may do and outsiders may not."""

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.briefs.models import challenge_datasets
from challenges.catalogue import service
from challenges.catalogue.details import DatasetDetails
from challenges.catalogue.harvest.models import HarvestedRecord, HarvestSource
from challenges.catalogue.models import Availability, Dataset, Resource
from hackaviz.accounts.models import Role
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.web.storage import current_storage
from tests.factories import grant, make_challenge, make_dataset, make_edition, make_person, sign_in
from tests.support.client import SiteClient
from tests.support.queries import count_queries

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PORTS = b"unlocode,sea,links\nFRFOS,mediterranean,79\nFRMRS,mediterranean,40\nNLRTM,,60\n"
CHART = {"type": "bar-count", "x": "sea", "title": {"fr": "Ports par mer", "en": "Ports by sea"}}
HOSTILE_NAMES = {
    "../../etc/ports.csv": "attachment; filename=ports.csv",
    'a"; filename="b.csv': 'attachment; filename="a\\"; filename=\\"b.csv"',
    "a\r\nX-Bad: 1.csv": 'attachment; filename="aX-Bad: 1.csv"',
}


def add(session: Session, **values: Any) -> Dataset:
    facts = {
        "title": Bilingual(fr="Ports du monde", en="World ports"),
        "description": Bilingual(fr="Trois ports. Rien d’autre.", en="Three ports. Nothing else."),
        "publisher_name": "Capitainerie <b>",
        "theme": "ports",
        "licence": "odbl",
        "slug": "world-ports",
        "landing_page": "https://port.example",
        "link_seen_on": date(2026, 2, 1),
        "period": "2007–",
    }
    return service.add_dataset(session, details=DatasetDetails(**facts | values), actor=None, now=NOW)


def add_with_file(app: Flask, session: Session, name: str = "ports.csv", content: bytes = PORTS) -> Resource:
    dataset = add(session)
    with app.app_context():
        return service.attach_file(
            session,
            dataset=dataset,
            stream=io.BytesIO(content),
            file_name=name,
            title=Bilingual(fr="La table", en="The table"),
            chart=CHART,
            storage=current_storage(),
            actor=None,
            now=NOW,
        )


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (
            "en",
            ["World ports", "1 dataset", "Described only", "Open Database License", "Since 2007", "Can I use this?"],
        ),
        ("fr", ["Ports du monde", "1 jeu de données", "Depuis 2007", "Puis-je l’utiliser"]),
    ],
)
def test_the_pages_speak_both_languages(session: Session, client: SiteClient, language: str, shown: list[str]):
    add(session)
    text = "".join(client.get(f"/catalogue{page}?lang={language}").text for page in ("", "/world-ports"))
    assert [words for words in shown if words not in text] == []
    assert "Capitainerie <b>" not in text


def test_a_dataset_with_a_file_shows_columns_rows_chart_and_description(
    app: Flask, session: Session, client: SiteClient
):
    resource = add_with_file(app, session)
    page = client.get("/catalogue/world-ports?lang=en").text
    for words in (
        "The data is here.",
        f"Download CSV, {len(PORTS)}",
        "3 rows, 3 columns",
        "Ports by sea",
        "1 (33",
        "40 to 79",
        "FRFOS",
    ):
        assert words in page
    described = json.loads(
        re.search(r'<script type="application/ld\+json" nonce="[^"]+">(.+?)</script>', page).group(1)
    )
    assert described["@type"] == "Dataset"
    assert described["distribution"][0]["sha256"] == resource.sha256
    chart = client.get(f"/catalogue/world-ports/files/{resource.id}/chart.json").json
    assert chart["data"][0]["y"] == ["mediterranean"]


@pytest.mark.database("sqlite")
def test_what_must_be_known_before_a_file_is_read_stands_beside_it(app: Flask, session: Session, client: SiteClient):
    add_with_file(app, session, content=b"2021-01-01;1\n2021-01-02;2;x\n2021-01-03;2\n")
    session.commit()
    page = client.get("/catalogue/world-ports?lang=en").text
    assert "It begins with values, without names of columns" in page and "longer or shorter than its header" in page
    assert "column_1" in page and "names=" in page
    assert "Il commence par des valeurs" in client.get("/catalogue/world-ports?lang=fr").text


def test_plotly_comes_only_where_there_is_a_chart(app: Flask, session: Session, client: SiteClient):
    add(session, slug="without")
    add_with_file(app, session)
    assert "plotly" not in client.get("/catalogue/without").text
    assert "plotly" not in client.get("/catalogue").text
    assert "plotly" in client.get("/catalogue/world-ports").text


def test_a_file_downloads_whole_under_its_name_and_type(app: Flask, session: Session, client: SiteClient):
    resource = add_with_file(app, session)
    answer = client.get(f"/catalogue/world-ports/files/{resource.id}", buffered=True)
    assert answer.data == PORTS
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=ports.csv"
    assert answer.headers["Content-Length"] == str(len(PORTS))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_stays_one_harmless_header(app: Flask, session: Session, client: SiteClient, name: str):
    resource = add_with_file(app, session, name)
    answer = client.get(f"/catalogue/world-ports/files/{resource.id}", buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == HOSTILE_NAMES[name]
    assert "X-Bad" not in answer.headers


def test_a_page_inside_a_file_is_never_shown_as_a_page(app: Flask, session: Session, client: SiteClient):
    resource = add_with_file(app, session, "page.html", b"<script>alert(1)</script>")
    answer = client.get(f"/catalogue/world-ports/files/{resource.id}", buffered=True)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_what_is_not_there_is_not_found(app: Flask, session: Session, client: SiteClient):
    resource = add_with_file(app, session)
    add(session, slug="other")
    for address in (
        "nothing",
        f"other/files/{resource.id}",
        "world-ports/files/999",
        "world-ports/files/999/chart.json",
    ):
        assert client.get(f"/catalogue/{address}").status_code == 404


@pytest.mark.database("sqlite", "postgresql")
def test_search_answers_a_script_with_a_part_and_a_reader_with_a_page(session: Session, client: SiteClient):
    add(session)
    address = "/catalogue?q=énergie&lang=en"
    page, part = client.get(address), client.get(address, headers={"HX-Request": "true"})
    for answer in (page, part):
        assert "No dataset answers" in answer.text
        assert "HX-Request" in answer.headers["Vary"]
    assert "<html" in page.text
    assert "<html" not in part.text
    assert 'hx-swap-oob="true"' in part.text


def test_chips_remove_one_filter_each(session: Session, client: SiteClient):
    add(session)
    page = client.get("/catalogue?q=ports&theme=ports&theme=sea&page=2&lang=en").text
    chips = re.findall(r'class="chip" href="([^"]+)"', page)
    assert chips == [
        "/catalogue?theme=ports&amp;theme=sea",
        "/catalogue?q=ports&amp;theme=sea",
        "/catalogue?q=ports&amp;theme=ports",
        "/catalogue",
    ]


@pytest.mark.parametrize("address", ["?page=-1", "?page=x", "?theme=%27", "?q=" + "a " * 3000, "?nothing=1"])
def test_nonsense_in_the_address_is_no_error(session: Session, client: SiteClient, address: str):
    add(session)
    assert client.get(f"/catalogue{address}").status_code == 200


def test_a_catalogue_without_datasets_says_so_and_has_nothing_to_search(session: Session, client: SiteClient):
    for address in ("/catalogue?lang=en", "/catalogue?lang=en&q=whales"):
        page = client.get(address).text
        assert "The catalogue is empty" in page and 'name="q"' not in page and "search.js" not in page
    add(session)
    page = client.get("/catalogue?lang=en&q=whales").text
    assert "No dataset answers" in page and 'name="q"' in page and "search.js" in page


@pytest.mark.parametrize("address", ["/catalogue?q=world", "/catalogue/first"])
def test_pages_cost_the_same_queries_at_3_and_at_300_datasets(session: Session, client: SiteClient, address: str):
    edition = make_edition(session)
    counts = []
    for size in (3, 300):
        first = session.scalar(select(Dataset).where(Dataset.slug == "first")) or add(session, slug="first")
        have = len(session.scalars(select(Dataset.id)).all())
        for number in range(have, size):
            dataset = make_dataset(session, folded="world", availability=Availability.REACHABLE)
            challenge = make_challenge(session, edition) if number < 12 else None
            if challenge:
                rows = [{"challenge_id": challenge.id, "dataset_id": each.id} for each in (dataset, first)]
                session.execute(challenge_datasets.insert(), rows)
        session.commit()
        with count_queries() as statements:
            assert client.get(address).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[0] <= 8


def test_a_dataset_that_its_source_no_longer_lists_says_since_when(session: Session, client: SiteClient):
    dataset = make_dataset(session)
    moment = dataset.created_at
    source = HarvestSource(address="x", name="data.example", format="ckan", created_at=moment, harvested_at=moment)
    record = HarvestedRecord(source=source, identifier="1", dataset=dataset, digest="", said={}, seen_at=moment)
    session.add(record)
    session.commit()
    address = f"/catalogue/{dataset.slug}?lang=en"
    assert "no longer lists it" not in client.get(address).text
    record.vanished_at = datetime(2026, 2, 3, tzinfo=UTC)
    session.commit()
    assert "data.example, where this was found, no longer lists it since 3 February 2026" in client.get(address).text


STEWARD_PAGES = (
    "/catalogue/new",
    "/catalogue/world-ports/edit",
    "/catalogue/world-ports/attach-file",
    "/catalogue/world-ports/attach-link",
)
STEWARD_ACTS = (*STEWARD_PAGES, "/catalogue/world-ports/feature", "/catalogue/world-ports/files/1/remove")


def test_the_outsider_neither_opens_nor_changes_anything(session: Session, new_client: Callable[[], SiteClient]):
    add(session)
    visitor, outsider = new_client(), new_client()
    sign_in(outsider, make_person(session))
    assert {visitor.get(address).status_code for address in STEWARD_PAGES} == {302}
    assert {visitor.post(address).status_code for address in STEWARD_ACTS} == {401}
    assert {outsider.get(address).status_code for address in STEWARD_PAGES} == {403}
    assert {outsider.post(address).status_code for address in STEWARD_ACTS} == {403}
    assert "Attach a file" not in outsider.get("/catalogue/world-ports?lang=en").text


@pytest.mark.parametrize("role", ["steward", "organiser", "administrator"])
def test_stewards_organisers_and_administrators_may_catalogue(session: Session, client: SiteClient, role: str):
    add(session)
    person = make_person(session, is_steward=role == "steward", is_administrator=role == "administrator")
    if role == "organiser":
        grant(session, person, Role.ORGANISER, make_edition(session))
    sign_in(client, person)
    assert {client.get(address).status_code for address in STEWARD_PAGES} == {200}


@pytest.fixture
def steward(session: Session, client: SiteClient) -> SiteClient:
    """A signed-in steward."""
    sign_in(client, make_person(session, is_steward=True, language="en"))
    return client


FORM = {
    "title_en": "Quay noise",
    "description_en": "Decibels.",
    "publisher_name": "Atmo",
    "theme": "air",
    "licence": "lov2",
    "availability": "described",
    "formats": "csv, xlsx",
}


def test_a_steward_adds_edits_attaches_recommends_and_takes_away(session: Session, steward: SiteClient):
    assert steward.post("/catalogue/new", data=FORM).headers["Location"] == "/catalogue/quay-noise/edit"
    edited = FORM | {"title_fr": "Bruit des quais", "slug": "ignored", "availability": "described"}
    assert steward.post("/catalogue/quay-noise/edit", data=edited).status_code == 302
    upload = {"file": (io.BytesIO(PORTS), "bruit.csv")}
    assert steward.post("/catalogue/quay-noise/attach-file", data=upload).status_code == 302
    link = {"url": "https://x.example/a.xlsx", "format": "xlsx"}
    assert steward.post("/catalogue/quay-noise/attach-link", data=link).status_code == 302
    assert steward.post("/catalogue/quay-noise/feature", data={"featured": "yes"}).status_code == 302
    dataset = session.scalars(select(Dataset)).one()
    assert (dataset.slug, dataset.title.fr, dataset.is_featured) == ("quay-noise", "Bruit des quais", True)
    assert (dataset.availability, dataset.formats) == (Availability.HERE, ["csv", "xlsx"])
    file, other = dataset.resources
    assert (file.title.en, file.inspection["rows"], other.url) == ("bruit.csv", 3, "https://x.example/a.xlsx")
    assert steward.post(f"/catalogue/quay-noise/files/{file.id}/remove").status_code == 302
    session.expire_all()
    assert [resource.url for resource in dataset.resources] == ["https://x.example/a.xlsx"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"title_en": ""}, "Write this text in French or in English."),
        ({"publisher_name": ""}, "This field is needed."),
        ({"landing_page": "javascript:alert(1)"}, "This is not a web address."),
        ({"slug": "new"}, "small letters, digits and hyphens"),
        ({"slug": "world-ports"}, "Another dataset has this address."),
        ({"availability": "reachable"}, "needs its web page and the day"),
        ({"theme": "weather"}, "Not a valid choice"),
    ],
)
def test_a_refused_form_names_the_field_and_keeps_what_was_typed(
    session: Session, steward: SiteClient, changed: dict[str, str], message: str
):
    add(session)
    answer = steward.post("/catalogue/new", data=FORM | {"seen_in": "typed by hand"} | changed)
    assert answer.status_code == 422
    assert message in answer.text
    assert "typed by hand" in answer.text
    assert len(session.scalars(select(Dataset)).all()) == 1


def test_no_file_and_an_empty_file_are_refused_beside_the_field(session: Session, steward: SiteClient):
    add(session)
    for upload, message in (({}, "Choose a file."), ({"file": (io.BytesIO(b""), "a.csv")}, "This file is empty.")):
        answer = steward.post("/catalogue/world-ports/attach-file", data=upload, content_type="multipart/form-data")
        assert answer.status_code == 422
        assert message in answer.text


def test_an_oversized_body_is_refused_before_it_is_read(session: Session, steward: SiteClient):
    add(session)
    announced = {"CONTENT_LENGTH": "999999999", "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = steward.post("/catalogue/world-ports/attach-file", environ_overrides=announced)
    assert answer.status_code == 413
