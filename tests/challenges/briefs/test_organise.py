"""What organisers do in the browser with a challenge."""

from typing import Any

import pytest
from sqlalchemy import select

from challenges.briefs.models import Challenge, ChallengeChange
from challenges.editions.models import Visibility
from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from tests.factories import both, grant, make_challenge, make_dataset, make_edition, make_person, make_prize, sign_in

DRAFT = {"visibility": Visibility.DRAFT, "published_at": None}
TYPED = {
    "number": "3",
    "title_fr": "L’air des quais",
    "title_en": "The air of the quays",
    "question_fr": "Que respire-t-on ?",
    "brief_fr": "Une œuvre.",
}
SCALE = "Absent\nWeak\nFair\nStrong\nOutstanding"


def line(number: int, name: str, **values: Any) -> dict[str, Any]:
    """A line of the rubric as the browser sends it."""
    facts = {"name_fr": name, "question_fr": f"{name} ?", "weight": "1", "order": str(number + 1), "labels_fr": SCALE}
    return {f"criteria-{number}-{field}": value for field, value in (facts | values).items()}


@pytest.fixture
def edition(session):
    return make_edition(session)


@pytest.fixture
def organiser(client, session, edition):
    person = make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    return sign_in(client, person)


@pytest.fixture
def base(edition) -> str:
    return f"/editions/{edition.slug}/organise/challenges"


def test_an_organiser_writes_a_challenge_from_draft_to_publication(organiser, session, edition, base):
    written = organiser.post(f"{base}/new", data=TYPED)
    assert written.location == f"{base}/l-air-des-quais/rubric"
    too_early = organiser.post(f"{base}/l-air-des-quais/publish?lang=en")
    assert (too_early.status_code, "The rubric has no criterion." in too_early.text) == (409, True)

    organiser.post(written.location, data=line(0, "Justesse", weight="3") | line(1, "Récit"))
    organiser.post(f"{base}/l-air-des-quais/publish")

    challenge = session.scalars(select(Challenge)).one()
    assert challenge.visibility is Visibility.PUBLISHED
    assert [(each.name.fr, each.weight, each.highest_mark) for each in challenge.criteria] == [
        ("Justesse", 3, 4),
        ("Récit", 1, 4),
    ]
    assert "L’air des quais" in organiser.get(f"/editions/{edition.slug}?lang=fr").text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title_fr": " ", "title_en": ""}, "title_fr"), ({"number": ""}, "number"), ({"number": "0"}, "number")],
)
def test_a_refused_challenge_names_the_field_and_keeps_what_was_typed(organiser, session, base, wrong, field):
    answer = organiser.post(f"{base}/new?lang=en", data={**TYPED, **wrong})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "Que respire-t-on ?" in answer.text
    assert session.scalars(select(Challenge)).all() == []


def test_a_number_that_is_taken_is_refused_beside_its_field(organiser, session, edition, base):
    make_challenge(session, edition, number=3)

    answer = organiser.post(f"{base}/new?lang=en", data=TYPED)

    assert answer.status_code == 422
    assert "Another challenge has this number." in answer.text


def test_the_form_of_a_rubric_adds_removes_and_reorders_without_script(organiser, session, edition, base):
    challenge = make_challenge(session, edition, criteria=0, **DRAFT)
    address = f"{base}/{challenge.slug}/rubric"
    organiser.post(address, data=line(0, "First") | line(1, "Second") | line(2, "Third") | line(3, "", question_fr=""))
    html = organiser.get(address).text
    assert html.count('value="Second"') == 1
    assert 'name="criteria-4-name_fr"' in html

    organiser.post(
        address,
        data=line(0, "First", order="9")
        | line(1, "Second", remove="y")
        | line(2, "Third", order="1")
        | line(3, "New", order="5"),
    )

    session.refresh(challenge)
    assert [criterion.name.fr for criterion in challenge.criteria] == ["Third", "New", "First"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"question_fr": ""}, "criteria-1-question_fr"),
        ({"weight": "0"}, "criteria-1-weight"),
        ({"weight": "heavy"}, "criteria-1-weight"),
        ({"labels_fr": "Alone"}, "criteria-1-labels_fr"),
        ({"labels_fr": "Un\nDeux", "labels_en": "One\nTwo\nThree"}, "criteria-1-labels_fr"),
    ],
)
def test_a_refused_rubric_names_the_line_and_keeps_what_was_typed(organiser, session, edition, wrong, field):
    challenge = make_challenge(session, edition, criteria=1, **DRAFT)
    base = f"/editions/{edition.slug}/organise/challenges"
    kept = challenge.criteria[0].name

    answer = organiser.post(f"{base}/{challenge.slug}/rubric", data=line(0, "Typed") | line(1, "Other", **wrong))

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert 'value="Typed"' in answer.text
    session.refresh(challenge)
    assert [criterion.name for criterion in challenge.criteria] == [kept]


