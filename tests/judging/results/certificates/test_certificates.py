"""Certificates: made once for everybody by jobs, verified by anybody, and silent before the results are public."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from sqlalchemy import select

from hackaviz.accounts.models import Person
from hackaviz.accounts.privacy import close_account
from hackaviz.kernel.jobs import transactions
from hackaviz.web.database import sessions
from hackaviz.web.jobs import do_due_work
from judging.results.certificates import service
from judging.results.certificates.models import Certificate
from judging.results.certificates.queries import certificates_of_person, progress_of
from judging.results.service import correct, schedule, withdraw
from tests.factories import make_person, sign_in
from tests.support.accessible import faults
from tests.support.results import CANARY

NOW = datetime.now(UTC)


def ask(session, publication):
    return service.ask_for_certificates(session, publication=publication, actor=None, now=NOW)


def make(app, session):
    session.commit()
    do_due_work(app)
    session.expire_all()


def close(app, session, person):
    with app.test_request_context():
        close_account(session, person=person, now=datetime.now(UTC))


@pytest.fixture
def made(app, session, contest, published):
    with app.app_context():
        ask(session, published)
    make(app, session)
    return session.scalars(select(Certificate).order_by(Certificate.id)).all()


def test_everybody_in_a_team_that_handed_in_gets_one_and_only_one(app, session, contest, published):
    with app.app_context():
        assert ask(session, published) == 2
        assert ask(session, published) == 0
    make(app, session)
    progress = progress_of(session, published)
    assert (progress.asked, progress.made, progress.is_under_way) == (2, 2, False)


def test_a_kill_between_drawing_and_noting_makes_them_once_more_and_none_twice(app, session, contest, published):
    with app.app_context():
        ask(session, published)
        session.commit()
        transaction = transactions(sessions().writing)
        with transaction() as claiming:
            service._claim(claiming, NOW)  # the job dies here
        assert not service.make_due_certificates(transaction, NOW, storage=None)
        with transaction() as restarted:
            service.release_claims(restarted)
    make(app, session)
    assert progress_of(session, published).made == 2


def test_a_certificate_is_an_accessible_pdf_in_both_languages_with_its_address(app, made):
    for language, title in (("fr", "Certificat"), ("en", "Certificate")):
        with app.extensions["hackaviz.storage"].open(made[0].files[language]) as stream:
            content = stream.read()
        with pikepdf.open(BytesIO(content)) as pdf:
            assert str(pdf.Root.Lang) == language
            assert faults(pdf) == []
            assert title in str(pdf.open_metadata().get("dc:title"))
        assert made[0].public_id.encode() in content


def test_anybody_verifies_it_and_reads_a_minor_by_the_first_name(client, made):
    page = client.get(f"/certificates/{made[0].public_id}?lang=en").text
    for words in (CANARY, "Zoe", "First prize", "genuine"):
        assert words in page
    assert "Secretname" not in page


def test_before_the_results_are_public_its_address_is_that_of_nothing(app, client, session, contest, scheduled):
    with app.app_context():
        ask(session, scheduled)
    make(app, session)
    known = session.scalars(select(Certificate)).first()
    assert known.made_at is not None
    answers = [client.get(f"/certificates/{each}") for each in (known.public_id, "23456789abcdef")]
    assert [answer.status_code for answer in answers] == [404, 404]
    sign_in(client, contest.winner.team.captain)
    assert client.get(f"/editions/{contest.edition.slug}/certificate-fr.pdf").status_code == 404


def test_a_member_finds_their_own_and_nobody_elses(client, session, contest, made):
    captain, address = contest.winner.team.captain, f"/editions/{contest.edition.slug}/certificate-en.pdf"
    sign_in(client, captain)
    assert client.get(address).data.startswith(b"%PDF")
    assert "certificate-en.pdf" in client.get(f"/teams/{contest.winner.team.public_id}").text
    sign_in(client, make_person(session))
    assert client.get(address).status_code == 403


def test_a_correction_is_said_on_the_page_of_the_certificate(app, client, session, contest, made):
    contest.winner.team.name = "Another name"
    session.flush()
    with app.app_context():
        correct(session, edition=contest.edition, reason="A wrong name", actor=None, now=datetime.now(UTC))
    page = client.get(f"/certificates/{made[0].public_id}?lang=en").text
    assert "corrected" in page
    assert "Another name" in page


def test_a_correction_has_everybodys_made_again_and_what_still_holds_is_served_meanwhile(
    app, client, session, contest, made
):
    contest.winner.team.name = "Another name"
    session.commit()
    address = f"/editions/{contest.edition.slug}"
    sign_in(client, contest.organiser)
    corrected = {"data": {"reason": "A wrong name"}, "follow_redirects": True}
    assert "made again" in client.post(f"{address}/organise/results/correction?lang=en", **corrected).text
    sign_in(client, contest.other.team.captain)
    assert client.get(f"{address}/certificate-en.pdf").status_code == 200
    sign_in(client, contest.winner.team.captain)
    assert client.get(f"{address}/certificate-en.pdf").status_code == 404
    make(app, session)
    assert client.get(f"{address}/certificate-en.pdf").status_code == 200
    assert [client.get(f"/certificates/{each.public_id}").status_code for each in made] == [200, 200]
    newest = session.scalars(select(Certificate).order_by(Certificate.id.desc()).limit(2)).all()
    assert {each.publication.number for each in newest} == {2}


def test_after_a_date_that_was_withdrawn_certificates_are_made_anew_and_those_on_paper_verify(
    app, client, session, contest, scheduled
):
    with app.app_context():
        ask(session, scheduled)
    make(app, session)
    printed = session.scalars(select(Certificate.public_id)).all()
    with app.app_context():
        withdraw(session, edition=contest.edition, actor=None, now=datetime.now(UTC))
        now = datetime.now(UTC)
        schedule(session, edition=contest.edition, public_at=now, actor=None, now=now)
    make(app, session)
    sign_in(client, contest.winner.team.captain)
    assert client.get(f"/editions/{contest.edition.slug}/certificate-en.pdf").status_code == 200
    assert len(printed) == 2
    for public_id in printed:
        assert "genuine" in client.get(f"/certificates/{public_id}?lang=en").text


def test_it_is_in_the_bearers_copy_of_their_data(client, made):
    [told] = sign_in(client, made[0].person).get("/account/data.json").json["certificates"]
    assert (told["number"], told["entry"]) == (made[0].public_id, made[0].entry.title)


def test_it_goes_with_the_account_of_its_bearer(app, client, session, contest, made):
    keys = list(made[0].files.values())
    close(app, session, made[0].person)
    session.flush()
    assert made[0].files == {}
    assert keys
    assert client.get(f"/certificates/{made[0].public_id}").status_code == 404


def test_an_account_that_is_closed_while_its_certificate_is_drawn_leaves_no_file(app, session, contest, published):
    leaving, staying, storage = (
        contest.winner.team.captain,
        contest.other.team.captain,
        app.extensions["hackaviz.storage"],
    )
    before = set(storage.keys())
    with app.app_context():
        ask(session, published)
        session.commit()
        writing = transactions(sessions().writing)
        closing = iter([leaving.id])

        @contextmanager
        def transaction():
            with writing() as job:
                yield job
            for person_id in closing:  # after the job has claimed
                with writing() as other:
                    close(app, other, other.get_one(Person, person_id))

        service.make_due_certificates(transaction, NOW, storage=storage)
    session.expire_all()
    [gone], [kept] = (certificates_of_person(session, person) for person in (leaving, staying))
    assert gone.files == {}
    assert set(storage.keys()) - before == set(kept.files.values())
    assert not progress_of(session, published).is_under_way


def test_nobody_whose_account_is_closed_gets_one(app, session, contest, published):
    close(app, session, contest.winner.team.captain)
    with app.app_context():
        assert ask(session, published) == 1
    close(app, session, contest.other.team.captain)
    make(app, session)
    [certificate] = session.scalars(select(Certificate))
    assert (certificate.made_at, certificate.files) == (None, {})
    assert not progress_of(session, published).is_under_way


def test_organisers_see_how_far_it_is_and_take_all_of_them(client, contest, made):
    sign_in(client, contest.organiser)
    page = client.get(f"/editions/{contest.edition.slug}/organise/certificates?lang=en").text
    assert 'max="2" value="2"' in page
    assert "Make those that are missing" not in page
    answer = client.get(f"/editions/{contest.edition.slug}/organise/certificates-fr.zip")
    names = ZipFile(BytesIO(answer.data)).namelist()
    assert len(names) == 2
    assert all(name.endswith(".pdf") for name in names)


def test_dead_jobs_do_not_keep_certificates(app, session, contest, published):
    with app.app_context():
        ask(session, published)
        session.commit()
        transaction = transactions(sessions().writing)
        with transaction() as claiming:
            service._claim(claiming, NOW)
        later = NOW + service.DEAD_AFTER + timedelta(seconds=1)
        assert service.make_due_certificates(transaction, later, storage=app.extensions["hackaviz.storage"])
