"""What migration 0003 does beyond tables and columns: rows that nobody may change, and the log of earlier marks."""

import json
from collections import defaultdict
from hashlib import sha256
from secrets import token_hex
from typing import Any

from sqlalchemy import text

from hackaviz.migrations.append_only import refuse_changes

UNCHANGEABLE = ("mark_entries", "method_choices", "jury_decisions", "seals")


def after_upgrade(op: Any) -> None:
    """Begin the logs with the reviews there are, then refuse UPDATE and DELETE on what is history."""
    _name_reviewers(op.get_bind())
    _log_reviews(op.get_bind())
    refuse_changes(op, UNCHANGEABLE)


def before_downgrade(_op: Any) -> None:
    """Triggers go with their tables."""


REVIEWS = """
SELECT r.id, r.saved_at, r.revision, r.finished_at, r.comment_to_team, r.comment_private,
       e.edition_id, e.number AS entry, j.pseudonym AS juror, c.id IS NOT NULL AS is_barred
FROM reviews r JOIN entries e ON e.id = r.entry_id
JOIN juror_pseudonyms j ON j.edition_id = e.edition_id AND j.person_id = r.juror_id
LEFT JOIN conflicts_of_interest c ON c.juror_id = r.juror_id AND c.entry_id = r.entry_id
ORDER BY r.saved_at, r.id
"""
REVIEWERS = "SELECT DISTINCT e.edition_id, r.juror_id FROM reviews r JOIN entries e ON e.id = r.entry_id"
NAME = "INSERT INTO juror_pseudonyms (edition_id, person_id, pseudonym) VALUES (:edition_id, :person_id, :pseudonym)"
ADD = """
INSERT INTO mark_entries (edition_id, number, at, content, salt, previous_sha256, sha256)
VALUES (:edition_id, :number, :at, :content, :salt, :previous, :sha256)
"""


def _name_reviewers(connection: Any) -> None:
    for edition, person in connection.execute(text(REVIEWERS)).all():
        named = {"edition_id": edition, "person_id": person, "pseudonym": token_hex(7)}
        connection.execute(text(NAME), named)


def _log_reviews(connection: Any) -> None:
    """One link for each review, as it stands: what was saved before there was a log."""
    marks = defaultdict[int, dict[str, int]](dict)
    for review, criterion, value in connection.execute(text("SELECT review_id, criterion_id, value FROM marks")):
        marks[review][str(criterion)] = value
    last: dict[int, tuple[int, str]] = {}
    for row in connection.execute(text(REVIEWS)).all():
        number, previous = last.get(row.edition_id, (0, "0" * 64))
        salt = token_hex(16)
        content = _canonical(_content(row, marks[row.id], salt))
        digest = sha256(f"{previous}\n{content}".encode()).hexdigest()
        values = {"edition_id": row.edition_id, "number": number + 1, "at": row.saved_at, "content": content}
        connection.execute(text(ADD), values | {"salt": salt, "previous": previous, "sha256": digest})
        last[row.edition_id] = (number + 1, digest)


def _content(row: Any, marks: dict[str, int], salt: str) -> dict[str, Any]:
    comments = _canonical([salt, row.comment_to_team, row.comment_private])
    return {
        "act": "set-aside" if row.is_barred else "carry-over",
        "at": str(row.saved_at),
        "entry": f"C-{row.entry:02d}",
        "juror": row.juror,
        "revision": row.revision,
        "marks": marks,
        "comments_sha256": sha256(comments.encode()).hexdigest(),
        "finished": row.finished_at is not None,
    }


def _canonical(content: Any) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
