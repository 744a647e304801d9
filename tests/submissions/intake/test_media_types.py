import pytest

from submissions.intake.charset import decode, detect_charset
from submissions.intake.media_types import media_type


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("INDEX.HTM", "text/html; charset=utf-8"),
        ("app.js", "text/javascript; charset=utf-8"),
        ("app.mjs", "text/javascript; charset=utf-8"),
        ("style.css", "text/css; charset=utf-8"),
        ("ports.csv", "text/csv; charset=utf-8"),
        ("ports.json", "application/json"),
        ("ports.geojson", "application/geo+json"),
        ("ports.topojson", "application/json"),
        ("module.wasm", "application/wasm"),
        ("drawing.svg", "image/svg+xml"),
        ("a.woff", "font/woff"),
        ("a.woff2", "font/woff2"),
        ("a.ttf", "font/ttf"),
        ("a.otf", "font/otf"),
        ("poster.pdf", "application/pdf"),
        ("program.exe", "application/octet-stream"),
        ("noend", "application/octet-stream"),
        ("html", "application/octet-stream"),
    ],
)
def test_each_file_has_the_type_that_browsers_need(path, expected):
    assert media_type(path, lambda: [b"plain"]) == expected


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("<p>été</p>".encode(), "utf-8", "<p>été</p>"),
        ("\ufeff<p>été</p>".encode(), "utf-8", "<p>été</p>"),
        ("<p>été</p>".encode("latin-1"), "windows-1252", "<p>été</p>"),
        ("<p>l’été à 3 €</p>".encode("cp1252"), "windows-1252", "<p>l’été à 3 €</p>"),
        ('<meta charset="iso-8859-1"><p>été'.encode("latin-1"), "windows-1252", '<meta charset="iso-8859-1"><p>été'),
        ("<meta charset=windows-1251>Порт".encode("cp1251"), "windows-1251", "<meta charset=windows-1251>Порт"),
        ('@charset "iso-8859-15"; €'.encode("iso-8859-15"), "iso-8859-15", '@charset "iso-8859-15"; €'),
        ("<p>été</p>".encode("utf-16"), "utf-16le", "<p>été</p>"),
        ("<meta charset=utf-7>été".encode(), "utf-8", "<meta charset=utf-7>été"),
        ("<meta charset=zip>été".encode(), "utf-8", "<meta charset=zip>été"),
        ("<meta charset=iso-8859-99>été".encode(), "utf-8", "<meta charset=iso-8859-99>été"),
        (b"", "utf-8", ""),
    ],
)
def test_accents_come_out_right(content, charset, text):
    assert detect_charset([content]) == charset
    assert decode(content) == text


def test_a_character_cut_between_two_pieces_is_whole():
    content = "é".encode()
    assert detect_charset([b"a", content[:1], content[1:]]) == "utf-8"
    assert detect_charset([b"a", content[:1]]) == "windows-1252"
