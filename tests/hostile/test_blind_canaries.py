"""Blind judging: a juror follows every address they are shown, and tries some they are not; no byte names the team.

Teams leave a canary in everything that tells who they are: accounts, schools, names of files, properties of files.
"""

import io
import json
import re
import zlib
from urllib.parse import urljoin, urlsplit

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import select

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.fetch.fetching import Fetcher
from hackaviz.kernel.jobs import transactions
from hackaviz.kernel.storage import open_storage
from hackaviz.web.database import sessions
from judging.panels.rounds.models import MarksShown, Round, RoundKind
from submissions.viewer.copies.making import CopyMaker
from submissions.viewer.copies.models import CopyState, ShownCopy
from submissions.viewer.copies.obtaining import Obtainer
from submissions.viewer.copies.service import ask_for_copy
from submissions.viewer.models import Preview, PreviewState
from tests.factories import (
    assign,
    declare_conflict,
    grant,
    hand_in,
    make_challenge,
    make_edition,
    make_entry,
    make_juror,
    make_person,
    make_review,
    make_team,
    sign_in,
)
from tests.support.client import BASE_URL, CONTENT_URL
from tests.support.uploads import SVG, image_bytes, notebook, pdf_bytes
from tests.support.works import send_work

CANARY = "serinus"
ADDRESSES = re.compile(rb"""(?:href|src|action|poster|data-autosave|data-live)\s*=\s*["']([^"'<>{}]+)["']""")
SETS = re.compile(rb"""srcset\s*=\s*["']([^"']+)["']""")
MOST_PAGES = 400
# The entry whose still image is lost: a label stands in.
LOST = 2


def jpeg():
    exif = Image.Exif()
    exif[0x013B], exif[0x9C9D], exif[0x8298] = CANARY, CANARY.encode("utf-16-le"), CANARY
    return image_bytes("JPEG", exif=exif)


def pdf():
    with pikepdf.open(io.BytesIO(pdf_bytes())) as document:
        document.docinfo["/Author"] = CANARY
        with document.open_metadata() as properties:
            properties["dc:creator"] = [CANARY]
        buffer = io.BytesIO()
        document.save(buffer)
    return buffer.getvalue()


def page():
    tags = f'<meta name="author" content="{CANARY}"><meta name="generator" content="/home/{CANARY}/work">'
    return f"<!doctype html><html lang=en><head>{tags}<title>Ports</title></head><body><h1>Ports</h1></body>".encode()


def ipynb():
    document = notebook({"output_type": "stream", "name": "stdout", "text": "28 calls"})
    document["metadata"] = {**document.get("metadata", {}), "authors": [{"name": CANARY}]}
    return json.dumps(document).encode()


WORKS = {
    f"{CANARY}.png": lambda: image_bytes("PNG"),
    f"{CANARY}.jpg": jpeg,
    f"{CANARY}.pdf": pdf,
    f"{CANARY}.html": page,
    f"{CANARY}.ipynb": ipynb,
    f"{CANARY}.svg": lambda: SVG,
}


@pytest.fixture
def edition(session):
    return make_edition(session, Phase.JUDGING, reviews_needed=1)


@pytest.fixture
def juror(session, edition):
    """One who works with a second juror in a round that shows marks after one's own."""
    juror = make_juror(session, edition)
    spans = {"opens_at": edition.judging_opens_at, "closes_at": edition.judging_closes_at}
    session.add(Round(edition=edition, kind=RoundKind.QUALIFICATION, marks_shown=MarksShown.AFTER_OWN, **spans))
    return juror


@pytest.fixture
def entries(app, session, settings, edition, juror):
    """Works of every kind that tells of its makers; the juror has a conflict with the first, and not the last."""
    storage = open_storage(settings.storage_url)
    challenge = make_challenge(session, edition)
    made = []
    for number, (name, content) in enumerate(WORKS.items()):
        member = make_person(session, name=f"{CANARY} {number}", email=f"{CANARY}{number}@{CANARY}{number}.fr")
        team = make_team(session, edition, [member], name=f"{CANARY} {number}", school=CANARY, challenge=challenge)
        entry = make_entry(session, team, challenge, title=f"{CANARY} {number}")
        upload = send_work(session, storage, entry, name, content())
        ask_for_copy(session, upload, edition.judging_opens_at)
        picture = storage.write(io.BytesIO(image_bytes("WEBP", (40, 30 + number))))
        keys = {"large_key": picture.key, "small_key": picture.key, "width": 40, "height": 30}
        session.add(Preview(upload=upload, state=PreviewState.READY, **keys))
        hand_in(session, entry, upload)
        made.append(entry)
    lost = session.scalars(select(Preview).where(Preview.upload_id == made[LOST].current_version.upload_id)).one()
    storage.delete(lost.small_key)
    second = make_juror(session, edition)
    for entry in made[:-1]:
        for each in (juror, second):
            assign(session, each, entry).round = session.scalars(select(Round)).one()
        make_review(session, second, entry, [1, 2], comment_private="Between us")
    declare_conflict(session, juror, made[0])
    session.commit()
    with app.app_context():
        maker = CopyMaker(storage, BASE_URL, lambda room: Obtainer(room, Fetcher(resolve=lambda _host, _port: [])))
        while maker.make_due(transactions(sessions().writing), utc_now()):
            pass
    session.expire_all()
    return made


