import pytest

from challenges.editions.aims.queries import aims_of
from challenges.editions.aims.rules import AimKind
from hackaviz.accounts.models import Role
from tests.factories import grant, make_edition, make_person, sign_in

pytestmark = pytest.mark.database("sqlite")


def test_an_organiser_declares_both_lists_and_everybody_reads_them(client, session):
    edition, person = make_edition(session), make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    organiser = sign_in(client, person)
    address = f"/editions/{edition.slug}/organise/aims"
    sent = {
        "ambitions-0-title_fr": "Second",
        "ambitions-0-order": "2",
        "ambitions-1-title_fr": "Premier",
        "ambitions-1-order": "1",
        "objectives-0-title_en": "Less smoke",
    }
    assert organiser.post(address, data=sent | {"objectives-0-title_en": ""}).status_code == 422
    assert organiser.post(address, data=sent).status_code == 302
    session.refresh(edition)
    assert [aim.title.fr for aim in aims_of(edition, AimKind.AMBITION)] == ["Premier", "Second"]
    assert "Less smoke" in organiser.get(f"/editions/{edition.slug}").text
