"""The archive of an edition: a folder that opens from a disk, with nothing private in it."""

import hashlib
import re
from io import BytesIO
from pathlib import Path

import pytest

from challenges.catalogue.models import Resource
from challenges.catalogue.snapshots.models import DatasetSnapshot
from challenges.catalogue.snapshots.rules import SnapshotState
from challenges.editions.rules import Phase
from submissions.viewer.models import Preview, PreviewState
from tests.factories import (
    both,
    hand_in,
    make_challenge,
    make_edition,
    make_entry,
    make_handed_in_entry,
    make_team,
    save,
)
from tests.support.uploads import image_bytes, zip_bytes
from tests.support.works import send_work

pytestmark = pytest.mark.database("sqlite")
SITE = {
    "site/index.html": '<!doctype html><html lang="en"><head><title>Site</title>'
    '<link rel="stylesheet" href="look.css" crossorigin></head><body><p id="out">waiting</p>'
    '<script type="module" crossorigin src="js/main.mjs"></script></body></html>',
    "site/look.css": "#out { color: rgb(1, 2, 3) }",
    "site/js/main.mjs": 'import { read } from "./read.js";\ndocument.querySelector("#out").textContent = await read();',
    "site/js/read.js": 'export const read = async () => (await (await fetch("data/ports été.json")).json()).port;',
    "site/data/ports été.json": '{"port": "Sète"}',
}


@pytest.fixture
def publish(session, app):
    """Publishes works of one edition."""
    storage = app.extensions["hackaviz.storage"]
    challenge = make_challenge(session, make_edition(session, Phase.RESULTS, slug="smart-port"))

    def publish(name: str, content: bytes, **values):
        entry = make_entry(session, make_team(session, challenge.edition), challenge, **values)
        upload = send_work(session, storage, entry, name, content)
        blob = storage.write(open_image())
        session.add(
            Preview(
                upload=upload, state=PreviewState.READY, large_key=blob.key, small_key=blob.key, width=40, height=30
            )
        )
        hand_in(session, entry, upload)
        session.commit()
        return entry

    return publish


def open_image():
    from io import BytesIO

    return BytesIO(image_bytes("WEBP"))


@pytest.fixture
def archive(app, session, tmp_path):
    """Types `flask edition archive`; answers what it printed, its exit code and the folder."""

    def archive(slug: str = "smart-port", folder: Path | None = None):
        session.commit()
        target = folder or tmp_path / "archive"
        result = app.test_cli_runner().invoke(args=["edition", "archive", slug, str(target)])
        return result, target

    return archive


def test_links_of_the_archive_lead_to_files_that_are_there(publish, archive):
    publish("site.zip", zip_bytes(SITE))
    publish("poster.png", image_bytes("PNG"))
    result, folder = archive()
    assert result.exit_code == 0, result.output
    pages = [path for path in folder.rglob("*.html") if "live" not in path.parts]
    assert len(pages) >= 10
    for page in pages:
        text = page.read_text()
        assert "<form" not in text and "sign-in" not in text and 'type="module"' not in text
        for address in re.findall(r'(?:href|src)="([^"#]+)', text):
            if not address.startswith(("data:", "mailto:", "http")):
                assert (page.parent / address).exists(), (page, address)
            assert not address.startswith(("http://127.0.0.1", "http://localhost")), address


def test_every_file_is_in_the_list_with_its_sha256(publish, archive):
    publish("poster.png", image_bytes("PNG"))
    _result, folder = archive()
    lines = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text().splitlines())
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == lines.keys() | {"SHA256SUMS"}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in lines.items())


def test_the_data_that_works_cite_is_in_it(publish, archive, session, app):
    entry = publish("poster.png", image_bytes("PNG"))
    storage, dataset = app.extensions["hackaviz.storage"], entry.citations[0].dataset
    blob = storage.write(open_image())
    session.add(
        Resource(
            dataset=dataset, title=dataset.title, format="csv", file_name="quais.csv", storage_key=blob.key, bytes=9
        )
    )
    _result, folder = archive()
    assert (folder / "data" / dataset.slug / "1-quais.csv").exists()
    assert "1-quais.csv" in (folder / "fr" / "data" / f"{dataset.slug}.html").read_text()
    assert f"{dataset.slug}.html" in (folder / "en" / "works" / f"{entry.public_id}.html").read_text()


def test_the_frozen_copies_of_the_edition_are_in_it(publish, archive, session, app):
    entry = publish("poster.png", image_bytes("PNG"))
    blob = app.extensions["hackaviz.storage"].write(BytesIO(b"port,ships\nFos,1\n"))
    kept = {"storage_key": blob.key, "bytes": blob.bytes, "sha256": blob.sha256, "title": both("Ports")}
    dates = dict.fromkeys(("pinned_at", "taken_at", "due_at"), entry.created_at)
    pinned = {"edition": entry.edition, "dataset": entry.citations[0].dataset, "state": SnapshotState.KEPT}
    copy = save(session, DatasetSnapshot(format="csv", file_name="ports.csv", **kept, **dates, **pinned))
    result, folder = archive()
    assert result.exit_code == 0, result.output
    (file,) = folder.rglob(f"frozen-{copy.public_id}-ports.csv")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == copy.sha256
    pages = [page for page in folder.rglob("*.html") if f"{file.name}" in page.read_text()]
    assert len(pages) >= 2


def test_nothing_is_written_before_publication_or_over_other_files(publish, archive, session, tmp_path):
    early = make_handed_in_entry(session, make_challenge(session, make_edition(session, Phase.JUDGING)))
    result, folder = archive(early.edition.slug)
    assert result.exit_code == 1 and "not public yet" in result.output and not folder.exists()

    publish("poster.png", image_bytes("PNG"))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("kept")
    result, folder = archive(folder=tmp_path / "full")
    assert result.exit_code == 1 and "not an empty folder" in result.output
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    assert archive("nowhere")[0].exit_code == 2


def test_nothing_private_is_in_it(publish, archive, session):
    entry = publish("equipe-secrete.png", image_bytes("PNG"))
    hidden = publish("hidden.png", image_bytes("PNG"), title="A canary", may_be_shown=False)
    email = entry.team.captain.email
    _result, folder = archive()
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for secret in (email, "A canary", hidden.public_id, "equipe-secrete", "A school"):
            assert secret.encode() not in content and secret not in str(path), (path, secret)
