"""Who votes in the audience, and what they may look at."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person, Role
from hackaviz.kernel.errors import NotFound
from judging.panels.audience.models import AudiencePanel
from judging.panels.audience.queries import audience_panel_of, candidates, is_listed
from judging.panels.audience.rules import Electorate, vote_is_open
from submissions.entries.models import Entry, Upload


def why_not(session: Session, panel: AudiencePanel, person: Person) -> Any:
    """Why a person has no vote, in words; None when they have one."""
    if person.email_verified_at is None:
        return _l("Verify your e-mail address first.")
    if person.has_role(Role.JUROR, panel.edition_id):
        return _l("You are in the jury: the audience votes without you.")
    if panel.electorate is Electorate.LISTED and not is_listed(session, panel, person.email):
        return _l("Only people whom the organisers listed vote here, and your address is not among them.")
    return None


def find_panel(session: Session, edition: Edition) -> AudiencePanel:
    """The audience vote. Raises NotFound where there is none."""
    panel = audience_panel_of(session, edition)
    if panel is None:
        raise NotFound(_l("This edition holds no audience vote."))
    return panel


def find_candidate(session: Session, panel: AudiencePanel, code: str, person: Person, now: datetime) -> Entry:
    """A work to choose, for whoever votes now. Raises NotFound for everything else, without saying which."""
    if vote_is_open(panel, now) and why_not(session, panel, person) is None:
        for entry in candidates(session, panel):
            if entry.code == code:
                return entry
    raise NotFound(_l("There is no such work to vote for."))


def may_choose_work(session: Session, person: Any, upload: Upload, now: datetime) -> bool:
    """A voter, while the vote is open, for the work that was handed in."""
    entry = upload.entry
    if entry.current_version is None or entry.current_version.upload_id != upload.id or not entry.may_be_shown:
        return False
    panel = audience_panel_of(session, entry.edition)
    if panel is None or not person.is_authenticated or not vote_is_open(panel, now):
        return False
    return why_not(session, panel, person) is None and entry.id in {each.id for each in candidates(session, panel)}
