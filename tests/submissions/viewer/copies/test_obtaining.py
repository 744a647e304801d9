"""What is copied in: from the host itself, or from the libraries that are kept here."""

import hashlib
import json

import pytest

from hackaviz.kernel.fetch.fetching import Fetcher, FetchLimits
from submissions.viewer.copies.cdns import is_known, release_of
from submissions.viewer.copies.library import FOLDER, find_kept
from submissions.viewer.copies.obtaining import NotCopied, Obtainer
from tests.support.other_host import other_host, page

NOWHERE = Fetcher(resolve=lambda _host, _port: [], may_visit=is_known)


@pytest.fixture
def cdn(tmp_path):
    """A server that answers for every known host, and an obtainer that asks it."""
    with other_host({}) as host:
        fetcher = Fetcher(
            resolve=lambda _host, _port: [host.place],
            allow=frozenset([host.place]),
            may_visit=is_known,
            limits=FetchLimits(bytes=10_000, seconds=2),
        )
        yield host, Obtainer(tmp_path, fetcher)


def test_a_library_comes_from_its_host(cdn):
    host, obtainer = cdn
    host.answers["/npm/lib@1"] = page(b"", status=302, Location="http://cdn.jsdelivr.net/npm/lib@1.2.3/lib.min.js")
    host.answers["/npm/lib@1.2.3/lib.min.js"] = page(b"let lib = 1", "application/javascript; charset=utf-8")
    copied = obtainer.obtain("http://cdn.jsdelivr.net/npm/lib@1")
    assert copied.disk.read_bytes() == b"let lib = 1" and copied.kept is None
    assert copied.path == "_frozen/cdn.jsdelivr.net/npm/lib@1.js"
    assert copied.answered == "http://cdn.jsdelivr.net/npm/lib@1.2.3/lib.min.js", "its imports are relative to this"
    assert copied.media_type == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("away", ["http://elsewhere.example/x.js", "http://127.0.0.1/x.js"])
def test_a_known_host_leads_nowhere_else(cdn, away):
    host, obtainer = cdn
    host.answers["/x.js"] = page(b"", status=302, Location=away)
    with pytest.raises(NotCopied) as refused:
        obtainer.obtain("http://unpkg.com/x.js")
    assert refused.value.code == "host-not-allowed" and host.asked == ["/x.js"]


def test_what_is_too_large_or_gone_is_not_copied(cdn):
    host, obtainer = cdn
    host.answers["/large.js"] = page(b"x" * 10_001)
    for path, code in (("large.js", "too-many-bytes"), ("gone.js", "refused-by-host")):
        with pytest.raises(NotCopied) as refused:
            obtainer.obtain(f"http://unpkg.com/{path}")
        assert refused.value.code == code


def test_a_host_that_does_not_answer_is_asked_once(tmp_path):
    asked = []

    def resolve(host, _port):
        asked.append(host)
        raise OSError

    obtainer = Obtainer(tmp_path, Fetcher(resolve=resolve, may_visit=is_known))
    for path in ("a.js", "b.js"):
        with pytest.raises(NotCopied):
            obtainer.obtain(f"https://unpkg.com/own-thing@1/{path}")
    assert asked == ["unpkg.com"]


