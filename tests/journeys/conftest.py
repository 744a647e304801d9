"""The contest of the journeys, in the language and on the device that a test asks for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browser import DESKTOP_ENGLISH, PHONE_FRENCH
from tests.support.contest.people import Contest
from tests.support.site import LiveSite
from tests.support.words import Words


@pytest.fixture
def english_contest(browser: Browser, live_site: LiveSite) -> Iterator[Contest]:
    """An empty installation whose visitors read English at a desk."""
    contest = Contest(live_site, browser, DESKTOP_ENGLISH, Words("en"))
    with contest.doors:
        yield contest


@pytest.fixture
def french_contest(browser: Browser, live_site: LiveSite) -> Iterator[Contest]:
    """An empty installation whose visitors read French on a phone."""
    contest = Contest(live_site, browser, PHONE_FRENCH, Words("fr"))
    with contest.doors:
        yield contest
