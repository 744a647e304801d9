import pytest

from challenges.editions.aims.rules import AimKind
from challenges.editions.models import Aim
from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from submissions.entries.listing.models import Listing, ListingState
from tests.factories import (
    both,
    declare_aims,
    grant,
    hand_in,
    make_challenge,
    make_edition,
    make_entry,
    make_person,
    make_team,
    save,
    sign_in,
)
from tests.support.queries import count_queries

pytestmark = pytest.mark.database("sqlite")


@pytest.fixture
def edition(session):
    edition = make_edition(session, Phase.RESULTS)
    declare_aims(session, edition)
    edition.aims.append(Aim(kind=AimKind.AMBITION, position=1, slug="jobs", title=both("Jobs")))
    session.flush()
    return edition


@pytest.fixture
def organiser(new_client, session, edition):
    person = make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    return sign_in(new_client(), person)


def make_contribution(session, edition, challenge, state=ListingState.LISTED):
    team = make_team(session, edition)
    entry = make_entry(session, team, challenge, aims=[aim for aim in edition.aims if aim.slug != "jobs"])
    version = hand_in(session, entry)
    decided = {"decided_at": entry.created_at, "decided_by_id": team.captain.id}
    save(session, Listing(entry=entry, version=version, state=state, reason="No.", **decided))
    return entry


def test_an_organiser_decides_and_the_public_reads_what_contributes_where(organiser, client, session, edition):
    entry = make_contribution(session, edition, make_challenge(session, edition), ListingState.PENDING)
    address = f"/editions/{edition.slug}/organise/listing"
    assert "Port (en)" in organiser.get(address).text
    assert "No work is listed" in client.get(f"/editions/{edition.slug}/contributions").text
    decision = f"{address}/{entry.public_id}"
    answer = organiser.post(decision, data={"state": "refused", "reason": ""})
    assert (answer.status_code, "Say why" in answer.text) == (422, True)
    assert organiser.post(decision, data={"state": "listed", "reason": ""}).status_code == 302
    page = client.get(f"/editions/{edition.slug}/contributions").text
    assert f'href="/entries/{entry.public_id}"' in page
    assert "nothing yet" in page
    assert "/contributions" in client.get(f"/editions/{edition.slug}").text


def test_nothing_is_shown_before_the_results(client, session, edition):
    entry = make_contribution(session, edition, make_challenge(session, edition))
    edition.results_public_at = None
    session.flush()
    page = client.get(f"/editions/{edition.slug}/contributions").text
    assert entry.title not in page
    assert "No work is listed in public yet" in page


def test_an_edition_without_aims_has_no_matrix(client, session):
    assert client.get(f"/editions/{make_edition(session).slug}/contributions").status_code == 404


def test_lists_cost_the_same_at_3_and_at_60(organiser, client, session, edition):
    challenge, costs = make_challenge(session, edition), []
    addresses = (f"/editions/{edition.slug}/organise/listing", f"/editions/{edition.slug}/contributions")
    for count in (3, 57):
        for _ in range(count):
            make_contribution(session, edition, challenge)
        session.commit()
        with count_queries() as statements:
            assert organiser.get(addresses[0]).status_code == client.get(addresses[1]).status_code == 200
        costs.append(len(statements))
    assert costs[0] == costs[1]
