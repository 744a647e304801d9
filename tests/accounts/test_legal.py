import pytest

from tests.factories import make_edition

PAGES = {
    "/legal": ("Legal notice", "Mentions légales"),
    "/privacy": ("Privacy", "Vie privée"),
    "/accessibility": ("Accessibility", "Accessibilité"),
}


@pytest.mark.parametrize("address", PAGES)
def test_each_page_names_who_runs_the_newest_edition_in_both_languages(client, session, address):
    make_edition(session, organiser_name="The Port Friends", contact_email="friends@example.org")
    for language, title in zip(("en", "fr"), PAGES[address], strict=True):
        page = client.get(f"{address}?lang={language}")
        assert page.status_code == 200
        assert f"<h1>{title}</h1>" in page.text
        assert "The Port Friends" in page.text
        assert 'href="mailto:friends@example.org"' in page.text


@pytest.mark.parametrize("address", PAGES)
def test_before_the_first_edition_the_page_says_what_is_missing(client, address):
    assert "No edition is published on this site yet." in client.get(address).text


def test_every_page_links_to_the_three(client):
    footer = client.get("/sign-in").text
    assert all(f'href="{address}"' in footer for address in PAGES)
