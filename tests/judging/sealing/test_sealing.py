"""Sealed results: recomputed from the file alone, tampering found, nothing told that must not be, erasure survived."""

import hashlib
import json
import os
from datetime import timedelta

import pikepdf
import pytest
from sqlalchemy import select, update

from challenges.editions.models import Visibility
from hackaviz.accounts.models import EditionRole, Person, Role
from hackaviz.accounts.privacy import close_account
from judging.panels.pseudonyms import pseudonym_of
from judging.panels.queries import jurors_of
from judging.ranking.contest import TieRule
from judging.results.snapshot import take_snapshot
from judging.scoring.chain import canonical
from judging.scoring.method.rules import Method
from judging.scoring.method.service import choose_method
from judging.scoring.models import Mark
from judging.sealing.document import sealed
from judging.sealing.minutes import minutes
from judging.sealing.queries import seals_of
from judging.sealing.service import MarksAltered, is_current, seal
from judging.sealing.verifying import NotASeal, verify
from tests.factories import (
    grant,
    make_challenge,
    make_handed_in_entry,
    make_juror,
    make_person,
    sign_in,
)
from tests.support.accessible import faults
from tests.support.sealed import GROUNDS, NOW, PRIVATE, judged, tampered
from tests.support.typed import type_flask

pytestmark = pytest.mark.database("sqlite")


@pytest.mark.parametrize("method", list(Method))
def test_both_forms_verify_by_every_method(in_app, session, method):
    made = seal(session, edition=judged(session, method), actor=None, now=NOW)
    for text in (made.full, made.public):
        verdict = verify(text)
        assert verdict.problems == [] and verdict.valid


def test_the_public_form_tells_no_name_no_comment_and_no_ground(edition, made):
    for secret in (PRIVATE, GROUNDS, "For the team", "Juror 1"):
        assert secret not in made.public
    assert PRIVATE in made.full and GROUNDS in made.full and "Juror 1" not in made.full
    assert json.loads(made.public)["full_sha256"] == made.full_sha256


def test_pages_and_minutes_name_the_digest_that_any_tool_computes_of_the_file(made):
    for text, named in ((made.full, made.full_sha256), (made.public, made.public_sha256)):
        assert hashlib.sha256(text.encode()).hexdigest() == named == verify(text).sha256


def change_mark(document):
    marks = document["reviews"][0]["marks"]
    criterion = next(iter(marks))
    marks[criterion] = str((int(marks[criterion]) + 3) % 5)


def change_weight(document):
    document["challenges"][0]["criteria"][0]["weight"] = "9"


def swap_order(document):
    rows = document["challenges"][0]["ranking"]
    rows[0], rows[1] = rows[1], rows[0]


def cut_the_log(document):
    document["log"].pop()


def drop_a_link(document):
    del document["log"][3]


def rewrite_a_link(document):
    content = document["log"][2]["content"]
    content["finished"] = not content["finished"]


def drop_a_review(document):
    document["reviews"].pop()


def change_a_vote(document):
    document["challenges"][0]["decisions"][0]["for"] = 0


def change_the_method(document):
    document["challenges"][0]["method"] = "borda"


def change_a_chance(document):
    document["challenges"][0]["ranking"][0]["first"] = "0.1000"


def forget_a_conflict(document):
    document["conflicts"].clear()


CHANGES = (
    change_mark, change_weight, swap_order, cut_the_log, drop_a_link, rewrite_a_link, drop_a_review, change_a_vote,
    change_the_method, change_a_chance, forget_a_conflict,
)  # fmt: skip


@pytest.mark.parametrize("form", ["full", "public"])
def test_any_change_is_found_even_when_the_digest_is_made_again(made, form):
    text = getattr(made, form)
    for change in CHANGES:
        assert not verify(tampered(text, change, resealed=False)).valid, change.__name__
        assert not verify(tampered(text, change, resealed=True)).valid, change.__name__


def test_what_was_changed_is_said(made):
    assert not verify(tampered(made.full, change_mark, resealed=True)).as_dict()["chain_ok"]
    assert not verify(tampered(made.full, swap_order, resealed=True)).as_dict()["ranking_matches"]
    assert verify(tampered(made.full, swap_order, resealed=True)).as_dict()["chain_ok"]


