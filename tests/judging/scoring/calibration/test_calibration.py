"""The exercise: public works of another edition, scored once by each juror, who then sees the spread."""

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from judging.scoring.calibration.models import TrainingReview, TrainingWork
from judging.scoring.queries import finished_reviews
from tests.factories import (
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    sign_in,
)


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
