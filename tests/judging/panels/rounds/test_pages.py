"""The organiser's pages of rounds, and what jurors see of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Person, Role
from hackaviz.kernel.clock import utc_now
from hackaviz.web.forms import local
from judging.panels.models import Assignment, JurySeat
from judging.panels.rounds.models import Round, RoundKind
from judging.panels.rounds.queries import finalists_of, rounds_of
from tests.factories import (
    assign,
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_prize,
    make_review,
    save,
    sign_in,
)


@pytest.fixture
def challenge(session):
    return make_challenge(session, make_edition(session, Phase.JUDGING, reviews_needed=1))


@pytest.fixture
def at_work(client, session, challenge):
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, challenge.edition)
    return sign_in(client, organiser)


def text(answer):
    return answer.get_data(as_text=True)


def typed(edition, *, further=2):
    now = utc_now()
    days = {"qualification_closes_at": 2, "finalists_open_at": 3}
    dates = {name: local(now + timedelta(days=n), edition.time_zone).isoformat()[:16] for name, n in days.items()}
    shown = {"qualification_marks_shown": "after-own", "finalists_marks_shown": "at-deliberation"}
    return {**dates, **shown, "further_reviews": str(further), "qualification_is_blind": "y"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_rounds_are_planned_shown_and_dropped(at_work, session, challenge, language):
    edition = challenge.edition
    page = f"/editions/{edition.slug}/organise/jury/rounds"
    assert at_work.get(f"{page}?lang={language}").status_code == 200
    assert at_work.post(page, data=typed(edition, further=0)).status_code == 422
    assert at_work.post(page, data=typed(edition)).status_code == 302
    final = rounds_of(session, edition)[RoundKind.FINALISTS]
    assert (final.reviews_needed, final.is_blind) == (2, False)
    assert at_work.get(f"{page}?lang={language}").status_code == 200
    assert at_work.post(f"{page}/drop").status_code == 302
    assert rounds_of(session, edition) == {}


def test_finalists_are_proposed_by_the_ranking_and_confirmed_by_a_person(at_work, session, challenge):
    edition, juror = challenge.edition, make_juror(session, challenge.edition)
    entries = [make_handed_in_entry(session, challenge) for _ in range(3)]
    for mark, entry in enumerate(entries):
        assign(session, juror, entry)
        make_review(session, juror, entry, [mark, mark])
    page = f"/editions/{edition.slug}/organise/jury"
    assert at_work.get(f"{page}/finalists").status_code == 404
    at_work.post(f"{page}/rounds", data=typed(edition))
    shown = text(at_work.get(f"{page}/finalists?most=1"))
    assert f'value="{entries[2].id}" checked' in shown and f'value="{entries[0].id}" checked' not in shown
    assert finalists_of(session, edition) == set()
    assert at_work.post(f"{page}/finalists", data={"entries": [entries[2].id]}).status_code == 302
    assert finalists_of(session, edition) == {entries[2].id}
    assert entries[2].code in text(at_work.get(f"{page}/assignments?round=finalists"))
    assert entries[0].code not in text(at_work.get(f"{page}/assignments?round=finalists")).split("Propose")[1]


def test_a_juror_sees_the_marks_of_the_others_after_their_own_only(client, session, challenge):
    edition = challenge.edition
    juror, other = make_juror(session, edition), make_juror(session, edition, name="The other one")
    entry = make_handed_in_entry(session, challenge)
    spans = {"opens_at": edition.judging_opens_at, "closes_at": edition.judging_closes_at}
    round_ = Round(edition=edition, kind=RoundKind.QUALIFICATION, marks_shown="after-own", **spans)
    session.add(round_)
    for each in (juror, other):
        assign(session, each, entry).round = round_
    make_review(session, other, entry, [4, 4])
    mine = make_review(session, juror, entry, [1, 1], finished=False)
    sign_in(client, juror)
    page = f"/editions/{edition.slug}/jury/{entry.code}"
    assert "The other one" not in text(client.get(page))
    mine.finished_at = utc_now()
    assert "The other one" in text(client.get(page))
    assert "Reopen the review" not in text(client.get(page))
    round_.marks_shown = "at-deliberation"
    assert "The other one" not in text(client.get(page))


@pytest.mark.database("sqlite")
def test_those_of_a_sponsors_prize_and_those_of_the_jury_see_no_marks_of_each_other(client, session, challenge):
    """Though the same round shows marks to both."""
    edition, entry = challenge.edition, make_handed_in_entry(session, challenge)
    spans = {"opens_at": edition.judging_opens_at, "closes_at": edition.judging_closes_at}
    round_ = save(session, Round(edition=edition, kind=RoundKind.QUALIFICATION, marks_shown="after-own", **spans))
    prizes = [None, *(make_prize(session, edition, challenge, place=place) for place in (1, 2))]
    for number, prize in enumerate(prizes):
        for name in (f"Reader {number}", f"Colleague {number}"):
            juror = make_juror(session, edition, name=name)
            assign(session, juror, entry).round = round_
            save(session, JurySeat(edition_id=edition.id, juror=juror, prize=prize))
            make_review(session, juror, entry, [4, 4], comment_private=f"Private of {name}")
    for number in range(len(prizes)):
        sign_in(client, session.scalar(select(Person).where(Person.name == f"Reader {number}")))
        page = text(client.get(f"/editions/{edition.slug}/jury/{entry.code}"))
        seen = [other for other in range(len(prizes)) if f"Private of Colleague {other}" in page]
        assert seen == [other for other in range(len(prizes)) if f"Colleague {other}" in page] == [number]
        assert "Reopen the review" not in page


def test_a_round_that_is_not_blind_names_the_team(client, session, challenge):
    edition, juror = challenge.edition, make_juror(session, challenge.edition)
    entry = make_handed_in_entry(session, challenge)
    spans = {"opens_at": edition.judging_opens_at, "closes_at": edition.judging_closes_at}
    round_ = Round(edition=edition, kind=RoundKind.FINALISTS, is_blind=False, **spans)
    session.add(round_)
    assign(session, juror, entry)
    sign_in(client, juror)
    page = f"/editions/{edition.slug}/jury/{entry.code}"
    assert entry.team.name not in text(client.get(page))
    session.execute(update(Assignment).values(round_id=round_.id))
    assert entry.team.name in text(client.get(page))
