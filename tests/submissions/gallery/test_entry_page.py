"""The page of one entry: public, or for its team and organisers only."""

import pytest

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from submissions.viewer.models import Preview, PreviewState
from tests.factories import (
    grant,
    hand_in,
    make_challenge,
    make_edition,
    make_entry,
    make_juror,
    make_person,
    make_team,
    make_upload,
    sign_in,
)


@pytest.fixture
def make_work(session):
    def make_work(phase: Phase = Phase.RESULTS, **manifest):
        challenge = make_challenge(session, make_edition(session, phase))
        entry = make_entry(session, make_team(session, challenge.edition), challenge)
        upload = make_upload(session, entry)
        session.add(Preview(upload=upload, state=PreviewState.READY, width=1280, height=960))
        sheet = {
            "title": "Deux ports",
            "message": "Deux ports, trois listes.",
            "text_alternative": "A map & a list.",
            "method": "<b>Counted</b>",
            "tools": "R",
            "citations": [{"dataset": "ports", "title": {"fr": "Les ports", "en": "Ports"}, "usage": "Their places."}],
        }
        hand_in(session, entry, upload, manifest=sheet | manifest)
        return entry

    return make_work


def test_everybody_sees_a_public_work_whole(client, make_work):
    entry = make_work()
    page = client.get(f"/entries/{entry.public_id}").text
    for words in (
        "Deux ports, trois listes.",
        "A map &amp; a list.",
        "&lt;b&gt;Counted&lt;/b&gt;",
        "Their places.",
        entry.team.name,
        entry.team.captain.name,
    ):
        assert words in page
    assert 'href="/catalogue/ports"' in page
    assert "Not public yet" not in page


def test_the_live_work_comes_from_the_other_host_and_the_still_from_ours(client, make_work):
    entry = make_work()
    page = client.get(f"/entries/{entry.public_id}").text
    assert 'data-live="http://localhost:8000/w/' in page
    assert 'href="http://localhost:8000/alone/' in page
    still = f"/previews/{entry.current_upload.public_id}/large.webp"
    assert f'src="{still}" alt="A map &amp; a list." width="1280" height="960"' in page
    assert "<iframe" not in page


def test_before_publication_only_its_team_and_the_organisers_see_it(client, new_client, session, make_work):
    entry = make_work(Phase.JUDGING)
    organiser, juror = make_person(session), make_juror(session, entry.edition)
    grant(session, organiser, Role.ORGANISER, entry.edition)
    url = f"/entries/{entry.public_id}"
    for outsider in (client, sign_in(new_client(), make_person(session)), sign_in(new_client(), juror)):
        answer = outsider.get(url)
        assert answer.status_code == 404
        assert "Deux ports" not in answer.text
    for insider in (entry.team.captain, organiser):
        answer = sign_in(new_client(), insider).get(url)
        assert answer.status_code == 200
        assert "Not public yet" in answer.text and "expected on" in answer.text


def test_a_draft_has_no_such_page_even_for_its_team(client, session):
    challenge = make_challenge(session, make_edition(session, Phase.RESULTS))
    entry = make_entry(session, make_team(session, challenge.edition), challenge)
    make_upload(session, entry)
    assert sign_in(client, entry.team.captain).get(f"/entries/{entry.public_id}").status_code == 404


def test_what_the_draft_says_since_is_not_shown(client, session, make_work):
    entry = make_work()
    entry.title, entry.current_upload = "Changed since", make_upload(session, entry)
    page = client.get(f"/entries/{entry.public_id}").text
    assert "Changed since" not in page
    assert entry.current_upload.public_id not in page


def test_a_work_whose_image_is_not_made_yet_says_so(client, session, make_work):
    entry = make_work()
    session.query(Preview).update({"state": PreviewState.DUE})
    page = client.get(f"/entries/{entry.public_id}").text
    assert "The still image is being made" in page and "large.webp" not in page
