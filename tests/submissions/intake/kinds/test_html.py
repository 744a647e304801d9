import pytest


@pytest.mark.parametrize(
    "page",
    [
        b"<h1>Ports</h1>",
        b"\n\n<!-- made by hand -->\n<!DOCTYPE html>\n<html></html>",
        b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html></html>',
        "<html>été</html>".encode("utf-16"),
        "<p>été</p>".encode("latin-1"),
        b"<my-app></my-app><script src=app.js></script>",
        b"<dialog open>Ports</dialog>",
        b"<!--" + b"licence " * 2000 + b"--><html></html>",
    ],
)
def test_pages_are_recognised_however_they_begin(codes, page):
    assert codes(page, "page.html") == []


def test_a_page_of_blanks_is_not_one(codes):
    assert codes(b"  \n ", "page.html") == ["empty"]


def test_hosts_that_the_page_loads_from_are_listed_once_in_order(check):
    page = b"""<!doctype html><html xmlns="http://www.w3.org/1999/xhtml"><head>
      <script src="https://d3js.org/d3.v7.min.js"></script><link rel=stylesheet href=//fonts.example/css>
      <link rel="canonical" href="https://canonical.example/"></head>
      <body><a href="https://link.example/">read</a><img src="https://d3js.org/logo.png"></body></html>"""
    assert check(page, "page.html").external_hosts == ("d3js.org", "fonts.example")
