"""What waits for someone in a jury, and how far it has come, on the organiser's dashboard."""

from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.editions.registry import WaitingItem
from challenges.editions.rules import results_are_public
from judging.panels.coverage import Panel, panel_of
from judging.panels.hints import open_hints
from judging.panels.queries import flags_of, skipped_of
from judging.panels.wording import codes
from submissions.entries.models import Entry

LATE_BEFORE_CLOSING = timedelta(days=3)
# Beyond this a table of all entries helps nobody on the dashboard: the jury's own page has it, challenge by challenge.
MOST_ENTRIES = 48


def jury_waits(session: Session, edition: Edition, now: datetime) -> list[WaitingItem]:
    """Reviews to finish, entries short of jurors, possible conflicts to settle; nothing once results are public."""
    if results_are_public(edition, now):
        return []
    panel = panel_of(session, edition)
    hints = len(open_hints(session, edition))
    return [
        *([_unfinished(panel, edition, now)] if now >= edition.judging_opens_at else []),
        *([_lacking(panel, edition, now)] if now > edition.submission_closes_at else []),
        WaitingItem(
            hints,
            ngettext("possible conflict to settle", "possible conflicts to settle", hints),
            url_for("panels.conflicts", edition_slug=edition.slug),
            _("A juror and a team share a school, a domain, an earlier team or a sponsor."),
        ),
        _told(session, edition),
    ]


def _told(session: Session, edition: Edition) -> WaitingItem:
    """What jurors flagged, and entries they skipped: somebody else has to look."""
    waiting = sum(flag.settled_at is None for flag in flags_of(session, edition)) + len(skipped_of(session, edition))
    return WaitingItem(
        waiting,
        ngettext("word of a juror to answer", "words of jurors to answer", waiting),
        url_for("panels.flags", edition_slug=edition.slug),
        _("Entries flagged or skipped by jurors."),
    )


def _unfinished(panel: Panel, edition: Edition, now: datetime) -> WaitingItem:
    left = len(panel.asked) - panel.done
    jurors = sum(panel.done_by(juror) < panel.load(juror) for juror in panel.jurors)
    return WaitingItem(
        left,
        ngettext("review not finished", "reviews not finished", left),
        url_for("panels.jury", edition_slug=edition.slug),
        ngettext("One juror", "%(num)s jurors", jurors),
        is_late=now >= edition.judging_closes_at - LATE_BEFORE_CLOSING,
    )


def _lacking(panel: Panel, edition: Edition, now: datetime) -> WaitingItem:
    short = panel.lacking(edition.reviews_needed)
    lost = [entry for entry in short if panel.has_lost_a_juror(entry)]
    return WaitingItem(
        len(short),
        ngettext("entry with too few jurors", "entries with too few jurors", len(short)),
        url_for("panels.assignments", edition_slug=edition.slug),
        lost_words(lost) if lost else codes(short),
        is_late=now >= edition.judging_opens_at,
    )


def lost_words(entries: list[Entry]) -> str:
    """Which entries a conflict left with one juror fewer."""
    if len(entries) == 1:
        return _("%(code)s has lost a juror to a conflict", code=entries[0].code)
    return _("%(codes)s have lost a juror to a conflict", codes=codes(entries))


def coverage_part(session: Session, edition: Edition, now: datetime) -> dict[str, Any] | None:
    """The coverage of the jury; hidden until there is a juror and something to judge."""
    panel = panel_of(session, edition)
    if not panel.jurors or not panel.entries or now <= edition.submission_closes_at:
        return None
    tables = panel.tables(panel.entries) if len(panel.entries) <= MOST_ENTRIES else []
    return {"panel": panel, "tables": tables, "lacking": codes(panel.lacking(edition.reviews_needed))}
