"""What the doctor finds whole, and what it finds broken."""

import json
import os
import time
from io import BytesIO

import pytest
from sqlalchemy import text

from hackaviz.web.doctor import declare_checks
from hackaviz.web.storage import current_storage
from tests.factories import make_challenge
from tests.support.judged import judged_edition


@pytest.fixture
def examined(app, session):
    """Commits, then asks the doctor: its exit code and answer."""

    def ask():
        session.commit()
        result = app.test_cli_runner().invoke(args=["doctor", "--json"])
        return result.exit_code, json.loads(result.stdout)

    return ask


@pytest.fixture
def edition(app, session, now):
    """A funded award."""
    return judged_edition(app, session, now)


def broken(answer):
    return {check["name"]: check["detail"] for check in answer["checks"] if not check["ok"]}


def test_a_whole_installation_is_well(examined, edition):
    code, answer = examined()
    assert broken(answer) == {}
    assert (code, answer["ok"]) == (0, True)
    names = {check["name"] for check in answer["checks"]}
    assert {"schema-current", "files-exist", "ledger-balanced", "pledges-in-ledger", "awards-in-ledger"} <= names


def test_funding_that_the_ledger_does_not_know_is_found(examined, session, edition):
    session.execute(text("UPDATE award_fundings SET cents = cents - 1"))
    code, answer = examined()
    assert code == 1 and not answer["ok"]
    assert set(broken(answer)) == {"awards-in-ledger", "awards-bound", "pledges-in-ledger"}
    assert "“Main”" in broken(answer)["pledges-in-ledger"]


def test_a_blob_that_nothing_names_is_found_where_no_sweep_has_taken_it(app, examined, edition, tmp_path):
    with app.app_context():
        blob = current_storage().write(BytesIO(b"left by a request that failed"))
    assert examined()[1]["ok"]
    days_ago = time.time() - 3 * 86_400
    os.utime(tmp_path / "files" / blob.key, (days_ago, days_ago))
    _code, answer = examined()
    assert broken(answer) == {"files-named": f"{blob.key}, stored and named by nothing"}


def test_a_prize_paid_by_money_that_was_given_for_another_is_found(examined, session, edition):
    other = make_challenge(session, edition)
    session.execute(text("INSERT INTO pledge_challenges SELECT id, :other FROM pledges"), {"other": other.id})
    _code, answer = examined()
    assert set(broken(answer)) == {"awards-purpose"}


def test_a_file_that_is_gone_is_found(examined, app, session, edition):
    with app.app_context():
        [key] = current_storage().keys()
        current_storage().delete(key)
    _code, answer = examined()
    assert set(broken(answer)) == {"files-exist"}
    assert key in broken(answer)["files-exist"]


@pytest.mark.database("sqlite")
def test_what_was_written_behind_every_trigger_is_found(examined, session, edition):
    for trigger in ("refuse_update_ledger_lines", "ledger_account_miscounted"):
        session.execute(text(f"DROP TRIGGER {trigger}"))
    session.execute(text("UPDATE ledger_lines SET cents = cents + 1 WHERE id = 1"))
    _code, answer = examined()
    assert {"ledger-balanced", "ledger-balances"} <= set(broken(answer))


@pytest.mark.database("sqlite")
def test_a_reference_to_nothing_is_found(examined, session, edition):
    session.commit()
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    session.rollback()
    raw = session.connection().connection.driver_connection
    session.rollback()
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("UPDATE entries SET team_id = 987654")
    raw.execute("PRAGMA foreign_keys=ON")
    _code, answer = examined()
    assert "row 1 of entries names nothing in teams" in broken(answer)["references-whole"]


@pytest.mark.database("sqlite")
def test_many_broken_things_are_named_in_part_and_counted(examined, app):
    declare_checks(app, {"loud": lambda _session: [f"thing {number}" for number in range(12)]})
    _code, answer = examined()
    assert broken(answer)["loud"].endswith("thing 9; and 2 more")


@pytest.mark.database("sqlite")
def test_a_check_that_cannot_look_is_broken_and_the_others_go_on(examined, app):
    declare_checks(
        app, {"blind": lambda session: session.execute(text("SELECT 1 FROM nowhere")), "last": lambda _s: []}
    )
    code, answer = examined()
    assert code == 1
    assert broken(answer)["blind"].startswith("could not look")
    assert answer["checks"][-1] == {"name": "last", "ok": True, "detail": ""}
