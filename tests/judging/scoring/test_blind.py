"""No byte, count, order or header that a juror can fetch tells whose work it is, wherever the site may say it."""

import re

import pytest

from challenges.editions.rules import Phase
from hackaviz.web.access import audience_of
from judging.panels.rounds.models import Round, RoundKind
from judging.scoring.duels.models import DuelVoting
from tests.factories import (
    assign,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_review,
    save,
    sign_in,
)
from tests.support.panels import CANARY, work_with_names
from tests.support.queries import count_queries
from tests.support.worlds import once

pytestmark = pytest.mark.database("sqlite")
# What differs from one answer to the next: references, nonces, codes, the second in a token.
UNIQUE = re.compile(r"[0-9a-f]{8}|[0-9a-zA-Z_-]{12,}|\.[0-9a-zA-Z_-]{6}\.|C-\d+")
OPEN_TO_JURORS = {"public", "signed-in", "verified", "juror", "jury", "registered"}


def one_under_review(session):
    """A juror reviews the work with names; and another to compare it with."""
    challenge = make_challenge(session, make_edition(session, Phase.JUDGING, reviews_needed=1))
    entry, juror = work_with_names(session, challenge), make_juror(session, challenge.edition)
    for each in (entry, make_handed_in_entry(session, challenge)):
        assign(session, juror, each)
    make_review(session, juror, entry, [1, 2], finished=False)
    return {"edition": challenge.edition, "challenge": challenge, "entry": entry, "juror": juror}


@pytest.fixture
def world(session):
    return once(session, one_under_review)


@pytest.fixture
def at_work(client, juror):
    return sign_in(client, juror)


def values(entry):
    """What addresses are filled with; a name that means several things has several values."""
    upload, edition = entry.current_version.upload, entry.edition
    return {
        "edition_slug": [edition.slug],
        "challenge_slug": [entry.challenge.slug],
        "code": [entry.code, "C-98765"],
        "number": [str(entry.challenge.number), "1"],
        "public_id": [entry.public_id, upload.public_id, entry.team.public_id],
        "version_public_id": [entry.current_version.public_id],
        "slug": [entry.citations[0].dataset.slug],
        "dataset_slug": [entry.citations[0].dataset.slug],
        "size": ["small", "large"],
        "width": ["320"],
        "form": ["webp"],
        "name": ["wide"],
    }


def filled(rule, known):
    """The addresses that a rule stands for; none where it asks for what no juror is given."""
    found = [rule.rule]
    for argument in sorted(rule.arguments):
        pattern = re.compile(rf"<(?:[^<>:]+:)?{argument}>")
        found = [pattern.sub(value, address, count=1) for address in found for value in known.get(argument, [])]
    return found


def everything(answer):
    return (answer.get_data(as_text=True) + str(answer.headers) + str(answer.status)).casefold()


def addresses(app, entry):
    known = values(entry)
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.endpoint != "static"]
    open_rules = [rule for rule in rules if audience_of(app, str(rule.endpoint)) in OPEN_TO_JURORS]
    return [address for rule in open_rules for address in filled(rule, known)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_that_a_juror_can_open_holds_the_name(*, app, at_work, session, edition, entry, language):
    dates = {"opens_at": edition.judging_opens_at, "closes_at": edition.judging_closes_at}
    save(session, DuelVoting(edition_id=edition.id, **dates))
    asked = addresses(app, entry)
    assert len(asked) > 60
    assert sum(address.startswith(f"/editions/{edition.slug}/jury") for address in asked) >= 8
    told = [address for address in asked if CANARY in everything(at_work.get(f"{address}?lang={language}"))]
    assert told == []


@pytest.mark.parametrize("page", ["gallery", ""])
@pytest.mark.parametrize("text", [f"{CANARY}", f"{CANARY} title", f"{CANARY} team"])
def test_a_search_for_the_name_answers_as_a_search_for_nothing_that_is(at_work, edition, entry, page, text):
    def shown(words):
        answer = at_work.get(f"/editions/{edition.slug}/{page}", query_string={"q": words, "text": words})
        text_shown = answer.get_data(as_text=True)
        for spelt in (words, words.replace(" ", "+"), words.replace(" ", "%20")):
            text_shown = text_shown.replace(spelt, "")
        return UNIQUE.sub("", text_shown)

    assert shown(text) == shown("walrus")


def test_an_export_of_ones_own_data_names_codes_alone(at_work, entry):
    answer = at_work.get("/account/data.json")
    assert entry.code in answer.get_data(as_text=True)
    assert CANARY not in everything(answer)


def test_what_is_not_theirs_costs_and_says_the_same_as_what_is_not(at_work, session, challenge, entry):
    theirs_not = make_handed_in_entry(session, challenge)
    base = f"/editions/{challenge.edition.slug}/jury"
    answers = []
    for code in (theirs_not.code, "C-98765"):
        with count_queries() as asked:
            answer = at_work.get(f"{base}/{code}")
        page = UNIQUE.sub("", answer.get_data(as_text=True))
        answers.append((answer.status_code, len(asked), page))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


def test_no_header_dates_a_work(app, at_work, entry):
    upload = entry.current_version.upload
    answers = [
        at_work.get(f"/previews/{upload.public_id}/small.webp"),
        at_work.get(f"/editions/{entry.edition.slug}/jury"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.headers.get("Last-Modified") for answer in answers] == [None, None]


def test_lists_follow_codes_and_no_instant(at_work, session, challenge, juror):
    """Codes are drawn by lot (see the tests of entries), so an order by code is no order of hand-in."""
    for number in (77, 41):
        assign(session, juror, make_handed_in_entry(session, challenge, number=number))
    page = at_work.get(f"/editions/{challenge.edition.slug}/jury").get_data(as_text=True)
    assert page.index("C-41") < page.index("C-77")
    assert not re.search(r"handed in (on|at)", page.casefold())


def test_a_round_that_is_not_blind_shows_the_team_and_the_blind_one_beside_it_does_not(
    at_work, session, edition, entry, juror
):
    opened = make_handed_in_entry(session, entry.challenge)
    final = Round(
        edition=edition,
        kind=RoundKind.FINALISTS,
        opens_at=edition.judging_opens_at,
        closes_at=edition.judging_closes_at,
        is_blind=False,
    )
    assign(session, juror, opened).round = save(session, final)
    session.flush()
    base = f"/editions/{edition.slug}/jury"
    assert opened.team.name in at_work.get(f"{base}/{opened.code}").get_data(as_text=True)
    assert CANARY not in everything(at_work.get(f"{base}/{entry.code}"))
