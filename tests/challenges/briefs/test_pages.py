"""The public page of a challenge, in both languages."""

from datetime import UTC, date, datetime

import pytest

from challenges.briefs.models import ChallengeChange
from challenges.catalogue.models import Availability, Resource
from challenges.editions.models import Visibility
from challenges.editions.registry import Act, edition_registry
from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from hackaviz.kernel.bilingual import Bilingual
from tests.factories import (
    both,
    grant,
    make_challenge,
    make_dataset,
    make_edition,
    make_person,
    make_prize,
    save,
    sign_in,
)
from tests.support.queries import count_queries

DRAFT = {"visibility": Visibility.DRAFT, "published_at": None}


@pytest.fixture
def edition(session):
    return make_edition(session)


def address(challenge) -> str:
    return f"/editions/{challenge.edition.slug}/challenges/{challenge.slug}"


def page(client, challenge, language: str = "en") -> str:
    return client.get(address(challenge), query_string={"lang": language}).text


def changed(session, challenge, field: str, before: Bilingual, after: Bilingual) -> None:
    at = datetime(2026, 11, 18, 9, tzinfo=UTC)
    save(session, ChallengeChange(challenge=challenge, at=at, field=field, before=before, after=after))


def test_a_challenge_says_what_is_asked_how_it_is_judged_from_what_and_for_what(client, session, edition):
    brief = Bilingual(fr="Une **œuvre**.", en="One **work**.")
    challenge = make_challenge(session, edition, number=3, title=both("Air"), brief=brief, criteria=3)
    dataset = make_dataset(session, title=both("Ports"), availability=Availability.REACHABLE)
    dataset.link_seen_on = date(2026, 11, 20)
    save(session, Resource(dataset=dataset, title=both("File"), format="geojson", url="https://data.example/ports"))
    challenge.datasets = [dataset]
    for place, cents in ((1, 150_000), (2, 70_000)):
        make_prize(session, edition, challenge, cents, place=place)

    english, french = page(client, challenge), page(client, challenge, "fr")

    assert "One <strong>work</strong>." in english
    # Weights 1, 2 and 3.
    assert [f">{percent}%<" in english for percent in (17, 33, 50)] == [True, True, True]
    assert "50\u00a0%" in french
    assert f'href="/catalogue/{dataset.slug}"' in english
    assert "GEOJSON" in english
    assert "link seen on 20 November 2026" in english
    assert "€2,200" in english
    assert "Défi 3\u00a0: Air (fr)" in french
    assert "Comment le jury note" in french
    assert "An entry needs 2 finished reviews to be ranked." in english


def test_a_draft_is_shown_to_organisers_only_and_says_so(client, new_client, session, edition):
    draft = make_challenge(session, edition, title=both("Canary"), **DRAFT)
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)

    answer = sign_in(client, make_person(session)).get(address(draft))
    assert answer.status_code == 404
    assert "Canary" not in answer.text
    assert "This challenge is a draft" in page(sign_in(new_client(), organiser), draft)


def test_a_challenge_of_another_edition_is_not_at_this_address(client, session, edition):
    elsewhere = make_challenge(session, make_edition(session))

    assert client.get(f"/editions/{edition.slug}/challenges/{elsewhere.slug}").status_code == 404


def test_a_change_is_dated_and_shows_old_and_new_text(client, session, edition):
    challenge = make_challenge(session, edition)
    changed(session, challenge, "brief", both("Old rule"), both("New rule"))

    english, french = page(client, challenge), page(client, challenge, "fr")

    assert "Changed on 18 November 2026: what is asked" in english
    assert "<del>Old rule (en)</del>" in english
    assert "<ins>New rule (en)</ins>" in english
    assert "Modifié le 18 novembre 2026\u00a0: ce qui est demandé" in french


def test_a_change_in_the_other_language_only_is_shown_in_that_language(client, session, edition):
    challenge = make_challenge(session, edition)
    changed(session, challenge, "title", Bilingual(fr="Vieux", en="Same"), Bilingual(fr="Neuf", en="Same"))

    html = page(client, challenge)

    assert 'lang="fr"><del>Vieux</del>' in html


def test_texts_of_changes_are_escaped(client, session, edition):
    challenge = make_challenge(session, edition)
    changed(session, challenge, "brief", both("<script>old</script>"), both("<img src=x>"))

    html = page(client, challenge)

    assert "<script>old" not in html
    assert "<img src=x>" not in html


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (Phase.SUBMISSION, "Time left to hand in"),
        (Phase.ANNOUNCED, "Registration opens in"),
        (Phase.JUDGING, "The jury works for another"),
    ],
)
def test_the_countdown_follows_the_phase(client, session, phase, words):
    assert words in page(client, make_challenge(session, make_edition(session, phase)))


def test_a_finished_edition_counts_nothing_down(client, session):
    assert "data-deadline" not in page(client, make_challenge(session, make_edition(session, Phase.RESULTS)))


def test_what_the_reader_can_do_comes_from_the_room_of_teams(app, client, session, edition):
    challenge = make_challenge(session, edition)
    asked = []

    def act_for(_session, about, challenge_id, person, _now):
        asked.append((about.id, challenge_id, person.is_authenticated))
        return Act(text="You have been invited?", label="Create a team", url="/somewhere")

    edition_registry(app).act_for = act_for
    html = page(client, challenge)

    assert asked == [(edition.id, challenge.id, False)]
    assert 'href="/somewhere"' in html
    assert "You have been invited?" in html


def test_many_datasets_are_folded_after_the_first(client, session, edition):
    challenge = make_challenge(session, edition)
    challenge.datasets = [make_dataset(session) for _ in range(11)]

    html = page(client, challenge)

    assert html.count('class="dataset"') == 11
    assert "3 more datasets" in html


@pytest.mark.database("sqlite")
def test_a_challenge_costs_the_same_queries_with_three_and_with_three_hundred_datasets(client, session, edition):
    challenge = make_challenge(session, edition)
    challenge.datasets = [make_dataset(session) for _ in range(3)]
    url = address(challenge)
    client.get(url)
    with count_queries() as few:
        client.get(url)
    challenge.datasets = [*challenge.datasets, *(make_dataset(session) for _ in range(297))]
    for _ in range(30):
        changed(session, challenge, "brief", both("Old"), both("New"))
    session.commit()
    with count_queries() as many:
        client.get(url)

    assert len(few) == len(many)
    assert len(many) <= 9
