import pytest

from tests.support.uploads import PAGE, zip_bytes

SHELL = b'<!doctype html><html><head></head><body><div id="root"></div><script type="module" src="%s"></script></body>'
STUB = SHELL % b"/src/main.tsx"


@pytest.mark.parametrize(
    ("files", "entry_point"),
    [
        (["index.html", "data/ports.csv"], "index.html"),
        (["index.htm"], "index.htm"),
        (["Index.HTML"], "Index.HTML"),
        (["mysite/index.html", "mysite/app.js"], "mysite/index.html"),
        (["dist/index.html", "package.json"], "dist/index.html"),
        (["project/build/index.html", "project/readme.md"], "project/build/index.html"),
        (["docs/index.html", "index.html"], "index.html"),
        (["_site/index.html", "examples/index.html"], "_site/index.html"),
        (["__MACOSX/index.html", "site/index.html"], "site/index.html"),
        (["./index.html"], "index.html"),
        (["site/site/index.html", "site/site/data.csv"], "site/site/index.html"),
        (["site\\index.html", "site\\app.js"], "site/index.html"),
        (["report.html", "report_files/libs/example.html", "data.csv"], "report.html"),
        (["work/report.html", "work/report_files/plot.js"], "work/report.html"),
        (["report.htm"], "report.htm"),
    ],
)
def test_the_first_page_is_found(check, files, entry_point):
    report = check(zip_bytes(dict.fromkeys(files, PAGE)), "site.zip")
    assert (report.accepted, report.entry_point) == (True, entry_point)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (["map.html", "about.html", "app.js"], "about.html, map.html"),
        (["a/map.html", "b/about.html"], "a/map.html, b/about.html"),
        (["a/b/c/index.html", "a/x.css"], "index.html"),
        (["a/index.html", "b/index.html"], "several folders"),
        (["app.R", "data.csv"], "holds no web page"),
        (["app/src/app.html", "app/package.json"], "not built yet"),
    ],
)
def test_a_site_without_one_first_page_is_refused(check, files, told):
    (reason,) = check(zip_bytes(dict.fromkeys(files, PAGE)), "site.zip").reasons
    assert str(reason.code) == "no-entry-point" and told in reason.detail()


@pytest.mark.parametrize("stub", [STUB, SHELL % b"./App.jsx", b"<link href='%PUBLIC_URL%/x'><body><div></div>"])
def test_a_built_page_is_preferred_to_the_shell_it_was_built_from(check, codes, stub):
    assert check(zip_bytes({"index.html": stub, "dist/index.html": PAGE}), "a.zip").entry_point == "dist/index.html"
    nested = zip_bytes({"app/index.html": stub, "app/dist/index.html": PAGE})
    assert check(nested, "a.zip").entry_point == "app/dist/index.html"
    assert codes(zip_bytes({"index.html": stub, "src/main.tsx": b"x"}), "a.zip") == ["no-entry-point"]


def test_a_page_drawn_by_a_plain_script_is_no_shell(codes):
    assert codes(zip_bytes({"index.html": SHELL % b"app.js", "app.js": b"draw()"}), "a.zip") == []


def test_leftovers_of_systems_are_not_counted(check, codes):
    leftovers = {"__MACOSX/._index.html": b"x", ".DS_Store": b"x", "a/Thumbs.db": b"x", ".git/config": b"x"}
    assert check(zip_bytes({"index.html": PAGE, **leftovers}), "a.zip").files == 1
    assert codes(zip_bytes(leftovers), "a.zip") == ["empty"]


def test_an_archive_or_first_page_without_content_is_empty(codes):
    assert codes(zip_bytes({}), "a.zip") == ["empty"]
    assert codes(zip_bytes({"index.html": b" \n"}), "a.zip") == ["empty"]


def test_hosts_are_gathered_from_pages_sheets_and_scripts(check):
    files = {
        "index.html": PAGE + b"<img src='https://a.example/x.png'>",
        "style.css": b"@import 'https://b.example/f.css'; body { background: url(//c.example/i.png) }",
        "app.mjs": b"import x from 'https://d.example/x'; fetch(`https://e.example/api?q=${q}`)",
        "readme.txt": b"see https://f.example/x.js",
    }
    hosts = ("a.example", "b.example", "c.example", "d.example", "e.example")
    assert check(zip_bytes(files), "a.zip").external_hosts == hosts


def test_a_site_of_many_files_is_read_whole(check):
    script = b"const port = {name: 'Fos', at: [43.4, 4.9]}; fetch('https://%d.example/fos.json'); draw(port);\n"
    files = {"index.html": PAGE, **{f"js/{number}.js": script % number for number in range(300)}}
    report = check(zip_bytes(files), "site.zip")
    assert (report.accepted, report.files, len(report.external_hosts)) == (True, 301, 300)
