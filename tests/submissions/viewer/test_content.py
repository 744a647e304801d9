"""The content host: what it serves, with which headers, and what it refuses."""

import gzip
import unicodedata
from datetime import timedelta
from io import BytesIO

import pytest

from challenges.editions.rules import Phase
from hackaviz.kernel.clock import utc_now
from submissions.viewer.addresses import alone_url, download_url, work_url
from submissions.viewer.copies.models import CopyState, ShownCopy
from submissions.viewer.models import Preview, PreviewState
from tests.support.client import BASE_URL, CONTENT_URL
from tests.support.uploads import image_bytes, pdf_bytes, zip_bytes

pytestmark = pytest.mark.database("sqlite")

FIGURE = b'{"data": [{"type": "sankey"}], "layout": {"title": {"text": "Ports"}}}'
WORKS = {
    "work.html": b"<!doctype html><html><title>x</title><h1>x</h1></html>",
    "work.png": image_bytes("PNG"),
    "work.pdf": pdf_bytes(2),
    "work.json": FIGURE,
}
SITE = {
    "Balises/index.html": "<!doctype html><html><title>x</title><h1>Département</h1></html>".encode("windows-1252"),
    "Balises/app.mjs": b"export const a = 1;",
    "Balises/data.geojson": b"{}",
    "Balises/carte dété.csv": b"a;b\n1;2\n",
    "Balises/logo.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
}


def assert_closed(answer) -> None:
    policy = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["sandbox"] == "allow-scripts"
    assert policy["default-src"] == policy["form-action"] == "'none'"
    assert all(value.startswith(("'none'", CONTENT_URL, "allow-scripts", BASE_URL)) for value in policy.values()), (
        policy
    )
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Connection-Allowlist"] == "(response-origin);webrtc=block"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("name", WORKS)
def test_every_kind_opens_under_the_sandbox(content_client, make_work, address, name):
    url = address(work_url, make_work(name, WORKS[name]), utc_now())
    first, raw = content_client.get(url), content_client.get(f"{url}{name}")
    assert first.status_code == raw.status_code == 200
    assert first.mimetype == "text/html"
    assert raw.data == WORKS[name]
    for answer in (first, raw):
        assert_closed(answer)
    assert f"frame-ancestors {BASE_URL} {CONTENT_URL}" in first.headers["Content-Security-Policy"]


def test_a_work_may_load_only_its_own_files(content_client, make_work, address):
    url = address(work_url, make_work(), utc_now())
    policy = content_client.get(url).headers["Content-Security-Policy"]
    assert f"connect-src {CONTENT_URL}{url} {CONTENT_URL}/vendor/ data: blob:" in policy


def test_a_site_is_served_with_the_types_and_character_sets_it_is_in(content_client, make_work, address):
    url = address(work_url, make_work("site.zip", zip_bytes(SITE)), utc_now())
    assert url.endswith("/-/index.html")
    folder = url.removesuffix("index.html")
    types = {name: content_client.get(folder + name.split("/")[1]).content_type for name in SITE}
    assert types == {
        "Balises/index.html": "text/html; charset=windows-1252",
        "Balises/app.mjs": "text/javascript; charset=utf-8",
        "Balises/data.geojson": "application/geo+json",
        "Balises/carte dété.csv": "text/csv; charset=utf-8",
        "Balises/logo.svg": "image/svg+xml",
    }
    assert_closed(content_client.get(folder + "logo.svg"))
    assert content_client.get(folder + "missing.js").status_code == 404
    assert_closed(content_client.get(folder + "missing.js"))


def test_no_cookie_is_read_or_set(content_client, make_work, address):
    url = address(work_url, make_work(), utc_now())
    for path in (url, f"{url}?lang=fr", "/healthz?lang=fr", "/vendor/work.css", "/nowhere?lang=fr"):
        answer = content_client.get(path, headers={"Cookie": "session=anything"})
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_caches_keep_a_file_until_its_address_expires(content_client, make_work, address):
    url = address(work_url, make_work("work.png", WORKS["work.png"]), utc_now()) + "work.png"
    first = content_client.get(url)
    assert "public" in first.headers["Cache-Control"] and "immutable" in first.headers["Cache-Control"]
    again = content_client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.data == b""


