"""What is broken by hand, behind every guard, is found and named: on both databases."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask import current_app
from sqlalchemy import text

from hackaviz.migrations.guards import expected_guards
from hackaviz.web.checks import TRIGGERS
from hackaviz.web.storage import current_storage
from judging.results.service import schedule
from tests.support.guards import unguarded
from tests.support.judged import WORK, judged_edition
from tests.support.worlds import once

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FORGED = 'UPDATE {} SET {} = \'{{"schema": "forged"}}\''
PAID = "UPDATE awards SET paid_on = '2026-12-01', paid_content_sha256 = 'forged', payout_key = 'forged'"
WEAKER = {
    "sqlite": "CREATE TRIGGER award_two_approvers BEFORE UPDATE ON awards WHEN 1 = 2 "
    "BEGIN SELECT RAISE(ABORT, 'two different people approve an award before it is paid'); END",
    "postgresql": "CREATE OR REPLACE FUNCTION award_two_approvers() RETURNS trigger LANGUAGE plpgsql "
    "AS $$ BEGIN RETURN NEW; END $$",
}
POSITIVE = "CONSTRAINT ck_awards_award_is_positive CHECK (cents >= 0),"
UNCHECKED = {
    "sqlite": f"UPDATE sqlite_master SET sql = replace(sql, '{POSITIVE}', '') WHERE name = 'awards'",
    "postgresql": "ALTER TABLE awards DROP CONSTRAINT ck_awards_award_is_positive",
}


def published(session):
    """Results that are published, hence sealed, with a funded award."""
    edition = judged_edition(current_app, session, NOW)
    schedule(session, edition=edition, public_at=NOW, actor=None, now=NOW)
    return edition


@pytest.fixture
def edition(app, session):
    with app.app_context():
        # The database comes back as it was built, the storage of each test is empty.
        current_storage().write(BytesIO(WORK))
        return once(session, published)


@pytest.fixture
def found_after(app, session, edition):
    """Breaks something, asks every check, and takes it back: names of checks, with what they say."""

    def ask(*statements):
        with app.test_request_context(), session.begin_nested() as attempt:
            for statement in statements:
                session.execute(text(statement) if isinstance(statement, str) else statement)
            looks = app.extensions["hackaviz.doctor"].items()
            found = {name: said for name, look in looks if (said := "; ".join(look(session)))}
            attempt.rollback()
        session.expire_all()
        return found

    return ask


@pytest.fixture
def dialect(session):
    return session.get_bind().dialect.name


@pytest.fixture
def frozen(session, dialect):
    """Lets an append-only table be changed."""

    def free(table, act="update"):
        return unguarded(session, f"refuse_{act}_{table}" if dialect == "sqlite" else "refuse_change", table)

    return free


def test_nothing_is_found_where_nothing_was_done(found_after):
    assert found_after() == {}


def test_every_trigger_of_a_new_database_is_known_to_the_doctor(session, dialect):
    rows = session.connection().exec_driver_sql(TRIGGERS[dialect])
    assert {(table, name): body for table, name, body in rows} == expected_guards(dialect)


def test_a_guard_that_is_gone_switched_off_or_weaker_is_named(found_after, session, dialect):
    for trigger, table in (("award_two_approvers", "awards"), ("refuse_update_ledger_lines", "ledger_lines")):
        found = found_after(unguarded(session, trigger, table))
        assert found == {"triggers-whole": f"the trigger {trigger} of {table} is gone or switched off"}
    replaced = [WEAKER[dialect]] if dialect == "postgresql" else ["DROP TRIGGER award_two_approvers", WEAKER[dialect]]
    [(name, said)] = found_after(*replaced).items()
    assert name == "triggers-whole" and "award_two_approvers of awards is not the one" in said
    if dialect == "postgresql":
        [(name, said)] = found_after("ALTER TABLE awards DISABLE TRIGGER award_two_approvers").items()
        assert name == "triggers-whole" and "award_two_approvers" in said


def test_a_check_that_is_gone_is_named(found_after, session, dialect):
    if dialect == "sqlite":
        session.execute(text("PRAGMA writable_schema = ON"))
    found = found_after(UNCHECKED[dialect])
    assert found == {"constraints-whole": "the CHECK ck_awards_award_is_positive of awards is gone"}


def test_what_was_published_sealed_or_handed_in_and_is_rewritten_is_named(found_after, session, frozen, edition):
    free = unguarded(session, "publication_changed", "publications")
    found = found_after(free, FORGED.format("publications", "snapshot"))
    assert set(found) == {"triggers-whole", "publications-whole"}
    assert found["publications-whole"] == f"publication 1 of {edition.slug} is not what was published"
    for form in ("full", "public"):
        found = found_after(frozen("seals"), f"""UPDATE seals SET "{form}" = "{form}" || ' '""")
        assert set(found) == {"triggers-whole", "seals-whole"}
        assert found["seals-whole"].startswith(f"the {form} file of seal")
    found = found_after(frozen("entry_versions"), FORGED.format("entry_versions", "manifest"))
    assert set(found) == {"triggers-whole", "versions-whole"}


def test_acts_that_are_taken_out_of_the_log_are_missed(found_after, frozen, dialect):
    guarded = {"triggers-whole"} | ({"log-numbered"} if dialect == "sqlite" else set())
    acts = {
        "results.publish": "publications-logged",
        "results.seal": "seals-logged",
        "entry.hand_in": "versions-logged",
    }
    for verb, check in acts.items():
        found = found_after(frozen("actions", "delete"), f"DELETE FROM actions WHERE verb = '{verb}'")
        # The last act leaves no gap behind it.
        assert {check} <= set(found) <= {check} | guarded
    if dialect == "sqlite":
        found = found_after(frozen("actions", "delete"), "DELETE FROM actions WHERE id IN (1, 2)")
        assert found["log-numbered"] == "2 acts are gone from the log before number 3"


def test_a_payment_that_nobody_approved_proved_or_wrote_down_is_named(found_after, session):
    free = unguarded(session, "award_two_approvers", "awards")
    found = found_after(free, PAID)
    unpaid = {"awards-bound", "awards-paid", "awards-approved", "payments-as-approved", "payments-logged"}
    unknown = {"triggers-whole"} | unpaid
    assert set(found) == unknown
    assert found["payments-logged"].endswith("the log has no award.pay of it")
    found = found_after(free, PAID, "UPDATE pledges SET custody = 'direct'")
    assert unknown < set(found) and "is paid directly, without a proof" in found["payments-proved"]


@pytest.mark.database("sqlite")
def test_a_file_whose_bytes_were_changed_is_named(found_after, app, tmp_path):
    [key] = app.extensions["hackaviz.storage"].keys()
    (tmp_path / "files" / key).chmod(0o600)
    (tmp_path / "files" / key).write_bytes(b"another work")
    assert found_after() == {"files-unchanged": f"{key}, whose content is another"}
