"""The exercise: public works of another edition, scored once by each juror, who then sees the spread."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import insert, select

from challenges.editions.models import Visibility
from challenges.editions.queries import SHELF
from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.kernel.jobs import transactions
from hackaviz.kernel.mail import OutgoingMail
from judging.scoring.calibration.models import TrainingReview, TrainingWork
from judging.scoring.calibration.queries import training_of, works_of
from judging.scoring.calibration.service import choose_works, score_work
from judging.scoring.queries import finished_reviews
from submissions.entries.queries import handed_in_entries
from submissions.entries.scans.service import WAIT, Scanner
from submissions.viewer.models import Preview, PreviewState
from tests.factories import (
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    sign_in,
)
from tests.support.clamd import EICAR, clamd
from tests.support.client import CONTENT_URL
from tests.support.uploads import PAGE, image_bytes


@pytest.fixture
def challenge(session):
    return make_challenge(session, make_edition(session, Phase.JUDGING))


@pytest.fixture
def works(session):
    over = make_challenge(session, make_edition(session, Phase.RESULTS))
    return [make_handed_in_entry(session, over, title=f"Old work {number}") for number in range(2)]


@pytest.fixture
def organise(client, session, challenge, works):
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, challenge.edition)
    return sign_in(client, organiser)


def text(answer):
    return answer.get_data(as_text=True)


def chosen(works, challenge):
    return {"first": works[0].public_id, "second": works[1].public_id, "challenge": challenge.id}


def test_works_are_chosen_scored_and_compared(organise, new_client, session, challenge, works):
    edition = challenge.edition
    page = f"/editions/{edition.slug}/organise/jury/calibration"
    assert "Old work 0" in text(organise.get(page))
    assert organise.post(page, data=chosen([works[0]] * 2, challenge)).status_code == 422
    assert organise.post(page, data=chosen(works, challenge)).status_code == 302
    juror = sign_in(new_client(), make_juror(session, edition))
    assert "Score training work 1" in text(juror.get(f"/editions/{edition.slug}/jury"))
    work = f"/editions/{edition.slug}/jury/calibration/1"
    assert "Jurors</th>" not in text(juror.get(work))
    marks = {f"mark-{criterion.id}": "3" for criterion in challenge.criteria}
    sent = {"save_key": "key", "base_revision": "0"}
    first = next(iter(marks))
    assert juror.post(work, data=sent | {first: "3"}).status_code == 422
    assert juror.post(work, data=sent | marks).status_code == 302
    assert "Scored by 1 juror so far, you." in text(juror.get(work))
    assert juror.post(work, data=sent | marks).status_code == 409
    assert len(session.scalars(select(TrainingReview)).all()) == 1
    assert finished_reviews(session, edition) == []
    assert organise.post(page, data=chosen(works, challenge)).status_code == 409
    assert len(session.scalars(select(TrainingWork)).all()) == 2


def test_works_in_contest_are_not_offered(organise, session, challenge):
    make_handed_in_entry(session, challenge, title="Still in contest")
    assert "Still in contest" not in text(organise.get(f"/editions/{challenge.edition.slug}/organise/jury/calibration"))


@pytest.mark.parametrize(
    "hidden",
    [{"results_public_at": utc_now() + timedelta(days=9)}, {"visibility": Visibility.DRAFT, "published_at": None}],
)
def test_works_of_an_edition_under_embargo_or_not_published_are_not_offered(
    organise, session, challenge, works, hidden
):
    for name, value in hidden.items():
        setattr(works[0].edition, name, value)
    session.commit()
    assert "Old work 0" not in text(organise.get(f"/editions/{challenge.edition.slug}/organise/jury/calibration"))


def test_works_of_teams_that_do_not_agree_are_refused(app, session, challenge, works):
    works[1].may_be_shown = False
    with app.test_request_context("/"), pytest.raises(Invalid):
        choose_works(session, edition=challenge.edition, entries=works, challenge=challenge, actor=None, now=utc_now())


@pytest.fixture
def chosen_works(app, session, challenge, works):
    with app.test_request_context("/"):
        choose_works(session, edition=challenge.edition, entries=works, challenge=challenge, actor=None, now=utc_now())
    session.commit()
    return works_of(session, challenge.edition)


def test_marks_that_arrive_twice_at_once_are_kept_once(app, session, challenge, chosen_works):
    work, juror = chosen_works[0], make_juror(session, challenge.edition)
    assert work.reviews == [], "read before the first request had written"
    given = {"work_id": work.id, "juror_id": juror.id, "marks": {}, "given_at": utc_now()}
    session.execute(insert(TrainingReview).values(**given))
    marks = {criterion.id: 3 for criterion in challenge.criteria}
    with app.test_request_context("/"), pytest.raises(Conflict, match="already"):
        score_work(session, work=work, juror=juror, marks=marks, now=utc_now())


def test_a_work_whose_team_takes_its_consent_back_is_gone_for_jurors(client, session, challenge, works, chosen_works):
    juror = make_juror(session, challenge.edition)
    sign_in(client, juror)
    page = f"/editions/{challenge.edition.slug}/jury/calibration/1"
    works[0].message = "What we found in the ports"
    session.commit()
    before = text(client.get(page))
    assert "What we found in the ports" in before and CONTENT_URL in before
    works[0].may_be_shown = False
    session.commit()
    after = text(client.get(page))
    assert "This work is no longer available." in after
    assert "What we found in the ports" not in after and CONTENT_URL not in after
    marks = {f"mark-{criterion.id}": "3" for criterion in challenge.criteria}
    assert client.post(page, data={"save_key": "key", "base_revision": "0"} | marks).status_code == 409
    assert [work.number for work in training_of(session, challenge.edition, juror).works] == [2]


@pytest.fixture
def bring(organise, session, challenge):
    def send(content, name="example.png", title="An example"):
        file = (BytesIO(content), name)
        sent = {"file": file, "title": title, "message": "Seven o’clock", "challenge": challenge.id}
        page = f"/editions/{challenge.edition.slug}/organise/jury/calibration"
        return organise.post(f"{page}/upload", data=sent, content_type="multipart/form-data")

    return send


@pytest.mark.database("sqlite")
def test_organisers_bring_works_that_pass_the_same_intake(bring, organise, new_client, session, challenge):
    edition = challenge.edition
    assert bring(image_bytes("PNG")).status_code == 302
    assert bring(image_bytes("PNG"), title="Another").status_code == 302
    first, _second = works_of(session, edition)
    assert first.is_uploaded and first.upload.kind == "image" and first.entry.edition.slug == SHELF
    assert handed_in_entries(session, first.entry.edition) == []
    juror = sign_in(new_client(), make_juror(session, edition))
    assert "Score training work 1" in text(juror.get(f"/editions/{edition.slug}/jury"))
    work = f"/editions/{edition.slug}/jury/calibration/1"
    shown = text(juror.get(work))
    assert "Seven o’clock" in shown and "An example" not in shown and "example.png" not in shown
    marks = {f"mark-{criterion.id}": "3" for criterion in challenge.criteria}
    assert juror.post(work, data={"save_key": "key", "base_revision": "0"} | marks).status_code == 302
    assert bring(image_bytes("PNG")).status_code == 409
    remove = f"/editions/{edition.slug}/organise/jury/calibration/2/remove"
    assert organise.post(remove).status_code == 409
    assert finished_reviews(session, edition) == []


@pytest.mark.database("sqlite")
def test_a_file_that_intake_refuses_is_no_work_and_says_why(bring, session, challenge):
    refused = bring(b"GIF89a but not really", "example.gif")
    assert refused.status_code == 422
    assert "Some answers need another look" in text(refused)
    assert bring(b"", "").status_code == 422
    assert works_of(session, challenge.edition) == []


@pytest.mark.database("sqlite")
def test_works_brought_are_taken_out_and_are_never_public(bring, organise, new_client, session, challenge):
    edition = challenge.edition
    bring(image_bytes("PNG"))
    [work] = works_of(session, edition)
    [preview] = session.scalars(select(Preview))
    preview.state, preview.small_key, preview.large_key = PreviewState.READY, "s", "l"
    session.flush()
    still = f"/previews/{work.upload.public_id}/small.webp"
    stranger = make_juror(session, make_edition(session, Phase.JUDGING))
    answers = [sign_in(new_client(), person).get(still) for person in (make_juror(session, edition), stranger)]
    assert [answer.status_code for answer in answers] == [200, 404]
    administrator = sign_in(new_client(), make_person(session, is_administrator=True))
    assert administrator.get(f"/editions/{SHELF}").status_code == 404
    assert administrator.get(f"/editions/{SHELF}/organise").status_code == 404
    listed = text(administrator.get("/editions"))
    assert edition.title.en in listed and "Training works of juries" not in listed
    remove = f"/editions/{edition.slug}/organise/jury/calibration/1/remove"
    assert [organise.post(remove).status_code for _twice in range(2)] == [302, 404]


@pytest.mark.database("sqlite")
def test_organisers_learn_what_the_antivirus_finds_later_in_a_work_of_theirs(app, bring, organise, session, challenge):
    app.config["ANTIVIRUS_URL"] = "tcp://127.0.0.1:1"
    session.commit()
    assert bring(PAGE.replace(b"</body>", EICAR + b"</body>"), "example.html").status_code == 302
    session.commit()
    with app.app_context(), clamd() as url:
        scanner = Scanner(app.extensions["hackaviz.storage"], url)
        assert scanner.scan_due(transactions(app.extensions["hackaviz.sessions"].writing), utc_now() + 2 * WAIT)
    session.expire_all()
    [letter] = session.scalars(select(OutgoingMail))
    exercise = f"/editions/{challenge.edition.slug}/organise/jury/calibration"
    assert "example.html" in letter.body and exercise in letter.body
    assert "The antivirus has found something" in text(organise.get(exercise))
    assert training_of(session, challenge.edition, make_juror(session, challenge.edition)).next is None
