"""An edition that can be sealed, and sealed files with something changed in them."""

import json
from datetime import UTC, datetime, timedelta

from challenges.editions.rules import Phase
from judging.deliberation.chairing import note_attendance
from judging.deliberation.rules import DecisionKind
from judging.deliberation.service import Motion, open_meeting, record_vote
from judging.panels.service import declare_conflict
from judging.ranking.contest import TieRule
from judging.scoring.chain import canonical
from judging.scoring.method.rules import Method
from judging.scoring.method.service import choose_method
from judging.scoring.service import finish_review, save_review
from judging.sealing.document import sealed
from tests.factories import assign, make_challenge, make_edition, make_handed_in_entry, make_juror

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
PRIVATE, GROUNDS = "A private remark", "Teaches a member"
MARKS = ((4, 3), (2, 2), (3, 1), (1, 2))


def judged(session, method=Method.BLUP):
    """Four entries, four jurors one of whom has a conflict declared after their review, and a vote at their meeting."""
    edition = make_edition(session, Phase.JUDGING, now=NOW, reviews_needed=2)
    challenge = make_challenge(session, edition)
    choose_method(session, edition=edition, method=method, ties=TieRule.CHAIN, reason="A test", actor=None, now=NOW)
    entries = [make_handed_in_entry(session, challenge) for _ in MARKS]
    jurors = [make_juror(session, edition, name=f"Juror {number}") for number in range(4)]
    criteria = [criterion.id for criterion in challenge.criteria]
    for number, juror in enumerate(jurors):
        for entry, given in zip(entries, MARKS, strict=True):
            assign(session, juror, entry)
            marks = dict(zip(criteria, (max(0, mark - number % 2) for mark in given), strict=True))
            texts = {"comment_to_team": "For the team", "comment_private": PRIVATE}
            draft = {"marks": marks, **texts, "base_revision": 0, "save_key": f"{juror.id}-{entry.id}"}
            save_review(session, entry=entry, juror=juror, now=NOW, **draft)
            finish_review(session, entry=entry, juror=juror, now=NOW)
    declare_conflict(session, entry=entries[1], juror=jurors[3], reason=GROUNDS, actor=jurors[3], now=NOW)
    evening = edition.judging_closes_at + timedelta(hours=1)
    open_meeting(session, edition=edition, actor=None, now=evening)
    note_attendance(session, edition=edition, present=[juror.id for juror in jurors], actor=None, now=evening)
    motion = Motion(DecisionKind.HORS_CONCOURS, entries[2], None, "Its team helped the jury")
    record_vote(
        session, challenge=challenge, motion=motion, votes_for=3, votes_against=1, abstained=0, actor=None, now=evening
    )
    return edition


def tampered(text, change, *, resealed):
    document = json.loads(text)
    change(document)
    return canonical(sealed(document) if resealed else document) + "\n"
