"""What leaves the site about results: press kit, share card, data for machines."""

import csv
import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from hackaviz.kernel.audit import record
from hackaviz.kernel.clock import utc_now
from judging.panels.models import JurySeat
from submissions.viewer.models import Preview, PreviewState
from tests.factories import both, make_juror, make_prize, make_sponsor, save, sign_in
from tests.support.results import CANARY, publish
from tests.support.uploads import image_bytes

pytestmark = pytest.mark.database("sqlite")


@pytest.fixture
def pictured(app, session, contest):
    """The winner has a still image."""
    blob = app.extensions["hackaviz.storage"].write(BytesIO(image_bytes("WEBP")))
    upload = contest.winner.current_version.upload
    keys = {"large_key": blob.key, "small_key": blob.key, "state": PreviewState.READY}
    return save(session, Preview(upload=upload, **keys, width=40, height=30))


def kit(client, contest):
    return client.get(f"/editions/{contest.edition.slug}/results/press-kit.zip")


def card(contest, language):
    return f"/editions/{contest.edition.slug}/results/card-{language}.jpg"


def release(client, contest):
    return ZipFile(BytesIO(kit(client, contest).data)).read("press-release.md").decode()


def test_the_kit_has_texts_in_both_languages_images_with_credits_and_logos(client, contest, pictured, published):
    contest.sponsor.logo_key = pictured.small_key
    answer = kit(client, contest)
    packed = ZipFile(BytesIO(answer.data))
    image = f"images/{contest.winner.code}.webp"
    assert set(packed.namelist()) == {
        "communique.md", "press-release.md", "images/credits.csv", image, "logos/hackaviz.svg", "logos/the-sponsor.png"
    }  # fmt: skip
    for name, words in (("communique.md", "Payé par"), ("press-release.md", "Paid by")):
        text = packed.read(name).decode()
        assert CANARY in text
        assert words in text
        assert "Secretname" not in text
        assert "&" not in text
    assert contest.winner.team.name in packed.read("images/credits.csv").decode()
    assert kit(client, contest).data == answer.data


def test_a_sponsors_jurors_are_named_apart_from_the_jury(client, session, contest):
    edition = contest.edition
    prize = make_prize(session, edition, contest.challenge, place=2, title=both("Choice of the sponsor & friends"))
    save(session, JurySeat(edition_id=edition.id, juror=make_juror(session, edition, name="Ada Apart"), prize=prize))
    assert publish(session, edition).snapshot["jury"] == ["Jo Juror"]
    page = client.get(f"/editions/{edition.slug}/results?lang=en").text
    release = ZipFile(BytesIO(kit(client, contest).data)).read("press-release.md").decode()
    assert "<li>Jo Juror</li>" in page and "<li>Ada Apart</li>" not in page
    assert "For “Choice of the sponsor &amp; friends (en)” alone: Ada Apart" in page
    assert "For “Choice of the sponsor & friends (en)” alone: Ada Apart\n" in release
    assert "The jury: Jo Juror\n" in release


def test_before_the_embargo_the_kit_is_for_organisers_alone(client, contest, scheduled):
    assert kit(client, contest).status_code == 404
    sign_in(client, contest.organiser)
    answer = kit(client, contest)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_share_card_is_there_from_the_hour_of_the_results_on_in_the_language_of_its_address(
    client, contest, pictured, published
):
    french = client.get(card(contest, "fr"), headers={"Accept-Language": "en"})
    assert french.data.startswith(b"\xff\xd8")
    assert client.get(card(contest, "fr"), headers={"Accept-Language": "fr"}).data == french.data
    assert client.get(card(contest, "en"), headers={"Accept-Language": "fr"}).data != french.data
    assert card(contest, "en") in client.get(f"/editions/{contest.edition.slug}/results?lang=en").text


def test_before_it_there_is_no_card_even_for_organisers(client, contest, pictured, scheduled):
    sign_in(client, contest.organiser)
    assert client.get(card(contest, "fr")).status_code == 404


def test_what_many_ask_for_is_drawn_once(app, client, contest, pictured, published):
    first = client.get(card(contest, "fr")).data, kit(client, contest).data
    app.extensions["hackaviz.storage"].delete(pictured.large_key)
    assert (client.get(card(contest, "fr")).data, kit(client, contest).data) == first


def test_of_a_work_whose_team_took_its_consent_back_the_kit_says_only_who_won(
    client, session, contest, pictured, published
):
    message = published.snapshot["challenges"][0]["ranking"][0]["entry"]["message"]
    assert message in release(client, contest)
    contest.winner.may_be_shown = False
    record(session, "entry.hide", subject=contest.winner, actor=None, now=utc_now(), edition_id=contest.edition.id)
    session.flush()
    assert message not in release(client, contest)
    assert CANARY in release(client, contest)


def test_no_cell_of_the_credits_acts_in_a_spreadsheet(client, session, contest, pictured):
    contest.winner.team.name = "=1+1"
    publish(session, contest.edition)
    credits_file = ZipFile(BytesIO(kit(client, contest).data)).read("images/credits.csv").decode("utf-8-sig")
    assert list(csv.reader(credits_file.splitlines()))[1][2] == "'=1+1"


def test_two_sponsors_whose_names_are_written_alike_have_a_logo_each(client, session, contest, pictured, published):
    contest.sponsor.logo_key = pictured.small_key
    for name in ("The Sponsor", "The sponsor!"):
        make_sponsor(session, contest.edition, name=name).logo_key = pictured.small_key
    session.flush()
    packed = ZipFile(BytesIO(kit(client, contest).data)).namelist()
    logos = {f"logos/the-sponsor{number}.png" for number in ("", "-2", "-3")}
    assert logos <= set(packed)
    assert len(packed) == len(set(packed))


def test_machines_read_who_won_what(client, contest, published):
    page = client.get(f"/editions/{contest.edition.slug}/results?lang=en").text
    said = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.+?)</script>', page)[1])
    [work] = said["workFeatured"]
    assert (said["@type"], work["name"], work["award"]) == ("Event", CANARY, "First prize (en)")
    assert said["sponsor"] == [{"@type": "Organization", "name": "The sponsor"}]