def test_parts_are_served(content_client, make_work, address):
    content = WORKS["work.png"]
    url = address(work_url, make_work("work.png", content), utc_now()) + "work.png"
    for asked, start, stop in (("0-9", 0, 10), ("5-", 5, len(content)), ("-7", len(content) - 7, len(content))):
        part = content_client.get(url, headers={"Range": f"bytes={asked}"})
        assert part.status_code == 206 and part.data == content[start:stop]
        assert part.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(content)}"
    outside = content_client.get(url, headers={"Range": f"bytes={len(content)}-"})
    assert outside.status_code == 416 and outside.headers["Content-Range"] == f"bytes */{len(content)}"
    other = content_client.get(url, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert other.status_code == 200 and other.data == content


def test_text_travels_packed_to_those_who_can_read_it_but_never_in_parts(content_client, make_work, address):
    text = "port;rang\n" + "".join(f"quai {number};{number * 7919 % 1000}\n" for number in range(900))
    url = address(
        work_url, make_work("site.zip", zip_bytes({"index.html": WORKS["work.html"], "d.csv": text})), utc_now()
    )
    data = url.replace("index.html", "d.csv")
    plain, packed = content_client.get(data), content_client.get(data, headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers and packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data == text.encode()
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    for answer, accepted in ((plain, ""), (packed, "gzip")):
        asked = {"If-None-Match": answer.headers["ETag"], "Accept-Encoding": accepted}
        assert content_client.get(data, headers=asked).status_code == 304
    part = content_client.get(data, headers={"Accept-Encoding": "gzip", "Range": "bytes=0-8"})
    assert part.status_code == 206 and part.data == text.encode()[:9] and "Content-Encoding" not in part.headers
    refused = content_client.get(data, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_a_folder_opens_its_index_and_names_are_one_however_accents_are_written(content_client, make_work, address):
    site = {"index.html": b"<h1>x</h1>", "été/index.html": b"<h1>y</h1>"}
    top = address(work_url, make_work("site.zip", zip_bytes(site)), utc_now()).removesuffix("index.html")
    folder = content_client.get(f"{top}{unicodedata.normalize('NFD', 'été')}")
    assert folder.status_code == 302 and folder.location.endswith("/")
    assert content_client.get(f"{top}{unicodedata.normalize('NFD', 'été')}/").data == b"<h1>y</h1>"
    assert content_client.get(f"{top}nowhere").status_code == 404


def test_a_file_that_may_still_be_replaced_is_asked_for_again(content_client, make_work, address, session):
    upload = make_work()
    url = address(work_url, upload, utc_now())
    session.add(ShownCopy(upload=upload, state=CopyState.DUE))
    assert content_client.get(url).headers["Cache-Control"] == "no-cache"
    session.query(ShownCopy).update({"state": CopyState.READY})
    assert "immutable" in content_client.get(url).headers["Cache-Control"]


def test_the_head_alone_is_answered(content_client, make_work, address):
    url = address(work_url, make_work("work.png", WORKS["work.png"]), utc_now()) + "work.png"
    head = content_client.head(url)
    assert head.status_code == 200 and head.data == b""
    assert head.content_length == len(WORKS["work.png"])


def test_an_expired_or_forged_address_says_so_and_nothing_else(content_client, make_work, address):
    upload = make_work("les-balises.html")
    expired = address(work_url, upload, utc_now() - timedelta(hours=13))
    forged = address(work_url, upload, utc_now())[:-5] + "AAAA/"
    for path in (expired, forged, "/w/x/", "/alone/x/", "/download/x"):
        answer = content_client.get(path)
        assert answer.status_code == 403
        assert "This address has expired" in answer.text
        assert "balises" not in answer.text and upload.public_id not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        assert_closed(answer)


def test_a_token_opens_no_other_work(content_client, make_work, address):
    mine = make_work("work.png", WORKS["work.png"])
    theirs = make_work("site.zip", zip_bytes(SITE))
    url = address(work_url, mine, utc_now())
    for path in (
        "../" + address(work_url, theirs, utc_now()).split("/")[2] + "x/",
        "-/index.html",
        "Balises/index.html",
    ):
        assert content_client.get(url + path).status_code in (403, 404)


def test_a_document_shows_its_pages_once_they_are_drawn(content_client, make_work, address, session, files):
    upload = make_work("work.pdf", WORKS["work.pdf"])
    preview = Preview(upload=upload)
    session.add(preview)
    url = address(work_url, upload, utc_now())
    waiting = content_client.get(url)
    assert "being prepared" in waiting.text and waiting.headers["Cache-Control"] == "no-store"

    blob = files.write(BytesIO(image_bytes("WEBP")))
    preview.state = PreviewState.READY
    preview.pages = [{"key": blob.key, "bytes": blob.bytes, "width": 40, "height": 30}]
    assert 'src="page-1.webp"' in content_client.get(url).text
    assert content_client.get(f"{url}page-1.webp").mimetype == "image/webp"
    for wrong in ("page-0.webp", "page-2.webp", "page-x.webp", "page-²"):
        assert content_client.get(url + wrong).status_code == 404


def test_the_page_for_a_window_holds_the_work_in_a_frame_without_any_script(content_client, make_work, address):
    answer = content_client.get(address(alone_url, make_work(), utc_now()))
    policy = answer.headers["Content-Security-Policy"]
    assert 'sandbox="allow-scripts"' in answer.text and "<script" not in answer.text
    assert "script-src" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy


def test_a_download_has_a_neutral_name(content_client, make_work, address):
    answer = content_client.get(address(download_url, make_work("balises.pdf", WORKS["work.pdf"]), utc_now()))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="work.pdf"'
    assert answer.data == WORKS["work.pdf"]


def test_our_own_files_are_served_packed_to_those_who_can_read_it(content_client):
    plain = content_client.get("/vendor/plotly.min.js")
    packed = content_client.get("/vendor/plotly.min.js", headers={"Accept-Encoding": "gzip"})
    assert plain.status_code == packed.status_code == 200
    assert b"sankey" in plain.data and len(packed.data) < len(plain.data) / 2
    assert content_client.get("/vendor/other.js").status_code == 404
    assert_closed(plain)


def test_a_published_work_still_needs_its_token(content_client, make_work):
    upload = make_work(phase=Phase.RESULTS)
    assert content_client.get(f"/w/{upload.public_id}/").status_code == 403


@pytest.mark.database("sqlite")
def test_a_work_reaches_the_hosts_that_its_edition_allows_and_no_other(session, make_work, content_client, address):
    upload = make_work()
    upload.entry.edition.live_hosts = ["tiles.example.org"]
    session.commit()
    headers = content_client.get(address(work_url, upload, utc_now())).headers
    assert headers["Connection-Allowlist"] == '(response-origin "https://tiles.example.org/*");webrtc=block'
    rules = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; ") if " " in rule)
    for kind in ("script-src", "style-src", "img-src", "font-src", "media-src", "connect-src"):
        assert "https://tiles.example.org" in rules[kind].split()
    assert "tiles" not in rules["worker-src"] + rules["frame-src"] + rules["base-uri"]
