"""What organisers do with a challenge, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from challenges.briefs.models import Challenge, ChallengeChange
from challenges.briefs.rules import CriterionDetails
from challenges.briefs.service import (
    ChallengeDetails,
    NumberTaken,
    RubricClosed,
    link_datasets,
    publish_challenge,
    record_change,
    revise,
    set_rubric,
    write_challenge,
)
from challenges.editions.models import Visibility
from challenges.editions.service import AlreadyPublished, NotReady
from hackaviz.kernel.audit import Action
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Invalid
from tests.factories import both, make_dataset, make_edition, make_person

SECOND = timedelta(seconds=1)
TEXTS = ChallengeDetails(number=1, title=both("Air"), question=both("What air?"), brief=both("Show it."))


def criterion(name: str, weight: int = 1) -> CriterionDetails:
    return CriterionDetails(name=both(name), question=both(f"{name}?"), weight=weight)


@pytest.fixture(autouse=True)
def _application(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def organiser(session):
    return make_person(session)


@pytest.fixture
def edition(session, now):
    return make_edition(session, now=now)


@pytest.fixture
def draft(session, edition, organiser, now) -> Challenge:
    return write_challenge(session, edition=edition, details=TEXTS, actor=organiser, now=now)


@pytest.fixture
def published(session, draft, organiser, now) -> Challenge:
    set_rubric(session, challenge=draft, criteria=[criterion("Truth", 2), criterion("Story")], actor=organiser, now=now)
    publish_challenge(session, challenge=draft, actor=organiser, now=now)
    return draft


def changes(session) -> list[tuple[str, Bilingual, Bilingual]]:
    rows = session.scalars(select(ChallengeChange).order_by(ChallengeChange.id))
    return [(row.field, row.before, row.after) for row in rows]


def verbs(session) -> list[str]:
    return list(session.scalars(select(Action.verb).order_by(Action.id)))


def test_a_new_challenge_is_a_logged_draft(session, draft):
    assert (draft.visibility, draft.slug, draft.criteria) == (Visibility.DRAFT, "air-fr", [])
    assert verbs(session) == ["challenge.write"]


def test_two_challenges_never_share_a_number_or_an_address(session, edition, draft, organiser, now):
    with pytest.raises(NumberTaken) as refusal:
        write_challenge(session, edition=edition, details=TEXTS, actor=organiser, now=now)
    second = write_challenge(session, edition=edition, details=replace(TEXTS, number=2), actor=organiser, now=now)

    assert refusal.value.field == "number"
    assert second.slug == "air-fr-2"


def test_an_address_never_hides_a_page_of_organisers(session, edition, organiser, now):
    written = write_challenge(
        session, edition=edition, details=replace(TEXTS, title=Bilingual(en="New")), actor=organiser, now=now
    )

    assert written.slug == "new-2"


def test_an_incomplete_draft_says_what_is_missing(session, edition, organiser, now):
    bare = write_challenge(
        session, edition=edition, details=ChallengeDetails(number=3, title=both("Bare")), actor=organiser, now=now
    )

    with pytest.raises(NotReady) as refusal:
        publish_challenge(session, challenge=bare, actor=organiser, now=now)

    assert refusal.value.reasons == [
        "The question is missing.",
        "The brief is missing.",
        "The rubric has no criterion.",
    ]


def test_a_complete_challenge_is_published_once(session, published, organiser, now):
    assert (published.visibility, published.published_at) == (Visibility.PUBLISHED, now)
    with pytest.raises(AlreadyPublished):
        publish_challenge(session, challenge=published, actor=organiser, now=now)


def test_a_draft_changes_freely(session, draft, organiser, now):
    revise(session, challenge=draft, details=replace(TEXTS, brief=both("Other")), actor=organiser, now=now)

    assert draft.brief == both("Other")
    assert changes(session) == []


def test_after_publication_each_changed_text_is_kept_with_old_and_new(session, published, organiser, now):
    new = replace(TEXTS, number=4, question=both("Which air?"))

    revise(session, challenge=published, details=new, actor=organiser, now=now)

    four, one = (Bilingual(fr=number, en=number) for number in ("4", "1"))
    assert changes(session) == [("question", both("What air?"), both("Which air?")), ("number", one, four)]


def test_saving_without_change_leaves_no_trace(session, published, organiser, now):
    before = verbs(session)

    revise(session, challenge=published, details=TEXTS, actor=organiser, now=now)

    assert (changes(session), verbs(session)) == ([], before)


def test_a_published_challenge_stays_complete(session, published, organiser, now):
    with pytest.raises(Invalid):
        revise(session, challenge=published, details=replace(TEXTS, brief=Bilingual()), actor=organiser, now=now)
    with pytest.raises(Invalid):
        set_rubric(session, challenge=published, criteria=[], actor=organiser, now=now)

    assert published.brief == TEXTS.brief


def test_criteria_change_places_without_colliding(session, published, organiser, now):
    swapped = [criterion("Story"), criterion("Truth", 2), criterion("Craft", 3)]

    set_rubric(session, challenge=published, criteria=swapped, actor=organiser, now=now)

    session.expire_all()
    assert [(each.position, each.name.en, each.weight, each.highest_mark) for each in published.criteria] == [
        (0, "Story (en)", 1, 4),
        (1, "Truth (en)", 2, 4),
        (2, "Craft (en)", 3, 4),
    ]
    ((field, before, after),) = changes(session)
    assert field == "rubric"
    assert [line.split(" (en)")[0] for line in before.en.splitlines()] == ["Truth", "Story"]
    assert [line.split(" (en)")[0] for line in after.en.splitlines()] == ["Story", "Truth", "Craft"]


def test_the_rubric_is_fixed_from_the_second_that_judging_opens(session, edition, published, organiser):
    opens = edition.judging_opens_at

    set_rubric(session, challenge=published, criteria=[criterion("Last")], actor=organiser, now=opens - SECOND)
    with pytest.raises(RubricClosed):
        set_rubric(session, challenge=published, criteria=[criterion("Late")], actor=organiser, now=opens)

    assert [each.name for each in published.criteria] == [both("Last")]


def test_datasets_that_change_after_publication_are_listed_old_and_new(session, published, organiser, now):
    ports, ships = (make_dataset(session, slug=name, title=both(name)) for name in ("ports", "ships"))
    for datasets in ([ships, ports, ships], [ports]):
        link_datasets(session, challenge=published, datasets=datasets, actor=organiser, now=now)

    assert [(field, before.en, after.en) for field, before, after in changes(session)] == [
        ("datasets", "", "ports (en)\nships (en)"),
        ("datasets", "ports (en)\nships (en)", "ports (en)"),
    ]


def test_other_rooms_record_changes_of_published_challenges_only(session, draft, organiser, now):
    facts = {"field": "prizes", "before": both("€100"), "after": both("€200"), "actor": organiser, "now": now}

    record_change(session, challenge=draft, **facts)
    assert changes(session) == []

    draft.visibility, draft.published_at = Visibility.PUBLISHED, now
    record_change(session, challenge=draft, **facts)
    assert changes(session) == [("prizes", both("€100"), both("€200"))]


def test_nothing_is_dated_while_the_edition_is_a_draft(session, edition, published, organiser, now):
    edition.visibility, edition.published_at = Visibility.DRAFT, None
    link_datasets(session, challenge=published, datasets=[make_dataset(session)], actor=organiser, now=now)
    assert changes(session) == []