def untold(address):
    """Addresses a juror is not shown, and may try."""
    edition = address.edition
    base = f"/editions/{edition.slug}"
    code, public = address.code, address.public_id
    work, team = address.current_version.upload.public_id, address.team
    return [
        *(f"{base}/jury/{code}{act}" for act in ("", "/conflict", "/skip", "/flag")),
        *(f"{base}/{page}" for page in ("gallery", "results", "team", "jury/expertise", "jury/C-999", "feed.atom")),
        *(f"{base}/organise{page}" for page in ("", "/scores", "/entries", "/jury", f"/scores/{code}")),
        *(f"/entries/{public}{page}" for page in ("", "/edit", "/hand-in", "/card", "/embed")),
        *(f"/previews/{work}/{size}.webp" for size in ("small", "large")),
        f"/teams/{team.public_id}",
        "/account/export",
        "/catalogue",
        "/catalogue?q=ports",
        "/nothing",
    ]


def everything(answer):
    """Headers and bytes, those of packed streams unpacked."""
    body = answer.get_data()
    unpacked = b"".join(_inflated(part) for part in body.split(b"stream")[1::2]) if body.startswith(b"%PDF") else b""
    return (str(answer.headers).encode() + body + unpacked).lower()


def _inflated(part):
    try:
        return zlib.decompressobj().decompress(part.strip(b"\r\n"))
    except zlib.error:
        return b""


def shown_in(url, answer):
    """The addresses in a page, of either host."""
    body = answer.get_data() if "html" in answer.content_type else b""
    found = [each.decode() for each in ADDRESSES.findall(body)]
    found += [part.split()[0] for each in SETS.findall(body) for part in each.decode().split(",") if part.split()]
    if "Location" in answer.headers:
        found.append(answer.headers["Location"])
    joined = (urljoin(url, each.replace("&amp;", "&")).partition("#")[0] for each in found)
    return {each for each in joined if each.startswith((BASE_URL, CONTENT_URL))}


def crawl(clients, starts):
    """Every answer to a GET that can be reached: address → answer."""
    answers, waiting = {}, list(starts)
    while waiting and len(answers) < MOST_PAGES:
        url = waiting.pop(0)
        if url in answers or urlsplit(url).path.startswith(("/static/", "/vendor/")):
            continue
        parts = urlsplit(url)
        client = clients[f"{parts.scheme}://{parts.netloc}"]
        answers[url] = client.get(f"{parts.path}?{parts.query}")
        waiting += sorted(shown_in(url, answers[url]) - answers.keys())
    return answers


@pytest.fixture
def clients(client, content_client, juror):
    """The juror's browser, by host."""
    return {BASE_URL: sign_in(client, juror), CONTENT_URL: content_client}


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_byte_a_juror_can_fetch_names_a_team(clients, edition, entries, language):
    own = f"{BASE_URL}/editions/{edition.slug}/jury"
    answers = crawl(clients, [f"{own}?lang={language}", *(BASE_URL + each for e in entries for each in untold(e))])
    assert len(answers) < MOST_PAGES
    told = {url for url, answer in answers.items() if CANARY.encode() in everything(answer)}
    assert told == set()
    works = [url for url, answer in answers.items() if url.startswith(CONTENT_URL) and answer.status_code == 200]
    assert len(works) >= len(WORKS) - 2, "the works themselves were looked at"
    label = answers[f"{BASE_URL}/previews/{entries[LOST].current_version.upload.public_id}/small.webp"]
    assert label.mimetype == "image/svg+xml" and entries[LOST].code in label.text, "a label was looked at"
    assert answers[f"{own}/{entries[0].code}"].status_code == 404, "a conflict hides the entry"


@pytest.mark.database("sqlite")
def test_what_a_juror_sends_is_answered_without_names(client, edition, juror, entries):
    sign_in(client, juror)
    entry = entries[1]
    base = f"/editions/{edition.slug}/jury/{entry.code}"
    marks = {str(criterion.id): 1 for criterion in entry.challenge.criteria}
    draft = {"marks": marks, "comment_to_team": "", "comment_private": "", "base_revision": 0, "save_key": "one"}
    typed = {f"mark-{criterion}": 1 for criterion in marks}
    answers = [
        client.post(f"{base}/autosave", json=draft),
        client.post(f"{base}/autosave", json=draft | {"save_key": "two"}),
        client.post(f"{base}/autosave", json={}),
        client.post(f"{base}/finish", data={"save_key": "three", "base_revision": "1"}),
        client.post(f"{base}/finish", data={**typed, "save_key": "four", "base_revision": "1"}),
        client.get(base),
        client.post(f"{base}/reopen"),
        client.post(f"{base}/flag", data={"text": ""}),
        client.post(f"{base}/skip", data={"reason": "No time"}),
        client.post(f"/editions/{edition.slug}/jury/expertise", data={"themes": ["ports"], f"wish-{entry.code}": "1"}),
    ]
    assert [answer.status_code for answer in answers] == [200, 409, 422, 422, 302, 200, 409, 422, 409, 302]
    assert not any(CANARY.encode() in everything(answer) for answer in answers)


@pytest.mark.database("sqlite")
def test_organisers_do_read_the_names(client, session, edition, entries):
    """The same search finds them where they may stand: it would find them elsewhere."""
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    sign_in(client, organiser)
    assert CANARY.encode() in everything(client.get(f"/editions/{edition.slug}/organise/scores"))


@pytest.mark.database("sqlite")
def test_a_work_is_not_shown_before_its_file_is_cleaned(client, session, edition, juror, entries):
    """What a file tells of its makers is taken out by a job: until then a juror sees that it is being made ready."""
    session.query(ShownCopy).update({"state": CopyState.DUE})
    sign_in(client, juror)
    page = client.get(f"/editions/{edition.slug}/jury/{entries[1].code}?lang=en").get_data(as_text=True)
    assert "The work is being made ready." in page
    assert CONTENT_URL not in page
