"""What an award stands on: the marks of the panel that decides about its prize, and the rules that let a team win."""

from datetime import UTC, date, datetime

import pytest

from challenges.editions.rules import Phase
from challenges.sponsors.models import PrizePolicy, PrizeRule
from challenges.sponsors.rules import PrizeKind
from hackaviz.accounts.models import Role
from judging.panels.audience.models import AudienceBallot, AudiencePanel
from judging.panels.audience.rules import Electorate
from judging.panels.models import JurySeat
from judging.prizes import paying, service
from judging.prizes.paying import AwardVoid
from judging.prizes.service import Given
from judging.prizes.standing import basis_of, content_of, is_void, new_grounds, rankings_now
from tests.factories import (
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
    save,
    sign_in,
)

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def edition(app, session):
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    make_pledge(session, make_sponsor(session, edition), 50_000)
    return edition


@pytest.fixture
def entry(session, edition):
    """Marked by a juror of the jury."""
    entry = make_handed_in_entry(session, make_challenge(session, edition, criteria=1))
    make_review(session, make_juror(session, edition), entry, [3])
    return entry


def give(session, edition, entry, **rule):
    prize = make_prize(session, edition, None, 10_000, place=101, rule=PrizeRule(**rule))
    return prize, lambda: service.give_award(
        session, edition=edition, prize=prize, entry=entry, given=Given(10_000, "The panel"), actor=None, now=NOW
    )


def confirm(session, edition, award, rankings):
    acts = {"seen": basis_of(award, rankings), "reason": "The jury", "actor": None, "now": NOW}
    paying.confirm_award(session, edition=edition, award=award, **acts)


def change_mark(session, review, value):
    review.marks[0].value = value
    session.flush()
    session.expire_all()


def test_a_sponsors_choice_stands_on_the_marks_of_its_own_jurors_alone(session, edition, entry):
    sponsor = make_sponsor(session, edition)
    prize, give_it = give(session, edition, entry, kind=PrizeKind.SPONSOR_CHOICE, sponsor_id=sponsor.id)
    own = make_juror(session, edition)
    save(session, JurySeat(edition_id=edition.id, juror=own, prize=prize))
    by_panel, by_jury = (
        make_review(session, own, entry, [3]),
        make_review(session, make_juror(session, edition), entry, [2]),
    )
    award = give_it()
    change_mark(session, by_jury, 4)
    assert not is_void(award, rankings_now(session, edition))
    change_mark(session, by_panel, 2)
    assert is_void(award, rankings_now(session, edition))
    rankings = rankings_now(session, edition)
    confirm(session, edition, award, rankings)
    assert not is_void(award, rankings)


def test_an_audience_award_stands_on_the_votes(session, edition, entry):
    prize, give_it = give(session, edition, entry, kind=PrizeKind.AUDIENCE)
    dates = {"opens_at": edition.judging_opens_at, "closes_at": edition.judging_closes_at}
    panel = save(session, AudiencePanel(edition=edition, prize=prize, electorate=Electorate.EVERYBODY, **dates))
    award = give_it()
    make_review(session, make_juror(session, edition), entry, [1])
    assert not is_void(award, rankings_now(session, edition))
    ballot = {"person": make_person(session), "voter_key": "k", "cast_at": NOW}
    save(session, AudienceBallot(panel=panel, entry=entry, **ballot))
    assert is_void(award, rankings_now(session, edition))


def test_rules_that_are_tightened_make_an_award_void_until_it_is_confirmed(session, edition, entry):
    prize, give_it = give(session, edition, entry, kind=PrizeKind.MENTION)
    award = give_it()
    service.fund_awards(session, edition=edition, actor=None, now=NOW)
    prize.rule.region = "Corse"
    session.flush()
    rankings = rankings_now(session, edition)
    assert (is_void(award, rankings), new_grounds(award, rankings)) == (True, ["region_unknown"])
    approved = content_of(award)
    person = make_person(session)
    with pytest.raises(AwardVoid):
        paying.approve_payout(session, edition=edition, award=award, seen=approved, actor=person, now=NOW)
    confirm(session, edition, award, rankings)
    assert not is_void(award, rankings) and content_of(award) != approved
    prize.rule.under_age, prize.rule.age_on = 26, date(2027, 3, 1)
    session.flush()
    assert new_grounds(award, rankings_now(session, edition)) == ["age_unknown"]


def test_what_was_set_aside_when_it_was_given_voids_nothing_and_neither_does_a_rule_that_is_lifted(
    session, edition, entry
):
    prize, _give_it = give(session, edition, entry, kind=PrizeKind.MENTION, region="Corse")
    given = Given(10_000, "The jury, all the same", although=True)
    award = service.give_award(session, edition=edition, prize=prize, entry=entry, given=given, actor=None, now=NOW)
    assert not is_void(award, rankings_now(session, edition))
    prize.rule.region = ""
    session.flush()
    assert not is_void(award, rankings_now(session, edition))


def test_a_rule_of_one_prize_that_comes_later_voids_what_an_entry_was_given_beyond_it(session, edition, entry):
    first, second = (
        service.give_award(
            session, edition=edition, prize=make_prize(session, edition, None, 10_000, place=place), entry=entry,
            given=Given(10_000), actor=None, now=NOW,
        )
        for place in (1, 2)
    )  # fmt: skip
    assert not is_void(second, rankings_now(session, edition))
    save(session, PrizePolicy(edition_id=edition.id, one_prize_per_entry=True))
    rankings = rankings_now(session, edition)
    assert (is_void(first, rankings), new_grounds(second, rankings)) == (False, ["has_another_prize"])
    confirm(session, edition, second, rankings)
    assert not is_void(second, rankings_now(session, edition))


def test_the_page_says_which_rule_an_award_is_void_by(client, session, edition, entry):
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    prize, give_it = give(session, edition, entry, kind=PrizeKind.MENTION)
    give_it()
    prize.rule.first_entry_only = True
    session.commit()
    page = sign_in(client, organiser).get(f"/editions/{edition.slug}/organise/awards?lang=en").text
    assert "void: the team may not win" in page
    assert "a member has not said whether this is a first entry" in page and "Confirm all the same" in page
