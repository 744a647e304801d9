"""What a report says, drawn from facts."""

from dataclasses import replace

import pytest

from submissions.viewer.checks.citations import Source, contents_of, is_certain, is_found
from submissions.viewer.checks.findings import FINE, MAY_BLOCK, Code, Facts, find
from submissions.viewer.checks.wording import CODE_WORDS, SAID

VIEW = {"text": 300, "width": 1280, "height": 900, "contrast": {"texts": 12, "low": 0, "examples": []}}
SEEN = {
    "views": {"wide": VIEW, "narrow": VIEW | {"width": 390}},
    "plain": {"wide": 0.6, "narrow": 0.6},
    "missing": [],
    "errors": [],
    "hosts": [],
    "requests": 7,
}
WELL = Facts("static-site", "index.html", has_alternative=True, bytes=200_000, seen=SEEN)


def codes(facts: Facts) -> list[Code]:
    return [finding.code for finding in find(facts)]


def seen(**changes):
    return replace(WELL, seen=SEEN | changes)


def test_a_sound_work_gives_no_warning():
    assert set(codes(WELL)) == {Code.RECOGNISED, Code.OPENS, Code.WEIGHT, Code.READABLE}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (seen(missing=["data/ports.csv"]), Code.MISSING_FILES),
        (seen(misread=["data/ports.csv"]), Code.MISREAD_FILES),
        (seen(errors=["d3 is not defined"]), Code.SCRIPT_ERRORS),
        (seen(hosts=["api.example"]), Code.OTHER_HOSTS),
        (replace(WELL, copy={"hosts": ["tiles.example"]}), Code.OTHER_HOSTS),
        (replace(WELL, copy={"not_frozen": [{"url": "https://unpkg.com/x", "code": "gone"}]}), Code.NOT_FROZEN),
        (replace(WELL, bytes=40_000_000), Code.HEAVY),
        (seen(requests=400), Code.MANY_REQUESTS),
        (seen(plain={"wide": 1.0}, views={"wide": VIEW | {"text": 0}, "narrow": VIEW}), Code.BLANK),
        (seen(views={"wide": VIEW | {"text": 3}, "narrow": VIEW}), Code.NO_TEXT),
        (seen(views={"wide": VIEW, "narrow": VIEW | {"width": 980}}), Code.WIDE_ON_PHONE),
        (
            seen(views={"wide": VIEW | {"contrast": {"texts": 9, "low": 2, "examples": [["a", 2.1]]}}, "narrow": VIEW}),
            Code.LOW_CONTRAST,
        ),
        (replace(WELL, has_alternative=False), Code.NO_ALTERNATIVE),
        (replace(WELL, cited_missing=("Ports",)), Code.CITATION_NOT_FOUND),
        (replace(WELL, uncited=("Ports",)), Code.NOT_CITED),
        (replace(WELL, seen=None), Code.NOT_LOADED),
        (replace(WELL, seen=None, has_no_browser=True), Code.NO_BROWSER),
    ],
)
def test_each_fault_is_found_and_comes_first(facts, code):
    found = find(facts)
    assert found[0].code is code or code in {each.code for each in found if each.state != "ok"}
    assert found[0].state != "ok"


def test_hosts_that_an_edition_allows_are_no_warning():
    facts = replace(seen(hosts=["tiles.example", "evil.example"]), allowed_hosts=("tiles.example",))
    assert find(facts)[0].items == ("evil.example",)


def test_a_plain_page_with_text_is_not_blank_and_a_picture_needs_no_text():
    assert Code.BLANK not in codes(seen(plain={"wide": 0.999}))
    picture = replace(seen(plain={"wide": 1.0}, views={"wide": VIEW | {"text": 0}, "narrow": VIEW}), kind="image")
    assert not {Code.BLANK, Code.NO_TEXT} & set(codes(picture))


def test_another_release_is_named_and_the_same_one_is_not():
    copies = [
        {"url": "u", "path": "p", "instead": {"name": "d3", "asked": "7.8.2", "served": "7.9.2"}},
        {"url": "v", "path": "q", "instead": {"name": "leaflet", "asked": "1.9.4", "served": "1.9.4"}},
        {"url": "w", "path": "r"},
        {"url": "x", "path": "s", "instead": {"name": "vega", "asked": "5", "served": "5.33.1"}},
    ]
    found = next(each for each in find(replace(WELL, copy={"frozen": copies})) if each.code is Code.FROZEN)
    assert (found.count, found.params["instead"]) == (4, [("d3", "7.9.2", "7.8.2")])


def test_every_code_has_words_and_only_faults_of_a_work_may_refuse():
    assert set(SAID) == set(Code)
    assert set(CODE_WORDS) == set(MAY_BLOCK) and not FINE & set(MAY_BLOCK)
    assert Code.NOT_LOADED not in MAY_BLOCK and Code.NO_BROWSER not in MAY_BLOCK


@pytest.mark.parametrize(
    ("source", "found", "certain"),
    [
        (Source(sha256="a" * 64), True, True),
        (Source(sha256="b" * 64), False, False),
        (Source(url="https://data.example/ports.csv"), True, True),
        (Source(url="https://data.example/other.csv"), True, False),
        (Source(url="https://elsewhere.example/export?x=Ports_2024.csv"), False, False),
        (Source(url="https://elsewhere.example/files/Ports%202024.csv"), True, False),
        (Source(file_name="ports 2024.CSV"), True, False),
        (Source(file_name="data.csv"), False, False),
    ],
)
def test_a_citation_is_found_by_bytes_address_host_or_name(source, found, certain):
    files = [("site/Ports 2024.csv", "a" * 64), ("data.csv", "c" * 64)]
    contents = contents_of(files, ["https://data.example/ports.csv"])
    assert (is_found(source, contents), is_certain(source, contents)) == (found, certain)
