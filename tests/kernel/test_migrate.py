"""An installation that is upgraded keeps its rows, and ends with the same schema as a new one."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from alembic import command
from sqlalchemy import (
    JSON,
    Connection,
    Date,
    DateTime,
    Engine,
    Integer,
    MetaData,
    Table,
    create_engine,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.types import Boolean, LargeBinary

from challenges.catalogue.models import Dataset, DatasetPlace, FacetCount
from challenges.catalogue.placing import place_datasets, recount
from challenges.catalogue.queries import Search, facet_counts, search
from challenges.catalogue.rules import search_text
from hackaviz.kernel.migrate import alembic_config, upgrade
from tests.support.postgres import create_database

FIRST = "0001"
# What a row of the first schema says where any text would not do.
WORDS = {
    "editions.registration_opens_at": datetime(2026, 1, 1, tzinfo=UTC),
    "editions.submission_opens_at": datetime(2026, 1, 2, tzinfo=UTC),
    "editions.registration_closes_at": datetime(2026, 1, 3, tzinfo=UTC),
    "editions.submission_closes_at": datetime(2026, 1, 4, tzinfo=UTC),
    "editions.judging_opens_at": datetime(2026, 1, 5, tzinfo=UTC),
    "editions.judging_closes_at": datetime(2026, 1, 6, tzinfo=UTC),
    "editions.visibility": "draft",
    "datasets.availability": "described",
    # Words alone are kept of these.
    **dict.fromkeys(("datasets.folded", "datasets.folded_title_fr", "datasets.folded_title_en"), "words"),
    "registrations.eligibility": "confirmed",
    "challenges.visibility": "draft",
    "uploads.state": "accepted",
    "previews.state": "ready",
    "people.language": "fr",
    # Kept by triggers from the rows that follow.
    "pledges.received_cents": 0,
    "pledges.allocated_cents": 0,
    "prizes.awarded_cents": 0,
    "pledges.custody": "organiser",
    "pledges.carrier_name": "",
    "awards.paid_on": date(2026, 2, 1),
}
FILLED = (
    "people editions rules_versions publishers datasets challenges registrations teams team_members entries citations "
    "uploads upload_files entry_versions previews actions"
).split()

MONEY = "sponsors pledges pledge_payments prizes awards award_fundings".split()
BALANCES = "SELECT kind, balance_cents FROM ledger_accounts WHERE balance_cents <> 0 ORDER BY kind"


@pytest.fixture(params=["sqlite", "postgresql"])
def first_url(request, tmp_path):
    """A database as the first migration left it."""
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_url").rpartition("/")[0]
        name = f"upgraded_{tmp_path.name}".lower()
        create_database(server, name, template="template0")
        url = f"{server}/{name}".replace("postgresql:", "postgresql+psycopg:", 1)
    command.upgrade(alembic_config(url), FIRST)
    return url


def test_rows_of_the_first_schema_are_kept_and_whole(first_url):
    engine = create_engine(first_url)
    with engine.begin() as connection:
        fill(connection)
        before = rows(connection)
    upgrade(first_url)
    with engine.begin() as connection:
        after = rows(connection)
        assert broken_references(connection) == []
    assert {table: len(found) for table, found in after.items()} == dict.fromkeys(FILLED, 1)
    for table, (row,) in before.items():
        assert {name: after[table][0][name] for name in row} == row, table
    engine.dispose()


def test_an_upgraded_database_has_the_triggers_and_columns_of_a_new_one(first_url, sqlite_template, postgres_url):
    engine = create_engine(first_url)
    with engine.begin() as connection:
        fill(connection)
    upgrade(first_url)
    is_postgres = first_url.startswith("postgresql")
    new = create_engine(
        postgres_url.replace("postgresql:", "postgresql+psycopg:", 1) if is_postgres else f"sqlite:///{sqlite_template}"
    )
    assert shape(engine) == shape(new)
    for each in (engine, new):
        each.dispose()


def test_money_from_before_the_ledger_is_written_into_it_to_the_cent(first_url):
    engine = create_engine(first_url)
    with engine.begin() as connection:
        fill(connection)
        fill(connection, MONEY)
    upgrade(first_url)
    with engine.begin() as connection:
        assert [tuple(row) for row in connection.exec_driver_sql(BALANCES)] == [("paid", 1), ("sponsor", -1)]
        kinds = "SELECT kind FROM ledger_transactions ORDER BY id"
        assert [row[0] for row in connection.exec_driver_sql(kinds)] == ["pledge", "receipt", "award", "payment"]
        assert connection.exec_driver_sql("SELECT payout_key FROM awards").scalar_one() == "paid-1"
        assert broken_references(connection) == []
    engine.dispose()


def test_money_that_is_taken_back_before_the_ledger_and_upgraded_again_is_as_it_was(first_url):
    engine = create_engine(first_url)
    with engine.begin() as connection:
        fill(connection)
        fill(connection, MONEY)
    upgrade(first_url)
    with engine.begin() as connection:
        before, balances = described(connection), list(connection.exec_driver_sql(BALANCES))
    was = shape(engine)
    command.downgrade(alembic_config(first_url), "0003")
    with engine.begin() as connection:
        sums = "SELECT received_cents, allocated_cents, awarded_cents FROM pledges, prizes"
        assert list(connection.exec_driver_sql(sums)) == [(1, 1, 1)]
        assert broken_references(connection) == []
        with pytest.raises(IntegrityError), connection.begin_nested():
            connection.exec_driver_sql("UPDATE award_fundings SET cents = 2")
    upgrade(first_url)
    with engine.begin() as connection:
        assert (described(connection), list(connection.exec_driver_sql(BALANCES))) == (before, balances)
    assert shape(engine) == was
    engine.dispose()


def described(connection: Connection) -> list[object]:
    """What the database says of tables that the ledger gave columns to, without these: their CHECKs above all."""
    if connection.dialect.name == "sqlite":
        sql = "SELECT name, sql FROM sqlite_master WHERE name IN ('pledges', 'awards', 'sponsors', 'prizes')"
        return [(name, sorted(re.findall(r"CONSTRAINT .*", said))) for name, said in connection.exec_driver_sql(sql)]
    return list(connection.exec_driver_sql("SELECT conname FROM pg_constraint WHERE contype = 'c' ORDER BY 1"))


def test_datasets_from_before_are_found_and_placed_as_those_that_come(first_url):
    engine = create_engine(first_url)
    with engine.begin() as connection:
        fill(connection)
        fill(connection, ["dataset_formats", "resources"])
        connection.exec_driver_sql("UPDATE dataset_formats SET format = 'wfs'")
        connection.exec_driver_sql("UPDATE resources SET format = 'shapefile', storage_key = 'x'")
        folded = "folded = 'l eau: port-la_nouvelle', folded_title_fr = 'port-la_nouvelle'"
        connection.exec_driver_sql(f"UPDATE datasets SET {folded}")
    upgrade(first_url)
    with Session(engine) as session:
        before = placed(session)
        place_datasets(session, [1])
        recount(session)
        assert placed(session) == before
        assert session.scalar(select(Dataset.folded)) == search_text(["l’eau: Port-la_Nouvelle"])
        assert session.execute(select(DatasetPlace.title_fr, DatasetPlace.has_map)).one() == ("port la nouvelle", True)
        for text_asked, number in (("nouvel eau", 1), ("ancienne", 0)):
            assert search(session, Search(text_asked, {"format": ["wfs"]}), page=1, language="fr").total == number
        assert facet_counts(session, Search("nouvelle"))["format"] == {"wfs": 1}
    engine.dispose()


def placed(session: Session) -> list[object]:
    counts = select(FacetCount.__table__).order_by(FacetCount.facet, FacetCount.value)
    return [*session.execute(select(DatasetPlace.__table__)), *session.execute(counts)]


def test_reviews_from_before_the_log_are_written_into_it_by_pseudonyms(first_url):
    engine = create_engine(first_url)
    with engine.begin() as connection:
        fill(connection)
        fill(connection, ["reviews"])
        public_id = connection.exec_driver_sql("SELECT public_id FROM people").scalar_one()
    upgrade(first_url)
    with engine.begin() as connection:
        pseudonym = connection.exec_driver_sql("SELECT pseudonym FROM juror_pseudonyms").scalar_one()
        content = connection.execute(text("SELECT content FROM mark_entries").columns(content=JSON)).scalar_one()
        assert content["juror"] == pseudonym != public_id and content["act"] == "carry-over"
    engine.dispose()


def test_reviews_from_before_the_log_that_a_conflict_took_away_are_set_aside_in_it(first_url):
    engine = create_engine(first_url)
    with engine.begin() as connection:
        fill(connection)
        fill(connection, ["reviews", "conflicts_of_interest"])
    upgrade(first_url)
    with engine.begin() as connection:
        content = connection.execute(text("SELECT content FROM mark_entries").columns(content=JSON)).scalar_one()
        assert content["act"] == "set-aside"
    engine.dispose()


def fill(connection: Connection, tables: Sequence[str] = FILLED) -> None:
    """One row in each table, each leading to the first row of those it names."""
    schema = MetaData()
    schema.reflect(connection)
    for name in tables:
        connection.execute(insert(schema.tables[name]).values(row_of(schema.tables[name])))


def row_of(table: Table) -> dict[str, object]:
    values: dict[str, object] = {}
    for column in table.columns:
        if column.foreign_keys and not column.nullable:
            values[column.name] = 1
        elif f"{table.name}.{column.name}" in WORDS or (not column.nullable and column.server_default is None):
            values[column.name] = WORDS.get(f"{table.name}.{column.name}", filler(column))
    return values


def filler(column) -> object:
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer):
        return 1
    if isinstance(column.type, DateTime):
        return datetime(2026, 1, 1, tzinfo=UTC)
    if isinstance(column.type, Date):
        return datetime(2026, 1, 1, tzinfo=UTC).date()
    if isinstance(column.type, LargeBinary):
        return b"x"
    return {"fr": "x", "en": "x"} if "JSON" in str(column.type).upper() else f"x{column.name}"[:10]


def rows(connection: Connection) -> dict[str, list[dict[str, object]]]:
    schema = MetaData()
    schema.reflect(connection)
    return {name: [dict(row) for row in connection.execute(select(schema.tables[name])).mappings()] for name in FILLED}


def broken_references(connection: Connection) -> list[object]:
    if connection.dialect.name != "sqlite":
        return []
    return list(connection.exec_driver_sql("PRAGMA foreign_key_check"))


def shape(engine: Engine) -> dict[str, object]:
    """Columns, and triggers by table."""
    triggers = (
        "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
        if engine.dialect.name == "sqlite"
        else "SELECT event_object_table, trigger_name FROM information_schema.triggers"
    )
    inspector = inspect(engine)
    with engine.connect() as connection:
        guarded = {tuple(row) for row in connection.exec_driver_sql(triggers)}
    columns = {
        table: {column["name"] for column in inspector.get_columns(table)} for table in inspector.get_table_names()
    }
    return {"columns": columns, "triggers": guarded}
