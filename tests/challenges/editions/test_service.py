"""What organisers do with an edition, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from challenges.editions.details import EditionDetails
from challenges.editions.models import Edition, Visibility
from challenges.editions.queries import SHELF, changes_after_publication
from challenges.editions.service import (
    AlreadyPublished,
    NotReady,
    SlugTaken,
    create_edition,
    edit_edition,
    publish_edition,
    publish_rules,
)
from hackaviz.kernel.audit import Action
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Invalid
from tests.factories import both, make_challenge, make_edition, make_person

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _application(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def details(**values) -> EditionDetails:
    defaults = {
        "title": Bilingual(fr="Hackaviz d’hiver", en="Winter Hackaviz"),
        "tagline": both("A promise"),
        "description": both("A description"),
        "organiser_name": "The chamber",
        "contact_email": "contact@example.org",
        "time_zone": "Europe/Paris",
        "registration_opens_at": START,
        "registration_closes_at": START + 10 * DAY,
        "submission_opens_at": START + 5 * DAY,
        "submission_closes_at": START + 20 * DAY,
        "judging_opens_at": START + 21 * DAY,
        "judging_closes_at": START + 40 * DAY,
        "results_expected_at": START + 50 * DAY,
    }
    return EditionDetails(**defaults | values)


def verbs(session) -> list[str]:
    return list(session.scalars(select(Action.verb).order_by(Action.id)))


@pytest.fixture
def organiser(session):
    return make_person(session)


@pytest.fixture
def draft(session, organiser, now) -> Edition:
    return create_edition(session, details=details(), actor=organiser, now=now)


@pytest.fixture
def published(session, draft, organiser, now) -> Edition:
    publish_rules(session, edition=draft, text=both("Rules"), actor=organiser, now=now)
    make_challenge(session, draft)
    publish_edition(session, edition=draft, actor=organiser, now=now)
    return draft


def test_a_new_edition_is_a_logged_draft_with_an_address_from_its_title(session, draft):
    assert draft.visibility is Visibility.DRAFT
    assert draft.published_at is None
    assert draft.slug == "hackaviz-d-hiver"
    assert verbs(session) == ["edition.create"]


def test_a_second_edition_of_the_same_title_gets_a_free_address(session, draft, organiser, now):
    second = create_edition(session, details=details(), actor=organiser, now=now)

    assert second.slug == "hackaviz-d-hiver-2"


def test_a_wished_address_that_is_taken_is_refused_on_its_field(session, draft, organiser, now):
    with pytest.raises(SlugTaken) as refusal:
        create_edition(session, details=details(slug=draft.slug), actor=organiser, now=now)

    assert refusal.value.field == "slug"


def test_the_address_of_the_training_works_is_taken_before_there_are_any(session, organiser, now):
    with pytest.raises(SlugTaken):
        create_edition(session, details=details(slug=SHELF), actor=organiser, now=now)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title_fr", {"title": Bilingual()}),
        ("judging_opens_at", {"judging_opens_at": START + 19 * DAY}),
        ("largest_team", {"smallest_team": 3, "largest_team": 2}),
    ],
)
def test_nonsense_is_refused_on_its_field_and_nothing_is_kept(session, organiser, now, field, values):
    with pytest.raises(Invalid) as refusal:
        create_edition(session, details=details(**values), actor=organiser, now=now)

    assert refusal.value.field == field
    assert session.scalars(select(Edition)).all() == []


def test_an_empty_draft_says_what_is_missing(session, draft, organiser, now):
    with pytest.raises(NotReady) as refusal:
        publish_edition(session, edition=draft, actor=organiser, now=now)

    assert refusal.value.reasons == ["The rules have no text yet.", "No challenge is published yet."]
    assert draft.visibility is Visibility.DRAFT


def test_a_draft_challenge_does_not_count_for_publication(session, draft, organiser, now):
    publish_rules(session, edition=draft, text=both("Rules"), actor=organiser, now=now)
    make_challenge(session, draft, visibility=Visibility.DRAFT, published_at=None)

    with pytest.raises(NotReady) as refusal:
        publish_edition(session, edition=draft, actor=organiser, now=now)

    assert refusal.value.reasons == ["No challenge is published yet."]


def test_a_complete_edition_is_published_once(session, published, organiser, now):
    assert (published.visibility, published.published_at) == (Visibility.PUBLISHED, now)
    with pytest.raises(AlreadyPublished):
        publish_edition(session, edition=published, actor=organiser, now=now)
    assert verbs(session).count("edition.publish") == 1


def test_the_address_of_a_draft_may_change(session, draft, organiser, now):
    edit_edition(session, edition=draft, details=details(slug="Hiver 2026"), actor=organiser, now=now)

    assert draft.slug == "hiver-2026"


def test_the_address_of_a_published_edition_stays(session, published, organiser, now):
    with pytest.raises(Invalid) as refusal:
        edit_edition(session, edition=published, details=details(slug="other"), actor=organiser, now=now)

    assert refusal.value.field == "slug"
    assert published.slug == "hackaviz-d-hiver"


def test_a_date_moved_after_publication_is_kept_with_old_and_new(session, published, organiser, now):
    later = details(submission_closes_at=START + 20 * DAY + timedelta(hours=5))

    edit_edition(session, edition=published, details=later, actor=organiser, now=now)

    (change,) = changes_after_publication(session, published)
    assert change.details == {
        "date": "submission_closes_at",
        "before": (START + 20 * DAY).isoformat(),
        "after": (START + 20 * DAY + timedelta(hours=5)).isoformat(),
    }
    assert published.submission_closes_at == later.submission_closes_at


def test_a_text_changed_after_publication_is_kept_with_old_and_new(session, published, organiser, now):
    before = published.tagline

    tagline = Bilingual("Une autre promesse", "Another promise")
    edit_edition(session, edition=published, details=details(tagline=tagline), actor=organiser, now=now)

    (change,) = changes_after_publication(session, published)
    assert change.details == {"text": "tagline", "before": before.as_dict(), "after": tagline.as_dict()}


def test_a_setting_changed_after_publication_is_kept_with_old_and_new_for_the_log_alone(
    session, published, organiser, now
):
    edit_edition(session, edition=published, details=details(reviews_needed=1), actor=organiser, now=now)

    logged = session.scalars(select(Action).where(Action.verb == "edition.change_setting")).one()
    assert logged.details == {"setting": "reviews_needed", "before": 3, "after": 1}
    assert changes_after_publication(session, published) == []


def test_a_date_moved_before_publication_is_nobodys_news(session, draft, organiser, now):
    edit_edition(
        session, edition=draft, details=details(results_expected_at=START + 60 * DAY), actor=organiser, now=now
    )

    assert changes_after_publication(session, draft) == []
    assert verbs(session) == ["edition.create", "edition.edit"]


def test_saving_without_change_leaves_no_trace(session, draft, organiser, now):
    edit_edition(session, edition=draft, details=details(), actor=organiser, now=now)

    assert verbs(session) == ["edition.create"]


def test_each_publication_of_the_rules_is_a_new_dated_version(session, draft, organiser, now):
    first = publish_rules(session, edition=draft, text=both("First"), actor=organiser, now=now)
    second = publish_rules(session, edition=draft, text=both("Second"), actor=organiser, now=now + DAY)

    assert [(version.number, version.text, version.published_at) for version in (first, second)] == [
        (1, both("First"), now),
        (2, both("Second"), now + DAY),
    ]
    session.refresh(draft)
    assert draft.current_rules is second


@pytest.mark.parametrize("text", [both("The rules"), Bilingual()])
def test_rules_without_news_or_without_text_are_refused(session, organiser, now, text):
    edition = make_edition(session)

    with pytest.raises(Invalid):
        publish_rules(session, edition=edition, text=text, actor=organiser, now=now)

    assert edition.current_rules.number == 1
