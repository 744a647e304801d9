"""A team sends its work over a bad line: the line drops, the page is closed, and nothing is lost or sent twice."""

import re
import time
import uuid
from hashlib import sha256

import boto3
import pytest
from playwright.sync_api import expect

from hackaviz.accounts.passwords import hash_password
from submissions.entries.models import EntryVersion, Upload
from submissions.viewer.models import Preview, PreviewState
from tests.factories import make_challenge, make_edition, make_entry, make_person, make_team
from tests.support.browser import DESKTOP_ENGLISH, axe, late_script, open_page
from tests.support.line import Line
from tests.support.s3 import BUCKET
from tests.support.site import serve
from tests.support.uploads import gradient_bytes, image_bytes

PASSWORD = "correct horse battery staple"
pytestmark = pytest.mark.database("sqlite")


@pytest.fixture
def line():
    """A line of about half a megabyte a second."""
    line = Line()
    line.bytes_a_second = 500_000
    yield line
    line.close()


@pytest.fixture
def entry(session):
    """A draft that lacks only its file: its address, and whose it is."""
    captain = make_person(session, password_hash=hash_password(PASSWORD))
    edition = make_edition(session)
    challenge = make_challenge(session, edition)
    entry = make_entry(session, make_team(session, edition, [captain], challenge=challenge), challenge)
    # Read before the commit: a session that reads again would hold the writer's lock.
    address, email = f"/entries/{entry.public_id}/edit", captain.email
    session.commit()
    return address, email


@pytest.fixture
def site(database_url, tmp_path, line):
    """A site at the end of that line."""
    with serve(database_url, tmp_path / "site", line=line) as site:
        yield site


@pytest.fixture
def page(browser, site):
    """Somebody at the other end."""
    with at_a_desk(browser, site) as page:
        yield page


@pytest.fixture
def page_with_bucket(database_url, tmp_path, browser, line, s3_endpoint):
    """Somebody at the end of that line, of a site whose files are in a bucket."""
    let_browsers_in(s3_endpoint, f"http://127.0.0.1:{line.port}")
    storage_url = f"s3://{BUCKET}/{uuid.uuid4().hex}?endpoint={s3_endpoint}"
    site = serve(database_url, tmp_path / "site", storage_url=storage_url, line=line)
    with site as site, at_a_desk(browser, site) as page:
        yield page


def at_a_desk(browser, site):
    return open_page(browser, site.url, **DESKTOP_ENGLISH)


def let_browsers_in(endpoint, origin):
    """What docs/deploy.md asks of a bucket."""
    rule = {"AllowedOrigins": [origin], "AllowedMethods": ["GET", "PUT"], "AllowedHeaders": ["*"]}
    rules = {"CORSRules": [rule | {"ExposeHeaders": ["ETag"]}]}
    boto3.client("s3", endpoint_url=endpoint).put_bucket_cors(Bucket=BUCKET, CORSConfiguration=rules)


def picture(folder, size):
    """A picture of some megabytes that is easy to draw, whose name has an accent."""
    path = folder / "Œuvre finale.png"
    path.write_bytes(gradient_bytes("PNG", size, compress_level=0))
    return path


def folder_of_a_site(folder):
    """A site as it lies on a disk: in folders, with spaces and accents, and with what systems leave behind."""
    files = {
        "index.html": "<!doctype html><meta charset=utf-8><title>t</title><p>Les ports",
        "données/escales été.csv": "a,b\n1,2\n",
        "images/.DS_Store": "left behind",
    }
    for name, content in files.items():
        path = folder / "Œuvre finale" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return folder / "Œuvre finale"


def drop(page, path):
    """What the browser is told when a file manager drops something on the form: a real file or folder of this disk."""
    box = page.locator("form[data-upload]").bounding_box()
    where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    devtools = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop"):
        devtools.send("Input.dispatchDragEvent", {"type": step, **where, "data": data})


def open_entry(page, entry, wait_until="load"):
    address, email = entry
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(address, wait_until=wait_until)


def choose(page, *files):
    page.locator("input[name=file]").set_input_files([str(file) for file in files])


def wait_for_share(page, least):
    page.wait_for_selector("[data-progress]:not([hidden])")
    for _ in range(1_200):
        detail = page.locator("[data-detail]").inner_text()
        found = re.match(r"(\d+)%", detail)
        if found and int(found[1]) >= least:
            return
        page.wait_for_timeout(50)
    raise AssertionError(detail)


def wait_for_preview(session, holds):
    """Look at the still image of the one upload until something holds of it."""
    for _ in range(3_000):
        session.rollback()
        preview = session.query(Preview).one_or_none()
        if preview is not None and holds(preview):
            session.rollback()
            return
        time.sleep(0.02)
    raise AssertionError("it did not come to hold within 60 s")


