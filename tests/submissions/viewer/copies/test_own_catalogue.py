"""Works that load a file of this installation's own catalogue by its address show it, without asking anybody."""

import io
import json

import pytest

from challenges.catalogue.models import Resource
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.jobs import transactions
from hackaviz.web.database import sessions
from submissions.viewer.addresses import work_url
from submissions.viewer.copies.addresses import own_address, own_path
from submissions.viewer.copies.making import CopyMaker
from submissions.viewer.copies.models import CopyState, ShownCopy
from submissions.viewer.copies.queries import shown_file
from submissions.viewer.copies.service import ask_for_copy
from tests.factories import both, make_dataset, save
from tests.support.client import BASE_URL
from tests.support.uploads import zip_bytes

pytestmark = [pytest.mark.database("sqlite"), pytest.mark.storage("disk")]
CSV = "port,escales\nSète,3\n".encode("windows-1252")


@pytest.fixture
def data(session, files):
    """Adds a file to a dataset; its address, and the path of its copy in a work."""

    def data(content: bytes = CSV, **values) -> tuple[str, str]:
        defaults = {
            "format": "csv",
            "file_name": "Escales 2026.csv",
            "storage_key": files.write(io.BytesIO(content)).key,
        }
        row = save(session, Resource(dataset=make_dataset(session), title=both("Escales"), **defaults | values))
        path = f"/catalogue/{row.dataset.slug}/files/{row.id}"
        return BASE_URL + path, f"_frozen/127.0.0.1{path}/{row.file_name.replace(' ', '_')}"

    return data


@pytest.fixture
def copy(app, session, files):
    """Makes the shown copy of an upload as the job process does; a request to anybody fails the test."""

    class Nobody:
        def __init__(self, _folder) -> None:
            pass

        def obtain(self, address: str):
            raise AssertionError(f"{address} was asked for")

    def copy(upload) -> ShownCopy:
        ask_for_copy(session, upload, utc_now())
        session.commit()
        with app.app_context():
            CopyMaker(files, BASE_URL, Nobody).make_due(transactions(sessions().writing), utc_now())
        session.expire_all()
        return session.query(ShownCopy).one()

    return copy


def chart(*addresses: str) -> bytes:
    layers = [{"data": {"url": each}, "mark": "bar"} for each in addresses]
    return json.dumps({"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "layer": layers}).encode()


def test_the_content_host_serves_a_specification_that_names_the_copy_and_the_copy(
    copy, make_work, data, content_client, address
):
    own, path = data()
    spelt = [own, own.replace("http:", "https:"), f"{own}?download=1#rows", own.removeprefix("http:")]
    upload = make_work("chart.vl", chart(*spelt).replace(b"/", b"\\/"))
    made = copy(upload)
    assert (made.state, made.report["not_frozen"], made.report["hosts"]) == (CopyState.READY, [], [])
    assert made.report["frozen"] == [{"url": own, "path": path}]
    assert own in made.report["urls"], "citations are looked for in what the team wrote"
    folder = address(work_url, upload, utc_now())
    shown = json.loads(content_client.get(f"{folder}{upload.entry_point}").data)
    assert [layer["data"]["url"] for layer in shown["layer"]] == [f"./{path}"] * len(spelt)
    served = content_client.get(folder + path)
    assert (served.status_code, served.data, served.mimetype) == (200, CSV, "text/csv")


def test_pages_sheets_scripts_and_figures_find_the_copy(copy, make_work, data, session, files):
    own, path = data(b'{"url": "https://cdn.jsdelivr.net/npm/a"}', format="geojson", file_name="ports.geojson")
    site = {
        "index.html": f'<!doctype html><img src="{own}"><script>draw("{own}"); s = {{"u":"{own}"}}</script>',
        "src/a.css": f"body {{ background: url({own}) }}",
        "src/a.js": f"fetch('{own}'); const a = {{href: '{own}'}}; t = \"{own.replace('/', chr(92) + '/')}\"",
        "figure.json": json.dumps({"data": [{"type": "choropleth", "geojson": own}], "note": own}),
    }
    upload = make_work("site.zip", zip_bytes({name: text.encode() for name, text in site.items()}))
    copy(upload)

    def shown(name: str) -> bytes:
        with files.open(shown_file(session, upload, name).storage_key) as stream:
            return stream.read()

    expected = {name: text.replace(own, f"./{path}") for name, text in site.items()}
    assert shown("index.html").decode() == expected["index.html"]
    assert shown("src/a.css").decode() == f"body {{ background: url(../{path}) }}"
    assert shown("src/a.js").decode() == f"fetch('./{path}'); const a = {{href: '{own}'}}; t = \"./{path}\""
    assert json.loads(shown("figure.json")) == {"data": [{"type": "choropleth", "geojson": f"./{path}"}], "note": own}
    assert shown(path) == b'{"url": "https://cdn.jsdelivr.net/npm/a"}', "data is no library: it stays as it is"


def test_what_is_not_kept_here_is_told_and_the_original_stays(copy, make_work, data, session):
    link, _path = data(storage_key=None, url="https://data.example/ports.csv")
    lost, _path = data(storage_key="sha256/00/00/gone")
    upload = make_work("chart.vl", chart(link, lost, f"{BASE_URL}/catalogue/none/files/1"))
    before = shown_file(session, upload, "chart.vl").sha256
    made = copy(upload)
    assert [each["code"] for each in made.report["not_frozen"]] == ["not-in-catalogue"] * 3
    assert shown_file(session, upload, "chart.vl").sha256 == before


@pytest.mark.parametrize(
    "url",
    [
        "https://data.example/catalogue/escales/files/7",
        "https://hackaviz.example:8443/catalogue/escales/files/7",
        "https://hackaviz.example@data.example/catalogue/escales/files/7",
        "https://hackaviz.example/catalogue/escales/files/7/chart.json",
        "https://hackaviz.example/catalogue/escales",
        "https://hackaviz.example:port/catalogue/escales/files/7",
        "ftp://hackaviz.example/catalogue/escales/files/7",
        "/catalogue/escales/files/7",
    ],
)
def test_other_addresses_are_not_of_the_catalogue(url):
    assert own_address(url, "https://hackaviz.example") is None


@pytest.mark.parametrize(
    ("file_name", "data_format", "name"),
    [
        ("ports.txt", "csv", "ports.csv"),
        ("ports", "tsv", "ports.tsv"),
        ("Ports.JSON", "geojson", "Ports.JSON"),
        ("communes.zip", "shapefile", "communes.zip"),
        ("", "csv", "data.csv"),
    ],
)
def test_the_name_of_a_copy_says_how_to_read_it(file_name, data_format, name):
    address = "https://hackaviz.example/catalogue/a/files/7"
    assert (
        own_path(address, file_name=file_name, data_format=data_format)
        == f"_frozen/hackaviz.example/catalogue/a/files/7/{name}"
    )
