"""What a seal holds, gathered from the database once: rules, weights, conflicts, assignment, marks, votes, versions."""

import platform
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from secrets import token_hex
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition
from judging.deliberation.models import Attendance, Decision
from judging.deliberation.queries import attendances_of, decisions_of, meeting_of
from judging.panels.pseudonyms import pseudonym_of, pseudonyms_of
from judging.panels.queries import assignments_of, conflicts_of, judges_of, prize_seats
from judging.panels.rounds.queries import finalists_of
from judging.ranking.ranges import SEED
from judging.scoring.chain import commitment
from judging.scoring.marks_log import chain_of
from judging.scoring.method.models import MethodChoice
from judging.scoring.method.queries import choices_of, terms_for
from judging.scoring.models import MarkEntry
from judging.scoring.queries import finished_reviews, judged_challenges, places_with_a_prize
from judging.sealing.document import FULL, SCHEMA, Document, sealed
from judging.sealing.models import Seal
from judging.sealing.queries import every_review
from judging.sealing.ranking import ranking_of
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries

# Grows when the same marks would be ranked otherwise.
ENGINE = "1"


class Gathering:
    """One edition as it stands, by pseudonyms of jurors and codes of entries.

    Who came after the last seal may have no pseudonym yet: `name_jurors` comes before what is to be kept.
    """

    def __init__(self, session: Session, edition: Edition) -> None:
        self.session, self.edition = session, edition
        self.entries = {entry.id: entry for entry in handed_in_entries(session, edition)}
        self.log = chain_of(session, edition)
        self.assignments = assignments_of(session, edition)
        self.conflicts = conflicts_of(session, edition)
        self.reviews = finished_reviews(session, edition)
        named = pseudonyms_of(session, edition)
        self.pseudonyms = {person: named.get(person, "") for person in jury_of(session, edition)}

    def full(self, *, number: int, previous: Seal | None, now: datetime) -> Document:
        """The full form, sealed."""
        return sealed(
            {
                "schema": SCHEMA,
                "form": FULL,
                "number": number,
                "sealed_at": now.isoformat(),
                "previous": None if previous is None else _reference(previous),
                "versions": {"engine": ENGINE, "python": platform.python_version(), "numpy": np.__version__},
                "seed": SEED,
                "edition": {"slug": self.edition.slug, "title": self.edition.title.as_dict()},
                "rules": self._rules(),
                "methods": [_choice(each) for each in choices_of(self.session, self.edition)],
                "meeting": self._meeting(),
                "jurors": sorted(self.pseudonyms.values()),
                "apart": sorted(self.pseudonyms[seat.juror_id] for seat in prize_seats(self.session, self.edition)),
                "conflicts": self._conflicts(),
                "assignment": self._assignment(),
                "challenges": self._challenges(),
                "reviews": self._reviews(),
                "log": self._log(),
                "log_head": self.log[-1].sha256 if self.log else None,
            }
        )

    def _rules(self) -> dict[str, Any] | None:
        rules = self.edition.current_rules
        if rules is None:
            return None
        digests = {name: sha256(text.encode()).hexdigest() for name, text in rules.text.as_dict().items()}
        return {"number": rules.number, "published_at": rules.published_at.isoformat(), "sha256": digests}

    def _meeting(self) -> dict[str, Any] | None:
        meeting = meeting_of(self.session, self.edition)
        if meeting is None:
            return None
        stays = [self._stay(each) for each in attendances_of(self.session, self.edition)]
        attendance = sorted(stays, key=lambda stay: (stay["arrived_at"], stay["juror"]))
        closed_at = meeting.closed_at.isoformat() if meeting.closed_at else None
        return {"opened_at": meeting.opened_at.isoformat(), "closed_at": closed_at, "attendance": attendance}

    def _stay(self, stay: Attendance) -> dict[str, Any]:
        left_at = stay.left_at.isoformat() if stay.left_at else None
        return {"juror": self.pseudonyms[stay.juror_id], "arrived_at": stay.arrived_at.isoformat(), "left_at": left_at}

    def _conflicts(self) -> list[dict[str, Any]]:
        rows = []
        for each in self.conflicts:
            salt = token_hex(16)
            pair = {"juror": self.pseudonyms[each.juror_id], "entry": each.entry.code}
            grounds = {"salt": salt, "grounds": each.reason, "grounds_sha256": commitment(salt, each.reason)}
            rows.append({**pair, "declared_at": each.declared_at.isoformat(), **grounds})
        return sorted(rows, key=lambda row: (row["entry"], row["juror"]))

    def _assignment(self) -> list[list[str]]:
        kept = [each for each in self.assignments if each.entry_id in self.entries]
        return sorted([self.pseudonyms[each.juror_id], self.entries[each.entry_id].code] for each in kept)

    def _reviews(self) -> list[dict[str, Any]]:
        rows = [
            {
                "juror": self.pseudonyms[each.juror],  # type: ignore[index]
                "entry": self.entries[each.entry].code,
                "marks": {str(criterion): str(mark) for criterion, mark in each.marks.items()},
            }
            for each in self.reviews
            if each.entry in self.entries
        ]
        return sorted(rows, key=lambda row: (str(row["entry"]), str(row["juror"])))

    def _challenges(self) -> list[dict[str, Any]]:
        choices, decisions = choices_of(self.session, self.edition), decisions_of(self.session, self.edition)
        reviews, sealed_challenges = self._reviews(), []
        finalists = finalists_of(self.session, self.edition)
        for challenge in judged_challenges(self.session, self.edition):
            terms = terms_for(self.edition, choices, challenge.id)
            named = {"method": terms.method, "tie_rule": terms.ties.value, "reviews_needed": terms.reviews_needed}
            votes = [_decision(each) for each in decisions if each.challenge_id == challenge.id]
            facts = _facts(challenge, list(self.entries.values())) | named | {"decisions": votes}
            chosen = (self.entries[number].code for number in finalists if number in self.entries)
            facts["finalists"] = sorted(code for code in chosen if code in facts["entries"])
            sealed_challenges.append(facts | ranking_of(facts, reviews))
        return sealed_challenges

    def _log(self) -> list[dict[str, Any]]:
        """Every link; the last one of each review with its comments, which only the full form keeps."""
        last = {(row.content["juror"], row.content["entry"]): row.number for row in self.log}
        comments = {
            (self.pseudonyms[review.juror_id], review.entry.code): (review.comment_to_team, review.comment_private)
            for review in every_review(self.session, self.edition)
        }
        return [
            _link(row)
            | (
                dict(zip(("comment_to_team", "comment_private"), comments.get(pair, ("", "")), strict=True))
                if last[pair] == row.number
                else {}
            )
            for row in self.log
            if (pair := (row.content["juror"], row.content["entry"]))
        ]


