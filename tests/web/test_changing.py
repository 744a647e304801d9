"""Two organisers write the same thing: nobody's work is replaced unseen, wherever organisers and stewards write."""

import re

import pytest

from hackaviz.accounts.models import Role
from tests.factories import (
    grant,
    make_challenge,
    make_dataset,
    make_edition,
    make_person,
    make_prize,
    make_sponsor,
    sign_in,
)


def memory(page):
    return re.search(r'name="seen"[^>]*value="([^"]*)"', page)[1]


def fields(page):
    """What the form of a page would send as it stands, read as a browser reads it."""
    form = page[page.index('name="seen"') - 100 :]
    inputs = re.findall(r'<input([^>]*)name="([\w-]+)"([^>]*)value="([^"]*)"([^>]*)', form)
    boxes = ("checkbox", "radio")
    sent = {
        name: value
        for first, name, then, value, last in inputs
        if not any(box in first + then for box in boxes) or "checked" in first + then + last
    }
    sent |= dict(re.findall(r'<textarea[^>]*name="([\w-]+)"[^>]*>\r?\n?(.*?)</textarea>', form, re.DOTALL))
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options) or re.search(r'value="([^"]*)"', options)
        sent[name] = chosen[1]
    return sent


@pytest.fixture
def edition(session):
    return make_edition(session)


@pytest.fixture
def address(request, session, edition):
    """Where the two write, and the name of a text there."""
    base = f"/editions/{edition.slug}/organise"
    makers = {
        "edition": lambda: f"{base}/edition",
        "rules": lambda: f"{base}/rules",
        "challenge": lambda: f"{base}/challenges/{make_challenge(session, edition, number=1).slug}",
        "rubric": lambda: f"{base}/challenges/{make_challenge(session, edition, number=1).slug}/rubric",
        "sponsor": lambda: f"{base}/sponsors/{make_sponsor(session, edition).id}",
        "prize": lambda: f"{base}/prizes/{make_prize(session, edition, None).id}",
        "dataset": lambda: f"/catalogue/{make_dataset(session).slug}/edit",
    }
    return makers[request.param]()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("edition", "tagline_en"),
        ("rules", "text_en"),
        ("challenge", "question_en"),
        ("rubric", "criteria-0-name_en"),
        ("sponsor", "description_en"),
        ("prize", "title_en"),
        ("dataset", "description_en"),
    ],
    indirect=["address"],
)
@pytest.mark.database("sqlite", "postgresql")
def test_the_second_of_two_writers_is_told_what_the_first_saved(new_client, session, edition, address, name):
    writers = []
    for _ in range(2):
        person = make_person(session)
        grant(session, person, Role.ORGANISER, edition)
        writers.append(sign_in(new_client(), person))
    session.commit()
    first, second = writers
    sent = fields(second.get(address).text)
    assert first.post(address, data=fields(first.get(address).text) | {name: "Words of the first"}).status_code == 302
    answer = second.post(address, data=sent | {name: "Words of the second"})
    assert answer.status_code == 422
    assert "Words of the first" in answer.text
    assert "Words of the second" in answer.text
    again = sent | {name: "Words of the second", "seen": memory(answer.text)}
    assert second.post(address, data=again).status_code == 302
    assert "Words of the second" in second.get(address).text


@pytest.mark.database("sqlite")
def test_who_changes_something_else_and_a_program_without_memory_are_not_stopped(new_client, session, edition):
    person = make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    organiser = sign_in(new_client(), person)
    session.commit()
    address = f"/editions/{edition.slug}/organise/edition"
    sent = fields(organiser.get(address).text)
    assert organiser.post(address, data=sent).status_code == 302
    assert organiser.post(address, data=sent | {"tagline_en": "Once"}).status_code == 302
    assert organiser.post(address, data=sent | {"tagline_en": "Once"}).status_code == 302
    without = {name: value for name, value in sent.items() if name != "seen"}
    assert organiser.post(address, data=without | {"tagline_en": "Twice"}).status_code == 302
