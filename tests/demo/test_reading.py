"""The demo's editions hold together: sums to the cent, names that exist, marks that fit the rubric."""

from collections import Counter

import numpy as np
import pytest

from hackaviz.demo.content import read_datasets, read_works
from hackaviz.demo.jury_around import FLAGGED, MENTOR, MENTORED, NO_SHOW, SKIPPED, WISHES
from hackaviz.demo.jury_at_work import REVIEWS
from hackaviz.demo.meeting_builder import DISCUSSED, MOVED, SET_APART
from hackaviz.demo.people import TRIED_MEMBERS
from hackaviz.demo.reading import read_editions, read_rubric, read_schools
from judging.ranking.analysis import agreement_between, analyse
from judging.ranking.marks import Mark, marks_of
from judging.ranking.pairwise import duels_of, never_beaten
from judging.ranking.reviews import reviews_of

EDITIONS = {edition.slug: edition for edition in read_editions()}
SMART_PORT = EDITIONS["smart-port-2020-21"]
# Editions that show works of the others a second time.
LENT = {"accostages", "mouillages"}
WORKS = {work.slug: work for work in read_works()}
each_edition = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
WHEN = ("registration_opens", "registration_closes", "submission_opens", "submission_closes")
WHEN += ("judging_opens", "judging_closes", "results")


def weighted_mean(edition, work):
    weights = [criterion.weight for criterion in read_rubric()]
    totals = [
        sum(weight * mark for weight, mark in zip(weights, works[work], strict=True))
        for works in edition.scores.values()
        if work in works
    ]
    return sum(totals) / (len(totals) * sum(weights))


def marks_in(scores, works=WORKS):
    return [
        Mark(juror, work, float(mark), criterion.slug)
        for juror, given in scores.items()
        for work, marks in given.items()
        if work in works
        for criterion, mark in zip(read_rubric(), marks, strict=True)
    ]


def meeting_finalists(edition):
    return {work for works in edition.finals.values() for work in works}


def ranked(edition, challenge):
    works = [team.work for team in edition.teams if team.challenge == challenge]
    return sorted(((round(weighted_mean(edition, work), 4), work) for work in works), reverse=True)


def test_every_stage_of_a_jury_has_its_edition():
    states = ["finished", "finished", "embargo", "meeting", "judging", "open"]
    assert [edition.state for edition in EDITIONS.values()] == states


def test_finalists_are_the_first_of_the_marks_and_each_has_two_further_jurors_who_may_read_it():
    meeting = EDITIONS["mouillages"]
    weights = {criterion.slug: float(criterion.weight) for criterion in read_rubric()}
    found = analyse(marks_of(marks_in(meeting.scores)), weights, method="blup", prizes=2)
    first = sorted(found.entries, key=lambda row: -row.score)[:3]
    further = Counter(work for works in meeting.finals.values() for work in works)
    assert further == {row.entry: 2 for row in first} and found.is_connected
    assert not {(j, w) for j, works in meeting.finals.items() for w in works if w in meeting.scores[j]}
    assert not {(each.juror, each.work) for each in meeting.conflicts} & {
        (juror, work) for juror, works in meeting.finals.items() for work in works
    }


def test_the_vote_of_the_meeting_moves_an_entry_up():
    meeting = EDITIONS["mouillages"]
    given = [*marks_in(meeting.scores), *marks_in(meeting.finals)]
    weights = {criterion.slug: float(criterion.weight) for criterion in read_rubric()}
    found = analyse(marks_of(given), weights, method="blup", prizes=2, finalists=meeting_finalists(meeting))
    by_score = sorted(found.entries, key=lambda row: -row.score)
    assert [row.entry for row in by_score[:3]] == [DISCUSSED, "les-ports-la-nuit", MOVED]
    assert SET_APART not in meeting_finalists(meeting)


def test_smart_port_shows_both_sums_with_their_sources_and_says_that_the_difference_is_unexplained():
    assert SMART_PORT.pledged_cents == SMART_PORT.sums.raised.cents == 17_500_00
    assert SMART_PORT.prizes_cents == SMART_PORT.sums.announced.cents == 11_500_00
    assert "IVIS 001-9840/21/CM" in SMART_PORT.sums.raised.source.fr
    assert "inexpliquée" in SMART_PORT.sums.note.fr and "unexplained" in SMART_PORT.sums.note.en


def test_smart_port_says_what_is_true_and_what_is_invented():
    assert "inventé" in SMART_PORT.provenance.fr and "invented" in SMART_PORT.provenance.en
    assert len(SMART_PORT.facts) == 7
    assert (len(SMART_PORT.challenges), len(SMART_PORT.teams)) == (5, 8)
    assert SMART_PORT.calendar["submission_opens"].startswith("2020-12-04")
    assert SMART_PORT.calendar["submission_closes"].startswith("2021-02-18")


@each_edition
def test_every_sponsor_says_that_it_is_invented(edition):
    assert [sponsor.name for sponsor in edition.sponsors if "nvent" not in sponsor.description.en] == []


