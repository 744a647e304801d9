"""Works before a jury: what most tests of reviews, panels and votes begin with."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.editions.rules import Phase
from submissions.entries.models import Entry
from submissions.teams.queries import registrations_of_members
from submissions.viewer.models import Preview, PreviewState
from tests.factories import (
    assign,
    hand_in,
    make_challenge,
    make_edition,
    make_entry,
    make_handed_in_entries,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_team,
    make_upload,
    save,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
# A word that only the team uses: where it shows, a jury learns whose work it is.
CANARY = "canary"


def work_to_review(session: Session) -> dict[str, Any]:
    """One work that one juror is asked to review, on the Monday morning of `now`."""
    challenge = make_challenge(session, make_edition(session, Phase.JUDGING, NOW))
    entry, juror = make_handed_in_entry(session, challenge), make_juror(session, challenge.edition)
    assign(session, juror, entry)
    return {"edition": challenge.edition, "challenge": challenge, "entry": entry, "juror": juror}


def three_works(session: Session) -> dict[str, Any]:
    """Three works of one challenge in judging, each with the canary for its title, and a juror."""
    challenge = make_challenge(session, make_edition(session, Phase.JUDGING, reviews_needed=1))
    entries = make_handed_in_entries(session, challenge, 3)
    for entry in entries:
        entry.title = f"{CANARY}-title"
    juror = make_juror(session, challenge.edition)
    return {"edition": challenge.edition, "challenge": challenge, "entries": entries, "juror": juror}


def work_with_names(session: Session, challenge: Challenge, **version: Any) -> Entry:
    """A work whose team left the canary everywhere it could, drawn and handed in as this version."""
    member = make_person(session, name=f"{CANARY} member", email=f"{CANARY}@{CANARY}.fr")
    team = make_team(session, challenge.edition, [member], name=f"{CANARY} team", challenge=challenge)
    team.school = f"{CANARY} school"
    registrations_of_members(session, team)[member.id].school = team.school
    entry = make_entry(session, team, challenge, title=f"{CANARY} title", method="M", tools="T")
    upload = make_upload(session, entry, file_name=f"{CANARY}.png", entry_point=f"{CANARY}.png")
    upload.files[0].path = f"{CANARY}.png"
    upload.report = {"accepted": True, "detail": CANARY}
    save(session, Preview(upload=upload, state=PreviewState.READY, small_key="s", large_key="l", width=10, height=10))
    hand_in(session, entry, upload, **version)
    return entry
