"""What the pages of other rooms show of registrations and teams, in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.editions.registry import Act, WaitingItem
from challenges.editions.rules import registration_is_open
from challenges.sponsors.eligibility.queries import hors_concours_of, statements_by
from hackaviz.accounts.models import Person
from hackaviz.accounts.registry import Participation
from submissions.teams.models import Eligibility
from submissions.teams.queries import registration_of, registrations_of, statuses_to_confirm, team_of


def statuses_waiting(session: Session, edition: Edition, _now: datetime) -> list[WaitingItem]:
    """Student statuses that nobody has confirmed yet."""
    count = statuses_to_confirm(session, edition)
    label = ngettext("student status to confirm", "student statuses to confirm", count)
    url = url_for("teams.participants_list", edition_slug=edition.slug, state=Eligibility.STATED.value)
    return [WaitingItem(count, label, url)] if count else []


def next_act(session: Session, edition: Edition, _challenge_id: int | None, person: Any, now: datetime) -> Act | None:
    """What a reader can do next in an edition: register, then form a team, then work in it."""
    if person.is_authenticated:
        team = team_of(session, edition, person)
        if team is not None:
            return Act(
                _("You are in the team %(name)s.", name=team.name), _("Open my team"), _address("my_team", edition)
            )
        if registration_of(session, edition, person) is not None:
            return Act(_("You are registered, without a team yet."), _("Form a team"), _address("my_team", edition))
    if registration_is_open(edition, now):
        return Act("", _("Take part"), _address("register_person", edition))
    return None


def _address(view: str, edition: Edition) -> str:
    return url_for(f"teams.{view}", edition_slug=edition.slug)


def participations(session: Session, person: Person) -> Sequence[Participation]:
    """The editions a person is registered for, for their account page."""
    registrations = registrations_of(session, person)
    return [
        Participation(each.edition.title, _("Participant"), _address("my_team", each.edition)) for each in registrations
    ]


def export(session: Session, person: Person) -> list[dict[str, Any]]:
    """What this room knows of a person, as plain JSON values."""
    return [
        {
            "edition": each.edition.slug,
            "rules_accepted_at": each.rules_accepted_at.isoformat(),
            "is_student": each.is_student,
            "school": each.school,
            "is_minor": each.is_minor,
            "eligibility": each.eligibility.value,
            "eligibility_reason": each.eligibility_reason,
        }
        for each in registrations_of(session, person)
    ]


def export_statements(session: Session, person: Person) -> list[dict[str, Any]]:
    """What a person stated for prizes, as plain JSON values."""
    return [
        {
            "edition": slug,
            "born_on": each.born_on.isoformat() if each.born_on else None,
            "region": each.region,
            "is_first_entry": each.is_first_entry,
            "tie": each.tie.value,
            "tie_to": each.tie_to,
        }
        for slug, each in statements_by(session, person)
    ]


def export_hors_concours(session: Session, person: Person) -> list[dict[str, Any]]:
    """Where a person takes part without winning, and why, as plain JSON values."""
    return [
        {"edition": slug, "reason": each.reason, "decided_at": each.decided_at.isoformat()}
        for slug, each in hors_concours_of(session, person)
    ]
