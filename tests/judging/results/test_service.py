"""Publication: what it needs, what it freezes, who sees it when."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase, judging_is_open, results_are_public
from hackaviz.accounts.models import Role
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.kernel.mail import OutgoingMail
from judging.panels.service import declare_conflict
from judging.prizes import service as prizes
from judging.prizes.paying import confirm_award
from judging.prizes.queries import awards_of
from judging.prizes.standing import basis_of, rankings_now
from judging.ranking.contest import TieRule
from judging.results import queries, service
from judging.results.models import Publication
from judging.results.reading import awards_in, sponsors_in
from judging.results.rules import seal
from judging.scoring.method.rules import Method
from judging.scoring.method.service import choose_method
from judging.scoring.models import Mark, Review
from tests.factories import (
    assign,
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
    refuse_team,
)

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


@pytest.fixture
def organiser(session):
    return make_person(session)


def judged(session, phase=Phase.DELIBERATION):
    """An edition with one reviewed entry that has won a funded prize."""
    edition = make_edition(session, phase, now=NOW, reviews_needed=1)
    challenge = make_challenge(session, edition, criteria=1)
    entry = make_handed_in_entry(session, challenge)
    make_review(session, make_juror(session, edition), entry, [3])
    make_prize(session, edition, challenge, 50_000)
    make_pledge(session, make_sponsor(session, edition, name="The sponsor"), 50_000)
    prizes.award_by_ranking(session, edition=edition, actor=None, now=NOW)
    session.refresh(edition)
    return edition, entry


def schedule(session, edition, organiser, public_at=LATER):
    return service.schedule(session, edition=edition, public_at=public_at, actor=organiser, now=NOW)


def test_a_scheduled_result_is_public_from_its_instant_and_not_a_second_before(app, session, organiser):
    edition, _entry = judged(session)
    published = schedule(session, edition, organiser)
    assert queries.public_results(session, edition, LATER - timedelta(seconds=1)) is None
    assert queries.public_results(session, edition, LATER).id == published.id
    assert not results_are_public(edition, LATER - timedelta(microseconds=1))


def test_a_snapshot_says_who_won_what_with_whose_money(app, session, organiser):
    edition, entry = judged(session)
    snapshot = schedule(session, edition, organiser).snapshot
    [award] = awards_in(snapshot)
    assert (award.entry["public_id"], award.cents) == (entry.public_id, 50_000)
    assert [(line.sponsor, line.cents) for line in sponsors_in(snapshot)] == [("The sponsor", 50_000)]
    [row] = snapshot["challenges"][0]["ranking"]
    assert (row["place"], row["score"], row["reviews"]) == (1, "3.0000", 1)


def test_later_edits_change_nothing_in_what_was_published(app, session, organiser):
    edition, entry = judged(session)
    published = schedule(session, edition, organiser, public_at=NOW)
    before = seal(published.snapshot)
    session.scalars(select(Mark)).one().value = 0
    entry.team.name = "Another name"
    session.flush()
    session.expire_all()
    assert seal(published.snapshot) == published.snapshot_sha256 == before


def test_a_correction_is_a_new_publication_with_its_reason_and_the_old_one_stays(app, session, organiser):
    edition, entry = judged(session)
    first = schedule(session, edition, organiser, public_at=NOW)
    entry.team.name = "Another name"
    session.flush()
    session.expire_all()
    second = service.correct(session, edition=edition, reason="A wrong name", actor=organiser, now=LATER)
    assert [each.number for each in queries.public_publications(session, edition, LATER)] == [2, 1]
    assert second.snapshot["challenges"][0]["ranking"][0]["entry"]["team"] == "Another name"
    assert first.snapshot["challenges"][0]["ranking"][0]["entry"]["team"] != "Another name"
    assert second.reason == "A wrong name"


def test_nothing_can_be_corrected_before_it_is_public(app, session, organiser):
    edition, _entry = judged(session)
    schedule(session, edition, organiser)
    with pytest.raises(Conflict):
        service.correct(session, edition=edition, reason="x", actor=organiser, now=NOW)


def test_a_date_can_be_withdrawn_under_embargo_and_not_after(app, session, organiser):
    edition, _entry = judged(session)
    schedule(session, edition, organiser)
    service.withdraw(session, edition=edition, actor=organiser, now=NOW)
    assert edition.results_public_at is None
    assert queries.public_results(session, edition, LATER + timedelta(days=1)) is None
    schedule(session, edition, organiser, public_at=NOW)
    with pytest.raises(Conflict):
        service.withdraw(session, edition=edition, actor=organiser, now=LATER)


def name_another_method(session, edition, _entry, now):
    named = {"method": Method.BORDA, "ties": TieRule.CHAIN, "reason": "The rules said so"}
    choose_method(session, edition=edition, **named, actor=None, now=now)


def take_a_mark_out(session, edition, entry, now):
    juror = session.scalars(select(Review)).one().juror
    declare_conflict(session, entry=entry, juror=juror, reason="A cousin", actor=juror, now=now)


@pytest.mark.parametrize(("change", "words"), [(name_another_method, "another method"), (take_a_mark_out, "marks")])
def test_scheduled_results_are_withdrawn_when_what_they_say_changes(app, session, organiser, change, words):
    edition, entry = judged(session)
    grant(session, organiser, Role.ORGANISER, edition)
    with app.app_context():
        publication = schedule(session, edition, organiser)
        change(session, edition, entry, NOW + timedelta(hours=1))
    assert publication.withdrawn_at == NOW + timedelta(hours=1) and edition.results_public_at is None
    letters = [mail for mail in session.scalars(select(OutgoingMail)) if mail.recipient == organiser.email]
    assert len(letters) == 1 and words in letters[0].body


def test_public_results_stay_when_marks_change_afterwards(app, session, organiser):
    edition, entry = judged(session)
    with app.app_context():
        publication = schedule(session, edition, organiser)
        take_a_mark_out(session, edition, entry, LATER)
    assert publication.withdrawn_at is None and edition.results_public_at == LATER


def test_results_wait_for_the_jury(app, session, organiser):
    edition, _entry = judged(session, Phase.JUDGING)
    waiting = make_handed_in_entry(session, make_challenge(session, edition, criteria=1))
    assign(session, make_juror(session, edition), waiting)
    with pytest.raises(Conflict):
        schedule(session, edition, organiser)


def test_once_every_review_is_finished_results_need_not_wait_and_judging_ends(app, session, organiser):
    edition, _entry = judged(session, Phase.JUDGING)
    assert judging_is_open(edition, NOW)
    schedule(session, edition, organiser)
    assert not judging_is_open(edition, NOW)


def test_results_wait_for_the_money(app, session, organiser):
    edition, entry = judged(session)
    prize = make_prize(session, edition, None, 1_000)
    prizes.give_award(
        session, edition=edition, prize=prize, entry=entry, given=prizes.Given(1_000), actor=organiser, now=NOW
    )
    with pytest.raises(Conflict):
        schedule(session, edition, organiser)


def test_results_wait_for_awards_on_a_changed_ranking_to_be_confirmed(app, session, organiser):
    edition, entry = judged(session)
    make_review(session, make_juror(session, edition), entry, [1])
    with pytest.raises(Conflict):
        schedule(session, edition, organiser)
    [award] = awards_of(session, edition)
    seen = basis_of(award, rankings_now(session, edition))
    confirm_award(session, edition=edition, award=award, seen=seen, reason="The jury", actor=organiser, now=NOW)
    assert schedule(session, edition, organiser).number == 1


def test_results_wait_for_an_award_whose_team_was_refused_since(app, session, organiser):
    edition, entry = judged(session)
    refuse_team(session, entry)
    with pytest.raises(Conflict):
        schedule(session, edition, organiser)


def test_results_are_scheduled_once(app, session, organiser):
    edition, _entry = judged(session)
    schedule(session, edition, organiser)
    with pytest.raises(Conflict):
        schedule(session, edition, organiser)
    assert len(session.scalars(select(Publication)).all()) == 1


def test_results_are_never_public_before_hand_in_is_over(app, session, organiser):
    edition, _entry = judged(session)
    with pytest.raises(Invalid) as refused:
        schedule(session, edition, organiser, public_at=edition.submission_closes_at - timedelta(seconds=1))
    assert refused.value.field == "public_at"
