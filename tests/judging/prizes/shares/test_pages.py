"""The members of a team agree how to share what they won, each in their own account, once the results are public."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from challenges.editions.rules import Phase
from hackaviz.accounts.privacy import close_account
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.errors import Conflict
from judging.prizes import service
from judging.prizes.models import Guardian
from judging.prizes.paying import AwardChanged, approve_payout
from judging.prizes.shares.queries import shares_of
from judging.prizes.standing import content_of
from judging.prizes.winnings import Winning
from judging.sealing.service import seal
from submissions.teams.models import Registration, TeamMember
from tests.factories import (
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
    make_team,
    pay,
    save,
    sign_in,
)
from tests.support.worlds import once

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def three_have_won(session):
    """A team of three has won 100.00; the results are public."""
    members = [make_person(session, name=name) for name in ("Ana", "Léo", "Zoé")]
    edition = make_edition(session, Phase.RESULTS, now=NOW, reviews_needed=1)
    challenge = make_challenge(session, edition, criteria=1)
    entry = make_handed_in_entry(session, challenge, team=make_team(session, edition, members))
    make_review(session, make_juror(session, edition), entry, [4])
    make_prize(session, edition, challenge, 10_000)
    make_pledge(session, make_sponsor(session, edition), 10_000)
    [award] = service.award_by_ranking(session, edition=edition, actor=None, now=NOW)
    return {"edition": edition, "award": award, "members": members}


@pytest.fixture
def world(session):
    return once(session, three_have_won)


@pytest.fixture
def members(world):
    return world["members"]


def path(edition, rest=""):
    return f"/editions/{edition.slug}/our-prizes{rest}?lang=en"


def propose(client, edition, award, cents):
    names = {f"share_{award.id}_{person}": f"{part / 100:.2f}" for person, part in cents.items()}
    return client.post(path(edition, f"/{award.id}/shares"), data=names)


def shared(session, award):
    session.expire_all()
    return [(share.person.name, share.cents) for share in shares_of(session, Winning((award,)))]


def test_without_an_agreement_everybody_gets_the_same(session, award):
    assert shared(session, award) == [("Ana", 3_334), ("Léo", 3_333), ("Zoé", 3_333)]


def test_other_shares_hold_once_every_member_has_consented_in_their_account(client, session, edition, award, members):
    wanted = dict(zip([each.id for each in members], (8_000, 2_000, 0), strict=True))
    assert propose(sign_in(client, members[0]), edition, award, wanted).status_code == 302
    session.refresh(award)
    [proposal] = award.share_proposals
    consent = path(edition, f"/{award.id}/shares/{proposal.id}/consent")
    assert "Ana proposes other shares" in sign_in(client, members[1]).get(path(edition)).text
    client.post(consent)
    assert shared(session, award)[0] == ("Ana", 3_334)
    sign_in(client, members[2]).post(consent)
    assert shared(session, award) == [("Ana", 8_000), ("Léo", 2_000), ("Zoé", 0)]


def test_nobody_consents_to_shares_of_another_amount(client, session, edition, award, members):
    wanted = dict(zip([each.id for each in members], (8_000, 2_000, 0), strict=True))
    propose(sign_in(client, members[0]), edition, award, wanted)
    award.cents = 9_000
    session.commit()
    sign_in(client, members[1])
    assert "proposes other shares" not in client.get(path(edition)).text
    answer = client.post(path(edition, f"/{award.id}/shares/{award.share_proposals[0].id}/consent"))
    assert answer.status_code == 409
    assert "worth another amount now" in answer.text


def test_shares_that_do_not_sum_to_the_award_are_refused_and_stay_typed(client, session, edition, award, members):
    answer = propose(sign_in(client, members[0]), edition, award, {each.id: 3_000 for each in members})
    assert answer.status_code == 422
    assert "The shares must add up to the award" in answer.text


def test_agreed_shares_ask_for_new_approvals(client, session, edition, award, members):
    seen, now = content_of(award), award.decided_at
    cents = [10_000, 0, 0]
    propose(sign_in(client, members[0]), edition, award, dict(zip([e.id for e in members], cents, strict=True)))
    session.refresh(award)
    for member in members[1:]:
        sign_in(client, member).post(path(edition, f"/{award.id}/shares/{award.share_proposals[0].id}/consent"))
    session.expire_all()
    seal(session, edition=edition, actor=None, now=now)
    with pytest.raises(AwardChanged):
        approve_payout(session, edition=edition, award=award, seen=seen, actor=make_person(session), now=now)


def test_a_minor_is_paid_once_a_guardian_has_consented(client, session, edition, award, members):
    now = award.decided_at
    session.query(Registration).filter_by(person_id=members[2].id).one().is_minor = True
    session.flush()
    with pytest.raises(Conflict):
        pay(session, edition, award, now.date(), "VIR-1")
    session.commit()
    organiser = make_person(session, is_administrator=True)
    session.commit()
    awards = f"/editions/{edition.slug}/organise/awards"
    dashboard = f"/editions/{edition.slug}/organise?lang=en"
    body = sign_in(client, organiser).get(dashboard).text
    assert "prize to pay to its winners" in body and "€100.00 in all" in body
    body = client.get(f"{awards}?lang=en").text
    assert "waits for a guardian" in body and "To be paid once a guardian consents" in body
    assert "Record the payment" not in body
    body = client.get(f"{awards}/{award.id}/payment?lang=en").text
    assert "It cannot be paid yet" in body and 'name="reference"' not in body
    session.query(Registration).filter_by(person_id=members[2].id).one().is_minor = True
    session.commit()
    sign_in(client, members[2])
    assert client.post(path(edition, "/guardian"), data={"guardian": "Eve"}).status_code == 422
    client.post(path(edition, "/guardian"), data={"guardian": "Eve", "consents": "y"})
    assert session.query(Guardian).one().name == "Eve"
    body = client.get(path(edition)).text
    assert "by the guardian who receives your share: Eve." in body and "Name another guardian" in body
    session.expire_all()
    pay(session, edition, award, now.date(), "VIR-1")
    session.commit()
    assert "prize to pay" not in sign_in(client, organiser).get(dashboard).text
    sign_in(client, members[2])
    body = client.get(path(edition)).text
    assert "by the guardian who receives your share: Eve." in body and 'name="guardian"' not in body


def test_a_guardian_is_exported_and_forgotten_with_the_account_once_paid(
    *, app, client, session, edition, award, members
):
    now = award.decided_at
    for person in members[1:]:
        session.query(Registration).filter_by(person_id=person.id).one().is_minor = True
        save(session, guardian_of(edition, person, now))
    session.commit()
    assert sign_in(client, members[2]).get("/account/data.json").json["guardians"][0]["name"] == "Eve"
    close(app, session, members[2])
    assert names_of_guardians(session) == ["Eve", "Eve"]
    pay(session, edition, award, now.date(), "VIR-1")
    assert names_of_guardians(session) == ["Eve", "—"]
    close(app, session, members[1])
    assert names_of_guardians(session) == ["—", "—"]


def guardian_of(edition, person, now):
    return Guardian(edition_id=edition.id, person_id=person.id, name="Eve", consented_at=now, recorded_by_id=person.id)


def names_of_guardians(session):
    session.flush()
    session.expire_all()
    return [each.name for each in session.query(Guardian).order_by(Guardian.id)]


def close(app, session, person):
    with app.test_request_context():
        close_account(session, person=person, now=utc_now())


def test_who_left_after_the_hand_in_keeps_a_share_and_who_came_has_none(session, edition, award, members):
    seat = session.query(TeamMember).filter_by(person_id=members[0].id).one()
    newcomer = make_person(session, name="Noé")
    place = {"team_id": seat.team_id, "edition_id": seat.edition_id, "joined_at": seat.joined_at}
    session.delete(seat)
    session.flush()
    save(session, TeamMember(person=newcomer, seat=9, is_captain=False, **place))
    assert shared(session, award) == [("Léo", 3_334), ("Zoé", 3_333), ("Ana", 3_333)]


def test_before_the_results_nobody_learns_of_a_prize_here(client, session, edition, award, members):
    edition.results_public_at = utc_now() + timedelta(days=1)
    session.commit()
    sign_in(client, members[0])
    assert client.get(path(edition)).status_code == 404
    assert "Your prizes" not in client.get(f"/teams/{award.entry.team.public_id}?lang=en").text


def test_nobody_else_sees_the_shares(client, session, edition, award):
    assert sign_in(client, make_person(session)).get(path(edition)).status_code == 404


def test_the_payment_list_says_how_much_each_member_gets_from_which_pledge(client, session, edition, award):
    sign_in(client, make_person(session, is_administrator=True))
    listed = client.get(f"/editions/{edition.slug}/organise/awards/payments.csv?lang=en")
    [titles, *rows] = csv.reader(io.StringIO(listed.text.lstrip("\ufeff")))
    paid = [(row[titles.index("Paid to")], row[titles.index("Amount in euros")]) for row in rows]
    assert paid == [("Ana", "33.34"), ("Léo", "33.33"), ("Zoé", "33.33")]
