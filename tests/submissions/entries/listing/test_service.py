import pytest
from sqlalchemy import select

from hackaviz.kernel.audit import Action
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.mail import OutgoingMail
from submissions.entries.listing.models import ListingState
from submissions.entries.listing.queries import contributions, count_in_state, listing_of
from submissions.entries.listing.rules import NotListable
from submissions.entries.listing.service import NothingHandedIn, decide_listing
from tests.factories import declare_aims, hand_in, make_entry, make_person, make_team

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def entry(session, draft):
    """Handed in, with an aim of each kind."""
    edition = draft.edition
    declare_aims(session, edition)
    session.flush()
    draft.aims = list(edition.aims)
    session.flush()
    hand_in(session, draft)
    return draft


@pytest.fixture
def decide(session, now):
    actor = make_person(session)

    def decide(entry, state, reason=""):
        return decide_listing(session, entry=entry, state=state, reason=reason, actor=actor, now=now)

    return decide


def letters(session):
    return session.scalars(select(OutgoingMail).where(OutgoingMail.unique_key.startswith("listing/"))).all()


def test_a_decision_is_kept_logged_and_told_to_every_member(session, entry, decide):
    decide(entry, ListingState.REFUSED, "Not about the port.")
    assert listing_of(session, entry).reason == "Not about the port."
    [action] = session.scalars(select(Action).where(Action.verb == "entry.decide_listing"))
    assert (action.details["state"], action.details["version"]) == ("refused", 1)
    assert {mail.recipient for mail in letters(session)} == {each.person.email for each in entry.team.members}
    assert all("Not about the port." in mail.body for mail in letters(session))


def test_deciding_the_same_again_changes_nothing(session, entry, decide):
    decide(entry, ListingState.LISTED)
    decide(entry, ListingState.LISTED)
    assert len(session.scalars(select(Action).where(Action.verb == "entry.decide_listing")).all()) == 1
    assert len(letters(session)) == len(entry.team.members)


def test_what_was_handed_in_decides_not_the_draft(session, draft, decide):
    hand_in(session, draft)
    draft.aims = declare_aims(session, draft.edition)
    with pytest.raises(NotListable):
        decide(draft, ListingState.LISTED)
    with pytest.raises(Invalid):
        decide(draft, ListingState.REFUSED)


def test_a_draft_is_neither_listed_nor_refused(session, draft, decide):
    with pytest.raises(NothingHandedIn):
        decide(draft, ListingState.LISTED)


def test_the_matrix_holds_listed_works_that_the_public_may_see(session, entry, decide):
    edition = entry.edition
    other = make_entry(session, make_team(session, edition), entry.challenge)
    hand_in(session, other)
    assert count_in_state(session, edition, ListingState.PENDING) == 2
    assert contributions(session, edition) == []
    decide(entry, ListingState.LISTED)
    [work] = contributions(session, edition)
    assert (work.public_id, work.ambitions, work.objectives) == (entry.public_id, ["port"], ["energy"])
    entry.may_be_shown = False
    session.flush()
    assert contributions(session, edition) == []
