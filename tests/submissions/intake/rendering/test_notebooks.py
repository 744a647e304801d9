"""Notebooks as pages: every kind of output drawn from what was saved, nothing run, nothing able to break the page."""

import base64
import json
import re

import pytest

from hackaviz.kernel.confined import run_confined
from submissions.intake.rendering.page import _sheet, render_notebook
from tests.support.uploads import SVG, VEGA_LITE, image_bytes, json_bytes, notebook

PNG = base64.b64encode(image_bytes("PNG")).decode()


def shown(**data: object) -> dict[str, object]:
    """An output in these media types, their slashes and dots written as double underscores."""
    names = {"html": "text/html", "plain": "text/plain", "png": "image/png", "svg": "image/svg+xml"}
    names |= {"latex": "text/latex", "markdown": "text/markdown", "plotly": "application/vnd.plotly.v1+json"}
    names |= {"vega": "application/vnd.vegalite.v5+json"}
    return {"output_type": "display_data", "metadata": {}, "data": {names[name]: value for name, value in data.items()}}


def contrast(*colours: str) -> float:
    """The ratio of WCAG 2.2."""
    dark, light = sorted(map(luminance, colours))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.fixture
def page(tmp_path):
    """`page(notebook)`: the page of a notebook, without its head."""

    def page(document: dict[str, object]) -> str:
        source, target = tmp_path / "work.ipynb", tmp_path / "page.html"
        source.write_bytes(json_bytes(document))
        render_notebook(str(source), str(target))
        return target.read_text(encoding="utf-8")

    return page


def body(html: str) -> str:
    return html.partition("<main>")[2]


def test_texts_are_read_as_markdown_with_formulas_and_attachments(page):
    text = "# Les ports de la mer\n\nUne $x^2$ à 5 $ et 6 $\n\n|a|b|\n|-|-|\n|1|2|\n\n![m](attachment:m.png)"
    document = notebook(text=text)
    document["cells"][0]["attachments"] = {"m.png": {"image/png": PNG}}  # type: ignore[index]
    html = page(document)
    assert '<html lang="fr">' in html
    assert "<title>Les ports de la mer</title>" in html
    assert "<msup>" in html
    assert "5 $ et 6 $" in html
    assert "<td>2</td>" in html
    assert f'src="data:image/png;base64,{PNG}"' in html


def test_code_is_in_colours_and_kept_apart_from_markup(page):
    html = body(page(notebook(source="if a < b:\n    print('<script>')")))
    assert '<span class="k">if</span>' in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_every_colour_of_code_is_read_easily():
    sheet = _sheet()
    ground = re.search(r"--ground: #(\w{6})", sheet)[1]
    inks = re.findall(r"\.source [^{]*\{[^}]*?(?<!-)color: #(\w{6})", sheet)
    assert len(inks) > 20
    assert [ink for ink in inks if contrast(ink, ground) < 4.5] == []


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (shown(png=PNG), f'<img src="data:image/png;base64,{PNG}" alt="">'),
        (shown(svg=SVG.decode()), '<img src="data:image/svg+xml;base64,'),
        (shown(plain="an object", html="<b>bold</b>"), '<div class="html"><b>bold</b></div>'),
        (shown(plain="an object"), '<pre class="stream">an object</pre>'),
        (shown(latex="$$x^2$$"), "<msup>"),
        (shown(markdown="**bold**"), "<strong>bold</strong>"),
        (shown(plotly={"data": [{"y": [1]}]}, html="<div>"), 'data-plotly="{&quot;data&quot;'),
        (shown(vega=VEGA_LITE), 'data-vega="{'),
        (
            {"output_type": "stream", "name": "stdout", "text": ["10%\r100%\n", "\x1b[31mred\x1b[0m <b>"]},
            '<pre class="stream">100%\n<span class="ink-red">red</span> &lt;b&gt;</pre>',
        ),
        (
            {"output_type": "error", "ename": "E", "evalue": "no", "traceback": ["\x1b[1;38;5;196mE\x1b[0m: no"]},
            '<pre class="error"><span class="bold" style="color:rgb(255 0 0)">E</span>: no</pre>',
        ),
        ({"output_type": "pyout", "text": ["old ", "text"]}, '<pre class="stream">old text</pre>'),
        ({"output_type": "display_data", "png": PNG}, "data:image/png;base64,"),
        (shown(), ""),
    ],
)
def test_each_output_is_drawn_from_its_best_form(page, output, expected):
    assert expected in body(page(notebook(output)))


def test_libraries_are_loaded_only_where_a_figure_needs_them(page):
    assert "/vendor/" not in page(notebook(shown(html="<b>no figure</b>")))
    assert re.findall(r'src="/vendor/([\w.]+)"', page(notebook(shown(plotly={"data": []})))) == [
        "plotly.min.js",
        "notebook.js",
    ]


def test_an_output_cannot_break_the_page_nor_reach_it(page):
    unclosed = shown(html="<table><tr><td>1<!-- <script>alert(1)</script>")
    html = body(page(notebook(unclosed, shown(plain="after"))))
    assert "<script" not in html
    scripted = body(page(notebook(shown(html="<div id=x></div><script>draw('x')</script></main>"))))
    assert scripted.count("<script") == 0
    assert '<iframe class="live" sandbox="allow-scripts" title="" srcdoc="' in scripted
    assert "&lt;script&gt;draw(&#x27;x&#x27;)&lt;/script&gt;" in scripted


def test_hostile_markdown_runs_nothing(page):
    text = "<script>a()</script> [x](javascript:a()) <img src=x onerror=a()> <iframe src=//evil.example></iframe>"
    html = body(page(notebook(text=text)))
    assert not re.search(r"<script|<iframe|onerror|href=.javascript:", html)


def test_the_colours_of_a_table_stay(page):
    styled = "<style>#T_1 { background: gold }</style><table id='T_1'><tr><td>1</td></tr></table>"
    assert '<style>#T_1 { background: gold }</style><table id="T_1">' in body(page(notebook(shown(html=styled))))


def test_parts_that_the_author_folds_or_removes_are_folded_or_removed(page):
    document = notebook(shown(plain="shown"))
    cell = document["cells"][1]  # type: ignore[index]
    cell["metadata"] = {"jupyter": {"source_hidden": True}}
    assert "<details><summary>…</summary><pre" in body(page(document))
    cell["metadata"] = {"tags": ["remove_input"]}
    assert "plot" not in body(page(document))
    cell["metadata"] = {"tags": ["remove-cell"]}
    assert "shown" not in body(page(document))


def test_a_huge_output_is_cut(page):
    assert len(page(notebook(shown(plain="x" * 5_000_000)))) < 300_000


def test_it_runs_confined(tmp_path):
    source, target = tmp_path / "work.ipynb", tmp_path / "page.html"
    source.write_text(json.dumps(notebook(shown(plain="shown"))))
    run_confined("submissions.intake.rendering.page:render_notebook", str(source), str(target))
    assert "shown" in target.read_text()
