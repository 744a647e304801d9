"""The gallery of an edition: who sees what, from which version, at which cost."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from challenges.catalogue.merging.service import merge_datasets
from challenges.catalogue.registry import catalogue_registry
from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from hackaviz.kernel.audit import record
from hackaviz.kernel.bilingual import Bilingual
from submissions.gallery import pages
from submissions.gallery.index import PrizeWon
from submissions.gallery.registry import gallery_registry
from submissions.viewer.models import Preview, PreviewState
from tests.factories import (
    grant,
    hand_in,
    make_challenge,
    make_dataset,
    make_edition,
    make_entry,
    make_handed_in_entry,
    make_person,
    make_team,
    make_upload,
    sign_in,
)
from tests.support.queries import count_queries

MOST_QUERIES = 6


def make_public(session, title: str, challenge=None, **team):
    challenge = challenge or make_challenge(session, make_edition(session, Phase.RESULTS))
    entry = make_entry(session, make_team(session, challenge.edition, **team), challenge, title=title)
    hand_in(session, entry)
    return entry


def url_of(edition) -> str:
    return f"/editions/{edition.slug}/gallery"


def test_a_work_is_shown_with_its_team_and_challenge(client, session):
    entry = make_public(session, "Deux ports", name="Les Balises")
    session.add(Preview(upload=entry.current_upload, state=PreviewState.READY, width=1280, height=640))
    page = client.get(url_of(entry.edition)).text
    assert "Deux ports" in page and "Les Balises" in page and "1 work" in page
    assert (
        f'/previews/{entry.current_upload.public_id}/small.webp" alt="What it shows." width="480" height="240"' in page
    )
    assert f"/entries/{entry.public_id}" in page


@pytest.mark.parametrize("phase", [Phase.SUBMISSION, Phase.JUDGING, Phase.DELIBERATION])
def test_before_publication_it_says_when_and_nothing_else(client, session, phase):
    edition = make_edition(session, phase)
    entry = make_handed_in_entry(session, make_challenge(session, edition), title="A canary")
    edition.results_public_at = datetime.now(UTC) + timedelta(hours=1)
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    for reader in (client, sign_in(client, make_person(session)), sign_in(client, organiser)):
        page = reader.get(url_of(edition), query_string={"q": "canary"}).text
        assert "not public yet" in page and "expected on" in page
        for secret in ("A canary", entry.team.name, entry.public_id, "1 work", entry.current_upload.public_id):
            assert secret not in page


def test_it_shows_what_was_handed_in_not_the_draft(client, session):
    entry = make_public(session, "Handed in")
    entry.title = "Changed since"
    draft = make_entry(session, make_team(session, entry.edition), entry.challenge, title="Never handed in")
    make_upload(session, draft)
    page = client.get(url_of(entry.edition)).text
    assert "Handed in" in page
    assert "Changed since" not in page and "Never handed in" not in page


@pytest.mark.database("sqlite", "postgresql")
def test_works_are_found_by_challenge_kind_and_words_without_accents(client, session):
    energy = make_public(session, "Énergie perdue", name="Vapeur")
    other = make_public(session, "Deux ports", challenge=make_challenge(session, energy.edition), name="Écluse")
    other.current_upload.kind = "pdf"
    for asked, found in (
        ({"q": "energie"}, {"Énergie perdue"}),
        ({"q": "ecluse PORTS"}, {"Deux ports"}),
        ({"q": "100%"}, set()),
        ({"challenge": energy.challenge.slug}, {"Énergie perdue"}),
        ({"kind": "pdf"}, {"Deux ports"}),
        ({"kind": "unheard of"}, {"Énergie perdue", "Deux ports"}),
        ({"kind": "pdf", "q": "energie"}, set()),
    ):
        page = client.get(url_of(energy.edition), query_string=asked).text
        assert {title for title in ("Énergie perdue", "Deux ports") if f"{title}</a>" in page} == found, asked


def test_awarded_works_come_first_and_say_so(client, session, app):
    plain = make_public(session, "Plain")
    awarded = make_public(session, "Awarded", challenge=plain.challenge)
    prize = Bilingual("Premier prix", "First prize")
    prizes = {awarded.public_id: [PrizeWon(prize, prize)]}
    gallery_registry(app).prizes_won = lambda _session, _edition, _now: prizes
    page = client.get(url_of(plain.edition)).text
    assert "First prize" in page
    assert page.index("Awarded") < page.index("Plain")


def test_pages_hold_24_works(client, session):
    edition = make_edition(session, Phase.RESULTS)
    challenge = make_challenge(session, edition)
    for number in range(25):
        make_public(session, f"Work {number}", challenge=challenge)
    assert client.get(url_of(edition)).text.count('class="work"') == 24
    assert client.get(url_of(edition), query_string={"page": 2}).text.count('class="work"') == 1
    assert client.get(url_of(edition), query_string={"page": 99}).text.count('class="work"') == 1


@pytest.mark.database("sqlite")
def test_a_long_gallery_is_entered_at_its_ends_and_around_the_page(client, session, monkeypatch):
    monkeypatch.setattr(pages, "PAGE_SIZE", 1)
    challenge = make_challenge(session, make_edition(session, Phase.RESULTS))
    for number in range(9):
        make_public(session, f"Work {number}", challenge=challenge)
    page = client.get(url_of(challenge.edition), query_string={"page": 5, "sort": "title"}).text
    pager = page.partition('class="pager"')[2].partition("</nav>")[0]
    assert re.findall(r"page=(\d+)", pager) == ["4", "1", "4", "5", "6", "9", "6"]
    assert pager.count("sort=title") == 7


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("reader", ["visitor", "person"])
def test_it_costs_the_same_at_3_and_at_60_works(client, session, app, reader):
    edition = make_edition(session, Phase.RESULTS)
    challenge = make_challenge(session, edition)
    if reader == "person":
        sign_in(client, make_person(session))
    url, costs = url_of(edition), []
    for more in (3, 57):
        for _ in range(more):
            make_public(session, "One more", challenge)
        record(session, "test.change", subject=edition, actor=None, now=datetime.now(UTC))
        session.commit()
        with count_queries() as statements:
            assert client.get(url).status_code == 200
        costs.append(len(statements))
    # A signed-in reader costs two more: the person and their roles.
    assert costs[0] == costs[1] <= MOST_QUERIES + (2 if reader == "person" else 0)


def test_a_kept_page_costs_one_query(client, session):
    url = url_of(make_public(session, "Kept").edition)
    client.get(url)
    with count_queries() as statements:
        assert "Kept" in client.get(url).text
    assert len(statements) == 1


def test_a_kept_page_follows_every_act_and_every_finished_image(client, session, now):
    entry = make_public(session, "Before")
    preview = Preview(upload=entry.current_upload)
    session.add(preview)
    url = url_of(entry.edition)
    assert "No still image yet" in client.get(url).text

    preview.state, preview.width, preview.height = PreviewState.READY, 1280, 960
    assert "small.webp" in client.get(url).text

    entry.team.name = "Renamed"
    record(session, "team.rename", subject=entry.team, actor=None, now=now)
    assert "Renamed" in client.get(url).text


def test_a_kept_page_is_nobody_s_own(client, new_client, session):
    edition = make_public(session, "Shared").edition
    assert client.get(url_of(edition)).text.count("Ana Alpha") == 0
    person = sign_in(new_client(), make_person(session, name="Ana Alpha"))
    assert "Ana Alpha" in person.get(url_of(edition)).text
    assert "Ana Alpha" not in client.get(url_of(edition)).text
    assert 'lang="fr"' in client.get(url_of(edition), query_string={"lang": "fr"}).text[:60]


def test_works_that_are_withdrawn_by_a_new_embargo_leave_at_once(client, session, now):
    entry = make_public(session, "Too early")
    assert "Too early" in client.get(url_of(entry.edition)).text
    entry.edition.results_public_at = datetime.now(UTC) + timedelta(days=1)
    record(session, "results.withdraw", subject=entry.edition, actor=None, now=now)
    assert "Too early" not in client.get(url_of(entry.edition)).text


def test_the_gallery_of_a_draft_edition_is_not_there(client, session):
    edition = make_edition(session, Phase.RESULTS, visibility="draft", published_at=None)
    assert client.get(url_of(edition)).status_code == 404
    assert client.get("/editions/nowhere/gallery").status_code == 404


def test_the_home_page_shows_one_work_large_and_six_more(client, session):
    edition = make_edition(session, Phase.RESULTS)
    challenge = make_challenge(session, edition)
    for number in range(9):
        make_public(session, f"Home {number}", challenge=challenge)
    make_handed_in_entry(session, make_challenge(session, make_edition(session, Phase.JUDGING)), title="A canary")
    page = client.get("/").text
    assert page.count('class="hero-work"') == 1 and page.count('class="work"') == 6
    assert "Home 6" in page and "Home 7" not in page and "A canary" not in page


def test_a_dataset_lists_the_public_works_that_cite_it(client, session):
    entry = make_public(session, "Uses it")
    dataset = entry.citations[0].dataset
    cited = [{"dataset": dataset.slug, "title": dataset.title.as_dict(), "usage": "x"}]
    hand_in(session, entry, manifest={**entry.current_version.manifest, "citations": cited})
    hidden = make_handed_in_entry(
        session, make_challenge(session, make_edition(session, Phase.JUDGING)), title="A canary"
    )
    hidden.citations[0].dataset = dataset
    hand_in(session, hidden, manifest={**hidden.current_version.manifest, "citations": cited})
    page = client.get(f"/catalogue/{dataset.slug}").text
    assert "Uses it" in page and "A canary" not in page


@pytest.mark.database("sqlite")
def test_a_work_that_cites_a_merged_dataset_is_found_at_the_one_that_stays(app, client, session, now):
    entry, kept = make_public(session, "Uses it"), make_dataset(session, slug="kept")
    gone = entry.citations[0].dataset
    cited = [{"dataset": gone.slug, "title": gone.title.as_dict(), "usage": "x"}]
    hand_in(session, entry, manifest={**entry.current_version.manifest, "citations": cited})
    holders, steward = catalogue_registry(app).holders, make_person(session)
    merge_datasets(session, kept=kept, gone=gone, holders=holders, actor=steward, now=now)
    session.commit()
    assert "Uses it" in client.get("/catalogue/kept").text
    assert "Uses it" in client.get(f"{url_of(entry.edition)}?dataset=kept").text
    assert f"/catalogue/{cited[0]['dataset']}" in client.get(f"/entries/{entry.public_id}").text