@each_edition
def test_pledges_cover_the_prizes_of_their_challenges(edition):
    for challenge in edition.challenges:
        may_pay = [one for one in edition.sponsors if not one.challenges or challenge.number in one.challenges]
        assert sum(prize.cents for prize in challenge.prizes) <= sum(sponsor.cents for sponsor in may_pay)
    assert edition.prizes_cents <= edition.pledged_cents


def test_the_agreement_of_the_story_brings_what_was_raised_to_the_cent_and_says_what_is_invented():
    money = SMART_PORT.money
    brought = [each for party in money.agreement.parties for each in party.brings]
    assert sum(each.cents or 0 for each in brought) == SMART_PORT.sums.raised.cents
    assert [each.text for each in brought if "nvent" not in each.text and "fait" not in each.text] == []
    assert [party.name for party in money.agreement.parties if party.is_carrier] == ["Association porteuse (inventée)"]
    texts = [money.agreement.title, *(gift.title for gift in money.gifts)]
    assert all("nvent" in text.fr and "nvent" in text.en for text in texts)


def test_the_subsidy_of_the_story_is_the_one_of_the_deliberation_and_only_requested():
    [subsidy] = SMART_PORT.money.subsidies
    assert (subsidy.cost_without_tax, subsidy.cost_with_tax) == (450_000_00, 540_000_00)
    assert subsidy.requested == 360_000_00 == subsidy.cost_without_tax * subsidy.rate // 10_000
    assert "IVIS 001-9840/21/CM" in subsidy.purpose


@each_edition
def test_custody_is_known_and_a_carrier_is_named_where_there_is_one(edition):
    for sponsor in edition.sponsors:
        assert sponsor.custody in {"organiser", "carrier", "direct"}
        assert (sponsor.custody == "carrier") == bool(sponsor.carrier)
        assert 0 <= sponsor.received_cents <= sponsor.cents


@each_edition
def test_the_calendar_is_in_order(edition):
    moments = [edition.calendar[name] for name in WHEN]
    opens, closes, submits, submitted, judges, judged, results = moments
    assert opens < closes and opens <= submits < submitted <= judges < judged <= results


@each_edition
def test_challenges_have_a_rubric_a_prize_and_datasets_of_the_catalogue(edition):
    known = {dataset.slug for dataset in read_datasets()}
    numbers = [challenge.number for challenge in edition.challenges]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) in {1, 2, 5}
    for challenge in edition.challenges:
        assert len(challenge.criteria) == 4 and challenge.prizes
        assert challenge.datasets and set(challenge.datasets) <= known
        assert challenge.brief.fr and challenge.brief.en and challenge.question.fr and challenge.question.en


def test_every_criterion_names_its_five_marks():
    assert [len(criterion.labels) for criterion in read_rubric()] == [5, 5, 5, 5]
    assert all(label.fr and label.en for criterion in read_rubric() for label in criterion.labels)


@each_edition
def test_six_jurors_and_teams_of_allowed_size(edition):
    lends_no_works = edition.slug not in LENT
    assert len(edition.jurors) == 6 and (len(edition.teams) == 8) is lends_no_works
    for team in edition.teams:
        assert edition.smallest_team <= len(team.members) <= edition.largest_team
        assert [member.is_captain for member in team.members] == [True] + [False] * (len(team.members) - 1)
        assert {member.school for member in team.members} <= set(read_schools())


def test_no_person_appears_twice_but_those_to_try_the_captain_who_took_part_before_and_the_juror_of_two_juries():
    people = [member.name for edition in EDITIONS.values() for team in edition.teams for member in team.members]
    people += [juror.name for edition in EDITIONS.values() for juror in edition.jurors]
    twice = [name for name, count in Counter(people).items() if count > 1]
    assert twice == [next(iter(TRIED_MEMBERS)), EDITIONS["rivages"].jurors[-1].name]
    assert EDITIONS["mouillages"].jurors[-1].name == twice[1]


def test_the_accounts_to_try_are_in_the_first_team_of_the_open_edition():
    captain, member, *_others = [member.name for member in EDITIONS["escales"].teams[0].members]
    assert [captain, member] == list(TRIED_MEMBERS)


def test_the_captain_to_try_reads_what_a_jury_of_a_finished_edition_said():
    captain, *_others = TRIED_MEMBERS
    sillages = EDITIONS["sillages"]
    [team] = [team for team in sillages.teams if captain in {member.name for member in team.members}]
    assert team.work in {comment.work for comment in sillages.comments}
    assert len(ranked(sillages, team.challenge)) > 1


