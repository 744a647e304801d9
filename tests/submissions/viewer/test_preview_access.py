"""Who may fetch a still image."""

from io import BytesIO

import pytest

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from submissions.viewer.models import Preview, PreviewState
from submissions.viewer.registry import viewer_registry
from tests.factories import grant, make_juror, make_person, sign_in
from tests.support.uploads import image_bytes
from tests.support.works import send_work


@pytest.fixture
def drawn(session, files):
    """Gives an upload its images and answers the address of the small one."""

    def drawn(upload) -> str:
        key = files.write(BytesIO(image_bytes("WEBP"))).key
        sizes = {"large_key": key, "small_key": key, "width": 40, "height": 30}
        session.add(Preview(upload=upload, state=PreviewState.READY, **sizes))
        session.flush()
        return f"/previews/{upload.public_id}/small.webp"

    return drawn


def test_a_public_one_is_for_everybody_and_caches_keep_it(client, make_work, drawn):
    answer = client.get(drawn(make_work(phase=Phase.RESULTS)))
    assert answer.status_code == 200 and answer.mimetype == "image/webp"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"


def test_before_publication_the_team_and_organisers_only(client, new_client, session, make_work, drawn):
    upload = make_work()
    url, edition = drawn(upload), upload.entry.edition
    organiser, juror = make_person(session), make_juror(session, edition)
    grant(session, organiser, Role.ORGANISER, edition)
    for outsider in (client, sign_in(new_client(), make_person(session)), sign_in(new_client(), juror)):
        assert outsider.get(url).status_code == 404
    for insider in (upload.entry.team.captain, organiser):
        answer = sign_in(new_client(), insider).get(url)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_other_rooms_may_admit_a_juror(client, session, app, make_work, drawn):
    upload = make_work()
    juror = make_juror(session, upload.entry.edition)
    viewer_registry(app).may_open.append(lambda person, shown, _now: (person.id, shown.id) == (juror.id, upload.id))
    assert sign_in(client, juror).get(drawn(upload)).status_code == 200
    assert sign_in(client, juror).get(drawn(make_work())).status_code == 404


def test_a_file_that_was_replaced_does_not_become_public(client, session, files, make_work, drawn):
    entry = make_work(phase=Phase.RESULTS).entry
    replaced = send_work(session, files, entry, "other.png", image_bytes("PNG"))
    assert client.get(drawn(replaced)).status_code == 404


def test_one_that_is_not_made_yet_is_not_there(client, session, make_work):
    upload = make_work(phase=Phase.RESULTS)
    session.add(Preview(upload=upload))
    assert client.get(f"/previews/{upload.public_id}/large.webp").status_code == 404
    assert client.get(f"/previews/{upload.public_id}/huge.webp").status_code == 404
