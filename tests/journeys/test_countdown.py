"""The countdown follows the server's clock, whatever the clock of the visitor says or does."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import make_edition
from tests.support.browser import DESKTOP_ENGLISH, open_page

pytestmark = pytest.mark.database("sqlite")
# A clock that is set while a page is open: what a script asks of the date changes, what it measures does not.
SET = """const real = Date.now.bind(Date), wrong = %d;
Date.now = () => real() + wrong;"""


@pytest.fixture
def edition(session):
    """Two hours before its deadline."""
    closes = datetime.now(UTC) + timedelta(hours=2, minutes=5, seconds=30)
    edition = make_edition(session, submission_closes_at=closes, registration_closes_at=closes)
    address = f"/editions/{edition.slug}"
    session.commit()
    return address


def countdown(page):
    return page.get_by_role("timer").inner_text()


@pytest.mark.parametrize("wrong", [timedelta(days=3), -timedelta(hours=5)])
def test_a_wrong_clock_of_the_visitor_changes_nothing(browser, live_site, edition, wrong):
    with open_page(browser, live_site.url, **DESKTOP_ENGLISH) as page:
        page.clock.set_system_time(datetime.now(UTC) + wrong)
        page.goto(edition)
        assert abs(page.evaluate("Date.now()") / 1000 - datetime.now(UTC).timestamp()) > 3600
        assert countdown(page).startswith("2 hours 5 minutes")


def test_a_clock_that_is_set_while_the_page_is_open_changes_nothing(browser, live_site, edition):
    with open_page(browser, live_site.url, **DESKTOP_ENGLISH) as page:
        page.goto(edition)
        page.evaluate(SET % 3_600_000)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))")
        page.wait_for_timeout(1_000)
        assert countdown(page).startswith("2 hours")
