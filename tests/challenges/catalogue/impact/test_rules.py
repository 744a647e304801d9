"""What counts as a use, and figures by month."""

from datetime import date

import pytest

from challenges.catalogue.impact.rules import Month, UseKind, by_month, is_counted

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
ASKED = {"method": "GET", "status": 200, "agent": FIREFOX, "is_ahead": False}


@pytest.mark.parametrize(
    ("facts", "view", "download"),
    [
        ({}, True, True),
        ({"agent": GOOGLEBOT}, False, False),
        ({"agent": "Mozilla/5.0 HeadlessChrome/120"}, False, False),
        ({"agent": "python-requests/2.32"}, False, True),
        ({"agent": ""}, False, False),
        ({"method": "HEAD"}, False, False),
        ({"status": 304}, False, False),
        ({"status": 206}, False, False),
        ({"is_ahead": True}, False, False),
    ],
)
def test_people_count_robots_do_not(facts, view, download):
    assert is_counted(UseKind.VIEW, **ASKED | facts) is view
    assert is_counted(UseKind.DOWNLOAD, **ASKED | facts) is download


def test_months_follow_each_other_across_years_with_what_belongs_to_each():
    days = {date(2025, 11, 30): (3, 1), date(2026, 1, 1): (2, 0), date(2026, 1, 31): (1, 1)}
    works = [(date(2026, 1, 15), 2), (date(2026, 1, 16), 0)]
    assert by_month(days, works, date(2026, 2, 3)) == [
        Month(date(2025, 11, 1), 3, 1),
        Month(date(2025, 12, 1)),
        Month(date(2026, 1, 1), 3, 1, works=2, awards=2),
        Month(date(2026, 2, 1)),
    ]


def test_without_any_figure_there_is_this_month():
    assert by_month({}, [], date(2026, 2, 3)) == [Month(date(2026, 2, 1))]
