"""Documents of money and results: to the cent, accessible, the same each time, for those whom they are meant for."""

import io
from datetime import UTC, date, datetime
from functools import partial

import pikepdf
import pypdfium2
import pytest

from challenges.ledger.rules import TransactionKind
from challenges.sponsors.pools import Release, release
from hackaviz.accounts.models import Role
from hackaviz.web.language import speaking
from judging.results.documents.annex import annex
from judging.results.documents.letter import award_letter, numbered_awards
from judging.results.documents.report import report
from judging.results.documents.statement import statement
from judging.results.documents.wording import in_a_row
from tests.factories import grant, make_gift, make_party, make_person, make_subsidy, sign_in
from tests.support.accessible import faults
from tests.support.results import CANARY

pytestmark = pytest.mark.database("sqlite")


@pytest.fixture
def documents(app, session, contest, published):
    """Every kind of document, each a function of the language."""
    with app.app_context():
        make_gift(session, contest.sponsor)
        make_party(session, contest.edition)
        make_subsidy(session, contest.edition)
        edition, now = contest.edition, datetime.now(UTC)
        named = {"names_winners": True, "now": now}
        yield {
            "statement": lambda language: statement(session, edition, contest.sponsor, language, **named),
            "annex": partial(annex, session, edition, now=now),
            "report": partial(report, session, edition, now=now),
            "letter": lambda language: award_letter(edition, published, numbered_awards(published)[1], language),
        }


def text_of(pdf):
    """All words, whatever the lines that they were broken into."""
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.parametrize("kind", ["statement", "annex", "report", "letter"])
def test_documents_can_be_read_without_being_seen_and_are_the_same_each_time(documents, kind):
    for language in ("fr", "en"):
        content = documents[kind](language)
        assert documents[kind](language) == content
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert str(pdf.Root.Lang) == language
            assert faults(pdf) == []


def test_each_file_has_a_title_of_its_own(documents, published, contest):
    letter, edition = numbered_awards(published)[1], contest.edition.title
    with pikepdf.open(io.BytesIO(documents["letter"]("fr"))) as pdf:
        told = f"Lettre d’attribution · {letter.prize.fr} · {letter.entry['team']} · {edition.fr}"
        assert str(pdf.open_metadata()["dc:title"]) == told
    with pikepdf.open(io.BytesIO(documents["annex"]("en"))) as pdf:
        assert str(pdf.open_metadata()["dc:title"]).endswith(f" · {edition.en}")


def test_parts_that_follow_each_other_are_set_apart_as_the_language_does_it(app):
    with app.test_request_context():
        for language, told in (("fr", "a, b\u00a0; c, d\u00a0; e"), ("en", "a, b; c, d; e")):
            with speaking(language):
                assert in_a_row(["a, b", "c, d", "e"]) == told
                assert in_a_row([]) == ""


def test_a_statement_says_what_was_promised_received_spent_on_whom_and_left(documents):
    text = text_of(documents["statement"]("en"))
    for words in ("€600.00", "€500.00", "€100.00", CANARY, "First prize", "An internship", "2 datasets used"):
        assert words in text


def test_an_annex_has_every_prize_and_pool_to_the_cent(documents):
    text = text_of(documents["annex"]("en"))
    for words in ("seal 1", "€500.00", "€600.00", "€100.00", "The sponsor", CANARY):
        assert words in text


def test_an_annex_says_how_much_of_whose_money_a_decision_moved(documents, session, contest):
    [pledge] = contest.sponsor.pledges
    decided = Release(TransactionKind.REFUND, 2_550, date(2020, 12, 1), "The committee of December", "VIR-9", "once")
    act = release(session, pledge=pledge, release=decided, actor=None, now=datetime.now(UTC))
    told = f"1 December 2020 Given back no. {act.id} The sponsor The committee of December €25.50"
    assert told in text_of(documents["annex"]("en"))


def test_a_report_counts_people_works_and_money_and_names_no_winner(documents):
    text = text_of(documents["report"]("en"))
    for words in ("A school", "€4,500.00", "€3,600.00", "80%", "requested", "An agreement"):
        assert words in text
    assert CANARY not in text


def test_an_award_letter_says_what_was_won_and_who_pays(documents):
    text = text_of(documents["letter"]("fr"))
    for words in (CANARY, "500,00", "The sponsor", "First prize (fr)"):
        assert words in text
    assert "Secretname" not in text


def test_before_the_results_a_contact_reads_sums_and_no_names(app, client, session, contest, scheduled):
    contact = make_person(session)
    grant(session, contact, Role.SPONSOR, contest.edition, contest.sponsor)
    sign_in(client, contact)
    address = f"/editions/{contest.edition.slug}/sponsorship/{contest.sponsor.id}/statement-en.pdf"
    text = text_of(client.get(address).data)
    assert "€600.00" in text
    assert CANARY not in text
    assert client.get(address.replace(f"/{contest.sponsor.id}/", "/999/")).status_code == 404


def test_award_letters_are_for_the_team_that_won_once_the_results_are_public(client, contest, published):
    address = f"/editions/{contest.edition.slug}/award-letters/1-fr.pdf"
    sign_in(client, contest.winner.team.captain)
    assert client.get(address).data.startswith(b"%PDF")
    assert "Lettre d’attribution, " in client.get(f"/teams/{contest.winner.team.public_id}?lang=fr").text
    assert client.get(address.replace("1-fr", "2-fr")).status_code == 404
    sign_in(client, contest.other.team.captain)
    assert client.get(address).status_code == 404


def test_organisers_find_every_document_in_both_languages(client, contest, scheduled):
    sign_in(client, contest.organiser)
    page = client.get(f"/editions/{contest.edition.slug}/organise/documents?lang=en").text
    base = f"/editions/{contest.edition.slug}/organise/documents"
    for name in ("annex-fr.pdf", "report-en.pdf", f"sponsors/{contest.sponsor.id}/statement-fr.pdf", "awards/1-en.pdf"):
        assert f"{base}/{name}" in page
        assert client.get(f"{base}/{name}").mimetype == "application/pdf"
