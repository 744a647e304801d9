from datetime import UTC, datetime, timedelta

import pytest

from submissions.viewer.addresses import AddressExpired, Purpose, download_url, read_token, work_url

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def token(app, make_work):
    upload = make_work()
    with app.test_request_context():
        yield lambda now, make_url=work_url: make_url(upload, now).split("/")[4]


@pytest.mark.database("sqlite")
def test_all_readers_of_six_hours_get_one_address(token):
    assert token(START) == token(START + 6 * HOUR - timedelta(seconds=1))
    assert token(START) != token(START + 6 * HOUR)


@pytest.mark.database("sqlite")
def test_an_address_works_for_six_to_twelve_hours(token):
    early, late = token(START), token(START + 6 * HOUR - timedelta(seconds=1))
    assert early == late
    assert read_token(early, START + 12 * HOUR - timedelta(seconds=1), Purpose.SHOW).expires_at == START + 12 * HOUR
    with pytest.raises(AddressExpired):
        read_token(early, START + 12 * HOUR, Purpose.SHOW)


@pytest.mark.database("sqlite")
def test_a_token_cannot_be_changed_or_used_for_something_else(token):
    given = token(START)
    payload, signature = given.rsplit(".", 1)
    for forged in (f"{payload}x.{signature}", f"{payload}.{signature[::-1]}", payload, "", "é"):
        with pytest.raises(AddressExpired):
            read_token(forged, START, Purpose.SHOW)
    with pytest.raises(AddressExpired):
        read_token(given, START, Purpose.DOWNLOAD)
    with pytest.raises(AddressExpired):
        read_token(token(START, download_url), START, Purpose.SHOW)
