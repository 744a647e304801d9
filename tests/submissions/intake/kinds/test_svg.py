import time

import pytest

from tests.support.uploads import SVG

START = b'<svg xmlns="http://www.w3.org/2000/svg" %s><rect/>%s</svg>'


def test_its_size_is_told_in_pixels_of_the_screen(check):
    assert check(SVG, "map.svg").facts == {"width": 200, "height": 100}
    assert check(START % (b'width="210mm" height="297mm"', b""), "map.svg").facts == {"width": 794, "height": 1123}
    assert check(START % (b'width="100%" viewBox="0 0 9 9"', b""), "map.svg").facts == {}


def test_hosts_that_the_drawing_loads_from_are_listed_and_links_are_not(check):
    content = START % (
        b'xmlns:xlink="http://www.w3.org/1999/xlink"',
        (
            b"<style>@import url(https://fonts.example/a.css)</style><image href='https://img.example/a.png'/>"
            b"<a href='https://read.example'><text>a</text></a><script href='https://js.example/a.js'/>"
        ),
    )
    assert check(content, "map.svg").external_hosts == ("fonts.example", "img.example", "js.example")


@pytest.mark.parametrize("reference", ["#route", "data:image/png;base64,AA", "coast.png", "https://img.example/a.png"])
def test_references_that_name_no_file_of_a_computer_are_accepted(codes, reference):
    assert codes(START % (b"", f"<image href='{reference}'/>".encode()), "map.svg") == []


@pytest.mark.parametrize(
    "reference", ["FILE:///etc/passwd", "fi&#10;le:a.png", "file:a.png", "/home/jane/a.png", "C:/a.png", "\\\\host\\a"]
)
def test_references_to_files_of_a_computer_are_refused(codes, reference):
    assert codes(START % (b"", f"<image href='{reference}'/>".encode()), "map.svg") == ["not-allowed"]
    assert codes(START % (b"", f"<a href='{reference}'/>".encode()), "map.svg") == []


@pytest.mark.parametrize(
    "drawing",
    [
        START % (b"xml:base='file:///etc/'", b"<image href='passwd'/>"),
        START % (b"", b"<image><set attributeName='href' to='file:///etc/passwd'/></image>"),
        START % (b"", b"<rect filter='url(file:///etc/passwd#a)'/>"),
        b"<?xml-stylesheet href='file:///a.css'?>" + START % (b"", b""),
    ],
)
def test_a_file_of_a_computer_is_found_wherever_a_drawing_names_it(codes, drawing):
    assert codes(drawing, "map.svg") == ["not-allowed"]


def test_what_a_drawing_program_notes_for_itself_is_no_reference(codes):
    noted = b"xmlns:i='http://www.inkscape.org/namespaces/inkscape' i:export-filename='file:///home/jane/a.png'"
    assert codes(START % (noted, b""), "map.svg") == []


@pytest.mark.parametrize("start", [b"<!-- made from map.html: <html> -->", b"<?xml version='1.0'?>\n<!-- a -->\n"])
def test_a_drawing_is_recognised_however_it_begins(codes, start):
    assert codes(start + START % (b"", b""), "map.svg") == []
    prefixed = b"<ns0:svg xmlns:ns0='http://www.w3.org/2000/svg'><ns0:rect width='9' height='9'/></ns0:svg>"
    assert codes(start + prefixed, "map.svg") == []


def test_a_picture_of_some_megabytes_within_a_drawing_is_read_in_no_time(codes):
    picture = b"<image href='data:image/png;base64," + b"A" * 6_000_000 + b"'/>"
    start = time.process_time()
    assert codes(START % (b"", picture), "map.svg") == []
    assert time.process_time() - start < 5


def test_the_line_of_the_fault_is_told(check):
    assert "line 3" in check(b'<svg xmlns="http://www.w3.org/2000/svg">\n<g>\n</svg>', "map.svg").reasons[0].detail()


def test_a_harmless_entity_may_not_hide_another(codes):
    for value in (b"http://a&amp;b", b"not an address", b"http://%x;"):
        content = b'<!DOCTYPE svg [<!ENTITY ns "%s">]>' % value + START % (b"", b"")
        assert codes(content, "map.svg") == ["not-allowed"]
