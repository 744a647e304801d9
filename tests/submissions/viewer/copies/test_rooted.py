"""Sites that were made for the top of a host: their addresses become relative to where they stand."""

from pathlib import Path

import pytest

from submissions.intake.media_types import media_type
from submissions.viewer.copies.freezing import Text, freeze
from submissions.viewer.copies.obtaining import NotCopied
from submissions.viewer.copies.rooted import rooted_target
from submissions.viewer.copies.scanning import scan_texts

BUILT = {
    "dist/index.html": """<!doctype html><html><head><base href="/">
<link rel="stylesheet" crossorigin href="/assets/app.css?v=1">
<script type="module" crossorigin src="/assets/app.js"></script></head><body><a href="/about/">About</a>
<a href="/elsewhere">Elsewhere</a><img src="/logo.png"><svg><use href="/icons.svg#port"/></svg>
<script>fetch("/data/ports.json"); const half = 4 /2/ 1;</script></body></html>""",
    "dist/assets/app.css": "@font-face { src: url(/fonts/a.woff2) } body { background: url('/logo.png') }",
    "dist/assets/app.js": """import { read } from "/assets/read.js";
export const page = import("/assets/late.js");
fetch(`/data/${year}.json`); fetch(`/years/${year}.json`); fetch("/data/été.csv"); fetch(`${base}/data/x`);
fetch("/data/ports.json"); fetch(`/data/ports.json`); const folder = "/data/"; const path = "/not/a/file";""",
    "dist/about/index.html": '<a href="/">Home</a><script src="/assets/app.js"></script>',
}
OTHERS = ("dist/logo.png", "dist/icons.svg", "dist/fonts/a.woff2", "dist/data/ports.json", "dist/data/été.csv")


@pytest.fixture
def shown(tmp_path):
    """The texts of a work as they are shown."""

    def shown(texts: dict[str, str], others: tuple[str, ...] = ()) -> dict[str, str]:
        disks = [Text(path, _disk(tmp_path, text), media_type(path, lambda: [b""])) for path, text in texts.items()]
        files = {*texts, *others}

        def obtain(_url: str):
            raise NotCopied("no-network")

        found = freeze(disks, page="dist/index.html", files=files, scan=scan_texts, obtain=obtain)
        return texts | {path: content.decode() for path, content in found.rewritten.items()}

    return shown


def _disk(folder: Path, text: str) -> Path:
    path = folder / f"text-{len(list(folder.iterdir()))}"
    path.write_bytes(text.encode())
    return path


def test_a_built_site_names_its_files_from_where_they_stand(shown):
    texts = shown(BUILT, (*OTHERS, "dist/assets/read.js", "dist/assets/late.js"))
    page = texts["dist/index.html"]
    for expected in (
        '<base href="./">',
        'href="./assets/app.css?v=1"',
        'src="./assets/app.js"',
        'href="./about/"',
        'href="/elsewhere"',
        'src="./logo.png"',
        'href="./icons.svg#port"',
        'fetch("./data/ports.json")',
        "4 /2/ 1",
    ):
        assert expected in page, expected
    assert "url(../fonts/a.woff2)" in texts["dist/assets/app.css"]
    assert "url('../logo.png')" in texts["dist/assets/app.css"]
    script = texts["dist/assets/app.js"]
    assert 'from "./read.js"' in script and 'import("./late.js")' in script
    assert script.count("./data/ports.json") == 2 and '"./data/"' in script and '"/not/a/file"' in script
    assert "`./data/${year}.json`" in script and "`/years/${year}.json`" in script and "`${base}/data/x`" in script
    assert 'fetch("./data/%C3%A9t%C3%A9.csv")' in script
    assert texts["dist/about/index.html"] == '<a href="../">Home</a><script src="../assets/app.js"></script>'


def test_other_bytes_stay_as_they_are(shown):
    plain = {"dist/index.html": '<a href="/nowhere">x</a><script>const a = b /c/ d; s = "/";</script><p>é'}
    assert shown(plain) == plain


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("/data.json", "site/data.json"),
        ("/data.json?v=2#x", "site/data.json"),
        ("/d%C3%A9faut.csv", "site/défaut.csv"),
        ("/défaut.csv".encode().decode("latin-1"), "site/défaut.csv"),
        ("/défaut.csv", "site/défaut.csv"),
        ("/de\u0301faut.csv".encode().decode("latin-1"), "site/défaut.csv"),
        ("/top.json", "top.json"),
        ("/", "site/"),
        ("//cdn.example/x.js", None),
        ("/../../etc/passwd", None),
        ("/missing", None),
        ("data.json", None),
    ],
)
def test_what_an_address_from_the_top_means(url, target):
    files = {"site/index.html", "site/data.json", "site/défaut.csv", "top.json"}
    assert rooted_target(url, files, "site/index.html") == target