def test_a_line_that_drops_and_a_page_that_is_closed_lose_nothing(session, tmp_path, line, page, entry):
    work = picture(tmp_path, (1400, 1000))
    page.on("dialog", lambda dialog: dialog.accept())
    with late_script(page, "**/js/upload.js*"):
        open_entry(page, entry, wait_until="commit")
        choose(page, work)
    wait_for_share(page, 20)
    assert "MB of" in page.locator("[data-detail]").inner_text()
    line.cut()
    expect(page.locator("[data-detail]")).to_contain_text("The line has dropped")
    assert axe(page) == []
    line.mend()
    wait_for_share(page, 40)
    # However slow this machine is, the rest takes longer.
    line.bytes_a_second = 20_000
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("[data-detail]")).to_contain_text("Paused")
    page.reload()
    expect(page.locator(".upload", has_text="Choose the same file again")).to_be_visible()
    choose(page, work)
    expect(page.locator("[data-spoken]")).to_contain_text("goes on where it stopped")
    page.get_by_role("button", name="Hand in version 1").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in version 1").click()
    expect(page.locator("[data-answer]")).to_contain_text("counts from now")
    line.bytes_a_second = None
    expect(page.get_by_text("Accepted, in use")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", name="Receipt of version 1")).to_be_visible()
    assert line.upwards < 2 * work.stat().st_size
    session.rollback()
    version = session.query(EntryVersion).one()
    assert version.upload.sha256 == sha256(work.read_bytes()).hexdigest()
    assert version.upload.file_name == work.name


def test_several_files_are_packed_in_the_browser_and_handed_in_before_a_busy_server_begins_them(
    session, tmp_path, line, page, entry
):
    line.bytes_a_second = None
    start, data = tmp_path / "index.html", tmp_path / "données é.csv"
    start.write_text("<!doctype html><meta charset=utf-8><title>t</title><p>Les ports")
    data.write_text("a,b\n1,2\n")
    open_entry(page, entry)
    held = []

    def hold(route):
        held.append(route)

    page.route("**/entries/*/transfers", hold)
    page.route("**/entries/*/hand-in", lambda route: route.abort(), times=1)
    choose(page, start, data)
    page.get_by_role("button", name="Hand in version 1").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in version 1").click()
    expect(page.locator("[data-answer]")).to_contain_text("trying again")
    expect(page.locator("[data-answer]")).to_contain_text("counts from now")
    held.pop().continue_()
    expect(page.get_by_text("Accepted, in use")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("heading", name="Receipt of version 1")).to_be_visible()
    session.rollback()
    upload = session.query(Upload).one()
    assert upload.kind == "static-site"
    assert sorted(file.path for file in upload.files) == ["données é.csv", "index.html"]


@pytest.mark.parametrize("way", ["chosen", "dropped"])
def test_a_folder_arrives_with_its_folders_and_names(session, tmp_path, page, entry, way):
    folder = folder_of_a_site(tmp_path)
    open_entry(page, entry)
    if way == "chosen":
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Choose a folder").click()
        chooser.value.set_files(str(folder))
    else:
        page.locator("form[data-upload]").scroll_into_view_if_needed()
        drop(page, folder)
    expect(page.get_by_text("Accepted, in use")).to_be_visible(timeout=30_000)
    session.rollback()
    upload = session.query(Upload).one()
    assert (upload.kind, upload.file_name) == ("static-site", "Œuvre finale.zip")
    assert upload.entry_point.endswith("index.html")
    paths = {file.path.removeprefix("Œuvre finale/") for file in upload.files}
    assert paths == {"index.html", "données/escales été.csv"}


def test_a_server_restarted_during_an_upload_and_a_job_killed_during_a_preview_lose_nothing(
    session, tmp_path, site, page, entry
):
    work = tmp_path / "noise.png"
    # So that the job is still at its preview when it is killed.
    work.write_bytes(image_bytes("PNG", (1400, 1000)))
    open_entry(page, entry)
    choose(page, work)
    wait_for_share(page, 20)
    site.kill_web()
    expect(page.locator("[data-detail]")).to_contain_text("The line has dropped", timeout=20_000)
    site.start_web()
    expect(page.get_by_text("Accepted, in use")).to_be_visible(timeout=60_000)
    wait_for_preview(session, lambda preview: preview.attempts == 1)
    site.kill_jobs()
    session.rollback()
    assert session.query(Preview).one().state is PreviewState.DUE
    session.rollback()
    site.start_jobs()
    wait_for_preview(session, lambda preview: preview.state is PreviewState.READY)
    page.reload()
    expect(page.locator("[data-viewer] img[data-still]")).to_have_attribute("src", re.compile("^/previews/"))
    session.rollback()
    assert session.query(Upload).one().sha256 == sha256(work.read_bytes()).hexdigest()


def test_with_a_bucket_no_byte_of_a_file_passes_through_the_application(
    session, tmp_path, line, page_with_bucket, entry
):
    line.bytes_a_second = None
    page, work = page_with_bucket, picture(tmp_path, (1800, 1400))
    size = work.stat().st_size
    assert size > 6_000_000
    open_entry(page, entry)
    before = line.upwards
    choose(page, work)
    expect(page.get_by_text("Accepted, in use")).to_be_visible(timeout=30_000)
    assert line.upwards - before < size / 20
    page.get_by_role("button", name="Hand in version 1").click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in version 1").click()
    expect(page.get_by_text(sha256(work.read_bytes()).hexdigest()).first).to_be_visible()
    session.rollback()
    assert session.query(EntryVersion).one().upload.bytes == size
