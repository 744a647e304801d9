"""When things happen in a demo edition: dates of the story, or days around today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hackaviz.web.forms import instant

OPENS, CLOSES = time(9), time(18)


@dataclass(frozen=True)
class DemoCalendar:
    """The instants of an edition."""

    registration_opens: datetime
    registration_closes: datetime
    submission_opens: datetime
    submission_closes: datetime
    judging_opens: datetime
    judging_closes: datetime
    results: datetime

    @property
    def prepared(self) -> datetime:
        """When the edition was written, before it opened."""
        return self.registration_opens - timedelta(days=10)


def calendar_of(content: Mapping[str, Any], zone: str, now: datetime) -> DemoCalendar:
    """The calendar of an edition's content."""
    names = DemoCalendar.__dataclass_fields__
    return DemoCalendar(**{name: _instant(content[name], name, zone, now) for name in names})


def _instant(value: str | int, name: str, zone: str, now: datetime) -> datetime:
    if isinstance(value, str):
        return instant(datetime.fromisoformat(value), zone)
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=value)
    return instant(datetime.combine(day, OPENS if name.endswith("opens") else CLOSES), zone)
