"""The platform starts on an empty database, and its first page is sound."""

from urllib.request import urlopen

from tests.support.browser import axe


def test_both_hosts_answer(live_site):
    for url in (live_site.url, live_site.content_url):
        with urlopen(f"{url}/healthz") as answer:
            assert answer.status == 200


def test_a_visitor_at_a_desk_reads_english(page):
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert axe(page) == []


def test_a_visitor_with_a_phone_reads_french(phone_page):
    phone_page.goto("/")
    assert phone_page.locator("html").get_attribute("lang") == "fr"
    assert axe(phone_page) == []
