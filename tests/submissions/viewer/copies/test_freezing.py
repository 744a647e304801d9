"""Works as people export them, with what they load from well-known hosts copied in."""

import re
from pathlib import Path

import pytest

from submissions.intake.media_types import media_type
from submissions.viewer.copies.cdns import frozen_path
from submissions.viewer.copies.freezing import Text, freeze, write_copies
from submissions.viewer.copies.obtaining import Copied, NotCopied
from submissions.viewer.copies.scanning import scan_texts
from submissions.viewer.copies.stand_ins import stand_ins

JS, CSS, FONT = "text/javascript; charset=utf-8", "text/css; charset=utf-8", "font/woff2"
DELIVR, UNPKG = "https://cdn.jsdelivr.net/npm", "https://unpkg.com"


@pytest.fixture
def frozen(tmp_path):
    """Freezes texts by path, on an internet of addresses: the texts as shown, the copies, and what failed."""

    def frozen(texts: dict[str, str], internet: dict[str, tuple[str, str]], page: str = "index.html"):
        disks = [Text(path, _disk(tmp_path, text), media_type(path, lambda: [b""])) for path, text in texts.items()]

        def obtain(url: str) -> Copied:
            if url not in internet:
                raise NotCopied("refused-by-host")
            kind, content = internet[url]
            return Copied(url, url, frozen_path(url, kind), _disk(tmp_path, content), kind)

        found = freeze(disks, page=page, scan=scan_texts, obtain=obtain)
        shown = {path: content.decode() for path, content in found.rewritten.items()}
        return texts | shown, {copied.path: content.decode() for copied, content in write_copies(found)}, found.failures

    return frozen


def _disk(folder: Path, text: str) -> Path:
    path = folder / f"text-{len(list(folder.iterdir()))}"
    path.write_bytes(text.encode())
    return path


def test_a_d3_block_loads_its_copy_and_keeps_every_other_byte(frozen):
    page = """<!DOCTYPE html>
<meta charset="utf-8">\r
<!-- <script src="https://d3js.org/d3.v4.min.js"></script> -->
<script src="https://d3js.org/d3.v7.min.js" integrity="sha384-x" crossorigin="anonymous" charset="utf-8"></script>
<script src=//d3js.org/topojson.v1.min.js></script>
<a href="https://d3js.org/d3.v7.min.js">the library</a>
<p>Département : see https://d3js.org/d3.v7.min.js
<script>
// d3.csv("https://cdn.jsdelivr.net/npm/vega-datasets@2/data/airports.csv")
const url = 'https://cdn.jsdelivr.net/npm/world-atlas@2/countries-110m.json';
d3.json(url).then(world => draw(world, /https:\\/\\/d3js.org/, `${url}`));
</script>
"""
    internet = {
        "https://d3js.org/d3.v7.min.js": (JS, "var d3 = {};"),
        "https://d3js.org/topojson.v1.min.js": (JS, "var topojson = {};"),
        f"{DELIVR}/world-atlas@2/countries-110m.json": ("application/json", "{}"),
    }
    texts, copies, failures = frozen({"index.html": page}, internet)
    shown = texts["index.html"]
    assert '<script src="./_frozen/d3js.org/d3.v7.min.js"   charset="utf-8">' in shown
    assert "<script src=./_frozen/d3js.org/topojson.v1.min.js>" in shown
    assert "const url = './_frozen/cdn.jsdelivr.net/npm/world-atlas@2/countries-110m.json';" in shown
    assert shown.count("https://") == page.count("https://") - 2
    assert '<a href="https://d3js.org/d3.v7.min.js">' in shown and "\r\n" in shown and "Département" in shown
    assert copies["_frozen/d3js.org/d3.v7.min.js"] == "var d3 = {};" and len(copies) == 3 and not failures


@pytest.mark.parametrize(
    "use", ["localStorage.a = 1", "new Worker('w.js')", "window.sessionStorage.getItem('a')", "document.cookie = 'a=1'"]
)
def test_what_a_sandbox_takes_away_is_stood_in_for_before_the_first_script(frozen, use):
    page = "<!doctype html><meta charset=utf-8><p>é<script src=own.js></script><script>draw()</script>"
    texts, _copies, _failures = frozen({"index.html": page, "own.js": use, "other.html": "<p>No script"}, {})
    head, stands_in, rest = texts["index.html"].partition(stand_ins())
    assert (head + rest, bool(stands_in)) == (page, True)
    assert rest.startswith("<script src=own.js>")
    assert (texts["own.js"], texts["other.html"]) == (use, "<p>No script")


