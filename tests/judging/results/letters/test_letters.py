"""Letters after the results: the right one to each person, after the embargo, never twice."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.kernel.jobs import transactions
from hackaviz.kernel.mail import LONGEST_SUBJECT, OutgoingMail, claim_due_mail, send_one_due_mail
from hackaviz.web.database import sessions
from hackaviz.web.jobs import do_due_work
from judging.results.letters import service
from judging.results.letters.models import ResultLetter
from judging.results.letters.queries import sending_of
from judging.results.letters.rules import Addressees, check_words, filled
from tests.factories import make_edition, save, sign_in
from tests.support.mail_server import HANGS_UP, MESSAGE, mail_server
from tests.support.results import CANARY

WINNERS = service.LetterText(Bilingual("Gagné", "Won"), Bilingual("{name} : {prize}", "{name}: {prize} for {work}"))
OTHERS = service.LetterText(Bilingual("Public", "Public"), Bilingual("Bonjour {name}", "Hello {name}"))


@pytest.fixture
def here(app):
    """The context of a command or a job."""
    with app.app_context():
        yield app


def save_both(session, contest, now):
    acts = {"edition": contest.edition, "actor": contest.organiser, "now": now}
    service.save_letter(session, addressees=Addressees.WINNERS, text=WINNERS, **acts)
    service.save_letter(session, addressees=Addressees.OTHERS, text=OTHERS, **acts)
    return acts


def letters_in_outbox(session):
    session.expire_all()
    query = select(OutgoingMail).where(OutgoingMail.unique_key.startswith("results/"))
    found = session.scalars(query.order_by(OutgoingMail.id)).all()
    session.commit()
    return found


def _write_and_die(transaction, now):
    with transaction() as session:
        service._write(session, service.due_letters(session, now)[0], now)
        raise KeyboardInterrupt


def test_after_the_embargo_winners_and_others_get_theirs_once(here, session, contest, published):
    now = datetime.now(UTC)
    service.release_letters(session, **save_both(session, contest, now))
    session.commit()
    for _again in range(3):
        do_due_work(here)
    mails = {mail.recipient: mail for mail in letters_in_outbox(session)}
    assert len(mails) == 2
    won, public = (mails[entry.team.captain.email] for entry in (contest.winner, contest.other))
    assert (won.subject, won.body) == ("Won", f"Zoe Secretname: First prize (en) for {CANARY}")
    assert public.subject == "Public"
    assert all(mail.sent_at is not None for mail in mails.values())
    assert sending_of(session, contest.edition).sent == 2


def test_under_embargo_not_one_is_written(here, session, contest, scheduled):
    service.release_letters(session, **save_both(session, contest, datetime.now(UTC)))
    session.commit()
    do_due_work(here)
    assert letters_in_outbox(session) == []


def test_what_is_not_released_is_not_sent(here, session, contest, published):
    acts = save_both(session, contest, datetime.now(UTC))
    session.commit()
    do_due_work(here)
    service.release_letters(session, **acts)
    service.hold_letters(session, **acts)
    session.commit()
    do_due_work(here)
    assert letters_in_outbox(session) == []


def test_a_kill_while_they_are_written_writes_none_and_the_next_job_all(here, session, contest, published):
    now = datetime.now(UTC)
    service.release_letters(session, **save_both(session, contest, now))
    session.commit()
    committing = transactions(sessions().writing)
    with pytest.raises(KeyboardInterrupt):
        _write_and_die(committing, now)
    assert letters_in_outbox(session) == []
    do_due_work(here)
    assert len(letters_in_outbox(session)) == 2


def test_a_sender_that_is_killed_before_it_notes_the_outcome_does_not_send_again(here, session, contest, published):
    now = datetime.now(UTC)
    service.release_letters(session, **save_both(session, contest, now))
    session.commit()
    while service.write_due_letters(transactions(sessions().writing), now):
        pass
    later = now + timedelta(days=1)
    with transactions(sessions().writing)() as session_of_job:
        assert claim_due_mail(session_of_job, now) is not None  # handed to the server, then killed
        assert claim_due_mail(session_of_job, now) is not None
        assert claim_due_mail(session_of_job, later) is None
    service.write_due_letters(transactions(sessions().writing), later)
    assert sending_of(session, contest.edition).uncertain == 2


def test_a_letter_that_a_server_refused_is_tried_again(here, session, contest, published):
    now = datetime.now(UTC)
    service.release_letters(session, **save_both(session, contest, now))
    session.commit()
    transaction = transactions(sessions().writing)
    while service.write_due_letters(transaction, now):
        pass
    with mail_server({"RCPT": "450 try later"}) as server:
        assert send_one_due_mail(transaction, now, mail_url=server.url, sender="site@example.org")
    assert sending_of(session, contest.edition).refused == 1
    session.commit()
    service.write_due_letters(transaction, now + timedelta(hours=3))
    session.expire_all()
    assert sending_of(session, contest.edition).waiting == 2


def test_a_letter_that_a_server_took_without_saying_so_is_not_sent_again(here, session, contest, published):
    now = datetime.now(UTC)
    service.release_letters(session, **save_both(session, contest, now))
    session.commit()
    transaction = transactions(sessions().writing)
    while service.write_due_letters(transaction, now):
        pass
    with mail_server({MESSAGE: HANGS_UP}) as server:
        for later in (now, now, now + timedelta(hours=3), now + timedelta(days=1)):
            service.write_due_letters(transaction, later)
            send_one_due_mail(transaction, later, mail_url=server.url, sender="site@example.org")
    assert server.received == 2
    assert sending_of(session, contest.edition).uncertain == 2


def test_a_subject_that_its_words_make_too_long_is_cut(here, session, contest, published):
    now = datetime.now(UTC)
    acts = save_both(session, contest, now)
    subject = Bilingual("{work} " * 20, "{work} " * 20)
    service.save_letter(session, addressees=Addressees.WINNERS, text=service.LetterText(subject, WINNERS.body), **acts)
    service.release_letters(session, **acts)
    session.commit()
    do_due_work(here)
    [subject] = [mail.subject for mail in letters_in_outbox(session) if CANARY in mail.subject]
    assert len(subject) == LONGEST_SUBJECT
    assert subject.endswith("…")


def test_a_letter_that_cannot_be_written_does_not_keep_the_next_one_back(here, session, contest, published):
    now = datetime.now(UTC)
    without_results = make_edition(session, Phase.RESULTS)
    dates = {"saved_at": now, "released_at": now}
    broken = save(
        session,
        ResultLetter(
            edition=without_results, addressees=Addressees.WINNERS, subject=WINNERS.subject, body=WINNERS.body, **dates
        ),
    )
    service.release_letters(session, **save_both(session, contest, now))
    session.commit()
    do_due_work(here)
    assert len(letters_in_outbox(session)) == 2
    assert broken.written_at is None


def test_a_letter_needs_both_languages_and_only_words_that_its_readers_have(here, session, contest):
    acts = {"edition": contest.edition, "actor": contest.organiser, "now": datetime.now(UTC)}
    half = service.LetterText(Bilingual("Sujet", ""), Bilingual("a", "b"))
    with pytest.raises(Invalid) as refused:
        service.save_letter(session, addressees=Addressees.OTHERS, text=half, **acts)
    assert refused.value.field == "subject_en"
    with pytest.raises(Invalid):
        check_words("{prize}", Addressees.OTHERS, "body_fr")
    check_words("{prize}", Addressees.WINNERS, "body_fr")


def test_both_letters_are_saved_before_they_are_released(here, session, contest):
    with pytest.raises(Conflict):
        service.release_letters(session, edition=contest.edition, actor=None, now=datetime.now(UTC))


def test_a_changed_letter_must_be_released_again_and_a_written_one_stays(here, session, contest, published):
    acts = save_both(session, contest, datetime.now(UTC))
    service.release_letters(session, **acts)
    changed = service.save_letter(session, addressees=Addressees.OTHERS, text=OTHERS, **acts)
    assert changed.released_at is None
    service.release_letters(session, **acts)
    session.commit()
    do_due_work(here)
    session.expire_all()
    with pytest.raises(Conflict):
        service.save_letter(session, addressees=Addressees.OTHERS, text=OTHERS, **acts)
    with pytest.raises(Conflict):
        service.hold_letters(session, **acts)


def test_a_word_that_a_team_typed_is_not_read_again():
    assert filled("{work} by {team}", {"work": "{team}", "team": "Us"}) == "{team} by Us"


def test_organisers_read_each_letter_as_its_reader_gets_it(client, session, contest, scheduled):
    sign_in(client, contest.organiser)
    base = f"/editions/{contest.edition.slug}/organise/letters"
    page = client.get(f"{base}?lang=en").text
    captain = contest.winner.team.captain
    assert f"{base}/to/{captain.public_id}" in page
    preview = client.get(f"{base}/to/{captain.public_id}?lang=fr").text
    assert "has won a prize" in preview
    assert CANARY in preview


def test_an_organiser_writes_and_releases_them(client, session, contest, scheduled):
    sign_in(client, contest.organiser)
    base = f"/editions/{contest.edition.slug}/organise/letters"
    for to in ("winners", "others"):
        typed = {"subject_fr": "S", "subject_en": "S", "body_fr": "{name}", "body_en": "{name}"}
        assert client.post(f"{base}/{to}", data=typed).status_code == 302
    assert client.post(f"{base}/others", data={"subject_fr": "S", "subject_en": "", "body_fr": "x"}).status_code == 422
    assert client.post(f"{base}/release").status_code == 302
    assert "become public" in client.get(f"{base}?lang=en").text


def test_after_the_results_the_page_says_what_became_of_them(here, session, client, contest, published):
    page = f"/editions/{contest.edition.slug}/organise/letters"
    save_both(session, contest, datetime.now(UTC))
    session.commit()
    sign_in(client, contest.organiser)
    assert "Send both letters now?" in client.get(page).text
    told = client.post(f"{page}/release", follow_redirects=True).text
    assert "They go out now." in told and "as soon as the results are public" not in told
    do_due_work(here)
    kept = client.get(page).text
    assert "No mail server is set" in kept and "letters in the outbox" in kept
    here.config["MAIL_URL"] = "smtp://mail.example.org"
    sent = client.get(page).text
    assert "No mail server is set" not in sent and "letters sent" in sent
