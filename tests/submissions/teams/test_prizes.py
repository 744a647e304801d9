"""A team learns early which prizes it cannot win and why; organisers set people hors concours with a reason."""

from datetime import date

import pytest

from challenges.editions.rules import Phase
from challenges.sponsors.eligibility.models import HorsConcours, PledgeRule, PrizeStatement
from challenges.sponsors.eligibility.service import set_hors_concours
from challenges.sponsors.models import PrizeRule
from challenges.sponsors.rules import PrizeKind
from hackaviz.accounts.models import Role
from hackaviz.accounts.privacy import close_account
from hackaviz.kernel.audit import Action
from judging.prizes import service
from judging.prizes.queries import passed_over_in
from judging.prizes.standing import is_void, rankings_now
from tests.factories import (
    both,
    grant,
    make_challenge,
    make_edition,
    make_entry,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
    make_team,
    register,
    sign_in,
)

UNDER_26 = {"kind": PrizeKind.PLACE, "under_age": 26, "age_on": date(2027, 3, 1)}


@pytest.fixture
def edition(app, session):
    """Its first prize is for people under 26."""
    edition = make_edition(session, Phase.REGISTRATION)
    make_prize(session, edition, None, 50_000, title=both("Young talents"), rule=PrizeRule(**UNDER_26))
    return edition


@pytest.fixture
def ana(session):
    return make_person(session, name="Ana")


def statement(edition):
    return f"/editions/{edition.slug}/prizes-and-you?lang=en"


def test_who_registers_is_asked_what_prizes_need_and_told_at_once(client, session, edition, ana):
    form = {"is_student": "no", "is_minor": "no", "accepts_rules": "y", "rules_version": edition.current_rules.id}
    answer = sign_in(client, ana).post(f"/editions/{edition.slug}/register", data=form)
    assert answer.location == f"/editions/{edition.slug}/prizes-and-you"
    assert "Ana: has not stated a date of birth" in client.get(statement(edition)).text
    client.post(statement(edition), data={"born_on": "1990-01-01", "tie": "none"})
    assert "Ana: is too old on the day that counts" in client.get(statement(edition)).text
    client.post(statement(edition), data={"born_on": "2005-01-01", "tie": "none"})
    assert "cannot be won" not in client.get(statement(edition)).text


def test_who_registers_from_an_invitation_is_led_back_to_it_after_what_prizes_ask(client, session, edition, ana):
    sign_in(client, ana).get(f"/editions/{edition.slug}/register?next=/team-invitations/secret")
    form = {"is_student": "no", "is_minor": "no", "accepts_rules": "y", "rules_version": edition.current_rules.id}
    client.post(f"/editions/{edition.slug}/register", data=form)
    my_team = f"/editions/{edition.slug}/team"
    assert f'href="{my_team}"' in client.get(statement(edition)).text
    assert client.get(my_team).location == "/team-invitations/secret"
    assert client.get(my_team).location == f"/editions/{edition.slug}/teams/new"


def test_only_what_some_prize_asks_is_asked(client, session, edition, ana):
    register(session, edition, ana)
    page = sign_in(client, ana).get(statement(edition)).text
    assert 'name="born_on"' in page
    assert 'name="region"' not in page and 'name="is_first_entry"' not in page


def test_a_team_reads_on_its_page_and_before_it_hands_in_what_it_cannot_win(client, session, edition, ana):
    edition.submission_opens_at = edition.registration_opens_at
    team = make_team(session, edition, [ana])
    entry = make_entry(session, team, make_challenge(session, edition))
    session.commit()
    sign_in(client, ana)
    for page in (f"/teams/{team.public_id}?lang=en", f"/entries/{entry.public_id}/edit?lang=en"):
        assert "“Young talents (en)” cannot be won" in client.get(page).text


def test_the_conditions_of_money_are_asked_and_told_as_early_as_those_of_prizes(client, session, ana):
    edition = make_edition(session, Phase.REGISTRATION)
    make_prize(session, edition, None, 50_000)
    south, sponsor = PledgeRule(region="South"), make_sponsor(session, edition, name="The region")
    make_pledge(session, sponsor, 50_000, rule=south)
    make_pledge(session, make_sponsor(session, edition, name="The city"), 50_000)
    team = make_team(session, edition, [ana])
    session.commit()
    sign_in(client, ana)
    page = client.get(f"/teams/{team.public_id}?lang=en").text
    assert "Money of The region is not for this team" in page and "Ana: has not stated a region" in page
    assert "Money of The city" not in page
    assert '<option value="South">South</option>' in client.get(statement(edition)).text
    client.post(statement(edition), data={"region": "South", "tie": "none"})
    assert "is not for this team" not in client.get(f"/teams/{team.public_id}?lang=en").text