def test_a_module_graph_is_copied_whole_and_relative(frozen):
    page = """<script type="module">
import * as d3 from "https://cdn.jsdelivr.net/npm/d3@7/+esm";
import {Runtime, Inspector} from 'https://cdn.jsdelivr.net/npm/@observablehq/runtime@5/dist/runtime.js';
import define from "./notebook.js";
const Plot = await import(`https://esm.sh/@observablehq/plot`);
</script>"""
    internet = {
        f"{DELIVR}/d3@7/+esm": (JS, 'export*from"/npm/d3-array@3.2.4/+esm";import"/npm/d3-axis@3.0.0/+esm";'),
        f"{DELIVR}/d3-array@3.2.4/+esm": (JS, 'import{I as t}from"/npm/internmap@2.0.3/+esm";export{t}'),
        f"{DELIVR}/d3-axis@3.0.0/+esm": (JS, "export const axis = 1"),
        f"{DELIVR}/internmap@2.0.3/+esm": (JS, 'import"/npm/d3-array@3.2.4/+esm";export const I = 1'),
        f"{DELIVR}/@observablehq/runtime@5/dist/runtime.js": (JS, "export class Runtime {}"),
        "https://esm.sh/@observablehq/plot": (JS, 'export * from "/@observablehq/plot@0.6.17/es2022/plot.mjs";'),
        "https://esm.sh/@observablehq/plot@0.6.17/es2022/plot.mjs": (
            JS,
            'import "https://esm.sh/d3@7"; export default 1',
        ),
        "https://esm.sh/d3@7": (JS, "export default 3"),
    }
    notebook = (
        f'import "{DELIVR}/@observablehq/runtime@5/dist/runtime.js";\nexport default () => "https://example.org";'
    )
    texts, copies, failures = frozen({"index.html": page, "src/notebook.js": notebook}, internet)
    assert not failures and len(copies) == len(internet)
    assert 'from "./_frozen/cdn.jsdelivr.net/npm/d3@7/+esm.js"' in texts["index.html"]
    assert "import(`./_frozen/esm.sh/@observablehq/plot.js`)" in texts["index.html"]
    assert '"../_frozen/cdn.jsdelivr.net/npm/@observablehq/runtime@5/dist/runtime.js"' in texts["src/notebook.js"]
    assert 'from "./notebook.js"' in texts["index.html"] and "https://example.org" in texts["src/notebook.js"]
    nested = copies["_frozen/cdn.jsdelivr.net/npm/d3@7/+esm.js"]
    assert nested == 'export*from"../d3-array@3.2.4/+esm.js";import"../d3-axis@3.0.0/+esm.js";'
    assert 'from"../internmap@2.0.3/+esm.js"' in copies["_frozen/cdn.jsdelivr.net/npm/d3-array@3.2.4/+esm.js"]
    assert 'from "../' not in copies["_frozen/esm.sh/@observablehq/plot.js"]
    assert '"./plot@0.6.17/es2022/plot.mjs"' in copies["_frozen/esm.sh/@observablehq/plot.js"]


def test_fonts_are_copied_with_the_sheet_that_names_them(frozen):
    family = "https://fonts.googleapis.com/css2?family=Source+Sans+3:wght@400;700&display=swap"
    woff = "https://fonts.gstatic.com/s/sourcesans3/v15/x.woff2"
    page = f"""<link rel="preconnect" href="https://fonts.googleapis.com">
<link rel=preconnect href=https://fonts.gstatic.com crossorigin>
<link href="{family.replace("&", "&amp;")}" rel="stylesheet"><style>@import url('{family}');
h1 {{ background: url(https://example.org/a.png) }} /* url({woff}) */</style>"""
    sheet = f"/* latin */\r\n@font-face {{\r\n  src: url({woff}) format('woff2');\r\n}}"
    texts, copies, failures = frozen({"index.html": page}, {family: (CSS, sheet), woff: (FONT, "font")})
    assert not failures and len(copies) == 2
    assert "preconnect" not in texts["index.html"]
    path = next(path for path in copies if path.endswith(".css"))
    assert re.fullmatch(r"_frozen/fonts\.googleapis\.com/css2-[0-9a-f]{8}\.css", path)
    assert f'<link href="./{path}" rel="stylesheet">' in texts["index.html"]
    assert f"@import url('./{path}');" in texts["index.html"]
    assert "https://example.org/a.png" in texts["index.html"] and f"/* url({woff}) */" in texts["index.html"]
    assert "url(../fonts.gstatic.com/s/sourcesans3/v15/x.woff2)" in copies[path]


