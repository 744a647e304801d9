"""Documents: the same values give the same bytes, tagged for screen readers, with fonts of their own and no network."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pikepdf
import pypdfium2
import pytest

from hackaviz.kernel import documents
from hackaviz.kernel.documents import render_pdf
from tests.support.accessible import elements, faults

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SAMPLE = """#import "/macros/document.typ": *
#let it = json(bytes(sys.inputs.values))
#show: paper.with(it)
= #it.title
#facts((("Where", it.place),))
#listing(("Name", "Sum"), it.rows, (1fr, auto), numbers: (1,))
#image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"), alt: "Nothing")
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


def test_a_document_can_be_read_by_who_does_not_see_it(render, tmp_path):
    with opened(render(), tmp_path) as pdf:
        assert faults(pdf) == []
        assert str(pdf.Root.Lang).startswith("fr")
        assert pdf.open_metadata()["dc:title"] == "Procès-verbal"


def spoil(pdf, role, **changed):
    """Change the first element of a role: None takes a key away."""
    element = next(each for name, each in elements(pdf.Root.StructTreeRoot) if name == role)
    for key, value in changed.items():
        if value is None:
            del element[f"/{key}"]
        else:
            element[f"/{key}"] = value


def untitle(pdf):
    with pdf.open_metadata() as metadata:
        del metadata["dc:title"]


def forget_letters(pdf):
    for font in pdf.pages[0].Resources.Font.values():
        del font["/ToUnicode"]


SPOILED = {
    "no language": lambda pdf: pdf.Root.__delitem__("/Lang"),
    "not marked as tagged": lambda pdf: pdf.Root.__delitem__("/MarkInfo"),
    "the title is not shown": lambda pdf: pdf.Root.__delitem__("/ViewerPreferences"),
    "no title": untitle,
    "no structure": lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"),
    "draws outside of any tag": lambda pdf: pdf.pages[0].contents_add(b"0 0 9 9 re f"),
    "does not say which letters": forget_letters,
    "a Figure without words": lambda pdf: spoil(pdf, "Figure", Alt=None),
    "the head of a table": lambda pdf: spoil(pdf, "TH", A=None),
    "H3 after a heading of level 0": lambda pdf: spoil(pdf, "H1", S=pikepdf.Name.H3),
    "Paragraph is no role": lambda pdf: spoil(pdf, "TD", S=pikepdf.Name.Paragraph),
}


@pytest.mark.parametrize("fault", SPOILED)
def test_the_check_of_documents_finds_what_is_spoiled(render, tmp_path, fault):
    with opened(render(), tmp_path) as pdf:
        SPOILED[fault](pdf)
        assert any(fault in each for each in faults(pdf)), faults(pdf)


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