def test_comments_and_grounds_of_the_full_form_are_bound_to_the_public_one(made):
    for old, new in ((PRIVATE, "Another remark"), (GROUNDS, "No link at all")):
        changed = canonical(sealed(json.loads(made.full.replace(old, new)))) + "\n"
        assert not verify(changed).valid


NO_SEALS = (
    "", "[]", "{", '{"schema": "other"}', '{"schema": "hackaviz-seal-1"}', "[" * 100_000,
    '{"schema": "hackaviz-seal-1", "form": ["x"], "sha256": "0"}',
    *(f'{{"schema": "hackaviz-seal-1", "form": "full", "sha256": "0", "seed": {odd}}}' for odd in
      ("NaN", "Infinity", "-Infinity", "1e999", r'"\ud800"')),
)  # fmt: skip


@pytest.mark.parametrize("text", NO_SEALS)
def test_what_is_no_seal_is_said_to_be_none(text):
    with pytest.raises(NotASeal):
        verify(text)


def test_a_file_that_lacks_parts_is_refused_without_a_traceback(made):
    for part in ("log", "challenges", "reviews", "conflicts", "log_head"):
        document = json.loads(made.public)
        del document[part]
        assert not verify(canonical(sealed(document)) + "\n").valid


def test_a_juror_is_called_otherwise_in_each_edition_and_never_by_an_address_of_the_platform(session, edition, made):
    juror = jurors_of(session, edition)[0]
    again = judged(session)
    grant(session, juror, Role.JUROR, again)
    document, other = json.loads(made.full), json.loads(seal(session, edition=again, actor=None, now=NOW).full)
    assert len(document["jurors"]) == 4 and len(other["jurors"]) == 5
    assert not set(document["jurors"]) & set(other["jurors"])
    for person in jurors_of(session, edition):
        assert person.public_id not in made.full
        assert pseudonym_of(session, edition.id, person.id) in document["jurors"]


def test_a_juror_who_comes_after_the_seal_makes_it_old(session, edition, made):
    make_juror(session, edition)
    assert not is_current(session, edition, made, NOW)
    again = seal(session, edition=edition, actor=None, now=NOW)
    assert verify(again.full).valid and all(json.loads(again.full)["jurors"])


def test_a_draft_of_a_challenge_is_no_part_of_a_result_unless_entries_were_handed_in_to_it(session, edition, made):
    published = json.loads(made.public)["challenges"][0]["number"]
    draft = {"visibility": Visibility.DRAFT, "published_at": None}
    make_challenge(session, edition, **draft)
    entered = make_challenge(session, edition, **draft)
    make_handed_in_entry(session, entered)
    sealed_file = json.loads(seal(session, edition=edition, actor=None, now=NOW).public)
    snapshot = take_snapshot(session, edition, NOW)
    for each in (sealed_file, snapshot):
        assert [challenge["number"] for challenge in each["challenges"]] == [published, entered.number]


def test_marks_edited_behind_our_back_are_not_sealed_and_the_doctor_names_them(app, session, edition, tmp_path):
    session.execute(update(Mark).values(value=0))
    session.expire_all()
    with app.app_context(), pytest.raises(MarksAltered):
        seal(session, edition=edition, actor=None, now=NOW)
    session.commit()
    runner = app.test_cli_runner()
    refused = runner.invoke(args=["judging", "seal", edition.slug, "--output", str(tmp_path / "out.json")])
    assert refused.exit_code == 1 and "flask doctor" in refused.stderr and seals_of(session, edition) == []
    checks = {each["name"]: each for each in json.loads(runner.invoke(args=["doctor", "--json"]).stdout)["checks"]}
    assert not checks["marks-logged"]["ok"]
    assert f"{edition.slug}: The review of C-" in checks["marks-logged"]["detail"]


def test_the_same_result_is_sealed_once_and_a_change_is_chained_to_the_old_seal(session, edition, made):
    again = seal(session, edition=edition, actor=None, now=NOW + timedelta(hours=1))
    assert again.id == made.id and is_current(session, edition, made, NOW)
    facts = {"method": Method.MEAN, "ties": TieRule.SHARED, "reason": "As the rules said", "actor": None}
    choose_method(session, edition=edition, now=NOW, **facts)
    assert not is_current(session, edition, made, NOW)
    amended = seal(session, edition=edition, actor=None, now=NOW + timedelta(hours=2))
    assert json.loads(amended.public)["previous"] == {
        "number": 1, "full_sha256": made.full_sha256, "public_sha256": made.public_sha256,
    }  # fmt: skip
    assert [each.number for each in seals_of(session, edition)] == [2, 1] and verify(amended.public).valid


