import pytest
from sqlalchemy import select

from challenges.editions.aims.queries import aims_of, details_of
from challenges.editions.aims.rules import AimDetails, AimKind
from challenges.editions.aims.service import AimInUse, declare_aims
from challenges.editions.models import Visibility
from challenges.editions.queries import changes_after_publication
from hackaviz.kernel.audit import Action
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Invalid
from tests.factories import make_challenge, make_edition, make_entry, make_person, make_team


def aim(text, slug=""):
    return AimDetails(Bilingual(fr=text), slug)


@pytest.fixture
def declare(session, now):
    def declare(edition, ambitions, objectives):
        actor = make_person(session)
        declare_aims(session, edition=edition, ambitions=ambitions, objectives=objectives, actor=actor, now=now)

    return declare


def slugs(edition, kind):
    return [each.slug for each in aims_of(edition, kind)]


def test_aims_keep_their_order_and_their_address_when_their_words_change(session, now, declare):
    edition = make_edition(session, now=now)
    declare(edition, [aim("Port propre"), aim("Emploi")], [aim("Énergie")])
    assert slugs(edition, AimKind.AMBITION) == ["port-propre", "emploi"]
    first, second = details_of(aims_of(edition, AimKind.AMBITION))
    declare(edition, [aim("Emplois nouveaux", second.slug), first], [aim("Énergie", "energie")])
    assert slugs(edition, AimKind.AMBITION) == ["emploi", "port-propre"]
    assert aims_of(edition, AimKind.AMBITION)[0].title.fr == "Emplois nouveaux"


def test_two_aims_of_one_name_have_two_addresses(session, now, declare):
    edition = make_edition(session, now=now)
    declare(edition, [aim("Énergie")], [aim("Énergie")])
    assert slugs(edition, AimKind.AMBITION) + slugs(edition, AimKind.OBJECTIVE) == ["energie", "energie-2"]


@pytest.mark.parametrize("lists", [([aim("Port")], []), ([], [aim("Port")]), ([aim("")], [aim("Port")])])
def test_listing_asks_for_one_of_each_kind(session, now, declare, lists):
    with pytest.raises(Invalid):
        declare(make_edition(session, now=now), *lists)


def test_an_aim_that_a_team_chose_cannot_be_removed(session, now, declare):
    edition = make_edition(session, now=now)
    declare(edition, [aim("Port"), aim("Emploi")], [aim("Énergie")])
    entry = make_entry(session, make_team(session, edition), make_challenge(session, edition))
    entry.aims = [aims_of(edition, AimKind.AMBITION)[0]]
    session.flush()
    with pytest.raises(AimInUse):
        declare(edition, [aim("Emploi", "emploi")], [aim("Énergie", "energie")])
    session.expire(edition)
    assert slugs(edition, AimKind.AMBITION) == ["port", "emploi"]


def test_after_publication_a_change_is_dated_with_old_and_new_text(session, now, declare):
    edition = make_edition(session, now=now)
    declare(edition, [aim("Port")], [aim("Énergie")])
    declare(edition, [aim("Le port", "port")], [aim("Énergie", "energie")])
    change = changes_after_publication(session, edition)[0]
    assert (change.details["text"], change.details["before"]["fr"]) == ("ambitions", "Port")
    assert change.details["after"]["fr"] == "Le port"


def test_before_publication_aims_change_freely(session, now, declare):
    edition = make_edition(session, now=now, visibility=Visibility.DRAFT, published_at=None)
    declare(edition, [aim("Port")], [aim("Énergie")])
    assert not changes_after_publication(session, edition)
    assert session.scalars(select(Action).where(Action.verb == "edition.declare_aims")).first() is not None
