"""The page of a chart of one's own: its address says it all, its file can be an entry, its faults are said."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from challenges.catalogue import service
from challenges.catalogue.builder import built
from challenges.catalogue.models import Dataset
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.confined import TimedOut
from hackaviz.web.storage import current_storage
from submissions.intake.check import check_file
from tests.factories import make_challenge, make_dataset, make_edition, make_entry, make_person, make_team, sign_in
from tests.support.client import SiteClient
from tests.support.queries import count_queries

pytestmark = pytest.mark.database("sqlite")
TABLE = """\
port;sea;ships;lon;lat
Fos;med;12,5;4,9;43,4
Marseille;med;7,5;5,4;43,3
Brest;atl;3;-4,5;48,4
Sète;;;3,7;43,4
"""
CHART = {"type": "bar-count", "x": "sea", "title": {"fr": "Ports par mer", "en": "Ports by sea"}}


@pytest.fixture
def dataset(app: Flask, session: Session, tmp_path: Path) -> Dataset:
    """A dataset with a table in French notation and a suggested chart."""
    path = tmp_path / "ports.csv"
    path.write_text(TABLE)
    made = make_dataset(session, slug="ports", title=Bilingual(fr="Ports", en="Ports"))
    with app.app_context(), path.open("rb") as stream:
        service.attach_file(
            session,
            dataset=made,
            stream=stream,
            file_name="ports.csv",
            title=Bilingual(fr="La table", en="The table"),
            chart=CHART,
            storage=current_storage(),
            actor=None,
            now=made.created_at,
        )
    return made


def figure_in(page: str) -> dict[str, Any]:
    start = page.index('id="built-chart-data">') + len('id="built-chart-data">')
    return json.loads(page[start : page.index("</script>", start)])


def test_the_page_of_a_dataset_says_what_its_columns_hold_and_leads_to_the_builder(
    client: SiteClient, dataset: Dataset
):
    page = client.get("/catalogue/ports?lang=en").text
    for words in (
        "med (2), atl (1)",
        "Map from",
        "From the columns lon and lat",
        "pd.read_csv(",
    ):
        assert words in page
    address = page.split('<a href="/catalogue/ports/chart')[1].split('"')[0]
    assert "x=sea" in address
    assert "Ports by sea" in page


def test_an_inspection_of_old_still_shows(session: Session, client: SiteClient, dataset: Dataset):
    (resource,) = dataset.resources
    columns = [{k: v for k, v in each.items() if k not in {"distribution", "reading"}} for each in resource.columns]
    kept = {name: value for name, value in (resource.inspection or {}).items() if name not in {"map", "series"}}
    resource.inspection = kept | {"columns": columns}
    page = client.get("/catalogue/ports?lang=en")
    assert page.status_code == 200
    assert "-4.5 to 5.4" in page.text
    drawn = client.get("/catalogue/ports/chart?x=sea&y=ships&aggregate=sum&lang=en").text
    assert figure_in(drawn)["data"][0]["x"] == [20, 3]


def test_a_chart_is_drawn_from_its_address_alone_and_remembered(
    client: SiteClient, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
):
    address = "/catalogue/ports/chart?kind=bars&x=port&y=ships&aggregate=sum&top=1&lang=en"
    page = client.get(address).text
    assert figure_in(page)["data"][0] | {"x": [12.5, 10.5], "y": ["Fos", "others"]} == figure_in(page)["data"][0]
    assert "The 1 greatest of 3; all others stand together." in page
    assert "1 row without these values is left out." in page
    assert "sum of ships by port" in page

    def no_more(*_: Any, **__: Any) -> None:
        raise AssertionError("it was computed again")

    monkeypatch.setattr(built, "run_confined", no_more)
    assert client.get(address).status_code == 200


FAULTS = {
    "x=nowhere": "This file has no such column",
    "x=port&aggregate=sum&y=sea": "This column holds no numbers",
    "x=port&where=sea&equals=arctic": "No row is left to draw",
    "x=port&top=900": "Write a whole number from 1 to 50.",
    "kind=bars": "Choose a column: this chart needs it.",
}


def test_choices_that_make_no_chart_say_why_and_stay(client: SiteClient, dataset: Dataset):
    for address, words in FAULTS.items():
        answer = client.get(f"/catalogue/ports/chart?{address}&lang=en")
        assert answer.status_code == 200
        assert words in answer.text
        assert "plotly" not in answer.text
        assert client.get(f"/catalogue/ports/chart.json?{address}").status_code == 404


def test_a_file_that_takes_too_long_is_said_on_the_page(
    client: SiteClient, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
):
    def too_slow(*_: Any, **__: Any) -> None:
        raise TimedOut("no answer within 30 s")

    monkeypatch.setattr(built, "run_confined", too_slow)
    answer = client.get("/catalogue/ports/chart?x=port&lang=fr")
    assert answer.status_code == 200
    assert "trop gros ou trop abîmé" in answer.text
    assert client.get("/catalogue/ports/chart.json?x=port").status_code == 422


def test_while_others_are_drawn_a_chart_waits_a_moment_then_says_so(
    app: Flask, client: SiteClient, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(built, "PATIENCE_SECONDS", 0)
    doors = app.extensions["hackaviz.built_charts"]._doors
    for _ in range(built.MOST_AT_ONCE):
        assert doors.acquire(blocking=False)
    assert "Many charts are being drawn." in client.get("/catalogue/ports/chart?x=port&lang=en").text
    assert client.get("/catalogue/ports/chart.json?x=port").status_code == 503
    doors.release()
    assert "Your chart" in client.get("/catalogue/ports/chart?x=port&lang=en").text


def test_without_choices_the_suggested_chart_is_drawn(client: SiteClient, dataset: Dataset):
    figure = figure_in(client.get("/catalogue/ports/chart?lang=en").text)
    assert (figure["data"][0]["y"], figure["data"][0]["x"]) == (["med", "atl"], [2, 1])


def test_the_plotly_file_names_its_source_and_is_accepted_as_an_entry(
    client: SiteClient, dataset: Dataset, tmp_path: Path
):
    answer = client.get("/catalogue/ports/chart.json?kind=points&x=lon&y=lat&colour=sea&lang=en")
    assert answer.headers["Content-Disposition"] == "attachment; filename=ports-chart.json"
    figure = json.loads(answer.data)
    assert dataset.publisher.name in figure["layout"]["annotations"][0]["text"]
    assert "/catalogue/ports" in figure["layout"]["meta"]["citation"]
    path = tmp_path / "ports-chart.json"
    path.write_bytes(answer.data)
    report = check_file(path, path.name)
    assert (report.accepted, report.kind, report.external_hosts) == (True, "plotly", ())


def test_hostile_values_stay_text(app: Flask, session: Session, client: SiteClient, tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_text('a,b\n"</script><script>alert(1)</script>",1\n=1+1,2\n')
    made = make_dataset(session, slug="hostile")
    with app.app_context(), path.open("rb") as stream:
        facts = {
            "title": Bilingual(fr="x", en="x"),
            "storage": current_storage(),
            "actor": None,
            "now": made.created_at,
        }
        service.attach_file(session, dataset=made, stream=stream, file_name="x.csv", **facts)
    page = client.get("/catalogue/hostile/chart?x=a&lang=en").text
    assert "<script>alert" not in page
    assert "<script>alert" not in client.get("/catalogue/hostile").text


def test_a_reader_who_takes_part_is_led_to_their_drafts(session: Session, new_client: Any, dataset: Dataset):
    edition = make_edition(session)
    person, other = make_person(session), make_person(session)
    entry = make_entry(session, make_team(session, edition, [person]), make_challenge(session, edition))
    team = make_team(session, edition, [other])
    seen = {}
    for who in (person, other, None):
        client = new_client()
        if who is not None:
            sign_in(client, who)
        seen[who] = client.get("/catalogue/ports/chart").text
    assert f"/entries/{entry.public_id}/edit" in seen[person]
    assert f"/teams/{team.public_id}" in seen[other]
    assert entry.public_id not in seen[other] + seen[None]


def test_the_page_of_a_chart_asks_few_queries(client: SiteClient, dataset: Dataset):
    client.get("/catalogue/ports/chart?x=sea")
    with count_queries() as statements:
        client.get("/catalogue/ports/chart?x=sea")
    assert len(statements) <= 8


def test_a_dataset_without_tables_has_no_builder(session: Session, client: SiteClient):
    make_dataset(session, slug="described")
    assert client.get("/catalogue/described/chart").status_code == 404
    assert "/chart" not in client.get("/catalogue/described").text
