"""Teams of a demo edition: they register, invite one another, upload, cite and hand in."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.briefs.queries import challenges_of
from challenges.catalogue.models import Dataset
from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.demo.calendar import DemoCalendar
from hackaviz.demo.content import SheetContent, WorkContent
from hackaviz.demo.people import TRIED_MEMBERS, Company, request_key
from hackaviz.demo.story import MemberContent, TeamContent
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.identifiers import token_digest
from hackaviz.kernel.storage import Storage
from submissions.entries.annexes.service import keep_annex, receive_annex
from submissions.entries.handing_in import hand_in
from submissions.entries.models import Entry
from submissions.entries.receipts import signing_key
from submissions.entries.reception import examine
from submissions.entries.service import cite, receive_upload, start_entry
from submissions.entries.sheet.rules import AiUse, Consent, Sheet
from submissions.entries.sheet.service import save_sheet
from submissions.intake.limits import Limits
from submissions.teams.models import Eligibility, Team, TeamInvitation
from submissions.teams.rules import Statement
from submissions.teams.service import create_team, decide_eligibility, invite_member, join, register, state_school


class Teams:
    """The teams of one edition; some of their members are accounts that visitors may try."""

    def __init__(
        self,
        session: Session,
        edition: Edition,
        calendar: DemoCalendar,
        company: Company,
        schools: Mapping[str, Bilingual],
    ) -> None:
        self.session, self.edition, self.calendar = session, edition, calendar
        self.company, self.schools = company, schools
        self.challenges: dict[int, Challenge] = {each.number: each for each in challenges_of(session, edition)}

    def build(self, content: TeamContent, organiser: Person) -> Team:
        """A team whose members have joined and are confirmed."""
        day = self.calendar.registration_opens + timedelta(days=2)
        people = [self._person(member) for member in content.members]
        for person, member in zip(people, content.members, strict=True):
            self._register(person, member, organiser, day)
        challenge = self.challenges.get(content.challenge or 0)
        facts: dict[str, Any] = {"edition": self.edition, "name": content.name, "challenge": challenge}
        team = create_team(self.session, **facts, actor=people[0], now=day)
        for person in people[1:]:
            self._join(team, person, day)
        state_school(self.session, team=team, school=self._school_of(content.members[0]), actor=people[0], now=day)
        return team

    def _school_of(self, member: MemberContent) -> str:
        return self.schools[member.school].in_language("fr")

    def _person(self, member: MemberContent) -> Person:
        if member.name in TRIED_MEMBERS:
            return self.company.try_as(TRIED_MEMBERS[member.name])
        return self.company.named(member.name, f"ecole-{member.school}")

    def _register(self, person: Person, member: MemberContent, organiser: Person, now: datetime) -> None:
        rules = self.edition.current_rules
        assert rules is not None
        statement = Statement(is_student=True, school=self._school_of(member), is_minor=member.is_minor)
        facts: dict[str, Any] = {"edition": self.edition, "rules_version": rules, "statement": statement}
        registration = register(self.session, **facts, actor=person, now=now)
        decision: dict[str, Any] = {"eligibility": Eligibility.CONFIRMED, "reason": "", "actor": organiser}
        decide_eligibility(self.session, registration=registration, **decision, now=now + timedelta(days=1))

    def _join(self, team: Team, person: Person, now: datetime) -> None:
        token = invite_member(self.session, team=team, email=person.email, actor=team.captain, now=now)
        self.session.flush()
        by_token = select(TeamInvitation).where(TeamInvitation.token_digest == token_digest(token))
        join(self.session, invitation=self.session.scalars(by_token).one(), actor=person, now=now + timedelta(hours=5))
        self.session.refresh(team, ["members"])

    def hand_in(self, team: Team, work: WorkContent, datasets: Mapping[str, Dataset], storage: Storage) -> Entry:
        """Upload a work, describe it, cite its datasets, hand it in, a day before the deadline."""
        now = self.calendar.submission_closes - timedelta(days=1, hours=team.id % 7)
        captain = team.captain
        entry = self.send(team, work, datasets, storage, now)
        key = signing_key(current_app.config["SECRET_KEY"])
        hand_in(self.session, entry=entry, actor=captain, now=now, request_key=request_key(), signing_key=key)
        return entry

    def send(
        self, team: Team, work: WorkContent, datasets: Mapping[str, Dataset], storage: Storage, now: datetime
    ) -> Entry:
        """A draft with its file, sheet, citations and, where there are any, sources."""
        acts: dict[str, Any] = {"actor": team.captain, "now": now}
        entry = start_entry(self.session, team=team, **acts)
        received = examine(work.path, work.path.name, storage=storage)
        receive_upload(self.session, entry=entry, received=received, **acts)
        if work.annex is not None:
            sources = receive_annex(work.annex, work.annex.name, storage=storage, limits=Limits())
            keep_annex(self.session, entry=entry, received=sources, **acts)
        self.describe(entry, work, now)
        for citation in work.citations:
            usage = citation.usage.in_language("fr")
            cite(self.session, entry=entry, dataset=datasets[citation.dataset], usage=usage, **acts)
        return entry

    def describe(self, entry: Entry, work: WorkContent, now: datetime) -> None:
        """The sheet of a work, in French as its team writes."""
        sheet = Sheet(
            title=work.title.in_language("fr"),
            message=work.message.in_language("fr"),
            text_alternative=work.text_alternative.in_language("fr"),
            method=work.method.in_language("fr"),
            tools=work.tools,
            **_answers(work.sheet),
        )
        save_sheet(self.session, entry=entry, sheet=sheet, actor=entry.team.captain, now=now)

    def leave_unfinished(self, teams: Sequence[Team], now: datetime) -> None:
        """In an open edition: one team has begun its sheet, one waits for an invited person."""
        drafting, waiting = teams[1], teams[2]
        entry = start_entry(self.session, team=drafting, actor=drafting.captain, now=now)
        sheet = Sheet(title="Ce qui attend sur le quai")
        save_sheet(self.session, entry=entry, sheet=sheet, actor=drafting.captain, now=now)
        invite_member(
            self.session, team=waiting, email="ami.attendu@ecole-design.example", actor=waiting.captain, now=now
        )


def _answers(sheet: SheetContent) -> dict[str, Any]:
    """The answers of a sheet; every team of the demo agrees that its work is shown."""
    return {
        "abstract": sheet.abstract.in_language("fr") if sheet.abstract else "",
        "languages": sheet.languages,
        "licence": sheet.licence,
        "ai_use": (AiUse.USED if sheet.ai_details else AiUse.NONE).value,
        "ai_details": sheet.ai_details.in_language("fr") if sheet.ai_details else "",
        "ambitions": sheet.ambitions,
        "objectives": sheet.objectives,
        "consent": Consent.GIVEN.value,
    }