def test_closing_an_account_breaks_neither_the_seal_nor_the_log(session, edition, made):
    from_before = made.public
    query = select(Person).join(EditionRole).where(EditionRole.edition_id == edition.id)
    juror = session.scalars(query.order_by(Person.id)).first()
    close_account(session, person=juror, now=NOW + timedelta(days=1))
    assert verify(from_before).valid
    again = seal(session, edition=edition, actor=None, now=NOW + timedelta(days=2))
    assert verify(again.full).valid and verify(again.public).valid


WORDS = {"fr": "jury", "en": "Minutes of the jury"}


@pytest.mark.parametrize("language", WORDS)
def test_minutes_are_accessible_and_the_same_each_time(session, edition, made, tmp_path, language):
    pdf = minutes(session, edition, made, language)
    assert pdf == minutes(session, edition, made, language)
    (tmp_path / "minutes.pdf").write_bytes(pdf)
    with pikepdf.open(tmp_path / "minutes.pdf") as document:
        assert str(document.Root.Lang).startswith(language)
        assert faults(document) == []
        assert WORDS[language] in str(document.Root.Metadata.read_bytes(), "utf-8")


def test_a_sealed_file_is_verified_elsewhere_without_database_or_key(made, tmp_path):
    (tmp_path / "seal.json").write_text(made.public, encoding="utf-8")
    (tmp_path / "wrong.json").write_text(tampered(made.public, change_weight, resealed=False), encoding="utf-8")
    elsewhere = {"PATH": os.environ["PATH"], "HACKAVIZ_DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite'}"}
    good, bad, none = (
        type_flask(tmp_path, "judging", "verify", str(tmp_path / name), "--json", **elsewhere)
        for name in ("seal.json", "wrong.json", "gone.json")
    )
    assert (good.returncode, bad.returncode, none.returncode) == (0, 1, 2), good.stderr
    assert json.loads(good.stdout)["valid"] and json.loads(good.stdout)["sha256"] == made.public_sha256
    assert json.loads(bad.stdout)["problems"] and "Traceback" not in none.stderr


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"{", b'{"seed": NaN}', rb'{"seed": "\ud800"}', b'{"schema": "hackaviz-seal-1", "form": ["x"]}'],
)
def test_the_command_says_in_one_sentence_what_is_no_seal(app, tmp_path, content):
    (tmp_path / "odd.json").write_bytes(content)
    answer = app.test_cli_runner().invoke(args=["judging", "verify", str(tmp_path / "odd.json")])
    assert answer.exit_code == 2 and answer.stderr.count("\n") == 1 and "is no sealed result" in answer.stderr


def test_a_byte_order_mark_that_an_editor_added_changes_nothing(app, made, tmp_path):
    (tmp_path / "seal.json").write_text(made.public, encoding="utf-8-sig")
    answer = app.test_cli_runner().invoke(args=["judging", "verify", str(tmp_path / "seal.json")])
    assert answer.exit_code == 0, answer.output


def test_the_command_seals_an_edition_by_its_address(app, session, edition, tmp_path):
    session.commit()
    runner = app.test_cli_runner()
    path = tmp_path / "out.json"
    for options in ([], ["--public"]):
        answer = runner.invoke(args=["judging", "seal", edition.slug, "--output", str(path), *options])
        assert answer.exit_code == 0, answer.output
        assert verify(path.read_text(encoding="utf-8")).valid
    assert runner.invoke(args=["judging", "seal", "nowhere", "--output", str(path)]).exit_code == 2


def test_organisers_seal_take_the_files_and_see_when_something_changed(client, session, edition):
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    page = f"/editions/{edition.slug}/organise/seals"
    sign_in(client, organiser)
    assert "Nothing is sealed yet" in client.get(page).text
    assert client.post(page).status_code == 302
    assert "The last seal says what the platform says" in client.get(page).text
    assert verify(client.get(f"{page}/1/public.json").text).valid
    assert client.get(f"{page}/1/minutes-fr.pdf").data.startswith(b"%PDF")
    assert client.get(f"{page}/2/full.json").status_code == 404
