"""The sheet as a team fills it."""

import re

import pytest

from challenges.editions.sheet.rules import RECOMMENDED
from tests.factories import declare_aims, hand_in, make_edition, sign_in

pytestmark = pytest.mark.database("sqlite")
TYPED = {
    "title": "Title",
    "message": "Message",
    "text_alternative": "Alternative",
    "licence": "lov2",
    "languages": ["fr", "zxx"],
    "ai_use": "used",
    "ai_details": "A chatbot wrote the code of the map.",
    "consent": "refused",
    "ambitions": "port",
}


@pytest.fixture
def edition(session):
    return make_edition(session)


@pytest.fixture
def draft(session, draft):
    draft.edition.sheet_needs = {name.value: need.value for name, need in RECOMMENDED.items()}
    declare_aims(session, draft.edition)
    session.flush()
    return draft


def test_a_team_answers_and_is_told_what_hand_in_still_waits_for(member, draft):
    address = f"/entries/{draft.public_id}"
    assert "the licence" in member.get(f"{address}/edit").text
    assert member.post(f"{address}/sheet", data=TYPED).status_code == 302
    page = member.get(f"{address}/edit").text
    assert "the licence" not in page
    assert f'href="{address}/sheet#objectives"' in page
    form = member.get(f"{address}/sheet").text
    for name, value in (("ai_use", "used"), ("languages", "zxx"), ("consent", "refused"), ("ambitions", "port")):
        assert re.search(rf'name="{name}" value="{value}" checked', form)
    assert re.search(r'<option selected value="lov2"', form)


def test_an_answer_that_nobody_offered_is_refused_and_the_rest_kept(member, draft):
    answer = member.post(f"/entries/{draft.public_id}/sheet", data=TYPED | {"licence": "mine"})
    assert answer.status_code == 422
    assert "A chatbot wrote the code of the map." in answer.text


def test_what_is_not_asked_is_not_on_the_form_and_stays_as_it_was(member, session, draft):
    draft.edition.sheet_needs = {**draft.edition.sheet_needs, "licence": "hidden", "consent": "hidden"}
    draft.licence = "cc0"
    session.flush()
    address = f"/entries/{draft.public_id}/sheet"
    assert 'name="licence"' not in member.get(address).text
    assert member.post(address, data=TYPED).status_code == 302
    session.refresh(draft)
    assert (draft.licence, draft.consent) == ("cc0", "")


def test_two_members_do_not_overwrite_each_other_unseen(member, new_client, session, draft):
    address = f"/entries/{draft.public_id}/sheet"
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', member.get(address).text)[1]
    other = sign_in(new_client(), draft.team.members[1].person)
    assert other.post(address, data=TYPED | {"message": "Theirs"}).status_code == 302
    answer = member.post(address, data=TYPED | {"message": "Mine", "seen": seen})
    assert answer.status_code == 422
    assert "Theirs" in answer.text
    assert 'value="Mine"' in answer.text
    again = re.search(r'name="seen"[^>]*value="([^"]+)"', answer.text)[1]
    assert member.post(address, data=TYPED | {"message": "Mine", "seen": again}).status_code == 302
    session.refresh(draft)
    assert draft.message == "Mine"


def test_a_team_takes_its_work_out_of_the_gallery(member, session, draft):
    hand_in(session, draft)
    address = f"/entries/{draft.public_id}"
    assert "Take the work out of the gallery" in member.get(f"{address}/edit").text
    assert member.post(f"{address}/showing", data={"shown": "no"}).status_code == 302
    session.refresh(draft)
    assert not draft.may_be_shown
    assert "Let the public see the work" in member.get(f"{address}/edit").text
