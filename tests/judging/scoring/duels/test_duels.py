"""Duels: theirs alone, blind where the round is, undone at will; strengths for organisers, with warnings."""

from datetime import timedelta

import pytest

from hackaviz.accounts.models import Role
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.errors import Conflict as Refusal
from hackaviz.kernel.errors import NotFound
from hackaviz.web.forms import local
from judging.panels.models import JurySeat
from judging.panels.rounds.models import Finalist, Round, RoundKind
from judging.scoring.duels.models import Duel, DuelVoting
from judging.scoring.duels.queries import duelling_entries, duels_of, voting_of
from judging.scoring.duels.reading import standings_of
from judging.scoring.duels.service import DuelsClosed, prefer, undo_last
from submissions.viewer.models import Preview, PreviewState
from tests.factories import (
    declare_conflict,
    grant,
    make_challenge,
    make_handed_in_entries,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_prize,
    save,
    sign_in,
)
from tests.support.panels import CANARY, three_works
from tests.support.queries import count_queries
from tests.support.worlds import once

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def world(session):
    return once(session, three_works)


@pytest.fixture
def voting(session, edition):
    dates = {"opens_at": edition.judging_opens_at, "closes_at": edition.judging_closes_at}
    return save(session, DuelVoting(edition_id=edition.id, **dates))


@pytest.fixture
def vote(session, edition, voting, juror):
    def cast(winner, loser, *, key=None, by=juror, now=None):
        facts = {"request_key": key or f"{by.id}:{winner.id}:{loser.id}", "now": now or utc_now()}
        return prefer(session, edition=edition, juror=by, winner=winner, loser=loser, **facts)

    return cast


def test_a_vote_sent_twice_counts_once_and_two_works_meet_once(session, edition, entries, vote):
    first, second, _third = entries
    assert vote(first, second) is vote(first, second)
    with pytest.raises(Refusal):
        vote(second, first, key="another page")
    assert len(duels_of(session, edition)) == 1


def test_an_undone_vote_counts_no_more_stays_as_a_trace_and_may_be_given_again(session, edition, entries, juror, vote):
    first, second, third = entries
    vote(first, second)
    vote(first, third)
    undone = undo_last(session, edition=edition, juror=juror, now=utc_now())
    assert (undone.winner_id, undone.loser_id) == (first.id, third.id)
    vote(third, first, key="after thinking")
    assert [(each.winner_id, each.loser_id) for each in duels_of(session, edition)] == [
        (first.id, second.id),
        (third.id, first.id),
    ]
    assert session.query(Duel).count() == 3
    assert undo_last(session, edition=edition, juror=make_juror(session, edition), now=utc_now()) is None


def test_nobody_votes_outside_the_dates(session, edition, entries, juror, vote):
    with pytest.raises(DuelsClosed):
        vote(*entries[:2], now=edition.judging_closes_at + timedelta(seconds=1))
    vote(*entries[:2], now=edition.judging_closes_at)
    with pytest.raises(DuelsClosed):
        undo_last(session, edition=edition, juror=juror, now=edition.judging_closes_at + timedelta(seconds=1))


def test_a_conflict_keeps_an_entry_out_and_takes_its_votes_away(*, session, edition, entries, voting, juror, vote):
    vote(entries[0], entries[1])
    declare_conflict(session, juror, entries[0])
    assert duels_of(session, edition) == []
    offered = [each for group in duelling_entries(session, voting, juror).values() for each in group]
    assert offered == entries[1:]
    with pytest.raises(NotFound):
        vote(entries[2], entries[0])


def test_votes_of_a_juror_who_judges_for_a_prize_since_count_no_more(session, edition, entries, juror, vote):
    vote(entries[0], entries[1])
    stays = vote(entries[1], entries[2], by=make_juror(session, edition))
    prize = make_prize(session, edition, entries[0].challenge)
    save(session, JurySeat(edition_id=edition.id, juror=juror, prize=prize))
    assert duels_of(session, edition) == [stays]


def test_works_of_two_challenges_never_meet(session, edition, entries, vote):
    other = make_handed_in_entry(session, make_challenge(session, edition))
    with pytest.raises(NotFound):
        vote(entries[0], other)


def test_strengths_follow_and_warn_where_duels_do_not_join_all(session, edition, entries, vote):
    first, second, third = entries
    others = [make_juror(session, edition) for _ in range(2)]
    vote(first, second)
    vote(second, third)
    [standing] = standings_of(session, edition, None)
    assert standing.ridge == 1
    assert standing.unbeaten == [first.code]
    assert [row.entry.code for row in standing.rows] == [first.code, second.code, third.code]
    [bare] = standings_of(session, edition, 0.0)
    assert {row.strength for row in bare.rows} == {None}
    vote(third, first, by=others[0])
    [joined] = standings_of(session, edition, None)
    assert (joined.ridge, list(joined.unbeaten)) == (0, [])
    assert [row.strength for row in joined.rows] == pytest.approx([0, 0, 0], abs=1e-9)


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_juror_compares_undoes_and_is_done(*, client, session, edition, entries, voting, juror, language):
    sign_in(client, juror)
    page = f"/editions/{edition.slug}/jury/duels"
    shown = client.get(f"{page}?lang={language}").get_data(as_text=True)
    assert shown.count('name="winner"') == 2
    assert f"{page}" in client.get(f"/editions/{edition.slug}/jury").get_data(as_text=True)
    assert client.post(page, data={"winner": entries[0].code, "loser": "C-0", "request_key": "k"}).status_code == 404
    for number, (winner, loser) in enumerate([(0, 1), (1, 2), (2, 0)]):
        data = {"winner": entries[winner].code, "loser": entries[loser].code, "request_key": f"key {number}"}
        assert client.post(page, data=data).status_code == 302
    assert 'name="winner"' not in client.get(page).get_data(as_text=True)
    assert client.post(f"{page}/undo").status_code == 302
    assert client.get(page).get_data(as_text=True).count('name="winner"') == 2


