"""Still images whose files are lost are made again: when somebody asks for one, or when the operator says so."""

from datetime import timedelta

import pytest

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.storage import StorageUnavailable
from submissions.viewer.addresses import work_url
from submissions.viewer.leases import MOST_ATTEMPTS
from submissions.viewer.models import PreviewState
from submissions.viewer.service import ask_for_preview, claim_due, release_works
from tests.factories import grant, make_person, sign_in
from tests.support.uploads import image_bytes, pdf_bytes

pytestmark = pytest.mark.database("sqlite")
# Wide enough for several widths, and low: drawing takes as long as there are pixels.
IMAGE = image_bytes("PNG", (900, 60))


def test_the_operator_has_every_lost_still_made_again(app, draw, make_work, session, files):
    first, second = draw(make_work("a.png", image_bytes("PNG"))), draw(make_work("b.png", image_bytes("PNG")))
    files.delete(first.stills[0]["avif"]["key"])
    session.commit()
    answer = app.test_cli_runner().invoke(args=["previews", "again"])
    assert answer.exit_code == 0 and "1 due" in answer.stderr
    session.expire_all()
    assert (first.state, second.state) == (PreviewState.DUE, PreviewState.READY)
    again = draw()
    session.refresh(first)
    assert again is second and first.state is PreviewState.READY
    assert files.exists(first.stills[0]["avif"]["key"])


def test_a_lost_still_that_is_asked_for_is_made_again_and_a_label_stands_in(client, draw, make_work, session, files):
    upload = make_work("a.png", IMAGE, Phase.RESULTS)
    drawn = draw(upload)
    files.delete(drawn.stills[1]["avif"]["key"])
    files.delete(drawn.large_key)
    session.commit()
    for name in ("640.avif", "large.webp", "640.avif"):
        label = client.get(f"/previews/{upload.public_id}/{name}")
        assert (label.status_code, label.mimetype) == (200, "image/svg+xml")
        assert label.headers["Cache-Control"] == "no-store"
        assert upload.entry.title in label.text
    session.expire_all()
    assert (drawn.state, drawn.attempts) == (PreviewState.DUE, 0)
    assert draw().state is PreviewState.READY
    again = client.get(f"/previews/{upload.public_id}/640.avif")
    assert again.mimetype == "image/avif" and again.headers["Cache-Control"].startswith("public")
    session.expire_all()
    assert (drawn.state, drawn.attempts) == (PreviewState.READY, 1)


def test_a_lost_page_of_a_document_is_drawn_again(content_client, draw, make_work, files, address):
    upload = make_work("a.pdf", pdf_bytes(2))
    drawn = draw(upload)
    files.delete(drawn.pages[1]["key"])
    page = address(work_url, upload, utc_now()) + "page-2.webp"
    assert content_client.get(page).status_code == 404
    assert draw().state is PreviewState.READY
    assert content_client.get(page).mimetype == "image/webp"


def test_before_the_results_a_label_tells_the_code_alone(client, draw, make_work, session, files):
    upload = make_work("a.png", IMAGE)
    files.delete(draw(upload).small_key)
    grant(session, organiser := make_person(session), Role.ORGANISER, upload.entry.edition)
    session.commit()
    label = sign_in(client, organiser).get(f"/previews/{upload.public_id}/small.webp")
    assert label.mimetype == "image/svg+xml"
    assert upload.entry.code in label.text and upload.entry.title not in label.text


def test_a_label_that_is_kept_as_a_picture_tells_no_title(draw, make_work, files):
    first, second = (make_work("a.png", content) for content in (IMAGE, image_bytes("PNG", (901, 60))))
    second.entry.number = first.entry.number
    first.entry.title, second.entry.title = "Ports by the Serinus team", "Another one"
    drawn = []
    for upload in (first, second):
        files.delete(upload.storage_key)
        now, preview = utc_now(), draw(upload)
        while preview.state is PreviewState.DUE:
            now += timedelta(hours=1)
            preview = draw(now=now)
        assert preview.is_drawn_label
        drawn.append(preview.large_key)
    assert drawn[0] == drawn[1], "codes alike, pictures alike"


def test_the_operator_has_labels_drawn_anew_as_older_ones_named_the_title(app, draw, make_work, session):
    drawn = draw(make_work("a.png", IMAGE))
    drawn.is_drawn_label = True
    session.commit()
    assert "1 due" in app.test_cli_runner().invoke(args=["previews", "again"]).stderr
    assert draw().is_drawn_label is False


def test_a_title_cannot_act_in_a_label(client, draw, make_work, session, files):
    upload = make_work("a.png", IMAGE, Phase.RESULTS)
    files.delete(draw(upload).small_key)
    upload.entry.title = "<script>1</script>"
    session.commit()
    assert "<script" not in client.get(f"/previews/{upload.public_id}/small.webp").text


def test_a_still_is_not_asked_for_again_by_those_who_may_not_see_it(client, draw, make_work, session, files):
    upload = make_work("a.png", IMAGE, Phase.JUDGING)
    drawn = draw(upload)
    files.delete(drawn.large_key)
    session.commit()
    assert client.get(f"/previews/{upload.public_id}/large.webp").status_code == 404
    session.expire_all()
    assert drawn.state is PreviewState.READY


def test_a_work_that_is_lost_itself_ends_in_a_label(draw, make_work, files):
    upload, now = make_work("a.png", IMAGE), utc_now()
    files.delete(upload.storage_key)
    preview = draw(upload)
    for attempt in range(1, MOST_ATTEMPTS):
        assert (preview.state, preview.attempts) == (PreviewState.DUE, attempt)
        now += timedelta(hours=1)
        preview = draw(now=now)
    assert preview.state is PreviewState.FAILED and preview.is_drawn_label


def test_a_try_during_which_the_storage_failed_does_not_count(draw, make_work, monkeypatch):
    def fail(*_arguments):
        raise StorageUnavailable("The bucket does not answer.")

    upload = make_work("a.png", IMAGE)
    with monkeypatch.context() as storage:
        storage.setattr("submissions.viewer.previews.Studio.fetch", fail)
        preview = draw(upload)
    assert (preview.state, preview.attempts, preview.error) == (PreviewState.DUE, 0, None)
    assert preview.leased_until > utc_now(), "the next one waits"
    assert draw(now=preview.leased_until).state is PreviewState.READY


def test_what_a_killed_job_process_had_taken_is_given_back_when_it_starts_again(session, make_work, now):
    ask_for_preview(session, make_work("a.png", IMAGE), now)
    assert claim_due(session, now) is not None
    assert claim_due(session, now) is None
    release_works(session)
    assert claim_due(session, now).attempts == 2
