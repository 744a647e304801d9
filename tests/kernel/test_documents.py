"""Documents: the same values give the same bytes, tagged for screen readers, with fonts of their own and no network."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pikepdf
import pypdfium2
import pytest

from hackaviz.kernel import documents
from hackaviz.kernel.documents import render_pdf

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SAMPLE = """#import "/macros/document.typ": *
#let it = json(bytes(sys.inputs.values))
#show: paper.with(it)
= #it.title
#facts((("Where", it.place),))
#listing(("Name", "Sum"), it.rows, (1fr, auto), numbers: (1,))
#signatures(it.names, "Date", "signature")
"""


@pytest.fixture
def render(tmp_path, monkeypatch):
    """Renders a small document that uses every part of the shared look."""
    (tmp_path / "macros").mkdir()
    shared = documents.TEMPLATES / "macros" / "document.typ"
    (tmp_path / "macros" / "document.typ").write_text(shared.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "sample.typ").write_text(SAMPLE, encoding="utf-8")
    monkeypatch.setattr(documents, "TEMPLATES", tmp_path)
    values = {"title": "Procès-verbal", "language": "fr", "place": "Fos", "rows": [["A", "1"]], "names": ["Zoé"]}
    return lambda at=AT, **changed: render_pdf("sample.typ", values | changed, at=at)


def opened(pdf, tmp_path):
    path = tmp_path / "document.pdf"
    path.write_bytes(pdf)
    return pikepdf.open(path)


def test_the_same_values_give_the_same_bytes_in_any_time_zone(render):
    elsewhere = AT.astimezone(timezone(timedelta(hours=5)))
    assert render() == render(at=elsewhere)
    assert render() != render(place="Port-Vendres")


def test_a_document_is_tagged_and_says_its_language_and_title(render, tmp_path):
    with opened(render(), tmp_path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("fr")
        metadata = str(pdf.Root.Metadata.read_bytes(), "utf-8")
    assert re.search(r"pdfuaid:part\D+1\b", metadata) and "Procès-verbal" in metadata


def test_signs_that_french_sets_apart_never_begin_or_end_a_line(render):
    typed = "Quel avenir ? Le « port » : ici ; là !"
    for language, told in (
        ("fr", "Quel avenir\u00a0? Le «\u00a0port\u00a0»\u00a0: ici\u00a0; là\u00a0!"),
        ("en", typed),
    ):
        with pypdfium2.PdfDocument(render(place=typed, language=language)) as pdf:
            assert told in pdf[0].get_textpage().get_text_range()


def test_what_people_typed_is_text_and_never_a_command(render):
    assert render(place='#read("/etc/passwd") *bold* $x$ = heading').startswith(b"%PDF")


def test_no_template_fetches_a_package_or_names_a_font_of_the_machine():
    for path in documents.TEMPLATES.rglob("*.typ"):
        text = path.read_text(encoding="utf-8")
        assert "@preview" not in text, path
        assert set(re.findall(r'font: "([^"]+)"', text)) <= {"Libertinus Serif", "DejaVu Sans Mono"}, path
