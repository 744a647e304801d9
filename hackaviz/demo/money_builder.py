"""The papers behind a demo edition's money: its agreement, gifts in kind and subsidies."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.agreements.rules import ContributionKind
from challenges.sponsors.agreements.service import PartyDetails, contribute, name_party, write_agreement
from challenges.sponsors.gifts.service import GiftDetails, promise_gift
from challenges.sponsors.queries import sponsors_of
from challenges.sponsors.subsidies.rules import Terms
from challenges.sponsors.subsidies.service import SubsidyRequest, request_subsidy
from hackaviz.accounts.models import Person
from hackaviz.demo.calendar import DemoCalendar
from hackaviz.demo.story import AgreementContent, EditionContent, GiftContent, SubsidyContent


class MoneyPapers:
    """Writes the papers of one edition as its organiser would, each at the time that it tells of."""

    def __init__(self, session: Session, edition: Edition, calendar: DemoCalendar, organiser: Person) -> None:
        self.session, self.edition, self.calendar, self.organiser = session, edition, calendar, organiser
        self.acts: dict[str, Any] = {"actor": organiser, "now": calendar.prepared}

    def write(self, content: EditionContent) -> None:
        """All papers; nothing where the edition tells of none."""
        if content.money is None:
            return
        self._agreement(content.money.agreement)
        names = {sponsor.slug: sponsor.name for sponsor in content.sponsors}
        for gift in content.money.gifts:
            self._gift(gift, names[gift.sponsor])
        for subsidy in content.money.subsidies:
            self._subsidy(subsidy)

    def _agreement(self, content: AgreementContent) -> None:
        session = self.session
        texts: dict[str, Any] = {"title": content.title, "reference": content.reference}
        agreement = write_agreement(session, edition=self.edition, **texts, **self.acts)
        for each in content.parties:
            details = PartyDetails(each.name, each.is_carrier, date.fromisoformat(content.signed_on))
            party = name_party(session, agreement=agreement, party=None, details=details, **self.acts)
            for brought in each.brings:
                kind = ContributionKind(brought.kind)
                told: dict[str, Any] = {"description": brought.text, "cents": brought.cents}
                contribute(session, party=party, kind=kind, **told, **self.acts)

    def _gift(self, content: GiftContent, sponsor_name: str) -> None:
        sponsor = next(each for each in sponsors_of(self.session, self.edition) if each.name == sponsor_name)
        received = date.fromisoformat(content.received_on)
        details = GiftDetails(content.title, content.terms, None, received)
        promise_gift(self.session, sponsor=sponsor, details=details, **self.acts)

    def _subsidy(self, content: SubsidyContent) -> None:
        terms = Terms(content.cost_without_tax, content.cost_with_tax, False, content.rate)
        asked_on = date.fromisoformat(content.requested_on)
        request = SubsidyRequest(content.funder, content.purpose, terms, content.requested, asked_on)
        request_subsidy(
            self.session, edition=self.edition, request=request, actor=self.organiser, now=self.calendar.results
        )