def test_r_htmlwidgets_keep_their_data(frozen):
    page = """<html><head>
<script src="libs/htmlwidgets-1.6.2/htmlwidgets.js"></script>
<link href="https://unpkg.com/leaflet@1.9.4/dist/leaflet.css" rel="stylesheet" />
<script src="https://unpkg.com/leaflet@1.9.4/dist/leaflet.js"></script>
</head><body>
<script type="application/json" data-for="htmlwidget-1">{"x":{"url":"//{s}.tile.openstreetmap.org/{z}/{x}/{y}.png",
"lib":"https://unpkg.com/leaflet@1.9.4/dist/leaflet.js"}}</script></body></html>"""
    internet = {
        f"{UNPKG}/leaflet@1.9.4/dist/leaflet.css": (CSS, ".a{background:url(images/layers.png)}"),
        f"{UNPKG}/leaflet@1.9.4/dist/images/layers.png": ("image/png", "png"),
        f"{UNPKG}/leaflet@1.9.4/dist/leaflet.js": (JS, "var L = 'https://leafletjs.com'"),
    }
    texts, copies, failures = frozen({"index.html": page}, internet)
    widget = page[page.index("<script type") :]
    assert texts["index.html"].endswith(widget), "the data of a widget is not touched"
    assert 'href="./_frozen/unpkg.com/leaflet@1.9.4/dist/leaflet.css"' in texts["index.html"]
    assert copies["_frozen/unpkg.com/leaflet@1.9.4/dist/leaflet.css"] == ".a{background:url(./images/layers.png)}"
    assert len(copies) == 3 and not failures


def test_quarto_and_a_site_in_a_folder_refer_upwards(frozen):
    page = """<base href="pages/"><link rel="stylesheet" href='https://cdn.jsdelivr.net/npm/katex@0.16/dist/katex.min.css'>
<img srcset="https://unpkg.com/a@1/small.png 480w, https://unpkg.com/a@1/large.png 2x, own.png" style="background: url('https://unpkg.com/a@1/back.png')">"""
    internet = {
        f"{DELIVR}/katex@0.16/dist/katex.min.css": (CSS, "a{}"),
        f"{UNPKG}/a@1/small.png": ("image/png", "s"),
        f"{UNPKG}/a@1/large.png": ("image/png", "l"),
        f"{UNPKG}/a@1/back.png": ("image/png", "b"),
    }
    texts, _copies, failures = frozen({"site/book/index.html": page}, internet, "site/book/index.html")
    up = "../../../_frozen"
    assert f"href='{up}/cdn.jsdelivr.net/npm/katex@0.16/dist/katex.min.css'" in texts["site/book/index.html"]
    assert (
        f'srcset="{up}/unpkg.com/a@1/small.png 480w, {up}/unpkg.com/a@1/large.png 2x, own.png"'
        in texts["site/book/index.html"]
    )
    assert f"url('{up}/unpkg.com/a@1/back.png')" in texts["site/book/index.html"] and not failures


def test_a_built_bundle_fetches_relative_to_the_page(frozen):
    bundle = (
        'const t="https://cdn.jsdelivr.net/npm/us-atlas@3/states-10m.json",n=new URL("https://unpkg.com/w@1/w.js",import.meta.url);'
        'fetch(t);const a={href:"https://unpkg.com/read/me.html"};el.href="https://unpkg.com/read/me.html";'
        'importScripts("https://unpkg.com/w@1/w.js")'
    )
    internet = {
        f"{DELIVR}/us-atlas@3/states-10m.json": ("application/json", "{}"),
        f"{UNPKG}/w@1/w.js": (JS, "1"),
        f"{UNPKG}/read/me.html": ("text/html", ""),
    }
    texts, copies, _failures = frozen({"index.html": "<script src=assets/i.js>", "assets/i.js": bundle}, internet)
    assert 't="./_frozen/cdn.jsdelivr.net/npm/us-atlas@3/states-10m.json"' in texts["assets/i.js"]
    assert 'new URL("../_frozen/unpkg.com/w@1/w.js",import.meta.url)' in texts["assets/i.js"]
    assert 'importScripts("../_frozen/unpkg.com/w@1/w.js")' in texts["assets/i.js"]
    assert texts["assets/i.js"].count("https://unpkg.com/read/me.html") == 2 and len(copies) == 2


