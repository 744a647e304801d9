"""A sponsor's logo is drawn anew from what an organiser sends, and shown to whoever may read the edition."""

from io import BytesIO

import pytest
from PIL import Image

from challenges.editions.models import Visibility
from hackaviz.accounts.models import Role
from tests.factories import grant, make_edition, make_person, make_sponsor, sign_in
from tests.support.uploads import image_bytes, png_claiming


@pytest.fixture
def sponsor(session):
    return make_sponsor(session, make_edition(session), name="The port")


@pytest.fixture
def send(client, session, sponsor):
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, sponsor.edition)
    sign_in(client, organiser)
    path = f"/editions/{sponsor.edition.slug}/organise/sponsors/{sponsor.id}/logo?lang=en"
    return lambda content: client.post(path, data={"logo": (BytesIO(content), "logo.png")})


def shown(sponsor):
    return f"/editions/{sponsor.edition.slug}/sponsors/{sponsor.id}/logo.png"


def test_a_logo_is_a_small_png_whatever_was_sent(new_client, session, sponsor, send):
    assert send(image_bytes("JPEG", (1_000, 500)) + b"<script>").status_code == 302
    session.expire_all()
    answer = new_client().get(shown(sponsor))
    with Image.open(BytesIO(answer.data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (800, 400))
    assert b"<script>" not in answer.data
    assert shown(sponsor) in new_client().get(f"/editions/{sponsor.edition.slug}").text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is no picture"),
        (png_claiming(60_000, 60_000), "This picture is too large"),
        (image_bytes("PNG")[:60], "This is no picture"),
    ],
    ids=["a drawing", "too many pixels", "cut"],
)
def test_what_is_no_logo_is_refused_beside_its_field(client, sponsor, send, content, words):
    answer = send(content)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert client.get(shown(sponsor)).status_code == 404


def test_a_draft_shows_its_sponsors_to_nobody(new_client, session, sponsor, send):
    send(image_bytes("PNG"))
    sponsor.edition.visibility, sponsor.edition.published_at = Visibility.DRAFT, None
    session.commit()
    assert new_client().get(shown(sponsor)).status_code == 404
