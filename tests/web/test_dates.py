"""Days and moments as people of each language write them."""

from datetime import UTC, date, datetime

import pytest

from hackaviz.web.templating import local_date, local_datetime

pytestmark = pytest.mark.database("sqlite")


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("fr", date(2026, 1, 1), "1er janvier 2026"),
        ("fr", date(2026, 1, 11), "11 janvier 2026"),
        ("en", date(2026, 1, 1), "1 January 2026"),
    ],
)
def test_a_day_is_written_as_people_write_it(app, language, day, words):
    with app.test_request_context(headers={"Accept-Language": language}):
        assert local_date(day) == words


@pytest.mark.parametrize(
    ("language", "zone", "words"),
    [
        ("fr", "Indian/Reunion", "heure de La Réunion"),
        ("fr", "Europe/Athens", "heure locale (Athènes)"),
        ("fr", "America/Edmonton", "heure locale (Edmonton)"),
        ("fr", "Africa/Cairo", "heure locale (Le Caire)"),
        ("fr", "Europe/London", "heure de Londres"),
        ("en", "Indian/Reunion", "Réunion time"),
        ("en", "Europe/Athens", "Athens time"),
    ],
)
def test_a_zone_is_named_in_the_language_of_the_reader(app, language, zone, words):
    with app.test_request_context(headers={"Accept-Language": language}):
        assert words in local_datetime(datetime(2026, 1, 31, tzinfo=UTC), zone)


def test_a_moment_says_its_zone(app):
    moment = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert "1er février 2026 à 00\u00a0h\u00a030, heure de Paris" in local_datetime(moment, "Europe/Paris")
