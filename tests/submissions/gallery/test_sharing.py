"""Works outside the site: card, embedded frame, oEmbed, feed, citations; nothing of them before publication."""

import io
import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import fromstring

import pytest
from PIL import Image

from challenges.editions.rules import Phase
from submissions.viewer.models import Preview, PreviewState
from tests.factories import hand_in, make_challenge, make_edition, make_entry, make_team, make_upload, sign_in
from tests.support.client import BASE_URL, CONTENT_URL
from tests.support.uploads import image_bytes

pytestmark = pytest.mark.database("sqlite")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def make_work(session, app):
    """Makes a handed-in entry with a still image."""
    storage = app.extensions["hackaviz.storage"]

    def make_work(phase: Phase = Phase.RESULTS, **values):
        challenge = make_challenge(session, make_edition(session, phase))
        team = make_team(session, challenge.edition, name="Les Balises", school="École du port")
        entry = make_entry(session, team, challenge, title="Deux <ports> & une rade", licence="cc-by-4.0", **values)
        upload, still = make_upload(session, entry), storage.write(io.BytesIO(image_bytes("WEBP")))
        keys = {"large_key": still.key, "small_key": still.key, "width": 40, "height": 30}
        session.add(Preview(upload=upload, state=PreviewState.READY, **keys))
        hand_in(session, entry, upload)
        session.commit()
        return entry

    return make_work


def outward(entry) -> list[str]:
    """Every address that shows a work to others than its own people."""
    page = f"/entries/{entry.public_id}"
    return [page, f"{page}/card.jpg", f"{page}/embed", f"/oembed?url={BASE_URL}{page}"]


def test_nothing_leaves_before_publication_not_even_for_those_who_may_look_ahead(client, new_client, make_work):
    entry = make_work(Phase.JUDGING)
    captain = sign_in(new_client(), entry.team.captain)
    for address in outward(entry):
        assert client.get(address).status_code == 404, address
    for address in outward(entry)[1:]:
        assert captain.get(address).status_code == 404, address
    for reader in (client, captain):
        feed = reader.get(f"/editions/{entry.edition.slug}/feed.atom").text
        assert entry.public_id not in feed and "Deux" not in feed and "Les Balises" not in feed


def test_nothing_leaves_of_a_work_whose_team_did_not_agree(client, make_work):
    entry = make_work(may_be_shown=False)
    assert [client.get(address).status_code for address in outward(entry)] == [404] * 4
    assert entry.public_id not in client.get(f"/editions/{entry.edition.slug}/feed.atom").text


def test_the_card_is_a_picture_of_the_size_that_others_expect(client, make_work):
    answer = client.get(f"/entries/{make_work().public_id}/card.jpg")
    assert answer.mimetype == "image/jpeg" and "public" in answer.headers["Cache-Control"]
    with Image.open(io.BytesIO(answer.data)) as card:
        assert card.size == (1200, 630)


def test_the_page_names_its_card_and_says_what_it_is_to_machines(client, make_work):
    entry = make_work()
    page = client.get(f"/entries/{entry.public_id}").text
    assert f'property="og:image" content="{BASE_URL}/entries/{entry.public_id}/card.jpg"' in page
    assert 'name="twitter:card" content="summary_large_image"' in page
    about = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page)[1])
    assert about["@type"] == "CreativeWork" and about["name"] == "Deux <ports> & une rade"
    assert about["license"].startswith("https://creativecommons.org/licenses/by/4.0")
    assert about["creator"]["parentOrganization"] == "École du port"
    assert about["isBasedOn"][0]["url"].endswith(f"/catalogue/{entry.citations[0].dataset.slug}")
    assert "<ports>" not in page.replace(json.dumps(about), "")


def test_oembed_answers_within_the_size_that_is_asked_for(client, make_work):
    entry = make_work()
    page = client.get(f"/entries/{entry.public_id}").text
    found = re.search(r'type="application/json\+oembed"[^>]*href="([^"]+)"', page)[1].replace("&amp;", "&")
    answer = client.get(f"{found.removeprefix(BASE_URL)}&maxwidth=400&maxheight=250").json
    assert answer["version"] == "1.0" and answer["type"] == "rich" and (answer["width"], answer["height"]) == (400, 250)
    assert f'src="{BASE_URL}/entries/{entry.public_id}/embed" width="400" height="250"' in answer["html"]
    assert "<ports>" not in answer["html"]
    assert client.get(f"/oembed?url={BASE_URL}/entries/nowhere").status_code == 404
    assert client.get(f"/oembed?url=https://elsewhere.example/entries/{entry.public_id}").status_code == 404
    assert client.get(f"/oembed?url={BASE_URL}/entries/{entry.public_id}&format=xml").status_code == 501


def test_other_sites_may_frame_the_embedded_page_and_only_that(client, content_client, make_work):
    entry = make_work()
    embedded = client.get(f"/entries/{entry.public_id}/embed")
    assert "frame-ancestors *" in embedded.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in embedded.headers
    page = client.get(f"/entries/{entry.public_id}")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    live = [re.search(r'data-live="([^"]+)"', answer.text)[1].removeprefix(CONTENT_URL) for answer in (embedded, page)]
    policies = [content_client.get(url).headers["Content-Security-Policy"] for url in live]
    assert ["frame-ancestors" in policy for policy in policies] == [False, True]


def test_the_feed_tells_of_works_from_the_moment_of_publication(client, make_work):
    entry = make_work()
    answer = client.get(f"/editions/{entry.edition.slug}/feed.atom", headers={"Accept-Language": "fr"})
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = fromstring(answer.data)
    assert all(feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert feed.find(f"{ATOM}author/{ATOM}name").text == entry.edition.organiser_name
    items = {each.findtext(f"{ATOM}id"): each for each in feed.findall(f"{ATOM}entry")}
    assert len(items) == 2
    work = next(each for name, each in items.items() if name.endswith(f"/works/{entry.public_id}"))
    assert work.findtext(f"{ATOM}title") == "Deux <ports> & une rade"
    assert work.find(f"{ATOM}link").get("href") == f"{BASE_URL}/entries/{entry.public_id}"
    assert work.findtext(f"{ATOM}updated") == entry.edition.results_public_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    again = client.get(
        f"/editions/{entry.edition.slug}/feed.atom",
        headers={"Accept-Language": "fr", "If-None-Match": answer.headers["ETag"]},
    )
    assert again.status_code == 304


def test_a_new_embargo_takes_everything_back(client, make_work, session):
    entry = make_work()
    assert client.get(outward(entry)[1]).status_code == 200
    entry.edition.results_public_at = datetime.now(UTC) + timedelta(days=1)
    assert [client.get(address).status_code for address in outward(entry)] == [404] * 4


def test_a_work_can_be_cited(client, make_work):
    entry = make_work()
    page = client.get(f"/entries/{entry.public_id}").text
    assert "@misc{les-balises-" in page and "title = {{Deux &lt;ports&gt; \\&amp; une rade}}" in page
    assert "&#34;literal&#34;" in page or '"literal"' in page
    assert f"{entry.team.captain.name} (Les Balises). (" in page


def test_minors_keep_their_first_name_alone(client, make_work, session):
    entry = make_work()
    captain = entry.team.captain
    captain.name = "Ana Alpha"
    from submissions.teams.models import Registration

    session.query(Registration).filter_by(person_id=captain.id).update({"is_minor": True})
    page = client.get(f"/entries/{entry.public_id}").text
    assert "Ana" in page and "Alpha" not in page
