"""Text that databases choke on: NUL in addresses and in forms, and the list of naughty strings."""

import json

import pytest

from challenges.sponsors.queries import sponsors_of
from hackaviz.accounts.models import Role
from hackaviz.kernel.unseen import has_unseen
from tests.factories import grant, make_edition, make_person, sign_in


@pytest.mark.database("sqlite", "postgresql")
@pytest.mark.parametrize("path", ["/catalogue?q=%00", "/catalogue/%00", "/editions/a%00b", "/?%00=1"])
def test_a_nul_in_an_address_is_refused_and_breaks_nothing(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.database("sqlite", "postgresql")
def test_naughty_strings_are_kept_as_typed_and_shown_as_text(client, session, shared_data):
    edition = make_edition(session)
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    sign_in(client, organiser)
    naughty = {text.strip() for text in json.loads((shared_data / "hostile/text/blns.json").read_text())}
    typed = sorted(text for text in naughty if 0 < len(text) <= 160 and not has_unseen(text))[::6]
    for text in typed:
        client.post(f"/editions/{edition.slug}/organise/sponsors/new", data={"name": text})
    kept = {sponsor.name for sponsor in sponsors_of(session, edition)}
    assert kept == set(typed)
    page = client.get(f"/editions/{edition.slug}").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "<img src=x onerror" not in page


@pytest.mark.database("sqlite", "postgresql")
@pytest.mark.parametrize("sign", ["\x00", "\u202e", "\u2066", "\u200b", "\ufeff"])
def test_what_nobody_sees_of_a_name_typed_in_a_form_is_left_out(client, session, sign):
    edition = make_edition(session)
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    sign_in(client, organiser)
    client.post(f"/editions/{edition.slug}/organise/sponsors/new", data={"name": f"The {sign}port"})
    assert [sponsor.name for sponsor in sponsors_of(session, edition)] == ["The port"]
