"""“Can I use this?”: how fresh the data is against what was promised, and how much there is."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from challenges.catalogue.models import Resource
from challenges.catalogue.usable_wording import usable_checks
from tests.factories import both, make_dataset

TODAY = date(2026, 3, 2)


@pytest.mark.database("sqlite")
@pytest.mark.parametrize(
    ("said", "state", "words"),
    [
        (("monthly", date(2026, 1, 31)), "ok", ("31 January 2026", "every month", "That is kept")),
        (("monthly", date(2025, 12, 1)), "warn", ("1 December 2025", "late", "91 days ago")),
        (("", date(2026, 1, 31)), "info", ("31 January 2026", "No promised frequency")),
        (("irregular", date(2020, 1, 31)), "info", ("31 January 2020", "now and then")),
        (("never", None), "ok", ("will not change",)),
        (("weekly", None), "info", ("Nobody says how fresh", "every week")),
    ],
)
def test_freshness_is_judged_by_what_was_promised(
    app: Flask, session: Session, said: tuple[str, date | None], state: str, words: tuple[str, ...]
):
    dataset = make_dataset(session, frequency=said[0], modified_on=said[1])
    with app.test_request_context("/?lang=en"):
        found = usable_checks(dataset, TODAY)[-1]
    assert found[0] == state
    assert [word for word in words if word not in " ".join(filter(None, found))] == []


@pytest.mark.database("sqlite")
def test_the_files_here_are_weighed_and_marked_by_their_hash(app: Flask, session: Session):
    dataset = make_dataset(session)
    for number in range(2):
        facts = {
            "title": both("f"),
            "format": "csv",
            "storage_key": "k",
            "bytes": 1_500_000,
            "sha256": f"{number}" * 64,
        }
        dataset.resources.append(Resource(position=number, **facts))
    session.flush()
    with app.test_request_context("/?lang=en"):
        said = usable_checks(dataset, TODAY)[1]
    assert said[0] == "ok"
    assert said[1].startswith("2 files, 3")
    assert "SHA-256 0000000000000000…" in str(said[2])
