"""Under embargo nobody without the right learns who won, whatever they ask, and however they are answered."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.mail import OutgoingMail
from hackaviz.web.jobs import do_due_work
from judging.results.certificates.models import Certificate
from judging.results.certificates.service import ask_for_certificates
from judging.results.models import Publication
from judging.results.rules import seal
from judging.results.snapshot import take_snapshot
from submissions.entries.models import Entry
from tests.factories import save, sign_in
from tests.support.results import CANARY
from tests.web.permissions import PERMISSIONS
from tests.web.world import make_world

pytestmark = pytest.mark.database("sqlite")
UNTOLD = ("visitor", "rival", "contact", "juror")
# Whoever holds its link was invited by the team itself.
INVITATION = "teams.invitation"


@pytest.fixture
def world(app, session):
    """A whole site whose results are scheduled: the winning work and its team are called after the canary."""
    with app.app_context():
        now = utc_now()
        world = make_world(session, app.extensions["hackaviz.storage"], Phase.DELIBERATION, now)
        publication = session.scalars(select(Publication)).one()
        _name_after_canary(session, world)
        publication.edition.results_public_at = publication.public_at = now + timedelta(hours=1)
        session.flush()
        session.expire_all()
        ask_for_certificates(session, publication=_published_again(session, publication, now), actor=None, now=now)
    session.commit()
    do_due_work(app)
    return world


def _published_again(session, publication, now):
    """The results with their new names, public at the date of those that are there."""
    snapshot = take_snapshot(session, publication.edition, now)
    dates = {"public_at": publication.public_at, "prepared_at": now}
    told = {"number": 2, "snapshot": snapshot, "snapshot_sha256": seal(snapshot)}
    return save(session, Publication(edition=publication.edition, **dates, **told))


def _name_after_canary(session, world):
    entry = session.scalars(select(Entry).where(Entry.public_id == world.values["entries.public_id"])).one()
    entry.title, entry.team.name = CANARY, f"Team {CANARY}"


def everything(app, world, client, who):
    """(address, answer) of every page of the site, asked as one of its people; refusals are told in short."""
    if world.people[who] is not None:
        sign_in(client, world.people[who])
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint not in ("static", INVITATION):
            short = {} if who in PERMISSIONS[rule.endpoint] else {"Accept": "application/json"}
            address = world.address(rule)
            yield address, client.get(address, headers=short)


def test_no_page_feed_file_or_header_names_the_winner(app, session, new_client, world):
    leaks = [
        (who, address)
        for who in UNTOLD
        for address, answer in everything(app, world, new_client(), who)
        if CANARY.encode() in answer.data or CANARY in str(answer.headers)
    ]
    assert leaks == []


def test_the_team_that_won_does_not_learn_it(client, session, world):
    captain = world.people["captain"]
    sign_in(client, captain)
    edition, team = world.values["edition_slug"], world.values["teams.public_id"]
    for path in (f"/teams/{team}", f"/editions/{edition}", f"/entries/{world.values['gallery.public_id']}"):
        page = client.get(path).text
        for sign in ('class="award"', "certificate-", "award-letters/", "What the jury said"):
            assert sign not in page


def test_no_mail_and_no_address_of_a_certificate_says_that_there_are_results(app, client, session, world):
    session.expire_all()
    assert not session.scalars(select(OutgoingMail).where(OutgoingMail.unique_key.startswith("results/"))).all()
    known = session.scalars(select(Certificate.public_id)).all()
    asked = [client.get(f"/certificates/{public_id}") for public_id in known]
    nothing = client.get("/certificates/23456789abcdef")
    assert len(known) > 1
    assert {answer.status_code for answer in asked} == {nothing.status_code} == {404}
    assert {len(answer.data) for answer in asked} == {len(nothing.data)}
