"""What happens around the reviews of a demo jury at work: a panel of one challenge, wishes, a mentor, a no-show."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.demo.jury_at_work import QUALIFICATION, REVIEWS
from judging.panels.juror_service import flag_entry, skip_entry, state_expertise
from judging.panels.mentors.service import note_mentor
from judging.panels.queries import seats_of
from judging.panels.rounds.queries import rounds_of
from judging.panels.rules import ConflictKind
from judging.panels.service import (
    assign,
    assign_proposal,
    declare_conflict,
    release_juror,
    seat_juror,
    settle_flag,
)
from submissions.entries.models import Entry

MEANWHILE = timedelta(days=5, hours=2)
MOST = 6
# Who would gladly review which work, and who rather not.
WISHES = {
    "sofia-lanteri": {"votre-annee": 1},
    "nadia-cherif": {"la-terre-respire": 1, "treize-jours": -1},
    "luc-bonnardel": {"le-prix-du-detour": 1, "derriere-une-porte": -1},
    "emma-rossetti": {"ports-par-habitant": 1},
}
MENTOR, MENTORED = "marc-aubagnac", "ports-par-habitant"
MENTOR_REASON = "A accompagné l’équipe comme mentor."
SKIPPED = "treize-jours"
SKIP_REASON = "J’ai vu cette œuvre à une présentation publique : je sais de qui elle est."
FLAGGED = (
    ("sofia-lanteri", "derriere-une-porte", "La légende est coupée à droite sur ma tablette."),
    ("nadia-cherif", "sans-terre", "Le lien vers les sources ne répond pas."),
)
NO_SHOW = "emma-rossetti"


class AroundReviews:
    """The jurors and works of one edition by slug, and the organiser who acts."""

    def __init__(
        self,
        session: Session,
        edition: Edition,
        *,
        jurors: Mapping[str, Person],
        entries: Mapping[str, Entry],
        organiser: Person,
    ) -> None:
        self.session, self.edition, self.organiser = session, edition, organiser
        self.jurors, self.entries = jurors, entries

    def before(self, opened: datetime) -> None:
        """What the assignment heeds: a juror of one challenge, wishes, and a detected conflict that is confirmed."""
        acts: dict[str, Any] = {"actor": self.organiser, "now": opened}
        of_one, challenge = self.jurors["luc-bonnardel"], self.entries[SKIPPED].challenge
        facts: dict[str, Any] = {"most": MOST, "challenge_ids": [challenge.id], "is_lead": False}
        seat_juror(self.session, edition=self.edition, juror=of_one, **facts, **acts)
        for slug, wishes in WISHES.items():
            self._wish(self.jurors[slug], wishes, opened)
        mentor, mentored = self.jurors[MENTOR], self.entries[MENTORED]
        named: dict[str, Any] = {"email": mentor.email, "name": mentor.name}
        note_mentor(self.session, team=mentored.team, **named, **acts)
        said: dict[str, Any] = {"kind": ConflictKind.MENTOR, "reason": MENTOR_REASON}
        declare_conflict(self.session, entry=mentored, juror=mentor, **said, **acts)
        assign(self.session, entry=self.entries[SKIPPED], juror=mentor, **acts)

    def _wish(self, juror: Person, wishes: Mapping[str, int], now: datetime) -> None:
        seat = seats_of(self.session, self.edition).get(juror.id)
        themes = seat.themes if seat else ()
        wished = {self.entries[work].id: wish for work, wish in wishes.items()}
        state_expertise(self.session, edition=self.edition, juror=juror, themes=themes, wishes=wished, now=now)

    def after(self, opened: datetime) -> None:
        """An entry skipped, two flagged and one of these looked after; a juror comes no more, and others take over."""
        now = opened + MEANWHILE
        acts: dict[str, Any] = {"actor": self.organiser, "now": now}
        skipping, skipped = self.jurors[MENTOR], self.entries[SKIPPED]
        skip_entry(self.session, entry=skipped, juror=skipping, reason=SKIP_REASON, now=now)
        flags = [
            flag_entry(self.session, entry=self.entries[work], juror=self.jurors[slug], text=text, now=now)
            for slug, work, text in FLAGGED
        ]
        settle_flag(self.session, flag=flags[-1], **acts)
        release_juror(self.session, edition=self.edition, juror=self.jurors[NO_SHOW], **acts)
        qualification = rounds_of(self.session, self.edition)[QUALIFICATION]
        assign_proposal(self.session, edition=self.edition, reviews=REVIEWS, round_=qualification, **acts)
