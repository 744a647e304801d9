"""Fixtures for every test: real databases, real storages, the application, and a real browser.

A test that asks for `database_url` (or `session`, `app`, `client`) runs on SQLite and on PostgreSQL; one that asks for
`storage` runs on disk and on S3. `@pytest.mark.database("sqlite")` and `@pytest.mark.storage("disk")` choose only one.
"""

import gc
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from hackaviz.factory import create_app
from hackaviz.kernel.database import open_engine, session_factory
from hackaviz.kernel.migrate import upgrade
from hackaviz.kernel.storage import Storage, open_storage
from hackaviz.settings import Settings
from tests.support import confinement, nursery
from tests.support.browser import DESKTOP_ENGLISH, PHONE_FRENCH, launch, open_page
from tests.support.client import BASE_URL, CONTENT_URL, SiteClient, client_for
from tests.support.compiled import Templates, import_tests, known_addresses
from tests.support.dealing import dealt
from tests.support.postgres import Cleaner, create_database, start_postgres
from tests.support.s3 import BUCKET, CREDENTIALS, start_s3
from tests.support.servers import once_per_run
from tests.support.site import LiveSite, serve

# How long an example takes says how busy the machine is, not whether it holds. The same examples in each run: what
# fails then fails because of what was changed.
hypothesis.settings.register_profile(
    "hackaviz", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("hackaviz")
# Loading makes little garbage, and so do tests.
gc.set_threshold(50_000, 20, 20)

DATABASES = ("sqlite", "postgresql")
STORAGES = ("disk", "s3")
LOOK_AT_PAGES = {"new_client", "content_client", "live_site"}
SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test on every database and storage it asks for, unless a marker chooses.

    What looks at pages chooses SQLite: the services behind them run on both, and `web/test_permissions.py` opens every
    page on PostgreSQL too.
    """
    names = set(metafunc.fixturenames)
    if "database_url" in names:
        usual = ("sqlite",) if names & LOOK_AT_PAGES else DATABASES
        metafunc.parametrize("database_url", _chosen(metafunc, "database", usual), indirect=True)
    if "storage" in names:
        metafunc.parametrize("storage", _chosen(metafunc, "storage", STORAGES), indirect=True)


def pytest_collection(session: pytest.Session) -> None:
    """Of a whole run, let the workers share what it takes to collect it."""
    if "PYTEST_XDIST_WORKER" in os.environ and session.config.args == ["tests"]:
        import_tests(Path(__file__).parent)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Deal the long tests out to the workers."""
    items[:] = dealt(items)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()


def _chosen(metafunc: pytest.Metafunc, marker: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    mark = metafunc.definition.get_closest_marker(marker)
    return mark.args if mark else usual


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all parallel workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def sqlite_template(run_folder: Path) -> Path:
    """A migrated SQLite file to copy."""

    def make() -> dict[str, str]:
        path = run_folder / "template.sqlite"
        upgrade(f"sqlite:///{path}")
        return {"path": str(path)}

    return Path(once_per_run(run_folder, "sqlite", make)["path"])


@pytest.fixture(scope="session")
def postgres_url(run_folder: Path) -> str:
    """This worker's own database on the server of this run."""
    server = once_per_run(run_folder, "postgresql", start_postgres)["server"]
    name = f"tests_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    create_database(server, name)
    return f"{server}/{name}"


@pytest.fixture(scope="session")
def postgres_cleaner(postgres_url: str) -> Iterator[Cleaner]:
    """What empties this worker's database."""
    with closing(Cleaner(postgres_url)) as cleaner:
        yield cleaner


@pytest.fixture
def database_url(request: pytest.FixtureRequest, run_folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database with our tables. What services have read in confinement is read in processes born quickly."""
    monkeypatch.setattr("hackaviz.kernel.confined.subprocess", confinement)
    if request.param == "postgresql":
        url = str(request.getfixturevalue("postgres_url"))
        request.getfixturevalue("postgres_cleaner").empty()
        return url.replace("postgresql:", "postgresql+psycopg:", 1)
    # At one path for all tests of this worker, so that they share an engine.
    path = run_folder / f"{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}.sqlite"
    for left in run_folder.glob(f"{path.name}*"):
        left.unlink()
    shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


# An engine keeps the SQL that it has compiled: a new one for each test would spend more on that than on the queries.
_engine_at = cache(open_engine)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The engine of this test's database, without connections to the file of the test before, nor any still in use."""
    engine = _engine_at(database_url)
    yield engine
    if engine.name == "sqlite" or engine.pool.checkedout():
        engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session that may write, as services get it. Requests of `client` see what it wrote."""
    with session_factory(engine)() as session:
        yield session


@pytest.fixture
def now() -> datetime:
    """A Monday morning in term."""
    return datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def s3_endpoint(run_folder: Path) -> str:
    """The S3 server of this run; its credentials are in the environment from now on, as in production."""
    endpoint = once_per_run(run_folder, "s3", start_s3)["endpoint"]
    os.environ.update(CREDENTIALS)
    return endpoint


@pytest.fixture
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """An empty storage."""
    if request.param == "s3":
        endpoint = request.getfixturevalue("s3_endpoint")
        return open_storage(f"s3://{BUCKET}/{uuid.uuid4().hex}?endpoint={endpoint}")
    return open_storage(f"file://{tmp_path / 'storage'}")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """An installation of its own: this test's database and a folder for its files."""
    return Settings(
        database_url=database_url,
        storage_url=f"file://{tmp_path / 'files'}",
        redis_url=None,
        secret_key="only-for-tests-" * 4,
        base_url=BASE_URL,
        content_url=CONTENT_URL,
        mail_url="outbox:",
        demo=False,
    )


@pytest.fixture(scope="session", autouse=True)
def templates(run_folder: Path) -> Templates:
    """The templates of all applications of this worker, and, from their files, of the processes that it starts."""
    os.environ[nursery.COMPILED] = str(run_folder)
    return Templates(str(run_folder))


@pytest.fixture
def app(
    settings: Settings, engine: Engine, tmp_path: Path, templates: Templates, monkeypatch: pytest.MonkeyPatch
) -> Flask:
    """The application; forms need no CSRF token unless a test sets WTF_CSRF_ENABLED again.

    Each test has one of its own; addresses, SQL and templates are compiled once for all of them.
    """
    monkeypatch.setattr("hackaviz.web.jobs.INSTANCE", tmp_path)
    monkeypatch.setattr("hackaviz.web.database.open_engine", lambda _url: engine)
    with monkeypatch.context() as patch:
        patch.setattr(Flask, "url_map_class", known_addresses)
        app = create_app(settings)
    app.jinja_env.bytecode_cache = templates
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


@pytest.fixture
def new_client(app: Flask, session: Session) -> Callable[[], SiteClient]:
    """Makes clients: one for each person that a test needs at once."""
    # However long a test takes, no count is written behind its back.
    app.extensions["hackaviz.uses"].write_every = float("inf")
    return lambda: client_for(app, session)


@pytest.fixture
def client(new_client: Callable[[], SiteClient]) -> SiteClient:
    """A visitor of the application."""
    return new_client()


@pytest.fixture
def content_client(app: Flask, session: Session) -> SiteClient:
    """A visitor of the other host, which shows entries."""
    return client_for(app, session, host=CONTENT_URL)


@pytest.fixture
def shared_data() -> Path:
    """Real files of other organisations, beside the checkout; not everybody has them."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the shared data is not at {SHARED_DATA}")
    return SHARED_DATA


@pytest.fixture
def live_site(database_url: str, tmp_path: Path) -> Iterator[LiveSite]:
    """The platform in processes of its own, on an empty database."""
    with serve(database_url, tmp_path / "site") as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once per worker."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_site: LiveSite) -> Iterator[Page]:
    """A visitor at a desk who reads English."""
    with open_page(browser, live_site.url, **DESKTOP_ENGLISH) as page:
        yield page


@pytest.fixture
def phone_page(browser: Browser, live_site: LiveSite) -> Iterator[Page]:
    """A visitor with a phone who reads French."""
    with open_page(browser, live_site.url, **PHONE_FRENCH) as page:
        yield page
