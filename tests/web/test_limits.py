"""Bodies larger than a page needs are refused before they are kept."""

import io

import pytest

from hackaviz.accounts.models import Person
from hackaviz.kernel.database import session_factory
from tests.factories import make_person, sign_in


def test_a_large_body_to_a_page_without_files_is_refused(client):
    body = "email=" + "x" * 5_000_000
    answer = client.post("/sign-in", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_a_hundred_thousand_form_parts_are_refused(client):
    body = "&".join(f"f{number}=1" for number in range(100_000))
    answer = client.post("/sign-in", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {400, 413, 422}


class SlowBody(io.BytesIO):
    """A body whose sender takes so long that somebody else writes meanwhile."""

    def __init__(self, content, meanwhile):
        super().__init__(content)
        self.meanwhile = meanwhile

    def readinto(self, room):
        self.meanwhile()
        return super().readinto(room)


@pytest.mark.database("sqlite", "postgresql")
def test_a_body_that_comes_slowly_keeps_nobody_from_writing(client, session, engine):
    person, other = make_person(session), make_person(session)
    sign_in(client, person)
    session.commit()
    written = []

    def write():
        with session_factory(engine)() as meanwhile:
            meanwhile.get_one(Person, other.id).name = "Written meanwhile"
            meanwhile.commit()
            written.append(True)

    body = b"name=Ines&language=fr"
    answer = client.post(
        "/account",
        input_stream=SlowBody(body, write),
        content_length=len(body),
        content_type="application/x-www-form-urlencoded",
    )
    assert written, "nobody wrote while the body came"
    assert answer.status_code < 500