def jury_of(session: Session, edition: Edition) -> set[int]:
    """Everybody who has a part in the jury, those who left included, by the number of the person's row."""
    people = {juror.id for juror in judges_of(session, edition)}
    people |= {seat.juror_id for seat in prize_seats(session, edition)}
    judged = (assignments_of(session, edition), conflicts_of(session, edition), every_review(session, edition))
    parts = (*judged, attendances_of(session, edition))
    return people.union(each.juror_id for part in parts for each in part)


def name_jurors(session: Session, edition: Edition) -> None:
    """Give a pseudonym to everybody in the jury who has none. The caller holds the edition's row."""
    for person in sorted(jury_of(session, edition) - pseudonyms_of(session, edition).keys()):
        pseudonym_of(session, edition.id, person)


def _reference(seal: Seal) -> dict[str, Any]:
    return {"number": seal.number, "full_sha256": seal.full_sha256, "public_sha256": seal.public_sha256}


def _facts(challenge: Challenge, entries: Sequence[Entry]) -> dict[str, Any]:
    return {
        "number": challenge.number,
        "title": challenge.title.as_dict(),
        "criteria": [
            {
                "id": str(each.id),
                "name": each.name.as_dict(),
                "weight": str(each.weight),
                "highest": str(each.highest_mark),
            }
            for each in challenge.criteria
        ],
        "entries": sorted(entry.code for entry in entries if entry.challenge_id == challenge.id),
        "prizes": places_with_a_prize(challenge),
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "kind": decision.kind.value,
        "entry": decision.entry.code if decision.entry else None,
        "place": decision.place,
        "reason": decision.reason,
        "for": decision.votes_for,
        "against": decision.votes_against,
        "abstained": decision.abstained,
        "voters": decision.voters,
        "present": decision.present,
        "carried": decision.is_carried,
        "decided_at": decision.decided_at.isoformat(),
    }


def _choice(choice: MethodChoice) -> dict[str, Any]:
    return {
        "challenge": choice.challenge.number if choice.challenge else None,
        "method": choice.method.value,
        "tie_rule": choice.ties.value,
        "is_amendment": choice.is_amendment,
        "reason": choice.reason,
        "chosen_at": choice.chosen_at.isoformat(),
    }


def _link(row: MarkEntry) -> dict[str, Any]:
    chain = {"number": row.number, "previous_sha256": row.previous_sha256, "sha256": row.sha256}
    return {**chain, "content": row.content, "salt": row.salt}
