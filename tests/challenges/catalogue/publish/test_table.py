"""The catalogue as a table: no cell acts as a formula, and every text comes back as it was."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from challenges.catalogue.harvest.details import details_of
from challenges.catalogue.harvest.links import facts_of_link
from challenges.catalogue.harvest.opening import Opened
from challenges.catalogue.harvest.reading import records_of
from challenges.catalogue.harvest.recognise import recognise
from challenges.catalogue.harvest.record import HarvestedDataset
from challenges.catalogue.models import Dataset, DatasetFormat, Publisher, Resource
from challenges.catalogue.publish.table import HEADER, table
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.cells import FORMULA_STARTS

BASE = "https://data.example"
# What a text may begin with and hold that a table could trip over.
SIGNS = st.text("=+-@'\",;|\t aé0", max_size=12).map(lambda text: " ".join(text.split()))
TEXTS = st.builds(lambda before, after: f"{before}x{after}", SIGNS, SIGNS)


def dataset(**values: Any) -> Dataset:
    facts = {
        "slug": "quais",
        "title": Bilingual(fr="Quais"),
        "description": Bilingual(fr="Un texte"),
        "publisher": Publisher(slug="port", name="Port", website="https://p.example/"),
        "theme": "maps",
        "licence": "other-open",
        "licence_as_stated": "",
        "landing_page": "",
        "coverage": None,
        "period": "",
        "keywords": [],
        "frequency": "",
        "contact": "",
        "bounds": None,
        "issued_on": None,
        "modified_on": None,
    }
    return Dataset(**facts | values)


def read_again(tmp_path: Path, *written: Dataset) -> list[HarvestedDataset]:
    path = tmp_path / "catalogue.csv"
    path.write_bytes("".join(table(written, BASE)).encode())
    assert recognise(Opened(path)) == "csv"
    return list(records_of(Opened(path), "csv"))  # type: ignore[arg-type]


@given(texts=st.lists(TEXTS, min_size=6, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
def test_every_text_comes_back_as_it_was_and_none_is_a_formula(tmp_path, texts):
    title, description, house, place, contact, stated = texts
    facts = {
        "title": Bilingual(en=title),
        "description": Bilingual(fr=f"{description}\n\n{description}", en=description),
        "coverage": Bilingual(fr=place, en=contact),
        "contact": contact,
        "licence_as_stated": stated,
    }
    one = dataset(**facts, publisher=Publisher(slug="x", name=house, website=""))
    rows = csv.reader(io.StringIO("".join(table([one], BASE)).removeprefix("\ufeff"), newline=""))
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS)]
    (record,) = read_again(tmp_path, one)
    found = details_of(record, seen_in="")
    assert {name: getattr(found, name) for name in facts} == facts
    assert (found.publisher_name, found.theme, found.licence) == (house, "maps", "other-open")


@pytest.mark.parametrize("place", [None, Bilingual(fr="Rade"), Bilingual(en="Bay"), Bilingual(fr="Rade", en="Bay")])
def test_numbers_days_places_and_words_come_back_in_order(tmp_path, place):
    facts = {
        "coverage": place,
        "keywords": ["quai", "à quai", "-20 °C", "port"],
        "bounds": [-5.0, 41.5, -4.25, 43.0],
        "period": "2019–2023",
        "frequency": "three-a-year",
        "issued_on": date(2020, 1, 2),
        "modified_on": date(2024, 2, 29),
        "landing_page": "https://p.example/quais?a=1;b=2",
    }
    (record,) = read_again(tmp_path, dataset(**facts))
    found = details_of(record, seen_in="")
    plain = {name: list(value) if isinstance(value := getattr(found, name), tuple) else value for name in facts}
    assert plain == facts


def test_files_and_formats_come_back_each_with_its_titles(tmp_path):
    titles = [Bilingual(fr="Table, 2024", en="Table of 2024"), Bilingual(fr="=Carte"), Bilingual(en="@map")]
    links = [
        Resource(position=number, title=title, format="csv", url=f"https://p.example/{number}", bytes=number)
        for number, title in enumerate(titles, start=1)
    ]
    links[0].sha256 = "a" * 64
    one = dataset(resources=links, format_rows=[DatasetFormat(format=code) for code in ("csv", "geojson")])
    (record,) = read_again(tmp_path, one)
    assert [facts_of_link(each) for each in record.resources if each.url] == [
        {"title": each.title, "format": "csv", "bytes": each.bytes, "sha256": each.sha256} for each in links
    ]
    assert details_of(record, seen_in="").formats == ("csv", "geojson")


def test_a_file_that_is_here_is_named_by_its_address(tmp_path):
    kept = Resource(id=7, position=0, title=Bilingual(fr="Quais"), format="csv", url="", storage_key="k")
    (record,) = read_again(tmp_path, dataset(resources=[kept]))
    assert [each.url for each in record.resources] == [f"{BASE}/catalogue/quais/files/7"]


def test_an_empty_catalogue_is_a_header():
    assert "".join(table([], BASE)) == "\ufeff" + ",".join(HEADER) + "\r\n"


@pytest.mark.parametrize("cell", ["", "a.csv", "{}", "[1]", "[[", '[{"url": 5}]'])
def test_a_column_of_files_that_is_not_ours_does_no_harm(tmp_path, cell):
    path = tmp_path / "other.csv"
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerow(["title", "files", "licence_code", "theme_code"])
        csv.writer(stream).writerow(["Quais", cell, "mine", "mine"])
    (record,) = records_of(Opened(path), "csv")
    assert (record.titles, record.licence, record.themes) == ({"": "Quais"}, "unknown", ())
