"""Markdown: whatever people write becomes clean HTML whose headings fit the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hackaviz.kernel.markdown import render_markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# A\n## B", "<h3>A</h3>\n<h4>B</h4>\n"),
        ("### A\n#### B\n### C", "<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>\n"),
        ("###### A", "<h3>A</h3>\n"),
    ],
)
def test_the_highest_heading_stands_right_under_the_pages_own(text, html):
    assert render_markdown(text) == html


def test_headings_can_begin_higher_on_a_page_that_has_only_its_title():
    assert render_markdown("## A\n### B", top=2) == "<h2>A</h2>\n<h3>B</h3>\n"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://elsewhere.example/pixel.png)",
        '<img src=x onerror="alert(1)">',
        "<style>body{display:none}</style>",
    ],
)
def test_nothing_active_and_no_request_to_others_comes_out(hostile):
    html = render_markdown(hostile)
    for forbidden in ("<script", "<img", "<style", 'href="javascript', 'href="data'):
        assert forbidden not in html


@given(st.text(alphabet="#*_`[]()<>!\\ \nabc|-1.", max_size=80))
def test_any_text_is_rendered(text):
    assert "<script" not in render_markdown(text)
