"""What everyone sees of editions, in both languages, and what nobody but organisers sees."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from challenges.briefs.models import Challenge
from challenges.editions.models import RulesVersion, Visibility
from challenges.editions.rules import Phase
from challenges.editions.service import edit_edition
from hackaviz.accounts.models import Role
from hackaviz.kernel.bilingual import Bilingual
from tests.challenges.editions.test_organise import typed_details
from tests.factories import both, grant, make_challenge, make_edition, make_person, make_prize, save, sign_in
from tests.support.queries import count_queries

DAY = timedelta(days=1)
DRAFT = {"visibility": Visibility.DRAFT, "published_at": None}


def page(client, address: str, language: str = "en", status: int = 200) -> str:
    answer = client.get(address, query_string={"lang": language})
    assert answer.status_code == status
    return answer.text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Nothing is published yet: come back soon."), ("fr", "Rien n’est encore publié\u00a0: revenez bientôt.")],
)
def test_an_empty_installation_tells_a_visitor_that_nothing_is_published(client, language, sentence):
    assert sentence in page(client, "/", language)


@pytest.mark.parametrize(
    "address", ["/", "/editions", "/catalogue", "/sign-in", "/legal", "/privacy", "/accessibility", "/judging/figures"]
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_empty_installation_names_no_contest_of_somebody_else(client, address, language):
    html = page(client, address, language)

    assert not re.search(r"Smart Port|Marseille|\bports?\b", html, re.IGNORECASE)
    assert re.search(r'<meta name="description" content="[^"]+">', html)


def test_an_empty_installation_tells_an_administrator_to_create_an_edition(client, session):
    sign_in(client, make_person(session, is_administrator=True))

    assert 'href="/administration/editions/new"' in page(client, "/")


def test_an_organiser_of_drafts_finds_them_on_an_unpublished_installation(client, session):
    draft, organiser = make_edition(session, **DRAFT), make_person(session)
    grant(session, organiser, Role.ORGANISER, draft)
    sign_in(client, organiser)

    assert f'href="/editions/{draft.slug}/organise"' in page(client, "/")


def test_home_shows_promise_countdown_phases_challenges_and_other_editions(client, session):
    edition = make_edition(session, title=both("Open"), tagline=both("Speak, port"))
    over = make_edition(session, phase=Phase.RESULTS, title=both("Over"))
    challenge = make_challenge(session, edition, number=3, title=both("Air"))
    make_prize(session, edition, challenge, 150_000)

    html = page(client, "/")

    assert "<h1" in html
    assert "Speak, port (en)" in html
    assert 'data-deadline="' in html
    assert 'aria-current="step"' in html
    assert "Challenge 3: Air (en)" in html
    assert "€1,500" in html
    assert f'href="/editions/{over.slug}"' in html
    assert "results published" in html


def test_home_speaks_french(client, session):
    edition = make_edition(session, tagline=both("Parle"))
    make_challenge(session, edition, number=3, title=both("Air"))

    html = page(client, "/", "fr")

    assert "Parle (fr)" in html
    assert "Défi 3\u00a0: Air (fr)" in html
    assert "Remise des œuvres" in html


def test_a_text_that_exists_in_one_language_is_marked_in_the_other(client, session):
    make_edition(session, tagline=Bilingual(fr="Parle"))

    assert '<span lang="fr">Parle</span>' in page(client, "/", "en")


@pytest.mark.parametrize("address", ["", "/rules", "/calendar.ics", "/challenges/secret"])
def test_an_outsider_learns_nothing_of_a_draft_edition(client, session, address):
    draft = make_edition(session, title=both("Canary"), **DRAFT)
    make_challenge(session, draft, slug="secret", title=both("Canary"))
    outsider = sign_in(client, make_person(session))

    answer = outsider.get(f"/editions/{draft.slug}{address}")

    assert answer.status_code == 404
    assert "Canary" not in answer.text


def test_a_draft_edition_is_in_no_list_and_no_menu_of_an_outsider(client, session):
    make_edition(session)
    make_edition(session, title=both("Canary"), **DRAFT)

    assert "Canary" not in page(client, "/") + page(client, "/editions")


def test_an_organiser_sees_their_own_drafts_only(client, session):
    mine, other = (make_edition(session, title=both(name), **DRAFT) for name in ("Mine", "Other"))
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, mine)
    sign_in(client, organiser)

    html = page(client, "/editions")

    assert "Mine (en)" in html
    assert "Other (en)" not in html
    assert "This edition is a draft" in page(client, f"/editions/{mine.slug}")
    assert client.get(f"/editions/{other.slug}").status_code == 404


def test_a_draft_challenge_is_on_no_public_page(client, session):
    edition = make_edition(session)
    make_challenge(session, edition)
    make_challenge(session, edition, title=both("Canary"), **DRAFT)

    assert "Canary" not in page(client, "/") + page(client, f"/editions/{edition.slug}")


def test_a_moved_deadline_is_shown_with_the_old_one(client, session, app):
    edition = make_edition(session, now=datetime(2026, 3, 2, 9, tzinfo=UTC))
    organiser = make_person(session)
    details = typed_details(edition, submission_closes_at=edition.submission_closes_at + timedelta(hours=2))
    with app.app_context():
        edit_edition(session, edition=edition, details=details, actor=organiser, now=datetime(2026, 3, 3, tzinfo=UTC))

    html = page(client, f"/editions/{edition.slug}")

    assert "changed on 3 March 2026" in html
    assert "<del><time" in html
    assert "7 March 2026 at 10:00, Paris time" in html
    assert "7 March 2026 at 12:00, Paris time" in html


def test_the_rules_in_force_and_older_versions_are_readable(client, session):
    edition = make_edition(session)
    save(
        session,
        RulesVersion(edition=edition, number=2, text=Bilingual(fr="Neuf", en="Fresh"), published_at=edition.created_at),
    )
    address = f"/editions/{edition.slug}/rules"

    assert "Fresh" in page(client, address)
    assert "Neuf" in page(client, address, "fr")
    older = client.get(address, query_string={"version": 1, "lang": "en"}).text
    assert "The rules (en)" in older
    assert "This is an older version" in older
    assert client.get(address, query_string={"version": 9}).status_code == 404


def test_rules_never_carry_markup_that_organisers_did_not_mean(client, session):
    edition = make_edition(session)
    text = Bilingual(en="<script>alert(1)</script> [x](javascript:alert(1))")
    save(session, RulesVersion(edition=edition, number=7, text=text, published_at=edition.created_at))

    html = client.get(f"/editions/{edition.slug}/rules?version=7").text

    assert "<script>alert" not in html
    assert 'href="javascript' not in html


def test_the_calendar_has_four_events_whose_identifiers_stay(client, session):
    edition = make_edition(session, now=datetime(2026, 3, 2, 9, tzinfo=UTC))
    address = f"/editions/{edition.slug}/calendar.ics"

    first = client.get(address)
    edition.submission_closes_at += timedelta(hours=2)
    second = client.get(address, query_string={"lang": "fr"})

    assert first.mimetype == "text/calendar"
    before, after = (Calendar.from_ical(answer.data).walk("VEVENT") for answer in (first, second))
    assert [event["uid"] for event in before] == [event["uid"] for event in after]
    assert [str(event["uid"]).split("-")[-1].split("@")[0] for event in before] == [
        "registration",
        "submission",
        "judging",
        "results",
    ]
    assert before[1]["dtend"].dt == datetime(2026, 3, 7, 9, tzinfo=UTC)
    assert after[1]["dtend"].dt == datetime(2026, 3, 7, 11, tzinfo=UTC)


def test_organisers_find_their_dashboard_in_the_header_and_others_do_not(client, new_client, session):
    edition, organiser = make_edition(session), make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    link = f'href="/editions/{edition.slug}/organise"'

    assert link in page(sign_in(new_client(), organiser), "/")
    assert link not in page(sign_in(client, make_person(session)), "/")


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("address", ["/", "/editions", "/editions/{slug}"])
def test_a_page_costs_the_same_queries_at_three_and_at_three_hundred_challenges(client, session, address):
    edition = make_edition(session)
    make_edition(session, phase=Phase.RESULTS)
    fill(session, edition, 3)
    url = address.format(slug=edition.slug)
    page(client, url)
    with count_queries() as few:
        page(client, url)
    fill(session, edition, 297, first=4)
    for _ in range(20):
        make_edition(session, phase=Phase.RESULTS)
    with count_queries() as many:
        page(client, url)

    assert len(few) == len(many)


def fill(session, edition, count: int, first: int = 1) -> list[Challenge]:
    """Challenges with a prize each."""
    challenges = [make_challenge(session, edition, number=first + extra) for extra in range(count)]
    for challenge in challenges:
        make_prize(session, edition, challenge)
    return challenges
