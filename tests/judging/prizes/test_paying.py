"""From an award to a payment: void and confirmed, approved by two, paid with proof, listed for the accountant."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text

from challenges.sponsors.models import Custody
from hackaviz.accounts.models import Role
from hackaviz.accounts.service import withdraw_role
from hackaviz.kernel.audit import Action
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.web.database import sessions
from hackaviz.web.storage import current_storage
from judging.prizes import paying, service
from judging.prizes.paying import AwardChanged, AwardVoid, Proof, ResultNotSealed, WinnerPayment
from judging.prizes.queries import awards_of
from judging.prizes.standing import basis_of, content_of, is_approved, is_void, rankings_now
from judging.scoring.marks_log import Act, append
from judging.scoring.models import Mark
from judging.sealing.service import seal
from tests.factories import (
    grant,
    make_challenge,
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
from tests.support.prizes import awarded, judged
from tests.support.queries import count_queries
from tests.support.worlds import once

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
PAID = WinnerPayment(date(2020, 12, 1), "VIR-9")


def funded(session):
    """An award of 500 to “=Tides”, funded by a pledge that the organiser holds."""
    edition = judged(session)
    make_pledge(session, make_sponsor(session, edition, name="The port"), 50_000, name="Main")
    award = awarded(session, edition)
    award.entry.title = "=Tides"
    return {"edition": edition, "award": award}


@pytest.fixture
def world(session):
    return once(session, funded)


def make_organiser(session, edition):
    person = make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    return person


def approve(session, edition, award, person, seen=None):
    seal(session, edition=edition, actor=None, now=NOW)
    seen = seen or content_of(award)
    return paying.approve_payout(session, edition=edition, award=award, seen=seen, actor=person, now=NOW)


def approve_by_two(session, edition, award):
    people = [make_organiser(session, edition) for _two in range(2)]
    for person in people:
        approve(session, edition, award, person)
    return people


def confirm(session, edition, award):
    seen = basis_of(award, rankings_now(session, edition))
    acts = {"seen": seen, "reason": "The jury, on 2 November", "actor": None, "now": NOW}
    paying.confirm_award(session, edition=edition, award=award, **acts)


def pay(session, edition, award, payment=PAID):
    paying.record_award_payment(session, edition=edition, award=award, payment=payment, actor=None, now=NOW)


def change_a_mark(session):
    mark = session.scalars(select(Mark)).one()
    mark.value = 1
    append(session, review=mark.review, act=Act.FINISH, now=NOW)
    session.flush()
    session.expire_all()


def test_one_person_twice_is_not_two_people(session, edition, award):
    person = make_organiser(session, edition)
    assert approve(session, edition, award, person).id == approve(session, edition, award, person).id
    with pytest.raises(Conflict):
        pay(session, edition, award)
    approve(session, edition, award, make_organiser(session, edition))
    pay(session, edition, award)
    assert (award.paid_on, award.payment_reference) == (PAID.paid_on, "VIR-9")


def test_a_changed_mark_makes_the_award_void_until_it_is_confirmed_and_approved_again(session, edition, award):
    approve_by_two(session, edition, award)
    change_a_mark(session)
    assert is_void(award, rankings_now(session, edition))
    with pytest.raises(AwardVoid):
        pay(session, edition, award)
    with pytest.raises(AwardVoid):
        approve(session, edition, award, make_organiser(session, edition))
    confirm(session, edition, award)
    assert not is_void(award, rankings_now(session, edition))
    assert not is_approved(award)


def test_other_payers_ask_for_new_approvals(session, edition, award):
    approve_by_two(session, edition, award)
    other = make_pledge(session, make_sponsor(session, edition), 50_000)
    parts = {"cents_by_pledge": {other.id: 50_000}, "actor": None, "now": NOW}
    service.set_funding(session, edition=edition, award=award, **parts)
    assert not is_approved(award)


def test_what_is_paid_stays_paid_whatever_becomes_of_the_ranking(session, edition, award):
    approve_by_two(session, edition, award)
    pay(session, edition, award)
    change_a_mark(session)
    assert not is_void(award, rankings_now(session, edition))
    with pytest.raises(Conflict):
        pay(session, edition, award)


def test_an_award_to_a_team_that_was_refused_since_is_void_until_it_is_confirmed(session, edition, award):
    approve_by_two(session, edition, award)
    refuse_team(session, award.entry)
    with pytest.raises(AwardVoid):
        pay(session, edition, award)
    confirm(session, edition, award)
    approve_by_two(session, edition, award)
    pay(session, edition, award)
    assert award.paid_on == PAID.paid_on


def test_an_award_from_before_rankings_were_kept_is_not_void(session, edition, award):
    award.ranking_sha256 = ""
    assert not is_void(award, rankings_now(session, edition))
    refuse_team(session, award.entry)
    assert is_void(award, rankings_now(session, edition))


def test_who_is_an_organiser_no_more_does_not_count(session, edition, award):
    one, _other = approve_by_two(session, edition, award)
    withdraw_role(session, granted=one.roles[0], actor=None, now=NOW)
    with pytest.raises(Conflict, match="still organisers"):
        pay(session, edition, award)


def test_nobody_approves_or_confirms_what_they_have_not_seen(session, edition, award):
    person, seen = make_organiser(session, edition), content_of(award)
    other = make_pledge(session, make_sponsor(session, edition), 50_000)
    service.set_funding(session, edition=edition, award=award, cents_by_pledge={other.id: 50_000}, actor=None, now=NOW)
    with pytest.raises(AwardChanged):
        approve(session, edition, award, person, seen)
    behind = basis_of(award, rankings_now(session, edition))
    change_a_mark(session)
    with pytest.raises(AwardChanged):
        paying.confirm_award(session, edition=edition, award=award, seen=behind, reason="x", actor=None, now=NOW)
    assert is_void(award, rankings_now(session, edition))


def test_nothing_is_approved_or_paid_while_the_result_behind_it_is_not_sealed(session, edition, award):
    person, seen = make_organiser(session, edition), content_of(award)
    acts = {"edition": edition, "award": award, "actor": person, "now": NOW}
    with pytest.raises(ResultNotSealed):
        paying.approve_payout(session, seen=seen, **acts)
    approve_by_two(session, edition, award)
    change_a_mark(session)
    confirm(session, edition, award)
    with pytest.raises(ResultNotSealed):
        paying.approve_payout(session, seen=content_of(award), **acts)
    with pytest.raises(ResultNotSealed):
        pay(session, edition, award)


def test_a_sponsor_that_pays_directly_must_prove_it(app, session, edition):
    make_pledge(session, make_sponsor(session, edition), 50_000, received=0, custody=Custody.DIRECT)
    [award] = service.award_by_ranking(session, edition=edition, actor=None, now=NOW)
    approve_by_two(session, edition, award)
    with pytest.raises(Invalid) as refused:
        pay(session, edition, award)
    assert refused.value.field == "proof"
    pay(session, edition, award, WinnerPayment(PAID.paid_on, "VIR-9", Proof("sha256/00/11", "notice.pdf")))
    assert award.proof_name == "notice.pdf"


def test_an_award_that_is_not_funded_is_not_approved(app, session, edition):
    prize = make_prize(session, edition, None, 1_000)
    entry = make_handed_in_entry(session, make_challenge(session, edition))
    facts = {"prize": prize, "entry": entry, "given": service.Given(1_000), "actor": None, "now": NOW}
    award = service.give_award(session, edition=edition, **facts)
    with pytest.raises(Conflict):
        approve(session, edition, award, make_organiser(session, edition))


@pytest.fixture
def organiser(client, session, edition, award):
    person = make_organiser(session, edition)
    sign_in(client, person)
    return person


@pytest.fixture
def approved(session, edition, award, organiser):
    """The award, approved by the organiser who is signed in and by another one."""
    for person in (organiser, make_organiser(session, edition)):
        approve(session, edition, award, person)
    session.commit()
    return award


def path(edition, rest=""):
    return f"/editions/{edition.slug}/organise/awards{rest}"


def test_the_page_says_what_is_void_and_who_approved(client, session, edition, award, organiser):
    seal(session, edition=edition, actor=None, now=NOW)
    session.commit()
    client.post(path(edition, f"/{award.id}/approve"), data={"seen": content_of(award)})
    page = client.get(path(edition, "?lang=en")).text
    assert "1 of 2 approvals" in page and f"Approved by {organiser.name}" in page
    assert "Approve the payment" not in page and "Record the payment" not in page
    change_a_mark(session)
    assert "void: the result has changed" in client.get(path(edition, "?lang=en")).text
    confirming = path(edition, f"/{award.id}/confirm")
    seen = re.search(r'name="seen" value="(\w+)"', client.get(confirming).text)[1]
    assert client.post(confirming, data={"seen": seen}).status_code == 422
    answer = client.post(f"{confirming}?lang=en", data={"seen": "something else", "reason": "The jury said so"})
    assert (answer.status_code, "The jury said so" in answer.text) == (409, True)
    client.post(confirming, data={"seen": seen, "reason": "The jury said so"})
    kept = session.scalars(select(Action).where(Action.verb == "award.confirm")).one().details
    assert kept["reason"] == "The jury said so"
    assert "0 of 2 approvals" in client.get(path(edition, "?lang=en")).text
    refuse_team(session, award.entry)
    page = client.get(path(edition, "?lang=en")).text
    assert "void: the team may not win" in page and "Confirm all the same" in page


def test_a_payment_is_recorded_with_its_proof_which_nobody_is_shown(client, session, edition, award, organiser):
    for person in (organiser, make_organiser(session, edition)):
        approve(session, edition, award, person)
    session.commit()
    proof = (io.BytesIO(b"<script>alert(1)</script>"), "../avis de virement.html")
    form = {"paid_on": "2020-12-01", "reference": "VIR-9", "proof": proof}
    client.post(path(edition, f"/{award.id}/payment"), data=form)
    answer = client.get(path(edition, f"/{award.id}/proof"))
    assert answer.data == b"<script>alert(1)</script>"
    assert answer.headers["Content-Disposition"] == "attachment; filename=avis_de_virement.html"
    assert answer.content_type == "application/octet-stream"


def test_an_empty_file_proves_nothing(client, session, edition, approved):
    form = {"paid_on": "2020-12-01", "reference": "VIR-9", "proof": (io.BytesIO(b""), "notice.pdf")}
    answer = client.post(path(edition, f"/{approved.id}/payment?lang=en"), data=form)
    assert (answer.status_code, "This file is empty." in answer.text) == (422, True)
    session.refresh(approved)
    assert approved.paid_on is None


def test_a_payment_that_a_rule_refuses_is_shown_again_with_the_reason(client, session, edition, award, organiser):
    award.fundings[0].pledge.custody = Custody.DIRECT
    for person in (organiser, make_organiser(session, edition)):
        approve(session, edition, award, person)
    session.commit()
    form = {"paid_on": "2020-12-01", "reference": "VIR-9"}
    answer = client.post(path(edition, f"/{award.id}/payment?lang=en"), data=form)
    assert (answer.status_code, "add the proof of its payment" in answer.text) == (422, True)


class SlowLine:
    """A storage; while it takes a file, somebody else writes."""

    def __init__(self, storage, write):
        self.storage, self.others_write = storage, write

    def write(self, stream):
        self.others_write()
        return self.storage.write(stream)


@pytest.mark.database("sqlite")
def test_nobody_waits_until_the_proof_of_a_payment_is_stored(client, session, edition, approved, monkeypatch):
    with client.application.app_context():
        storage, factory = current_storage(), sessions().writing

    def write():
        with factory.begin() as other:
            other.execute(text("UPDATE people SET language = 'en'"))

    monkeypatch.setattr("judging.prizes.payout_views.current_storage", lambda: SlowLine(storage, write))
    form = {"paid_on": "2020-12-01", "reference": "VIR-9", "proof": (io.BytesIO(b"notice"), "notice.pdf")}
    assert client.post(path(edition, f"/{approved.id}/payment"), data=form).status_code == 302
    session.refresh(approved)
    assert approved.proof_name == "notice.pdf"


def test_the_list_for_the_accountant_says_who_how_much_from_whom_and_no_void_award(
    client, session, edition, award, organiser
):
    answer = client.get(path(edition, "/payments.csv?lang=en"))
    titles, line = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    row = dict(zip(titles, line, strict=True))
    assert (row["Amount in euros"], row["Sponsor"], row["Pledge"]) == ("500.00", "The port", "Main")
    assert row["Why"] == "By place in the ranking"
    assert (row["Title"], row["Captain"]) == ("'=Tides", award.entry.team.captain.name)
    assert client.get(path(edition, "/payments.xlsx")).data[:2] == b"PK"
    assert client.get(path(edition, "/payments.pdf")).status_code == 404
    change_a_mark(session)
    assert len(client.get(path(edition, "/payments.csv")).data.splitlines()) == 1


@pytest.mark.database("sqlite")
def test_a_long_list_costs_as_many_queries_as_a_short_one(client, session, edition, award, organiser):
    def count():
        with count_queries() as asked:
            assert client.get(path(edition, "/payments.csv")).status_code == 200
        return len(asked)

    count()
    few = count()
    for _number in range(12):
        challenge = make_challenge(session, edition, criteria=1)
        make_review(session, make_juror(session, edition), make_handed_in_entry(session, challenge), [2])
        make_prize(session, edition, challenge, 100)
    make_pledge(session, make_sponsor(session, edition), 50_000)
    service.award_by_ranking(session, edition=edition, actor=None, now=NOW)
    assert len(awards_of(session, edition)) == 13
    assert count() <= few
