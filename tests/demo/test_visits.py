"""Made-up visits agree with each other and with what the works of the demo use."""

from datetime import date, timedelta

from challenges.catalogue.impact.rules import UseKind
from hackaviz.demo.visits import DAYS, visits_of

TODAY = date(2026, 3, 2)


def test_visits_are_those_of_the_days_before_today_and_more_are_views_than_downloads():
    counts = visits_of("ports", works=3, has_files=True, today=TODAY)
    days = {day for _slug, day, _kind in counts}
    assert TODAY - timedelta(days=DAYS) <= min(days) and max(days) < TODAY
    assert all(counts["ports", day, UseKind.DOWNLOAD] <= counts["ports", day, UseKind.VIEW] for day in days)
    assert counts == visits_of("ports", works=3, has_files=True, today=TODAY)


def test_what_works_use_is_looked_at_more_and_only_files_are_taken():
    def total(kind: UseKind, **facts: int | bool) -> int:
        found = visits_of("ports", today=TODAY, **{"works": 0, "has_files": False} | facts)
        return sum(count for (_slug, _day, each), count in found.items() if each is kind)

    assert total(UseKind.VIEW) < total(UseKind.VIEW, works=1) < total(UseKind.VIEW, works=4)
    assert total(UseKind.DOWNLOAD, works=4) == 0 < total(UseKind.DOWNLOAD, has_files=True)
