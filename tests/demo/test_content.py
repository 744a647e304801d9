"""The demo's catalogue, files and works are whole, sourced and bilingual."""

import hashlib
import json
from collections import Counter

import pytest

from challenges.catalogue.models import Availability
from challenges.catalogue.rules import LICENCES, OTHER_THEME, THEMES
from hackaviz.demo.content import DEMO, FILES, WORKS, read_datasets, read_works
from submissions.intake.check import check_file

DATASETS, DATA_WORKS = read_datasets(), read_works()
SLUGS = {dataset.slug for dataset in DATASETS}
KINDS = {"image", "svg", "pdf", "html", "static-site", "notebook", "plotly", "vega-lite", "vega", "video"}
LARGEST_FILE, LARGEST_FOLDER = 1_000_000, 6_000_000


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_bilingual(text):
    return bool(text.fr.strip() and text.en.strip())


def test_there_are_a_hundred_datasets_each_with_its_own_slug():
    assert len(DATASETS) == len(SLUGS) == 100


def test_every_dataset_is_told_in_both_languages():
    texts = [text for each in DATASETS for text in (each.title, each.description, each.coverage)]
    assert [text for text in texts if not is_bilingual(text)] == []


def test_twenty_five_are_featured_with_a_description_of_several_sentences():
    featured = [dataset for dataset in DATASETS if dataset.is_featured]
    assert len(featured) == 25
    for dataset in featured:
        assert 2 <= dataset.description.fr.count(". ") + 1 <= 6, dataset.slug
        assert 2 <= dataset.description.en.count(". ") + 1 <= 6, dataset.slug


def test_themes_licences_and_availability_are_those_that_the_catalogue_knows():
    assert {dataset.theme for dataset in DATASETS} == set(THEMES) - {OTHER_THEME}
    assert {dataset.licence for dataset in DATASETS} <= set(LICENCES)
    assert {dataset.availability for dataset in DATASETS} == set(Availability)


def test_nobody_claims_a_link_that_nobody_saw():
    for dataset in DATASETS:
        assert dataset.landing_page.startswith(("https://", "http://")), dataset.slug
        assert dataset.seen_in, dataset.slug
        if dataset.availability == Availability.REACHABLE:
            assert dataset.link_seen_on is not None, dataset.slug


def test_what_is_here_has_files_a_chart_and_a_known_licence():
    here = [dataset for dataset in DATASETS if dataset.availability == Availability.HERE]
    assert len(here) >= 8
    for dataset in here:
        assert dataset.files and dataset.chart and dataset.licence != "unknown", dataset.slug
        assert is_bilingual(dataset.files[0].title), dataset.slug
    assert [dataset.slug for dataset in DATASETS if dataset.files and dataset not in here] == []


def test_every_file_is_the_one_that_was_announced():
    listed = [file for dataset in DATASETS for file in dataset.files]
    for file in listed:
        assert (sha256(file.path), file.path.stat().st_size) == (file.sha256, file.bytes), file.path.name
        assert file.bytes < LARGEST_FILE, file.path.name
    assert sum(file.bytes for file in listed) < LARGEST_FOLDER
    assert {file.path.name for file in listed} == {
        path.name for path in FILES.glob("*.*") if path.suffix in {".csv", ".geojson"}
    }


def test_every_file_is_named_in_the_list_of_sources():
    sources = (FILES / "SOURCES.md").read_text(encoding="utf-8")
    assert [file.path.name for each in DATASETS for file in each.files if f"`{file.path.name}`" not in sources] == []


def test_charts_name_columns_that_the_file_has():
    for dataset in DATASETS:
        if dataset.chart is None or dataset.files[0].format != "csv":
            continue
        header = dataset.files[0].path.read_text(encoding="utf-8").splitlines()[0].split(",")
        named = {dataset.chart[role] for role in ("x", "y", "colour")} - {None}
        assert named <= set(header), dataset.slug


def test_geojson_files_hold_features():
    for path in FILES.glob("*.geojson"):
        assert json.loads(path.read_text(encoding="utf-8"))["features"], path.name


def test_works_are_of_every_accepted_kind():
    assert len(DATA_WORKS) >= 10
    assert {work.kind for work in DATA_WORKS} == KINDS
    images = {work.path.suffix for work in DATA_WORKS if work.kind == "image"}
    assert images == {".png", ".jpg", ".webp", ".avif", ".gif"}
    assert {path.name for path in WORKS.iterdir()} == {work.slug for work in DATA_WORKS}


@pytest.mark.parametrize("work", DATA_WORKS, ids=lambda work: work.slug)
def test_a_work_is_the_announced_file_told_in_both_languages_and_cites_known_datasets(work):
    assert sha256(work.path) == work.sha256
    assert all(is_bilingual(text) for text in (work.title, work.message, work.text_alternative, work.method))
    assert max(len(work.title.fr), len(work.title.en)) <= 160
    assert max(len(work.message.fr), len(work.message.en)) <= 300
    assert 1 <= work.challenge <= 5
    assert len(work.citations) >= 2
    assert {citation.dataset for citation in work.citations} <= SLUGS
    assert all(is_bilingual(citation.usage) for citation in work.citations)


@pytest.mark.parametrize("work", DATA_WORKS, ids=lambda work: work.slug)
def test_a_work_passes_the_checks_that_any_upload_meets(work):
    report = check_file(work.path, work.path.name)
    assert (report.accepted, report.kind, list(report.external_hosts)) == (True, work.kind, [])


def test_no_description_is_used_twice():
    counted = Counter(dataset.description.en for dataset in DATASETS)
    assert [text for text, count in counted.items() if count > 1] == []


def test_nothing_comes_from_the_datasets_lent_for_tests():
    lent = DEMO.parents[2] / "shared" / "data" / "datasets"
    if not lent.is_dir():
        pytest.skip("the folder ../shared/data/datasets is not beside the checkout")
    theirs = {sha256(path) for path in lent.iterdir() if path.is_file()}
    assert [path.name for path in DEMO.rglob("*.*") if path.is_file() and sha256(path) in theirs] == []
