"""An edition's dates as an iCalendar file."""

from datetime import datetime

from icalendar import Calendar, Event

from challenges.editions.models import Edition
from challenges.editions.rules import Step, steps
from challenges.editions.wording import STEP_NAMES
from hackaviz.web.language import current_language


def calendar_of(edition: Edition, *, page: str, now: datetime) -> bytes:
    """One event for each step. Their identifiers never change, so that a calendar that subscribes moves what it has."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hackaviz//Calendar of an edition//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", edition.title.in_language(current_language()))
    for step in steps(edition, now):
        calendar.add_component(_event(edition, step, page))
    content: bytes = calendar.to_ical()
    return content


def _event(edition: Edition, step: Step, page: str) -> Event:
    event = Event()
    event.add("uid", f"edition-{edition.id}-{step.name}@{page.split('/')[2]}")
    event.add("dtstamp", edition.published_at or edition.created_at)
    event.add("summary", f"{edition.title.in_language(current_language())} – {STEP_NAMES[step.name]}")
    event.add("dtstart", step.opens_at)
    if step.closes_at is not None:
        event.add("dtend", step.closes_at)
    event.add("url", page)
    return event
