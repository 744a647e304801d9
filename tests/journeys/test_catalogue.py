"""A student with a phone finds a dataset, understands it, charts it and cites it, in both languages."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from challenges.catalogue import service
from challenges.catalogue.details import DatasetDetails
from challenges.catalogue.models import Dataset
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import open_engine, session_factory
from hackaviz.kernel.storage import open_storage
from tests.support.browser import PHONE_FRENCH, axe, late_script, open_page
from tests.support.site import LiveSite, serve
from tests.support.words import Words

NOW = datetime(2026, 3, 2, tzinfo=UTC)
PORTS = """\
port;pays;escales;lon;lat
Fos;France;12,5;4,9;43,4
Sète;France;7,5;3,7;43,4
Alger;Algérie;9;3,1;36,8
""".encode()
CHART = {"type": "bar-count", "x": "pays", "title": {"fr": "Ports par pays", "en": "Ports by country"}}
PHONES = {"fr": PHONE_FRENCH, "en": PHONE_FRENCH | {"locale": "en-GB"}}


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """An installation with two datasets, one of them with a file."""
    folder = tmp_path_factory.mktemp("catalogue")
    database = folder / "hackaviz.sqlite"
    shutil.copyfile(sqlite_template, database)
    with serve(f"sqlite:///{database}", folder / "site") as site:
        site.kill_jobs()
        add_datasets(site)
        yield site


def add_datasets(site: LiveSite) -> None:
    titles = {"ports": ("Escales en Méditerranée", "Calls in the Mediterranean"), "birds": ("Oiseaux", "Birds")}
    with session_factory(open_engine(site.database_url))() as session:
        for slug, (fr, en) in titles.items():
            title = Bilingual(fr=fr, en=en)
            facts = {"publisher_name": "Capitainerie", "theme": "ports", "licence": "lov2", "period": "2025"}
            details = DatasetDetails(slug=slug, title=title, description=title, **facts)
            dataset = service.add_dataset(session, details=details, actor=None, now=NOW)
            if slug == "ports":
                attach(session, site, dataset)
        session.commit()


def attach(session: Session, site: LiveSite, dataset: Dataset) -> None:
    service.attach_file(
        session,
        dataset=dataset,
        stream=BytesIO(PORTS),
        file_name="escales.csv",
        title=dataset.title,
        chart=CHART,
        storage=open_storage(site.storage_url),
        actor=None,
        now=NOW,
    )


@pytest.mark.parametrize("language", PHONES)
def test_a_student_finds_understands_charts_and_cites(browser: Browser, site: LiveSite, language: str, tmp_path: Path):
    words = Words(language)
    with open_page(browser, site.url, **PHONES[language]) as page:
        asked = hosts_asked(page)
        find(page, *{"fr": ("oiseaux", "escales mediter"), "en": ("birds", "calls mediter")}[language])
        understand(page, words)
        chart(page, words)
        cite(page, words, tmp_path)
    # Pictures of the look lie in its style sheet, and have no host.
    assert asked - {""} == {urlsplit(site.url).netloc}


def hosts_asked(page: Page) -> set[str]:
    """Every host that the pages ask, as they go."""
    hosts = set[str]()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    return hosts


def find(page: Page, early: str, typed: str) -> None:
    """The first words are typed while the script is still on its way."""
    with late_script(page, "**/htmx.min.js*"):
        page.goto("/catalogue", wait_until="commit")
        expect(page.locator("#results .dataset")).to_have_count(2)
        page.get_by_role("searchbox").fill(early)
    expect(page.locator("#results .dataset")).to_have_count(1)
    page.get_by_role("searchbox").fill("")
    expect(page.locator("#results .dataset")).to_have_count(2)
    page.get_by_role("searchbox").press_sequentially(typed, delay=20)
    expect(page.locator("#results .dataset")).to_have_count(1)
    page.locator("#results .dataset a").click()


def understand(page: Page, words: Words) -> None:
    expect(page.get_by_text(words.say("The data is here."))).to_be_visible()
    expect(page.locator("figure.map svg[role=img]")).to_be_visible()
    columns = page.get_by_role("table", name=words.say("Columns of the file"))
    expect(columns).to_contain_text("France (2), Algérie (1)")
    reads_well(page)


def chart(page: Page, words: Words) -> None:
    page.get_by_role("link", name=words.say("Edit this chart")).click()
    page.get_by_label(words.say("Values that fall together")).select_option("sum")
    page.get_by_label(words.say("Values (y)")).select_option("escales")
    page.get_by_role("button", name=words.say("Draw the chart")).click()
    expect(page.locator("#built-chart[data-drawn] .main-svg").first).to_be_visible()
    page.get_by_text(words.say("The same figures as a table")).click()
    expect(page.locator("#built-chart tbody tr").first).to_have_text("France20")
    reads_well(page)


def cite(page: Page, words: Words, folder: Path) -> None:
    with page.expect_download() as awaited:
        page.get_by_role("button", name=words.say("Download as Plotly JSON")).click()
    awaited.value.save_as(folder / "chart.json")
    figure = json.loads((folder / "chart.json").read_text())
    page.locator(".crumbs a").last.click()
    citation = page.locator("#citation").inner_text()
    assert citation.startswith("Capitainerie, ")
    assert citation in figure["layout"]["meta"]["citation"]


def reads_well(page: Page) -> None:
    """Nothing sticks out of the phone, and machines read it."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert axe(page) == []
