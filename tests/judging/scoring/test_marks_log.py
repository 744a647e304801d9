"""The log of marks: every save adds a link, nothing changes one, and what was edited behind our back is told."""

from threading import Thread

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import open_engine, session_factory
from judging.panels.models import Conflict
from judging.panels.pseudonyms import pseudonyms_of
from judging.panels.service import declare_conflict
from judging.scoring.marks_log import chain_of, problems_of
from judging.scoring.models import Mark, MarkEntry, Review
from judging.scoring.service import finish_review, reopen_review, save_review
from submissions.entries.models import Entry
from tests.factories import assign, make_juror
from tests.support.panels import work_to_review
from tests.support.worlds import once

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def world(session):
    return once(session, work_to_review)


def save(session, entry, juror, now, *, mark=3, revision=0, comment="Clear"):
    marks = {criterion.id: mark for criterion in entry.challenge.criteria}
    texts = {"comment_to_team": comment, "comment_private": "Hm", "save_key": f"{juror.id}-{revision}"}
    return save_review(session, entry=entry, juror=juror, marks=marks, base_revision=revision, now=now, **texts)


def name_of(session, entry, juror):
    return pseudonyms_of(session, entry.edition)[juror.id]


def test_each_act_adds_a_link_that_follows_from_the_last(session, entry, juror, now):
    save(session, entry, juror, now)
    save(session, entry, juror, now, mark=4, revision=1)
    finish_review(session, entry=entry, juror=juror, now=now)
    reopen_review(session, entry=entry, juror=juror, now=now)
    chain = chain_of(session, entry.edition)
    assert [(row.number, row.content["act"]) for row in chain] == [
        (1, "save"),
        (2, "save"),
        (3, "finish"),
        (4, "reopen"),
    ]
    assert set(chain[1].content["marks"].values()) == {4}
    assert problems_of(session, entry.edition) == []


def test_a_replayed_save_adds_nothing(session, entry, juror, now):
    save(session, entry, juror, now)
    save(session, entry, juror, now)
    assert len(chain_of(session, entry.edition)) == 1


def test_the_log_tells_no_comment(session, entry, juror, now):
    save(session, entry, juror, now, comment="A secret word")
    assert "secret" not in str(chain_of(session, entry.edition)[0].content)


def test_a_conflict_declared_late_leaves_a_trace(session, entry, juror, now):
    save(session, entry, juror, now)
    declare_conflict(session, entry=entry, juror=juror, reason="A cousin", actor=juror, now=now)
    assert [row.content["act"] for row in chain_of(session, entry.edition)] == ["save", "set-aside"]
    assert problems_of(session, entry.edition) == []


def test_a_conflict_that_the_log_knows_nothing_of_is_told(session, entry, juror, now):
    save(session, entry, juror, now)
    declare_conflict(session, entry=entry, juror=juror, reason="A cousin", actor=juror, now=now)
    session.delete(session.scalars(select(Conflict)).one())
    session.flush()
    assert problems_of(session, entry.edition) == [
        f"The review of {entry.code} by {name_of(session, entry, juror)} differs from the log."
    ]


def test_the_log_names_a_juror_by_a_random_name_of_this_edition(session, entry, juror, now):
    save(session, entry, juror, now)
    content = chain_of(session, entry.edition)[0].content
    assert content["juror"] == name_of(session, entry, juror) != juror.public_id


@pytest.mark.parametrize("statement", ["UPDATE mark_entries SET salt = ''", "DELETE FROM mark_entries"])
def test_the_database_itself_refuses_to_change_a_link(session, entry, juror, now, statement):
    save(session, entry, juror, now)
    with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
        session.execute(text(statement))


@pytest.mark.parametrize(
    "edit",
    [
        update(Mark).values(value=0),
        update(Review).values(comment_to_team="Bad"),
        update(Review).values(finished_at=None),
    ],
)
def test_a_review_edited_behind_our_back_differs_from_the_log(session, entry, juror, now, edit):
    save(session, entry, juror, now)
    finish_review(session, entry=entry, juror=juror, now=now)
    session.execute(edit.execution_options(synchronize_session=False))
    session.expire_all()
    assert problems_of(session, entry.edition) == [
        f"The review of {entry.code} by {name_of(session, entry, juror)} differs from the log."
    ]


def test_a_review_taken_away_is_told(session, entry, juror, now):
    save(session, entry, juror, now)
    session.delete(session.scalars(select(Review)).one())
    session.flush()
    assert problems_of(session, entry.edition) == [
        f"The review of {entry.code} by {name_of(session, entry, juror)} is in the log, and gone."
    ]


def test_saves_at_the_same_instant_take_turns(app, session, database_url, entry, now):
    jurors = [make_juror(session, entry.edition) for _ in range(4)]
    for juror in jurors:
        assign(session, juror, entry)
    session.commit()
    engine = open_engine(database_url)
    writing = session_factory(engine)

    def save_ten(juror_id):
        for revision in range(10):
            with app.app_context(), writing() as own, own.begin():
                save(own, own.get(Entry, entry.id), own.get(Person, juror_id), now, revision=revision)

    threads = [Thread(target=save_ten, args=(juror.id,)) for juror in jurors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with writing() as own:
        kept = own.get(Edition, entry.edition_id)
        assert len(own.scalars(select(MarkEntry.id)).all()) == 40
        assert problems_of(own, kept) == []
    engine.dispose()
