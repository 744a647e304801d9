"""Waking the job process after a commit, and running it: `flask jobs run`."""

import os
import threading
from typing import cast

import click
import structlog
from flask import Flask, current_app
from flask.cli import AppGroup
from huey import Huey, SqliteHuey, crontab
from sqlalchemy.orm import Session

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.jobs import HEARTBEAT_SECONDS, Transaction, Work, beat, do_all, open_queue, transactions
from hackaviz.settings import INSTANCE, Settings
from hackaviz.web.database import Sessions, after_commit, do_after_commit

# Somebody may be waiting at the page: with nothing to do, the queue in SQLite is asked again after a second.
LONGEST_NAP = 1.0
NICENESS = 5
log = structlog.get_logger()
commands = AppGroup("jobs", help="Background work: mail, previews.")


def init_jobs(app: Flask, settings: Settings) -> None:
    """Open the queue and declare its one task."""
    queue = open_queue(settings.database_url, settings.redis_url, INSTANCE)
    app.extensions["hackaviz.queue"] = queue
    app.extensions["hackaviz.work"] = {}
    app.extensions["hackaviz.wake"] = queue.task(name="do_work")(lambda name: _do(app, name))
    queue.periodic_task(crontab(), name="sweep")(lambda: _sweep(app))
    app.cli.add_command(commands)


def declare_work(app: Flask, work: Work) -> None:
    """Let a room say what background work it has."""
    app.extensions["hackaviz.work"][work.name] = work


def wake(name: str) -> None:
    """Ask for background work once the transaction of this request, or of this job, is committed."""
    task = current_app.extensions["hackaviz.wake"]
    after_commit(lambda: task(name))


def do_due_work(app: Flask) -> int:
    """Do all background work that is due, now, in this process; say how many units there were."""
    return sum(_do(app, name) for name in app.extensions["hackaviz.work"])


def release_claims(app: Flask, session: Session) -> None:
    """Give back what a job process that was killed had claimed; only while no other one is there."""
    work: dict[str, Work] = app.extensions["hackaviz.work"]
    for each in work.values():
        each.release(session)


def _transaction(app: Flask) -> Transaction:
    return transactions(cast(Sessions, app.extensions["hackaviz.sessions"]).writing)


def _do(app: Flask, name: str) -> int:
    work: Work = app.extensions["hackaviz.work"][name]
    with app.app_context():
        done = do_all(work, _transaction(app), utc_now)
        do_after_commit()
    return done


def _sweep(app: Flask) -> None:
    for name in app.extensions["hackaviz.work"]:
        try:
            _do(app, name)
        except Exception:
            # One broken kind of work must not keep the others from being done.
            log.exception("sweep", work=name)


def _keep_beating(app: Flask, stopped: threading.Event) -> None:
    transaction = _transaction(app)
    while not stopped.wait(HEARTBEAT_SECONDS):
        try:
            with transaction() as session:
                beat(session, utc_now())
        except Exception:
            log.exception("heartbeat")


@commands.command("run")
@click.option("--workers", default=2, show_default=True, help="How many tasks run side by side.")
def run(workers: int) -> None:
    """Work until stopped. Run exactly one of these on SQLite; any number with Redis."""
    # Pages come first: somebody waits for them.
    os.nice(NICENESS)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    queue: Huey = app.extensions["hackaviz.queue"]
    with _transaction(app)() as session:
        beat(session, utc_now())
        if isinstance(queue, SqliteHuey):
            release_claims(app, session)
    stopped = threading.Event()
    threading.Thread(target=_keep_beating, args=(app, stopped), daemon=True).start()
    threading.Thread(target=_sweep, args=(app,), daemon=True).start()
    habits = {"worker_type": "thread", "periodic": True, "check_worker_health": True, "max_delay": LONGEST_NAP}
    queue.create_consumer(workers=workers, **habits).run()
    stopped.set()


@commands.command("once")
def once() -> None:
    """Do what is due, then stop: for installations that prefer a timer, and for scripts."""
    done = do_due_work(current_app._get_current_object())  # type: ignore[attr-defined]
    click.echo(f"{done} done", err=True)