@pytest.mark.parametrize(
    ("url", "name", "served"),
    [
        ("https://d3js.org/d3.v7.min.js", "d3", "7.9.2"),
        ("https://d3js.org/d3.v5.js", "d3", "5.16.0"),
        ("https://cdn.jsdelivr.net/npm/d3@7.8.2/dist/d3.min.js", "d3", "7.9.2"),
        ("https://cdn.jsdelivr.net/npm/d3", "d3", "7.9.2"),
        ("https://unpkg.com/leaflet@1.7.1/dist/leaflet.css", "leaflet", "1.9.4"),
        ("https://unpkg.com/leaflet@1.7.1/dist/images/marker-icon.png", "leaflet", "1.9.4"),
        ("https://cdnjs.cloudflare.com/ajax/libs/Chart.js/3.5.0/chart.min.js", "chart.js", "3.9.1"),
        ("https://cdn.jsdelivr.net/npm/chart.js@4.4.0/dist/chart.umd.js", "chart.js", "4.6.1"),
        ("https://cdnjs.cloudflare.com/ajax/libs/twitter-bootstrap/4.5.0/css/bootstrap.min.css", "bootstrap", "4.6.2"),
        ("https://maxcdn.bootstrapcdn.com/bootstrap/4.0.0/js/bootstrap.min.js", "bootstrap", "4.6.2"),
        ("https://code.jquery.com/jquery-3.6.0.slim.min.js", "jquery", "3.8.0"),
        ("https://ajax.googleapis.com/ajax/libs/jquery/3.2.1/jquery.min.js", "jquery", "3.8.0"),
        ("https://cdn.plot.ly/plotly-2.27.0.min.js", "plotly.js (cartesian)", "2.35.3"),
        ("https://cdn.plot.ly/plotly-3.0.1.min.js", "plotly.js (cartesian)", "3.7.0"),
        ("https://cdn.plot.ly/plotly-4.1.1.min.js", "plotly.js (cartesian)", "4.1.1"),
        ("https://cdn.plot.ly/plotly-basic-2.27.0.min.js", "plotly.js (cartesian)", "2.35.3"),
        ("https://cdn.jsdelivr.net/npm/vega@5", "vega", "5.33.1"),
        ("https://cdn.jsdelivr.net/npm/topojson-client@3", "topojson-client", "3.1.0"),
        ("https://cdn.jsdelivr.net/npm/world-atlas@2/countries-110m.json", "world-atlas", "2.0.2"),
        ("https://cdn.jsdelivr.net/npm/@observablehq/plot@0.6/+esm", "@observablehq/plot", "0.6.17"),
        ("https://esm.sh/d3@7.1.0", "d3", "7.9.2"),
    ],
)
def test_without_a_network_the_same_major_version_stands_in(tmp_path, url, name, served):
    copied = Obtainer(tmp_path, NOWHERE).obtain(url)
    assert (copied.kept.name, copied.kept.served) == (name, served)
    assert copied.disk.stat().st_size > 500


@pytest.mark.parametrize(
    "url",
    [
        "https://d3js.org/d3.v3.min.js",
        "https://cdn.plot.ly/plotly-latest.min.js",
        "https://cdn.plot.ly/plotly-1.58.4.min.js",
        "https://cdn.plot.ly/plotly-geo-2.27.0.min.js",
        "https://cdn.jsdelivr.net/npm/d3@7/dist/other.js",
        "https://cdn.jsdelivr.net/gh/someone/d3@7/d3.min.js",
        "https://unpkg.com/leaflet@2.0.0/dist/leaflet.js",
        "https://esm.sh/leaflet@1",
        "https://unpkg.com/@evil/d3@7/dist/d3.min.js",
        "https://cdn.jsdelivr.net/npm/us-atlas@3/states-10m.json",
    ],
)
def test_nothing_else_stands_in(tmp_path, url):
    with pytest.raises(NotCopied):
        Obtainer(tmp_path, NOWHERE).obtain(url)


def test_a_classic_library_is_a_module_where_one_is_asked_for():
    kept = find_kept("https://cdn.jsdelivr.net/npm/d3@7/+esm")
    assert b"export default whole;" in kept.content and b" as scaleLinear," in kept.content
    plot = find_kept("https://esm.sh/@observablehq/plot").content
    assert plot.startswith(b'import * as d3 from "https://cdn.jsdelivr.net/npm/d3@7/+esm";')


def test_an_address_says_which_release_it_asks_for():
    release = release_of("https://cdn.jsdelivr.net/npm/@observablehq/runtime@5.2/dist/runtime.js")
    assert (release.name, release.version, release.file) == ("@observablehq/runtime", "5.2", "dist/runtime.js")


def test_kept_libraries_are_those_of_the_manifest():
    packages = json.loads((FOLDER / "manifest.json").read_text())
    declared = {"manifest.json"}
    for package in packages:
        assert package["licence"] in {"MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause"}
        assert (FOLDER / package["licence_file"]).stat().st_size > 300
        declared.add(package["licence_file"])
        for file in package["files"]:
            declared.add(file["file"])
            assert hashlib.sha256((FOLDER / file["file"]).read_bytes()).hexdigest() == file["sha256"], file["file"]
    found = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert found == declared
    assert sum((FOLDER / path).stat().st_size for path in found) < 8_000_000