def test_the_edition_in_judging_has_duels_that_join_its_works_and_votes_of_an_audience_that_is_not_the_jury():
    rivages = EDITIONS["rivages"]
    challenge = {team.work: team.challenge for team in rivages.teams if team.work}
    assert all(challenge[duel.winner] == challenge[duel.loser] for duel in rivages.duels)
    tally = duels_of((duel.winner, duel.loser) for duel in rivages.duels)
    assert len(tally.entries) == 6 and never_beaten(tally) == []
    of_whom = {member.name: team.work for team in rivages.teams for member in team.members}
    assert all(ballot.work in challenge and of_whom[ballot.voter] != ballot.work for ballot in rivages.ballots)
    assert len({ballot.voter for ballot in rivages.ballots}) == len(rivages.ballots) > 10


def test_the_edition_in_judging_has_a_challenge_to_rank_a_tie_and_a_work_that_parts_the_jury():
    rivages = EDITIONS["rivages"]
    marks = marks_in(rivages.scores, {slug for slug, work in WORKS.items() if work.challenge == 1})
    weights = {criterion.slug: float(criterion.weight) for criterion in read_rubric()}
    found = analyse(marks_of(marks), weights, method="blup", prizes=3, finalists=frozenset())
    assert len(found.entries) == 6 and len({round(each.score, 4) for each in found.entries}) == 5, "two share a place"
    assert all(each.low < each.high for each in found.entries)
    agreement = agreement_between(reviews_of(marks_of(marks), weights).judged())
    assert np.isfinite(agreement[np.tril_indices(len(agreement), -1)]).sum() >= 6
    apart = [rivages.scores[juror]["treize-jours"][0] for juror in ("sofia-lanteri", "luc-bonnardel")]
    assert apart == [4, 1]


def test_the_edition_in_judging_has_a_challenge_whose_reviews_are_all_finished_and_one_for_the_juror_to_try():
    rivages = EDITIONS["rivages"]
    works = {team.work: team.challenge for team in rivages.teams if team.work}
    finished = Counter(work for scored in rivages.scores.values() for work in scored)
    assert {finished[work] for work in works if works[work] == 2} == {REVIEWS}
    tried = rivages.scores[rivages.jurors[-1].slug]
    assert {works[work] for work in works.keys() - tried.keys()} == {1}


def test_what_happens_around_the_reviews_is_about_jurors_and_works_of_the_edition_in_judging():
    rivages = EDITIONS["rivages"]
    works, scores = {team.work for team in rivages.teams}, rivages.scores
    assert {MENTORED, SKIPPED} <= works and not {MENTORED, SKIPPED} & scores[MENTOR].keys()
    assert all(work in scores[juror] for juror, work, _text in FLAGGED)
    assert all(set(wished) <= works for wished in WISHES.values())
    assert NO_SHOW in scores and {*WISHES, MENTOR, NO_SHOW}.isdisjoint({rivages.jurors[-1].slug})
    fought = {work for duel in rivages.duels if duel.juror == MENTOR for work in (duel.winner, duel.loser)}
    assert MENTORED not in fought


def test_the_juror_to_try_finds_all_duels_still_to_fight():
    rivages = EDITIONS["rivages"]
    assert rivages.jurors[-1].slug not in {duel.juror for duel in rivages.duels}


def test_every_work_belongs_to_one_team_of_its_own_edition_and_to_the_challenge_it_names():
    handed_in = [
        team for edition in EDITIONS.values() for team in edition.teams if team.work and edition.slug not in LENT
    ]
    assert sorted(team.work for team in handed_in) == sorted(WORKS)
    assert [team.slug for team in handed_in if WORKS[team.work].challenge != team.challenge] == []


@each_edition
def test_marks_fit_the_rubric_and_nobody_scores_a_work_they_conflict_with(edition):
    jurors, works = {juror.slug for juror in edition.jurors}, {team.work for team in edition.teams if team.work}
    conflicts = {(conflict.juror, conflict.work) for conflict in edition.conflicts}
    given = [*edition.scores.items(), *edition.finals.items()]
    for juror, scored in given:
        assert juror in jurors and set(scored) <= works
        assert all(len(marks) == 4 and all(0 <= mark <= 4 for mark in marks) for marks in scored.values())
        assert not conflicts & {(juror, work) for work in scored}
    reviews = {(juror, work) for juror, scored in given for work in scored}
    assert {(each.juror, each.work) for each in edition.comments} <= reviews


def test_every_smart_port_work_has_all_its_reviews_but_those_in_conflict():
    reviews = sum(len(scored) for scored in SMART_PORT.scores.values())
    assert reviews == 6 * 8 - len(SMART_PORT.conflicts) == 47


def test_smart_port_has_clear_winners_and_two_works_that_share_the_second_place():
    first, *tied = ranked(SMART_PORT, 1)
    assert first == (3.5333, "fermez-un-passage")
    assert tied == [(3.3, "six-ports-sur-dix"), (3.3, "si-suez-ferme")]
    assert [work for _, work in ranked(SMART_PORT, 4)] == ["portee-des-ports", "deux-ports"]


@each_edition
def test_rules_are_in_both_languages_with_as_many_articles(edition):
    assert edition.rules.fr.count("\n## ") == edition.rules.en.count("\n## ") == 9
