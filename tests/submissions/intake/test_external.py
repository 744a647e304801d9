import time

import pytest

from submissions.intake.external import external_hosts


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.html", "<script src='https://x.example/a.js'></script>"),
        ("a.html", "<SCRIPT SRC=//x.example/a.js></SCRIPT>"),
        ("a.html", '<link rel="stylesheet" href="https://x.example/a.css">'),
        ("a.html", '<link rel="preload icon" href="//x.example/a">'),
        ("a.html", '<img alt="a > b" src="https://X.example:8080/a">'),
        ("a.html", '<img srcset="a.png 1x, https://x.example/b.png 2x">'),
        ("a.html", '<iframe src="https://x.example/"></iframe>'),
        ("a.html", '<video poster="https://x.example/p"><source src="b.mp4"></video>'),
        ("a.html", '<object data="https://x.example/a"></object>'),
        ("a.html", '<base href="https://x.example/">'),
        ("a.html", '<svg><image xlink:href="https://x.example/a"/></svg>'),
        ("a.html", '<div style="background: url(&quot;https://x.example/a&quot;)">'),
        ("a.html", "<style>@import url(https://x.example/a.css);</style>"),
        ("a.html", "<script>fetch('https://x.example/a')</script>"),
        ("a.html", '<script type="importmap">{"imports": {"d3": "https://x.example/d3"}}</script>'),
        ("a.html", '<script type="application/json">{"source": "https://x.example/a"}</script>'),
        ("a.html", '<iframe srcdoc="&lt;script src=https://x.example/a.js&gt;"></iframe>'),
        ("a.css", '@import "https://x.example/a.css";'),
        ("a.css", "@font-face { src: url( '//x.example/a.woff2' ) }"),
        ("a.js", 'import * as d3 from "https://x.example/+esm"'),
        ("a.js", 'import"https://x.example/a"'),
        ("a.mjs", "const m = await import('https://x.example/a')"),
        ("a.js", "d3.csv('https://x.example/rows')"),
        ("a.js", "$.getJSON( 'https://x.example/rows' )"),
        ("a.js", "request.open('GET', 'https://x.example/rows')"),
        ("a.js", "L.tileLayer('https://x.example/{z}/{x}/{y}.png')"),
        ("a.js", "L.tileLayer('https://{s}.x.example/{z}/{x}/{y}.png')"),
        ("a.js", "image.src = `https://x.example/a`"),
        ("a.js", "new WebSocket('wss://x.example/live')"),
        ("a.js", "const SOURCE = 'https://x.example/ports.geojson'"),
        ("a.json", '{"sprite": "https://x.example/s"}'),
        ("a.json", '{"tiles": ["https://x.example/t"]}'),
        ("a.json", '{"data": {"url": "https://x.example/rows.csv"}}'),
        ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><use href="https://x.example/a#b"/></svg>'),
    ],
)
def test_what_is_loaded_is_found(path, text):
    assert external_hosts(path, text) == {"x.example"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.html", '<a href="https://x.example/a.csv">data</a>'),
        ("a.html", '<html xmlns="http://www.w3.org/1999/xhtml">'),
        ("a.html", '<link rel="canonical" href="https://x.example/">'),
        ("a.html", '<meta property="og:image" content="https://x.example/a.png">'),
        ("a.html", "<!-- <script src='https://x.example/a.js'></script> -->"),
        ("a.html", "<p>See https://x.example/a.js</p>"),
        ("a.html", '<img src="data:image/png;base64,//x.example">'),
        ("a.html", '<script type="application/ld+json">{"url": "https://x.example/a.png"}</script>'),
        ("a.js", "// see https://x.example/a.js"),
        ("a.js", "const ns = 'http://www.w3.org/2000/svg'"),
        ("a.js", "const page = 'https://x.example/about'"),
        ("a.js", "html = '<a href=\"https://x.example/a.csv\">'"),
        ("a.js", "x = '//# sourceMappingURL=a.js.map'"),
        ("a.json", '{"$schema": "https://vega.github.io/schema/vega-lite/v5.json"}'),
        ("a.json", '{"name": "Fos", "url": "https://x.example/fos"}'),
        ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><a href="https://x.example/"/></svg>'),
        ("a.csv", "port,url\nFos,https://x.example/a.js"),
        ("a.html", "<img src='https://[broken/a.png'>"),
        ("a.html", "<img src='relative/a.png'><img src='/rooted/a.png'>"),
    ],
)
def test_what_is_only_named_is_not(path, text):
    assert external_hosts(path, text) == set()


@pytest.mark.parametrize(
    "piece", ['<a "', "<script ", "<!--", "<img src='", "</", "<style>", "<a b=", "<svg/", "url(", "'//"]
)
def test_pages_made_to_slow_a_reader_down_do_not(piece):
    page = piece * (2_000_000 // len(piece))
    started = time.process_time()
    external_hosts("a.html", page)
    external_hosts("a.js", page)
    external_hosts("a.css", page)
    assert time.process_time() - started < 5