@pytest.mark.database("sqlite")
def test_duels_are_blind_where_the_round_is(*, client, session, edition, entries, voting, juror):
    sign_in(client, juror)
    page = f"/editions/{edition.slug}/jury/duels"
    team = entries[0].team.name
    for entry in entries:
        session.add(
            Preview(upload=entry.current_version.upload, state=PreviewState.READY, small_key="s", large_key="l")
        )
    blind = client.get(page).get_data(as_text=True)
    assert CANARY not in blind and not any(entry.team.name in blind for entry in entries)
    half = edition.judging_opens_at + timedelta(days=1)
    spans = {
        RoundKind.QUALIFICATION: (edition.judging_opens_at, half),
        RoundKind.FINALISTS: (half, edition.judging_closes_at),
    }
    for kind, (opens_at, closes_at) in spans.items():
        is_blind = kind is RoundKind.QUALIFICATION
        save(session, Round(edition=edition, kind=kind, opens_at=opens_at, closes_at=closes_at, is_blind=is_blind))
    assert CANARY not in client.get(page).get_data(as_text=True)
    final = session.query(Round).filter_by(kind=RoundKind.FINALISTS).one()
    final.finalists = [Finalist(entry=entry, chosen_at=half) for entry in entries[:2]]
    voting.finalists_only = True
    session.flush()
    open_page = client.get(page).get_data(as_text=True)
    assert team in open_page and entries[2].code not in open_page


@pytest.mark.database("sqlite")
def test_the_still_of_a_work_opens_for_whoever_compares_it(client, session, edition, entries, juror):
    upload = entries[0].current_version.upload
    save(session, Preview(upload=upload, state=PreviewState.READY, small_key="s", large_key="l"))
    address = f"/previews/{upload.public_id}/small.webp"
    sign_in(client, juror)
    assert client.get(address).status_code == 404
    dates = {"opens_at": edition.judging_opens_at, "closes_at": edition.judging_closes_at}
    save(session, DuelVoting(edition_id=edition.id, **dates))
    assert client.get(address).status_code == 200


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_organisers_plan_and_read_strengths(*, client, session, edition, entries, juror, language):
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    sign_in(client, organiser)
    page = f"/editions/{edition.slug}/organise/jury/duels"
    assert client.get(f"{page}?lang={language}").status_code == 200

    def typed(moment):
        return local(moment, edition.time_zone).isoformat()[:16]

    dates = {"opens_at": typed(edition.judging_opens_at), "closes_at": typed(edition.judging_closes_at)}
    backwards = {"opens_at": dates["closes_at"], "closes_at": dates["opens_at"]}
    assert client.post(page, data=backwards).status_code == 422
    assert client.post(page, data=dates).status_code == 302
    facts = {"edition": edition, "juror": juror, "request_key": "k", "now": utc_now()}
    prefer(session, winner=entries[0], loser=entries[1], **facts)
    shown = client.get(page).get_data(as_text=True)
    assert entries[2].code in shown and shown.count("<tr") >= 4
    assert client.get(f"{page}?ridge=2").status_code == 200
    assert "pulled towards equal with 0.50" in client.get(f"{page}?ridge=0,5&lang=en").get_data(as_text=True).lower()
    for refused in ("-2", "1e-30", "1e10", "nan"):
        answer = client.get(f"{page}?ridge={refused}")
        assert answer.status_code == 200 and 'aria-invalid="true"' in answer.get_data(as_text=True)
    edition.results_public_at = edition.judging_closes_at = utc_now() - timedelta(minutes=1)
    voting_of(session, edition).closes_at = edition.judging_closes_at
    session.commit()
    assert 'name="opens_at"' not in client.get(page).text
    lines = client.get(f"{page}.csv").get_data(as_text=True).lstrip("\ufeff").split()
    assert lines == ["juror,winner,loser", f"J01,{entries[0].code},{entries[1].code}"]
    assert juror.name not in "".join(lines)


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("entries_handed_in", [3, 60])
def test_pages_of_duels_ask_as_much_for_three_works_as_for_sixty(client, session, challenge, juror, entries_handed_in):
    edition, organiser = challenge.edition, make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    works = make_handed_in_entries(session, challenge, entries_handed_in)
    dates = {"opens_at": edition.judging_opens_at, "closes_at": edition.judging_closes_at}
    save(session, DuelVoting(edition_id=edition.id, **dates))
    facts = {"edition": edition, "juror": juror, "now": utc_now()}
    prefer(session, winner=works[0], loser=works[1], request_key="k", **facts)
    for person, page in ((juror, "jury/duels"), (organiser, "organise/jury/duels")):
        sign_in(client, person)
        with count_queries() as asked:
            assert client.get(f"/editions/{edition.slug}/{page}").status_code == 200
        assert len(asked) <= 34, "\n".join(asked)