def test_import_maps_lead_to_copies_folders_too(frozen):
    page = """<script type="importmap">{"imports": {"three": "https://unpkg.com/three@0.150/build/three.module.js",
"three/addons/": "https://unpkg.com/three@0.150/examples/jsm/"}}</script>
<script type="module">import * as THREE from 'three';
import {OrbitControls} from 'three/addons/controls/OrbitControls.js';</script>"""
    internet = {
        f"{UNPKG}/three@0.150/build/three.module.js": (JS, "export const a = 1"),
        f"{UNPKG}/three@0.150/examples/jsm/controls/OrbitControls.js": (
            JS,
            "import 'three'; import '../math/Capsule.js'",
        ),
        f"{UNPKG}/three@0.150/examples/jsm/math/Capsule.js": (JS, "export {}"),
    }
    texts, copies, failures = frozen({"index.html": page}, internet)
    assert '"three": "./_frozen/unpkg.com/three@0.150/build/three.module.js"' in texts["index.html"]
    assert '"three/addons/": "./_frozen/unpkg.com/three@0.150/examples/jsm/"' in texts["index.html"]
    assert "_frozen/unpkg.com/three@0.150/examples/jsm/controls/OrbitControls.js" in copies
    assert len(copies) == 3 and not failures


def test_a_framed_output_of_a_notebook_is_frozen_too(frozen):
    page = """<iframe srcdoc="&lt;script src=&quot;https://unpkg.com/leaflet@1/leaflet.js&quot;&gt;&lt;/script&gt;"></iframe>"""
    texts, _copies, _failures = frozen({"index.html": page}, {f"{UNPKG}/leaflet@1/leaflet.js": (JS, "1")})
    assert "src=&quot;./_frozen/unpkg.com/leaflet@1/leaflet.js&quot;" in texts["index.html"]


def test_other_hosts_and_what_fails_stay_as_they_are(frozen):
    page = '<script src="https://evil.example/x.js"></script><script src="https://unpkg.com/gone@1/x.js"></script>'
    texts, copies, failures = frozen({"index.html": page}, {"https://evil.example/x.js": (JS, "")})
    assert texts["index.html"] == page and copies == {}
    assert failures == {"https://unpkg.com/gone@1/x.js": "refused-by-host"}


def test_a_vega_specification_reads_the_copy_of_its_data(frozen):
    specification = '{"data": {"url": "https://cdn.jsdelivr.net/npm/vega-datasets@2/data/cars.json"}, "title": "//x"}'
    url = f"{DELIVR}/vega-datasets@2/data/cars.json"
    texts, copies, _failures = frozen({"c.json": specification}, {url: ("application/json", "[]")}, "c.json")
    assert (
        '"url": "./_frozen/cdn.jsdelivr.net/npm/vega-datasets@2/data/cars.json"' in texts["c.json"] and len(copies) == 1
    )


def test_bytes_of_any_character_set_survive(tmp_path):
    disk = tmp_path / "page"
    disk.write_bytes(
        '<meta charset=latin1><p>é</p><script src="https://unpkg.com/a@1/a.js"></script>'.encode("latin-1")
    )
    copy = tmp_path / "copy"
    copy.write_text("1")
    url = f"{UNPKG}/a@1/a.js"
    found = freeze(
        [Text("index.html", disk, "text/html")],
        page="index.html",
        scan=scan_texts,
        obtain=lambda url: Copied(url, url, frozen_path(url, JS), copy, JS),
    )
    assert found.rewritten["index.html"] == disk.read_bytes().replace(url.encode(), b"./_frozen/unpkg.com/a@1/a.js")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script src='https://unpkg.com/" + "x" * 100_000,
        "<style>" + "@import " * 5_000 + "url(https://unpkg.com/a)",
        "<script>" + "(" * 4_000 + "'https://unpkg.com/a'",
        "<script>`${" * 2_000 + "https://unpkg.com/",
        '<div style="background:url(\'https://unpkg.com/\\a">',
        '<script type=importmap>{"imports": {"a/": [1]}}</script>',
        "\0\ufffd<script src=https://unpkg.com/../../etc/passwd>",
    ],
)
def test_hostile_texts_end_in_something(frozen, hostile):
    frozen({"index.html": hostile}, {})


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (f"{DELIVR}/d3@7", "_frozen/cdn.jsdelivr.net/npm/d3@7.js"),
        (f"{UNPKG}/../../etc/passwd", "_frozen/unpkg.com/etc/passwd.js"),
        (f"{UNPKG}/%2e%2e/%2e%2e/x.js", "_frozen/unpkg.com/x.js"),
        (f"{UNPKG}/a%20b%00c.js", "_frozen/unpkg.com/a_b_c.js"),
    ],
)
def test_copies_stand_in_their_own_folder(url, path):
    assert frozen_path(url, JS) == path
