"""Days as an edition counts them: in its own time zone."""

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from hackaviz.kernel.errors import Invalid


class Zoned(Protocol):
    """What has a time zone; an Edition row does."""

    time_zone: str


def today_in(edition: Zoned, now: datetime) -> date:
    """The day that it is there."""
    return now.astimezone(ZoneInfo(edition.time_zone)).date()


def require_happened(day: date, *, edition: Zoned, now: datetime, field: str) -> None:
    """Raises Invalid for a day that is still to come: what has not happened is not recorded."""
    if day > today_in(edition, now):
        raise Invalid(_l("This day is still to come. Record it once it has happened."), field=field)
