"""A demo edition before anybody takes part: texts, rules, challenges, sponsors, prizes."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.briefs.rules import CriterionDetails
from challenges.briefs.service import ChallengeDetails, link_datasets, publish_challenge, set_rubric, write_challenge
from challenges.catalogue.models import Dataset
from challenges.editions.aims.rules import AimDetails
from challenges.editions.aims.service import declare_aims
from challenges.editions.details import EditionDetails
from challenges.editions.models import Edition
from challenges.editions.service import create_edition, publish_edition, publish_rules
from challenges.sponsors.logos import set_logo, store_logo
from challenges.sponsors.models import Custody
from challenges.sponsors.prizes import PrizeTerms, RuleTerms, declare_prize
from challenges.sponsors.rules import PrizeKind
from challenges.sponsors.service import (
    Payment,
    PledgeTerms,
    SponsorDetails,
    add_sponsor,
    pledge,
    record_payment,
)
from hackaviz.accounts.models import Person, Role
from hackaviz.accounts.service import grant_role
from hackaviz.demo.calendar import DemoCalendar
from hackaviz.demo.content import LOGOS
from hackaviz.demo.people import request_key
from hackaviz.demo.story import AimContent, ChallengeContent, EditionContent, SponsorContent
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.storage import Storage


class EditionBuilder:
    """One edition, written, funded and published by its organiser before registration opens."""

    def __init__(
        self, session: Session, storage: Storage, content: EditionContent, calendar: DemoCalendar, organiser: Person
    ) -> None:
        self.session, self.storage = session, storage
        self.content, self.calendar, self.organiser = content, calendar, organiser
        self.acts: dict[str, Any] = {"actor": organiser, "now": calendar.prepared}
        details = _details(content, calendar)
        self.edition = create_edition(session, details=details, is_demonstration=True, **self.acts)

    def build(self, datasets: Mapping[str, Dataset]) -> Edition:
        """The edition, open to all."""
        session, edition = self.session, self.edition
        grant_role(session, person=self.organiser, edition_id=edition.id, role=Role.ORGANISER, **self.acts)
        publish_rules(session, edition=edition, text=self.content.rules, **self.acts)
        ambitions, objectives = _aims(self.content.ambitions), _aims(self.content.objectives)
        declare_aims(session, edition=edition, ambitions=ambitions, objectives=objectives, **self.acts)
        challenges = {each.number: self._challenge(each, datasets) for each in self.content.challenges}
        for number, sponsor in enumerate(self.content.sponsors, start=1):
            self._sponsor(sponsor, number, challenges)
        for each in self.content.challenges:
            self._prizes(each, challenges[each.number])
            publish_challenge(session, challenge=challenges[each.number], **self.acts)
        for mention in self.content.mentions:
            terms = PrizeTerms(None, 0, mention.title, 0, RuleTerms(kind=PrizeKind.MENTION))
            declare_prize(session, edition=edition, terms=terms, **self.acts)
        publish_edition(session, edition=edition, **self.acts)
        return edition

    def _challenge(self, content: ChallengeContent, datasets: Mapping[str, Dataset]) -> Challenge:
        session = self.session
        texts: dict[str, Any] = {"title": content.title, "question": content.question, "brief": content.brief}
        details = ChallengeDetails(number=content.number, **texts)
        challenge = write_challenge(session, edition=self.edition, details=details, slug=content.slug, **self.acts)
        criteria = [
            CriterionDetails(name=each.name, question=each.question, weight=each.weight, labels=each.labels)
            for each in content.criteria
        ]
        set_rubric(session, challenge=challenge, criteria=criteria, **self.acts)
        suggested = [datasets[slug] for slug in content.datasets]
        link_datasets(session, challenge=challenge, datasets=suggested, **self.acts)
        return challenge

    def _prizes(self, content: ChallengeContent, challenge: Challenge) -> None:
        for prize in content.prizes:
            terms = PrizeTerms(challenge.id, prize.place, prize.title, prize.cents)
            declare_prize(self.session, edition=self.edition, terms=terms, **self.acts)

    def _sponsor(self, content: SponsorContent, number: int, challenges: Mapping[int, Challenge]) -> None:
        details = SponsorDetails(content.name, "", content.description, is_invented=True)
        sponsor = add_sponsor(self.session, edition=self.edition, details=details, **self.acts)
        with (LOGOS / f"{content.slug}.png").open("rb") as drawn:
            set_logo(self.session, sponsor=sponsor, logo_key=store_logo(drawn, self.storage), **self.acts)
        due = self.calendar.registration_opens + timedelta(days=10)
        terms = PledgeTerms(
            name=f"Dotation {number}",
            promised_cents=content.cents,
            custody=Custody(content.custody),
            carrier_name=content.carrier,
            due_on=due.date() if content.custody != Custody.DIRECT else None,
            challenge_ids=[challenges[number].id for number in content.challenges],
        )
        promised = pledge(self.session, sponsor=sponsor, terms=terms, **self.acts)
        if content.received_cents:
            arrived = self.calendar.registration_opens + timedelta(days=3)
            payment = Payment(content.received_cents, arrived.date(), f"VIR-{number}", request_key())
            record_payment(self.session, pledge=promised, payment=payment, actor=self.organiser, now=arrived)


def _aims(aims: Iterable[AimContent]) -> list[AimDetails]:
    return [AimDetails(each.title, each.slug) for each in aims]


def _details(content: EditionContent, calendar: DemoCalendar) -> EditionDetails:
    return EditionDetails(
        slug=content.slug,
        title=content.title,
        tagline=content.tagline,
        description=_description(content),
        provenance=content.provenance,
        organiser_name=content.organiser_name,
        contact_email=content.contact_email,
        time_zone=content.time_zone,
        registration_opens_at=calendar.registration_opens,
        registration_closes_at=calendar.registration_closes,
        submission_opens_at=calendar.submission_opens,
        submission_closes_at=calendar.submission_closes,
        judging_opens_at=calendar.judging_opens,
        judging_closes_at=calendar.judging_closes,
        results_expected_at=calendar.results,
        smallest_team=content.smallest_team,
        largest_team=content.largest_team,
        reviews_needed=content.reviews_needed,
    )


def _description(content: EditionContent) -> Bilingual:
    """The presentation, then each fact with its source."""
    return Bilingual(**{language: _paragraphs(content, language) for language in ("fr", "en")})


def _paragraphs(content: EditionContent, language: str) -> str:
    facts = [f"- {fact.text.in_language(language)} *{fact.source.in_language(language)}*" for fact in content.facts]
    note = [content.sums.note.in_language(language)] if content.sums else []
    return "\n\n".join([content.description.in_language(language), *(["\n".join(facts)] if facts else []), *note])
