from dataclasses import dataclass

import pytest

from submissions.viewer.paths import first_path, is_first, raw_path, stored_path


@dataclass
class Work:
    kind: str
    entry_point: str


NESTED = Work("static-site", "Equipe X/dist/index.html")


def test_a_single_file_is_asked_for_under_a_neutral_name():
    work = Work("image", "les-balises.PNG")
    assert first_path(work) == ""
    assert raw_path(work) == "work.png"
    assert stored_path(work, "work.png") == "les-balises.PNG"


def test_the_folders_in_which_a_site_begins_are_not_named():
    assert first_path(NESTED) == "-/-/index.html"
    assert is_first(NESTED, "-/-/index.html") and is_first(NESTED, "") and not is_first(NESTED, "-/-/other.html")


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        ("-/-/index.html", "Equipe X/dist/index.html"),
        ("-/-/js/main.js", "Equipe X/dist/js/main.js"),
        ("-/data.json", "Equipe X/data.json"),
        ("shared.css", "shared.css"),
        ("Equipe X/dist/data.csv", "Equipe X/dist/data.csv"),
        ("-/-/page/", "Equipe X/dist/page/index.html"),
        ("-/-/-/a.txt", "Equipe X/dist/-/a.txt"),
    ],
)
def test_relative_addresses_lead_where_they_do_in_the_archive(asked, stored):
    assert stored_path(NESTED, asked) == stored


def test_a_site_at_the_root_keeps_its_names():
    work = Work("static-site", "index.html")
    assert first_path(work) == "index.html"
    assert stored_path(work, "js/main.js") == "js/main.js"