def test_a_tie_to_a_sponsor_must_be_named_and_takes_every_prize_away(client, session, edition, ana):
    register(session, edition, ana)
    sign_in(client, ana)
    tied = {"born_on": "2005-01-01", "tie": "sponsor_staff"}
    assert client.post(statement(edition), data=tied).status_code == 422
    client.post(statement(edition), data=tied | {"tie_to": "The port"})
    assert "Hors concours: ranked and shown, without a prize" in client.get(statement(edition)).text


def test_what_was_stated_is_exported_and_forgotten_with_the_account(client, session, edition, ana):
    register(session, edition, ana)
    sign_in(client, ana).post(statement(edition), data={"born_on": "2005-01-01", "tie": "none"})
    assert "2005-01-01" in client.get("/account/data.json").text


def test_organisers_set_a_person_hors_concours_with_a_reason_and_lift_it(client, session, edition, ana):
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    register(session, edition, ana)
    sign_in(client, organiser)
    path = f"/editions/{edition.slug}/organise/participants/{ana.public_id}/hors-concours"
    assert client.post(path, data={"reason": ""}).status_code == 422
    client.post(path, data={"reason": "Sister of a juror"})
    assert session.query(HorsConcours).one().reason == "Sister of a juror"
    assert client.post(path, data={"reason": "Again"}).status_code == 409
    client.post(f"{path}/lift")
    assert session.query(HorsConcours).count() == 0


def test_why_a_person_is_hors_concours_is_exported_and_forgotten_with_the_account(app, client, session, edition, ana):
    acts = {"edition": edition, "actor": make_person(session), "now": edition.created_at}
    set_hors_concours(session, person=ana, reason="Sister of a juror", **acts)
    session.commit()
    assert sign_in(client, ana).get("/account/data.json").json["hors_concours"][0]["reason"] == "Sister of a juror"
    with app.test_request_context():
        close_account(session, person=ana, now=edition.created_at)
    session.flush()
    session.expire_all()
    assert [each.reason for each in session.query(HorsConcours)] == [""]
    assert "Sister" not in str([each.details for each in session.query(Action)])


@pytest.fixture
def judged(app, session):
    """Two ranked entries, one prize by place for people under 26, and its money."""
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    challenge = make_challenge(session, edition, criteria=1)
    entries = [make_handed_in_entry(session, challenge) for _two in range(2)]
    for entry, mark in zip(entries, (4, 3), strict=True):
        make_review(session, make_juror(session, edition), entry, [mark])
        state(session, entry, born_on=date(2005, 1, 1))
    make_prize(session, edition, challenge, 10_000, rule=PrizeRule(**UNDER_26))
    make_pledge(session, make_sponsor(session, edition), 30_000)
    return edition, entries


def state(session, entry, **facts):
    person = entry.team.captain
    known = session.query(PrizeStatement).filter_by(person_id=person.id).one_or_none()
    known = known or PrizeStatement(edition_id=entry.edition_id, person_id=person.id, stated_at=entry.created_at)
    for name, value in ({"tie": "none"} | facts).items():
        setattr(known, name, value)
    session.add(known)
    session.flush()


def award(session, edition):
    return service.award_by_ranking(session, edition=edition, actor=None, now=edition.judging_closes_at)


def test_who_is_too_old_is_passed_over_at_the_award_and_the_reason_is_kept(session, judged):
    edition, (best, second) = judged
    state(session, best, born_on=date(1990, 1, 1))
    assert [given.entry_id for given in award(session, edition)] == [second.id]
    assert [(each.entry_id, each.grounds) for each in passed_over_in(session, edition)] == [(best.id, ["too_old"])]


def test_who_is_set_hors_concours_after_the_award_makes_it_void(session, judged):
    edition, (best, _second) = judged
    [given] = award(session, edition)
    assert not is_void(given, rankings_now(session, edition))
    by = {"decided_at": edition.created_at, "edition_id": edition.id}
    session.add(HorsConcours(person_id=best.team.captain.id, reason="Staff", **by))
    session.flush()
    assert is_void(given, rankings_now(session, edition))
