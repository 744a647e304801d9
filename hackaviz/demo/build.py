"""The demo, built through the services that people use.

Each edition is one transaction: it is there whole, or not yet.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from challenges.catalogue.models import Dataset
from challenges.editions.models import Edition
from challenges.editions.queries import edition_by_slug
from challenges.sponsors.queries import sponsors_of
from hackaviz.accounts.models import Person, Role
from hackaviz.accounts.service import grant_role
from hackaviz.demo.calendar import calendar_of
from hackaviz.demo.catalogue_builder import build_catalogue
from hackaviz.demo.content import read_draft, read_works
from hackaviz.demo.data_in_use import put_data_to_use
from hackaviz.demo.deliberation_builder import deliberate, give_mentions, name_method
from hackaviz.demo.edition_builder import EditionBuilder
from hackaviz.demo.harvest_builder import HarvestBuilder
from hackaviz.demo.jury_around import AroundReviews
from hackaviz.demo.jury_at_work import plan_two_rounds, prepare_jury
from hackaviz.demo.jury_builder import announce, build_jury, build_reviews, pay
from hackaviz.demo.letters_builder import release_both_letters
from hackaviz.demo.meeting_builder import judge_finalists, meet
from hackaviz.demo.money_builder import MoneyPapers
from hackaviz.demo.people import ADMINISTRATOR, CAPTAIN, MEMBER, ORGANISER, SPONSOR, STEWARD, Company
from hackaviz.demo.reading import read_editions, read_schools
from hackaviz.demo.story import EditionContent
from hackaviz.demo.team_builder import Teams
from hackaviz.demo.votes_builder import compare_in_duels, let_the_audience_vote
from hackaviz.kernel.storage import Storage
from judging.results.certificates.service import ask_for_certificates
from judging.results.queries import standing_publication
from submissions.entries.listing.models import ListingState
from submissions.entries.listing.service import decide_listing
from submissions.entries.models import Entry
from submissions.teams.models import Team


def build_demo(factory: sessionmaker[Session], storage: Storage, now: datetime) -> list[str]:
    """Build what is missing of the demo and say what was built; a second run builds nothing."""
    built = []
    for content in read_editions():
        with factory() as session, session.begin():
            if edition_by_slug(session, content.slug) is None:
                _Builder(session, storage, content, now).build()
                built.append(content.slug)
    return built


class _Builder:
    """One edition, from its first text to where its story stands."""

    def __init__(self, session: Session, storage: Storage, content: EditionContent, now: datetime) -> None:
        self.session, self.storage, self.content, self.now = session, storage, content, now
        self.calendar = calendar_of(content.calendar, content.time_zone, now)
        self.company = Company(session, self.calendar.prepared)
        self.administrator = self.company.try_as(ADMINISTRATOR)
        self.organiser = self.company.try_as(ORGANISER)
        self.steward = self.company.try_as(STEWARD)

    def build(self) -> None:
        datasets = build_catalogue(self.session, storage=self.storage, steward=self.steward, now=self.now)
        builder = EditionBuilder(self.session, self.storage, self.content, self.calendar, self.organiser)
        edition = builder.build(datasets)
        name_method(self.session, self.content, edition, self.calendar, self.organiser)
        entries = self._teams(edition, datasets)
        if self.content.state == "open":
            self._use_data(edition, datasets)
            HarvestBuilder(self.session, self.storage, self.steward).build(self.now)
        jurors = build_jury(self.session, self.content, edition, self.calendar, self.company)
        if self.content.state != "open":
            self._judge(edition, jurors, entries)
        if self.content.is_decided:
            self._decide(edition, entries)
        if self.content.state == "finished":
            self._conclude(edition)

    def _judge(self, edition: Edition, jurors: Mapping[str, Person], entries: Mapping[str, Entry]) -> None:
        people: dict[str, Any] = {"jurors": jurors, "entries": entries, "organiser": self.organiser}
        told: tuple[Any, ...] = (self.session, self.content, edition, self.calendar)
        if not self.content.is_decided:
            prepare_jury(self.session, edition, self.calendar, jurors, self.organiser)
        around = AroundReviews(self.session, edition, **people)
        if self.content.state == "judging":
            around.before(self.calendar.judging_opens)
        build_reviews(self.session, self.content, self.calendar, **people)
        if self.content.state == "judging":
            plan_two_rounds(self.session, edition, self.calendar, self.organiser, self.now)
            around.after(self.calendar.judging_opens)
            compare_in_duels(*told, **people)
            let_the_audience_vote(*told, entries=entries, organiser=self.organiser)
        if self.content.state == "meeting":
            judge_finalists(*told, **people)
            meet(self.session, edition, self.calendar, **people, now=self.now)

    def _decide(self, edition: Edition, entries: Mapping[str, Entry]) -> None:
        self._decide_listings(entries)
        deliberate(self.session, edition, self.calendar, entries, self.organiser)
        give_mentions(self.session, self.content, edition, self.calendar, entries=entries, organiser=self.organiser)
        announce(self.session, edition, self.calendar, self.organiser)

    def _conclude(self, edition: Edition) -> None:
        approvers = [self.organiser, self.administrator]
        pay(self.session, edition, self.calendar, approvers=approvers, storage=self.storage)
        release_both_letters(self.session, edition, self.calendar, self.organiser)
        self._write_papers(edition)
        self._invite_sponsor(edition)

    def _teams(self, edition: Edition, datasets: Mapping[str, Dataset]) -> dict[str, Entry]:
        is_open = self.content.state == "open"
        teams = Teams(self.session, edition, self.calendar, self.company, read_schools())
        works = {work.slug: work for work in read_works()}
        made: list[Team] = []
        entries: dict[str, Entry] = {}
        for each in self.content.teams:
            made.append(teams.build(each, self.organiser))
            if each.work:
                entries[each.work] = teams.hand_in(made[-1], works[each.work], datasets, self.storage)
        if is_open:
            teams.send(made[0], read_draft(), datasets, self.storage, self.now - timedelta(hours=3))
            teams.leave_unfinished(made, self.now)
        return entries

    def _use_data(self, edition: Edition, datasets: Mapping[str, Dataset]) -> None:
        people = {"captain": self.company.try_as(CAPTAIN), "member": self.company.try_as(MEMBER)}
        facts: dict[str, Any] = {"people": people | {"steward": self.steward}, "calendar": self.calendar}
        put_data_to_use(self.session, edition=edition, datasets=datasets, **facts, now=self.now)

    def _decide_listings(self, entries: Mapping[str, Entry]) -> None:
        decided: dict[str, Any] = {"actor": self.organiser, "now": self.calendar.judging_closes}
        for each in self.content.listings:
            answer: dict[str, Any] = {"state": ListingState(each.state), "reason": each.reason.in_language("fr")}
            decide_listing(self.session, entry=entries[each.work], **answer, **decided)

    def _write_papers(self, edition: Edition) -> None:
        MoneyPapers(self.session, edition, self.calendar, self.organiser).write(self.content)
        publication = standing_publication(self.session, edition)
        assert publication is not None
        acts: dict[str, Any] = {"actor": self.organiser, "now": self.calendar.results}
        ask_for_certificates(self.session, publication=publication, **acts)

    def _invite_sponsor(self, edition: Edition) -> None:
        contact = self.company.try_as(SPONSOR)
        sponsor = sponsors_of(self.session, edition)[0]
        facts: dict[str, Any] = {"edition_id": edition.id, "role": Role.SPONSOR, "sponsor_id": sponsor.id}
        grant_role(self.session, person=contact, **facts, actor=self.organiser, now=self.calendar.prepared)