def test_the_rubric_is_read_only_once_judging_has_opened(client, session):
    edition, organiser = make_edition(session, Phase.JUDGING), make_person(session)
    challenge = make_challenge(session, edition)
    grant(session, organiser, Role.ORGANISER, edition)
    sign_in(client, organiser)
    address = f"/editions/{edition.slug}/organise/challenges/{challenge.slug}/rubric"

    assert "The rubric is fixed" in client.get(f"{address}?lang=en").text
    assert client.post(address, data=line(0, "Late")).status_code == 409
    assert len(challenge.criteria) == 2


def test_datasets_are_found_by_words_suggested_and_removed(organiser, session, edition, base):
    challenge = make_challenge(session, edition)
    ports = make_dataset(session, title=both("Énergie des ports"))
    make_dataset(session, title=both("Ships"))
    address = f"{base}/{challenge.slug}/datasets"

    found = organiser.get(f"{address}?q=energie+PORTS&lang=en").text
    assert ("Énergie des ports (en)" in found, "Ships (en)" in found) == (True, False)
    organiser.post(f"{address}/add", data={"dataset": ports.slug, "q": "energie"})
    assert challenge.datasets == [ports]
    organiser.post(f"{address}/remove", data={"dataset": ports.slug})
    assert challenge.datasets == []
    assert organiser.post(f"{address}/add", data={"dataset": "no-such"}).status_code == 404


def test_an_empty_catalogue_is_not_said_to_be_suggested_already(organiser, session, edition, base):
    address = f"{base}/{make_challenge(session, edition).slug}/datasets"
    assert "The catalogue is empty" in organiser.get(f"{address}?lang=en").text
    make_dataset(session)
    assert "The catalogue is empty" not in organiser.get(f"{address}?lang=en").text


def test_a_changed_prize_is_dated_on_the_challenge(app, organiser, session, edition, now):
    challenge = make_challenge(session, edition)
    prize = make_prize(session, edition, challenge, 50_000)
    address = f"/editions/{edition.slug}/organise/prizes/{prize.id}"

    organiser.post(
        address,
        data={"title_fr": "Prix", "title_en": "Prize", "cents": "700", "place": "1", "challenge": str(challenge.id)},
    )

    assert [change.field for change in session.scalars(select(ChallengeChange))] == ["prizes"]


def test_a_text_is_previewed_as_the_page_will_show_it(organiser, edition):
    answer = organiser.post(f"/editions/{edition.slug}/organise/preview", data={"text": "**Bold** <script>x</script>"})

    assert "<strong>Bold</strong>" in answer.text
    assert "<script>" not in answer.text


@pytest.mark.database("sqlite")
@pytest.mark.parametrize(
    ("method", "page"),
    [
        ("GET", ""),
        ("POST", "/rubric"),
        ("GET", "/datasets"),
        ("POST", "/datasets/add"),
        ("POST", "/datasets/remove"),
        ("POST", "/publish"),
    ],
)
def test_pages_of_a_challenge_are_closed_to_everyone_but_organisers(client, session, edition, method, page):
    challenge = make_challenge(session, edition, **DRAFT)
    base = f"/editions/{edition.slug}/organise/challenges"
    sign_in(client, make_person(session))

    assert client.open(f"{base}/{challenge.slug}{page}", method=method).status_code == 403
    assert challenge.visibility is Visibility.DRAFT
