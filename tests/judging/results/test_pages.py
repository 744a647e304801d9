"""The pages of results: the embargo in every byte, the snapshot after it, feedback to the team alone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from challenges.sponsors.models import PrizeRule
from challenges.sponsors.rules import PrizeKind
from hackaviz.accounts.models import Role
from hackaviz.web.forms import local
from judging.panels.service import declare_conflict
from judging.prizes import service as prizes
from judging.prizes.queries import awards_of
from judging.prizes.service import Given
from judging.ranking.contest import TieRule
from judging.results import service
from judging.scoring.method.rules import Method
from judging.scoring.method.service import choose_method
from judging.scoring.models import Review
from submissions.viewer.models import Preview, PreviewState
from tests.factories import (
    both,
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entries,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
    refuse_team,
    sign_in,
)
from tests.support.queries import count_queries
from tests.support.worlds import once

MENTION = PrizeRule(kind=PrizeKind.MENTION)
CANARY = "Zanzibar-the-winner"


def judged(session):
    """Judged, awarded and funded; nothing scheduled."""
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    challenge = make_challenge(session, edition, criteria=1)
    entry = make_handed_in_entry(session, challenge, title=CANARY)
    entry.team.name = f"Team {CANARY}"
    comment = {"comment_to_team": "A clear line.", "comment_private": "Between us."}
    make_review(session, make_juror(session, edition, name="Jo Juror"), entry, [3], **comment)
    make_prize(session, edition, challenge, 50_000)
    make_pledge(session, make_sponsor(session, edition, name="The sponsor"), 50_000)
    prizes.award_by_ranking(session, edition=edition, actor=None, now=datetime.now(UTC))
    return edition


@pytest.fixture
def edition(session):
    return once(session, judged)


def publish(session, edition, public_at):
    service.schedule(session, edition=edition, public_at=public_at, actor=None, now=datetime.now(UTC))


def page(client, edition, rest="results"):
    return client.get(f"/editions/{edition.slug}/{rest}").get_data(as_text=True)


def as_organiser(client, session, edition):
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    session.commit()
    return sign_in(client, organiser)


@pytest.mark.database("sqlite")
def test_a_void_award_is_named_beside_the_button_that_it_keeps_away(client, session, edition):
    [award] = awards_of(session, edition)
    make_review(session, make_juror(session, edition), award.entry, [1])
    body = page(as_organiser(client, session, edition), edition, "organise/results?lang=en")
    assert "Some awards are void" in body and f"/awards/{award.id}/confirm" in body
    assert "Publish now" not in body and "Every award stands" not in body


@pytest.mark.database("sqlite")
def test_a_correction_says_what_it_changes_before_and_after_it_is_public(client, session, edition):
    publish(session, edition, datetime.now(UTC) - timedelta(minutes=5))
    [award] = awards_of(session, edition)
    challenge = award.entry.challenge
    other = make_handed_in_entry(session, challenge, title="Found again")
    make_review(session, make_juror(session, edition), other, [4])
    prizes.award_by_ranking(session, edition=edition, actor=None, now=datetime.now(UTC))
    changed = '<td role="cell" data-label="Before">1</td>\n<td role="cell" data-label="After">2</td>'
    body = page(as_organiser(client, session, edition), edition, "organise/results?lang=en")
    assert "What a correction would change now" in body and changed in body
    service.correct(session, edition=edition, reason="One was lost", actor=None, now=datetime.now(UTC))
    body = page(client, edition, "results?lang=en")
    assert "What publication 2 changed" in body and changed in body
    assert '<td role="cell" data-label="After">First prize (en), €500.00</td>' in body


@pytest.mark.database("sqlite")
def test_the_ranking_says_who_cannot_have_a_prize_and_not_why(client, session, edition):
    [award] = awards_of(session, edition)
    refuse_team(session, award.entry)
    prizes.award_by_ranking(session, edition=edition, actor=None, now=datetime.now(UTC))
    publish(session, edition, datetime.now(UTC))
    body = page(client, edition, "results?lang=en")
    assert "not eligible for: First prize (en)" in body
    assert "student status" not in body


@pytest.mark.parametrize("language", ["en", "fr"])
def test_under_embargo_no_byte_of_any_public_page_tells_the_winner(client, session, edition, language):
    publish(session, edition, datetime.now(UTC) + timedelta(hours=1))
    for rest in ("results", "gallery", "", "rules", "calendar.ics"):
        body = page(client, edition, f"{rest}?lang={language}")
        assert CANARY not in body
    for path in ("/", "/editions", "/catalogue"):
        assert CANARY not in client.get(path).get_data(as_text=True)


def test_after_the_embargo_everyone_reads_who_won_what_and_who_paid(client, session, edition):
    publish(session, edition, datetime.now(UTC))
    body = page(client, edition, "results?lang=en")
    for words in (CANARY, "€500.00", "The sponsor", "Jo Juror", "SHA-256", f"SHA-256 of “{edition.slug}:”"):
        assert words in body
    assert "Between us." not in body
    assert "A clear line." not in body


def test_the_gallery_says_which_work_won_what_from_the_hour_of_the_results_on(client, session, edition):
    publish(session, edition, datetime.now(UTC))
    entry = awards_of(session, edition)[0].entry
    assert "First prize" in page(client, edition, "gallery?lang=en")
    assert "First prize" in client.get(f"/entries/{entry.public_id}?lang=en").get_data(as_text=True)


@pytest.mark.database("sqlite")
def test_a_winner_whose_team_takes_back_its_consent_is_named_and_not_shown(client, session, edition):
    publish(session, edition, datetime.now(UTC))
    entry = awards_of(session, edition)[0].entry
    entry.may_be_shown = False
    session.flush()
    assert client.get(f"/entries/{entry.public_id}").status_code == 404
    for rest in ("/results", "", "/gallery"):
        body = client.get(f"/editions/{edition.slug}{rest}").text
        assert f"/entries/{entry.public_id}" not in body
        assert f"/previews/{entry.current_version.upload.public_id}" not in body
        assert (CANARY in body) is (rest != "/gallery")


def test_the_edition_announces_a_winner_with_its_still_image_once_that_is_made(client, session, edition):
    publish(session, edition, datetime.now(UTC))
    upload = awards_of(session, edition)[0].entry.current_version.upload
    still = Preview(upload=upload, state=PreviewState.DUE)
    session.add(still)
    address = f"/previews/{upload.public_id}/small.webp"
    session.flush()
    assert address not in client.get(f"/editions/{edition.slug}").text
    still.state = PreviewState.READY
    session.flush()
    assert address in client.get(f"/editions/{edition.slug}").text


def test_the_edition_announces_a_mention_without_money_by_its_name_alone(client, session, edition):
    entry = awards_of(session, edition)[0].entry
    mention = make_prize(session, edition, None, 0, place=101, title=both("A mention"), rule=MENTION)
    prizes.give_award(
        session,
        edition=edition,
        prize=mention,
        entry=entry,
        given=Given(0, "The jury"),
        actor=None,
        now=datetime.now(UTC),
    )
    publish(session, edition, datetime.now(UTC))

    body = client.get(f"/editions/{edition.slug}?lang=en").text

    assert "First prize (en) · €500.00</p>" in body
    assert "A mention (en)</p>" in body
    assert "€0.00" not in body


def test_a_score_is_written_at_the_four_decimals_that_decide(client, session, edition):
    publish(session, edition, datetime.now(UTC))
    assert "3.0000" in page(client, edition, "results?lang=en")
    assert "3,0000" in page(client, edition, "results?lang=fr")


def test_the_page_shows_the_snapshot_and_not_what_was_edited_since(client, session, edition):
    publish(session, edition, datetime.now(UTC))
    for entry_team in [award.entry.team for award in awards_of(session, edition)]:
        entry_team.name = "Edited later"
    assert "Edited later" not in page(client, edition)


def test_feedback_is_for_the_team_alone_and_names_no_juror(client, session, edition):
    publish(session, edition, datetime.now(UTC))
    [award] = awards_of(session, edition)
    team = award.entry.team
    sign_in(client, team.captain)
    body = client.get(f"/teams/{team.public_id}").get_data(as_text=True)
    assert "A clear line." in body
    assert "Between us." not in body
    assert "Jo Juror" not in body
    sign_in(client, make_person(session))
    assert client.get(f"/teams/{team.public_id}").status_code == 404


def test_before_publication_a_team_reads_nothing_of_the_jury(client, session, edition):
    [award] = awards_of(session, edition)
    sign_in(client, award.entry.team.captain)
    body = client.get(f"/teams/{award.entry.team.public_id}").get_data(as_text=True)
    assert "A clear line." not in body


def test_an_organiser_publishes_at_a_date_and_withdraws_it(client, session, edition):
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    sign_in(client, organiser)
    typed = local(datetime.now(UTC) + timedelta(days=3), edition.time_zone).isoformat()[:16]
    answer = client.post(f"/editions/{edition.slug}/organise/results", data={"public_at": typed})
    assert answer.status_code == 302
    session.refresh(edition)
    assert edition.results_public_at is not None
    assert "embargo" in page(client, edition, "organise/results?lang=en")
    client.post(f"/editions/{edition.slug}/organise/results/withdraw")
    session.refresh(edition)
    assert edition.results_public_at is None
    assert f"{organiser.name} took the date back" in page(client, edition, "organise/results?lang=en")
    client.post(f"/editions/{edition.slug}/organise/results", data={"public_at": typed})
    assert "took the date back" not in page(client, edition, "organise/results?lang=en")


@pytest.mark.parametrize("is_prepared", [False, True])
@pytest.mark.database("sqlite")
def test_a_preview_leads_to_the_ceremony_and_the_kit_once_there_is_one(client, session, edition, is_prepared):
    if is_prepared:
        publish(session, edition, datetime.now(UTC) + timedelta(hours=1))
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    sign_in(client, organiser)
    ceremony, kit = (f"/editions/{edition.slug}/{rest}" for rest in ("ceremony", "results/press-kit.zip"))
    for preview in ("preview", "preview/team", "preview/sponsor"):
        assert (ceremony in page(client, edition, f"organise/results/{preview}")) is is_prepared
    assert (kit in page(client, edition, "organise/results/preview")) is is_prepared
    for address in (ceremony, kit):
        assert (client.get(address).status_code == 200) is is_prepared


@pytest.mark.database("sqlite")
def test_a_preview_leads_to_the_seal_that_the_public_page_will_lead_to(client, session, edition):
    publish(session, edition, datetime.now(UTC) + timedelta(hours=1))
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    sign_in(client, organiser)
    [address] = re.findall(r'href="([^"]*seal[^"]*\.json)"', page(client, edition, "organise/results/preview"))
    assert client.get(address).status_code == 200


def name_another_method(session, edition, now):
    named = {"method": Method.BORDA, "ties": TieRule.CHAIN, "reason": "The rules said so"}
    choose_method(session, edition=edition, **named, actor=None, now=now)


def take_a_mark_out(session, edition, now):
    review = session.scalars(select(Review)).first()
    facts = {"entry": review.entry, "juror": review.juror, "actor": review.juror}
    declare_conflict(session, **facts, reason="A cousin", now=now)


WHY = {name_another_method: ("another method", "method"), take_a_mark_out: ("conflict of interest", "jury/conflicts")}


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("change", WHY)
def test_organisers_read_which_change_has_withdrawn_their_date(client, session, edition, change):
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    sign_in(client, organiser)
    assert "date of the results was withdrawn" not in page(client, edition, "organise/results")
    with client.application.app_context():
        publish(session, edition, datetime.now(UTC) + timedelta(days=1))
        change(session, edition, datetime.now(UTC))
    told = page(client, edition, "organise/results?lang=en")
    told = told.partition("date of the results was withdrawn")[2].partition("</div>")[0]
    words, place = WHY[change]
    assert words in told and f"/editions/{edition.slug}/organise/{place}" in told


@pytest.mark.database("sqlite")
def test_the_results_page_costs_the_same_at_3_and_at_300_entries(client, session, edition):
    challenge = make_challenge(session, edition, criteria=1)
    counts = []
    for added in (3, 297):
        make_handed_in_entries(session, challenge, added)
        edition.results_public_at = None
        session.flush()
        publish(session, edition, datetime.now(UTC))
        page(client, edition)
        with count_queries() as counted:
            page(client, edition)
        counts.append(len(counted))
    assert counts[0] == counts[1]
